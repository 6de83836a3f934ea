"""Many blogs on loopback, each on an address of its own, for benchmarks of refreshing.

    python -m tests.bench.feed_server --blogs 500 --port 8901

The same numbers give the same feeds, byte for byte. ``/-/set?latency_ms=100&revision=1`` changes how all of
them answer: one blog in ten (or in ``one_in``) has ``revision`` posts more. ``/-/asked`` tells
and forgets how many answers of each status were given.
"""

import argparse
import asyncio
import json
import random
import sys
from collections import Counter
from email.utils import formatdate
from functools import cache
from urllib.parse import parse_qs, urlsplit

EPOCH = 1_780_000_000
POSTS = 10
BODY = 6_000
ONE_IN = 10
"""Of so many blogs one has news in a new revision."""

_SYLLABLES = tuple("ba co di fe gu hal jo ken lim mor nes pol qui ran sel tor ul ven wis xan yor zed".split())  # noqa: SIM905


def address(number: int) -> str:
    """The loopback address of a blog."""
    return f"127.1.{number // 250}.{number % 250 + 1}"


def feed_url(number: int, port: int) -> str:
    """The feed of a blog."""
    return f"http://{address(number)}:{port}/feed.xml"


def feed(number: int, revision: int) -> bytes:
    """The whole feed: its newest posts first."""
    newest = POSTS + revision
    items = "".join(_item(number, post) for post in range(newest, newest - POSTS, -1))
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n<rss version="2.0"'
        ' xmlns:content="http://purl.org/rss/1.0/modules/content/"'
        ' xmlns:dc="http://purl.org/dc/elements/1.1/"'
        ' xmlns:slash="http://purl.org/rss/1.0/modules/slash/">'
        f"<channel><title>Blog {number}</title><link>http://blog-{number}.example/</link>"
        f"<description>Notes</description>{items}</channel></rss>\n"
    ).encode()


@cache
def _item(number: int, post: int) -> str:
    words = random.Random(number * 1_000 + post)
    text: list[str] = []
    size = 0
    while size < BODY:
        paragraph = " ".join(
            "".join(words.choices(_SYLLABLES, k=words.choice((1, 2, 2, 3)))) for _ in range(60)
        )
        text.append(f'<p>{paragraph} <a href="http://elsewhere.example/{size}">there</a>.</p>\n')
        size += len(text[-1])
    link = f"http://blog-{number}.example/{post}/"
    return (
        f"<item><title>Post {post} of blog {number}</title><link>{link}</link>"
        f'<guid isPermaLink="false">{link}?id</guid><dc:creator>Writer {number % 7}</dc:creator>'
        f"<pubDate>{formatdate(EPOCH + post * 86_400 + number)}</pubDate>"
        f"<slash:comments>0</slash:comments><description>{text[0][3:120]}</description>"
        f"<content:encoded><![CDATA[{''.join(text)}]]></content:encoded></item>"
    )


class Blogs:
    """What all blogs have in common: their feeds and how they answer."""

    def __init__(self, number: int) -> None:
        self.numbers = {address(blog): blog for blog in range(number)}
        self.latency = 0.0
        self.revision = 0
        self.one_in = ONE_IN
        self.asked: Counter[int] = Counter()
        self._feeds: dict[tuple[int, int], bytes] = {}

    def answer(self, host: str, path: str, headers: dict[str, str]) -> bytes:
        """The bytes of an answer."""
        parts = urlsplit(path)
        if parts.path == "/-/set":
            said = parse_qs(parts.query)
            self.latency = float(said.get("latency_ms", [str(self.latency * 1000)])[0]) / 1000
            self.revision = int(said.get("revision", [str(self.revision)])[0])
            self.one_in = int(said.get("one_in", [str(self.one_in)])[0])
            self.warm()
            return _response(200, b"")
        if parts.path == "/-/asked":
            told, self.asked = self.asked, Counter()
            return _response(200, json.dumps(told).encode())
        key = self._wanted(self.numbers[host])
        etag = f'"{key[0]}-{key[1]}"'
        status = 304 if headers.get("if-none-match") == etag else 200
        self.asked[status] += 1
        return _response(status, b"" if status == 304 else self._feeds[key], etag)

    def warm(self) -> None:
        """Makes all feeds ahead, so that nobody waits for that."""
        for number in self.numbers.values():
            if self._wanted(number) not in self._feeds:
                self._feeds[self._wanted(number)] = feed(*self._wanted(number))

    def _wanted(self, number: int) -> tuple[int, int]:
        """The blog and its revision now."""
        return number, self.revision if number % self.one_in == 0 else 0


def _response(status: int, body: bytes, etag: str = "") -> bytes:
    head = f"HTTP/1.1 {status} X\r\nServer: bench\r\n"
    if etag:
        head += f"ETag: {etag}\r\nLast-Modified: {formatdate(EPOCH, usegmt=True)}\r\n"
    if status != 304:
        head += f"Content-Type: application/rss+xml; charset=utf-8\r\nContent-Length: {len(body)}\r\n"
    return head.encode() + b"\r\n" + body


class Talk(asyncio.Protocol):
    """One connection."""

    def __init__(self, blogs: Blogs) -> None:
        self._blogs = blogs
        self._data = b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = transport
        self._host = transport.get_extra_info("sockname")[0]

    def data_received(self, data: bytes) -> None:
        self._data += data
        while b"\r\n\r\n" in self._data:
            head, _, self._data = self._data.partition(b"\r\n\r\n")
            first, *rest = head.decode("latin-1").split("\r\n")
            headers = {
                name.lower(): value.strip() for name, _, value in (line.partition(":") for line in rest)
            }
            path = first.split()[1]
            answer = self._blogs.answer(self._host, path, headers)
            if self._blogs.latency and not path.startswith("/-/"):
                asyncio.get_running_loop().call_later(self._blogs.latency, self._write, answer)
            else:
                self._write(answer)

    def _write(self, answer: bytes) -> None:
        if not self._transport.is_closing():
            self._transport.write(answer)


async def serve(blogs: int, port: int) -> None:
    """Serves until it is killed, or nobody listens to its output any more."""
    state = Blogs(blogs)
    state.warm()
    loop = asyncio.get_running_loop()
    servers = [
        await loop.create_server(lambda: Talk(state), host, port, backlog=64)
        for host in ("127.0.0.1", *state.numbers)
    ]
    print("ready", flush=True)
    await loop.run_in_executor(None, sys.stdin.read)
    for server in servers:
        server.close()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--blogs", type=int, default=500)
    parser.add_argument("--port", type=int, default=8901)
    chosen = parser.parse_args()
    asyncio.run(serve(chosen.blogs, chosen.port))


if __name__ == "__main__":
    main()
