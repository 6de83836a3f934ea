"""What posts and comments have in common in a feed: links, authors, bodies and answers."""

import re
from dataclasses import dataclass
from html import escape, unescape
from urllib.parse import urljoin

from tui_reader.feeds.address import web_address
from tui_reader.feeds.reading import Fields
from tui_reader.feeds.words import body_of, count_of, name_of

_ADDRESS = re.compile(r"""(\s(?:href|src)\s{0,9}=\s{0,9})(["'])([^"'<>]{1,4096})\2""", re.IGNORECASE)
FEED_TYPES = {
    "application/atom+xml",
    "application/rss+xml",
    "application/rdf+xml",
    "application/feed+json",
    "application/xml",
    "text/xml",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Replies:
    """Where the answers to an entry are, and how many."""

    feed_url: str | None = None
    page_url: str | None = None
    count: int | None = None


def links_of(entry: Fields) -> list[Fields]:
    """The links of an entry or a feed."""
    links = entry.get("links")
    return [link for link in links if isinstance(link, dict)] if isinstance(links, list) else []


def link_of(entry: Fields, base: str) -> str | None:
    """The page of an entry or a feed, if it names one that can be asked for."""
    alternates = [link for link in links_of(entry) if link.get("rel", "alternate") == "alternate"]
    # the page before its JSON or its PDF
    alternates.sort(key=lambda link: "html" not in str(link.get("type", "text/html")))
    # "link" last: where there is no link, feedparser puts the id there
    for href in (*(link.get("href") for link in alternates), entry.get("link")):
        url = web_address(href, base)
        if url:
            return url
    return None


def older(head: Fields, base: str) -> str | None:
    """Where the entries before these are: the archive before this one, else the next page (RFC 5005)."""
    for rel in ("prev-archive", "next"):
        for link in links_of(head):
            url = web_address(link.get("href"), base) if str(link.get("rel", "")).lower() == rel else None
            if url:
                return url
    return None


def author_name(entry: Fields) -> str:
    """The name of the author, empty when the entry has none."""
    # not author_detail first: feedparser takes "mail@blog.example (Ann)" for "mail@blog.exam" and "ple (Ann"
    detail = entry.get("author_detail")
    return name_of(entry.get("author")) or (name_of(detail.get("name")) if isinstance(detail, dict) else "")


def body(entry: Fields, *, is_atom: bool, base: str) -> str:
    """The longest body that the entry has, as HTML.

    The longest, since feedparser shifts a description into ``content`` when a media element comes first.

    Args:
        entry: The entry.
        is_atom: The feed is one of Atom, whose types can be believed.
        base: Against what a reader takes relative links; where ``xml:base`` says otherwise they are made
            absolute here.
    """
    content = entry.get("content")
    parts = [part for part in content if isinstance(part, dict)] if isinstance(content, list) else []
    summary = entry.get("summary_detail")
    if isinstance(summary, dict):
        parts.append(summary)
    best = max(parts, key=lambda part: len(str(part.get("value") or "")), default={})
    # what RSS holds is HTML, whatever feedparser guesses; Atom says so itself
    if is_atom and best.get("type") == "text/plain":
        return body_of(best.get("value"), is_plain=True)
    return _on_base(body_of(best.get("value")), str(best.get("base") or ""), base)


def _on_base(html: str, own: str, base: str) -> str:
    root = web_address(own, base)
    if not root or root.partition("#")[0] == base.partition("#")[0]:
        return html

    def absolute(match: re.Match[str]) -> str:
        try:
            url = urljoin(root, unescape(match[3].strip()))
        except ValueError:
            return match[0]
        return f"{match[1]}{match[2]}{escape(url)}{match[2]}"

    return _ADDRESS.sub(absolute, html)


def replies(entry: Fields, base: str) -> Replies:
    """The comment feed, the page with the comments and their number, as far as links tell.

    An Atom comment feed names the parents (RFC 4685), so it comes before ``wfw:commentRss``.
    """
    feeds: list[tuple[bool, str]] = []
    page = None
    counts = []
    for link in links_of(entry):
        if str(link.get("rel", "")).lower() != "replies":
            continue
        url = web_address(link.get("href"), base)
        kind = str(link.get("type") or "text/html").lower().partition(";")[0].strip()
        counts += [count_of(link[key]) for key in link if key == "count" or key.endswith(":count")]
        if url and kind in FEED_TYPES:
            feeds.append((kind == "application/atom+xml", url))
        elif url and not page:
            page = url
    wfw = web_address(entry.get("wfw_commentrss"), base)
    atom = next((url for is_atom, url in feeds if is_atom), None)
    return Replies(
        feed_url=atom or wfw or next((url for _, url in feeds), None),
        page_url=page,
        count=max((count for count in counts if count is not None), default=None),
    )
