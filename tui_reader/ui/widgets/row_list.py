"""A list of rows of a few lines each, of which only those in sight are drawn."""

import re
from collections.abc import Sequence
from typing import ClassVar

from textual import events
from textual.binding import BindingType
from textual.cache import LRUCache
from textual.geometry import Region, Size
from textual.reactive import var
from textual.selection import Selection
from textual.strip import Strip

from tui_reader.ui.widgets.hits import spans_by_line
from tui_reader.ui.widgets.line_view import LineView, bound
from tui_reader.ui.widgets.pieces import BLANK, Line, Piece, text_of
from tui_reader.ui.widgets.wrapping import wrap


class RowList(LineView):
    """Rows with a cursor; all rows are of one height, so ten thousand cost no more than ten.

    Subclasses say how many rows there are and draw one; column 0 of each line is the cursor's.
    """

    BINDINGS: ClassVar[list[BindingType]] = bound(
        {
            "move.down": "row(1)",
            "move.up": "row(-1)",
            "move.half_down": "half_page(1)",
            "move.half_up": "half_page(-1)",
            "move.page_down": "page(1)",
            "move.page_up": "page(-1)",
            "move.top": "first",
            "move.end": "last",
            "move.open": "open",
        }
    )

    ROW_HEIGHT: ClassVar[int] = 1
    """Lines from one row to the next."""

    CURSOR_LINES: ClassVar[int] = 1
    """How many of them the cursor marks."""

    marked: var[re.Pattern[str] | None] = var(None, init=False)
    """What is being looked for; its hits are shown."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.cursor = 0
        self._version = object()
        self._is_opened_by_click = False
        self.row_height = self.ROW_HEIGHT
        self.cursor_lines = self.CURSOR_LINES
        self._strips: LRUCache[tuple[int, int, bool, bool], Strip] = LRUCache(1024)

    def row_count(self) -> int:
        """How many rows there are."""
        return 0

    def rows_with_room(self) -> int:
        """How many rows have their room, those too that are still to be read."""
        return self.row_count()

    def row_lines(self, number: int, width: int) -> Sequence[Line]:
        """The lines of one row."""
        return ()

    def can_hold_cursor(self, number: int) -> bool:
        """False for a row that only parts two others."""
        return True

    def empty_words(self) -> tuple[str, str]:
        """What stands here when there is no row: why, and which key helps."""
        return ("", "")

    def moved(self) -> None:
        """The cursor stands on another row."""

    def opened(self) -> None:
        """The row under the cursor was chosen."""

    def rows_changed(self) -> None:
        """Draw everything anew, since there may be other rows now."""
        self._version = object()
        self._strips.clear()
        self._size_rows()
        self.refresh()

    def _size_rows(self) -> None:
        self.resize_text(Size(self.pane_width, max(0, self.rows_with_room() * self.row_height - self._gap())))

    def _gap(self) -> int:
        """Empty lines below the last row that nobody needs."""
        return self.row_height - self.cursor_lines

    def refresh_row(self, number: int) -> None:
        """Draw one row anew, and nothing else."""
        for key in [key for key in self._strips.keys() if key[0] == number]:  # noqa: SIM118 (no plain mapping)
            self._strips.discard(key)
        first = number * self.row_height - round(self.scroll_y)
        last = min(first + self.row_height, self.pane_height)
        first = max(0, first)
        if last > first:
            self.refresh(Region(0, first, self.pane_width, last - first))

    def forget_drawn(self) -> None:
        self._strips.clear()

    def on_resize(self, event: events.Resize) -> None:
        """Cut the rows to the new width, the cursor's still in sight."""
        self._strips.clear()
        self._size_rows()
        self.bring_in_sight()

    def on_focus(self) -> None:
        self.refresh_row(self.cursor)

    def on_blur(self) -> None:
        self.refresh_row(self.cursor)

    def lines_to_select(self) -> int:
        return self.row_count() * self.row_height

    def pane_line(self, y: int) -> Strip:
        width = self.pane_width
        y += round(self.scroll_y)
        number, offset = divmod(y, self.row_height)
        count = self.row_count()
        if not count:
            return self.strip_of(self._empty_line(y, width), width)
        if number >= count:
            return Strip.blank(width, self.role_style(""))
        is_cursor = number == self.cursor and offset < self.cursor_lines
        key = (number, offset, is_cursor, is_cursor and self.has_focus)
        if (strip := self._strips.get(key)) is None:
            lines = self.row_lines(number, width)
            line = lines[offset] if offset < len(lines) else BLANK
            strip = self._drawn(line, width, is_cursor)
            if self.marked is not None and (spans := spans_by_line(lines, self.marked).get(offset)):
                strip = self.restyled(strip, [span[:2] for span in spans], "hit")
            self._strips[key] = strip
        selection = self.text_selection
        if selection is not None and (span := selection.get_span(y)) is not None:
            strip = self.restyled(strip, [span], "selected")
        return strip

    def selection_updated(self, selection: Selection | None) -> None:
        self.refresh()

    def get_selection(self, selection: Selection) -> tuple[str, str] | None:
        """The selected words, row after row."""
        first = selection.start.y if selection.start is not None else 0
        last = selection.end.y if selection.end is not None else self.row_count() * self.row_height - 1
        picked: list[str] = []
        for y in range(max(0, first), last + 1):
            number, offset = divmod(y, self.row_height)
            span = selection.get_span(y)
            if span is None or number >= self.row_count():
                continue
            lines = self.row_lines(number, self.pane_width)
            words = text_of(lines[offset]) if offset < len(lines) else ""
            picked.append(words[span[0] : None if span[1] < 0 else span[1]].strip())
        return ("\n".join(picked), "\n") if any(picked) else None

    def watch_marked(self) -> None:
        self._strips.clear()
        self.refresh()

    def row_words(self, number: int) -> str:
        """The words of a row by which it can be found, those too that do not fit."""
        return ""

    def find_units(self) -> int:
        """How many rows there are to be searched."""
        return self.row_count()

    def find_in(self, unit: int, pattern: re.Pattern[str]) -> int:
        """1 for a row with a hit: the cursor stands on rows, not on words."""
        return int(pattern.search(self.row_words(unit)) is not None)

    def find_place(self) -> tuple[int, ...]:
        """The row under the cursor."""
        return (self.cursor,)

    def find_text(self) -> object:
        """What is searched; another object when there are other rows."""
        return self._version

    def show_hit(self, unit: int, nth: int) -> None:
        """Stand on a row that was found."""
        self.put_cursor(unit)

    def _drawn(self, line: Line, width: int, is_cursor: bool) -> Strip:
        if not is_cursor:
            return self.strip_of(line, width)
        return self.cursor_strip(line, width, has_background=True)

    def _empty_line(self, y: int, width: int) -> Line:
        title, hint = self.empty_words()
        room = max(8, width - 2)
        lines: list[Line] = [BLANK, *wrap([Piece(title, "strong")], room), *wrap([Piece(hint, "dim")], room)]
        return (Piece(" "), *lines[y]) if y < len(lines) else BLANK

    def put_cursor(self, number: int, *, step: int = 1) -> bool:
        """Stand on a row, or on the next one that can be stood on; False when that is where it stood."""
        count = self.row_count()
        if not count:
            return False
        wanted = min(max(0, number), count - 1)
        at = wanted
        while 0 <= at < count and not self.can_hold_cursor(at):
            at += step
        if not 0 <= at < count:
            return False
        old, self.cursor = self.cursor, at
        if old != at:
            self.refresh_row(old)
            self.refresh_row(at)
        self.bring_in_sight()
        if old != at:
            self.moved()
        return old != at

    def bring_in_sight(self) -> None:
        """Scroll as little as is needed, at once."""
        top = round(self.scroll_y)
        first = self.cursor * self.row_height
        end = first + self.cursor_lines
        if first < top:
            self._put(first)
        elif end > top + self.pane_height:
            self._put(end - self.pane_height)

    def _put(self, y: int) -> None:
        self.scroll_target_y = y
        self.scroll_y = y

    def on_click(self, event: events.Click) -> None:
        """A click stands on a row; one on the row that has the cursor opens it."""
        offset = event.get_content_offset(self)
        if offset is None:
            return
        number = (offset.y + round(self.scroll_y)) // self.row_height
        if number < self.row_count() and self.can_hold_cursor(number):
            # twice on the row of the cursor is once too often: the first has opened it
            if number == self.cursor and not (event.chain > 1 and self._is_opened_by_click):
                self._is_opened_by_click = True
                self.opened()
            elif number != self.cursor:
                self._is_opened_by_click = False
                self.put_cursor(number)

    @property
    def _page(self) -> int:
        return max(1, self.pane_height // self.row_height)

    def action_row(self, step: int) -> None:
        if not self.put_cursor(self.cursor + step, step=step) and self.cursor == 0:
            self._put(0)

    def action_half_page(self, step: int) -> None:
        self.put_cursor(self.cursor + step * max(1, self._page // 2), step=step)

    def action_page(self, step: int) -> None:
        self.put_cursor(self.cursor + step * max(1, self._page - 1), step=step)

    def action_first(self) -> None:
        self.put_cursor(0)

    def action_last(self) -> None:
        self.put_cursor(self.row_count() - 1, step=-1)

    def action_open(self) -> None:
        if self.row_count():
            self.opened()
