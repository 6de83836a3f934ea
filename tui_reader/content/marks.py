"""Reads converted text into spans, by marks that stand for styles, links and guarded characters in it.

The marks are noncharacters of Unicode, set aside for a program's own use: `clean` takes them out of all
foreign text, so that nobody can forge one, and nobody's private-use letters or icons need go.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import groupby
from operator import itemgetter

from tui_reader.content.blocks import Span, Style
from tui_reader.content.clean import clean

NO_STYLE: frozenset[Style] = frozenset()

MARKS: dict[Style, str] = {
    style: chr(0xFDD0 + number)
    for number, style in enumerate(style for style in Style if style is not Style.LINK)
}
"""What opens and what closes each style."""

_LINK, _OF = "\ufdd6", "\ufdd7"

# Characters that would not come through unharmed: the two that begin markup, and the spaces that are not
# for folding, which html2text folds with the others.
_GUARDED = "&<\xa0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000"
_GUARDS = {character: chr(0xFDD8 + number) for number, character in enumerate(_GUARDED)}
_BEHIND = {guard: character for character, guard in _GUARDS.items()}
_KEPT_SPACE = "\ufdef"
_EDGE = "\ufdee"

_TO_GUARD = re.compile(f"[{_GUARDED}]")
_TO_UNGUARD = re.compile(f"[{''.join(_BEHIND)}]")
# Begins with a set, since those are found ten times as fast as alternatives.
_MARK = re.compile(f"[{''.join(MARKS.values())}{_LINK}\n](?:[0-9]*{_OF})?")
_LINKED = frozenset({Style.LINK})
_STYLES = {mark: frozenset({style}) for style, mark in MARKS.items()}
# Text of nothing but these shows nothing.
_BLANK = re.compile(r"[\s\u200c\u200d\u200e\u200f\u2800\u3164]*")

_Part = tuple[str, frozenset[Style], str | None]


def guarded(text: str) -> str:
    """Clean text with nothing in it that a converter would take for markup, or fold away."""
    for character in set(_TO_GUARD.findall(text)):
        text = text.replace(character, _GUARDS[character])
    return text


def guarded_line(text: str) -> str:
    """The same for a line of verse, whose every space counts, those at its beginning too."""
    return _EDGE + guarded(text).replace(" ", _KEPT_SPACE)


def link_mark(number: str) -> str:
    """What begins a link to the address of that number, and what ends it: no number."""
    return f"{_LINK}{number}{_OF}"


def spans_of_marked(text: str, addresses: Sequence[str]) -> tuple[Span, ...]:
    """Converted text as spans, cleaned; none when it would show nothing.

    Args:
        text: What the converter made, with marks.
        addresses: Where its links lead, by number.
    """
    text = text.strip()
    if text.isascii() and "\n" not in text:
        return (Span(text),) if text else ()  # no mark is ASCII
    parts = _parts(text, addresses)
    first, end = 0, len(parts)
    while first < end and _BLANK.fullmatch(parts[end - 1][0]):
        end -= 1
    while first < end and _BLANK.fullmatch(parts[first][0]):
        first += 1
    if first == end:
        return ()
    parts[first] = (parts[first][0].lstrip(), *parts[first][1:])
    parts[end - 1] = (parts[end - 1][0].rstrip(), *parts[end - 1][1:])
    return tuple(_spans(parts[first:end]))


def _parts(text: str, addresses: Sequence[str]) -> list[_Part]:
    """The text between the marks, and each line end by itself; white space is folded across marks too."""
    parts: list[_Part] = []
    styles, href, last = NO_STYLE, None, "\n"
    done = 0
    for mark in _MARK.finditer(text):
        start, sign = mark.start(), mark[0]
        if start > done:
            part = _folded(text[done:start], last)
            if part:
                parts.append((part, styles, href))
                last = part[-1]
        done = mark.end()
        if sign in _STYLES:
            styles ^= _STYLES[sign]
        elif sign == "\n":
            # White space before a line end shows nothing, and spoils a right margin.
            if last == " ":
                parts[-1] = (parts[-1][0].rstrip(" "), *parts[-1][1:])
            parts.append(("\n", NO_STYLE, None))
            last = "\n"
        elif number := sign[1:-1]:
            href = addresses[int(number)]
            styles |= _LINKED
        else:
            href = None
            styles -= _LINKED
    if done < len(text) and (part := _folded(text[done:], last)):
        parts.append((part, styles, href))
    return parts


def _folded(part: str, last: str) -> str:
    if last in " \n":
        part = part.lstrip(" ")
    return part if part.isascii() else _TO_UNGUARD.sub(_behind, part)


def _behind(guard: re.Match[str]) -> str:
    return _BEHIND[guard[0]]


def _spans(parts: list[_Part]) -> Iterator[Span]:
    for (styles, href), same in groupby(parts, key=itemgetter(1, 2)):
        # Cleaned once more, now that no tag stands between a letter and its many accents; and should a mark
        # be left, it goes here too.
        text = clean("".join([part[0] for part in same]).replace(_KEPT_SPACE, " "))
        if text:
            yield Span(text, styles, href)
