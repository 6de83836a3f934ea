"""Http: what is asked, what is refused, what the answer becomes."""

import asyncio
import errno
import gzip
import socket
import ssl
import zlib
from datetime import UTC, datetime, timedelta

import httpx
import pytest
from net_servers import http_with, streamed

from tui_reader.errors import (
    FetchError,
    HttpStatusError,
    NoAnswerError,
    NotSentError,
    ResponseTooLargeError,
)
from tui_reader.net.client import USER_AGENT

BLOG = "https://blog.example/"


async def test_we_say_who_we_are_and_what_we_can_unpack():
    seen = []

    def server(request):
        seen.append(request.headers)
        return httpx.Response(200, text="hello")

    async with http_with(server) as http:
        await http.get(BLOG)
    assert seen[0]["user-agent"] == USER_AGENT
    assert USER_AGENT.startswith("tui_reader/")
    assert seen[0]["accept-encoding"] == "gzip, deflate"


async def test_answer_has_headers_in_lower_case_and_repeated_ones_joined():
    def server(request):
        return httpx.Response(
            200, headers=[("X-One", "a"), ("x-one", "b"), ("ETag", '"v1"'), ("Set-Cookie", "s=1")], text="x"
        )

    async with http_with(server) as http:
        response = await http.get(BLOG)
    assert response.headers["x-one"] == "a, b"
    assert response.headers["etag"] == '"v1"'
    assert "set-cookie" not in response.headers


async def test_control_characters_in_headers_are_taken_out():
    def server(request):
        return httpx.Response(200, headers=[(b"X-Title", b"a\x1b]0;evil\x07b\x9bc")], text="x")

    async with http_with(server) as http:
        response = await http.get(BLOG)
    assert response.headers["x-title"] == "a]0;evilbc"


async def test_link_headers_come_absolute():
    def server(request):
        return httpx.Response(200, headers={"Link": '</wp-json/>; rel="https://api.w.org/"'}, text="x")

    async with http_with(server) as http:
        (link,) = (await http.get(BLOG + "a/b/")).links
    assert (link.url, link.rel) == ("https://blog.example/wp-json/", "https://api.w.org/")


@pytest.mark.parametrize(
    ("address", "reason"),
    [
        ("file:///etc/passwd", "addresses that begin with file: are not fetched"),
        ("ftp://blog.example/", "addresses that begin with ftp: are not fetched"),
        ("javascript:alert(1)", "addresses that begin with javascript: are not fetched"),
        ("blog.example", "this is not a web address"),
        ("http://", "this is not a web address"),
        ("http://blog.example:99999/", "this is not a web address"),
        ("http://[::1", "this is not a web address"),
        ("http://two words/", "this is not a web address"),
        ("http://\N{SNOWMAN}.example/", "this is not a web address"),
        ("http://a\x00b/", "this is not a web address"),
        ("", "this is not a web address"),
    ],
)
async def test_what_is_no_web_address_is_refused_before_anything_is_sent(address, reason):
    def server(request):
        raise AssertionError("nothing may be sent")

    async with http_with(server) as http:
        with pytest.raises(NotSentError) as caught:
            await http.get(address)
        assert caught.value.reason == reason
        with pytest.raises(NotSentError):
            await http.post(address, data={"comment": "hello"})
    assert str(caught.value).isprintable()


async def test_a_password_in_the_address_is_used_and_never_shown():
    seen = []

    def server(request):
        seen.append(request)
        return httpx.Response(500)

    async with http_with(server) as http:
        with pytest.raises(HttpStatusError) as caught:
            await http.get("https://ann:s%20cret@blog.example/feed")
    assert seen[0].headers["authorization"] == "Basic YW5uOnMgY3JldA=="
    assert "cret" not in str(caught.value)
    assert "ann" not in str(seen[0].url)


@pytest.mark.parametrize("address", ["http://ann:secret@two words/", "ftp://ann:secret@blog.example/"])
async def test_a_password_in_a_wrong_address_is_not_shown_either(address):
    async with http_with(lambda request: httpx.Response(200)) as http:
        with pytest.raises(NotSentError) as caught:
            await http.get(address)
    assert "secret" not in str(caught.value)


@pytest.mark.parametrize(
    ("status", "words"),
    [
        (404, "there is no such page (404)"),
        (410, "gone for good (410)"),
        (429, "too many requests (429)"),
        (499, "the server refused (499)"),
        (500, "the server has a fault (500)"),
        (599, "the server has a fault (599)"),
    ],
)
async def test_a_failing_status_is_told_in_plain_words(status, words):
    async with http_with(lambda request: httpx.Response(status, text="<p>why</p>")) as http:
        with pytest.raises(HttpStatusError) as caught:
            await http.get(BLOG)
    assert str(caught.value) == f"{BLOG}: {words}"
    assert caught.value.body == b"<p>why</p>"


async def test_a_failing_status_that_is_wanted_is_an_answer():
    async with http_with(lambda request: httpx.Response(401, json={"code": "rest_cannot_read"})) as http:
        response = await http.get(BLOG, ok={401})
    assert response.status == 401
    assert response.json() == {"code": "rest_cannot_read"}


async def test_the_page_of_an_error_is_cut_and_its_damage_forgiven():
    def server(request):
        return streamed(503, b"\x1f\x8b" + b"no gzip" * 9, {"content-encoding": "gzip"})

    async with http_with(lambda request: httpx.Response(500, content=b"x" * 200_000)) as http:
        with pytest.raises(HttpStatusError) as caught:
            await http.get(BLOG)
    assert len(caught.value.body) == 65_536
    async with http_with(server) as http:
        with pytest.raises(HttpStatusError) as caught:
            await http.get(BLOG)
    assert caught.value.body == b""


@pytest.mark.parametrize(
    ("value", "wait"),
    [
        ("120", timedelta(seconds=120)),
        ("Mon, 03 Aug 2026 12:05:00 GMT", timedelta(minutes=5)),
        ("Mon, 03 Aug 2026 11:00:00 GMT", timedelta(0)),
        ("soon", None),
        ("-5", None),
        ("9" * 30, None),
        ("", None),
    ],
)
async def test_retry_after_is_understood_in_both_forms(now, value, wait):
    def server(request):
        return httpx.Response(429, headers={"Retry-After": value})

    async with http_with(server, now=now) as http:
        with pytest.raises(HttpStatusError) as caught:
            await http.get(BLOG)
    assert caught.value.retry_after == wait
    assert now() == datetime(2026, 8, 3, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("encoding", "packed"),
    [
        ("gzip", gzip.compress(b"plain words" * 500)),
        ("x-gzip", gzip.compress(b"plain words" * 250) + gzip.compress(b"plain words" * 250)),
        ("gzip", gzip.compress(b"plain words" * 500) + b"\0\0\0"),
        ("deflate", zlib.compress(b"plain words" * 500)),
        ("deflate", zlib.compress(b"plain words" * 500)[2:-4]),
        ("identity", b"plain words" * 500),
    ],
    ids=["gzip", "two gzip members", "gzip and padding", "deflate", "bare deflate", "identity"],
)
async def test_packed_answers_are_unpacked(encoding, packed):
    async with http_with(lambda request: streamed(200, packed, {"content-encoding": encoding})) as http:
        assert (await http.get(BLOG)).body == b"plain words" * 500


async def test_what_unpacks_to_little_may_not_be_large_either():
    # the name of the file that was packed: nothing of it comes out
    name = b"\x1f\x8b\x08\x08\0\0\0\0\0\xff" + b"n" * 50_000 + b"\0"
    packed = name + gzip.compress(b"few words", mtime=0)[10:]
    assert gzip.decompress(packed) == b"few words"
    async with http_with(lambda request: streamed(200, packed, {"content-encoding": "gzip"})) as http:
        with pytest.raises(ResponseTooLargeError):
            await http.get(BLOG, max_bytes=20_000)
        assert (await http.get(BLOG, max_bytes=80_000)).body == b"few words"


@pytest.mark.parametrize(
    ("encoding", "packed", "reason"),
    [
        ("gzip", gzip.compress(bytes(range(256)) * 40)[:-30], "the answer broke off"),
        ("gzip", b"\x1f\x8b\x08nonsense" * 9, "the answer came damaged"),
        ("deflate", b"nonsense" * 9, "the answer came damaged"),
        ("br", b"whatever", "the server packed its answer in a way that was not asked for (br)"),
    ],
)
async def test_damaged_packing_is_an_error_not_half_an_answer(encoding, packed, reason):
    async with http_with(lambda request: streamed(200, packed, {"content-encoding": encoding})) as http:
        with pytest.raises(FetchError) as caught:
            await http.get(BLOG)
    assert caught.value.reason == reason


async def test_an_empty_body_needs_no_packing():
    async with http_with(lambda request: streamed(204, b"", {"content-encoding": "gzip"})) as http:
        assert (await http.get(BLOG)).body == b""


async def test_a_bomb_is_stopped_at_the_limit():
    bomb = gzip.compress(bytes(50_000_000))
    assert len(bomb) < 60_000
    async with http_with(lambda request: streamed(200, bomb, {"content-encoding": "gzip"})) as http:
        with pytest.raises(ResponseTooLargeError) as caught:
            await http.get(BLOG, max_bytes=100_000)
    assert "100,000 bytes" in caught.value.reason


async def test_the_limit_itself_is_not_too_much():
    async with http_with(lambda request: streamed(200, b"x" * 5_000)) as http:
        assert len((await http.get(BLOG, max_bytes=5_000)).body) == 5_000
        with pytest.raises(ResponseTooLargeError):
            await http.get(BLOG, max_bytes=4_999)
    packed = gzip.compress(b"x" * 5_000)
    async with http_with(lambda request: streamed(200, packed, {"content-encoding": "gzip"})) as http:
        assert len((await http.get(BLOG, max_bytes=5_000)).body) == 5_000
        with pytest.raises(ResponseTooLargeError):
            await http.get(BLOG, max_bytes=4_999)


async def test_an_announced_length_over_the_limit_is_not_read_at_all():
    def server(request):
        async def pieces():
            raise AssertionError("must not be read")
            yield b""

        return httpx.Response(200, headers={"content-length": "9" * 30}, content=pieces())

    async with http_with(server) as http:
        with pytest.raises(ResponseTooLargeError):
            await http.get(BLOG)


@pytest.mark.parametrize(
    ("raised", "reason"),
    [
        (httpx.ReadError("x"), "the connection was lost"),
        (httpx.RemoteProtocolError("x"), "the server broke off, or does not speak HTTP"),
        (httpx.ReadTimeout("x"), "no answer within 7 s"),
        (ConnectionResetError(), "the server broke the connection off"),
    ],
)
async def test_failures_after_sending_may_have_arrived(raised, reason):
    def server(request):
        raise raised

    async with http_with(server, timeout=7) as http:
        with pytest.raises(NoAnswerError) as caught:
            await http.post(BLOG, data={"comment": "hello"})
    assert caught.value.reason == reason


@pytest.mark.parametrize(
    ("raised", "reason"),
    [
        (httpx.ConnectError("x"), "no connection could be made"),
        (httpx.ConnectTimeout("x"), "no connection could be made in time"),
        (httpx.ProxyError("x"), "the proxy refused"),
    ],
)
async def test_failures_to_connect_surely_left_nothing(raised, reason):
    def server(request):
        raise raised

    async with http_with(server, timeout=7) as http:
        with pytest.raises(NotSentError) as caught:
            await http.post(BLOG, data={"comment": "hello"})
    assert caught.value.reason == reason


async def test_a_group_of_failures_is_one_failure():
    def server(request):
        raise ExceptionGroup("all attempts", [OverflowError("port"), ValueError("port")])

    async with http_with(server) as http:
        with pytest.raises(FetchError) as caught:
            await http.get(BLOG)
    assert caught.value.reason == "this is not a web address"


async def test_a_bug_of_ours_is_not_hidden():
    def server(request):
        raise KeyError("a bug")

    async with http_with(server) as http:
        with pytest.raises(KeyError):
            await http.get(BLOG)


@pytest.mark.parametrize("value", ['"é"', "a\r\nX-Evil: 1", "a\n b", "a\0b", "a\x1b[31m", "a\x7f"])
async def test_a_header_that_cannot_be_sent_leaves_nothing(value):
    async with http_with(lambda request: httpx.Response(200)) as http:
        with pytest.raises(NotSentError) as caught:
            await http.get(BLOG, headers={"If-None-Match": value})
    assert caught.value.reason == "the request holds characters that cannot be sent"


async def test_post_sends_a_form_in_utf8_with_cookies_and_password():
    seen = []

    def server(request):
        seen.append(request)
        return httpx.Response(302, headers={"Location": "https://elsewhere.example/"})

    async with http_with(server) as http:
        response = await http.post(
            BLOG,
            data={"author": "Zoé & Co", "comment": "a=b\r\nc"},
            headers={"Referer": BLOG},
            cookies={"hash": "abc", "bad": "x;y", "wörse": "z"},
            auth=("ann", "abcd efgh"),
        )
    (request,) = seen
    assert request.content == b"author=Zo%C3%A9+%26+Co&comment=a%3Db%0D%0Ac"
    assert request.headers["content-type"] == "application/x-www-form-urlencoded"
    assert request.headers["referer"] == BLOG
    assert request.headers["cookie"] == "hash=abc"
    assert request.headers["authorization"] == "Basic YW5uOmFiY2QgZWZnaA=="
    # not followed: where the blog sends us is its answer
    assert (response.status, response.headers["location"]) == (302, "https://elsewhere.example/")


async def test_post_sends_json():
    seen = []

    def server(request):
        seen.append(request)
        return httpx.Response(201, json={"id": 5})

    async with http_with(server) as http:
        response = await http.post(BLOG, json={"content": "é"})
    assert seen[0].content == '{"content": "é"}'.encode()
    assert seen[0].headers["content-type"] == "application/json"
    assert response.json() == {"id": 5}


async def test_post_gives_every_status_as_an_answer():
    async with http_with(lambda request: httpx.Response(409, json={"message": "twice"})) as http:
        response = await http.post(BLOG, data={"comment": "x"})
    assert (response.status, response.json()) == (409, {"message": "twice"})


async def test_half_a_character_in_a_reply_leaves_nothing():
    async with http_with(lambda request: httpx.Response(200)) as http:
        with pytest.raises(NotSentError):
            await http.post(BLOG, data={"comment": "a\ud800"})
        with pytest.raises(NotSentError):
            await http.post(BLOG, json={"comment": "a\ud800"})


async def test_cookies_are_given_and_not_kept():
    seen = []

    def server(request):
        seen.append(request.headers.get("cookie"))
        return httpx.Response(200, headers={"Set-Cookie": "session=1; Path=/"})

    async with http_with(server) as http:
        first = await http.get(BLOG)
        await http.get(BLOG)
    assert first.cookies == {"session": "1"}
    assert seen == [None, None]


async def test_no_more_than_two_at_a_time_with_one_host_and_the_limit_over_all(monkeypatch):
    # each answers at once, however slow the machine is: a host that is slow is asked one thing at a time
    monkeypatch.setattr("tui_reader.net.client.monotonic", lambda: 0.0)
    running: dict[str, int] = {}
    most: dict[str, int] = {}

    async def server(request):
        for key in (request.url.host, "all"):
            running[key] = running.get(key, 0) + 1
            most[key] = max(most.get(key, 0), running[key])
        for _ in range(5):
            await asyncio.sleep(0)
        for key in (request.url.host, "all"):
            running[key] -= 1
        return httpx.Response(200)

    async with http_with(server, connections=5, per_host=2) as http:
        await asyncio.gather(*(http.get(f"https://h{n % 4}.example/{n}") for n in range(24)))
    assert most == {"h0.example": 2, "h1.example": 2, "h2.example": 2, "h3.example": 2, "all": 5}


async def test_a_slow_host_does_not_hold_the_others():
    gate = asyncio.Event()

    async def server(request):
        if request.url.host == "slow.example":
            await gate.wait()
        return httpx.Response(200)

    async with http_with(server, connections=3, per_host=2) as http, asyncio.TaskGroup() as group:
        for n in range(10):
            group.create_task(http.get(f"https://slow.example/{n}"))
        await asyncio.sleep(0)
        response = await http.get("https://quick.example/")
        assert response.status == 200
        gate.set()


async def test_waiting_for_our_turn_does_not_count_against_the_server():
    gate = asyncio.Event()

    async def server(request):
        if request.url.path == "/first":
            await gate.wait()
        return httpx.Response(200)

    async with http_with(server, connections=1, timeout=60) as http, asyncio.TaskGroup() as group:
        group.create_task(http.get(BLOG + "first"))
        second = group.create_task(http.get(BLOG + "second"))
        await asyncio.sleep(0.01)
        assert not second.done()
        gate.set()
    assert second.result().status == 200


async def test_cancelling_goes_through():
    async def server(request):
        await asyncio.Event().wait()

    async with http_with(server) as http:
        task = asyncio.create_task(http.get(BLOG))
        await asyncio.sleep(0)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task


@pytest.mark.parametrize(
    ("status", "words"),
    [
        (401, "https://NAME:PASSWORD@"),
        (404, "check the address"),
        (429, "try again later"),
        (500, "not yours: try again later"),
        (511, "sign in"),
    ],
)
async def test_a_refusal_says_what_to_do(status, words):
    async with http_with(lambda request: httpx.Response(status)) as http:
        with pytest.raises(HttpStatusError) as caught:
            await http.get("https://blog.example/feed")
    assert words in caught.value.in_full
    assert caught.value.in_full.startswith(str(caught.value))


@pytest.mark.parametrize(
    ("cause", "words"),
    [
        (socket.gaierror(-2, "unknown"), "check the spelling"),
        (ConnectionRefusedError(111, "refused"), "nothing listens there now"),
        (OSError(errno.ENETUNREACH, "unreachable"), "this computer is offline"),
        (ssl.SSLCertVerificationError(1, "self-signed certificate"), "cannot prove to be this site"),
        (TimeoutError(), "is slow: try again later"),
    ],
    ids=lambda value: type(value).__name__,
)
async def test_a_way_that_fails_says_what_to_do(cause, words):
    if isinstance(cause, ssl.SSLCertVerificationError):
        cause.verify_message = "self-signed certificate"

    def server(request):
        raise httpx.ConnectError("no") from cause

    async with http_with(server) as http:
        with pytest.raises(FetchError) as caught:
            await http.get("https://blog.example/feed")
    assert words in caught.value.in_full
