"""For screen readers: no lines and blocks on the screen, the terminal's cursor on the line that is read."""

from functools import lru_cache

from rich.segment import Segment
from textual.color import Color
from textual.filter import LineFilter
from textual.geometry import Offset
from textual.widget import Widget
from textual.widgets import OptionList

from tui_reader.ui.widgets.block_view import BlockView
from tui_reader.ui.widgets.cursor_view import CursorView
from tui_reader.ui.widgets.row_list import RowList

SHOW_CURSOR = "\x1b[?25h"
"""Textual hides it; those who hear the screen follow it."""

# frames, rails, rules, bars and the thumbs of scroll bars; then marks that words say as well
_BOXES = dict.fromkeys((*range(0x2500, 0x25A0), *range(0x25B0, 0x25BA)), " ")
_MARKS = {ord(mark): " " for mark in "▪◷⟳↪"}
_SPACES = {**_BOXES, **_MARKS, ord("›"): ",", ord("⇄"): "/"}


class WordsOnly(LineFilter):
    """Leaves words on the screen, and an empty cell where a line or a block would stand."""

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:
        return [
            segment
            if segment.text.isascii()
            else Segment(_words(segment.text), segment.style, segment.control)
            for segment in segments
        ]


@lru_cache(maxsize=2048)
def _words(text: str) -> str:
    return text.translate(_SPACES)


def line_read(widget: Widget | None) -> Offset | None:
    """Where on the screen the line begins that is read; None where the widget places the cursor itself."""
    if widget is None:
        return None
    y = _line_in(widget)
    if y is None:
        return None
    region = widget.content_region
    return region.offset + Offset(0, min(max(0, y), max(0, region.height - 1)))


def _line_in(widget: Widget) -> int | None:
    if isinstance(widget, RowList):
        return widget.cursor * widget.row_height - round(widget.scroll_y)
    if isinstance(widget, CursorView):
        block = widget.cursor_block
        if block is None or block >= len(widget.heights):
            return 0
        return widget.extent(block)[0] - widget.top_line
    if isinstance(widget, BlockView):
        return 0
    if isinstance(widget, OptionList):
        at = widget.highlighted or 0
        above = sum(str(option.prompt).count("\n") + 1 for option in widget.options[:at])
        return above - round(widget.scroll_y)
    return None
