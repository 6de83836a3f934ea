"""Tells a feed from a web page by its first bytes; the media type alone is wrong too often."""

import codecs
import re
from typing import Literal

Kind = Literal["feed", "page", "other"]

_HEAD = 4_096
_PREAMBLE = re.compile(
    rb"\s+|<\?.*?\?>|<!--.*?-->|<!doctype\s+(?!html)[^>\[]*(?:\[.*?\]\s*)?>", re.IGNORECASE | re.DOTALL
)
_FEED_ROOT = re.compile(rb"<(?:[\w.-]{1,40}:)?(?:rss|feed|rdf)[\s>/]", re.IGNORECASE)
_PAGE_ROOT = re.compile(rb"<!doctype\s+html|<(?:html|head|body|title|meta)[\s>/]", re.IGNORECASE)
_JSON_FEED = re.compile(rb"""^\{.*?"version"\s*:\s*"https?:\\?/\\?/jsonfeed\.org\\?/""", re.DOTALL)


def kind_of(body: bytes, content_type: str = "") -> Kind:
    """Whether these bytes are a feed, a web page or neither."""
    head = beginning(body, _HEAD)
    place = 0
    while match := _PREAMBLE.match(head, place):
        place = match.end()
    if _FEED_ROOT.match(head, place) or is_json_feed(head, content_type):
        return "feed"
    feed, page = _FEED_ROOT.search(head, place), _PAGE_ROOT.search(head, place)
    if page and (not feed or page.start() < feed.start()):
        return "page"
    if feed:  # after junk, as a server with warnings switched on prints it
        return "feed"
    is_markup = head[place : place + 1] == b"<"
    return "page" if is_markup and "html" in content_type.lower() else "other"


def is_json_feed(body: bytes, content_type: str = "") -> bool:
    """Whether these bytes are a JSON Feed."""
    head = beginning(body, _HEAD).lstrip()
    if not head.startswith(b"{"):
        return False
    return "feed+json" in content_type.lower() or bool(_JSON_FEED.match(head))


def beginning(body: bytes, length: int) -> bytes:
    """The first bytes, in an encoding that is ASCII where ASCII can be."""
    head = body[: length * 4]
    for mark, name in (
        (codecs.BOM_UTF8, "utf-8"),
        (codecs.BOM_UTF32_LE, "utf-32-le"),
        (codecs.BOM_UTF32_BE, "utf-32-be"),
        (codecs.BOM_UTF16_LE, "utf-16-le"),
        (codecs.BOM_UTF16_BE, "utf-16-be"),
        (b"<\0", "utf-16-le"),
        (b"\0<", "utf-16-be"),
    ):
        if head.startswith(mark):
            text = head.removeprefix(mark) if mark[:1] != b"<" and mark[-1:] != b"<" else head
            return text.decode(name, "replace").encode("utf-8", "replace")[:length]
    return head[:length]
