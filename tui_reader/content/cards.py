"""Makes one short quotation of a card that shows another page: its title, its words, where it is."""

from collections.abc import Sequence

from tui_reader.content.blocks import Block, Code, Image, Span, Style, spans_of
from tui_reader.content.links import host_of

_LONGEST = 300


def card(blocks: Sequence[Block], href: str, base: str) -> tuple[Span, ...]:
    """The title as a link, then what is said of the page, each on a line of its own.

    Args:
        blocks: What the card says.
        href: Where it leads, if it says so at once.
        base: Where it is shown: that a card leads within the same site need not be said.
    """
    told = [_said(block) for block in blocks]
    lines: list[str] = []
    for spans in told:
        href = href or next((span.href for span in spans if span.href), "")
        for line in "".join(span.text for span in spans).split("\n"):
            if line.strip() and line.strip() not in lines:
                lines.append(line.strip())
    if not lines:
        return ()
    title, *rest = lines
    host = host_of(href)
    if host and host != host_of(base) and not any(host in line for line in lines):
        rest.append(host)
    styles = frozenset({Style.STRONG, Style.LINK} if href else {Style.STRONG})
    return (Span(title, styles, href or None), *(Span(f"\n{_shortened(line)}") for line in rest))


def _said(block: Block) -> tuple[Span, ...]:
    """The words of a block; the pictures of a card are ornaments."""
    match block:
        case Code(text=text):
            return (Span(text),)
        case Image():
            return ()
    return spans_of(block)


def _shortened(line: str) -> str:
    return line if len(line) <= _LONGEST else f"{line[:_LONGEST].rpartition(' ')[0]} …"
