"""Feeds of comments, of one post or of a whole blog, with the parents that they name."""

import re
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit
from xml.parsers import expat

from tui_reader.domain.feed import ParsedComment
from tui_reader.feeds import json_feed
from tui_reader.feeds.address import web_address, without_fragment
from tui_reader.feeds.dates import moment
from tui_reader.feeds.fields import author_name, body, link_of, links_of
from tui_reader.feeds.kinds import is_json_feed
from tui_reader.feeds.reading import Fields, RawFeed, read
from tui_reader.feeds.words import MAX_COMMENTS, guid_of, name_of, title_of

_IN_REPLY_TO = "in-reply-to"
_THREAD = "http://purl.org/syndication/thread/1.0"
_MAX_REFS = 20
_BLOGGER_ID = re.compile(r"(tag:blogger\.com,1999:blog-\d+\.post-)\d+")
_BLOGGER_PARENT = re.compile(r"/comments/default/(\d+)")
_NAME_IN_TITLE = (
    # "By: Ann" in a post's feed, "Comment on A post by Ann" in the blog's; WordPress translates both
    re.compile(r"(?:by|par|von|por|di|door|av|od)\s*:\s*(?P<name>.+)", re.IGNORECASE),
    re.compile(
        r"(?:comment(?:s|aires?)?|kommentare?|comentarios?|commenti?)\s.*\s(?:by|par|von|por|di)\s+(?P<name>.+)",
        re.IGNORECASE,
    ),
)


def parse_comments(body: bytes, url: str, content_type: str = "") -> tuple[ParsedComment, ...]:
    """Reads a feed of comments, in the feed's order.

    Args:
        body: What the server sent.
        url: Where it came from, after redirects.
        content_type: The header, with the charset that it may name.

    Raises:
        FeedError: it is no feed.
    """
    if is_json_feed(body, content_type):
        return json_feed.parse_comments(body, url)
    raw = read(body, url, content_type, MAX_COMMENTS)
    refs = _all_refs(raw)
    comments = (
        _comment(entry, raw, url, refs[place] if refs else _last_ref(entry))
        for place, entry in enumerate(raw.entries)
    )
    return tuple(comment for comment in comments if comment)


def _comment(entry: Fields, raw: RawFeed, feed_url: str, reply_to: tuple[str, ...]) -> ParsedComment | None:
    link = link_of(entry, feed_url)
    guid = guid_of(entry.get("id")) or link
    if not guid:
        return None
    detail = entry.get("author_detail")
    site = detail.get("href") if isinstance(detail, dict) else None
    published = moment(entry.get("published_parsed"), entry.get("published"))
    return ParsedComment(
        guid=guid,
        url=link,
        post_url=_post_url(link),
        author=author_name(entry) or _name_in_title(entry),
        author_url=web_address(site, feed_url),
        published=published or moment(entry.get("updated_parsed"), entry.get("updated")),
        html=body(entry, is_atom=raw.is_atom, base=link or feed_url),
        reply_to=(*_blogger_parent(entry, guid), *reply_to),
    )


def _blogger_parent(entry: Fields, guid: str) -> tuple[str, ...]:
    """The comment that one on Blogger answers: its in-reply-to names the post only, a link the comment."""
    own = _BLOGGER_ID.fullmatch(guid)
    if own:
        for link in links_of(entry):
            parent = _BLOGGER_PARENT.search(str(link.get("href") or ""))
            if link.get("rel") == "related" and parent:
                return (own[1] + parent[1],)
    return ()


def _post_url(link: str | None) -> str | None:
    if not link:
        return None
    parts = urlsplit(without_fragment(link))
    if "showComment=" not in parts.query:
        return urlunsplit(parts)
    # Blogger puts the comment's time into the query as well
    rest = [(name, value) for name, value in parse_qsl(parts.query) if name != "showComment"]
    return urlunsplit(parts._replace(query=urlencode(rest)))


def _name_in_title(entry: Fields) -> str:
    title = title_of(entry.get("title"), (entry.get("title_detail") or {}).get("type"))
    for pattern in _NAME_IN_TITLE:
        match = pattern.fullmatch(title)
        if match:
            return name_of(match["name"])
    return ""


def _last_ref(entry: Fields) -> tuple[str, ...]:
    """The parent as feedparser has it: under a key with the feed's own prefix, the last of several."""
    for key, value in entry.items():
        if (key == _IN_REPLY_TO or key.endswith(f"_{_IN_REPLY_TO}")) and isinstance(value, dict):
            ref = guid_of(value.get("ref"))
            return (ref,) if ref else ()
    return ()


def _all_refs(raw: RawFeed) -> list[tuple[str, ...]]:
    """Every ref of every entry, read from the XML itself; empty where feedparser's own will do."""
    named = sum(1 for entry in raw.entries if _last_ref(entry))
    if raw.text.count(_IN_REPLY_TO) <= named:
        return []
    entries: list[list[str]] = []
    depth = 0

    def start(name: str, attributes: dict[str, str]) -> None:
        nonlocal depth
        local = name.rpartition(" ")[2]
        if local in {"entry", "item"}:
            depth += 1
            if depth == 1:
                entries.append([])
        elif depth and name == f"{_THREAD} {_IN_REPLY_TO}" and len(entries[-1]) < _MAX_REFS:
            ref = guid_of(attributes.get("ref"))
            if ref and ref not in entries[-1]:
                entries[-1].append(ref)

    def end(name: str) -> None:
        nonlocal depth
        depth -= name.rpartition(" ")[2] in {"entry", "item"}

    parser = expat.ParserCreate("utf-8", namespace_separator=" ")
    parser.StartElementHandler, parser.EndElementHandler = start, end
    try:
        parser.Parse(raw.text.encode(), True)
    except expat.ExpatError:
        return []  # a broken feed: what feedparser made of it must do
    # only when both saw the same entries can a place be trusted
    return [tuple(refs) for refs in entries] if len(entries) == len(raw.entries) else []
