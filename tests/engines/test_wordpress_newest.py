"""The newest comment ids of a whole WordPress, and what their change explains."""

import httpx
import pytest

from tui_reader.engines.wordpress_newest import AT_MOST, NewComment, Newest, newest
from tui_reader.errors import FetchError
from tui_reader.net.client import Http

ROOT = "https://b.example/wp-json/"


async def ask(answer):
    asked = []

    def server(request):
        asked.append(request)
        return answer

    async with Http(transport=httpx.MockTransport(server)) as http:
        return await newest(http, ROOT), asked


async def test_ids_posts_and_the_total_come_in_one_small_request():
    items = [{"id": 9, "post": 4, "date_gmt": "2026-08-03T12:00:00"}, {"id": 7, "post": 3}]
    got, (asked,) = await ask(httpx.Response(200, json=items, headers={"x-wp-total": "31"}))
    assert got.ids == (9, 7)
    assert got.total == 31
    assert got.comments[0].published.isoformat() == "2026-08-03T12:00:00+00:00"
    assert dict(asked.url.params) == {
        "per_page": "100",
        "orderby": "id",
        "order": "desc",
        "_fields": "id,post,date_gmt",
    }


async def test_what_is_no_comment_is_left_out():
    items = [{"id": True, "post": 1}, {"id": 0, "post": 1}, {"id": "5", "post": 1}, 7, {"id": 3, "post": 2}]
    got, _ = await ask(httpx.Response(200, json=items, headers={"x-wp-total": "many"}))
    assert (got.ids, got.total) == ((3,), None)


@pytest.mark.parametrize(
    "answer",
    [
        httpx.Response(401, json={"code": "rest_forbidden"}),
        httpx.Response(200, json={"code": "odd"}),
        httpx.Response(200, text="<html>"),
    ],
    ids=["closed", "an object", "a page"],
)
async def test_an_api_that_is_closed_says_so(answer):
    with pytest.raises(FetchError):
        await ask(answer)


def listed(ids, total):
    return Newest(comments=tuple(NewComment(id=id, post_number=1) for id in ids), total=total)


FULL = tuple(range(300, 300 - AT_MOST, -1))


@pytest.mark.parametrize(
    ("now", "total", "is_explained"),
    [
        (FULL, 250, True),
        ((301, *FULL[:-1]), 251, True),
        (FULL, 251, False),
        ((*FULL[:50], *FULL[51:], 200), 249, True),
        ((301, *FULL[:50], *FULL[51:]), 250, True),
        ((*FULL[:50], *FULL[51:], 200), 250, False),
        (FULL, None, False),
    ],
    ids=[
        "nothing",
        "one came",
        "one was approved further back",
        "one was taken away",
        "one came, one went",
        "one went, one was approved further back",
        "no total",
    ],
)
def test_the_total_tells_what_the_list_does_not_show(now, total, is_explained):
    assert listed(now, total).explains(FULL, 250) is is_explained


def test_a_list_of_all_comments_explains_everything():
    assert listed((3, 1), 2).explains((3, 2, 1), 3)


def test_nothing_is_explained_without_an_earlier_list():
    assert not listed(FULL, 250).explains((), None)
