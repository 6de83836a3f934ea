"""Writes a document as Markdown, for files and for scripts, by way of html2text."""

from collections.abc import Iterator, Sequence
from html import escape

from tui_reader.content.blocks import (
    Block,
    Code,
    Document,
    Heading,
    Image,
    Paragraph,
    Rule,
    Span,
    Table,
)
from tui_reader.content.clean import clean
from tui_reader.content.links import file_name
from tui_reader.content.lists import number_of
from tui_reader.content.spans import TAGS

# Stands for a bar in a cell, which would end it: html2text masks every mark but this one.
_BAR = "\ue07c"


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
    text = clean(converter.handle("".join(_html(doc.blocks)))).replace(_BAR, "\\|")
    return "\n".join(line if line.strip() else "" for line in text.split("\n")).strip("\n")


def _html(blocks: Sequence[Block]) -> Iterator[str]:
    quote = 0
    lists: list[str] = []
    for block in blocks:
        if block.quote != quote:
            yield from _close(lists, 0)
            yield "<blockquote>" * (block.quote - quote) + "</blockquote>" * (quote - block.quote)
            quote = block.quote
        yield from _close(lists, block.indent)
        kind = "ol" if block.marker[:1].isdigit() else "ul"
        if block.marker and len(lists) == block.indent and lists:
            if lists[-1] == kind:
                yield "</li><li>"
            else:
                yield from _close(lists, block.indent - 1)
        while len(lists) < block.indent:
            lists.append(kind)
            yield f'<{kind} start="{number_of(block.marker.rstrip("."), 1)}"><li>'
        yield from _block(block)
    yield from _close(lists, 0)
    yield "</blockquote>" * quote


def _close(lists: list[str], depth: int) -> Iterator[str]:
    while len(lists) > depth:
        yield f"</li></{lists.pop()}>"


def _block(block: Block) -> Iterator[str]:
    match block:
        case Paragraph(spans=spans):
            # A tight item has no paragraph: html2text would set it loose.
            yield _spans(spans) if block.marker else f"<p>{_spans(spans)}</p>"
        case Heading(spans=spans, level=level):
            yield f"<h{level}>{_spans(spans)}</h{level}>"
        case Code(text=text):
            yield f"<pre>{escape(text, quote=False)}</pre>"
        case Image(alt=alt, src=src, caption=caption, href=href):
            picture = f'<img src="{escape(src)}" alt="{escape(alt or file_name(src))}">'
            yield f'<p><a href="{escape(href)}">{picture}</a></p>' if href else f"<p>{picture}</p>"
            if caption:
                yield f"<p>{_spans(caption)}</p>"
        case Table(rows=rows, has_head=has_head, alignments=alignments):
            yield "<table>"
            for number, row in enumerate(rows):
                tag = "th" if number == 0 and has_head else "td"
                cells = zip(row, alignments, strict=True)
                yield "".join(
                    [
                        "<tr>",
                        *(f'<{tag} align="{side}">{_cell(cell)}</{tag}>' for cell, side in cells),
                        "</tr>",
                    ]
                )
            yield "</table>"
        case Rule():
            yield "<hr>"
        case _:
            raise TypeError(f"no way to write a {type(block).__name__}")


def _cell(spans: Sequence[Span]) -> str:
    return _spans([Span(span.text.replace("|", _BAR), span.styles, span.href) for span in spans])


def _spans(spans: Sequence[Span]) -> str:
    pieces: list[str] = []
    for span in spans:
        text = escape(span.text, quote=False).replace("\n", "<br>")
        for style, tag in reversed(TAGS.items()):
            if style in span.styles:
                text = f"<{tag}>{text}</{tag}>"
        pieces.append(f'<a href="{escape(span.href)}">{text}</a>' if span.href else text)
    return "".join(pieces)
