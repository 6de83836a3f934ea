"""A web page read as one post: for the address of a post whose blog is not followed."""

import re
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urljoin, urlsplit

from selectolax.lexbor import LexborHTMLParser

from tui_reader.content.clean import clean_line
from tui_reader.content.links import absolute
from tui_reader.content.one_line import text_of
from tui_reader.content.tree import tree_of
from tui_reader.feeds import discover
from tui_reader.feeds.dates import iso_moment
from tui_reader.feeds.words import MAX_TITLE

BODY = (
    ".entry-content",
    ".post-content",
    ".wp-block-post-content",
    "[itemprop=articleBody]",
    "article",
    "main",
)
TITLE = ("h1.entry-title", ".wp-block-post-title", "article h1", "h1")


@dataclass(frozen=True, slots=True, kw_only=True)
class PagePost:
    """What a page says of the post that it shows, and of the blog around it."""

    url: str
    title: str
    blog_url: str
    blog_title: str
    guid: str | None = None
    """``?p=43``, where the page gives it as its short link (WordPress)."""
    author: str | None = None
    published: datetime | None = None
    html: str = ""
    feed_url: str | None = None
    comments_feed_url: str | None = None
    generator: str | None = None


def read(html: str, url: str) -> PagePost:
    """Reads a page; what it does not say stays empty. Never raises on odd HTML."""
    tree = tree_of(html)
    links = discover.feeds_in_page(html, url)
    posts_feed = next((link.url for link in links if not link.is_comments), None)
    comment_feeds = [link.url for link in links if link.is_comments]
    canonical = absolute(_attribute(tree, "link[rel=canonical]", "href") or "", url)
    here = canonical if canonical and _same_host(canonical, url) else url
    site = _meta(tree, "og:site_name")
    heading = _text(tree, TITLE) or _meta(tree, "og:title") or _text(tree, ("title",))
    home = absolute(_attribute(tree, "a[rel~=home]", "href") or "", url)
    blog_url = home if home and _same_host(home, url) else _blog_of(posts_feed, url)
    return PagePost(
        url=here,
        title=heading or here,
        blog_url=blog_url,
        blog_title=clean_line(site) if site else urlsplit(url).netloc,
        guid=absolute(_attribute(tree, "link[rel=shortlink]", "href") or "", url),
        author=_meta(tree, "author")
        or _text(tree, (".author .fn", "[rel=author]", ".wp-block-post-author-name")),
        published=iso_moment(
            _meta(tree, "article:published_time")
            or _attribute(tree, "article time[datetime], time.entry-date", "datetime")
        ),
        html=_body(tree),
        feed_url=posts_feed,
        comments_feed_url=next((feed for feed in comment_feeds if _is_below(feed, here)), None),
        generator=_meta(tree, "generator"),
    )


def _body(tree: LexborHTMLParser) -> str:
    for selector in BODY:
        node = tree.css_first(selector)
        if node is not None and node.html:
            return node.html
    return ""


def _attribute(tree: LexborHTMLParser, selector: str, name: str) -> str | None:
    node = tree.css_first(selector)
    return node.attributes.get(name) if node is not None else None


def _meta(tree: LexborHTMLParser, name: str) -> str | None:
    value = _attribute(tree, f'meta[property="{name}"], meta[name="{name}"]', "content")
    return clean_line(value[:MAX_TITLE]) if value and value.strip() else None


def _text(tree: LexborHTMLParser, selectors: tuple[str, ...]) -> str | None:
    for selector in selectors:
        node = tree.css_first(selector)
        text = text_of(node.html or "") if node is not None else ""
        if text:
            return text[:MAX_TITLE]
    return None


def _same_host(one: str, other: str) -> bool:
    return urlsplit(one).netloc.lower() == urlsplit(other).netloc.lower()


def _blog_of(feed: str | None, url: str) -> str:
    if feed is None:
        return urljoin(url, "/")
    return re.sub(r"(index\.php)?\?feed=.*$|feed/?(atom/?|rss2?/?)?$", "", feed) or urljoin(url, "/")


def _is_below(feed: str, post: str) -> bool:
    """WordPress: the feed of a post's comments lies below the post, or names it (``?feed=rss2&p=43``)."""
    query = urlsplit(post).query
    if query:
        return query in feed
    return feed.startswith(post.rstrip("/") + "/")
