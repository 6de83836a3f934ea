"""What a pane says when there is nothing to show: why, and which key helps."""

from collections.abc import Sequence

from tui_reader.ui.manner import manner
from tui_reader.ui.widgets.pieces import BLANK, Line, Piece
from tui_reader.ui.widgets.wrapping import wrap


class EmptySource:
    """One block: a note, a title and a hint."""

    def __init__(self, note: str, title: str, hint: str, width: int) -> None:
        room = min(manner().measure, width - 4)
        lines: list[Line] = [BLANK]
        if note:
            lines += [*wrap([Piece(note, "dim")], room), BLANK]
        lines += wrap([Piece(title, "title")], room)
        lines += wrap([Piece(hint, "dim")], room)
        self._lines = [(Piece("  "), *line) if line else BLANK for line in lines]

    def __len__(self) -> int:
        return 1

    def heights(self) -> tuple[list[int], bytearray]:
        """Known from the start."""
        return [len(self._lines)], bytearray([1])

    def lines(self, number: int) -> Sequence[Line]:
        """All of it."""
        return self._lines
