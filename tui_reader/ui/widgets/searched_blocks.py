"""What a find needs of a pane of blocks: its parts are searched one by one, and its hits are shown."""

import re

from textual.reactive import var
from textual.strip import Strip

from tui_reader.ui.widgets.block_pane import BlockPane
from tui_reader.ui.widgets.hits import occurrences, spans_by_line


class SearchedBlocks(BlockPane):
    """Blocks in which words are found."""

    marked: var[re.Pattern[str] | None] = var(None, init=False)
    """What is being looked for; its hits are shown."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._hits: dict[int, dict[int, list[tuple[int, int, int]]]] = {}
        self._hit_now: tuple[int, int] | None = None

    def watch_marked(self) -> None:
        self._hits.clear()
        self._hit_now = None
        self.refresh()

    def rebuild(self, number: int = 0, offset: int = 0, row: int = 0, *, may_overhang: bool = False) -> None:
        self._hits.clear()
        super().rebuild(number, offset, row, may_overhang=may_overhang)

    def set_anew(self) -> None:
        self._hits.clear()
        super().set_anew()

    def laid_over(self, strip: Strip, number: int, offset: int, y: int) -> Strip:
        strip = super().laid_over(strip, number, offset, y)
        return strip if self.marked is None else self._marked_in(strip, number, offset, self.marked)

    def find_units(self) -> int:
        """How many parts there are that can be searched one by one."""
        return len(self.heights)

    def find_in(self, unit: int, pattern: re.Pattern[str]) -> int:
        """How many hits one part holds."""
        return sum(1 for _ in occurrences(self.lines_of(unit), pattern))

    def find_place(self) -> tuple[int, ...]:
        """Where the reader is: first the part, then whatever tells that he moved."""
        return self.place

    def find_text(self) -> object:
        """What is searched; another object when it is another text."""
        return self._source

    def show_hit(self, unit: int, nth: int) -> None:
        """Bring a hit in sight, told from the others."""
        self._show_hit_of(unit, unit, nth)

    def _show_hit_of(self, unit: int, block: int, nth: int) -> None:
        """The hit of a part that is drawn as this block."""
        self._hit_now = (unit, nth)
        self.refresh()
        if self.marked is None or not block < len(self.heights):
            return
        self.measure(block)
        found = list(occurrences(self.lines_of(block), self.marked))
        if not found:
            return
        line = found[min(nth, len(found) - 1)][0][0]
        y = self.heights.before(block) + line
        if not self.top_line <= y < self.top_line + self.pane_height:
            self.put(block, line, self.pane_height // 3)

    def _unit_of(self, block: int) -> int:
        """The part that a block draws."""
        return block

    def _marked_in(self, strip: Strip, number: int, offset: int, pattern: re.Pattern[str]) -> Strip:
        if number not in self._hits:
            self._hits[number] = spans_by_line(self.lines_of(number), pattern)
        spans = self._hits[number].get(offset)
        if not spans:
            return strip
        unit = self._unit_of(number)
        now = [span[:2] for span in spans if (unit, span[2]) == self._hit_now]
        strip = self.restyled(strip, [span[:2] for span in spans], "hit")
        return self.restyled(strip, now, "hit-now") if now else strip
