"""The frame of every question: a box over the dimmed columns, with esc to leave it."""

from typing import ClassVar, Generic, TypeVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import OptionList, Static

from tui_reader.language import _
from tui_reader.ui.screens.once import ClosesOnce

Answer = TypeVar("Answer")


class Dialog(ClosesOnce, ModalScreen[Answer | None], Generic[Answer]):
    """Asks something; answers None when the reader leaves it."""

    CSS_PATH = "dialog.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        ("escape", "dismiss(None)", "Leave"),
        # at once: else the letters behind a tab that come in the same breath still go to the field before it
        Binding("tab", "app.focus_next", show=False, priority=True),
        Binding("shift+tab", "app.focus_previous", show=False, priority=True),
    ]

    TITLE_WORDS = ""

    def compose(self) -> ComposeResult:
        with Vertical(id="box") as box:
            box.border_title = Content(_(self.TITLE_WORDS))
            yield from self.compose_box()
            yield Static(id="problem")

    def compose_box(self) -> ComposeResult:
        """What stands in the box."""
        raise NotImplementedError

    def say(self, words: Content, *, is_problem: bool = False) -> None:
        """Tells something at the foot of the box."""
        line = self.query_one("#problem", Static)
        line.set_class(is_problem, "-bad")
        line.update(words)

    def action_move(self, step: int) -> None:
        """In the list of those dialogs that have one, with the focus beside it or in it."""
        listed = self.query_one(OptionList)
        listed.action_cursor_down() if step > 0 else listed.action_cursor_up()
