"""Asks before something that cannot be taken back."""

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.content import Content
from textual.widgets import Button, Static

from tui_reader.language import _
from tui_reader.ui import text
from tui_reader.ui.screens.dialog import Dialog


class Confirm(Dialog[bool]):
    """A question with two answers; the harmless one has the focus.

    Args:
        question: One sentence; may hold foreign words.
        detail: What will happen; may hold foreign words.
        yes: The words of the answer that does it.
        no: The words of the other; empty for keeping what is there.
        key: The key for yes, beside ``y``.
    """

    def __init__(self, question: str, detail: str = "", *, yes: str, no: str = "", key: str = "y") -> None:
        super().__init__()
        self._question = question
        self._detail = detail
        self._yes = yes
        self._no = no or _("keep")
        self._key = key
        for one in {key, "y"}:
            self._bindings.bind(one, "dismiss(True)", yes)
        self._bindings.bind("n", "dismiss(False)", self._no)

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("left,shift+tab", "app.focus_previous", show=False),
        Binding("right,tab", "app.focus_next", show=False),
    ]

    def compose_box(self) -> ComposeResult:
        yield Static(text.content_line(self._question).stylize("bold"), classes="words")
        if self._detail:
            yield Static(text.content(self._detail), classes="words")
        with Horizontal(id="buttons"):
            yield Button(Content(f"n  {self._no}"), id="no")
            yield Button(Content(f"{self._key}  {self._yes}"), id="yes")

    def on_mount(self) -> None:
        self.query_one("#no", Button).focus()

    @on(Button.Pressed)
    def _answer(self, event: Button.Pressed) -> None:
        event.stop()
        self.dismiss(event.button.id == "yes")
