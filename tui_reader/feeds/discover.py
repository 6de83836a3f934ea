"""Finds the feeds of a blog in one of its pages, or where blogs usually have them."""

import re
from dataclasses import dataclass
from urllib.parse import parse_qs, urlsplit, urlunsplit

from selectolax.lexbor import LexborHTMLParser, LexborNode

from tui_reader.content.tree import tree_of
from tui_reader.domain.feed import ParsedFeed
from tui_reader.feeds.address import web_address, without_fragment
from tui_reader.feeds.kinds import Kind, kind_of
from tui_reader.feeds.words import title_of

__all__ = ["FoundFeed", "Kind", "carries_comments", "feeds_in_page", "kind_of", "usual_places"]

MAX_PAGE = 2_000_000
"""Characters of a page that are looked at."""
MAX_FOUND = 40

_TYPES = {
    "application/rss+xml": 0,
    "application/atom+xml": 0,
    "application/rdf+xml": 1,
    "application/feed+json": 2,
    "text/xml": 3,
    "application/xml": 3,
    "application/json": 4,
}
_COMMENTS_TITLE = re.compile(
    r"\b(?:comments?|commentaires?|kommentare?|comentarios?|commenti|reacties)\b", re.IGNORECASE
)
_COMMENTS_PATH = re.compile(
    r"/comments?(?:[/.]|$)|/commentaires?(?:[/.]|$)|comments?[-_]rss|comments\.(?:xml|rss|atom)|/feed/comments",
    re.IGNORECASE,
)
_FEED_PATH = re.compile(
    r"(?:/|^)(?:feed|rss|atom|backend(?:\.php)?|(?:feed|rss2?|atom|index|news)\.(?:xml|rss|rdf|atom|json))/?$|\.(?:rss|atom|rdf)$",
    re.IGNORECASE,
)
_USUAL = (
    "feed/",
    "feed",
    "?feed=rss2",
    "feed.xml",
    "index.xml",
    "rss.xml",
    "atom.xml",
    "rss",
    "index.php?feed=rss2",
)
_BLOGGER = "feeds/posts/default"
# how many of them are asked in each folder, nearest first and the root last: about 16 in all
_SHARES = {1: (10,), 2: (7, 10), 3: (3, 5, 9), 4: (2, 3, 4, 8)}
_YEAR = re.compile(r"(?:19|20)\d\d")
_COMMENT_LINK = re.compile(r"#(?:comment-?|c|com|reply-?)\d+$|[?&]showComment=", re.IGNORECASE)
_POST_API = re.compile(r"/wp/v2/(?:posts|pages)/\d+|[?&]rest_route=/wp/v2/(?:posts|pages)/\d+")


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundFeed:
    """A feed that a page names."""

    url: str
    title: str = ""
    is_comments: bool = False
    """It carries comments: all of the blog's, or those of one post."""
    is_of_one_post: bool = False
    """It carries the comments on the post of this page alone."""


def feeds_in_page(html: str, url: str) -> tuple[FoundFeed, ...]:
    """The feeds that a page names, the most likely feed of posts first, comment feeds last.

    On a post's page WordPress names the feed of the comments on that post too; it comes after the blog's.

    Links in the text count only where the page's head names no feed of posts.
    """
    tree = tree_of(html[:MAX_PAGE])
    base = _base(tree, url)
    post = _single_post(tree, base, url)
    ranked: dict[str, tuple[tuple[int, int, int], FoundFeed]] = {}

    def add(node: LexborNode, title: str, rank: int) -> None:
        address = web_address(node.attributes.get("href"), base)
        if not address or len(ranked) >= MAX_FOUND:
            return
        address = without_fragment(address)
        if address in ranked:
            return
        is_of_one_post = _is_below(address, post)
        is_comments = is_of_one_post or _is_comments(address, title)
        found = FoundFeed(url=address, title=title, is_comments=is_comments, is_of_one_post=is_of_one_post)
        ranked[address] = ((is_comments + is_of_one_post, rank, len(ranked)), found)

    for node in tree.css("link[rel][href]"):
        rels = (node.attributes.get("rel") or "").lower().split()
        kind = (node.attributes.get("type") or "").lower().partition(";")[0].strip()
        if "stylesheet" in rels or kind not in _TYPES or not {"alternate", "feed"} & set(rels):
            continue
        if kind == "application/json" and "/wp-json" in (node.attributes.get("href") or ""):
            continue  # WordPress names the post's JSON so
        add(node, _title(node.attributes.get("title")), _TYPES[kind])
    if not any(not found.is_comments for _, found in ranked.values()):
        for node in tree.css("a[href]"):
            href = (node.attributes.get("href") or "").strip()
            if _looks_like_feed(href):
                add(node, _title(node.text(deep=True)), 5)
    return tuple(found for _, found in sorted(ranked.values(), key=lambda pair: pair[0]))


def usual_places(url: str) -> tuple[str, ...]:
    """Addresses worth asking when a page names no feed: its folder's first, then those above it."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return ()
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        return ()
    folders = _folders(parts.path)
    wanted: dict[str, None] = {}
    for folder, share in zip(folders, _SHARES[len(folders)], strict=True):
        # Blogger's blogs are always at the root
        names = (*_USUAL[: share - 1], _BLOGGER) if folder == "/" else _USUAL[:share]
        for name in names:
            path, _, query = name.partition("?")
            wanted[urlunsplit((parts.scheme, parts.netloc, folder + path, query, ""))] = None
    return tuple(wanted)


def carries_comments(feed: ParsedFeed, url: str) -> bool:
    """Whether a feed that was read carries comments rather than posts.

    WordPress answers ``/a-post/feed/`` with the comments on that post, in the shape of a feed of posts.
    """
    if feed.posts:
        return all(_COMMENT_LINK.search(post.url) for post in feed.posts)
    return _is_comments(url, feed.title)


def _folders(path: str) -> list[str]:
    """The folders of a path that may be the blog's home, nearest first, the root last; at most four."""
    names = [name for name in path.split("/") if name]
    if names and not path.endswith("/") and "." in names[-1]:
        names.pop()  # a file, such as index.php
    # what stands behind a year is a post or an archive, and its feed one of comments
    year = next((place for place, name in enumerate(names) if _YEAR.fullmatch(name)), len(names))
    names = names[:year]
    folders = ["/" + "".join(f"{name}/" for name in names[:count]) for count in range(len(names), -1, -1)]
    return folders if len(folders) <= 4 else [folders[0], *folders[-3:]]


def _base(tree: LexborHTMLParser, url: str) -> str:
    node = tree.css_first("base[href]")
    return (web_address(node.attributes.get("href"), url) if node else None) or url


def _title(text: str | None) -> str:
    return title_of(text, "text/plain")


def _looks_like_feed(href: str) -> bool:
    try:
        parts = urlsplit(href)
        query = parse_qs(parts.query, max_num_fields=50)
    except ValueError:
        return False
    return bool(_FEED_PATH.search(parts.path)) or "feed" in query


def _is_comments(feed: str, title: str) -> bool:
    """Whether a feed carries comments, by its address and what it is called."""
    if _COMMENTS_TITLE.search(title):
        return True
    try:
        parts = urlsplit(feed)
        query = parse_qs(parts.query, max_num_fields=50)
    except ValueError:
        return False
    kinds = [kind.lower() for kind in query.get("feed", []) + query.get("type", [])]
    if _COMMENTS_PATH.search(parts.path) or any("comments" in kind for kind in kinds):
        return True
    return "feed" in query and bool({"p", "page_id", "attachment_id"} & set(query))


def _is_below(feed: str, post: str | None) -> bool:
    """Below a post's own address there are comments only, and titles are translated into every tongue."""
    return post is not None and feed.startswith(post.rstrip("/") + "/")


def _single_post(tree: LexborHTMLParser, base: str, url: str) -> str | None:
    """The address of the post, when the page says that it shows a single one as WordPress does."""
    body = tree.body
    classes = set((body.attributes.get("class") or "").split()) if body else set()
    is_single = bool(classes & {"single", "single-post", "page-template", "page"}) or any(
        _POST_API.search(node.attributes.get("href") or "") for node in tree.css("link[rel][href]")
    )
    if not is_single:
        return None
    canonical = tree.css_first('link[rel="canonical"][href]')
    address = web_address(canonical.attributes.get("href"), base) if canonical else None
    address = without_fragment(address or url).partition("?")[0]
    return address if urlsplit(address).path.strip("/") else None
