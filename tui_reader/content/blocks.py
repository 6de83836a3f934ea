"""Readable text as plain data: blocks of styled spans, with no word of how they are drawn."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TypedDict


class Style(StrEnum):
    """What a span is, not how it looks."""

    STRONG = "strong"
    EMPHASIS = "emphasis"
    CODE = "code"
    STRUCK = "struck"
    LINK = "link"
    SUPERSCRIPT = "superscript"
    SUBSCRIPT = "subscript"


@dataclass(frozen=True, slots=True)
class Span:
    """Text of one style; clean, and without line ends except in code."""

    text: str
    styles: frozenset[Style] = frozenset()
    href: str | None = None
    """Where it leads: absolute, of an allowed scheme."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """One block; ``indent`` counts the lists it is in, ``quote`` the quotations."""

    indent: int = 0
    quote: int = 0
    marker: str = ""
    """What stands before its first line: ``•``, ``3.``, ``☐``; empty for a paragraph that goes on."""
    is_tight: bool = False
    """No empty line before it: an item of a close-set list."""


class Place(TypedDict):
    """What every block is told of its place."""

    indent: int
    quote: int
    marker: str
    is_tight: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Paragraph(Block):
    """Running text."""

    spans: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Heading(Block):
    """A heading, of level 1 to 6."""

    level: int
    spans: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Code(Block):
    """Lines that are kept as they are."""

    text: str
    language: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Table(Block):
    """Rows of cells; the first row is the head when ``has_head``."""

    rows: tuple[tuple[tuple[Span, ...], ...], ...]
    alignments: tuple[str, ...] = ()
    """``left``, ``right`` or ``center`` a column."""
    has_head: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Image(Block):
    """A picture, by its words."""

    alt: str
    src: str
    caption: tuple[Span, ...] = ()
    href: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule(Block):
    """A line between two parts."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fold(Block):
    """The words over something that opens on demand: a spoiler."""

    spans: tuple[Span, ...] = ()
    size: int = 0
    """How many of the blocks that follow belong to it."""
    is_open: bool = False
    """Whether its writer left it open."""


@dataclass(frozen=True, slots=True)
class Document:
    """A whole post or comment body."""

    blocks: tuple[Block, ...] = ()
    links: tuple[str, ...] = field(default=())
    """Addresses in the order of their first use; number N of the footnotes is ``links[N - 1]``.
    Those that lead to a place in the document itself are not among them."""
    places: Mapping[str, int] = field(default_factory=dict, hash=False)
    """Which block an address leads to, for those that lead to a place in the document: notes, headings."""


def spans_of(block: Block) -> tuple[Span, ...]:
    """All the running text of a block, that of cells and captions too, in reading order."""
    match block:
        case Paragraph(spans=spans) | Heading(spans=spans) | Fold(spans=spans):
            return spans
        case Table(rows=rows):
            return tuple(span for row in rows for cell in row for span in cell)
        case Image(caption=caption):
            return caption
    return ()


def hidden_under(blocks: Sequence[Block], open_folds: Iterable[int]) -> set[int]:
    """Which blocks stand under a fold that is closed.

    Args:
        blocks: All blocks of the document.
        open_folds: The folds that are open, by their number among the blocks.
    """
    is_open = set(open_folds)
    hidden: set[int] = set()
    end = 0
    for number, block in enumerate(blocks):
        if number < end:
            hidden.add(number)
        elif isinstance(block, Fold) and number not in is_open:
            end = number + 1 + block.size
    return hidden


def links_in(blocks: Iterable[Block], places: Iterable[str] = ()) -> tuple[str, ...]:
    """The addresses that the blocks lead to, in the order of their first use.

    Args:
        blocks: Where to look.
        places: Addresses within the document, to be left out.
    """
    within = frozenset(places)
    found: dict[str, None] = {}
    for block in blocks:
        if isinstance(block, Image) and block.href:
            found[block.href] = None
        for span in spans_of(block):
            if span.href:
                found[span.href] = None
    return tuple(url for url in found if url not in within)


def words_of_links(document: Document) -> tuple[tuple[str, str], ...]:
    """The links of the footnotes, in their order: the words under which each is used first, its address."""
    words: dict[str, str] = {}
    for block in document.blocks:
        if isinstance(block, Image) and block.href:
            words.setdefault(block.href, block.alt)
        open_url: str | None = None
        fresh: set[str] = set()
        for span in spans_of(block):
            if span.href and (span.href not in words or (span.href == open_url and span.href in fresh)):
                words[span.href] = words.get(span.href, "") + span.text
                fresh.add(span.href)
            open_url = span.href
    return tuple((words.get(url, ""), url) for url in document.links)
