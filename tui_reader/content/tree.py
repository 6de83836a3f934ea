"""The one door to the HTML parser: pages become trees, and those made to choke it only in part."""

import re

from selectolax.lexbor import LexborHTMLParser

_TAG = re.compile(r"<(/?)([a-zA-Z][^\s/>]{0,40})")
_HOLD_NOTHING = frozenset(("area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "wbr"))
_CLOSE_THEIR_KIND = frozenset(
    ("html", "head", "body", "p", "li", "dt", "dd", "option", "tr", "tbody", "thead")
)
_NEVER_DEEP = _HOLD_NOTHING | _CLOSE_THEIR_KIND
_FORMATTING = frozenset(
    ("a", "b", "big", "code", "em", "font", "i", "s", "small", "strike", "strong", "tt", "u")
)
_CELLS = frozenset(("td", "th"))
_END_CELLS = frozenset(("td", "th", "tr", "table"))
_WALLS = frozenset(("table", "td", "th", "caption", "template", "object", "applet", "marquee", "svg", "math"))
_REACH = 64

# Lexbor looks through all open elements at nearly every tag, opens each formatting element that was not
# closed anew in each block, and compares each attribute with all before it: 60 kB can take it 15 seconds
# and a gigabyte. Honest pages need a hundredth of these budgets.
_MAX_LOOKS = 100_000_000
_MAX_REOPENED = 1_000_000
_LONG_TAG = 20_000
_MAX_ATTRIBUTE_MARKS = 40_000
_ATTRIBUTE_MARK = re.compile(r"[\s/=]")


def tree_of(html: str) -> LexborHTMLParser:
    """The page as a browser sees it; what follows where it becomes too costly to parse is left out."""
    return LexborHTMLParser(html[: _honest_length(html)])


def _honest_length(html: str) -> int:
    """How much of the page can be parsed within the budgets; errs on the side of too little."""
    here = _Open()
    looks = reopened = last = 0
    for tag in _TAG.finditer(html):
        if _has_too_many_attributes(html, last, tag.start()):
            return last
        last = tag.start()
        name = tag[2].lower()
        if tag[1]:
            here.end(name)
            continue
        looks += len(here.tags)
        reopened += here.formatting
        if looks > _MAX_LOOKS or reopened > _MAX_REOPENED:
            return last
        here.start(name)
    return last if _has_too_many_attributes(html, last, len(html)) else len(html)


class _Open:
    """Which elements are open, much as the parser has it and never fewer."""

    def __init__(self) -> None:
        self.tags: list[str] = []
        self.formatting = 0
        self._tables = 0

    def start(self, name: str) -> None:
        if name in _NEVER_DEEP and name != "tr":
            return
        if name in _END_CELLS and name != "table":
            if not self._tables:
                return  # outside a table the parser leaves these tags out
            self._close(_CELLS)
        if name != "tr":
            self.tags.append(name)
            self.formatting += name in _FORMATTING
            self._tables += name == "table"

    def end(self, name: str) -> None:
        if name in _END_CELLS and name not in _CELLS:
            self._close(_CELLS)
        if name != "tr":
            self._close({name})

    def _close(self, names: frozenset[str] | set[str]) -> None:
        """Closes the nearest of these; an end tag does nothing when its start is far up or behind a wall."""
        for back in range(1, min(_REACH, len(self.tags)) + 1):
            found = self.tags[-back]
            if found in names:
                closed = self.tags[-back:]
                del self.tags[-back:]
                self.formatting -= sum(tag in _FORMATTING for tag in closed)
                self._tables -= closed.count("table")
                return
            if found in _WALLS:
                return


def _has_too_many_attributes(html: str, start: int, end: int) -> bool:
    if end - start <= _LONG_TAG:
        return False
    tag_end = html.find(">", start, end)
    if 0 <= tag_end - start <= _LONG_TAG:
        return False
    marks = _ATTRIBUTE_MARK.finditer(html, start, end if tag_end < 0 else tag_end)
    return any(number > _MAX_ATTRIBUTE_MARKS for number, _ in enumerate(marks, 1))
