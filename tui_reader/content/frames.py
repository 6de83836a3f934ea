"""What may be open while a body is read, and what each kind remembers until it closes."""

from collections.abc import Mapping
from dataclasses import dataclass

from tui_reader.content.blocks import Block, Span, Style
from tui_reader.content.lists import Item, List
from tui_reader.content.tables import Cell, Gathered


@dataclass(slots=True)
class Figure:
    """What belongs together with a caption."""

    start: int
    caption: tuple[Span, ...] = ()


@dataclass(slots=True)
class Form:
    """Something to fill in, left out unless a whole text stands in it."""

    start: int


@dataclass(slots=True)
class Folding:
    """What opens on demand; where the words over it are, once they have come."""

    is_open: bool = False
    head: int | None = None


@dataclass(slots=True)
class Note:
    """A note of a newsletter, with the way back to where it belongs."""

    start: int
    back: str | None = None


@dataclass(slots=True)
class Shown:
    """Where something from elsewhere is shown, of which the address may be all that is left."""

    start: int


@dataclass(slots=True)
class Apart:
    """A caption, a cell, a card or the words over a fold: its blocks are gathered apart from the others."""

    blocks: list[Block]
    """Those outside."""
    marker: str
    is_tight: bool
    cell: Cell | None = None
    card: str | None = None
    """Where a card leads; empty when it does not say at once."""
    over: Folding | None = None
    """What the words are to open."""


Element = List | Item | Gathered | Figure | Form | Folding | Note | Shown | Apart | None


@dataclass(slots=True)
class Frame:
    """An element that is open, and how things stood before it."""

    name: str
    what: Element
    indent: int
    quote: int
    level: int
    href: str | None
    item: Item | None
    counts: Mapping[Style, int]
