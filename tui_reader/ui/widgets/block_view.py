"""A pane of blocks that is walked by keys, and of which words are selected."""

from dataclasses import dataclass
from typing import ClassVar

from textual.binding import BindingType
from textual.message import Message
from textual.selection import Selection
from textual.strip import Strip

from tui_reader.ui.widgets.line_view import bound
from tui_reader.ui.widgets.linked_blocks import LinkedBlocks
from tui_reader.ui.widgets.pieces import SILENT


class BlockView(LinkedBlocks):
    """What every pane of text can do."""

    BINDINGS: ClassVar[list[BindingType]] = bound(
        {
            "move.down": "line(1)",
            "move.up": "line(-1)",
            "move.half_down": "half_page(1)",
            "move.half_up": "half_page(-1)",
            "move.page_down": "page(1)",
            "move.page_up": "page(-1)",
            "move.top": "top",
            "move.end": "end",
        }
    )

    @dataclass(eq=False, repr=False)
    class Left(Message):
        """A key leaps far away from a place to which one may want to come back."""

        view: "BlockView"
        place: tuple[int, int]
        key: str | None = None
        """What had the cursor, where there is one."""

    @property
    def cursor_key(self) -> str | None:
        """What has the cursor, by a name that stays when rows change; None where there is no cursor."""
        return None

    def tell_left(self) -> None:
        """Say where the reader is before a leap."""
        self.post_message(self.Left(self, self.place, self.cursor_key))

    def action_line(self, step: int) -> None:
        self.scroll_lines(step)

    def action_half_page(self, step: int) -> None:
        self.scroll_lines(step * max(1, self.pane_height // 2))

    def action_page(self, step: int) -> None:
        # two lines stay in sight, so that the eye finds its place
        self.scroll_lines(step * max(1, self.pane_height - 2))

    def action_top(self) -> None:
        if len(self.heights):
            self.tell_left()
            self._slack = 0
            self.put(0, 0)

    def action_end(self) -> None:
        if len(self.heights):
            self.tell_left()
            self._slack = 0
            last = len(self.heights) - 1
            self.measure(last)
            self.put(last, self.heights[last] - 1, self.pane_height - 1)

    def selection_updated(self, selection: Selection | None) -> None:
        self.refresh()

    def laid_over(self, strip: Strip, number: int, offset: int, y: int) -> Strip:
        strip = super().laid_over(strip, number, offset, y)
        selection = self.text_selection
        if selection is not None and (span := selection.get_span(y)) is not None:
            strip = self.restyled(strip, [span], "selected")
        return strip

    def get_selection(self, selection: Selection) -> tuple[str, str] | None:
        """The selected words, without the rails and bars that are drawn beside them."""
        first = selection.start.y if selection.start is not None else 0
        last = selection.end.y if selection.end is not None else self.heights.total - 1
        picked: list[str] = []
        for y in range(max(0, first), min(last, self.heights.total - 1) + 1):
            span = selection.get_span(y)
            if span is None:
                continue
            start, end = span
            at, words = 0, ""
            for text, role, _ in self.line_at(y):
                stop = len(text) if end < 0 else max(0, end - at)
                if not role.endswith(SILENT):
                    words += text[max(0, start - at) : stop]
                at += len(text)
            picked.append(words.rstrip())
        return ("\n".join(picked), "\n") if picked else None
