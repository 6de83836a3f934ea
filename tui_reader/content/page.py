"""Keeps what is open while a body is read, and puts each finished block where it belongs."""

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from typing import TypeVar

from tui_reader.content.blocks import (
    Block,
    Code,
    Fold,
    Heading,
    Image,
    Paragraph,
    Place,
    Rule,
    Span,
    Style,
    spans_of,
)
from tui_reader.content.cards import card
from tui_reader.content.embeds import embedded
from tui_reader.content.frames import Apart, Element, Figure, Folding, Form, Frame, Note, Shown
from tui_reader.content.furniture import without_anchor
from tui_reader.content.lists import TYPED_BULLETS, Item, List, typed_items
from tui_reader.content.marks import NO_STYLE
from tui_reader.content.maths import displayed
from tui_reader.content.spans import Convert, Run, joined
from tui_reader.content.tables import Cell, Gathered, as_blocks

# Deeper than people write; what is nested further is laid flat.
MAX_DEPTH = 60
# A form with more words than a call to subscribe is a whole text that somebody wrapped in one.
_FORM_TEXT = 500

_PARTING = re.compile(r"(?:\*\s*){3,}|(?:[-–—]\s){2,}[-–—]|(?:[•·~⁂✻❦]\s*){1,5}|[-—–_]{3,}")


_Kind = TypeVar("_Kind", bound=List | Figure | Gathered | Folding | Note)

DASH = "— "


def emphasised(spans: tuple[Span, ...]) -> tuple[Span, ...]:
    """The spans as a caption, told from running text."""
    return tuple(Span(span.text, span.styles | {Style.EMPHASIS}, span.href) for span in spans)


HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")


class Page:
    """The blocks so far, the paragraph that grows, and the elements around it.

    Args:
        convert: The converter that all running text goes through.
        base: The address of the page; links to it are links to a place in it.
    """

    def __init__(self, convert: Convert, base: str = "") -> None:
        self.base = base
        self.blocks: list[Block] = []
        self.places: dict[str, int] = {}
        """At which block each name stands that is linked to."""
        self.names: list[str] = []
        """The names whose block is still to come."""
        self.lead = ""
        """What the next paragraph begins with, unless it is typed already: a dash before who said it."""
        self._aparts = 0
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
        lead, self.lead = self.lead, ""
        if self.level:
            self.place(Heading(level=self.level, spans=without_anchor(spans, self.base), **self.where()))
            return
        text = spans[0].text
        if len(spans) == 1:
            if len(text) < 12 and _PARTING.fullmatch(text):
                self.place(Rule(indent=self.indent, quote=self.quote))
                return
            if text[0] in "$\\" and (source := displayed(text)):
                self.place(Code(text=source, language="tex", **self.where()))
                return
        if lead and not (lead == DASH and text[0] in "—–―-~"):
            spans, text = (Span(lead), *spans), lead
        if text[0] in TYPED_BULLETS and not self.marker and (items := typed_items(spans)):
            self._place_typed(items)
            return
        is_first = bool(self.marker)
        self.place(Paragraph(spans=spans, **self.where()))
        if self.item and not is_first:
            self.item.goes_on()

    def _place_typed(self, items: list[tuple[Span, ...]]) -> None:
        """A list that was typed: a bullet at the beginning of each line."""
        before = self.blocks[-1] if self.blocks else None
        goes_on = before is not None and before.marker == "•" and before.indent == self.indent + 1
        for number, spans in enumerate(items):
            is_tight = goes_on or number > 0
            self.place(
                Paragraph(
                    spans=spans, indent=self.indent + 1, quote=self.quote, marker="•", is_tight=is_tight
                )
            )

    def place(self, block: Block) -> None:
        """Puts a block below what there is; the first of a list's item has its marker."""
        if self.marker and self.item:
            self.item.begins_at(len(self.blocks))
        if self.names and not self._aparts:
            for name in self.names:
                self.places.setdefault(name, len(self.blocks))
            self.names.clear()
        self.blocks.append(block)
        self.marker, self.is_tight = "", False

    def finish(self) -> None:
        """Closes everything."""
        self.flush()
        while self.frames:
            self.pop()

    def where(self, deeper: int = 0) -> Place:
        """What a block at this place is given, or one quoted more deeply here."""
        return {
            "indent": self.indent,
            "quote": self.quote + deeper,
            "marker": self.marker,
            "is_tight": self.is_tight,
        }

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

    def has_open(self, name: str) -> bool:
        """Whether an element of that name is open that matters."""
        return any(frame.name == name for frame in self.frames)

    def open_apart(
        self, name: str, cell: Cell | None = None, card: str | None = None, over: Folding | None = None
    ) -> None:
        """Opens a caption, a cell, a card or the words over a fold."""
        if self.open(name, Apart(self.blocks, self.marker, self.is_tight, cell, card, over)):
            self._aparts += 1
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
        self.lead = ""
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
            case Folding() as folding:
                self._close_fold(folding)
            case Shown(start):
                self._name_shown(start)
            case Note(start, back):
                self._close_note(start, back)
            case Form(start):
                texts = (span.text for block in self.blocks[start:] for span in spans_of(block))
                if sum(map(len, texts)) < _FORM_TEXT:
                    del self.blocks[start:]
            case None:
                pass

    def _gather(self, name: str, apart: Apart) -> None:
        inside, self.blocks = self.blocks, apart.blocks
        self._aparts -= 1
        self.marker, self.is_tight = apart.marker, apart.is_tight
        if apart.cell:
            apart.cell.blocks = inside
        elif apart.card is not None:
            if spans := card(inside, apart.card, self.base):
                self.place(Paragraph(spans=spans, **self.where(deeper=1)))
        elif apart.over is not None:
            self._place_fold(apart.over, inside)
        elif name == "caption" and (table := self.innermost(Gathered)):
            table.caption += [
                replace(block, spans=emphasised(block.spans)) if isinstance(block, Paragraph) else block
                for block in inside
            ]
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
            spans = emphasised(figure.caption)
            self.place(Paragraph(spans=spans, **self.where()))

    def _place_fold(self, folding: Folding, inside: list[Block]) -> None:
        # a heading that was opened twice over the same fold has the first one within it
        said = [block for block in inside if isinstance(block, Paragraph | Heading | Fold)]
        if words := joined(spans_of(block) for block in said):
            folding.head = len(self.blocks)
            self.place(Fold(spans=words, is_open=folding.is_open, **self.where()))
        for block in inside:
            if not isinstance(block, Paragraph | Heading | Fold):
                self.place(block)

    def _close_fold(self, folding: Folding) -> None:
        at = folding.head
        if at is not None and at < len(self.blocks) and isinstance(head := self.blocks[at], Fold):
            self.blocks[at] = replace(head, size=len(self.blocks) - at - 1)

    def _name_shown(self, start: int) -> None:
        match self.blocks[start:]:
            case [Paragraph(spans=[Span(text=text, href=str(href))]) as shown] if text == href:
                words, url = embedded(href, "", self.base) or (text, href)
                self.blocks[start] = replace(shown, spans=(Span(f"▶ {words}", frozenset({Style.LINK}), url),))

    def _close_note(self, start: int, back: str | None) -> None:
        if back and len(self.blocks) > start and isinstance(last := self.blocks[-1], Paragraph):
            way = (Span(" "), Span("↩", frozenset({Style.LINK}), back))
            self.blocks[-1] = replace(last, spans=last.spans + way)
