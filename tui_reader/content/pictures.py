"""Decides what a picture is to somebody who reads text."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from tui_reader.content.clean import clean_line
from tui_reader.content.links import absolute

# Up to this many pixels each way it is an icon that belongs to its line.
_ICON = 36
_FORMULAS = frozenset(
    {
        "latex",
        "mwe-math-fallback-image-inline",
        "mwe-math-fallback-image-display",
        "ql-img-inline-formula",
        "ql-img-displayed-formula",
        "tex",
        "math",
    }
)
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


@dataclass(frozen=True, slots=True)
class Words:
    """What an emoji, an icon or a formula stands for."""

    text: str
    is_formula: bool = False


def picture(image: Mapping[str, str], base: str) -> Picture | Words | None:
    """What an ``<img>`` is: a picture, the words it stands for (emoji, formulas, icons), or nothing.

    Pixels that count readers are nothing.
    """
    alt = clean_line(image.get("alt", ""))
    width, height = _pixels(image, "width"), _pixels(image, "height")
    if width is not None and height is not None and width <= 2 and height <= 2:
        return None
    classes = set(image.get("class", "").split())
    if classes & _FORMULAS:
        return Words(alt, is_formula=True)
    if classes & {"emoji", "wp-smiley"}:
        return Words(alt)
    if width is not None and height is not None and max(width, height) <= _ICON:
        return Words(alt)
    src = _source(image, base)
    if src is None:
        return Words(alt) if alt else None
    if _COUNTERS.search(src):
        return None
    return Picture(src, alt or clean_line(image.get("title", "")))


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
