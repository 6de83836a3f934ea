"""Gathers running text into spans: white space folded as browsers do, bare addresses made into links."""

import re
from collections.abc import Iterable, Iterator
from itertools import groupby
from operator import itemgetter

from tui_reader.content.blocks import Span, Style
from tui_reader.content.clean import clean
from tui_reader.content.links import absolute

NO_STYLE: frozenset[Style] = frozenset()

_SPACE = re.compile(r"[ \t\n\r\f]+")
_BARE_ADDRESS = re.compile(r"https?://[^\s<>\"“”«»]+", re.IGNORECASE)
# What ends a sentence or a quotation around an address rather than the address.
_TRAILING = ".,;:!?'’*_"
_CLOSING = {")": "(", "]": "[", "}": "{"}
# Text of nothing but these shows nothing.
_BLANK = re.compile(r"[\s\u200c\u200d\u200e\u200f\u2800\u3164]*")

_Part = tuple[str, frozenset[Style], str | None]


class Run:
    """The text of one paragraph as it grows."""

    def __init__(self) -> None:
        self._parts: list[_Part] = []
        self._last = "\n"

    def add(self, text: str, styles: frozenset[Style], href: str | None) -> None:
        """Goes on with foreign text; it is cleaned here, after every entity has been resolved."""
        text = clean(text)
        if href is None and "://" in text and Style.CODE not in styles:
            for piece, link in _with_addresses(text):
                self._put(piece, styles, link)
        else:
            self._put(text, styles, href)

    def _put(self, text: str, styles: frozenset[Style], href: str | None) -> None:
        text = _SPACE.sub(" ", text)
        if self._last in " \n":
            text = text.removeprefix(" ")
        if text:
            self._parts.append((text, styles | {Style.LINK} if href else styles, href))
            self._last = text[-1]

    def end_line(self) -> bool:
        """Ends the line; False when it had ended already: two line ends make a paragraph."""
        if self._last == "\n":
            return not self._parts
        self._parts.append(("\n", NO_STYLE, None))
        self._last = "\n"
        return True

    def take(self) -> tuple[Span, ...]:
        """What was gathered, and begins anew; empty when it would show nothing."""
        if not self._parts:
            return ()
        parts, self._parts, self._last = self._parts, [], "\n"
        first, end = 0, len(parts)
        while first < end and _BLANK.fullmatch(parts[end - 1][0]):
            end -= 1
        while first < end and _BLANK.fullmatch(parts[first][0]):
            first += 1
        if first == end:
            return ()
        parts = parts[first:end]
        parts[0] = (parts[0][0].lstrip(), *parts[0][1:])
        parts[-1] = (parts[-1][0].rstrip(), *parts[-1][1:])
        return tuple(_spans(parts))


def joined(runs: Iterable[tuple[Span, ...]]) -> tuple[Span, ...]:
    """Several paragraphs as one line, for a cell or a caption."""
    spans: list[Span] = []
    for run in runs:
        if spans and run:
            spans.append(Span(" "))
        spans.extend(
            Span(span.text.replace("\n", " "), span.styles, span.href) if "\n" in span.text else span
            for span in run
        )
    return tuple(spans)


def _spans(parts: list[_Part]) -> Iterator[Span]:
    for at in range(1, len(parts)):
        # White space before a line end shows nothing, and spoils a right margin.
        if parts[at][0] == "\n" and parts[at - 1][0].endswith(" "):
            parts[at - 1] = (parts[at - 1][0].rstrip(" "), *parts[at - 1][1:])
    for (styles, href), same in groupby(parts, key=itemgetter(1, 2)):
        text = "".join([part[0] for part in same])
        if text:
            yield Span(text, styles, href)


def _with_addresses(text: str) -> Iterator[tuple[str, str | None]]:
    done = 0
    for match in _BARE_ADDRESS.finditer(text):
        address = _trimmed(match[0])
        href = absolute(address, "")
        if href is None:
            continue
        if match.start() > done:
            yield text[done : match.start()], None
        yield address, href
        done = match.start() + len(address)
    if done < len(text):
        yield text[done:], None


def _trimmed(address: str) -> str:
    end = len(address)
    counts = {mark: address.count(mark) for mark in "()[]{}"}
    while end:
        last = address[end - 1]
        if last in _CLOSING and counts[last] > counts[_CLOSING[last]]:
            counts[last] -= 1
        elif last not in _TRAILING:
            break
        end -= 1
    return address[:end]
