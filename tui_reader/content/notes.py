"""Knows the notes of a document: which block each is, its number, and the way back from it."""

from dataclasses import replace

from tui_reader.content.blocks import Block, Document, Paragraph

_ARROWS = " \u00a0↩↵⤴⏎↑^\ufe0e\ufe0f"


def numbers(doc: Document) -> dict[int, str]:
    """The blocks that are notes, each with its number: items that something in the text leads to."""
    found: dict[int, str] = {}
    for at in doc.places.values():
        block = doc.blocks[at]
        number = block.marker.removesuffix(".")
        if isinstance(block, Paragraph) and number.isascii() and number.isdigit():
            found[at] = number
    return found


def without_way_back(doc: Document, block: Block) -> Block:
    """A note without the arrow that leads back from it: in a text nobody can follow it."""
    if not isinstance(block, Paragraph) or not any(span.href in doc.places for span in block.spans):
        return block
    spans = [span for span in block.spans if span.href not in doc.places or span.text.strip(_ARROWS)]
    if len(spans) < len(block.spans) and spans:
        spans[-1] = replace(spans[-1], text=spans[-1].text.rstrip())
    return replace(block, spans=tuple(spans))
