"""A pane of text in blocks of any height, of which only what is in sight is set and drawn."""

import time
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from textual import events
from textual.cache import LRUCache
from textual.geometry import Region, Size
from textual.message import Message
from textual.strip import Strip
from textual.timer import Timer

from tui_reader.ui.rest import HANDS
from tui_reader.ui.widgets.heights import Heights
from tui_reader.ui.widgets.line_view import LineView
from tui_reader.ui.widgets.pieces import BLANK, Line

_TICK = 0.015
_MEASURED_A_TICK = 0.0025
"""Seconds of each tick that go into measuring what is out of sight, while no key is pressed."""

_MEASURED_AT_ONCE = 0.001

MEASURED_AROUND = 300
"""Blocks before and after those in sight that are measured ahead; of the rest a guess will do."""


class Source(Protocol):
    """Blocks set for one width; a view asks for those in sight first."""

    def __len__(self) -> int: ...

    def heights(self) -> tuple[list[int], bytearray]:
        """Lines of each block, and 1 for those that were counted, 0 for guesses; never slow."""
        ...

    def lines(self, number: int) -> Sequence[Line]:
        """The lines of a block, set when asked for."""
        ...


class BlockPane(LineView):
    """Text that scrolls by lines; a resize or a change above leaves the lines in sight where they are.

    The top line is kept as a place in the text (block, line within it), not as a number of lines:
    blocks out of sight have guessed heights until they are measured.
    """

    @dataclass(eq=False, repr=False)
    class Scrolled(Message, namespace="block_view"):
        """Another part is in sight."""

        view: "BlockPane"
        percent: int
        """How much of the text has been in sight when read from the top."""

        @property
        def control(self) -> "BlockPane":
            """The view that was scrolled."""
            return self.view

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._source: Source | None = None
        self._set_for = 0
        self.heights = Heights(())
        self._is_exact = bytearray()
        self._lines: LRUCache[int, Sequence[Line]] = LRUCache(512)
        self._strips: LRUCache[tuple[int, int, str, bool], Strip] = LRUCache(1024)
        self._top = (0, 0)
        self._wanted: tuple[int, int, int] | None = None
        self._slack = 0
        self._is_placing = False
        self._percent = -1
        self._measuring: Timer | None = None

    def make_source(self, width: int) -> Source | None:
        """The blocks for a width; None while there is nothing to show."""
        return None

    def cursor_at(self, number: int, offset: int) -> str:
        """Whether the cursor marks a line: ``head``, ``body`` or, with nothing, no."""
        return ""

    @property
    def place(self) -> tuple[int, int]:
        """The block at the top and the line of it that is the first in sight."""
        return self._wanted[:2] if self._wanted is not None else self._top

    def rebuild(self, number: int = 0, offset: int = 0, row: int = 0, *, may_overhang: bool = False) -> None:
        """Ask for the blocks again, and put a line of one block on a row of the pane."""
        width = self.pane_width
        self._set_for = width
        self._lines.clear()
        self._strips.clear()
        if self._measuring is not None:
            self._measuring.stop()
            self._measuring = None
        self._source = self.make_source(width) if width > 0 and self.pane_height > 0 else None
        if self._source is None or not len(self._source):
            self._wanted = (number, offset, row)
            self.heights = Heights(())
            self._is_exact = bytearray()
            self._top, self._slack = (0, 0), 0
            self._put(0)
            self.refresh()
            if width <= 0 and self.is_attached:
                # hidden, and shown again before anything was laid out: nobody tells a size then
                self.call_after_refresh(self._fit)
            return
        self._wanted = None
        if self.styles.overflow_y != "scroll":
            # the bar's cells are kept anyway, and one that comes and goes has the whole screen laid out anew
            self.styles.overflow_y = "scroll"
            self.app.stylesheet.apply(self.vertical_scrollbar)
        heights, self._is_exact = self._source.heights()
        self.heights = Heights(heights)
        number = min(number, len(self.heights) - 1)
        self.put(number, offset, row, may_overhang=may_overhang)
        self.refresh()
        # nobody waits for it; of a short text the scroll bar is true before a hand stirs
        self.call_after_refresh(self._measure_for, _MEASURED_AT_ONCE)

    def put(self, number: int, offset: int, row: int = 0, *, may_overhang: bool = False) -> None:
        """Scroll so that a line of a block stands on a row of the pane.

        Args:
            number: Which block.
            offset: Which of its lines.
            row: On which line of the pane, from 0.
            may_overhang: Leave empty lines below the end rather than miss the row.
        """
        self._wanted = None
        height = self.pane_height
        while True:
            wanted = self.heights.before(number) + offset - row
            most = max(0, self.heights.total - height)
            y = min(max(0, wanted), wanted if may_overhang else most + self._slack)
            y = max(0, y)
            if not self._measure_between(y - height, y + 2 * height):
                break
        self._slack = max(0, y - most)
        self._top = self.heights.at(y)
        self._put(y)

    def _put(self, y: int) -> None:
        self._is_placing = True
        try:
            size = Size(self.pane_width, self.heights.total + self._slack)
            self.resize_text(size)
            self.scroll_target_y = y
            self.scroll_y = y
        finally:
            self._is_placing = False
        if self._measuring is None and self._next_guess(self._top[0]) >= 0:
            self._measuring = self.set_interval(_TICK, self._measure_some)
        percent = self.percent
        if percent != self._percent:
            self._percent = percent
            self.post_message(self.Scrolled(self, percent))

    @property
    def top_line(self) -> int:
        """The line that is the first in sight, counted from the top of the text."""
        return round(self.scroll_y)

    @property
    def percent(self) -> int:
        """How much of the text lies above the lower edge of the pane."""
        total = self.heights.total
        if not total:
            return 100
        return min(100, (self.top_line + self.pane_height) * 100 // total)

    def watch_scroll_y(self, old_value: float, new_value: float) -> None:
        """Someone else scrolled: the wheel or the scroll bar."""
        super().watch_scroll_y(old_value, new_value)
        if not self._is_placing and len(self.heights):
            self.put(*self.heights.at(round(new_value)))

    def lines_of(self, number: int) -> Sequence[Line]:
        """The lines of a block, set now if they were not."""
        if (lines := self._lines.get(number)) is None:
            lines = self._source.lines(number) if self._source is not None else ()
            self._lines[number] = lines
        return lines

    def measure(self, number: int) -> bool:
        """Count the lines of a block; True when the guess was off."""
        if self._is_exact[number]:
            return False
        self._is_exact[number] = True
        guess = self.heights[number]
        self.heights[number] = len(self.lines_of(number))
        return self.heights[number] != guess

    def _measure_between(self, first: int, last: int) -> bool:
        """Count the lines of all blocks between two lines; True when a guess was off."""
        number, offset = self.heights.at(max(0, first))
        at = max(0, first) - offset
        was_off = False
        while number < len(self.heights) and at < last:
            was_off = self.measure(number) or was_off
            at += self.heights[number]
            number += 1
        return was_off

    def _next_guess(self, number: int) -> int:
        """The first block near this one whose lines were not counted yet; -1 when there is none."""
        return self._is_exact.find(0, max(0, number - MEASURED_AROUND), number + MEASURED_AROUND)

    def _measure_until(self, end: float, around: int) -> bool:
        was_off = False
        while time.perf_counter() < end and (number := self._next_guess(around)) >= 0:
            was_off = self.measure(number) or was_off
        return was_off

    def _measure_some(self) -> None:
        if HANDS.are_at_rest:
            self._measure_for(_MEASURED_A_TICK)

    def _measure_for(self, seconds: float) -> None:
        """Count lines for so long, from those in sight on; what is in sight stays where it is."""
        top, offset = self._top
        if self._measure_until(time.perf_counter() + seconds, top):
            self.put(top, offset)
        if self._measuring is not None and self._next_guess(self._top[0]) < 0:
            self._measuring.stop()
            self._measuring = None

    def on_resize(self, event: events.Resize) -> None:
        self._fit()

    def _fit(self) -> None:
        """Set the text anew when the width is another, the same words staying in sight."""
        if self.pane_width <= 0 or self.pane_height <= 0:
            # hidden for now; it comes back as it was
            return
        if self.pane_width != self._set_for or self._source is None:
            self.keep_place()
        elif len(self.heights):
            self.put(*self._top)

    def keep_place(self) -> None:
        """Set the text anew with the same words at the top."""
        if self._wanted is not None or self._source is None:
            self.rebuild(*(self._wanted or (0, 0, 0)))
            return
        number, offset = self._top
        before = self.heights[number] if number < len(self.heights) else 0
        self.rebuild(number, offset)
        if offset and before and len(self.heights):
            # as far into the block as before, in shares of it: its lines are others now
            self.put(number, min(self.heights[number] - 1, round(offset * self.heights[number] / before)))

    def forget_drawn(self) -> None:
        self._strips.clear()

    def line_at(self, y: int) -> Line:
        """The pieces of a line, counted from the first."""
        if not 0 <= y < self.heights.total:
            return BLANK
        number, offset = self.heights.at(y)
        lines = self.lines_of(number)
        return lines[offset] if offset < len(lines) else BLANK

    def lines_to_select(self) -> int:
        return self.heights.total

    def pane_line(self, y: int) -> Strip:
        width = self.pane_width
        y += self.top_line
        if not 0 <= y < self.heights.total:
            return Strip.blank(width, self.role_style(""))
        number, offset = self.heights.at(y)
        cursor = self.cursor_at(number, offset)
        key = (number, offset, cursor, bool(cursor) and self.has_focus)
        if (strip := self._strips.get(key)) is None:
            lines = self.lines_of(number)
            line = lines[offset] if offset < len(lines) else BLANK
            strip = self._strips[key] = self._drawn(line, width, cursor)
        return self.laid_over(strip, number, offset, y)

    def laid_over(self, strip: Strip, number: int, offset: int, y: int) -> Strip:
        """A line as it is drawn now: what is laid over it for a while is no part of what is kept."""
        return strip

    def _drawn(self, line: Line, width: int, cursor: str) -> Strip:
        if not cursor:
            return self.strip_of(line, width)
        return self.cursor_strip(line, width, has_background=cursor == "head")

    def set_anew(self) -> None:
        """Ask for the lines again, which are as many as before."""
        self._lines.clear()
        self._strips.clear()
        self.refresh()

    def refresh_block(self, number: int) -> None:
        """Draw one block anew, and nothing else."""
        if 0 <= number < len(self.heights):
            first = self.heights.before(number) - self.top_line
            last = min(first + self.heights[number], self.pane_height)
            first = max(0, first)
            if last > first:
                self.refresh(Region(0, first, self.pane_width, last - first))

    def scroll_lines(self, count: int) -> None:
        """Scroll at once, without animation."""
        if len(self.heights):
            y = self.top_line + count
            most = max(0, self.heights.total - self.pane_height)
            self.put(*self.heights.at(min(max(0, y), most + self._slack)))
