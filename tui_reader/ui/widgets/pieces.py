"""What a drawn line is made of, before it has colours."""

from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import NamedTuple

from rich.cells import cell_len


class Piece(NamedTuple):
    """A run of text with one role: what it is, not how it looks."""

    text: str
    role: str = "text"
    """One or more words: ``quote link``; each is a component class of the widget."""
    href: str | None = None
    """Where a click leads."""


Line = tuple[Piece, ...]
"""One line of a pane, from its left edge."""

BLANK: Line = ()

SILENT = "silent"
"""Role word of what is drawn and never copied: rails, bars and margins."""

PIXEL = "px:"
"""Begins the role of a cell that is part of a picture: its colours, six digits each."""

ASIDE = "aside"
"""Role word of what stands beside the words: raised numbers, badges, times; a find passes over it."""


@lru_cache(maxsize=8192)
def _measured(text: str) -> int:
    return cell_len(text)


def cells(text: str) -> int:
    """How many terminal cells a text takes."""
    return len(text) if text.isascii() else _measured(text)


def width_of(line: Sequence[Piece]) -> int:
    """How many terminal cells a line takes."""
    return sum(cells(piece.text) for piece in line)


def text_of(line: Iterable[Piece]) -> str:
    """The words of a line, as drawn."""
    return "".join(piece.text for piece in line)


def shortened(text: str, width: int) -> str:
    """The text, or as much of it as fits with ``…`` at its end."""
    if cells(text) <= width:
        return text
    if width <= 0:
        return ""
    used = end = 0
    for start, stop, wide in graphemes(text):
        if used + wide > width - 1:
            break
        used, end = used + wide, stop
        del start
    return text[:end].rstrip() + "…"


def graphemes(text: str) -> list[tuple[int, int, int]]:
    """Start, end and cells of each thing that a reader takes for one character."""
    if text.isascii():
        return [(at, at + 1, 1) for at in range(len(text))]
    from rich.cells import split_graphemes

    return split_graphemes(text)[0]
