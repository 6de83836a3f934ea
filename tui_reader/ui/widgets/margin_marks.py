"""Marks in the margin of a post beside the sentences that comments quote; pure."""

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from tui_reader.language import ngettext
from tui_reader.ui.manner import manner
from tui_reader.ui.widgets.hits import occurrences
from tui_reader.ui.widgets.pieces import SILENT, Line, Piece

if TYPE_CHECKING:
    from tui_reader.content.citing import Sentence

MARK = "▪"
"""Of a comment, as in the list of what was found."""

# between the words of a sentence may stand the raised numbers of links
_BETWEEN = r"[\W⁰¹²³⁴⁵⁶⁷⁸⁹]*"


def line_of(sentence: "Sentence", lines: Sequence[Line]) -> int:
    """On which of a block's lines a sentence begins; the first with words where it is not found."""
    pattern = re.compile(_BETWEEN.join(map(re.escape, sentence.opening)))
    found = next(occurrences(lines, pattern), None)
    if found is not None:
        return found[0][0]
    return next((at for at, line in enumerate(lines) if line), 0)


def _with_words(lines: Sequence[Line], margin: int, here: Mapping[int, int]) -> list[Line]:
    """For those who hear their screen: a line before each that is marked."""
    told: list[Line] = []
    for at, line in enumerate(lines):
        if count := here.get(at):
            words = ngettext("Quoted by {count} comment:", "Quoted by {count} comments:", count)
            told.append((Piece(" " * margin, f"text {SILENT}"), Piece(words.format(count=count), "dim")))
        told.append(line)
    return told


def with_marks(
    lines: Sequence[Line],
    margin: int,
    sentences: "Iterable[Sentence]",
    counts: "Mapping[Sentence, int]",
    current: "Sentence | None",
) -> list[Line]:
    """A block's lines, set in by the margin, with a mark and a count where quoted sentences begin."""
    here: dict[int, int] = {}
    standing_out = -1
    for sentence in sentences:
        at = line_of(sentence, lines)
        here[at] = here.get(at, 0) + counts[sentence]
        if sentence == current:
            standing_out = at
    if manner().is_linear:
        return _with_words(lines, margin, here)
    marked = list(lines)
    for at, count in here.items():
        told = MARK if margin < 3 else f"{MARK}{count if count < 10 else '+'}"
        role = "hit-now" if at == standing_out else "count"
        after = " " if margin >= 3 else ""
        before = " " * (margin - len(told) - len(after))
        pieces = (Piece(before), Piece(told, role), Piece(after), *lines[at][1:])
        silent = (piece._replace(role=f"{piece.role} {SILENT}") for piece in pieces[:3] if piece.text)
        marked[at] = (*silent, *pieces[3:])
    return marked
