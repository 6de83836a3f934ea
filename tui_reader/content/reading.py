"""How far a body has been read: the page, what is passed over, and what takes in text by itself."""

import re
from typing import Protocol

from tui_reader.content.blocks import Code, Paragraph, Style
from tui_reader.content.clean import clean_line
from tui_reader.content.embeds import embedded, played
from tui_reader.content.links import absolute, fragment_of, is_in_page
from tui_reader.content.markup import VOID_TAGS, Start
from tui_reader.content.maths import Formula
from tui_reader.content.page import Page
from tui_reader.content.preformatted import Preformatted
from tui_reader.content.spans import Convert

# Other comments, and where a beginning goes on, are elsewhere although their address is that of the page.
_ELSEWHERE = re.compile(r"#(?:comment-|c|more-)\d+$")
# only behind white space, at which the address before ends: each letter is looked at once
_LINKED_NAME = re.compile(r"""\shref\s{0,9}=\s{0,9}["']?[^"'\s>#]{0,2000}#([^"'\s>]{1,300})""", re.IGNORECASE)
_NAME = re.compile(r"""[\s"'](?:id|name)\s{0,9}=\s{0,9}["']?([^"'\s>]{1,300})""", re.IGNORECASE)
_NAMED = re.compile(r"\b(?:id|name)\s*=", re.IGNORECASE)
_CODE = frozenset({Style.CODE})


class Taker(Protocol):
    """What takes in all tags and text until it is over: code, a formula."""

    def add(self, text: str) -> None:
        """Goes on with text."""
        ...

    def start(self, tag: Start) -> None:
        """A tag inside."""
        ...

    def end(self, name: str) -> bool:
        """A tag that closes; True when it is over."""
        ...


_LONGEST_SIGN = 16
"""Characters: a flag of an emoji takes more than one."""


class Label:
    """A few characters that stand before a paragraph: the number of a note, the sign of a remark.

    Args:
        name: The tag that they stand in.
        is_number: Whether they are the marker of an item.
    """

    def __init__(self, name: str, *, is_number: bool) -> None:
        self.is_number = is_number
        self._name = name
        self._text = ""

    def add(self, text: str) -> None:
        """Goes on with text."""
        self._text += text

    def start(self, tag: Start) -> None:
        """Nothing inside matters."""

    def end(self, name: str) -> bool:
        """Over when its element is."""
        return name == self._name

    @property
    def words(self) -> str:
        """All that it says, where it is no mere sign: that is text like any other."""
        text = clean_line(self._text)
        is_number = self.is_number and text.isdigit()
        return text if len(text) > _LONGEST_SIGN or (not is_number and any(map(str.isalnum, text))) else ""

    @property
    def marker(self) -> str:
        """What stands before the paragraph."""
        number = clean_line(self._text)
        if not self.is_number:
            return number
        return f"{number}." if number.isascii() and number.isdigit() else "•"


class Reading:
    """One body while it is read.

    Args:
        base_url: Where it stands; relative addresses start there.
        convert: The converter that all running text goes through.
        html: The whole body: what may be linked to in it.
    """

    def __init__(self, base_url: str, convert: Convert, html: str) -> None:
        self.base = base_url
        self.page = Page(convert, absolute(base_url, "") or base_url)
        self.taker: Taker | None = None
        self.language = ""
        self.spans: list[tuple[Style, ...]] = []
        self.quotes = 0
        self.titles: list[str] = []
        self.told_titles: set[str] = set()
        self.links_in_page: dict[str, str] = {}
        """The names that the addresses within the page lead to."""
        self.is_card_open = False
        self.is_link_raised = False
        self.hidden = ""
        self.film: tuple[str, str] | None = None
        self._hidden_depth = 0
        self._names = _names_in(html)
        self.has_names = bool(self._names)

    def hide(self, name: str) -> None:
        """Passes over an element with all that is in it."""
        if name not in VOID_TAGS:
            self.hidden, self._hidden_depth = name, 1

    def start_hidden(self, tag: Start) -> None:
        """A tag in what is passed over."""
        if tag.name == self.hidden and tag.name not in VOID_TAGS:
            self._hidden_depth += 1
        elif tag.name == "source" and self.film is not None and not self.film[0]:
            self.film = (tag.get("src"), self.film[1])

    def end_hidden(self, name: str) -> None:
        """A tag that closes in what is passed over, or closes it."""
        if name == self.hidden:
            self._hidden_depth -= 1
            if not self._hidden_depth:
                self.unhide()

    def unhide(self) -> None:
        """Goes on after what was passed over; a film shows by its name."""
        self.hidden, self._hidden_depth = "", 0
        if self.film is not None:
            (source, title), self.film = self.film, None
            self.embed(source, played(source, title))

    def embed(self, source: str, title: str) -> None:
        """A film, a recording or a page shown within the post, as a titled link."""
        found = embedded(source, title, self.base)
        if found:
            words, url = found
            self.page.flush()
            self.page.run.add(f"▶ {words}", self.page.styles, url)
            self.page.flush()

    def link(self, tag: Start) -> str | None:
        """Where a link leads; a place in the page only when the page has it, or when it is a comment."""
        href = absolute(tag.get("href"), self.base)
        if not href or "#" not in href or not is_in_page(href, self.base):
            return href
        name = fragment_of(href)
        if name in self._names:
            self.links_in_page[href] = name
            return href
        return href if _ELSEWHERE.search(href) else None

    def name(self, tag: Start) -> None:
        """Remembers where the names are that are linked to."""
        if _NAMED.search(tag.source):
            for name in (tag.get("id"), tag.get("name")):
                if name in self._names:
                    self.page.names.append(name)

    def places(self) -> dict[str, int]:
        """The blocks that the links within the page lead to, by their address."""
        found = self.page.places
        return {href: found[name] for href, name in self.links_in_page.items() if name in found}

    def formula(self, source: str, *, is_display: bool = False) -> None:
        """A formula as its source, in a block of its own when it was set so."""
        if not source:
            return
        if is_display:
            self.page.flush()
            self.page.place(Code(text=source, language="tex", **self.page.where()))
        else:
            self.page.run.add(f"${source}$", self.page.styles | _CODE, self.page.href)

    def end_taker(self) -> None:
        """What took in text by itself is over."""
        taker, self.taker = self.taker, None
        match taker:
            case Preformatted():
                self._end_code(taker)
            case Formula():
                self.formula(taker.source(), is_display=taker.is_display)
            case Label():
                if taker.words:
                    self.page.add(f"{taker.words} ")
                elif taker.is_number:
                    self.page.marker = taker.marker
                elif taker.marker:
                    self.page.lead = f"{taker.marker} "

    def _end_code(self, code: Preformatted) -> None:
        if code.is_verse:
            for stanza in code.stanzas():
                self.page.run.add_lines(stanza)
                self.page.place(Paragraph(spans=self.page.run.take(), **self.page.where()))
        elif text := code.text():
            self.page.place(Code(text=text, language=code.language, **self.page.where()))


def _names_in(html: str) -> frozenset[str]:
    """The names in a body that something in it leads to; most bodies have none, and looking is cheap."""
    if "#" not in html:
        return frozenset()
    linked = {fragment_of(f"#{name}") for name in _LINKED_NAME.findall(html)}
    return frozenset(linked.intersection(_NAME.findall(html))) if linked else frozenset()
