"""Asks for one of a few things: a link, an identity."""

from collections.abc import Sequence
from typing import ClassVar, TypeVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from tui_reader.ui.screens.dialog import Dialog

Choice = TypeVar("Choice")


class Choose(Dialog[Choice]):
    """A list to choose from.

    Args:
        title: What is chosen.
        rows: Each line with its value; foreign words were cleaned by the caller.
        hint: What enter does.
        at: The row that has the cursor first.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("j", "move(1)", show=False),
        Binding("k", "move(-1)", show=False),
        Binding("q", "dismiss(None)", show=False),
    ]

    def __init__(self, title: str, rows: Sequence[tuple[Content, Choice]], *, hint: str, at: int = 0) -> None:
        super().__init__()
        self.TITLE_WORDS = title
        self._rows = rows
        self._hint = hint
        self._at = at

    def compose_box(self) -> ComposeResult:
        yield OptionList(*(Option(words) for words, _ in self._rows), id="choices")

    def on_mount(self) -> None:
        self.say(Content(self._hint))
        self.query_one(OptionList).highlighted = self._at

    @on(OptionList.OptionSelected)
    def _chosen(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        self.dismiss(self._rows[event.option_index][1])
