"""Hundreds of blogs, many of them in trouble, refreshed with the screens open and keys pressed meanwhile."""

import asyncio
from xml.sax.saxutils import escape

import httpx
from ui_fakes import until

from tui_reader.bootstrap import open_services
from tui_reader.storage.database import Connection
from tui_reader.ui.app import ReaderApp

BLOGS = 500
TROUBLES = ("fine", "fine", "fine", "slow", "dead", "moved", "gone", "broken", "throttling", "busy")
"""What each blog is like, by the last digit of its number."""


class Net:
    """Five hundred hosts; ``edition`` grows between two refreshes."""

    def __init__(self) -> None:
        self.edition = 1
        self.asked: dict[str, int] = {}
        self.has_waited = asyncio.Event()
        """Until then those that are slow do not answer."""

    async def __call__(self, request: httpx.Request) -> httpx.Response:
        host = request.url.host
        self.asked[host] = self.asked.get(host, 0) + 1
        number = int(host.split(".")[0].removeprefix("b"))
        trouble = TROUBLES[number % 10]
        if trouble == "dead":
            raise httpx.ConnectError("refused")
        if trouble == "slow":
            await self.has_waited.wait()
        if trouble == "gone":
            return httpx.Response(410)
        if trouble == "moved" and request.url.path == "/feed/":
            return httpx.Response(301, headers={"location": f"https://{host}/new/"})
        if trouble == "broken":
            return httpx.Response(
                200, text="<html><p>Out of order</p></html>", headers={"content-type": "text/html"}
            )
        if trouble == "throttling":
            return httpx.Response(429, headers={"retry-after": "60"})
        if trouble == "busy":
            return httpx.Response(503)
        return httpx.Response(
            200, text=feed(number, self.edition), headers={"content-type": "application/rss+xml"}
        )


def feed(number: int, edition: int) -> str:
    items = "".join(
        f"<item><title>{escape(f'Post {post} of {number}')}</title><link>https://b{number}.example/{post}/</link>"
        f"<guid>{number}-{post}</guid><pubDate>Mon, 0{post} Jun 2026 10:00:00 GMT</pubDate>"
        f"<description>Words.</description></item>"
        for post in range(1, edition + 2)
    )
    return (
        f'<rss version="2.0"><channel><title>Blog {number}</title>'
        f"<link>https://b{number}.example/</link>{items}</channel></rss>"
    )


def recounted(db: Connection) -> tuple[int, int]:
    """Posts and unread posts of followed blogs, counted one by one."""
    rows = db.execute(
        "SELECT p.is_read FROM posts AS p JOIN blogs AS b ON b.id = p.blog_id WHERE b.is_subscribed"
    )
    states = [row[0] for row in rows]
    return len(states), states.count(0)


async def test_five_hundred_blogs_in_all_states_refresh_while_one_reads(tmp_path):
    net = Net()
    (tmp_path / "config").mkdir()
    (tmp_path / "config" / "config.toml").write_text("[refresh]\nminutes = 0\n[network]\ntimeout = 300\n")
    services = open_services(tmp_path, transport=httpx.MockTransport(net), throw_away=True)
    outlines = "".join(f'<outline type="rss" xmlUrl="https://b{n}.example/feed/"/>' for n in range(BLOGS))
    await services.subscriptions.import_opml(f'<opml version="2.0"><body>{outlines}</body></opml>'.encode())
    app = ReaderApp(services)
    async with app.run_test(size=(132, 36)) as pilot:
        for edition in (1, 2):
            net.edition = edition
            net.has_waited.clear()
            await pilot.press("ctrl+r")
            await until(pilot, lambda: app.reading.refreshing.is_running)
            await pilot.press("2", "j", "enter")
            assert app.reading.refreshing.is_running
            await pilot.press("j", "escape", "s", "j")
            net.has_waited.set()
            await until(pilot, lambda: not app.reading.refreshing.is_running)
            counts = await services.library.counts()
            assert (counts.posts, counts.unread) == await services.database.read(recounted)
            followed = await services.subscriptions.blogs()
            assert sum(blog.unread for blog in followed) == counts.unread
            good = [blog for blog in followed if blog.error is None]
            assert counts.posts == len(good) * (edition + 1)
        failing = [blog for blog in followed if blog.error is not None]
    await services.close()
    assert len(good) == BLOGS * 5 // 10
    assert len(failing) == BLOGS * 5 // 10
    assert {
        blog.feed_url.endswith("/new/")
        for blog in good
        if TROUBLES[int(blog.feed_url[9:].split(".")[0]) % 10] == "moved"
    } == {True}
    # a blog that said how long to leave it alone was left alone
    assert max(net.asked[f"b{n}.example"] for n in range(8, BLOGS, 10)) == 1
