"""The line in which words to be found are typed."""

from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType
from textual.content import Content
from textual.message import Message

from tui_reader.ui.widgets.bottom_line import BottomLine

if TYPE_CHECKING:
    from textual.widgets import Input

    from tui_reader.ui.widgets.field import Field


class FindLine(BottomLine):
    """Stands above the status line while something is typed into it; empty until it is first needed."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "leave", show=False),
        # up and down are no use in one line, and would move the focus away
        Binding("up,down,tab,shift+tab", "ignore", show=False, priority=True),
    ]

    class Typed(Message):
        """Other words stand there now."""

        def __init__(self, query: str) -> None:
            super().__init__()
            self.query = query

    class Kept(Message):
        """These are the words."""

        def __init__(self, query: str) -> None:
            super().__init__()
            self.query = query

    class Left(Message):
        """Nothing is to be found after all."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._field: Field | None = None

    def open(self) -> None:
        """Comes in sight, empty, and takes the keys."""
        # not at the top: fields are loaded when one is first wanted
        from textual.widgets import Input, Static

        from tui_reader.ui.widgets.field import Field

        self.display = True
        if self._field is None:
            self._field = Field(select_on_focus=False)
            self.mount(Static(Content("/ ")), self._field)
        with self._field.prevent(Input.Changed):
            self._field.value = ""
        # at once: the next key is meant for it
        self.screen.set_focus(self._field)

    def on_input_changed(self, event: "Input.Changed") -> None:
        event.stop()
        self.post_message(self.Typed(event.value))

    def on_input_submitted(self, event: "Input.Submitted") -> None:
        event.stop()
        self.post_message(self.Kept(event.value))

    def action_leave(self) -> None:
        self.post_message(self.Left())
