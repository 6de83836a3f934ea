from datetime import timedelta
from email.utils import format_datetime

import httpx
import pytest

from tests.conftest import NOW
from tests.fakes import FakeEngine
from tests.services.blog_server import BlogServer, Item
from tui_reader.domain.comment import Comment
from tui_reader.net.client import Http
from tui_reader.services.conversation import Conversations
from tui_reader.services.library import Library, PostFilter
from tui_reader.services.refresh import Refresh
from tui_reader.services.secrets import Secrets
from tui_reader.services.subscriptions import Subscriptions
from tui_reader.storage.database import Database


class World:
    """A blog on the net and a reader that follows it."""

    def __init__(self, tmp_path, server=None):
        self.server = server or BlogServer(items=[Item(2, comments=0), Item(1, comments=1)])
        self.clock = NOW
        self.http = Http(transport=httpx.MockTransport(lambda request: self.server(request)))
        self.database = Database.open(":memory:")
        self.engine = FakeEngine()
        now = lambda: self.clock  # noqa: E731
        self.conversations = Conversations(self.database, (self.engine,), now)
        self.subscriptions = Subscriptions(
            self.database, self.http, Secrets(tmp_path / "s.json", disabled=True), now
        )
        self.library = Library(self.database, lambda: self.http, now)
        self._refresh = Refresh(self.database, self.http, lambda: self.conversations, now)

    async def refresh(self):
        return [step.latest async for step in self._refresh.run() if step.latest]

    async def posts(self, **wanted):
        return await self.library.posts(PostFilter(**wanted))


@pytest.fixture
async def world(tmp_path):
    world = World(tmp_path)
    yield world
    await world.http.aclose()
    await world.database.close()


async def test_a_page_leads_to_its_posts_feed_and_not_to_the_comments_feed(world):
    added = await world.subscriptions.add("https://b.example/")
    assert added.blog.feed_url == "https://b.example/feed/"
    assert added.blog.comments_feed_url == "https://b.example/comments/feed/"
    assert (added.is_new, added.posts) == (True, 2)


async def test_the_same_blog_is_not_followed_twice(world):
    await world.subscriptions.add("https://b.example/")
    again = await world.subscriptions.add("https://b.example/feed/")
    assert not again.is_new
    assert len(await world.subscriptions.blogs()) == 1


async def test_an_unchanged_feed_is_not_read_again(world):
    world.server.etag = '"v1"'
    await world.subscriptions.add("https://b.example/")
    (result,) = await world.refresh()
    assert result.outcome == "unchanged"
    feeds = [headers for path, headers in world.server.asked if path == "/feed/"]
    assert feeds[-1]["if-none-match"] == '"v1"'


async def test_the_same_bytes_without_validators_are_not_parsed_again(world, monkeypatch):
    await world.subscriptions.add("https://b.example/")

    def never(*_):
        raise AssertionError("parsed again")

    monkeypatch.setattr("tui_reader.services.feedwork.read_feed", never)
    (result,) = await world.refresh()
    assert result.outcome == "unchanged"


async def test_posts_that_left_the_feed_stay_and_edited_ones_are_updated(world):
    await world.subscriptions.add("https://b.example/")
    world.server.items = [Item(3), Item(2, title="Post 2, corrected", comments=0)]
    (result,) = await world.refresh()
    assert (result.outcome, result.new_posts) == ("changed", 1)
    assert {post.title for post in await world.posts()} == {"Post 1", "Post 2, corrected", "Post 3"}


@pytest.mark.parametrize(
    "changed",
    [Item(1, guid="tag:other,1", comments=1), Item(1, link="https://b.example/moved/", comments=1)],
    ids=["guid changes, link stays", "link changes, guid stays"],
)
async def test_nothing_is_doubled(world, changed):
    await world.subscriptions.add("https://b.example/")
    world.server.items = [Item(2, comments=0), changed]
    await world.refresh()
    assert len(await world.posts()) == 2


async def test_a_feed_that_moved_for_good_is_asked_at_its_new_address(world):
    await world.subscriptions.add("https://b.example/")
    world.server.moved = "https://b.example/new-feed/"
    await world.refresh()
    world.server.asked.clear()
    await world.refresh()
    assert next(path for path, _ in world.server.asked if "feed" in path) == "/new-feed/"


async def test_a_blog_that_fails_keeps_its_posts_and_says_since_when_and_why(world):
    await world.subscriptions.add("https://b.example/")
    world.server.status = 503
    (result,) = await world.refresh()
    assert result.outcome == "failed"
    world.clock += timedelta(hours=1)
    await world.refresh()
    (blog,) = await world.subscriptions.blogs()
    assert "503" in blog.error
    assert blog.error_since == NOW
    assert len(await world.posts()) == 2
    world.server.status = 200
    await world.refresh()
    (blog,) = await world.subscriptions.blogs()
    assert blog.error is None


async def test_one_bad_blog_stops_nobody(world):
    other = BlogServer(items=[Item(1)])
    first = world.server

    def both(request):
        if request.url.host == "other.example":
            return other(request)
        return first(request)

    world.server = both
    await world.subscriptions.add("https://b.example/")
    await world.subscriptions.add("https://other.example/feed/")
    first.status = 500
    other.items = [Item(2), Item(1)]
    results = {result.blog_id: result.outcome for result in await world.refresh()}
    assert sorted(results.values()) == ["changed", "failed"]


async def test_a_conversation_whose_count_moved_is_loaded_and_its_comments_are_new(world):
    await world.subscriptions.add("https://b.example/")
    world.engine.comments = [
        Comment(id="10", author="Ann", published=NOW - timedelta(days=1)),
        Comment(id="11", author="Ben", published=NOW + timedelta(minutes=5)),
    ]
    world.clock += timedelta(hours=1)
    world.server.items = [Item(2, comments=0), Item(1, comments=2)]
    (result,) = await world.refresh()
    assert result.new_comments == 1
    (post,) = await world.posts(has_new_comments=True)
    assert (post.title, post.new_comment_count) == ("Post 1", 1)


async def test_a_comment_that_only_the_comment_feed_names_is_found(world):
    world.server.etag = '"v1"'
    await world.subscriptions.add("https://b.example/")
    world.clock += timedelta(hours=1)
    world.server.comment_links = [(2, 20)]
    world.engine.comments = [Comment(id="20", author="Ann", published=NOW + timedelta(minutes=30))]
    (result,) = await world.refresh()
    assert (result.outcome, result.new_comments) == ("changed", 1)
    world.engine.comments = []
    world.server.asked.clear()
    (again,) = await world.refresh()
    assert again.outcome == "unchanged"


async def test_what_many_newer_comments_pushed_out_of_the_feed_is_found_under_an_opened_post(world):
    await world.subscriptions.add("https://b.example/")
    old = next(post for post in await world.posts() if post.title == "Post 1")
    await world.conversations.load(old.id)
    world.clock += timedelta(hours=1)
    world.server.items = [Item(2, comments=0)]
    await world.refresh()
    world.engine.comments = [Comment(id="20", author="Ann", published=world.clock)]
    world.server.items = [Item(2, comments=10)]
    # one under each post; ten are named, and all of them are under the other
    world.server.comment_links = [(2, number) for number in range(30, 20, -1)]
    await world.refresh()
    assert {post.title for post in await world.posts(has_new_comments=True)} == {"Post 1", "Post 2"}


async def test_a_comment_that_was_taken_away_counts_no_more(world):
    said = {number: NOW + timedelta(minutes=number) for number in (20, 21, 22)}
    talk = {number: Comment(id=str(number), author="Ann", published=at) for number, at in said.items()}
    world.server.dates = {number: format_datetime(at) for number, at in said.items()}
    world.server.etag = '"v1"'
    await world.subscriptions.add("https://b.example/")
    world.clock += timedelta(hours=1)
    world.server.comment_links = [(2, 22), (2, 21), (2, 20)]
    world.server.items = [Item(2, comments=3), Item(1, comments=1)]
    world.engine.comments = list(talk.values())
    await world.refresh()
    # the next look at the counts would come by itself only in ten minutes
    world.clock += timedelta(minutes=1)
    world.server.comment_links.remove((2, 21))
    world.server.items[0].comments = 2
    world.engine.comments = [talk[20], talk[22]]
    await world.refresh()
    post = next(post for post in await world.posts() if post.title == "Post 2")
    assert post.comment_count == 2


async def test_what_was_said_under_a_new_post_is_all_new(world):
    await world.subscriptions.add("https://b.example/")
    world.clock += timedelta(hours=1)
    world.server.items = [Item(3, comments=1), Item(2, comments=0), Item(1, comments=1)]
    world.engine.comments = [Comment(id="30", author="Ann", published=NOW)]
    (result,) = await world.refresh()
    assert (result.new_posts, result.new_comments) == (1, 1)


async def test_an_unreadable_conversation_does_not_lose_the_posts(world, monkeypatch):
    from tui_reader.errors import FetchError

    await world.subscriptions.add("https://b.example/")

    async def broken(place):
        raise FetchError(place.post.url, "no answer")

    monkeypatch.setattr(world.engine, "load", broken)
    world.server.items = [Item(3), Item(2, comments=5)]
    (result,) = await world.refresh()
    assert (result.outcome, result.new_posts) == ("changed", 1)


async def test_progress_counts_every_blog(world):
    await world.subscriptions.add("https://b.example/")
    steps = [step async for step in world._refresh.run()]
    assert [(step.done, step.total) for step in steps] == [(0, 1), (1, 1)]
