"""What the API answers is data of strangers: any shape must do no harm."""

import httpx
import pytest

from tui_reader.domain.comment import CommentKind
from tui_reader.engines.wordpress_rest import as_comment, as_post, comments_of, one_comment
from tui_reader.errors import FetchError
from tui_reader.net.client import Http

ROOT = "https://quill.example/wp-json/"
GOOD = {
    "id": 5,
    "post": 43,
    "parent": 0,
    "author": 0,
    "author_name": "Ann",
    "author_url": "https://ann.example/",
    "date_gmt": "2026-05-01T09:00:00",
    "content": {"rendered": "<p>One.</p>"},
    "link": "https://quill.example/a/#comment-5",
    "status": "approved",
    "type": "comment",
}


def serving(*answers):
    queue = list(answers)
    return Http(transport=httpx.MockTransport(lambda request: queue.pop(0) if len(queue) > 1 else queue[0]))


@pytest.mark.parametrize(
    "item",
    [
        None,
        5,
        "x",
        [],
        {},
        {"id": "5"},
        {"id": True},
        {"id": 0},
        {"id": -4},
        {"id": 10**30},
        GOOD | {"status": "hold"},
    ],
    ids=repr,
)
def test_what_is_no_comment_is_left_out(item):
    assert as_comment(item) is None


@pytest.mark.parametrize(
    "odd",
    [
        {"parent": "x"},
        {"author_name": None},
        {"author_name": ["x"]},
        {"author_url": "javascript:x()"},
        {"author_url": 7},
        {"date_gmt": "0000-00-00T00:00:00"},
        {"date_gmt": "soon"},
        {"content": None},
        {"content": {"rendered": 4}},
        {"link": "file:///etc/passwd"},
        {"type": "order_note"},
        {"post": None},
    ],
    ids=repr,
)
def test_odd_field_spoils_only_itself(odd):
    comment = as_comment(GOOD | odd).comment
    assert comment.id == "5"
    assert comment.parent_id is None
    assert comment.kind is CommentKind.COMMENT
    assert comment.author in {"Ann", ""}
    assert comment.author_url in {"https://ann.example/", None}
    assert comment.url in {"https://quill.example/a/#comment-5", None}


@pytest.mark.parametrize("year", ["0001", "1969", "2200", "9999"])
def test_a_comment_is_not_dated_where_no_date_can_be_true(year):
    # the first and the last year are beyond the calendar in some zones: shown there, they ended the reader
    assert as_comment(GOOD | {"date_gmt": f"{year}-01-01T00:00:00"}).comment.published is None


def test_names_lose_what_a_terminal_would_obey():
    comment = as_comment(GOOD | {"author_name": "A&#27;]0;x\x07 <b>nn</b> &amp; Bo\u202e"}).comment
    assert comment.author == "A]0;x nn & Bo"


def test_a_name_has_room_on_the_screen():
    assert as_comment(GOOD | {"author_name": "Ann " * 100_000}).comment.author == ("Ann " * 75)


def test_post_of_any_shape_does_no_harm():
    assert as_post([]) is None
    assert as_post({"id": 4, "content": "x", "guid": 3, "comment_status": []}).takes_comments is None


async def test_list_that_repeats_a_comment_has_it_once():
    page = httpx.Response(
        200, json=[GOOD, GOOD, "rubbish"], headers={"X-WP-Total": "1", "X-WP-TotalPages": "1"}
    )
    async with serving(page) as http:
        found = await comments_of(http, ROOT, ["43"])
    assert [one.comment.id for one in found.comments] == ["5"]
    assert found.is_whole


async def test_comment_lost_between_two_pages_is_told_as_missing():
    counts = {"X-WP-Total": "3", "X-WP-TotalPages": "2"}
    first = httpx.Response(200, json=[GOOD], headers=counts)
    second = httpx.Response(200, json=[GOOD | {"id": 6}], headers=counts)
    async with serving(first, second) as http:
        found = await comments_of(http, ROOT, ["43"])
    assert not found.is_whole
    assert found.total == 3


async def test_page_count_without_measure_is_not_believed():
    asked = []

    def server(request):
        asked.append(request)
        return httpx.Response(200, json=[], headers={"X-WP-Total": "0", "X-WP-TotalPages": "99999999"})

    async with Http(transport=httpx.MockTransport(server)) as http:
        found = await comments_of(http, ROOT, ["43"])
    assert len(asked) == 200
    assert not found.is_whole


@pytest.mark.parametrize(
    "answer",
    [
        httpx.Response(200, html="<p>Home</p>"),
        httpx.Response(200, text="[" * 100_000, headers={"Content-Type": "application/json"}),
        httpx.Response(200, json={"code": "rest_no_route"}),
        httpx.Response(401, json={"code": "rest_disabled"}),
    ],
    ids=["a page", "too deep", "an object", "refused"],
)
async def test_answer_that_is_no_list_is_an_error(answer):
    async with serving(answer) as http:
        with pytest.raises(FetchError):
            await comments_of(http, ROOT, ["43"])


@pytest.mark.parametrize("status", [401, 403, 404, 410])
async def test_comment_that_is_not_shown_is_none(status):
    async with serving(httpx.Response(status, json={})) as http:
        assert await one_comment(http, ROOT, "5") is None


async def test_trouble_is_not_taken_for_absence():
    async with serving(httpx.Response(502)) as http:
        with pytest.raises(FetchError):
            await one_comment(http, ROOT, "5")
