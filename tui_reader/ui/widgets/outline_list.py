"""Headings of a post or comments of a thread, a line each, narrowed down by words."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from textual.message import Message
from textual.strip import Strip

from tui_reader.language import _
from tui_reader.ui.widgets.pieces import Line, Piece, cells, shortened
from tui_reader.ui.widgets.row_list import RowList

_DEEPEST = 8
"""Levels after which a line moves no further right."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One line; its words are asked for when it comes in sight."""

    key: str
    """What it stands for: the number of a heading's block, or the name of a comment."""
    depth: int
    author: str = ""
    is_new: bool = False
    is_mine: bool = False


class OutlineList(RowList):
    """The lines that hold what was typed; the keys are the dialog's, since its field has the focus."""

    can_focus = False

    @dataclass
    class Chosen(Message):
        """A line was clicked twice."""

        entry: Entry

    def __init__(
        self,
        entries: Sequence[Entry],
        words_of: Callable[[Entry], str],
        *,
        current: str | None,
        id: str | None = None,
    ) -> None:
        super().__init__(id=id)
        self.entries = entries
        self._words_of = words_of
        self._words: dict[str, str] = {}
        self._current = current
        self.found: Sequence[Entry] = entries

    def on_mount(self) -> None:
        self.call_after_refresh(self._stand_on_current)

    def _stand_on_current(self) -> None:
        self.rows_changed()
        here = (at for at, entry in enumerate(self.found) if entry.key == self._current)
        self.put_cursor(next(here, 0))
        self._put(max(0, self.cursor - self.pane_height // 2))

    @property
    def chosen(self) -> Entry | None:
        """What has the cursor."""
        return self.found[self.cursor] if self.cursor < len(self.found) else None

    def words(self, entry: Entry) -> str:
        """The words of an entry, worked out once."""
        if (known := self._words.get(entry.key)) is None:
            known = self._words[entry.key] = self._words_of(entry)
        return known

    def show_found(self, found: Sequence[Entry]) -> None:
        """Other lines, the cursor on the same one when it is among them."""
        before = self.chosen
        self.found = found
        self.cursor = 0
        self._put(0)
        self.rows_changed()
        if before is not None and before in found:
            self.put_cursor(found.index(before))

    def row_count(self) -> int:
        return len(self.found)

    def empty_words(self) -> tuple[str, str]:
        return (_("Nothing here has all these words."), _("fewer or shorter ones find more"))

    def row_lines(self, number: int, width: int) -> Sequence[Line]:
        entry = self.found[number]
        margin = " " * (2 * min(entry.depth, _DEEPEST))
        if entry.depth > _DEEPEST:
            margin += f"{entry.depth}› "
        line = [
            Piece(" "),
            Piece("▸ " if entry.key == self._current else "  ", "count"),
            Piece(margin, "dim"),
            Piece("● " if entry.is_new else "", "new"),
        ]
        if entry.author:
            line += [Piece(entry.author, "me" if entry.is_mine else "author"), Piece("  ")]
        used = sum(cells(piece.text) for piece in line)
        words = self.words(entry)
        line.append(Piece(shortened(words, max(8, width - used - 1)), "dim" if entry.author else "text"))
        return [tuple(piece for piece in line if piece.text)]

    def _drawn(self, line: Line, width: int, is_cursor: bool) -> Strip:
        if not is_cursor:
            return self.strip_of(line, width)
        # the field has the focus, yet this is where enter leads
        return self.strip_of((Piece("▌", "cursor-bar"), *line[1:]), width, "cursor")

    def opened(self) -> None:
        if self.chosen is not None:
            self.post_message(self.Chosen(self.chosen))
