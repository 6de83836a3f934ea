"""A WordPress of a few lines, for tests: one post, its API, its feeds and its comment pages."""

import html
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from urllib.parse import parse_qs

import httpx
from pretend_markup import markup

from tui_reader.domain.blog import Blog
from tui_reader.domain.conversation import Place
from tui_reader.domain.post import Post
from tui_reader.net.client import Http

START = datetime(2026, 5, 1, 9, 0, tzinfo=UTC)
API = 'rel="https://api.w.org/"'


@dataclass
class Said:
    """One comment in the pretended database."""

    id: int
    parent: int = 0
    author: str = "Nora"
    text: str = "<p>Words.</p>"
    kind: str = "comment"
    user: int = 0
    site: str = ""
    is_held: bool = False

    @property
    def at(self):
        return START + timedelta(minutes=self.id)


@dataclass
class PretendWordPress:
    said: list[Said] = field(default_factory=list)
    rest: str = "on"
    """``on``, ``off`` (401), ``html`` (a page), ``junk`` (broken JSON), ``slow down`` (429)."""
    theme: str = "html5"
    is_plain: bool = False
    folder: str = ""
    tells_api: bool = True
    has_feeds: bool = True
    has_page: bool = True
    takes_comments: bool = True
    password: bool = False
    page_size: int = 50
    max_depth: int = 5
    default_page: str = "newest"
    links_pages: bool = True
    says_counts: bool = True
    post_type: str = "posts"
    broken: set[str] = field(default_factory=set)
    """Addresses that answer 500."""
    asked: list[str] = field(default_factory=list)

    host = "https://quill.example"
    post_id = 43
    post_author = 1

    # what it is called from outside

    @property
    def home(self):
        return f"{self.host}{self.folder}/"

    @property
    def root(self):
        return f"{self.home}index.php?rest_route=/" if self.is_plain else f"{self.home}wp-json/"

    @property
    def url(self):
        return f"{self.home}?p=43" if self.is_plain else f"{self.home}2026/05/on-ink/"

    @property
    def guid(self):
        return f"{self.home}?p=43"

    def feed(self, kind):
        return (
            f"{self.home}?feed={kind}&p=43"
            if self.is_plain
            else f"{self.url}feed/" + "atom/" * (kind == "atom")
        )

    def permalink(self, one):
        return f"{self.url}#comment-{one.id}"

    def place(self, **known):
        """The post as it is stored after a refresh."""
        blog = {
            "id": 1,
            "url": self.home,
            "feed_url": f"{self.home}feed/",
            "title": "Quill",
            "added_at": START,
            "generator": "https://wordpress.org/?v=6.7",
        }
        post = {
            "id": 7,
            "blog_id": 1,
            "blog_title": "Quill",
            "url": self.url,
            "guid": self.guid,
            "title": "On ink",
            "first_seen": START,
            "comments_url": f"{self.url}#comments",
            "comments_feed_url": self.feed("rss2"),
            "comment_count": len(self.shown),
        }
        blog |= {key: known.pop(key) for key in list(known) if key == "generator"}
        return Place(blog=Blog(**blog), post=Post(**(post | known)))

    def http(self):
        return Http(transport=httpx.MockTransport(self.answer))

    # what it answers

    @property
    def shown(self):
        return [one for one in self.said if not one.is_held]

    def answer(self, request):
        url = str(request.url)
        self.asked.append(url)
        if url in self.broken:
            return httpx.Response(500)
        path = request.url.path.removeprefix(self.folder)
        query = {key: values[-1] for key, values in parse_qs(request.url.query.decode()).items()}
        route = query.get("rest_route") if self.is_plain else path.removeprefix("/wp-json")
        if not request.url.path.startswith(f"{self.folder}/"):
            return httpx.Response(404)
        if self.is_plain and path.startswith("/wp-json"):
            return self._page(1)
        if route is not None and (self.is_plain or path.startswith("/wp-json")):
            return self._api(route, query)
        if "/feed/" in path or "feed" in query:
            return self._feed("atom" if "atom" in (path + query.get("feed", "")) else "rss2")
        if path == "/2026/05/on-ink/" or query.get("p") == "43":
            return self._page(int(query["cpage"]) if "cpage" in query else None)
        if path.startswith("/2026/05/on-ink/comment-page-"):
            return self._page(int(path.rstrip("/").rpartition("-")[2]))
        return httpx.Response(404, text="nothing here")

    def _headers(self, *, of_post=True):
        if not self.tells_api:
            return []
        links = [f"<{self.root}>; {API}"]
        if of_post:
            links.append(f'<{self.root}wp/v2/{self.post_type}/43>; rel="alternate"; type="application/json"')
            links.append(f"<{self.guid}>; rel=shortlink")
        return [("Link", link) for link in links]

    def _api(self, route, query):
        match self.rest:
            case "off":
                return httpx.Response(401, json={"code": "rest_disabled", "message": "No."})
            case "html":
                return httpx.Response(200, html="<!doctype html><title>Quill</title><p>Home")
            case "junk":
                return httpx.Response(200, text='[{"id": 1', headers={"Content-Type": "application/json"})
            case "slow down":
                return httpx.Response(429, headers={"Retry-After": "60"})
        if route == "/wp/v2/comments":
            return self._api_list(query)
        if route.startswith("/wp/v2/comments/"):
            found = [one for one in self.said if str(one.id) == route.rpartition("/")[2]]
            if not found:
                return httpx.Response(404, json={"code": "rest_comment_invalid_id"})
            if found[0].is_held:
                return httpx.Response(401, json={"code": "rest_cannot_read"})
            return httpx.Response(200, json=self._api_comment(found[0]))
        if route == f"/wp/v2/{self.post_type}/43":
            return httpx.Response(200, json=self._api_post())
        if route == "/wp/v2/posts" and "include" in query:
            return httpx.Response(200, json=[self._api_post()] if "43" in query["include"].split(",") else [])
        return httpx.Response(404, json={"code": "rest_no_route"})

    def _api_list(self, query):
        if self.password:
            return httpx.Response(401, json={"code": "rest_cannot_read_post"})
        assert (query["order"], query["orderby"]) == ("asc", "id")
        size, number = int(query["per_page"]), int(query["page"])
        listed = [one for one in self.shown if one.kind == "comment" and "43" in query["post"].split(",")]
        part = listed[(number - 1) * size : number * size]
        counts = {"X-WP-Total": str(len(listed)), "X-WP-TotalPages": str(-(-len(listed) // size))}
        return httpx.Response(
            200, json=[self._api_comment(one) for one in part], headers=counts if self.says_counts else {}
        )

    def _api_comment(self, one):
        return {
            "id": one.id,
            "post": 43,
            "parent": one.parent,
            "author": one.user,
            "author_name": html.escape(one.author),
            "author_url": one.site,
            "date": "2026-05-01T11:00:00",
            "date_gmt": one.at.strftime("%Y-%m-%dT%H:%M:%S"),
            "content": {"rendered": one.text},
            "link": self.permalink(one),
            "status": "approved",
            "type": one.kind,
        }

    def _api_post(self):
        return {
            "id": 43,
            "guid": {"rendered": self.guid},
            "link": self.url,
            "author": self.post_author,
            "comment_status": "open" if self.takes_comments else "closed",
            "content": {"rendered": "" if self.password else "<p>All of it.</p>", "protected": self.password},
        }

    def _feed(self, kind):
        if not self.has_feeds:
            return httpx.Response(
                200, html="<!doctype html><html><title>Quill</title>", headers=self._headers(of_post=False)
            )
        newest = sorted(self.shown, key=lambda one: -one.id)[:10]
        entries = "".join(self._atom_entry(one) if kind == "atom" else self._rss_item(one) for one in newest)
        if kind == "atom":
            body = (
                '<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom" '
                f'xmlns:thr="http://purl.org/syndication/thread/1.0"><title>On ink</title>{entries}</feed>'
            )
        else:
            channel = f"<channel><title>On ink</title>{entries}</channel>"
            body = f'<?xml version="1.0"?><rss version="2.0">{channel}</rss>'
        return httpx.Response(
            200, content=body, headers=[("Content-Type", "application/xml"), *self._headers()]
        )

    def _told(self, one):
        if self.password:
            return '<form action="/wp-login.php?action=postpass"><input name="post_password"></form>'
        if not one.parent:
            return one.text
        return f'<p>In reply to <a href="{self.url}#comment-{one.parent}">someone</a>.</p>\n{one.text}'

    def _atom_entry(self, one):
        guid, link, name = (html.escape(words) for words in (self.guid, self.permalink(one), one.author))
        ref = f"{guid}#comment-{one.parent}" if one.parent else guid
        return (
            f"<entry><title>By: {name}</title><link href='{link}'/>"
            f"<author><name>{name}</name><uri>{one.site}</uri></author>"
            f"<id>{guid}#comment-{one.id}</id><published>{one.at:%Y-%m-%dT%H:%M:%SZ}</published>"
            f"<content type='html'>{html.escape(self._told(one))}</content>"
            f"<thr:in-reply-to ref='{ref}' href='{html.escape(self.url)}'/></entry>"
        )

    def _rss_item(self, one):
        guid, link, name = (html.escape(words) for words in (self.guid, self.permalink(one), one.author))
        return (
            f"<item><title>By: {name}</title><link>{link}</link>"
            f"<guid isPermaLink='false'>{guid}#comment-{one.id}</guid>"
            f"<pubDate>{one.at:%a, %d %b %Y %H:%M:%S +0000}</pubDate>"
            f"<description>{html.escape(self._told(one))}</description></item>"
        )

    # its pages

    def _page(self, number):
        if not self.has_page:
            return httpx.Response(500)
        tops = [one for one in self.shown if not one.parent or one.kind != "comment"]
        parts = [tops[i : i + self.page_size] for i in range(0, len(tops), self.page_size)] or [[]]
        shown = number or (len(parts) if self.default_page == "newest" else 1)
        part = parts[shown - 1] if shown <= len(parts) else []
        self._shown_page = shown if len(parts) > 1 else None
        items = "".join(self._item(one, 1) for one in part)
        form = '<form id="commentform" action="/wp-comments-post.php"></form>' if self.takes_comments else ""
        if self.password:
            items, form = "", '<form action="/wp-login.php?action=postpass"></form>'
        links = "".join(
            f'<a class="page-numbers" href="{html.escape(self._page_url(n))}#comments">{n}</a>'
            for n in range(1, len(parts) + 1)
            if self.links_pages and n != shown
        )
        body = (
            "<!doctype html><html><head><title>On ink</title></head><body class='single postid-43'>"
            f'<ol class="comment-list">{items}</ol>{links}{form}'
            f"{'' if form else '<p class=no-comments>Comments are closed.</p>'}"
            f'<aside>Recent: <a href="{self.home}2025/01/other/comment-page-9/#comment-5">Ida</a>'
            f'<a href="{html.escape(self._page_url(1))}#comment-6">Nora</a></aside>'
            "</body></html>"
        )
        return httpx.Response(200, html=body, headers=self._headers())

    def _page_url(self, number):
        return f"{self.url}&cpage={number}" if self.is_plain else f"{self.url}comment-page-{number}/"

    def _item(self, one, depth):
        here = self.url if self._shown_page is None else self._page_url(self._shown_page)
        replies = [c for c in self.shown if c.parent == one.id and c.kind == "comment"]
        if depth < self.max_depth:
            inner = "".join(self._item(reply, depth + 1) for reply in replies)
            return markup(self.theme, one, here, depth, inner, is_by_author=one.user == self.post_author)
        # past the limit answers stand beside what they answer
        outer = "".join(self._item(reply, depth) for reply in replies)
        return markup(self.theme, one, here, depth, "", is_by_author=one.user == self.post_author) + outer


def busy(levels=(60, 30, 15, 10, 5)):
    """120 comments, five levels deep: each level hangs in turn under the comments of the one above."""
    said, above = [], [0]
    number = 100
    for depth, size in enumerate(levels, 1):
        here = []
        for place in range(size):
            number += 1
            said.append(
                Said(number, above[place * 7 % len(above)], text=f"<p>Number {number}, level {depth}.</p>")
            )
            here.append(number)
        above = here
    return said
