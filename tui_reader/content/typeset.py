"""Sets a document as plain text, for the command line, for scripts and for quoting."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import zip_longest

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
from tui_reader.content.links import file_name
from tui_reader.content.notes import without_way_back
from tui_reader.content.raised import lowered, raised
from tui_reader.content.widths import atoms, cells

_LEAST_ROOM = 10
_MOST_INSETS = 8


def plain_text(doc: Document, width: int = 0, *, with_links: bool = False) -> str:
    """The document as text to read.

    Args:
        doc: What to set.
        width: Where lines end; 0 leaves each paragraph on one line.
        with_links: Number the links and list their addresses at the end.
    """
    numbers = {url: number for number, url in enumerate(doc.links, 1)} if with_links else {}
    lines: list[str] = []
    hangs: list[int] = []
    ends: list[int] = []
    before: Block | None = None
    for at, block in enumerate(doc.blocks):
        while ends and ends[-1] <= at:
            ends.pop()
        if before is not None and not block.is_tight:
            lines.append(("> " * min(before.quote, block.quote)).rstrip())
        before = block
        # what opens on demand is set in below its words
        inset = "  " * min(len(ends), _MOST_INSETS)
        told = without_way_back(doc, block) if doc.places else block
        lines.extend(
            f"{inset}{line}" if line else ""
            for line in _set(told, hangs, width and max(1, width - len(inset)), numbers)
        )
        if isinstance(block, Fold):
            ends.append(at + 1 + block.size)
    if numbers:
        lines += ["", *(f"[{number}] {url}" for url, number in numbers.items())]
    return "\n".join(lines)


def _set(block: Block, hangs: list[int], width: int, numbers: dict[str, int]) -> Iterator[str]:
    """The lines of a block, behind the marks of the quotations and lists it is in."""
    del hangs[block.indent :]
    hangs += [2] * (block.indent - len(hangs))
    first = quote = "> " * block.quote
    if block.indent:
        first += " " * sum(hangs[:-1])
        if block.marker:
            hangs[-1] = cells(block.marker) + 1
    first += f"{block.marker} " if block.marker else " " * (hangs[-1] if hangs else 0)
    rest = quote + " " * (sum(hangs) if hangs else cells(first) - len(quote))
    room = max(_LEAST_ROOM, width - cells(rest)) if width > 0 else 0
    lead = first
    for line in _lines(block, room, numbers):
        yield (lead + line).rstrip()
        lead = rest


def _lines(block: Block, room: int, numbers: dict[str, int]) -> Iterable[str]:
    match block:
        case Paragraph(spans=spans):
            return wrapped(_words(spans, numbers), room)
        case Heading(spans=spans, level=level):
            return wrapped(f"{'#' * level} {_words(spans, numbers)}", room)
        case Code(text=text):
            return [f"    {line}" for line in text.split("\n")]
        case Table():
            return _table(block, room, numbers)
        case Fold(spans=spans):
            return wrapped(f"▾ {_words(spans, numbers)}", room)
        case Image(alt=alt, src=src, caption=caption, href=href):
            name = alt or file_name(src)
            number = f"[{numbers[href]}]" if href in numbers else ""
            said = _words(caption, numbers)
            return wrapped(f"[image: {name}]{number}" + (f" {said}" if said and said != alt else ""), room)
        case Rule():
            return ["* * *"]
    raise TypeError(f"no way to set a {type(block).__name__}")


def wrapped(text: str, room: int) -> Iterator[str]:
    """Its lines, none wider than the room unless a word is; every line end is kept."""
    for paragraph in text.split("\n"):
        if room <= 0 or cells(paragraph) <= room:
            yield paragraph
        else:
            yield from _wrapped(paragraph, room)


def _wrapped(text: str, room: int) -> Iterator[str]:
    line, used, space = "", 0, ""
    for word, is_space in atoms(text):
        if is_space:
            space = " " if line else ""
            continue
        wide = cells(word)
        if line and used + len(space) + wide > room:
            yield line
            line, used, space = "", 0, ""
        line += space + word
        used += len(space) + wide
        space = ""
    if line:
        yield line


def _words(spans: Sequence[Span], numbers: dict[str, int]) -> str:
    pieces: list[str] = []
    for span, following in zip_longest(spans, spans[1:]):
        text = span.text
        if Style.SUPERSCRIPT in span.styles:
            text = raised(text)
        elif Style.SUBSCRIPT in span.styles:
            text = lowered(text)
        elif Style.STRUCK in span.styles:
            text = f"~~{text}~~"
        pieces.append(text)
        is_last = following is None or following.href != span.href
        # An address that is its own words needs no second telling.
        if is_last and span.href in numbers and text not in {span.href, span.href.rstrip("/")}:
            pieces.append(f"[{numbers[span.href]}]")
    return "".join(pieces)


def _table(table: Table, room: int, numbers: dict[str, int]) -> Iterator[str]:
    rows = [[_words(cell, numbers).replace("\n", " ") for cell in row] for row in table.rows]
    widths = [max(map(cells, column)) for column in zip(*rows, strict=True)]
    if room and sum(widths) + 2 * (len(widths) - 1) > room:
        yield from _records(rows, room, has_head=table.has_head)
        return
    for number, row in enumerate(rows):
        padded = (
            _aligned(text, wide, alignment)
            for text, wide, alignment in zip_longest(
                row, widths, table.alignments[: len(widths)], fillvalue=""
            )
            if isinstance(wide, int)
        )
        yield "  ".join(padded)
        if number == 0 and table.has_head:
            yield "  ".join("-" * wide for wide in widths)


def _records(rows: list[list[str]], room: int, *, has_head: bool) -> Iterator[str]:
    """Each row as lines of ``label: value``, for a table that is wider than a line."""
    labels = rows[0] if has_head else []
    is_first = True
    for row in rows[1:] if has_head and len(rows) > 1 else rows:
        if not is_first:
            yield ""
        is_first = False
        for number, cell in enumerate(row):
            label = labels[number] if number < len(labels) and row is not labels else ""
            if cell:
                yield from wrapped(f"{label}: {cell}" if label else cell, room)


def _aligned(text: str, wide: int, alignment: str) -> str:
    room = wide - cells(text)
    if alignment == "right":
        return " " * room + text
    if alignment == "center":
        return " " * (room // 2) + text + " " * (room - room // 2)
    return text + " " * room
