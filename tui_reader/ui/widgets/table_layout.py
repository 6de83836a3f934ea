"""Fits a table into a width: columns shrink, cells wrap; too narrow, rows become short lists."""

from collections.abc import Sequence

from tui_reader.ui.widgets.pieces import BLANK, SILENT, Line, Piece, cells, width_of
from tui_reader.ui.widgets.wrapping import wrap

_GAP = 2
_LEAST = 6
"""Cells of a column below which wrapped words are no longer readable."""

_LONG_WORD = 14
"""Cells that a column gives to its longest word, rather than break it."""

Cell = Sequence[Piece]


def lay_out_table(
    rows: Sequence[Sequence[Cell]],
    alignments: Sequence[str],
    width: int,
    *,
    has_head: bool,
    is_grid: bool = True,
) -> list[Line]:
    """The lines of a table; every cell's text is in them."""
    count = max((len(row) for row in rows), default=0)
    if not count:
        return []
    natural = [0] * count
    least = [0] * count
    for row in rows:
        for number, cell in enumerate(row):
            wide = width_of(cell)
            natural[number] = max(natural[number], wide)
            least[number] = max(least[number], min(wide, max(_LEAST, min(_LONG_WORD, _longest_word(cell)))))
    room = width - _GAP * (count - 1)
    widths = _fit(natural, least, room) if is_grid else None
    if widths is None:
        return _as_list(rows, width, has_head=has_head)
    lines: list[Line] = []
    has_long_rows = any(
        width_of(cell) > wide for row in rows for cell, wide in zip(row, widths, strict=False)
    )
    for number, row in enumerate(rows):
        if has_long_rows and number > (1 if has_head else 0):
            lines.append(BLANK)  # else nobody sees where one row ends
        lines.extend(_row(row, widths, alignments, is_head=has_head and number == 0))
        if has_head and number == 0:
            lines.append((Piece("─" * (sum(widths) + _GAP * (count - 1)), f"dim {SILENT}"),))
    return lines


def _longest_word(cell: Cell) -> int:
    return max((cells(word) for piece in cell for word in piece.text.split()), default=0)


def _fit(natural: Sequence[int], least: Sequence[int], room: int) -> list[int] | None:
    """Widths that fill ``room`` at most; the widest columns give first. None when too little is left."""
    if sum(natural) <= room:
        return list(natural)
    if room < sum(least):
        return None
    # columns that want less than an even share get what they want; the rest share what is left
    widths = list(least)
    waiting = sorted(range(len(natural)), key=lambda number: natural[number] - least[number])
    left = room - sum(least)
    for at, number in enumerate(waiting):
        more = min(natural[number] - least[number], left // (len(waiting) - at))
        widths[number] += more
        left -= more
    return widths


def _row(
    row: Sequence[Cell], widths: Sequence[int], alignments: Sequence[str], *, is_head: bool
) -> list[Line]:
    wrapped: list[list[Line]] = []
    for number, width in enumerate(widths):
        cell = list(row[number]) if number < len(row) else []
        if is_head:
            cell = [piece._replace(role=f"{piece.role} strong") for piece in cell]
        wrapped.append(wrap(cell, width) if cell else [])
    lines: list[Line] = []
    for at in range(max((len(cell) for cell in wrapped), default=0)):
        line: list[Piece] = []
        for number, (cell_lines, width) in enumerate(zip(wrapped, widths, strict=True)):
            part = cell_lines[at] if at < len(cell_lines) else BLANK
            spare = width - width_of(part)
            align = alignments[number] if number < len(alignments) else "left"
            before = spare if align == "right" else spare // 2 if align == "center" else 0
            after = spare - before + (_GAP if number + 1 < len(widths) else 0)
            line.extend(
                (*([Piece(" " * before)] if before else []), *part, *([Piece(" " * after)] if after else []))
            )
        lines.append(tuple(line))
    return lines


def _as_list(rows: Sequence[Sequence[Cell]], width: int, *, has_head: bool) -> list[Line]:
    """Each row as ``label: value`` lines, an empty line between two rows."""
    labels = ["".join(piece.text for piece in cell).strip() for cell in rows[0]] if has_head else []
    lines: list[Line] = []
    for row in rows[1:] if has_head else rows:
        if lines:
            lines.append(BLANK)
        for number, cell in enumerate(row):
            if not cell:
                continue
            label = labels[number] if number < len(labels) else ""
            pieces = [Piece(f"{label}: ", "dim"), *cell] if label else list(cell)
            for at, line in enumerate(wrap(pieces, max(4, width - 2), width)):
                lines.append((Piece("  ", f"text {SILENT}"), *line) if at else line)
    return lines
