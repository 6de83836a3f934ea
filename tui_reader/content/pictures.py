"""Decides what a picture, a film or an embedded page is to somebody who reads text."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import parse_qs, urlsplit

from tui_reader.content.clean import clean_line
from tui_reader.content.links import absolute, host_of

# Up to this many pixels each way it is an icon that belongs to its line.
_ICON = 36
_COUNTERS = re.compile(
    r"//(?:pixel\.wp\.com|stats\.wordpress\.com|feeds\.feedburner\.com/~|medium\.com/_/stat\?|www\.google-analytics\.com)"
    r"|/(?:pixel|spacer|blank|transparent|tracking)\.(?:gif|png)(?:\?|$)"
)
# Lazy loading keeps the real address here until the picture scrolls into view.
_SOURCES = ("src", "data-src", "data-lazy-src", "data-original", "data-orig-file", "data-srcset", "srcset")


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture with an address of its own."""

    src: str
    alt: str


def picture(image: Mapping[str, str], base: str) -> Picture | str | None:
    """What an ``<img>`` is: a picture, the words it stands for (emoji, formulas, icons), or nothing.

    Pixels that count readers are nothing.
    """
    alt = clean_line(image.get("alt", ""))
    width, height = _pixels(image, "width"), _pixels(image, "height")
    if width is not None and height is not None and width <= 2 and height <= 2:
        return None
    classes = set(image.get("class", "").split())
    if classes & {"emoji", "wp-smiley", "latex", "mwe-math-fallback-image-inline"}:
        return alt
    if width is not None and height is not None and max(width, height) <= _ICON:
        return alt
    src = _source(image, base)
    if src is None:
        return alt or None
    if _COUNTERS.search(src):
        return None
    return Picture(src, alt or clean_line(image.get("title", "")))


def embedded(source: str, title: str, base: str) -> tuple[str, str] | None:
    """The words and the address of a film, a recording or a page shown within the post."""
    url = absolute(source, base)
    if url is None or not url.startswith("http"):
        return None
    url = _page_of(url)
    return clean_line(title) or host_of(url), url


def _source(image: Mapping[str, str], base: str) -> str | None:
    for name in _SOURCES:
        value = image.get(name, "").strip()
        if name.endswith("srcset"):
            value = value.partition(",")[0].partition(" ")[0]
        src = absolute(value, base) if value and not value.startswith("#") else None
        if src is not None and src.startswith("http"):
            return src
    return None


def _pixels(image: Mapping[str, str], side: str) -> int | None:
    value = image.get(side, "").strip().removesuffix("px")
    return int(value) if value.isascii() and value.isdigit() and len(value) < 6 else None


def _page_of(url: str) -> str:
    """The page for people instead of the player's own address, where it is known."""
    parts = urlsplit(url)
    host = host_of(url)
    last = parts.path.rstrip("/").rpartition("/")[2]
    if host in {"youtube.com", "youtube-nocookie.com"} and parts.path.startswith("/embed/"):
        lists = parse_qs(parts.query).get("list")
        if last == "videoseries" and lists:
            return f"https://www.youtube.com/playlist?list={lists[0]}"
        return f"https://www.youtube.com/watch?v={last}"
    if host == "player.vimeo.com" and parts.path.startswith("/video/"):
        return f"https://vimeo.com/{last}"
    if host == "dailymotion.com" and parts.path.startswith("/embed/video/"):
        return f"https://www.dailymotion.com/video/{last}"
    return url
