"""Refreshes of a real WordPress on which comments come, are approved late and are taken away.

After each the counts are checked three ways: what WordPress's own tables hold, what the reader's lists say,
and what its database has.
"""

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta

import httpx
import pytest
import wordpress_server

from tui_reader.bootstrap import Services, open_services
from tui_reader.errors import FetchError
from tui_reader.services.library import PostFilter
from tui_reader.storage import schedule
from tui_reader.storage.database import Connection

pytestmark = pytest.mark.live


class Wire(httpx.AsyncHTTPTransport):
    """The network, with a list of what was asked."""

    def __init__(self) -> None:
        super().__init__()
        self.asked: list[tuple[str, int]] = []
        self.broken: str | None = None

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        if self.broken and self.broken in str(request.url):
            raise httpx.ConnectError("cut by the test")
        response = await super().handle_async_request(request)
        self.asked.append((str(request.url.copy_with(scheme="http")), response.status_code))
        return response


class Reader:
    def __init__(self, blog: wordpress_server.WordPress, services: Services, wire: Wire) -> None:
        self.blog, self.services, self.wire = blog, services, wire
        self.skipped = timedelta()

    def now(self) -> datetime:
        return datetime.now(UTC) + self.skipped

    async def post(self, key: str):
        return await self.services.library.find_post(self.blog.posts[key].url)

    async def open(self, key: str) -> int:
        post = await self.post(key)
        await self.services.conversations.load(post.id)
        return post.id

    async def refresh(self, *, is_automatic: bool = False):
        self.wire.asked.clear()
        run = self.services.refresh.run(is_automatic=is_automatic)
        (done,) = [step.latest async for step in run if step.latest]
        assert done.error is None
        return done

    async def check(self, *keys: str) -> None:
        """WordPress, the list and the database say the same of these posts."""
        for key in keys:
            post = await self.post(key)
            on_blog = self.blog.count(key)
            (stored,) = await self.services.database.read(_stored, post.id)
            assert (key, post.comment_count, stored) == (key, on_blog, on_blog)
        wanted = await self.services.database.read(schedule.blogs_wanting)
        assert wanted == frozenset()


def _stored(db: Connection, post_id: int):
    return db.execute(
        "SELECT count(*) FROM comments WHERE post_id = ? AND state = 'published'", (post_id,)
    ).fetchone()


@pytest.fixture
async def reader(wordpress: wordpress_server.WordPress, tmp_path) -> AsyncIterator[Reader]:
    wire = Wire()
    made: list[Reader] = []
    services = open_services(
        tmp_path / "home",
        transport=wire,
        throw_away=True,
        now=lambda: made[0].now() if made else datetime.now(UTC),
    )
    made.append(Reader(wordpress, services, wire))
    await services.subscriptions.add(wordpress.url)
    yield made[0]
    await services.close()


@pytest.fixture(params=["asked", "automatic"])
def by_itself(request) -> bool:
    return request.param == "automatic"


async def test_a_comment_arrives(reader, by_itself):
    await reader.open("marees")
    await reader.refresh()
    reader.blog.comment("marees", "Et par coefficient 110 ?")
    done = await reader.refresh(is_automatic=by_itself)
    assert done.new_comments == 1
    await reader.check("marees")
    assert (await reader.refresh(is_automatic=by_itself)).outcome == "unchanged"


async def test_an_older_comment_is_approved_late_while_the_feeds_say_that_nothing_changed(reader, by_itself):
    held = reader.blog.comment("marees", "Held for long.", approved=0)
    reader.blog.comment("marees", "Newer, and shown at once.")
    await reader.open("marees")
    await reader.refresh()
    await reader.refresh()
    reader.blog.approve(held)
    done = await reader.refresh(is_automatic=by_itself)
    feeds = [status for url, status in reader.wire.asked if url.endswith("/comments/feed/")]
    assert feeds == [304]
    assert done.new_comments == 1
    await reader.check("marees")


async def test_a_late_approval_beyond_the_newest_hundred_is_told_by_the_total(reader, by_itself):
    held = reader.blog.comment("marees", "Held before a hundred others.", approved=0)
    for number in range(105):
        reader.blog.comment("the-lamp-room", f"Another one, {number}.")
    await reader.open("marees")
    await reader.refresh()
    await reader.refresh()
    reader.blog.approve(held)
    done = await reader.refresh(is_automatic=by_itself)
    assert done.new_comments == 1
    await reader.check("marees")


async def test_a_comment_is_taken_away(reader, by_itself):
    gone = reader.blog.comment("marees", "Soon gone.")
    post_id = await reader.open("marees")
    await reader.refresh()
    reader.blog.trash(gone)
    await reader.refresh(is_automatic=by_itself)
    await reader.check("marees")
    states = {
        row.comment.id: row.comment.state.value
        for row in (await reader.services.conversations.stored(post_id)).thread.rows
    }
    assert states[str(gone)] == "removed"


async def test_one_comes_and_one_goes_under_the_same_post(reader, by_itself):
    gone = reader.blog.comment("marees", "Soon gone.")
    await reader.open("marees")
    await reader.refresh()
    reader.blog.trash(gone)
    reader.blog.comment("marees", "In its place.")
    assert (await reader.refresh(is_automatic=by_itself)).new_comments == 1
    await reader.check("marees")


async def test_many_posts_are_loaded_in_few_requests(reader):
    keys = ["marees", "brass-polish", "corne-de-brume"]
    for key in keys:
        await reader.open(key)
    await reader.refresh()
    for key in keys:
        reader.blog.comment(key, f"New under {key}.")
    done = await reader.refresh()
    assert done.new_comments == 3
    await reader.check(*keys)


async def test_a_conversation_that_could_not_be_loaded_is_loaded_the_next_time(reader):
    await reader.open("marees")
    await reader.refresh()
    reader.blog.comment("marees", "Lost on the way?")
    number = reader.blog.posts["marees"].id
    reader.wire.broken = f"post={number}"
    fetch = reader.services.conversations.fetch

    async def broken(post_id: int) -> int:
        raise FetchError(reader.blog.url, "cut by the test")

    reader.services.conversations.fetch = broken
    assert (await reader.refresh()).new_comments == 0
    assert await reader.services.database.read(schedule.blogs_wanting)
    reader.services.conversations.fetch = fetch
    reader.wire.broken = None
    # nothing on the blog moves in between: what is wanted is known from the database alone
    assert (await reader.refresh()).new_comments == 1
    await reader.check("marees")


async def test_without_the_api_the_counts_tell_of_a_late_approval(reader):
    held = reader.blog.comment("marees", "Held for long.", approved=0)
    reader.blog.comment("marees", "Newer, and shown at once.")
    reader.blog.option("rig_rest_off", 1)
    await reader.open("marees")
    await reader.refresh()
    reader.blog.approve(held)
    reader.skipped = timedelta(minutes=11)
    done = await reader.refresh()
    assert done.new_comments == 1
    await reader.check("marees")


async def test_a_quiet_blog_costs_three_small_requests(reader):
    await reader.open("marees")
    await reader.refresh()
    await reader.refresh()
    answers = [
        (url.removeprefix(reader.blog.url).partition("?")[0], status) for url, status in reader.wire.asked
    ]
    assert sorted(answers) == [("comments/feed/", 304), ("feed/", 304), ("wp-json/wp/v2/comments", 200)]


async def test_lists_tell_the_same_as_the_database_after_all_of_it(reader):
    keys = ["marees", "brass-polish"]
    for key in keys:
        await reader.open(key)
    await reader.refresh()
    reader.blog.comment("marees", "One.")
    reader.blog.comment("brass-polish", "Two.")
    await reader.refresh()
    with_new = await reader.services.library.posts(PostFilter(has_new_comments=True))
    assert sorted(post.new_comment_count for post in with_new) == [1, 1]
    assert (await reader.services.library.counts()).new_comments == 2
