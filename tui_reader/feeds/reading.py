"""The one door to feedparser: bytes in, plain dictionaries out, every fault of it a FeedError."""

import io
import re
from dataclasses import dataclass
from functools import cache
from typing import Any

from tui_reader.feeds.kinds import kind_of
from tui_reader.feeds.tame import tamed
from tui_reader.feeds.unread import unread
from tui_reader.feeds.words import MAX_POSTS
from tui_reader.net.charset import decoded

_ADDRESSES = {"comments", "id", "link", "wfw_commentrss"}
_AMPERSAND = re.compile(r"&amp;?")
_END = re.compile(r"</(?:\w+:)?(?:rss|feed|rdf)\s*>", re.IGNORECASE)
Fields = dict[str, Any]
"""An entry or a feed's head, with feedparser's names; foreign throughout, of any type."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RawFeed:
    """A feed as feedparser understood it."""

    head: Fields
    entries: tuple[Fields, ...]
    prefixes: dict[str, str]
    """Namespace address to the prefix that this feed uses: feedparser names its keys by it."""
    is_atom: bool
    text: str
    """The mended text that was parsed."""


def read(body: bytes, url: str, content_type: str = "", most: int = MAX_POSTS) -> RawFeed:
    """Parses the feed, and gives at most so many entries; a broken one gives those before the break.

    Raises:
        FeedError: it is no feed.
    """
    if not body.strip(b" \t\r\n\0"):
        raise unread(url, "empty")
    kind = kind_of(body, content_type)
    if kind == "page":
        raise unread(url, "page")
    parser = _feedparser()
    # decoded here, since feedparser takes any codec that Python has, unicode_escape and undefined too
    text = tamed(decoded(body, content_type))
    try:
        parsed = parser.parse(
            # BytesIO: given bare bytes, feedparser opens files and addresses that a server may name in them
            io.BytesIO(text.encode()),
            # not where it came from: feedparser would make guids of it, and no ref would name them
            response_headers={"content-type": "application/xml; charset=utf-8"},
            sanitize_html=False,
            resolve_relative_uris=False,
        )
        raw = RawFeed(
            head=_mended(parsed.get("feed") or {}, is_loose=bool(parsed.bozo)),
            entries=tuple(_mended(entry, is_loose=bool(parsed.bozo)) for entry in parsed.entries[:most]),
            prefixes={str(uri): str(prefix) for prefix, uri in (parsed.get("namespaces") or {}).items()},
            is_atom=str(parsed.get("version") or "").startswith("atom"),
            text=text,
        )
        is_feed = bool(parsed.get("version")) or bool(raw.entries)
    # the one place where every exception is expected: 25 kinds of it were counted on damaged feeds
    except Exception as error:
        raise unread(url, "damaged") from error
    if not is_feed:
        raise unread(url, "no-feed")
    if parsed.bozo and not raw.entries and not _END.search(text):
        # half a download is no news of a blog that has fallen silent
        raise unread(url, "breaks-off")
    return raw


@cache
def _feedparser() -> Any:
    """The parser, which takes 54 ms to load: not before a feed is there."""
    import feedparser
    from feedparser import api, util

    # what it copies to the bottom holds nothing but words, or is thrown away behind the copy
    util.FeedParserDict.__deepcopy__ = lambda self, _memo: util.FeedParserDict(self)
    # it looks for a parser that nobody has, in all folders and for each feed anew
    api.PREFERRED_XML_PARSERS.clear()
    return feedparser


def _mended(entry: Fields, *, is_loose: bool) -> Fields:
    """The fields as a dictionary; the loose parser leaves ``&amp;`` or half of it in addresses."""
    fields = dict(entry)
    if is_loose:
        for key in _ADDRESSES & fields.keys():
            fields[key] = _AMPERSAND.sub("&", str(fields[key]))
        fields["links"] = [
            {**link, "href": _AMPERSAND.sub("&", str(link["href"]))}
            for link in fields.get("links") or ()
            if "href" in link
        ]
    return fields
