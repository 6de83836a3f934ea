"""Makes a table of gathered cells, or says that they were only a way to lay out a page."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from tui_reader.content.blocks import Block, Heading, Image, Paragraph, Place, Span, Style, Table
from tui_reader.content.hints import alignment_of, classes_of
from tui_reader.content.links import file_name
from tui_reader.content.lists import number_of
from tui_reader.content.markup import Start
from tui_reader.content.spans import joined

MAX_COLUMNS = 64
_LONG = 400  # a cell with more characters is a column of text, not a cell


@dataclass(slots=True)
class Cell:
    """One cell as it was read."""

    blocks: list[Block] = field(default_factory=list)
    columns: int = 1
    rows: int = 1
    alignment: str = ""
    is_head: bool = False

    @classmethod
    def of(cls, tag: Start) -> "Cell":
        """A cell by its tag."""
        attributes = tag.attributes()
        return cls(
            columns=max(1, min(MAX_COLUMNS, number_of(attributes.get("colspan", ""), 1))),
            rows=max(1, number_of(attributes.get("rowspan", ""), 1)),
            alignment=alignment_of(attributes),
            is_head=tag.name == "th",
        )


@dataclass(slots=True)
class Gathered:
    """A table as it was read."""

    rows: list[list[Cell]] = field(default_factory=list)
    caption: list[Block] = field(default_factory=list)
    has_head: bool = False
    is_layout: bool = False
    is_picture: bool = False
    """Blogger's way to put a caption below a picture."""

    @classmethod
    def of(cls, tag: Start) -> "Gathered":
        """A table by its tag."""
        is_picture = "tr-caption-container" in classes_of(tag)
        role = tag.attributes().get("role", "")
        return cls(is_picture=is_picture, is_layout=is_picture or role in {"presentation", "none"})

    def begin(self, name: str) -> None:
        """A row begins, or the rows of the head."""
        if name == "tr":
            self.rows.append([])
        elif name == "thead" and not self.rows:
            self.has_head = True

    def add(self, cell: Cell) -> None:
        """Goes on with the row."""
        if not self.rows:
            self.rows.append([])
        self.rows[-1].append(cell)


def as_blocks(table: Gathered, place: Place) -> list[Block]:
    """The table as one block, or what its cells hold one after the other."""
    rows = [row for row in table.rows if row]
    if not _is_data(table, rows):
        return [*table.caption, *(block for row in rows for cell in row for block in cell.blocks)]
    grid, alignments = _grid(rows)
    filled = [row for row in grid if any(row)]
    if not filled:
        return list(table.caption)
    has_head = table.has_head or (len(rows) > 1 and all(cell.is_head for cell in rows[0]))
    block = Table(
        rows=tuple(filled),
        alignments=alignments,
        has_head=has_head and any(grid[0]),
        **place,
    )
    return [*table.caption, block]


def _is_data(table: Gathered, rows: Sequence[Sequence[Cell]]) -> bool:
    if table.is_layout or max((sum(cell.columns for cell in row) for row in rows), default=0) < 2:
        return False
    if len(rows) == 1 and any(len(cell.blocks) > 1 for cell in rows[0]):
        return False  # columns of text
    return all(_is_short(cell) for row in rows for cell in row)


def _is_short(cell: Cell) -> bool:
    length = 0
    for block in cell.blocks:
        if not isinstance(block, Paragraph | Heading | Image) or len(cell.blocks) > 4:
            return False
        length += sum(len(span.text) for span in _line_of(block))
    return length <= _LONG


def _line_of(block: Block) -> tuple[Span, ...]:
    match block:
        case Paragraph(spans=spans) | Heading(spans=spans):
            lead = (Span(f"{block.marker} "),) if block.marker else ()
            return lead + spans
        case Image(alt=alt, src=src, href=href):
            return (Span(alt or file_name(src), frozenset({Style.LINK}) if href else frozenset(), href),)
    return ()


def _grid(rows: Sequence[Sequence[Cell]]) -> tuple[list[tuple[tuple[Span, ...], ...]], tuple[str, ...]]:
    """Each row as wide as the widest; a cell over several columns or rows leaves empty ones behind."""
    below: dict[int, int] = {}
    grid: list[list[tuple[Span, ...]]] = []
    alignments: dict[int, str] = {}
    for row in rows:
        line: list[tuple[Span, ...]] = []
        for cell in row:
            _skip_taken(line, below)
            if len(line) >= MAX_COLUMNS:
                break
            spans = joined(_line_of(block) for block in cell.blocks)
            if cell.alignment and cell.columns == 1:
                # The head is often centred by itself: what the body says of a column counts.
                alignments[len(line)] = cell.alignment
            for column in range(len(line), min(MAX_COLUMNS, len(line) + cell.columns)):
                line.append(spans)
                spans = ()
                if cell.rows > 1:
                    below[column] = cell.rows - 1
        _skip_taken(line, below)
        grid.append(line)
    width = max(len(line) for line in grid)
    for line in grid:
        line.extend(() for _ in range(width - len(line)))
    return [tuple(line) for line in grid], tuple(alignments.get(column, "left") for column in range(width))


def _skip_taken(line: list[tuple[Span, ...]], below: dict[int, int]) -> None:
    while below.get(len(line)):
        below[len(line)] -= 1
        line.append(())
