"""All keys by group, from the table that makes them; typing searches."""

from collections.abc import Iterable
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Input, Static

from tui_reader.language import N_, _
from tui_reader.ui.keymap import ACTS, Act, Keymap, Where
from tui_reader.ui.screens.once import ClosesOnce
from tui_reader.ui.widgets.field import Field

_TWO_COLUMNS = 50
"""Cells below which keys and words stand one below the other."""
_PLACES = {
    Where.THREAD: N_("in the conversation"),
    Where.COMPOSER: N_("while writing"),
    Where.OUTBOX: N_("in the outbox"),
}


class Help(ClosesOnce, ModalScreen[None]):
    """The keys in force."""

    CSS_PATH = "help.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "leave", "Leave"),
        Binding("down", "scroll(1)", show=False),
        Binding("up", "scroll(-1)", show=False),
        Binding("pagedown", "scroll(12)", show=False),
        Binding("pageup", "scroll(-12)", show=False),
    ]

    def __init__(self, keymap: Keymap) -> None:
        super().__init__()
        self._keymap = keymap

    def compose(self) -> ComposeResult:
        with Vertical(id="box") as box:
            box.border_title = Content(_("Keys"))
            box.border_subtitle = Content(_("esc leaves"))
            yield Field(placeholder=_("type to search"), id="search", select_on_focus=False)
            with VerticalScroll(id="scroll", can_focus=False):
                yield Static(id="keys")

    def on_mount(self) -> None:
        self._show("")

    def on_resize(self) -> None:
        self._show(self.query_one(Input).value)

    @on(Input.Changed)
    def _searched(self, event: Input.Changed) -> None:
        event.stop()
        self._show(event.value)

    def action_leave(self) -> None:
        """Takes the search away first, then the screen."""
        search = self.query_one(Input)
        if search.value:
            search.value = ""
        else:
            self.dismiss(None)

    def action_scroll(self, lines: int) -> None:
        self.query_one("#scroll").scroll_relative(y=lines, animate=False)

    def _show(self, query: str) -> None:
        found = [act for act in ACTS if _matches(act, query, self._keymap)]
        words = (
            Content("\n").join(_lines(found, self._keymap, _room(self.app.size.width)))
            if found
            else Content(_("No key does that. Fewer letters find more; esc takes the search away."))
        )
        self.query_one("#keys", Static).update(words)
        self.query_one("#scroll").scroll_home(animate=False)


def _room(window: int) -> int:
    """Cells of a line within the box, as help.tcss has it: borders, margins and the scroll bar taken off."""
    return min(88, window * 96 // 100) - 5


def _matches(act: Act, query: str, keymap: Keymap) -> bool:
    """A key by itself, or words out of what it does, its group or its name."""
    wanted = query.strip()
    if not wanted:
        return True
    if wanted in keymap.shown(act.id, every=True).split():
        return True
    told = f"{act.group} {act.tooltip} {act.id} {keymap.shown(act.id, every=True)}".lower()
    return len(wanted) > 1 and all(word in told for word in wanted.lower().split())


def _lines(acts: Iterable[Act], keymap: Keymap, width: int) -> Iterable[Content]:
    """Two columns, or one below the other where two are too narrow to read."""
    group = ""
    indent = 18 if width >= _TWO_COLUMNS else 4
    for act in acts:
        if act.group != group:
            if group:
                yield Content()
            group = act.group
            place = _(_PLACES.get(act.where, ""))
            yield Content.assemble((group, "bold $primary"), (f"  {place}" if place else "", "$text-muted"))
        keys = Content("  ") + Content.styled(keymap.shown(act.id, every=True), "bold")
        told = Content(act.tooltip) + Content.styled(f"  {act.id}", "$text-disabled")
        first, *others = told.wrap(max(10, width - indent))
        if keys.cell_length < indent:
            yield keys.pad_right(indent - keys.cell_length) + first
        else:
            yield keys
            yield Content(" " * indent) + first
        for line in others:
            yield Content(" " * indent) + line
