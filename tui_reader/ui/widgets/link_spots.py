"""Where links stand in drawn lines, and the letters by which they are followed; pure."""

from collections.abc import Iterable, Sequence
from itertools import product
from typing import NamedTuple

from tui_reader.ui.widgets.pieces import SILENT, Line, cells

_LETTERS = "asdfghjklqwertyuiopzxcvbnm"
"""Under the fingers first; a capital of the same letter copies."""
_RAISED = frozenset("⁰¹²³⁴⁵⁶⁷⁸⁹")


class Spot(NamedTuple):
    """One link as it stands in a pane; one that goes on in the next line is one."""

    row: int
    start: int
    """Cells from the left edge."""
    has_room: int
    """Blank cells before it, which its letters may take."""
    words: str
    url: str


def spots(lines: Iterable[Line]) -> list[Spot]:
    """The links of these lines, in reading order."""
    found: list[Spot] = []
    open_url: str | None = None
    for row, line in enumerate(lines):
        at = 0
        before = ""
        is_first = True
        for text, role, href in line:
            if href is not None and href == open_url:
                last = found[-1]
                found[-1] = last._replace(words=f"{last.words} {text}" if is_first else last.words + text)
            elif href is not None:
                blank = len(before) - len(before.rstrip(" "))
                found.append(Spot(row, at, blank, text, href))
            if not role.endswith(SILENT):
                open_url, is_first = href, False
            at += cells(text)
            before += text
    return [spot._replace(words=_without_number(spot.words)) for spot in found]


def words_at(lines: Sequence[Line], row: int, url: str) -> str:
    """The words of the link to an address that stands, at least in part, on this row."""
    found = [spot for spot in spots(lines) if spot.url == url and spot.row <= row]
    return found[-1].words if found else ""


def labels(count: int) -> list[str]:
    """As many different words of letters, none of which begins another."""
    length = 1
    while len(_LETTERS) ** length < count:
        length += 1
    return [
        "".join(letters) for letters, _ in zip(product(_LETTERS, repeat=length), range(count), strict=False)
    ]


def _without_number(words: str) -> str:
    """Without the raised number of its footnote."""
    end = len(words)
    while end and words[end - 1] in _RAISED:
        end -= 1
    return " ".join(words[:end].split())
