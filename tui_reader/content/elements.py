"""What each element means, by its name."""

from collections.abc import Callable, Mapping

from tui_reader.content.blocks import Image, Rule, Style
from tui_reader.content.embeds import gist_of
from tui_reader.content.frames import Apart, Figure, Folding, Form
from tui_reader.content.hints import language_of, styles_of
from tui_reader.content.lists import Item, List
from tui_reader.content.markup import Start
from tui_reader.content.maths import Formula, bare
from tui_reader.content.page import DASH, HEADINGS
from tui_reader.content.pictures import Picture, Words, picture
from tui_reader.content.preformatted import Preformatted
from tui_reader.content.reading import Reading
from tui_reader.content.tables import Cell, Gathered

STYLES: Mapping[str, Style] = {
    **dict.fromkeys(("b", "strong"), Style.STRONG),
    **dict.fromkeys(("i", "em", "cite", "dfn", "var", "mark"), Style.EMPHASIS),
    **dict.fromkeys(("code", "kbd", "samp", "tt"), Style.CODE),
    **dict.fromkeys(("s", "strike", "del"), Style.STRUCK),
    "sup": Style.SUPERSCRIPT,
    "sub": Style.SUBSCRIPT,
}
"""Elements that are styles of running text."""

_LONGEST_TITLE = 200


def _a(here: Reading, tag: Start) -> None:
    here.page.href = here.link(tag)


def _abbr(here: Reading, tag: Start) -> None:
    here.titles.append(tag.get("title").strip())


def _blockquote(here: Reading, tag: Start) -> None:
    if here.page.open(tag.name):
        here.page.quote += 1


def _br(here: Reading, _: Start) -> None:
    here.page.end_line()


def _caption(here: Reading, tag: Start) -> None:
    open_caption(here, tag, Figure if tag.name == "figcaption" else Gathered)


def open_caption(here: Reading, tag: Start, of: type[Figure] | type[Gathered]) -> None:
    """The words of a figure or a table."""
    here.page.flush()
    if here.page.innermost(of) is not None:
        here.page.open_apart(tag.name)


def _cell(here: Reading, tag: Start) -> None:
    table = here.page.close_cell()
    if table is None:
        here.page.flush()
        return
    cell = Cell.of(tag)
    table.add(cell)
    here.page.open_apart(tag.name, cell)


def _cite(here: Reading, _: Start) -> None:
    here.page.style((Style.EMPHASIS,), 1)
    frames = here.page.frames
    if here.page.run.is_empty and frames and frames[-1].name == "blockquote":
        here.page.lead = DASH


def _dd(here: Reading, tag: Start) -> None:
    _close_term(here)
    if here.page.open(tag.name):
        here.page.indent += 1
        here.page.is_tight = True


def _details(here: Reading, tag: Start) -> None:
    here.page.open(tag.name, Folding(is_open="open" in tag.attributes()))


def _division(here: Reading, tag: Start) -> None:
    here.page.flush()
    if tag.name == "footer" and here.page.frames and here.page.frames[-1].name == "blockquote":
        here.page.lead = DASH
    if tag.source:
        here.language = language_of(tag) or here.language
    if tag.name == "figure" or "wp-caption" in tag.classes():
        here.page.open(tag.name, Figure(len(here.page.blocks)))
    elif here.page.has_open(tag.name):
        here.page.open(tag.name)  # so that its end is not taken for the other's


def _dl(here: Reading, tag: Start) -> None:
    here.page.open(tag.name)  # its end ends the last term


def _dt(here: Reading, tag: Start) -> None:
    _close_term(here)
    if here.page.open(tag.name):
        here.page.style((Style.STRONG,), 1)


def _close_term(here: Reading) -> None:
    here.page.flush()
    if here.page.frames and here.page.frames[-1].name in {"dt", "dd"}:
        here.page.pop()


def _form(here: Reading, tag: Start) -> None:
    if any(isinstance(frame.what, Form) for frame in here.page.frames):
        here.page.flush()  # a form in a form does not exist
    else:
        here.page.open(tag.name, Form(len(here.page.blocks)))


def _heading(here: Reading, tag: Start) -> None:
    page = here.page
    if page.level and page.frames and page.frames[-1].name in HEADINGS:
        page.pop()
    if page.open(tag.name):
        page.level = int(tag.name[1])


def _hr(here: Reading, _: Start) -> None:
    here.page.flush()
    here.page.place(Rule(**here.page.where()))


def _iframe(here: Reading, tag: Start) -> None:
    here.embed(tag.get("src") or tag.get("data-src"), tag.get("title") or tag.get("aria-label"))


def _img(here: Reading, tag: Start) -> None:
    match picture(tag.attributes(), here.base):
        case Words(text, is_formula=True):
            here.formula(bare(text))
        case Words(text):
            here.page.add(text)
        case Picture(src, alt):
            here.page.flush()
            here.page.place(Image(alt=alt, src=src, href=here.page.href, **here.page.where()))


def _input(here: Reading, tag: Start) -> None:
    if tag.get("type").lower() == "checkbox" and here.page.marker:
        here.page.marker = "☑" if "checked" in tag.attributes() else "☐"


def _list(here: Reading, tag: Start) -> None:
    if here.page.open(tag.name, List.of(tag, is_nested=here.page.indent > 0)):
        here.page.indent += 1
        here.page.item = None


def _li(here: Reading, tag: Start) -> None:
    page = here.page
    page.flush()
    if page.innermost(List) is None:
        _list(here, Start("ul"))
    if page.innermost(List) is None:
        return  # too deep for another list
    for at in range(len(page.frames) - 1, -1, -1):
        what = page.frames[at].what
        if isinstance(what, List):
            while len(page.frames) > at + 1:
                page.pop()
            item = Item(what)
            if page.open(tag.name, item):
                page.item = item
            page.marker = what.next_marker(tag)
            page.is_tight = what.is_nested or bool(what.heads)
            return


def _math(here: Reading, tag: Start) -> None:
    here.taker = Formula(tag)


def _media(here: Reading, tag: Start) -> None:
    here.film = (tag.get("src"), tag.get("title") or tag.get("aria-label"))
    here.hide(tag.name)


def _p(here: Reading, tag: Start) -> None:
    here.page.flush()
    if tag.source and "wp-caption-text" in tag.classes():
        open_caption(here, tag, Figure)


def _preformatted(here: Reading, tag: Start) -> None:
    here.page.flush()
    here.taker = Preformatted(tag, here.language)
    here.language = ""


def _q(here: Reading, _: Start) -> None:
    here.page.add("‘" if here.quotes % 2 else "“")
    here.quotes += 1


def _rt(here: Reading, _: Start) -> None:
    here.page.add("(")


def _row(here: Reading, tag: Start) -> None:
    here.page.flush()
    table = here.page.close_cell()
    if table is not None:
        table.begin(tag.name)


def _script(here: Reading, tag: Start) -> None:
    if "math/tex" in tag.get("type").lower():
        here.taker = Formula(tag)
    elif page := gist_of(tag.get("src"), here.base) if "gist" in tag.source else None:
        here.embed(page, "")


def _span(here: Reading, tag: Start) -> None:
    styles = styles_of(tag)
    here.spans.append(styles)
    here.page.style(styles, 1)


def _summary(here: Reading, tag: Start) -> None:
    folding = here.page.innermost(Folding)
    if folding is not None and folding.head is None:
        here.page.open_apart(tag.name, over=folding)
    elif here.page.open(tag.name):
        here.page.style((Style.STRONG,), 1)


def _table(here: Reading, tag: Start) -> None:
    here.page.open(tag.name, Gathered.of(tag))


def _end_a(here: Reading, name: str) -> None:
    here.page.href = None
    if here.is_link_raised:
        here.is_link_raised = False
        here.page.style((Style.SUPERSCRIPT,), -1)
    if here.is_card_open and here.page.has_open(name):
        here.page.close(name)
        here.is_card_open = any(
            isinstance(frame.what, Apart) and frame.what.card for frame in here.page.frames
        )


def _end_abbr(here: Reading, _: str) -> None:
    title = here.titles.pop() if here.titles else ""
    if title and len(title) <= _LONGEST_TITLE and title not in here.told_titles:
        here.told_titles.add(title)
        here.page.add(f" ({title})")


def _end_q(here: Reading, _: str) -> None:
    here.quotes = max(0, here.quotes - 1)
    here.page.add("’" if here.quotes % 2 else "”")


def _end_rt(here: Reading, _: str) -> None:
    here.page.add(")")


def _end_span(here: Reading, _: str) -> None:
    if here.spans:
        here.page.style(here.spans.pop(), -1)


STARTS: Mapping[str, Callable[[Reading, Start], None]] = {
    **dict.fromkeys(HEADINGS, _heading),
    **dict.fromkeys(("div", "figure", "section", "article", "aside", "header", "footer"), _division),
    **dict.fromkeys(("ul", "ol", "menu", "dir"), _list),
    **dict.fromkeys(("tr", "thead", "tbody", "tfoot"), _row),
    "a": _a,
    "abbr": _abbr,
    "acronym": _abbr,
    "audio": _media,
    "blockquote": _blockquote,
    "br": _br,
    "caption": _caption,
    "cite": _cite,
    "dd": _dd,
    "details": _details,
    "dl": _dl,
    "dt": _dt,
    "embed": _iframe,
    "figcaption": _caption,
    "form": _form,
    "hr": _hr,
    "iframe": _iframe,
    "img": _img,
    "input": _input,
    "li": _li,
    "listing": _preformatted,
    "math": _math,
    "p": _p,
    "pre": _preformatted,
    "q": _q,
    "rt": _rt,
    "script": _script,
    "span": _span,
    "summary": _summary,
    "table": _table,
    "td": _cell,
    "th": _cell,
    "video": _media,
    "xmp": _preformatted,
}
"""What opens an element does."""

ENDS: Mapping[str, Callable[[Reading, str], None]] = {
    "a": _end_a,
    "abbr": _end_abbr,
    "acronym": _end_abbr,
    "q": _end_q,
    "rt": _end_rt,
    "span": _end_span,
}
"""What closes an element does, where it is not a block."""
