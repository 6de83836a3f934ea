"""Assembles readable blocks from tags as they come; with no tree, so that neither depth nor disorder harm."""

from functools import lru_cache

from tui_reader.content.blocks import Document, Style, links_in
from tui_reader.content.elements import ENDS, STARTS, STYLES
from tui_reader.content.furniture import without_ends
from tui_reader.content.hints import is_hidden, is_line_number, undoes_bold
from tui_reader.content.markup import BLOCK_TAGS, Start, tokens
from tui_reader.content.maths import Formula
from tui_reader.content.platforms import may_open, opens
from tui_reader.content.reading import Reading
from tui_reader.content.spans import Convert

_PLAIN, _HIDDEN, _SPECIAL = range(3)
_REMEMBERED = 300
"""Characters of attributes up to which it is remembered what they say."""


class Assembler:
    """Reads one body.

    Args:
        base_url: Where it stands; relative addresses start there.
        convert: The converter that all running text goes through.
    """

    def __init__(self, base_url: str, convert: Convert) -> None:
        self.base = base_url
        self._convert = convert

    def read(self, html: str) -> Document:
        """The whole of it as a document."""
        here = Reading(self.base, self._convert, html)
        for token in tokens(html):
            if isinstance(token, str):
                if not here.hidden:
                    (here.taker or here.page).add(token)
            elif isinstance(token, Start):
                _start(here, token)
            else:
                _end(here, token.name)
        here.unhide()
        here.end_taker()
        here.page.finish()
        blocks = here.page.blocks
        del blocks[without_ends(blocks, self.base) :]
        places = {url: at for url, at in here.places().items() if at < len(blocks)}
        return Document(tuple(blocks), links_in(blocks, places), places)


def _start(here: Reading, tag: Start) -> None:
    name = tag.name
    if here.hidden:
        here.start_hidden(tag)
        return
    if isinstance(here.taker, Formula):
        here.taker.start(tag)
        return
    if tag.source:
        says = _says(name, tag.source) if len(tag.source) <= _REMEMBERED else _told(tag)
        if says == _HIDDEN:
            here.hide(name)
            return
        if here.taker is not None:
            if is_line_number(tag):
                here.hide(name)
            else:
                here.taker.start(tag)
            return
        if here.has_names:
            if name in BLOCK_TAGS:
                here.page.flush()
            here.name(tag)
        if says == _SPECIAL and opens(here, tag):
            return
    elif is_hidden(tag):
        here.hide(name)
        return
    elif here.taker is not None:
        here.taker.start(tag)
        return
    if name != "cite" and (style := STYLES.get(name)):
        if style is not Style.STRONG or not undoes_bold(tag):
            here.page.style((style,), 1)
    elif handler := STARTS.get(name):
        handler(here, tag)
    elif name in BLOCK_TAGS:
        here.page.flush()


def _told(tag: Start) -> int:
    """What the attributes of a tag say: that it is hidden, that a class may tell what it is, or neither."""
    if is_hidden(tag):
        return _HIDDEN
    return _SPECIAL if may_open(tag) else _PLAIN


@lru_cache(maxsize=1024)
def _says(name: str, source: str) -> int:
    # most tags of a post are like one before, and attributes cost time to read
    return _told(Start(name, source))


def _end(here: Reading, name: str) -> None:
    if here.hidden:
        here.end_hidden(name)
    elif here.taker is not None:
        if here.taker.end(name):
            here.end_taker()
    elif style := STYLES.get(name):
        here.page.style((style,), -1)
    elif handler := ENDS.get(name):
        handler(here, name)
    elif name in BLOCK_TAGS:
        here.page.close(name)
