"""Where words are found in lines as they are drawn, also across the end of a line; pure."""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence

from tui_reader.ui.widgets.pieces import ASIDE, SILENT, Line

Part = tuple[int, int, int]
"""A stretch of one line: its number, the first character, the character after the last."""


def pattern_of(query: str) -> re.Pattern[str] | None:
    """What finds these words in this order; None for no words.

    A capital in the query asks for capitals, else they make no difference.
    """
    words = query.split()
    if not words:
        return None
    flags = re.NOFLAG if any(character.isupper() for character in query) else re.IGNORECASE
    return re.compile(r"\s+".join(re.escape(word) for word in words), flags)


def occurrences(lines: Sequence[Line], pattern: re.Pattern[str]) -> Iterator[tuple[Part, ...]]:
    """Each hit as the stretches that it covers: two when it goes on in the next line.

    Rails, bars and badges are no text: a hit may stand on both sides of them.
    """
    words: list[str] = []
    starts: list[int] = []
    places: list[tuple[int, int]] = []
    length = 0
    for number, line in enumerate(lines):
        at = 0
        for text, role, _ in line:
            if not role.endswith((SILENT, ASIDE)):
                starts.append(length)
                places.append((number, at))
                words.append(text)
                length += len(text)
            at += len(text)
        # the end of a line is white space; no stretch of it is drawn
        starts.append(length)
        places.append((number, -1))
        words.append(" ")
        length += 1
    for found in pattern.finditer("".join(words)):
        if found.end() > found.start():
            yield tuple(_parts(starts, places, *found.span()))


def _parts(starts: Sequence[int], places: Sequence[tuple[int, int]], start: int, end: int) -> Iterator[Part]:
    piece = bisect_right(starts, start) - 1
    while piece < len(starts) and starts[piece] < end:
        number, at = places[piece]
        if at >= 0:
            after = starts[piece + 1]
            first, last = max(start, starts[piece]), min(end, after)
            if last > first:
                yield number, at + first - starts[piece], at + last - starts[piece]
        piece += 1


def spans_by_line(lines: Sequence[Line], pattern: re.Pattern[str]) -> dict[int, list[tuple[int, int, int]]]:
    """For each line that has hits: first character, the one after the last, and which hit it is."""
    found: dict[int, list[tuple[int, int, int]]] = {}
    for nth, parts in enumerate(occurrences(lines, pattern)):
        for number, first, last in parts:
            found.setdefault(number, []).append((first, last, nth))
    return found
