"""Chooses a theme; the one under the cursor shows at once, over the columns that stay in sight."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from tui_reader.language import N_, _
from tui_reader.ui.screens.dialog import Dialog


@dataclass(frozen=True, slots=True)
class ChosenTheme:
    """What was chosen."""

    name: str
    is_kept: bool
    """Written to the settings, for every start from now on."""


class ChooseTheme(Dialog[ChosenTheme]):
    """A list of themes at the edge; leaving it brings back the one that was.

    Args:
        names: The themes in the order of the list.
        now: The one that shows.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("j", "move(1)", show=False),
        Binding("k", "move(-1)", show=False),
        Binding("q,escape", "leave", show=False),
        Binding("space", "take(False)", show=False),
    ]
    TITLE_WORDS = N_("Themes")

    def __init__(self, names: Sequence[str], now: str) -> None:
        super().__init__()
        self._names = names
        self._before = now

    def compose_box(self) -> ComposeResult:
        yield OptionList(*(Option(Content(name)) for name in self._names), id="choices")

    def on_mount(self) -> None:
        self.say(Content(_("enter keeps it · space takes it until you quit · esc leaves all as it was")))
        if self._before in self._names:
            self.query_one(OptionList).highlighted = self._names.index(self._before)

    @on(OptionList.OptionHighlighted)
    def _show(self, event: OptionList.OptionHighlighted) -> None:
        event.stop()
        self.app.theme = self._names[event.option_index]

    @on(OptionList.OptionSelected)
    def _keep(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        self.dismiss(ChosenTheme(self._names[event.option_index], is_kept=True))

    def action_take(self, is_kept: bool) -> None:
        at = self.query_one(OptionList).highlighted
        if at is not None:
            self.dismiss(ChosenTheme(self._names[at], is_kept=is_kept))

    def action_leave(self) -> None:
        self.app.theme = self._before
        self.dismiss(None)
