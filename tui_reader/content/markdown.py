"""Writes a document as Markdown, for files and for scripts, by way of html2text."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from html import escape

from tui_reader.content.blocks import (
    Block,
    Code,
    Document,
    Fold,
    Heading,
    Image,
    Paragraph,
    Rule,
    Span,
    Style,
    Table,
)
from tui_reader.content.clean import clean
from tui_reader.content.links import file_name
from tui_reader.content.lists import number_of
from tui_reader.content.notes import numbers, without_way_back
from tui_reader.content.spans import TAGS

# Marks for what html2text cannot write, set right when it has written the rest: a bar in a cell, which would
# end it; a listing; the box of a task; a note. They are noncharacters: no foreign text holds one.
_BAR, _LISTING, _BOX, _NOTE, _END = "\ufdd8", "\ufdd9", "\ufdda", "\ufddb", "\ufddc"
_LISTED = re.compile(f"^([^{_LISTING}\n]*){_LISTING}([0-9]+){_END}$", re.MULTILINE)
_FENCES = re.compile("`{3,}")
_MEANT = {_BAR: "\\|", _BOX: "[", _NOTE: "[^", _END: "]"}
_BOXES = {"☑": "x", "☐": " "}
_MARKS = re.compile(r"([\\`*_\[\]<])")


def markdown(doc: Document) -> str:
    """The document as Markdown; its own characters are escaped where they would be taken for marks.

    html2text reads what is written here from the blocks, never a stranger's HTML: it needs time that
    grows with the square or the cube of some inputs.
    """
    # Imported here: the start of the program need not wait for what few calls use.
    from html2text import HTML2Text

    converter = HTML2Text(bodywidth=0)
    # Without this "[click](https://evil.example)" in a stranger's words becomes a link.
    converter.escape_snob = True
    converter.unicode_snob = True
    converter.include_sup_sub = True
    converter.ul_item_mark = "-"
    converter.emphasis_mark = "*"
    text = converter.handle("".join(_html(doc)))
    text = "\n".join(_with_single_gaps(text.split("\n")))
    listings = [block for block in doc.blocks if isinstance(block, Code)]
    text = _LISTED.sub(lambda found: _fenced(found[1], listings[int(found[2])]), text)
    for mark, meant in _MEANT.items():
        text = text.replace(mark, meant)
    return clean(text).strip("\n")


def in_line(words: str) -> str:
    """A name or a title within a line of Markdown: what it holds is no mark there."""
    return _MARKS.sub(r"\\\1", " ".join(words.split()))


def _with_single_gaps(lines: Iterable[str]) -> Iterator[str]:
    """The lines with one empty one in a gap, in the outermost quotation that the gap touches."""
    gap: str | None = None
    for line in lines:
        if not line.strip("> "):
            gap = line.strip() if gap is None or line.count(">") < gap.count(">") else gap
        else:
            if gap is not None:
                yield gap
            gap = None
            yield line


def _fenced(before: str, listing: Code) -> str:
    """A listing with its language, on lines that go on behind the marks of its quotation and its list."""
    fence = "`" * max(3, 1 + max(map(len, _FENCES.findall(listing.text)), default=0))
    lines = [f"{fence}{listing.language}", *listing.text.split("\n"), fence]
    lead = "".join(mark if mark == ">" else " " for mark in before)
    return "\n".join([before + lines[0], *(f"{lead}{line}".rstrip() for line in lines[1:])])


def _html(doc: Document) -> Iterator[str]:
    quote = listings = 0
    lists: list[str] = []
    notes = numbers(doc)
    refs = {url: notes[at] for url, at in doc.places.items() if at in notes}
    is_note = False
    for at, original in enumerate(doc.blocks):
        block = without_way_back(doc, original) if doc.places else original
        # a note, and what goes on in it, is no item of a list here
        is_note = at in notes or (is_note and not block.marker and block.indent > 0)
        if is_note:
            block = replace(block, indent=block.indent - 1, marker="")
        if block.quote != quote:
            yield from _close(lists, 0)
            yield "<blockquote>" * (block.quote - quote) + "</blockquote>" * (quote - block.quote)
            quote = block.quote
        yield from _close(lists, block.indent)
        kind = "ol" if block.marker.removesuffix(".").isdigit() else "ul"
        if block.marker and len(lists) == block.indent and lists:
            if lists[-1] == kind:
                yield "</li><li>"
            else:
                yield from _close(lists, block.indent - 1)
        while len(lists) < block.indent:
            lists.append(kind)
            yield f'<{kind} start="{number_of(block.marker.rstrip("."), 1)}"><li>'
        if isinstance(block, Code):
            yield f"<p>{_LISTING}{listings}{_END}</p>"
            listings += 1
        elif at in notes:
            words = _spans(block.spans, refs) if isinstance(block, Paragraph) else ""
            yield f"<p>{_NOTE}{notes[at]}{_END}: {words}</p>"
        else:
            yield from _block(block, refs)
    yield from _close(lists, 0)
    yield "</blockquote>" * quote


def _close(lists: list[str], depth: int) -> Iterator[str]:
    while len(lists) > depth:
        yield f"</li></{lists.pop()}>"


def _block(block: Block, notes: Mapping[str, str]) -> Iterator[str]:
    match block:
        case Paragraph(spans=spans):
            # A tight item has no paragraph: html2text would set it loose.
            words = _spans(spans, notes)
            yield f"{_marker(block.marker)}{words}" if block.marker else f"<p>{words}</p>"
        case Fold(spans=spans):
            plain = [replace(span, styles=span.styles - {Style.STRONG}) for span in spans]
            yield f"<p><strong>▾ {_spans(plain, notes)}</strong></p>"
        case Heading(spans=spans, level=level):
            yield f"<h{level}>{_spans(spans, notes)}</h{level}>"
        case Image(alt=alt, src=src, caption=caption, href=href):
            picture = f'<img src="{escape(src)}" alt="{escape(alt or file_name(src))}">'
            yield f'<p><a href="{escape(href)}">{picture}</a></p>' if href else f"<p>{picture}</p>"
            if caption:
                yield f"<p>{_spans(caption, notes)}</p>"
        case Table(rows=rows, has_head=has_head, alignments=alignments):
            yield "<table>"
            for number, row in enumerate(rows):
                tag = "th" if number == 0 and has_head else "td"
                cells = zip(row, alignments, strict=True)
                yield "".join(
                    [
                        "<tr>",
                        *(f'<{tag} align="{side}">{_cell(cell, notes)}</{tag}>' for cell, side in cells),
                        "</tr>",
                    ]
                )
            yield "</table>"
        case Rule():
            yield "<hr>"
        case _:
            raise TypeError(f"no way to write a {type(block).__name__}")


def _marker(marker: str) -> str:
    """What is left to say of a marker within Markdown's own: the box of a task, a letter."""
    if marker in _BOXES:
        return f"{_BOX}{_BOXES[marker]}{_END} "
    return "" if marker == "•" or marker.removesuffix(".").isdigit() else f"{escape(marker)} "


def _cell(spans: Sequence[Span], notes: Mapping[str, str]) -> str:
    return _spans([Span(span.text.replace("|", _BAR), span.styles, span.href) for span in spans], notes)


def _spans(spans: Sequence[Span], notes: Mapping[str, str]) -> str:
    pieces: list[str] = []
    for span in spans:
        if span.href and span.href in notes and span.text.strip("[]") == notes[span.href]:
            pieces.append(f"{_NOTE}{notes[span.href]}{_END}")
            continue
        text = escape(span.text, quote=False).replace("\n", "<br>")
        for style, tag in reversed(TAGS.items()):
            if style in span.styles:
                text = f"<{tag}>{text}</{tag}>"
        pieces.append(f'<a href="{escape(span.href)}">{text}</a>' if span.href else text)
    return "".join(pieces)
