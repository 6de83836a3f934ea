"""A blog as a function that answers requests: feeds that a test can change between two refreshes."""

from dataclasses import dataclass, field
from xml.sax.saxutils import escape

import httpx


@dataclass
class Item:
    number: int
    title: str = ""
    body: str = "<p>Words.</p>"
    comments: int | None = None
    guid: str | None = None
    link: str | None = None


@dataclass
class BlogServer:
    """Serves ``https://b.example/`` with a posts feed and a feed of comments; counts what it is asked."""

    items: list[Item] = field(default_factory=list)
    comment_links: list[tuple[int, int]] = field(default_factory=list)
    """(post number, comment number), newest first, as the feed of comments names them."""
    dates: dict[int, str] = field(default_factory=dict)
    """When comments were said, by their number, where it matters."""
    etag: str | None = None
    moved: str | None = None
    status: int = 200
    asked: list[tuple[str, dict[str, str]]] = field(default_factory=list)

    def __call__(self, request: httpx.Request) -> httpx.Response:
        path = request.url.path
        self.asked.append((path, dict(request.headers)))
        if self.status != 200:
            return httpx.Response(self.status)
        if path == "/feed/":
            if self.moved:
                return httpx.Response(301, headers={"location": self.moved})
            return self._conditional(request, self.feed())
        if path == "/new-feed/":
            return self._conditional(request, self.feed())
        if path == "/comments/feed/":
            return httpx.Response(
                200, text=self.comment_feed(), headers={"content-type": "application/rss+xml"}
            )
        if path == "/":
            link = '<link rel="alternate" type="application/rss+xml" title="{}" href="{}">'
            head = link.format("The Blog » Comments", "/comments/feed/") + link.format(
                "The Blog » Posts", "/feed/"
            )
            return httpx.Response(
                200, html=f"<html><head><title>The Blog</title>{head}</head><body></body></html>"
            )
        return httpx.Response(404)

    def _conditional(self, request: httpx.Request, body: str) -> httpx.Response:
        headers = {"content-type": "application/rss+xml; charset=utf-8"}
        if self.etag:
            headers["etag"] = self.etag
            if request.headers.get("if-none-match") == self.etag:
                return httpx.Response(304, headers=headers)
        return httpx.Response(200, text=body, headers=headers)

    def feed(self) -> str:
        return f"""<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:slash="http://purl.org/rss/1.0/modules/slash/" xmlns:content="http://purl.org/rss/1.0/modules/content/">
<channel><title>The Blog</title><link>https://b.example/</link>
{"".join(self._item(item) for item in self.items)}</channel></rss>"""

    @staticmethod
    def _item(item: Item) -> str:
        link = item.link or f"https://b.example/post-{item.number}/"
        guid = item.guid or f"https://b.example/?p={item.number}"
        count = f"<slash:comments>{item.comments}</slash:comments>" if item.comments is not None else ""
        title = escape(item.title or f"Post {item.number}")
        return (
            f'<item><title>{title}</title><link>{link}</link><guid isPermaLink="false">{guid}</guid>'
            f"<content:encoded>{escape(item.body)}</content:encoded>{count}</item>"
        )

    def comment_feed(self) -> str:
        items = "".join(
            f"<item><title>By: Ann</title><link>https://b.example/post-{post}/#comment-{number}</link>"
            f'<guid isPermaLink="false">https://b.example/?p={post}#comment-{number}</guid>'
            f"<pubDate>{self.dates.get(number, 'Mon, 03 Aug 2026 12:30:00 +0000')}</pubDate>"
            "<description>Yes.</description></item>"
            for post, number in self.comment_links
        )
        return f'<rss version="2.0"><channel><title>Comments on The Blog</title>{items}</channel></rss>'
