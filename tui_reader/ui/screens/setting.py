"""Asks for the value of one setting: words or a number in a field, some of a few by ticks."""

from collections.abc import Sequence
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import Input, OptionList, Static
from textual.widgets.option_list import Option

from tui_reader.errors import ConfigError
from tui_reader.language import _
from tui_reader.ui import text
from tui_reader.ui.preferences import Preference, Preferences, fault_in_short, told
from tui_reader.ui.screens.dialog import Dialog
from tui_reader.ui.widgets.field import Field


class Type(Dialog[bool]):
    """A field; what is wrong with it is told, and it stays open until it is right.

    Args:
        one: What is set.
        preferences: The way to set it.
    """

    def __init__(self, one: Preference, preferences: Preferences) -> None:
        super().__init__()
        self.TITLE_WORDS = one.key
        self._one = one
        self._preferences = preferences

    def compose_box(self) -> ComposeResult:
        yield Static(text.content_line(self._one.help), classes="words")
        is_number = isinstance(self._one.value, int)
        yield Field(
            str(self._one.value),
            id="value",
            type="integer" if is_number else "text",
            select_on_focus=False,
        )

    def on_mount(self) -> None:
        words = _("enter sets it · default: {value} · esc leaves").format(value=told(self._one.default))
        self.say(text.content_line(words))
        self.query_one(Input).focus()

    @on(Input.Submitted)
    def _submitted(self, event: Input.Submitted) -> None:
        event.stop()
        try:
            self._preferences.change(self._one.key, event.value)
        except ConfigError as error:
            self.say(text.content(fault_in_short(error, self._preferences.path)), is_problem=True)
            return
        self.dismiss(True)


class Tick(Dialog[tuple[str, ...]]):
    """A list of things of which some are wanted.

    Args:
        title: What is set.
        help: What it does.
        choices: The things, in their order.
        chosen: Those that are wanted now.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("j", "move(1)", show=False),
        Binding("k", "move(-1)", show=False),
        Binding("space", "tick", show=False),
        Binding("ctrl+s,f5", "done", show=False),
        Binding("q", "dismiss(None)", show=False),
    ]

    def __init__(self, title: str, help: str, choices: Sequence[str], chosen: Sequence[str]) -> None:
        super().__init__()
        self.TITLE_WORDS = title
        self._help = help
        self._choices = choices
        self._chosen = set(chosen)

    def compose_box(self) -> ComposeResult:
        yield Static(text.content_line(self._help), classes="words")
        yield OptionList(*self._options(), id="choices")

    def on_mount(self) -> None:
        self.say(Content(_("space ticks · enter sets it · esc leaves")))
        self.query_one(OptionList).highlighted = 0

    def _options(self) -> list[Option]:
        return [Option(Content(f"[{'x' if one in self._chosen else ' '}] {one}")) for one in self._choices]

    def action_tick(self) -> None:
        listed = self.query_one(OptionList)
        at = listed.highlighted
        if at is None:
            return
        self._chosen ^= {self._choices[at]}
        listed.replace_option_prompt_at_index(at, self._options()[at].prompt)

    @on(OptionList.OptionSelected)
    def _selected(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        self.action_done()

    def action_done(self) -> None:
        if self._chosen:
            self.dismiss(tuple(one for one in self._choices if one in self._chosen))
        else:
            self.say(Content(_("One of them at least is needed.")), is_problem=True)
