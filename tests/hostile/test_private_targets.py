"""A public blog that points at private addresses in every way it can: not one request arrives there."""

import asyncio
from contextlib import suppress

import httpx
import pytest
from hostile_blog import hostile_blog

from tui_reader import bootstrap
from tui_reader.errors import TuiReaderError
from tui_reader.net.client import Http
from tui_reader.net.reach import Reach
from tui_reader.net.streams import Streams

PUBLIC = "93.184.215.14"


@pytest.fixture
def services(tmp_path, monkeypatch):
    """The whole program, where the name blog.example is public and is served on loopback."""
    connect = Streams.connect_tcp

    async def to_loopback(self, host, port, **more):
        return await connect(self, "127.0.0.1" if host == PUBLIC else host, port, **more)

    async def resolve(host, port):
        if host == "blog.example":
            return [PUBLIC]
        found = await asyncio.get_running_loop().getaddrinfo(host, port, type=1)
        return [entry[4][0] for entry in found]

    monkeypatch.setattr(Streams, "connect_tcp", to_loopback)
    monkeypatch.setenv("PYTHON_KEYRING_BACKEND", "keyring.backends.fail.Keyring")
    for name in ("HTTP_PROXY", "ALL_PROXY", "http_proxy", "all_proxy"):
        monkeypatch.delenv(name, raising=False)
    make = Http.__init__
    monkeypatch.setattr(
        Http, "__init__", lambda self, **more: make(self, **{**more, "reach": Reach(resolve)})
    )
    return lambda: bootstrap.open_services(tmp_path / "home")


class Pointing:
    """A blog that names the canary wherever an address may stand."""

    def __init__(self, canary):
        self.canary = canary

    def answer(self, asked):
        inside, path = self.canary, asked.path.partition("?")[0]
        html = {"Content-Type": "text/html; charset=utf-8"}
        if path == "/away/":
            return b"302 Found", {"Location": f"{inside}feed/"}, b""
        if path == "/page/":
            head = f'<link rel="alternate" type="application/rss+xml" href="{inside}feed/">'
            return b"200 OK", html, f"<html><head>{head}</head><body>Nothing else.</body></html>".encode()
        if path.startswith("/p/2/"):
            links = f'<{inside}wp-json/>; rel="https://api.w.org/"'
            form = (
                f'<form id="commentform" method="post" action="{inside}wp-comments-post.php">'
                '<textarea name="comment"></textarea><input name="author"><input name="email">'
                '<input type="hidden" name="comment_post_ID" value="2">'
                '<input type="hidden" name="comment_parent" value="0"></form>'
            )
            return b"200 OK", {**html, "Link": links}, f"<html><body>{form}</body></html>".encode()
        if path == "/hidden-rss/":  # not in a usual place
            feed = f"""<rss version="2.0" xmlns:wfw="http://wellformedweb.org/CommentAPI/"
 xmlns:slash="http://purl.org/rss/1.0/modules/slash/"><channel><title>P</title><link>{inside}</link>
<generator>https://wordpress.org/?v=6.7</generator>
<item><title>One</title><link>{inside}p/1/</link><guid>{inside}?p=1</guid><slash:comments>3</slash:comments>
<wfw:commentRss>{inside}p/1/feed/</wfw:commentRss></item>
<item><title>Two</title><link>{self.home}p/2/</link><guid>{self.home}?p=2</guid><slash:comments>3</slash:comments>
<wfw:commentRss>{inside}p/2/feed/</wfw:commentRss></item></channel></rss>"""
            return b"200 OK", {"Content-Type": "application/rss+xml"}, feed.encode()
        return b"404 Not Found", html, b"nothing"


@pytest.mark.parametrize("name", ["127.0.0.1", "localhost", "127.1", "[::ffff:127.0.0.1]"])
async def test_no_request_of_a_public_blogs_making_reaches_a_private_address(services, name):
    with hostile_blog() as inside, hostile_blog() as outside:
        pointing = Pointing(inside.url.replace("127.0.0.1", name))
        pointing.home = outside.url.replace("127.0.0.1", "blog.example")
        outside.answer = pointing.answer
        desk = services()
        try:
            for path in ("away/", "page/"):
                with pytest.raises(TuiReaderError):
                    await desk.subscriptions.add(f"{pointing.home}{path}")
            assert (await desk.subscriptions.add(f"{pointing.home}hidden-rss/")).posts == 2
            async for _ in desk.refresh.run():
                pass
            await desk.replying.add_identity(name="Bo", email="bo@mail.example")
            for post in await desk.library.posts():
                with suppress(TuiReaderError):  # what the public part says is still read
                    await desk.conversations.load(post.id)
                reply = await desk.replying.begin(post.id, None, "Hello.")
                sent = await desk.replying.send(reply.id, agree_to_leave_site=True)
                assert sent.state in {"queued", "rejected"}
            with pytest.raises(TuiReaderError):
                await desk.library.find_post(f"{pointing.home}away/")
            assert outside.asked
            assert inside.asked == []
        finally:
            await desk.close()


async def test_a_blog_at_home_that_the_user_named_is_read_by_every_name_it_has(services):
    with hostile_blog() as inside:
        desk = services()
        try:
            named = str(httpx.URL(inside.url).copy_with(host="localhost"))
            assert (await desk.subscriptions.add(named)).posts > 10  # its feed and its links say 127.0.0.1
            post = await desk.library.find_post(f"{inside.url}p/1/")
            assert (await desk.conversations.load(post.id)).thread.rows
        finally:
            await desk.close()
