"""The widths of the columns: dragged with the mouse by their borders, or changed by keys; remembered."""

from itertools import pairwise
from typing import TYPE_CHECKING

from textual import events
from textual.widget import Widget

from tui_reader.language import _
from tui_reader.ui import widths
from tui_reader.ui.columns import Column

if TYPE_CHECKING:
    from tui_reader.ui.screens.reading import ReadingScreen

STEP = 2
"""Cells that a key makes a column wider or narrower."""


class Sizing:
    """Knows how wide the reader wants the columns, and gives them that where several stand side by side."""

    def __init__(self, screen: "ReadingScreen", folder: str) -> None:
        self._screen = screen
        self._folder = folder
        self._widths = widths.read(folder)
        self._dragged: Column | None = None
        self._is_applied = False

    def apply(self) -> None:
        """Gives the columns in sight their widths."""
        if not self._widths and not self._is_applied:
            return
        self._is_applied = bool(self._widths)
        seen = self._seen()
        for column in Column:
            style = self._widget(column).styles
            style.width = style.max_width = None
            own = self._widths.get(column.name.lower())
            # alone, or the last one, which takes what is left
            if len(seen) < 2 or own is None or column is seen[-1]:
                continue
            if column is not Column.POST:
                style.width = style.max_width = widths.shown(own, self._screen.size.width)
        if {Column.POST, Column.CONVERSATION} <= set(seen) and "post" in self._widths:
            for column, parts in zip(Column, widths.parts(self._widths["post"]), strict=True):
                if column.name.lower() not in self._widths or column is Column.POST:
                    self._widget(column).styles.width = f"{parts}fr"

    def press(self, event: events.MouseDown) -> None:
        """Takes hold of the border between two columns, if the mouse is on one."""
        column = self._border_at(event.screen_x, event.screen_y)
        if column is not None and event.button == 1:
            self._dragged = column
            self._screen.clear_selection()
            self._screen.capture_mouse()
            event.stop()

    def drag(self, event: events.MouseMove) -> None:
        """Moves the border along."""
        if self._dragged is not None:
            region = self._widget(self._dragged).region
            self._make(self._dragged, event.screen_x + 1 - region.x)

    def release(self) -> None:
        """Lets go of it, and remembers."""
        if self._dragged is not None:
            self._dragged = None
            self._screen.release_mouse()
            self._keep()

    def step(self, step: int) -> None:
        """Makes the column of the reader wider or narrower by a step of the keys."""
        seen = self._seen()
        if len(seen) < 2:
            self._screen.tell(_("There is one column in sight: it has the whole width."))
            return
        column = self._screen.column
        if column is seen[-1]:
            # the last one has what the one before it leaves
            column, step = seen[-2], -step
        self._make(column, self._widget(column).region.width + step * STEP)
        self._keep()

    def reset(self) -> None:
        """Makes the columns as wide as they are for everybody."""
        self._widths = {}
        self.apply()
        self._keep()
        self._screen.tell(_("The columns are as wide as they were at first."))

    def _make(self, column: Column, cells: int) -> None:
        seen = self._seen()
        after = [self._widget(other).region for other in seen if other > column]
        if column not in seen or not after:
            return
        here = self._widget(column).region
        # those behind it keep a width in which words can be read
        most = after[-1].right - here.x - widths.LEAST * len(after)
        cells = max(widths.LEAST, min(cells, most))
        if column is Column.POST and seen[-1] is Column.CONVERSATION:
            self._widths["post"] = max(10, min(90, round(cells * 100 / (after[-1].right - here.x))))
        elif column is not Column.POST:
            self._widths[column.name.lower()] = widths.shown(cells, self._screen.size.width)
        self.apply()

    def _keep(self) -> None:
        try:
            widths.write(self._folder, self._widths)
        except OSError as error:
            self._screen.tell(
                _("The widths cannot be remembered: {why}").format(why=error.strerror or error), "bad"
            )

    def _border_at(self, x: int, y: int) -> Column | None:
        """The column whose right border is there, or that stands left of the border that is."""
        seen = self._seen()
        for left, right in pairwise(seen):
            region = self._widget(left).region
            is_beside = x in (region.right - 1, self._widget(right).region.x)
            if is_beside and region.y < y < region.bottom - 1:
                return left
        return None

    def _seen(self) -> list[Column]:
        return [column for column in Column if self._widget(column).display]

    def _widget(self, column: Column) -> Widget:
        return self._screen.frame_of(column)
