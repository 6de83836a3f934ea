"""Writes running text as inline HTML for the converter: balanced, bare addresses made into links."""

import re
from collections.abc import Callable, Iterable, Iterator
from functools import cache

from tui_reader.content.blocks import Span, Style
from tui_reader.content.clean import clean
from tui_reader.content.links import absolute
from tui_reader.content.marks import NO_STYLE, guarded, guarded_line, spans_of_marked

Convert = Callable[[str], str]
"""Makes marked text of one paragraph of inline HTML."""

TAGS: dict[Style, str] = {
    Style.STRONG: "strong",
    Style.EMPHASIS: "em",
    Style.STRUCK: "del",
    Style.CODE: "code",
    Style.SUPERSCRIPT: "sup",
    Style.SUBSCRIPT: "sub",
}
"""The tags that a run is written with, besides ``a`` and ``br``; the outer ones first."""

_WHITE = " \t\n\r\f"
_BARE_ADDRESS = re.compile(r"https?://[^\s<>\"“”«»]+", re.IGNORECASE)
# What ends a sentence or a quotation around an address rather than the address.
_TRAILING = ".,;:!?'’*_"
_CLOSING = {")": "(", "]": "[", "}": "{"}


class Run:
    """The text of one paragraph as it grows.

    Args:
        convert: The converter that all of it goes through.
    """

    def __init__(self, convert: Convert) -> None:
        self._convert = convert
        self._begin()

    def _begin(self) -> None:
        self._html: list[str] = []
        self._open: list[str] = []
        self._styles = NO_STYLE
        self._href: str | None = None
        self._addresses: list[str] = []
        self._is_line_empty = True

    @property
    def is_empty(self) -> bool:
        """Whether nothing has been written since it began."""
        return not self._html

    def add(self, text: str, styles: frozenset[Style], href: str | None) -> None:
        """Goes on with foreign text; it is cleaned here, after every entity has been resolved."""
        text = clean(text)
        if href is None and "://" in text and Style.CODE not in styles:
            for piece, link in _with_addresses(text):
                self._write(piece, styles, link)
        else:
            self._write(text, styles, href)

    def add_lines(self, text: str) -> None:
        """Goes on with clean lines whose every space counts."""
        self._html.append("<br>".join(map(guarded_line, text.split("\n"))))

    def end_line(self) -> bool:
        """Ends the line; False when it had ended already: two line ends make a paragraph."""
        if self._is_line_empty:
            return not self._html
        self._html.append("<br>")
        self._is_line_empty = True
        return True

    def take(self) -> tuple[Span, ...]:
        """What was gathered, converted, and begins anew; empty when it would show nothing."""
        if not self._html:
            return ()
        self._html.extend(f"</{tag}>" for tag in reversed(self._open))
        spans = spans_of_marked(self._convert("".join(self._html)), self._addresses)
        self._begin()
        return spans

    def _write(self, text: str, styles: frozenset[Style], href: str | None) -> None:
        if not text.strip(_WHITE):
            if self._is_line_empty or not text:
                return
        else:
            self._is_line_empty = False
        if href != self._href or styles != self._styles:
            self._switch(styles, href)
        self._html.append(guarded(text))

    def _switch(self, styles: frozenset[Style], href: str | None) -> None:
        """Closes what ends here, and what was opened within it, then opens what is missing."""
        wanted = _tags_of(styles)
        stays = 0
        for tag in self._open:
            if tag not in wanted and (tag != "a" or href is None or href != self._href):
                break
            stays += 1
        self._html.extend(f"</{tag}>" for tag in reversed(self._open[stays:]))
        del self._open[stays:]
        if href is not None and "a" not in self._open:
            # By number: the converter would escape an address, and has no use for it.
            self._html.append(f'<a href="{len(self._addresses)}">')
            self._open.append("a")
            self._addresses.append(href)
        for tag in wanted:
            if tag not in self._open:
                self._html.append(f"<{tag}>")
                self._open.append(tag)
        self._styles, self._href = styles, href


@cache
def _tags_of(styles: frozenset[Style]) -> tuple[str, ...]:
    return tuple(tag for style, tag in TAGS.items() if style in styles)


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
