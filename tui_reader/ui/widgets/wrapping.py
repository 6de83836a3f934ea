"""Breaks text into lines of so many terminal cells: words first, then addresses, then anywhere.

Textual and Rich can do this too, about five times slower; ten thousand comments make that count.
"""

import re
from collections.abc import Iterator, Sequence

from tui_reader.content.line_ends import NEVER_FIRST, NEVER_LAST
from tui_reader.ui.widgets.pieces import Line, Piece, cells, graphemes

# no-break spaces belong to their word: French sets one before ; ! ? and inside « »
_WORD = re.compile(r"[\S\u00a0\u202f\u2007\u2060]+")
_BREAKS_AFTER = frozenset("/?&=-_.,;:#%+")


def breaks(text: str, width: int, first_width: int | None = None) -> list[tuple[int, int]]:
    """Where each line starts and ends; the white space between two lines belongs to neither.

    Args:
        text: One paragraph; a line end in it is kept.
        width: Cells a line may take, at least 1.
        first_width: The same for the first line, where that differs.
    """
    width = max(1, width)
    room = width if first_width is None else max(1, first_width)
    if len(text) <= room and text.isascii() and "\n" not in text:
        return [(len(text) - len(text.lstrip()), len(text.rstrip()))] if text.strip() else []
    lines: list[tuple[int, int]] = []
    base = 0
    for part in text.split("\n"):
        found = _break_part(part, width, room)
        lines.extend((base + start, base + end) for start, end in found or [(0, 0)])
        base += len(part) + 1
        room = width
    while lines and lines[-1][0] == lines[-1][1]:
        lines.pop()
    return lines


def _break_part(text: str, width: int, room: int) -> list[tuple[int, int]]:
    lines: list[tuple[int, int]] = []
    start = end = -1
    used = 0
    for first, last, wide in _atoms(text, width):
        if start < 0:
            start, end, used = first, last, wide
            continue
        gap = first - end
        if used + gap + wide <= room:
            end, used = last, used + gap + wide
            continue
        lines.append((start, end))
        room = width
        start, end, used = first, last, wide
    if start >= 0:
        lines.append((start, end))
    return lines


def _atoms(text: str, width: int) -> Iterator[tuple[int, int, int]]:
    """Start, end and cells of what is not to be broken."""
    if text.isascii():
        for word in _WORD.finditer(text):
            first, last = word.span()
            if last - first <= width:
                yield first, last, last - first
            else:
                yield from _split_long(text, first, last, width)
        return
    for word in _WORD.finditer(text):
        first, last = word.span()
        wide = cells(word[0])
        if wide > last - first:
            yield from _split_wide(text, first, last, width)
        elif wide <= width:
            yield first, last, wide
        else:
            yield from _split_long(text, first, last, width)


def _split_long(text: str, first: int, last: int, width: int) -> Iterator[tuple[int, int, int]]:
    """A word longer than a line: broken after a mark that addresses have, else where the line is full."""
    start, used = first, 0
    chance: tuple[int, int] | None = None
    for a, b, wide in graphemes(text[first:last]):
        if used and used + wide > width:
            # a break in the first half of a line would waste more than it saves
            if chance is not None and chance[1] >= width // 2:
                stop, taken = chance
            else:
                stop, taken = first + a, used
            yield start, stop, taken
            start, used, chance = stop, used - taken, None
        used += wide
        if text[first + b - 1] in _BREAKS_AFTER:
            chance = (first + b, used)
    yield start, last, used


def _split_wide(text: str, first: int, last: int, width: int) -> Iterator[tuple[int, int, int]]:
    """Chinese and Japanese break between any two characters, but for marks that cling to one."""
    start, used = first, 0
    was_wide = False
    for a, b, wide in graphemes(text[first:last]):
        character, before = text[first + a], text[first + a - 1] if a else ""
        may_break = (
            (wide > 1 or was_wide) and character not in NEVER_FIRST and before not in NEVER_LAST
        ) or used + wide > width
        if used and may_break:
            yield start, first + a, used
            start, used = first + a, 0
        used += wide
        was_wide = wide > 1
        del b
    yield start, last, used


def wrap(pieces: Sequence[Piece], width: int, first_width: int | None = None) -> list[Line]:
    """The pieces as lines of at most ``width`` cells, each part keeping its role and address."""
    if len(pieces) == 1:
        text, role, href = pieces[0]
        return [(Piece(text[start:end], role, href),) for start, end in breaks(text, width, first_width)]
    text = "".join(piece.text for piece in pieces)
    lines: list[Line] = []
    number = offset = 0
    for start, end in breaks(text, width, first_width):
        line: list[Piece] = []
        while number < len(pieces):
            piece = pieces[number]
            stop = offset + len(piece.text)
            if stop > start and piece.text:
                cut = piece.text[max(0, start - offset) : end - offset]
                if cut:
                    line.append(piece._replace(text=cut))
            if stop > end:
                break
            offset = stop
            number += 1
        lines.append(tuple(line))
    return lines
