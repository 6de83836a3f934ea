"""Writes a document as one line a block, so that a test can be read as a picture of the page."""

from collections.abc import Sequence

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

MARKS = {
    Style.STRONG: "*",
    Style.EMPHASIS: "/",
    Style.CODE: "`",
    Style.STRUCK: "~",
    Style.SUPERSCRIPT: "^",
    Style.SUBSCRIPT: "_",
}


def outline(doc: Document) -> list[str]:
    return [line(block) for block in doc.blocks]


def line(block: Block) -> str:
    lead = ">" * block.quote + "." * block.indent + block.marker + ("=" if block.is_tight else "")
    match block:
        case Paragraph(spans=spans):
            told = words(spans)
        case Heading(spans=spans, level=level):
            told = "#" * level + " " + words(spans)
        case Code(text=text, language=language):
            told = f"code[{language}] {text!r}"
        case Table(rows=rows, alignments=alignments, has_head=has_head):
            sides = "".join(side[0] for side in alignments)
            told = f"table[{sides}{'!' if has_head else ''}] " + " / ".join(
                " | ".join(words(cell) for cell in row) for row in rows
            )
        case Image(alt=alt, src=src, caption=caption, href=href):
            told = f"image {alt!r} {src}"
            told += f" -> {href}" if href else ""
            told += f" :: {words(caption)}" if caption else ""
        case Fold(spans=spans, size=size, is_open=is_open):
            told = f"{'▾' if is_open else '▸'}{size} {words(spans)}"
        case Rule():
            told = "----"
        case _:
            raise AssertionError(block)
    return f"{lead} {told}" if lead else told


def words(spans: Sequence[Span]) -> str:
    pieces = []
    for span in spans:
        text = span.text.replace("\n", "⏎")
        for style, mark in MARKS.items():
            if style in span.styles:
                text = f"{mark}{text}{mark}"
        assert (Style.LINK in span.styles) == (span.href is not None)
        pieces.append(f"[{text}]({span.href})" if span.href else text)
    return "".join(pieces)
