"""Where a post is on its WordPress: the API's root, the post's number, the feeds of its comments."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from urllib.parse import SplitResult, parse_qs, parse_qsl, urlencode, urlsplit, urlunsplit

from tui_reader.domain.conversation import Place
from tui_reader.net.link_header import Link

API_RELATION = "https://api.w.org/"
_ROUTE = re.compile(r"/wp/v2/[\w-]+/(\d+)/?$")
_NUMBER = re.compile(r"\d{1,18}", re.ASCII)
_FEED_PATH = re.compile(r"/feed(?:/(?:rss2|rss|rdf|atom))?/?$")
_COMMENT_PAGE = re.compile(r"/comment-page-(\d{1,9})/?$", re.ASCII)
_OF_ONE_COMMENT = frozenset({"cpage", "replytocom", "unapproved", "moderation-hash"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Address:
    """What is known of where a post is; each part may be missing."""

    root: str | None = None
    """The API's root: ``…/wp-json/`` or, on a blog with plain permalinks, ``…/index.php?rest_route=/``."""
    post_id: str | None = None
    route: str | None = None
    """The post's own route, ``/wp/v2/posts/43``; only from the blog's own word, never guessed."""
    comment_feed: str | None = None
    """The post's comments as Atom."""

    def completed_by(self, other: "Address") -> "Address":
        """This address, its gaps filled from ``other``."""
        gaps = {name: getattr(other, name) for name in self.__slots__ if getattr(self, name) is None}
        return replace(self, **gaps)

    def facts(self) -> dict[str, str]:
        """What is worth keeping for the next time; :func:`known` reads it back."""
        named = {
            "rest_root": self.root,
            "post_id": self.post_id,
            "post_route": self.route,
            "atom_comments": self.comment_feed,
        }
        return {name: value for name, value in named.items() if value}


def known(place: Place) -> Address:
    """What was learned of the post at earlier times, with no request."""
    facts = place.post.engine_facts
    return Address(
        root=facts.get("rest_root") or None,
        post_id=facts.get("post_id") or None,
        route=facts.get("post_route") or None,
        comment_feed=facts.get("atom_comments") or None,
    )


def guessed(place: Place) -> Address:
    """What the feed's words suggest. The number may be another blog's: a moved blog keeps its guids."""
    post_id = number_in(place.post.guid) or number_in(place.post.url)
    feed = atom_feed(place.post.comments_feed_url) if place.post.comments_feed_url else None
    return Address(post_id=post_id, comment_feed=feed)


def said_by(links: Iterable[Link], asked: str) -> Address:
    """What the ``Link`` headers of an answer for the post tell.

    Args:
        links: The headers, absolute.
        asked: What was asked for, over ``https`` or not: a WordPress behind a proxy names itself ``http``.
    """
    address = Address()
    for link in links:
        url = _as_secure_as(asked, link.url)
        if link.rel == API_RELATION:
            address = address.completed_by(Address(root=url))
        elif link.rel == "alternate" and link.type == "application/json":
            address = address.completed_by(from_route(url))
        elif link.rel == "shortlink":
            address = address.completed_by(Address(post_id=number_in(url)))
    return address


def from_route(url: str) -> Address:
    """The post that an API address such as ``…/wp/v2/posts/43`` names; empty when it names none."""
    parts = _split(url)
    route = parse_qs(parts.query).get("rest_route", [parts.path])[0]
    match = _ROUTE.search(route)
    return Address(post_id=match[1], route=match[0].rstrip("/")) if match else Address()


def is_wordpress(place: Place) -> bool:
    """Whether what is stored of the blog or the post shows the hand of WordPress, with no request."""
    post, generator = place.post, place.blog.generator or ""
    if "wordpress" in generator.lower() or post.engine_facts.get("rest_root") or number_in(post.guid):
        return True
    if generator:
        return False  # other systems have addresses of these shapes too
    feed = _split(post.comments_feed_url or "")
    if _FEED_PATH.search(feed.path) or re.search(r"(?:^|&)feed=(?:rss2|atom)(?:&|$)", feed.query):
        return True
    return _split(post.comments_url or "").fragment == "respond"


def root_guesses(place: Place) -> tuple[str, ...]:
    """Where the API may be on a blog that does not say."""
    parts = _split(place.blog.url)
    if parts.scheme not in {"http", "https"} or not parts.netloc:
        return ()
    folder = parts.path if parts.path.endswith("/") else f"{parts.path}/"
    home = urlunsplit((parts.scheme, parts.netloc, folder, "", ""))
    return (f"{home}wp-json/", f"{home}?rest_route=/")


def rest_url(root: str, route: str, query: Mapping[str, str] | None = None) -> str:
    """The address of a route of the API, for both forms of roots.

    >>> rest_url("http://b.example/wp-json/", "/wp/v2/comments", {"post": "43"})
    'http://b.example/wp-json/wp/v2/comments?post=43'
    >>> rest_url("http://b.example/index.php?rest_route=/", "/wp/v2/comments", {"post": "43"})
    'http://b.example/index.php?rest_route=/wp/v2/comments&post=43'
    """
    parts = _split(root)
    pairs = parse_qsl(parts.query, keep_blank_values=True)
    path = parts.path
    if any(name == "rest_route" for name, _ in pairs):
        pairs = [
            (name, value.rstrip("/") + route if name == "rest_route" else value) for name, value in pairs
        ]
    else:
        path = path.rstrip("/") + route
    pairs += (query or {}).items()
    return urlunsplit((parts.scheme, parts.netloc, path, urlencode(pairs, safe="/,"), ""))


def atom_feed(comment_feed: str) -> str | None:
    """The Atom form of a post's comment feed; None when the address is not shaped like WordPress's."""
    parts = _split(comment_feed)
    pairs = parse_qsl(parts.query, keep_blank_values=True)
    if any(name == "feed" for name, _ in pairs):
        pairs = [(name, "atom" if name == "feed" else value) for name, value in pairs]
        return urlunsplit((parts.scheme, parts.netloc, parts.path, urlencode(pairs), ""))
    match = _FEED_PATH.search(parts.path)
    if match is None:
        return None
    path = f"{parts.path[: match.start()]}/feed/atom/"
    return urlunsplit((parts.scheme, parts.netloc, path, parts.query, ""))


def derived_feed(place: Place) -> str:
    """Where WordPress has the comment feed of a post that names none."""
    parts = _split(first_page(place.post.url))
    if number_in(place.post.url):
        return urlunsplit((*parts[:3], f"{parts.query}&feed=atom", ""))
    return urlunsplit((*parts[:2], f"{parts.path.rstrip('/')}/feed/atom/", "", ""))


def number_in(url: str | None) -> str | None:
    """The post's number in a plain address, ``?p=43``."""
    if not url:
        return None
    query = parse_qs(_split(url).query)
    for name in ("p", "page_id"):
        value = query.get(name, [""])[-1]
        if _NUMBER.fullmatch(value):
            return value
    return None


def is_same_post(one: str, other: str) -> bool:
    """Whether two addresses lead to the same post, whichever comment page or scheme they name."""
    return _bare(one) == _bare(other)


def page_number(url: str) -> int | None:
    """Which comment page an address names: ``comment-page-2`` or ``cpage=2``."""
    parts = _split(url)
    named = parse_qs(parts.query).get("cpage", [""])[-1]
    if re.fullmatch(r"\d{1,9}", named, re.ASCII):
        return int(named)
    match = _COMMENT_PAGE.search(parts.path)
    return int(match[1]) if match else None


def comment_page(post_url: str, number: int) -> str:
    """The address of one comment page of the post."""
    url = first_page(post_url)
    parts = _split(url)
    if parts.query:  # plain permalinks
        return urlunsplit((*parts[:3], f"{parts.query}&cpage={number}", ""))
    return urlunsplit((*parts[:2], f"{parts.path.rstrip('/')}/comment-page-{number}/", "", ""))


def first_page(post_url: str) -> str:
    """The post's own address: no comment page, no single comment."""
    parts = _split(post_url)
    pairs = [
        pair for pair in parse_qsl(parts.query, keep_blank_values=True) if pair[0] not in _OF_ONE_COMMENT
    ]
    path = _COMMENT_PAGE.sub("/", parts.path)
    return urlunsplit((parts.scheme, parts.netloc, path, urlencode(pairs), ""))


def _bare(url: str) -> tuple[str, str, tuple[tuple[str, str], ...]]:
    parts = _split(first_page(url))
    host = parts.netloc.lower().removeprefix("www.")
    return (host, parts.path.rstrip("/"), tuple(sorted(parse_qsl(parts.query))))


def _as_secure_as(asked: str, url: str) -> str:
    asked_parts, parts = _split(asked), _split(url)
    if asked_parts.scheme == "https" and parts.scheme == "http" and asked_parts.netloc == parts.netloc:
        return urlunsplit(("https", *parts[1:]))
    return url


def _split(url: str) -> SplitResult:
    try:
        return urlsplit(url)
    except ValueError:  # "http://[": a guid may be anything
        return SplitResult("", "", "", "", "")
