"""One line to write in."""

from textual import events
from textual.widgets import Input

from tui_reader.ui.widgets.in_order import in_order


class Field(Input):
    """Takes keys in the order in which they were typed."""

    async def _on_key(self, event: events.Key) -> None:
        await in_order(self, event)
