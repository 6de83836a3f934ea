"""One line to write in."""

from textual import events
from textual.reactive import reactive
from textual.widgets import Input

from tui_reader.ui.text import tame
from tui_reader.ui.widgets.in_order import in_order

_ON_ONE_LINE = str.maketrans("\n\t", "  ")


class Field(Input):
    """Takes keys in the order in which they were typed; its cursor stands still, as the composer's does."""

    cursor_blink = reactive(False, init=False)

    def validate_value(self, value: str) -> str:
        # Textual draws whatever it holds, control characters too
        return tame(value).translate(_ON_ONE_LINE)

    async def _on_key(self, event: events.Key) -> None:
        await in_order(self, event)
