"""What the systems that people write with mean by their classes: cards, notes, folds, listings, films."""

import re
from collections.abc import Callable, Mapping

from tui_reader.content.blocks import Paragraph, Style
from tui_reader.content.elements import open_caption
from tui_reader.content.embeds import told_in
from tui_reader.content.frames import Figure, Folding, Note, Shown
from tui_reader.content.furniture import is_button
from tui_reader.content.hints import language_of
from tui_reader.content.links import absolute
from tui_reader.content.markup import Start
from tui_reader.content.maths import bare
from tui_reader.content.preformatted import Listing, Preformatted
from tui_reader.content.reading import Label, Reading

_MS_LIST = re.compile(r"mso-list\s*:\s*ignore", re.IGNORECASE)
_MAX_QUOTED = 2_000


def _button(here: Reading, tag: Start) -> bool:
    if not is_button(tag):
        return False
    here.hide(tag.name)
    return True


def _card(here: Reading, tag: Start) -> bool:
    href = (absolute(tag.get("href"), here.base) or "") if tag.name == "a" else ""
    here.page.href = None
    here.page.open_apart(tag.name, card=href)
    here.is_card_open = here.is_card_open or tag.name == "a"
    return True


def _caption(here: Reading, tag: Start) -> bool:
    open_caption(here, tag, Figure)
    return True


def _figure(here: Reading, tag: Start) -> bool:
    here.page.open(tag.name, Figure(len(here.page.blocks)))
    return True


def _plain(here: Reading, tag: Start) -> bool:
    """No more than a box, whatever its element says."""
    here.page.open(tag.name)
    return True


def _fold(here: Reading, tag: Start) -> bool:
    state = tag.get("data-kg-toggle-state")
    here.page.open(tag.name, Folding(is_open=state == "open"))
    return True


def _fold_words(here: Reading, tag: Start) -> bool:
    folding = here.page.innermost(Folding)
    if folding is None or folding.head is not None:
        return False
    here.page.open_apart(tag.name, over=folding)
    return True


def _listing(here: Reading, tag: Start) -> bool:
    here.page.flush()
    here.taker = Preformatted(tag, here.language or language_of(tag))
    here.language = ""
    return True


def _rows(here: Reading, tag: Start) -> bool:
    if tag.name != "table":
        return False
    here.page.flush()
    here.taker = Listing(tag, here.language)
    here.language = ""
    return True


def _note(here: Reading, tag: Start) -> bool:
    if tag.name != "div":
        return False
    here.page.open(tag.name, Note(len(here.page.blocks)))
    return True


def _note_number(here: Reading, tag: Start) -> bool:
    note = here.page.innermost(Note)
    if note is None:
        return False
    note.back = here.link(tag)
    here.page.indent += 1
    here.taker = Label(tag.name, is_number=True)
    return True


def _note_mark(here: Reading, tag: Start) -> bool:
    """The number of a note in the text, which stands high on the page by its class only."""
    if tag.name != "a" or Style.SUPERSCRIPT in here.page.styles:
        return False
    here.page.href = here.link(tag)
    here.is_link_raised = True
    here.page.style((Style.SUPERSCRIPT,), 1)
    return True


def _quotation(here: Reading, tag: Start) -> bool:
    if tag.name == "blockquote" or here.page.quote:
        return False
    if here.page.open(tag.name):
        here.page.quote += 1
    return True


def _tex(here: Reading, tag: Start) -> bool:
    source = told_in(tag.get("data-attrs")).get("persistentExpression", "")
    if not source:
        return False
    here.formula(bare(" ".join(source.split())), is_display=True)
    here.hide(tag.name)
    return True


def _message(here: Reading, tag: Start) -> bool:
    """A message from elsewhere, which a script would draw: who said what, and a link to it."""
    told = told_in(tag.get("data-attrs"))
    words, url = told.get("full_text", ""), absolute(told.get("url", ""), here.base)
    if not words or url is None:
        return False
    page = here.page
    page.flush()
    who = told.get("name") or told.get("username") or ""
    for number, line in enumerate(words[:_MAX_QUOTED].split("\n")):
        if number:
            page.end_line()
        page.run.add(line, page.styles, None)
    page.place(Paragraph(spans=page.run.take(), **page.where(deeper=1)))
    page.run.add(f"— {who}" if who else "—", page.styles, url)
    page.place(Paragraph(spans=page.run.take(), **page.where(deeper=1)))
    here.hide(tag.name)
    return True


def _film(here: Reading, tag: Start) -> bool:
    """A film of which a newsletter's feed keeps the number only."""
    film = told_in(tag.get("data-attrs")).get("videoId", "")
    host = "vimeo.com/" if "vimeo-wrap" in tag.classes() else "www.youtube.com/watch?v="
    if not re.fullmatch(r"[\w-]{6,20}", film):
        return False
    here.embed(f"https://{host}{film}", "")
    here.hide(tag.name)
    return True


def _shown(here: Reading, tag: Start) -> bool:
    """Where WordPress shows what is elsewhere; in many feeds nothing but its address is left."""
    here.page.open(tag.name, Shown(len(here.page.blocks)))
    return True


def _sign(here: Reading, tag: Start) -> bool:
    """The sign before a remark belongs to its line."""
    here.page.flush()
    here.taker = Label(tag.name, is_number=False)
    return True


def _word_item(here: Reading, _: Start) -> bool:
    """A paragraph that a word processor calls an item; its bullet is a letter in another font."""
    here.page.flush()
    here.page.lead = "• "
    return True


CLASSES: Mapping[str, Callable[[Reading, Start], bool]] = {
    # WordPress
    "gallery-item": _figure,
    "gallery-icon": _plain,
    "gallery-caption": _caption,
    "wp-block-embed__wrapper": _shown,
    "wp-block-accordion-item": _fold,
    "wp-block-accordion-heading": _fold_words,
    # Ghost
    "kg-bookmark-container": _card,
    "kg-callout-card": _quotation,
    "kg-callout-emoji": _sign,
    "kg-file-card-container": _card,
    "kg-product-card-container": _card,
    "kg-toggle-card": _fold,
    "kg-toggle-heading": _fold_words,
    # Medium
    "graf--mixtapeEmbed": _card,
    # Substack
    "embedded-post": _card,
    "footnote": _note,
    "footnote-number": _note_number,
    "latex-rendered": _tex,
    "pullquote": _quotation,
    "twitter-embed": _message,
    "tweet": _message,
    "vimeo-wrap": _film,
    "youtube-wrap": _film,
    # notes of all kinds
    "footnote-anchor": _note_mark,
    "footnote-ref": _note_mark,
    "footnote-reference": _note_mark,
    # listings that are no <pre>
    "crayon-pre": _listing,
    "js-file-line-container": _rows,
    "syntaxhighlighter": _listing,
    # word processors
    "MsoListParagraph": _word_item,
    "MsoListParagraphCxSpFirst": _word_item,
    "MsoListParagraphCxSpMiddle": _word_item,
    "MsoListParagraphCxSpLast": _word_item,
}
"""What a class does when its element opens; False leaves the element to its name."""


def may_open(tag: Start) -> bool:
    """Whether its attributes may say what the element is; the same for all tags written alike."""
    source = tag.source
    return "button" in source or "mso-list" in source or any(word in CLASSES for word in tag.classes())


def opens(here: Reading, tag: Start) -> bool:
    """Whether one of its classes said what the element is."""
    if tag.name == "a" and "button" in tag.source and _button(here, tag):
        return True
    if "mso-list" in tag.source and _MS_LIST.search(tag.get("style")):
        here.hide(tag.name)
        return True
    for word in tag.classes():
        handler = CLASSES.get(word)
        if handler is not None and handler(here, tag):
            return True
    return False
