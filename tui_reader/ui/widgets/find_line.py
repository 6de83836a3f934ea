"""The line in which words to be found are typed."""

from typing import ClassVar

from textual import on
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.content import Content
from textual.message import Message
from textual.widgets import Input, Static


class FindLine(Horizontal):
    """Stands above the status line while something is typed into it; empty until it is first needed."""

    DEFAULT_CSS = """
    FindLine { height: 1; background: $panel; padding: 0 1; display: none; }
    FindLine Static { width: auto; color: $accent; text-style: bold; }
    FindLine Input { width: 1fr; height: 1; padding: 0; }
    FindLine Input, FindLine Input:focus { border: none; background: $panel; }
    """

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
        self._field: Input | None = None

    def open(self) -> None:
        """Comes in sight, empty, and takes the keys."""
        self.display = True
        if self._field is None:
            self._field = Input(select_on_focus=False)
            self.mount(Static(Content("/ ")), self._field)
        with self._field.prevent(Input.Changed):
            self._field.value = ""
        # at once: the next key is meant for it
        self.screen.set_focus(self._field)

    def close(self) -> None:
        """Goes out of sight."""
        self.display = False

    @property
    def is_open(self) -> bool:
        """Whether it has the keys."""
        return bool(self.display)

    @on(Input.Changed)
    def _changed(self, event: Input.Changed) -> None:
        event.stop()
        self.post_message(self.Typed(event.value))

    @on(Input.Submitted)
    def _submitted(self, event: Input.Submitted) -> None:
        event.stop()
        self.post_message(self.Kept(event.value))

    def action_leave(self) -> None:
        self.post_message(self.Left())

    def action_ignore(self) -> None:
        """Does nothing."""
