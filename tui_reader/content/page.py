"""Keeps what is open while a body is read, and puts each finished block where it belongs."""

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TypeVar

from tui_reader.content.blocks import Block, Heading, Image, Paragraph, Place, Rule, Span, Style, spans_of
from tui_reader.content.lists import Item, List
from tui_reader.content.marks import NO_STYLE
from tui_reader.content.spans import Convert, Run, joined
from tui_reader.content.tables import Cell, Gathered, as_blocks

# Deeper than people write; what is nested further is laid flat.
MAX_DEPTH = 60
# A form with more words than a call to subscribe is a whole text that somebody wrapped in one.
_FORM_TEXT = 500

_PARTING = re.compile(r"(?:\*\s*){3,}|(?:[•·~⁂✻❦]\s*){1,5}|[-—–_]{3,}")


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
class Apart:
    """A caption or a cell: its blocks are gathered apart from the others."""

    blocks: list[Block]
    """Those outside."""
    marker: str
    is_tight: bool
    cell: Cell | None = None


Element = List | Item | Gathered | Figure | Form | Apart | None

_Kind = TypeVar("_Kind", bound=List | Figure | Gathered)


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


HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")


class Page:
    """The blocks so far, the paragraph that grows, and the elements around it.

    Args:
        convert: The converter that all running text goes through.
    """

    def __init__(self, convert: Convert) -> None:
        self.blocks: list[Block] = []
        self.run = Run(convert)
        self.styles = NO_STYLE
        self.href: str | None = None
        self.indent = self.quote = self.level = 0
        self.marker = ""
        self.is_tight = False
        self.item: Item | None = None
        self.frames: list[Frame] = []
        self._counts: Mapping[Style, int] = {}
        self._flattened: Counter[str] = Counter()

    def add(self, text: str) -> None:
        """Goes on with text in the styles of the moment."""
        self.run.add(text, self.styles, self.href)

    def end_line(self) -> None:
        """Ends the line, or the paragraph when the line had ended already."""
        if not self.run.end_line():
            self.flush()

    def flush(self) -> None:
        """Ends the paragraph or the heading."""
        spans = self.run.take()
        if not spans:
            return
        if len(spans) == 1 and len(spans[0].text) < 12 and _PARTING.fullmatch(spans[0].text):
            self.place(Rule(indent=self.indent, quote=self.quote))
        elif self.level:
            self.place(Heading(level=self.level, spans=spans, **self.where()))
        else:
            is_first = bool(self.marker)
            self.place(Paragraph(spans=spans, **self.where()))
            if self.item and not is_first:
                self.item.goes_on()

    def place(self, block: Block) -> None:
        """Puts a block below what there is; the first of a list's item has its marker."""
        if self.marker and self.item:
            self.item.begins_at(len(self.blocks))
        self.blocks.append(block)
        self.marker, self.is_tight = "", False

    def finish(self) -> None:
        """Closes everything."""
        self.flush()
        while self.frames:
            self.pop()

    def where(self) -> Place:
        """What a block at this place is given."""
        return {"indent": self.indent, "quote": self.quote, "marker": self.marker, "is_tight": self.is_tight}

    def style(self, styles: tuple[Style, ...], change: int) -> None:
        """Opens (1) or closes (-1) styles."""
        if styles:
            counts = dict(self._counts)  # another one, since the frames hold those from before
            for style in styles:
                counts[style] = counts.get(style, 0) + change
                if counts[style] <= 0:
                    del counts[style]
            self._counts, self.styles = counts, frozenset(counts)

    def open(self, name: str, what: Element = None) -> bool:
        """Opens an element, unless too many are open: then its content is laid flat, and False comes back."""
        self.flush()
        if len(self.frames) >= MAX_DEPTH:
            self._flattened[name] += 1
            return False
        frame = Frame(name, what, self.indent, self.quote, self.level, self.href, self.item, self._counts)
        self.frames.append(frame)
        return True

    def open_apart(self, name: str, cell: Cell | None = None) -> None:
        """Opens a caption or a cell."""
        if self.open(name, Apart(self.blocks, self.marker, self.is_tight, cell)):
            self.blocks, self.marker, self.is_tight, self.item, self.level = [], "", False, None, 0

    def close(self, name: str) -> None:
        """Closes the innermost element of that name with all that is open in it.

        What is in a cell cannot close what is around the table.
        """
        self.flush()
        if self._flattened[name]:
            self._flattened[name] -= 1
            return
        if name in {"tr", "thead", "tbody", "tfoot"}:
            self.close_cell()
            return
        of_table = name in {"td", "th", "table"}
        for at in range(len(self.frames) - 1, -1, -1):
            frame = self.frames[at]
            if frame.name == name:
                while len(self.frames) > at:
                    self.pop()
                return
            if isinstance(frame.what, Apart) and frame.what.cell and not of_table:
                return

    def close_cell(self) -> Gathered | None:
        """Closes the cell that is open in the innermost table, and gives the table."""
        for at in range(len(self.frames) - 1, -1, -1):
            what = self.frames[at].what
            if isinstance(what, Gathered):
                while len(self.frames) > at + 1:
                    self.pop()
                return what
        return None

    def innermost(self, kind: type[_Kind]) -> _Kind | None:
        """The innermost open element of a kind, within the cell."""
        for frame in reversed(self.frames):
            if isinstance(frame.what, kind):
                return frame.what
            if isinstance(frame.what, Apart) and frame.what.cell:
                return None
        return None

    def pop(self) -> None:
        """Closes the innermost element."""
        self.flush()
        frame = self.frames.pop()
        # A style or a link opened inside ends here; one that was closed inside stays closed.
        if self._counts is not frame.counts:
            both = self._counts.keys() & frame.counts.keys()
            self._counts = {style: min(self._counts[style], frame.counts[style]) for style in both}
            self.styles = frozenset(both)
        self.href = frame.href if self.href is not None else None
        self.indent, self.quote, self.level, self.item = frame.indent, frame.quote, frame.level, frame.item
        match frame.what:
            case Apart() as apart:
                self._gather(frame.name, apart)
            case List() as list_:
                list_.settle(self.blocks)
            case Item():
                self.marker, self.is_tight = "", False  # an item that says nothing
            case Gathered() as table:
                self._place_table(table)
            case Figure() as figure:
                self._place_caption(figure)
            case Form(start):
                texts = (span.text for block in self.blocks[start:] for span in spans_of(block))
                if sum(map(len, texts)) < _FORM_TEXT:
                    del self.blocks[start:]
            case None:
                pass

    def _gather(self, name: str, apart: Apart) -> None:
        inside, self.blocks = self.blocks, apart.blocks
        self.marker, self.is_tight = apart.marker, apart.is_tight
        if apart.cell:
            apart.cell.blocks = inside
        elif name == "caption" and (table := self.innermost(Gathered)):
            table.caption += inside
        elif figure := self.innermost(Figure):
            words = [spans_of(block) for block in inside if isinstance(block, Paragraph | Heading)]
            figure.caption = joined([figure.caption, *words])
            for block in inside:
                if not isinstance(block, Paragraph | Heading):
                    self.place(block)
        else:
            for block in inside:
                self.place(block)

    def _place_table(self, table: Gathered) -> None:
        made = as_blocks(table, self.where())
        match made:
            case [Image() as image, Paragraph(spans=spans)] if table.is_picture:
                made = [replace(image, caption=spans)]
        for block in made:
            self.place(block)

    def _place_caption(self, figure: Figure) -> None:
        if not figure.caption:
            return
        images = [block for block in self.blocks[figure.start :] if isinstance(block, Image)]
        if len(images) == 1 and not images[0].caption:
            at = self.blocks.index(images[0], figure.start)
            self.blocks[at] = replace(images[0], caption=figure.caption)
        else:
            spans = tuple(
                Span(span.text, span.styles | {Style.EMPHASIS}, span.href) for span in figure.caption
            )
            self.place(Paragraph(spans=spans, **self.where()))
