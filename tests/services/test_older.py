"""Going back in a blog, beyond what its feed holds."""

import asyncio
import json
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest

from tests.conftest import NOW
from tests.services.blog_server import escape
from tests.services.test_refresh import World
from tui_reader.errors import FetchError, HttpStatusError
from tui_reader.services.older import ENOUGH, MOST_PAGES, Older

PER_PAGE = 10
WORDPRESS = "<generator>https://wordpress.org/?v=6.8</generator>"


class PagedBlog:
    """Posts 1 to ``posts``, the newest first, ten a page; says where the next page is as each kind does."""

    def __init__(self, kind, posts=37, *, is_dated=True):
        self.kind = kind
        self.posts = posts
        self.is_dated = is_dated
        self.asked = []
        self.fails_at = None

    def __call__(self, request):
        self.asked.append(str(request.url).removeprefix("https://b.example"))
        query = parse_qs(urlsplit(str(request.url)).query)
        page = int(query.get("paged", query.get("page", ["1"]))[0])
        if page == self.fails_at:
            return httpx.Response(429, headers={"retry-after": "3600"})
        if request.url.path != "/feed/":
            return httpx.Response(404)
        first = self.posts - (page - 1) * PER_PAGE
        numbers = range(first, max(first - PER_PAGE, 0), -1)
        if not numbers or page < 1:
            return httpx.Response(404)
        has_more = numbers[-1] > 1
        if self.kind == "json":
            return httpx.Response(
                200, content=self._json(numbers, page, has_more), headers={"content-type": "application/json"}
            )
        link = '<atom:link rel="{}" href="{}"/>'
        head = {
            "wordpress": WORDPRESS,
            "plain": "",
            "stuck": link.format("next", "/feed/"),
            "next": link.format("next", f"/feed/?page={page + 1}") if has_more else "",
            "archive": link.format("next", "/feed/?page=99")
            + (link.format("prev-archive", f"?page={page + 1}") if has_more else ""),
        }[self.kind]
        return httpx.Response(200, text=self._rss(numbers, head), headers={"content-type": "text/xml"})

    def date(self, number):
        return datetime(2026, 1, 1, tzinfo=UTC) + timedelta(days=number)

    def _rss(self, numbers, head):
        items = "".join(
            f"<item><title>Post {number}</title><link>https://b.example/{number}/</link>"
            + (f"<pubDate>{format_datetime(self.date(number))}</pubDate>" if self.is_dated else "")
            + f"<description>{escape('<p>Words.</p>')}</description></item>"
            for number in numbers
        )
        return (
            '<rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom"><channel><title>The Blog</title>'
            f"<link>https://b.example/</link>{head}{items}</channel></rss>"
        )

    def _json(self, numbers, page, has_more):
        items = [
            {
                "id": str(number),
                "url": f"https://b.example/{number}/",
                "title": f"Post {number}",
                "content_text": "Words.",
                "date_published": self.date(number).isoformat(),
            }
            for number in numbers
        ]
        more = {"next_url": f"/feed/?page={page + 1}"} if has_more else {}
        return json.dumps({"version": "https://jsonfeed.org/version/1.1", "items": items, **more}).encode()


class Followed(World):
    """A blog with pages, and a reader that follows it."""

    def __init__(self, tmp_path, blog):
        super().__init__(tmp_path, blog)
        self.older = Older(self.database, self.http, lambda: self.clock)

    async def begin(self):
        self.blog = (await self.subscriptions.add("https://b.example/feed/")).blog
        self.server.asked.clear()

    async def titles(self):
        return [post.title for post in await self.posts()]


@pytest.fixture
async def follow(tmp_path):
    worlds = []

    async def made(blog):
        worlds.append(Followed(tmp_path, blog))
        await worlds[-1].begin()
        return worlds[-1]

    yield made
    for world in worlds:
        await world.http.aclose()


@pytest.mark.parametrize("kind", ["wordpress", "next", "archive", "json"])
async def test_every_post_of_the_blog_comes_once_and_in_its_place(follow, kind):
    world = await follow(PagedBlog(kind))
    told = []
    came = await world.older.fetch(world.blog.id, told.append)
    assert (came.posts, came.has_more, came.error) == (27, False, None)
    assert came.since == world.server.date(1)
    assert await world.titles() == [f"Post {number}" for number in range(37, 0, -1)]
    assert told[-1] == 27


async def test_what_is_older_is_no_news(follow):
    world = await follow(PagedBlog("wordpress"))
    await world.older.fetch(world.blog.id)
    (blog,) = await world.subscriptions.blogs()
    assert blog.unread == 10
    assert all(post.is_read == (int(post.title.split()[1]) <= 27) for post in await world.posts())
    (refreshed,) = await world.refresh()
    assert (refreshed.new_posts, refreshed.new_comments) == (0, 0)


async def test_it_stops_after_some_and_goes_on_where_it_stopped(follow):
    world = await follow(PagedBlog("next", posts=100))
    first = await world.older.fetch(world.blog.id)
    assert (first.posts, first.has_more) == (ENOUGH, True)
    asked = len(world.server.asked)
    second = await world.older.fetch(world.blog.id)
    assert (second.posts, second.has_more) == (40, False)
    assert len(world.server.asked) - asked == 4
    assert (await world.older.fetch(world.blog.id)).posts == 0
    # the end is known by now
    assert len(world.server.asked) - asked == 4


async def test_a_later_program_finds_its_place_on_a_wordpress_at_once(follow):
    world = await follow(PagedBlog("wordpress", posts=200))
    await world.older.fetch(world.blog.id)
    world.server.asked.clear()
    later = Older(world.database, world.http, lambda: NOW)
    assert (await later.fetch(world.blog.id)).posts == ENOUGH
    assert world.server.asked == ["/feed/", *(f"/feed/?paged={page}" for page in range(6, 12))]


async def test_what_was_missed_between_is_found_as_well(follow):
    blog = PagedBlog("wordpress", posts=40)
    world = await follow(blog)
    await world.older.fetch(world.blog.id)
    # so much is written while nobody looks that the feed does not hold all of it
    blog.posts = 80
    await world.refresh()
    assert len(await world.posts()) == 50
    later = Older(world.database, world.http, lambda: NOW)
    came = await later.fetch(world.blog.id)
    assert (came.posts, came.has_more) == (30, False)
    assert await world.titles() == [f"Post {number}" for number in range(80, 0, -1)]


async def test_what_is_newer_than_all_that_is_stored_stays_news(follow):
    blog = PagedBlog("wordpress", posts=30)
    world = await follow(blog)
    blog.posts = 45
    await world.older.fetch(world.blog.id)
    assert "Post 31" not in await world.titles()
    (refreshed,) = await world.refresh()
    assert refreshed.new_posts == 10


@pytest.mark.parametrize("kind", ["plain", "stuck"])
async def test_a_blog_that_has_no_more_says_so(follow, kind):
    world = await follow(PagedBlog(kind))
    came = await world.older.fetch(world.blog.id)
    assert (came.posts, came.has_more, came.error) == (0, False, None)
    assert world.server.asked == ["/feed/"]


async def test_a_server_that_knows_no_pages_is_not_asked_for_ever(follow):
    blog = PagedBlog("wordpress")
    world = await follow(blog)
    world.server = lambda request: blog(httpx.Request("GET", request.url.copy_with(query=None)))
    came = await world.older.fetch(world.blog.id)
    assert (came.posts, came.has_more) == (0, False)
    assert len(blog.asked) == 2


async def test_a_chain_without_end_is_left_after_some_pages(follow):
    """Each page is empty of what is not known, and names another one."""
    blog = PagedBlog("next", posts=10)
    world = await follow(blog)
    asked = []

    def endless(request):
        asked.append(request.url)
        number = len(asked)
        link = f'<atom:link rel="next" href="/feed/?page={number + 1}"/>'
        numbers = [10 - number % 10]
        return httpx.Response(200, text=blog._rss(numbers, link), headers={"content-type": "text/xml"})

    world.server = endless
    came = await world.older.fetch(world.blog.id)
    assert (came.posts, came.has_more) == (0, True)
    assert len(asked) == MOST_PAGES + 1


async def test_what_came_before_an_error_stays_and_the_blog_is_left_alone(follow):
    blog = PagedBlog("next", posts=60)
    blog.fails_at = 4
    world = await follow(blog)
    came = await world.older.fetch(world.blog.id)
    assert (came.posts, came.has_more) == (20, True)
    assert isinstance(came.error, HttpStatusError)
    blog.asked.clear()
    blog.fails_at = None
    refused = await world.older.fetch(world.blog.id)
    assert isinstance(refused.error, FetchError)
    assert "left alone until" in str(refused.error)
    assert blog.asked == []
    world.clock += timedelta(hours=2)
    assert (await world.older.fetch(world.blog.id)).posts == 30


async def test_a_page_that_came_is_kept_also_when_it_is_stopped_then(follow):
    world = await follow(PagedBlog("next", posts=60))
    run = world.database.run

    def stopped_there(*given, **more):
        fetching.cancel()
        return run(*given, **more)

    world.database.run = stopped_there
    fetching = asyncio.create_task(world.older.fetch(world.blog.id))
    with pytest.raises(asyncio.CancelledError):
        await fetching
    world.database.run = run
    came = await world.older.fetch(world.blog.id)
    assert await world.titles() == [f"Post {number}" for number in range(60, 0, -1)]
    assert came.posts == 40


async def test_a_blog_that_was_removed_is_not_asked(follow):
    world = await follow(PagedBlog("next"))
    await world.subscriptions.remove(world.blog.id)
    came = await world.older.fetch(world.blog.id)
    assert (came.posts, str(came.error)) == (0, "there is no blog 1")
    assert world.server.asked == []


async def test_posts_without_dates_stand_below_all_others(follow):
    world = await follow(PagedBlog("next", is_dated=False))
    await world.older.fetch(world.blog.id)
    assert await world.titles() == [f"Post {number}" for number in range(37, 0, -1)]


async def test_an_archive_in_the_private_network_is_not_asked(follow):
    blog = PagedBlog("next")
    world = await follow(blog)
    link = '<atom:link rel="next" href="file:///etc/passwd"/>'
    world.server = lambda _: httpx.Response(
        200, text=blog._rss([37], link), headers={"content-type": "text/xml"}
    )
    came = await world.older.fetch(world.blog.id)
    assert (came.posts, came.has_more) == (0, False)
