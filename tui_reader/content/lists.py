"""Counts the items of a list, and tells close-set lists from those with paragraphs."""

from collections.abc import MutableSequence
from dataclasses import dataclass, field, replace

from tui_reader.content.blocks import Block, Span
from tui_reader.content.markup import Start

TYPED_BULLETS = "•·●▪‣◦"
"""What people type where an editor has no lists."""

_ROMAN = ((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"))
_ROMAN_UNITS = ((10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))


@dataclass(slots=True)
class List:
    """A list while it is read."""

    is_ordered: bool = False
    is_nested: bool = False
    number: int = 1
    has_start: bool = False
    kind: str = "1"
    counts_down: bool = False
    is_loose: bool = False
    """An item goes on after its first paragraph: the items need air between them."""
    heads: list[int] = field(default_factory=list)
    """Where the items' first blocks are."""

    @classmethod
    def of(cls, tag: Start, *, is_nested: bool) -> "List":
        """A list by its tag."""
        attributes = tag.attributes()
        return cls(
            is_ordered=tag.name == "ol",
            is_nested=is_nested,
            number=number_of(attributes.get("start", ""), 1),
            has_start="start" in attributes,
            kind=attributes.get("type", "1"),
            counts_down="reversed" in attributes,
        )

    def next_marker(self, tag: Start) -> str:
        """What stands before the item that the tag opens."""
        if not self.is_ordered:
            return "•"
        self.number = number_of(tag.attributes().get("value", ""), self.number)
        marker = _numeral(self.number, self.kind)
        self.number += -1 if self.counts_down else 1
        return marker

    def settle(self, blocks: MutableSequence[Block]) -> None:
        """Sets right what only the end of a list can tell: air between items, where counting down begins."""
        heads = [at for at in self.heads if at < len(blocks)]
        if self.is_loose:
            for at in heads:
                blocks[at] = replace(blocks[at], is_tight=False)
        if self.is_ordered and self.counts_down and not self.has_start:
            for number, at in zip(range(len(heads), 0, -1), heads, strict=True):
                blocks[at] = replace(blocks[at], marker=_numeral(number, self.kind))


@dataclass(slots=True)
class Item:
    """One item while it is read."""

    list: List

    def begins_at(self, number: int) -> None:
        """Its first block is the one of this number."""
        self.list.heads.append(number)

    def goes_on(self) -> None:
        """Another paragraph of its own follows."""
        self.list.is_loose = True


def typed_items(spans: tuple[Span, ...]) -> list[tuple[Span, ...]]:
    """The lines of a paragraph whose every line begins with a bullet, without it; none of any other."""
    lines: list[list[Span]] = [[]]
    for span in spans:
        for number, part in enumerate(span.text.split("\n")):
            if number:
                lines.append([])
            if part:
                lines[-1].append(replace(span, text=part))
    items: list[tuple[Span, ...]] = []
    for line in lines:
        first = line[0].text if line else ""
        if len(first) < 2 or first[0] not in TYPED_BULLETS or first[1] not in " \u00a0\t\u2003":
            return []
        rest = first[1:].lstrip()
        item = (*((replace(line[0], text=rest),) if rest else ()), *line[1:])
        if not item:
            return []
        items.append(item)
    return items


def number_of(value: str, otherwise: int) -> int:
    """The number that an attribute gives, if it gives one."""
    value = value.strip()
    digits = value.removeprefix("-")
    return int(value) if digits.isascii() and digits.isdigit() and len(digits) < 8 else otherwise


def _numeral(number: int, kind: str) -> str:
    if kind in {"a", "A"} and 0 < number <= 26:
        return f"{chr(ord(kind) + number - 1)}."
    if kind in {"i", "I"} and 0 < number < 4000:
        numeral = ""
        for worth, letters in (*_ROMAN, *_ROMAN_UNITS):
            times, number = divmod(number, worth)
            numeral += letters * times
        return f"{numeral if kind == 'i' else numeral.upper()}."
    return f"{number}."
