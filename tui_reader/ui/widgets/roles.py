"""How each role of a piece of text looks, in the colours of the theme.

A table of our own and no component classes: Textual would work out two score of styles for each pane, again
and again while the screen is built, and that took longer than all else of it.
"""

from collections.abc import Mapping
from functools import lru_cache
from typing import NamedTuple

from textual.color import Color


class Look(NamedTuple):
    """A colour and a ground, each a variable of the theme and how much of it, and a text style."""

    color: str = ""
    ground: str = ""
    style: str = ""


LOOKS: Mapping[str, Look] = {
    "dim": Look("text-muted"),
    "code-dim": Look("text-muted"),
    "strong": Look(style="bold"),
    "title": Look(style="bold"),
    "author": Look(style="bold"),
    "subheading": Look(style="bold"),
    "emphasis": Look(style="italic"),
    "quote": Look(style="italic"),
    "struck": Look(style="strike"),
    "heading": Look("primary", style="bold"),
    "bar": Look("secondary"),
    "marker": Look("foreground"),
    "link": Look(style="underline"),
    "inline-code": Look(ground="panel"),
    "code": Look(ground="panel"),
    "code-keyword": Look("primary"),
    "code-string": Look("success"),
    "code-number": Look("secondary"),
    "code-name": Look("secondary"),
    "me": Look("accent", style="bold"),
    "new": Look("accent"),
    "star": Look("accent"),
    "count": Look("primary"),
    "error": Look("error"),
    "badge": Look("background", "secondary"),
    "badge-accent": Look("background", "accent"),
    "badge-error": Look("background", "error"),
    "rail-0": Look("primary"),
    "rail-1": Look("secondary"),
    "rail-2": Look("success"),
    "rail-3": Look("text-muted"),
    "cursor": Look(ground="primary 12%"),
    "cursor-blurred": Look(ground="panel"),
    "cursor-bar": Look("primary"),
    "cursor-bar-blurred": Look("text-muted"),
    "hit": Look(ground="accent 45%"),
    "hit-now": Look("background", "accent"),
    "selected": Look(ground="screen-selection-background"),
}
"""What a piece of text may be; ``text`` is none of these and looks as the pane does."""


_BY_ATTRIBUTES: Mapping[str, Look] = {
    "cursor": Look(style="reverse"),
    "hit": Look(style="bold underline"),
    "selected": Look(style="reverse"),
    "inline-code": Look(style="italic"),
}


@lru_cache(maxsize=256)
def by_attributes(role: str) -> Look:
    """How a role looks in the terminal's own colours, of which no two can be mixed.

    What has a ground of its own is reversed or goes without, what is dimmed is so by the terminal.
    """
    if role in _BY_ATTRIBUTES:
        return _BY_ATTRIBUTES[role]
    look = LOOKS[role]
    if look.color == "background":
        return Look(color=look.ground, style=f"{look.style} reverse".strip())
    if look.color == "text-muted":
        return Look(style=f"{look.style} dim".strip())
    return look._replace(ground="")


def color_of(wanted: str, variables: Mapping[str, str], under: Color) -> Color:
    """The colour of a variable, on this ground: some themes only say how far from it theirs is."""
    name, _, part = wanted.partition(" ")
    written = variables[name]
    share = _part(part)
    if written.startswith("auto"):
        return under.get_contrast_text(_part(written.removeprefix("auto")) * share)
    color = _parsed(written)
    return color.multiply_alpha(share) if share < 1 else color


@lru_cache(maxsize=256)
def _parsed(written: str) -> Color:
    name, _, part = written.partition(" ")
    color = Color.parse(name)
    return color.multiply_alpha(_part(part)) if part else color


def _part(written: str) -> float:
    written = written.strip().removesuffix("%")
    return float(written) / 100 if written else 1.0
