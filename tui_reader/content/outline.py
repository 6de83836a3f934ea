"""The headings of a document; pure."""

from dataclasses import dataclass

from tui_reader.content.blocks import Document, Heading


@dataclass(frozen=True, slots=True)
class OutlineHeading:
    """One heading."""

    block: int
    """The number of its block."""
    depth: int
    """How many headings it stands under, as levels go that the document uses."""
    words: str


def headings(document: Document) -> tuple[OutlineHeading, ...]:
    """Every heading in order, set in by the levels that are there: h2 and h4 make two, not three."""
    found: list[OutlineHeading] = []
    above: list[int] = []
    for number, block in enumerate(document.blocks):
        if isinstance(block, Heading):
            while above and above[-1] >= block.level:
                above.pop()
            words = "".join(span.text for span in block.spans)
            if words.strip():
                found.append(OutlineHeading(number, len(above), words))
                above.append(block.level)
    return tuple(found)
