"""A line above the status line in which a query or a command is typed; mounted when it is first asked for."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.message import Message
from textual.suggester import SuggestFromList
from textual.widgets import Input, Static

from tui_reader.ui.widgets.bottom_line import BottomLine
from tui_reader.ui.widgets.field import Field


class PromptLine(BottomLine):
    """Asks for one line."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "leave", show=False),
        Binding("tab", "complete", show=False, priority=True),
        # up and down go through what was typed before; they never move the focus away
        Binding("up", "older(1)", show=False, priority=True),
        Binding("down", "older(-1)", show=False, priority=True),
        Binding("shift+tab", "ignore", show=False, priority=True),
    ]

    @dataclass
    class Typed(Message):
        """Other words stand there now."""

        prompt: str
        text: str

    @dataclass
    class Given(Message):
        """This is the line."""

        prompt: str
        text: str

    @dataclass
    class Left(Message):
        """Nothing is wanted after all."""

    def __init__(self) -> None:
        super().__init__(id="prompt")
        self._prompt = ""
        self._typed_before: dict[str, list[str]] = {}
        self._back = 0

    def compose(self) -> ComposeResult:
        yield Static(Content(""))
        yield Field(select_on_focus=False)

    def open(self, prompt: str, text: str = "", suggestions: Sequence[str] = ()) -> None:
        """Comes in sight and takes the keys.

        Args:
            prompt: The sign that stands before the line, and tells one use from another.
            text: What stands there at first.
            suggestions: What ``tab`` completes to.
        """
        self._prompt, self._back = prompt, 0
        self.query_one(Static).update(Content(f"{prompt} "))
        field = self.query_one(Input)
        field.suggester = SuggestFromList(suggestions, case_sensitive=False) if suggestions else None
        with field.prevent(Input.Changed):
            field.value = text
        field.cursor_position = len(text)
        self.display = True
        field.focus()

    @on(Input.Changed)
    def _changed(self, event: Input.Changed) -> None:
        event.stop()
        self.post_message(self.Typed(self._prompt, event.value))

    @on(Input.Submitted)
    def _submitted(self, event: Input.Submitted) -> None:
        event.stop()
        before = self._typed_before.setdefault(self._prompt, [])
        if event.value.strip() and before[:1] != [event.value]:
            before.insert(0, event.value)
        self.post_message(self.Given(self._prompt, event.value))

    def action_leave(self) -> None:
        self.post_message(self.Left())

    def action_complete(self) -> None:
        """Takes what is suggested."""
        self.query_one(Input).action_cursor_right()

    def action_older(self, step: int) -> None:
        """What was typed here before, and back."""
        before = self._typed_before.get(self._prompt, [])
        self._back = min(max(self._back + step, 0), len(before))
        field = self.query_one(Input)
        field.value = before[self._back - 1] if self._back else ""
        field.cursor_position = len(field.value)
