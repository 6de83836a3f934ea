"""Keeps the lines of ``<pre>`` as they are, whatever a highlighter has put between them."""

import re

from tui_reader.content.clean import clean
from tui_reader.content.hints import language_of
from tui_reader.content.markup import BLOCK_TAGS, Start

_TAB = 4
_EMPTY_LINES = re.compile(r"\n{2,}")


class Preformatted:
    """The text of one ``<pre>`` as it grows.

    Args:
        tag: The tag that opened it.
        language: What an element around it said of the language.
    """

    def __init__(self, tag: Start, language: str = "") -> None:
        self.language = language_of(tag) or language
        self.is_verse = "wp-block-verse" in tag.classes() or tag.classes() == ["text"]
        self._name = tag.name
        self._depth = 1
        self._parts: list[str] = []
        self._ends_line = True

    def add(self, text: str) -> None:
        """Goes on with text."""
        if text:
            self._parts.append(text)
            self._ends_line = text.endswith("\n")

    def start(self, tag: Start) -> None:
        """A tag inside: only those that begin a line matter, and the one that names the language."""
        if tag.name == "br":
            self.add("\n")
        elif tag.name in BLOCK_TAGS:
            self._break()
            # a <pre> in a <pre> does not exist: the inner one closes both
            if tag.name == self._name and tag.name != "pre":
                self._depth += 1
        elif tag.name == "code" and not self.language:
            self.language = language_of(tag)
        elif tag.name == "img":
            self.add(tag.attributes().get("alt", ""))

    def end(self, name: str) -> bool:
        """A tag that closes; True when it is the end."""
        if name == self._name:
            self._depth -= 1
            if not self._depth:
                return True
        if name in BLOCK_TAGS and name != "br":
            self._break()
        return False

    def text(self) -> str:
        """Its lines, without empty ones around them and with tabs laid out."""
        lines = [line.expandtabs(_TAB).rstrip() for line in clean("".join(self._parts)).split("\n")]
        while lines and not lines[-1]:
            lines.pop()
        while lines and not lines[0]:
            lines.pop(0)
        return "\n".join(lines)

    def stanzas(self) -> list[str]:
        """Its text in the parts that empty lines make: for verse, which is no code."""
        return [part for part in _EMPTY_LINES.split(self.text()) if part]

    def _break(self) -> None:
        if not self._ends_line:
            self.add("\n")


class Listing(Preformatted):
    """Lines of code in the rows of a table: what stands between the cells is no code."""

    def __init__(self, tag: Start, language: str = "") -> None:
        super().__init__(tag, language)
        self._is_in_cell = False

    def add(self, text: str) -> None:
        """Goes on with text of a cell; white space between cells is none of it."""
        if self._is_in_cell or not text.isspace():
            super().add(text.strip("\r\n"))

    def start(self, tag: Start) -> None:
        """A row, a cell or what a highlighter put into it."""
        if tag.name in {"td", "th"}:
            self._is_in_cell = True
        elif tag.name == "tr":
            self._is_in_cell = False
        else:
            super().start(tag)

    def end(self, name: str) -> bool:
        """A row ends a line, even an empty one."""
        if name in {"td", "th"}:
            self._is_in_cell = False
        elif name == "tr":
            super().add("\n")
        else:
            return super().end(name)
        return False
