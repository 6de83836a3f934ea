"""A pane of blocks with a cursor on one of them, which keeps its row when things change around it."""

from tui_reader.ui.widgets.block_view import BlockView

_ABOVE = 2
"""Lines of what stands before it, when a pane comes up."""


class CursorView(BlockView, inherit_bindings=False):
    """Subclasses say which block the cursor stands on and which of its lines it marks."""

    @property
    def cursor_block(self) -> int | None:
        """The block under the cursor; None when there is nothing to stand on."""
        return None

    def cursor_lines(self, block: int) -> range:
        """The lines of a block that the cursor marks when it stands there; the first one is its head."""
        return range(0)

    def extent(self, block: int) -> tuple[int, int]:
        """First line that the cursor marks and the line after the last, counted from the top of the text."""
        self.measure(block)
        lines = self.cursor_lines(block)
        start = self.heights.before(block)
        return start + lines.start, start + lines.stop

    def cursor_row(self) -> int:
        """The row of the pane that the cursor's block begins on, or the nearest to it."""
        block = self.cursor_block
        if self._wanted is not None:
            return self._wanted[2]
        if block is None or block >= len(self.heights):
            return 0
        row = self.heights.before(block) - self.top_line
        # a hidden pane has no height, and is to come back as it was
        return min(max(0, row), self.pane_height - 1) if self.pane_height > 0 else max(0, row)

    def is_in_sight(self, block: int) -> bool:
        """Whether any line of the block is."""
        first, end = self.extent(block)
        return end > self.top_line and first < self.top_line + self.pane_height

    def first_in_sight(self) -> int:
        """The first block whose head is in sight, or the one that fills the pane."""
        block, offset = self.heights.at(self.top_line)
        is_next_here = self.heights.before(block + 1) < self.top_line + self.pane_height
        return block + 1 if offset and is_next_here else block

    def last_in_sight(self) -> int:
        """The block on the last line."""
        return self.heights.at(self.top_line + self.pane_height - 1)[0]

    def bring_in_sight(self, block: int, step: int) -> None:
        """Scroll as little as shows the whole block; of a taller one the end that is come to first.

        Args:
            block: Which one.
            step: Whether the cursor comes from above (1) or from below (-1).
        """
        if block >= len(self.heights):
            # a hidden pane: it is to come up with the block in it, below a little of what precedes
            self._wanted = (block, 0, _ABOVE)
            return
        height, top = self.pane_height, self.top_line
        first, end = self.extent(block)
        into = end - self.heights.before(block)
        if first >= top and end <= top + height:
            return
        if block <= 1 and end <= height:
            self.put(0, 0)
        elif first > top + 2 * height or end < top - height:
            # a leap: some of what stands above it stays in sight
            self.put(block, 0, height // 4 if end - first < height * 3 // 4 else 0)
        elif end - first >= height:
            self.put(block, 0) if step > 0 else self.put(block, into - 1, height - 1)
        elif first < top:
            self.put(block, 0)
        else:
            self.put(block, into - 1, height - 1)

    def cursor_at(self, number: int, offset: int) -> str:
        if number != self.cursor_block:
            return ""
        lines = self.cursor_lines(number)
        return "" if offset not in lines else "head" if offset == lines.start else "body"

    def keep_place(self) -> None:
        # the block under the cursor is what the reader looks at, if it is in sight
        block = self.cursor_block
        if block is not None and block < len(self.heights):
            row = self.heights.before(block) - self.top_line
            if 0 <= row < self.pane_height:
                self.rebuild(block, 0, row)
                return
        super().keep_place()

    def on_focus(self) -> None:
        self.refresh_cursor()

    def on_blur(self) -> None:
        self.refresh_cursor()

    def refresh_cursor(self) -> None:
        """Draw the block under the cursor anew."""
        if self.cursor_block is not None:
            self.refresh_block(self.cursor_block)
