"""Conditional requests: what is sent back, and what the answers become."""

import httpx
import pytest
from net_servers import http_with

from tui_reader.errors import FetchError, HttpStatusError
from tui_reader.net.fetch import Fetched, NotModified, Validators, conditions, fetch

FEED = "https://blog.example/feed/"
DATE = "Mon, 03 Aug 2026 10:00:00 GMT"
BOTH = Validators(etag='"abc"', last_modified=DATE)


async def fetched(answer, validators=None, **more):
    seen = []

    def server(request):
        seen.append(request)
        return answer(request) if callable(answer) else answer

    async with http_with(server) as http:
        return await fetch(http, FEED, validators, **more), seen


async def test_the_first_answer_gives_its_validators_word_for_word():
    answer = httpx.Response(200, headers={"ETag": '"abc"', "Last-Modified": DATE}, text="<rss/>")
    got, seen = await fetched(answer)
    assert isinstance(got, Fetched)
    assert got.validators == BOTH
    assert got.response.text() == "<rss/>"
    assert "if-none-match" not in seen[0].headers
    assert "application/atom+xml" in seen[0].headers["accept"]


async def test_an_unchanged_feed_is_not_sent_again():
    got, seen = await fetched(httpx.Response(304), BOTH)
    assert got == NotModified(validators=BOTH)
    assert seen[0].headers["if-none-match"] == '"abc"'
    assert seen[0].headers["if-modified-since"] == DATE


async def test_newer_validators_of_an_unchanged_feed_are_taken():
    got, _ = await fetched(httpx.Response(304, headers={"ETag": '"def"'}), BOTH)
    assert got.validators == Validators(etag='"def"', last_modified=DATE)


@pytest.mark.parametrize(
    ("validators", "sent"),
    [
        (BOTH, {"if-none-match": '"abc"', "if-modified-since": DATE}),
        (Validators(etag='"abc"'), {"if-none-match": '"abc"'}),
        (Validators(last_modified=DATE), {"if-modified-since": DATE}),
        (Validators(etag='W/"abc"', last_modified=DATE), {"if-modified-since": DATE}),
        (Validators(etag='"abc-gzip"', last_modified=DATE), {"if-modified-since": DATE}),
        (Validators(etag='"abc;br"', last_modified=DATE), {"if-modified-since": DATE}),
        (Validators(etag='"a", "b"', last_modified=DATE), {"if-modified-since": DATE}),
        (Validators(etag="abc", last_modified=DATE), {"if-modified-since": DATE}),
        # the only thing that there is goes back as it came
        (Validators(etag='W/"abc"'), {"if-none-match": 'W/"abc"'}),
        (Validators(etag='"é"', last_modified="août"), {}),
        (Validators(etag='"a\x07"'), {}),
        (Validators(), {}),
    ],
)
def test_what_is_sent_back(validators, sent):
    assert conditions(validators) == sent


async def test_a_validator_that_cannot_be_sent_is_not_kept():
    answer = httpx.Response(200, headers=[(b"ETag", b'"caf\xe9"'), (b"Last-Modified", b"x" * 2_000)])
    got, _ = await fetched(answer)
    assert got.validators == Validators()


async def test_fresh_asks_for_the_whole_past_caches():
    got, seen = await fetched(httpx.Response(200, text="all"), BOTH, fresh=True)
    assert isinstance(got, Fetched)
    assert "if-none-match" not in seen[0].headers
    assert "if-modified-since" not in seen[0].headers
    assert seen[0].headers["cache-control"] == "no-cache"


async def test_unchanged_without_having_asked_is_an_error():
    with pytest.raises(FetchError, match="was not asked that"):
        await fetched(httpx.Response(304), BOTH, fresh=True)


async def test_validators_go_along_to_the_new_address_and_it_is_told():
    def server(request):
        if request.url.host == "blog.example":
            return httpx.Response(301, headers={"Location": "https://new.example/feed/"})
        assert request.headers["if-none-match"] == '"abc"'
        return httpx.Response(304)

    got, _ = await fetched(server, BOTH)
    assert got.moved_to == "https://new.example/feed/"


async def test_the_final_address_is_told():
    def server(request):
        if request.url.path == "/feed/":
            return httpx.Response(302, headers={"Location": "/feed/atom/"})
        return httpx.Response(200, text="<feed/>")

    got, _ = await fetched(server)
    assert (got.url, got.moved_to) == ("https://blog.example/feed/atom/", None)


async def test_gone_is_an_error_with_its_status():
    with pytest.raises(HttpStatusError) as caught:
        await fetched(httpx.Response(410), BOTH)
    assert caught.value.status == 410


async def test_an_answer_that_is_neither_page_nor_error_is_an_error():
    with pytest.raises(FetchError, match=r"gave no page \(300\)"):
        await fetched(httpx.Response(300))
