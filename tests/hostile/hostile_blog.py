"""A blog on loopback whose every word is hostile, down to its status lines; it keeps all that it is asked."""

import io
import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

from hostile_payloads import STRINGS, all_in_one, in_html, in_xml, payload
from PIL import Image
from PIL.PngImagePlugin import PngInfo

NAMES = tuple(STRINGS)
COMMENTED = 1
"""The number of the post with a conversation."""


@dataclass
class Asked:
    """One request."""

    method: str
    path: str
    headers: dict[str, str]
    body: bytes


@dataclass
class HostileBlog:
    """Its addresses, and what it was asked."""

    url: str
    asked: list[Asked] = field(default_factory=list)
    fails: bool = False
    """Answer every feed with an error and a hostile status line."""

    # what it serves

    def feed(self) -> str:
        items = "".join(self._item(number, name) for number, name in enumerate(NAMES, start=1))
        return f"""<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"
 xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:slash="http://purl.org/rss/1.0/modules/slash/"
 xmlns:wfw="http://wellformedweb.org/CommentAPI/">
<channel><title>Blog {in_xml(payload("title", "EVname"))} {in_xml(payload("click", "EVname"))}</title>
<link>{self.url}</link><generator>https://wordpress.org/?v=6.7 {in_xml(all_in_one("EVgen"))}</generator>
{items}</channel></rss>"""

    def _item(self, number: int, name: str) -> str:
        link = f"{self.url}p/{number}/"
        body = in_html(payload(name, "EVbody")).replace("\n", "<br>")
        links = "".join(
            f'<a href="{href}">EVhref {scheme}</a> '
            for scheme, href in (
                ("script", "javascript:alert(1)"),
                ("data", "data:text/html,EVdata"),
                ("file", "file:///etc/passwd"),
                ("option", "--new-window"),
                ("escape", "https://evil.example/&#27;]0;EVlink&#7;"),
                ("c1", "https://evil.example/\x9d0;EVlink\x9c"),
                ("lines", "https://evil.example/&#10;EVlink"),
            )
        )
        table = f"<table><tr><th>{body}</th><td>{body}</td></tr></table><pre><code>{body}</code></pre>"
        html = (
            f"<h2>{body}</h2><p>{body} {links}</p><blockquote>{body}</blockquote>{table}<ul><li>{body}</ul>"
        )
        html += f'<img alt="{in_html(payload("clipboard", "EValt"))}" src="{self.url}x.png">'
        day = "Tue, 04" if number == COMMENTED else "Mon, 03"  # on top of the list
        shown = html.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
        return (
            f"<item><title>Post {number} {in_xml(payload(name, 'EVtitle'))}</title><link>{link}</link>"
            f'<guid isPermaLink="false">{self.url}?p={number}</guid>'
            f"<dc:creator>{in_xml(payload(name, 'EVauthor'))}</dc:creator>"
            f"<pubDate>{day} Aug 2026 {number % 24:02}:{number:02}:00 +0000</pubDate>"
            f"<category>{in_xml(payload(name, 'EVcat'))}</category>"
            f"<content:encoded>{shown}</content:encoded>"
            f"<slash:comments>{len(NAMES) if number == COMMENTED else 0}</slash:comments>"
            f"<wfw:commentRss>{link}feed/</wfw:commentRss></item>"
        )

    def page(self, number: int) -> str:
        title, words = in_html(payload("title", "EVpage")), in_html(all_in_one("EVpage"))
        return f"""<html><head><title>{title}</title>
<link rel="canonical" href="{self.url}p/{number}/"></head>
<body><article><h1 class="entry-title">{title}</h1><div class="entry-content"><p>{words}</p>
<img alt="{in_html(payload("clipboard", "EValt"))}" src="{self.url}x.png"></div></article>
<form id="commentform" method="post" action="/wp-comments-post.php">
<textarea name="comment" required></textarea><input name="author"><input name="email">
<input type="hidden" name="comment_post_ID" value="{number}">
<input type="hidden" name="comment_parent" value="0">
<label for="q">{in_html(payload("clipboard", "EVask"))}</label><input id="q" name="quiz" required>
<input type="submit" name="submit" value="Send"></form></body></html>"""

    def comments(self) -> list[dict[str, object]]:
        return [
            {
                "id": number,
                "post": COMMENTED,
                "parent": number - 1 if number % 4 else 0,
                "author": 0,
                "author_name": payload(name, "EVwho"),
                "author_url": "javascript:alert('EVsite')"
                if number % 2
                else "https://evil.example/\x1b]0;EVsite\x07",
                "date_gmt": f"2026-08-03T{number % 24:02}:{number:02}:00",
                "content": {
                    "rendered": f"<p>{in_html(payload(name, 'EVsaid'))}{payload(name, 'EVsaid')}</p>"
                },
                "link": f"{self.url}p/{COMMENTED}/#comment-{number}\x1b]0;EVlink\x07",
                "type": payload(name, "EVkind") if number % 5 == 0 else "comment",
                "status": "approved",
            }
            for number, name in enumerate(NAMES, start=1)
        ]

    def refusal(self) -> str:
        words = in_html(all_in_one("EVrefused"))
        return (
            '<html><head><title>Comment Submission Failure</title></head><body id="error-page">'
            f'<div class="wp-die-message"><p><strong>Error:</strong> {words}</p></div></body></html>'
        )

    def answer(self, asked: Asked) -> tuple[bytes, dict[str, str], bytes]:
        """Status line, headers, body."""
        parts = urlsplit(asked.path)
        query = {name: values[-1] for name, values in parse_qs(parts.query).items()}
        html, xml = "text/html; charset=utf-8", "application/rss+xml; charset=utf-8"
        path = parts.path
        if path == "/feed/" and self.fails:
            status = b"503 " + payload("clipboard", "EVstatus").encode("latin-1").replace(b"\n", b"")
            return status, {"Content-Type": html}, in_html(all_in_one("EVerror")).encode()
        if path == "/":
            title = in_html(payload("title", "EVf"))
            link = f'<link rel="alternate" type="application/rss+xml" title="{title}" href="/feed/">'
            return b"200 OK", {"Content-Type": html}, f"<html><head>{link}</head></html>".encode()
        if path == "/feed/":
            return b"200 OK", {"Content-Type": xml, "ETag": '"\x1b]0;EVetag\x07"'}, self.feed().encode()
        if path == "/nothing/":
            body = f"<html><title>{in_html(all_in_one('EVnothing'))}</title></html>"
            return b"200 OK", {"Content-Type": html}, body.encode()
        if path == "/x.png":
            return b"200 OK", {"Content-Type": "image/png"}, picture()
        if path == "/away/":
            where = "http://127.0.0.1:1/\x1b]0;EVaway\x07"
            return b"302 \x1b]0;EVaway\x07", {"Location": where}, b""
        if path == "/not-http/":
            return b"\x1b]0;EVproto\x07 nonsense", {}, b""
        if path.startswith("/p/") and path.endswith("/feed/"):
            return b"404 Gone", {"Content-Type": html}, b"no"
        if path.startswith("/p/"):
            number = int(path.split("/")[2])
            links = (
                f'<{self.url}wp-json/>; rel="https://api.w.org/", '
                f'<{self.url}wp-json/wp/v2/posts/{number}>; rel="alternate"; type="application/json"'
            )
            return b"200 OK", {"Content-Type": html, "Link": links}, self.page(number).encode()
        if path == "/wp-json/wp/v2/comments":
            found = self.comments() if query.get("post") == str(COMMENTED) else []
            headers = {
                "Content-Type": "application/json",
                "X-WP-Total": str(len(found)),
                "X-WP-TotalPages": "1",
            }
            return b"200 OK", headers, json.dumps(found).encode()
        if path.startswith("/wp-json/wp/v2/posts/"):
            found = {
                "id": int(path.rsplit("/", 1)[1]),
                "comment_status": "open",
                "title": {"rendered": "EVapi"},
            }
            return b"200 OK", {"Content-Type": "application/json"}, json.dumps(found).encode()
        if path == "/wp-comments-post.php":
            return b"403 \x1b]0;EVstatus\x07", {"Content-Type": html}, self.refusal().encode()
        return b"404 \x1b]0;EVstatus\x07", {"Content-Type": html}, in_html(all_in_one("EVerror")).encode()


def picture() -> bytes:
    """A picture whose comments would retitle the window."""
    written = io.BytesIO()
    comments = PngInfo()
    comments.add_text("Title", all_in_one("EVpicture"))
    Image.new("RGB", (64, 64), (200, 40, 40)).save(written, "PNG", pnginfo=comments)
    return written.getvalue() + all_in_one("EVbehind").encode()


@contextmanager
def hostile_blog() -> Iterator[HostileBlog]:
    """The blog, served until the block ends."""

    class Handler(BaseHTTPRequestHandler):
        def log_message(self, *_):
            pass

        def do_GET(self):
            body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
            asked = Asked(self.command, self.path, dict(self.headers.items()), body)
            blog.asked.append(asked)
            status, headers, answer = blog.answer(asked)
            head = b"HTTP/1.1 " + status + b"\r\n"
            for name, value in {**headers, "Content-Length": str(len(answer)), "Connection": "close"}.items():
                head += name.encode() + b": " + value.encode("utf-8", "replace") + b"\r\n"
            self.wfile.write(head + b"\r\n" + answer)
            self.close_connection = True

        do_POST = do_GET  # noqa: N815  (the server's name for it)

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    blog = HostileBlog(url=f"http://127.0.0.1:{server.server_port}/")
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield blog
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
