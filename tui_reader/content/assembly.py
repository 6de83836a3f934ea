"""Assembles readable blocks from tags as they come; with no tree, so that neither depth nor disorder harm."""

import re
from collections.abc import Callable
from typing import ClassVar

from tui_reader.content.blocks import Code, Document, Image, Paragraph, Rule, Style, links_in
from tui_reader.content.hints import classes_of, is_hidden, language_of, styles_of, undoes_bold
from tui_reader.content.links import absolute, file_name, is_in_page
from tui_reader.content.lists import Item, List
from tui_reader.content.marks import NO_STYLE
from tui_reader.content.markup import BLOCK_TAGS, VOID_TAGS, Start, tokens
from tui_reader.content.page import HEADINGS, Figure, Form, Page
from tui_reader.content.pictures import Picture, embedded, picture
from tui_reader.content.preformatted import Preformatted
from tui_reader.content.spans import Convert
from tui_reader.content.tables import Cell, Gathered

_STYLES = {
    **dict.fromkeys(("b", "strong"), Style.STRONG),
    **dict.fromkeys(("i", "em", "cite", "dfn", "var", "mark"), Style.EMPHASIS),
    **dict.fromkeys(("code", "kbd", "samp", "tt"), Style.CODE),
    **dict.fromkeys(("s", "strike", "del"), Style.STRUCK),
    "sup": Style.SUPERSCRIPT,
    "sub": Style.SUBSCRIPT,
}
_CLOSING_WORDS = {"q": "”", "rt": ")"}
_COMMENT = re.compile(r"#(?:comment-|c)\d+$")


class Assembler:
    """Reads one body.

    Args:
        base_url: Where it stands; relative addresses start there.
        convert: The converter that all running text goes through.
    """

    def __init__(self, base_url: str, convert: Convert) -> None:
        self.base = base_url
        self.page = Page(convert)
        self._spans: list[tuple[Style, ...]] = []
        self._pre: Preformatted | None = None
        self._language = ""
        self._hidden = ""
        self._hidden_depth = 0
        self._film: tuple[str, str] | None = None

    def read(self, html: str) -> Document:
        """The whole of it as a document."""
        for token in tokens(html):
            if isinstance(token, str):
                self._text(token)
            elif isinstance(token, Start):
                self._start(token)
            else:
                self._end(token.name)
        self._unhide()
        self._end_pre()
        self.page.finish()
        return Document(tuple(self.page.blocks), links_in(self.page.blocks))

    def _text(self, text: str) -> None:
        if self._hidden:
            return
        if self._pre is not None:
            self._pre.add(text)
        else:
            self.page.add(text)

    def _start(self, tag: Start) -> None:
        name = tag.name
        if self._hidden:
            if name == self._hidden and name not in VOID_TAGS:
                self._hidden_depth += 1
            elif name == "source" and self._film is not None and not self._film[0]:
                self._film = (tag.attributes().get("src", ""), self._film[1])
        elif is_hidden(tag):
            self._hide(name)
        elif self._pre is not None:
            self._pre.start(tag)
        elif style := _STYLES.get(name):
            if style is not Style.STRONG or not undoes_bold(tag):
                self.page.style((style,), 1)
        elif handler := self._STARTS.get(name):
            handler(self, tag)
        elif name in BLOCK_TAGS:
            self.page.flush()

    def _end(self, name: str) -> None:
        if self._hidden:
            if name == self._hidden:
                self._hidden_depth -= 1
                if not self._hidden_depth:
                    self._unhide()
        elif self._pre is not None:
            if name in {"pre", "listing"}:
                self._end_pre()
            else:
                self._pre.end(name)
        elif style := _STYLES.get(name):
            self.page.style((style,), -1)
        elif name == "a":
            self.page.href = None
        elif name == "span":
            if self._spans:
                self.page.style(self._spans.pop(), -1)
        elif name in _CLOSING_WORDS:
            self.page.add(_CLOSING_WORDS[name])
        elif name in BLOCK_TAGS:
            self.page.close(name)

    def _hide(self, name: str) -> None:
        if name not in VOID_TAGS:
            self._hidden, self._hidden_depth = name, 1

    def _unhide(self) -> None:
        self._hidden, self._hidden_depth = "", 0
        if self._film is not None:
            (source, title), self._film = self._film, None
            self._embed(source, title or file_name(source))

    def _end_pre(self) -> None:
        if self._pre is None:
            return
        pre, self._pre = self._pre, None
        if pre.is_verse:
            for stanza in pre.stanzas():
                self.page.run.add_lines(stanza)
                self.page.place(Paragraph(spans=self.page.run.take(), **self.page.where()))
        elif text := pre.text():
            self.page.place(Code(text=text, language=pre.language, **self.page.where()))

    def _embed(self, source: str, title: str) -> None:
        found = embedded(source, title, self.base)
        if found:
            words, url = found
            self.page.flush()
            self.page.run.add(f"▶ {words}", self.page.styles, url)
            self.page.flush()

    # Elements, by name

    def _a(self, tag: Start) -> None:
        href = absolute(tag.attributes().get("href", ""), self.base)
        # A place in the same page leads nowhere from here, but for another comment.
        self.page.href = None if href and is_in_page(href, self.base) and not _COMMENT.search(href) else href

    def _blockquote(self, tag: Start) -> None:
        if self.page.open(tag.name):
            self.page.quote += 1

    def _caption(self, tag: Start) -> None:
        self._open_caption(tag, Figure if tag.name == "figcaption" else Gathered)

    def _open_caption(self, tag: Start, of: type[Figure] | type[Gathered]) -> None:
        self.page.flush()
        if self.page.innermost(of) is not None:
            self.page.open_apart(tag.name)

    def _cell(self, tag: Start) -> None:
        table = self.page.close_cell()
        if table is None:
            self.page.flush()
            return
        cell = Cell.of(tag)
        table.add(cell)
        self.page.open_apart(tag.name, cell)

    def _dd(self, tag: Start) -> None:
        self._close_term()
        if self.page.open(tag.name):
            self.page.indent += 1
            self.page.is_tight = True

    def _div(self, tag: Start) -> None:
        self.page.flush()
        self._language = language_of(tag) or self._language
        if tag.name == "figure" or "wp-caption" in classes_of(tag):
            self.page.open(tag.name, Figure(len(self.page.blocks)))
        elif any(frame.name == tag.name for frame in self.page.frames):
            self.page.open(tag.name)  # so that its end is not taken for the other's

    def _dl(self, tag: Start) -> None:
        self.page.open(tag.name)  # its end ends the last term

    def _dt(self, tag: Start) -> None:
        self._close_term()
        if self.page.open(tag.name):
            self.page.style((Style.STRONG,), 1)

    def _close_term(self) -> None:
        self.page.flush()
        if self.page.frames and self.page.frames[-1].name in {"dt", "dd"}:
            self.page.pop()

    def _form(self, tag: Start) -> None:
        if any(isinstance(frame.what, Form) for frame in self.page.frames):
            self.page.flush()  # a form in a form does not exist
        else:
            self.page.open(tag.name, Form(len(self.page.blocks)))

    def _heading(self, tag: Start) -> None:
        if self.page.level and self.page.frames and self.page.frames[-1].name in HEADINGS:
            self.page.pop()
        if self.page.open(tag.name):
            self.page.level = int(tag.name[1])

    def _hr(self, _: Start) -> None:
        self.page.flush()
        self.page.place(Rule(**self.page.where()))

    def _iframe(self, tag: Start) -> None:
        attributes = tag.attributes()
        self._embed(
            attributes.get("src") or attributes.get("data-src") or "",
            attributes.get("title") or attributes.get("aria-label") or "",
        )

    def _img(self, tag: Start) -> None:
        match picture(tag.attributes(), self.base):
            case str() as words:
                self.page.add(words)
            case Picture(src, alt):
                self.page.flush()
                self.page.place(Image(alt=alt, src=src, href=self.page.href, **self.page.where()))

    def _input(self, tag: Start) -> None:
        attributes = tag.attributes()
        if attributes.get("type", "").lower() == "checkbox" and self.page.marker:
            self.page.marker = "☑" if "checked" in attributes else "☐"

    def _br(self, _: Start) -> None:
        self.page.end_line()

    def _list(self, tag: Start) -> None:
        if self.page.open(tag.name, List.of(tag, is_nested=self.page.indent > 0)):
            self.page.indent += 1
            self.page.item = None

    def _li(self, tag: Start) -> None:
        self.page.flush()
        if self.page.innermost(List) is None:
            self._list(Start("ul"))
        if self.page.innermost(List) is None:
            return  # too deep for another list
        for at in range(len(self.page.frames) - 1, -1, -1):
            what = self.page.frames[at].what
            if isinstance(what, List):
                while len(self.page.frames) > at + 1:
                    self.page.pop()
                item = Item(what)
                if self.page.open(tag.name, item):
                    self.page.item = item
                self.page.marker = what.next_marker(tag)
                self.page.is_tight = what.is_nested or bool(what.heads)
                return

    def _media(self, tag: Start) -> None:
        attributes = tag.attributes()
        self._film = (
            attributes.get("src", ""),
            attributes.get("title") or attributes.get("aria-label") or "",
        )
        self._hide(tag.name)

    def _p(self, tag: Start) -> None:
        self.page.flush()
        if "wp-caption-text" in classes_of(tag):
            self._open_caption(tag, Figure)

    def _preformatted(self, tag: Start) -> None:
        self.page.flush()
        self._pre = Preformatted(tag, self._language)
        self._language = ""

    def _q(self, _: Start) -> None:
        self.page.add("“")

    def _rt(self, _: Start) -> None:
        self.page.add("(")

    def _row(self, tag: Start) -> None:
        self.page.flush()
        table = self.page.close_cell()
        if table is not None:
            table.begin(tag.name)

    def _span(self, tag: Start) -> None:
        styles = styles_of(tag)
        self._spans.append(styles)
        self.page.style(styles, 1)

    def _summary(self, tag: Start) -> None:
        if self.page.open(tag.name):
            self.page.style((Style.STRONG,), 1)
            self.page.run.add("▸ ", NO_STYLE, None)

    def _table(self, tag: Start) -> None:
        self.page.open(tag.name, Gathered.of(tag))

    _STARTS: ClassVar[dict[str, Callable[["Assembler", Start], None]]] = {
        **dict.fromkeys(HEADINGS, _heading),
        "a": _a,
        "blockquote": _blockquote,
        "br": _br,
        "figcaption": _caption,
        "caption": _caption,
        "td": _cell,
        "th": _cell,
        "dd": _dd,
        "dl": _dl,
        "dt": _dt,
        "div": _div,
        "figure": _div,
        "form": _form,
        "hr": _hr,
        "iframe": _iframe,
        "embed": _iframe,
        "img": _img,
        "input": _input,
        "ul": _list,
        "ol": _list,
        "menu": _list,
        "dir": _list,
        "li": _li,
        "video": _media,
        "audio": _media,
        "p": _p,
        "pre": _preformatted,
        "listing": _preformatted,
        "q": _q,
        "rt": _rt,
        "tr": _row,
        "thead": _row,
        "tbody": _row,
        "tfoot": _row,
        "span": _span,
        "summary": _summary,
        "table": _table,
    }
