"""Every setting and every key in one list: what it is, what it is set to, what it does; changed in place."""

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import Input, OptionList, Static
from textual.widgets.option_list import Option

from tui_reader.config import Value
from tui_reader.errors import ConfigError
from tui_reader.language import N_, _
from tui_reader.ui import text
from tui_reader.ui.preferences import Preference, Preferences, fault_in_short, told
from tui_reader.ui.screens.choose import Choose
from tui_reader.ui.screens.dialog import Dialog
from tui_reader.ui.screens.setting import Tick, Type
from tui_reader.ui.screens.themes import ChooseTheme, ChosenTheme
from tui_reader.ui.widgets.field import Field

_SECTIONS = {
    "look": N_("Look"),
    "images": N_("Images"),
    "network": N_("Network"),
    "refresh": N_("Refresh"),
    "compose": N_("Writing"),
    "log": N_("Log"),
    "keys": N_("Keys"),
}


class SettingsScreen(Dialog[None]):
    """Shows and changes the settings.

    Args:
        preferences: What can be set.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("j", "move(1)", show=False),
        Binding("k", "move(-1)", show=False),
        Binding("g,home", "edge(-1)", show=False),
        Binding("G,end", "edge(1)", show=False),
        Binding("space", "change", show=False),
        Binding("x,delete", "reset", show=False),
        Binding("slash", "search", show=False),
        Binding("q,escape", "leave", show=False),
        Binding("down", "into_list", show=False),
    ]
    TITLE_WORDS = N_("Settings")

    def __init__(self, preferences: Preferences) -> None:
        super().__init__()
        self._preferences = preferences
        self._rows: list[Preference | None] = []
        """What stands on each line; None for the head of a section."""

    def compose_box(self) -> ComposeResult:
        yield Field(placeholder=_("/ to search"), id="search", select_on_focus=False)
        yield OptionList(id="settings")
        yield Static(id="about")

    def on_mount(self) -> None:
        self.query_one("#box").border_subtitle = text.content_line(self._preferences.path)
        self._hint()
        self._fill()
        self.query_one(OptionList).focus()

    def _hint(self) -> None:
        self.say(Content(_("enter changes · x back to the default · / searches · esc leaves")))

    def _fill(self, keep: str = "") -> None:
        """Lists what fits the search, the cursor on the setting of that key."""
        query = self.query_one(Input).value.lower().split()
        found = [one for one in self._preferences.all() if all(word in _words(one) for word in query)]
        self._rows = []
        options: list[Option] = []
        section = ""
        for one in found:
            if one.section != section:
                section = one.section
                if options:
                    self._rows.append(None)
                    options.append(Option(Content(), disabled=True))
                self._rows.append(None)
                head = Content.styled(_(_SECTIONS.get(section, section.capitalize())), "bold $primary")
                options.append(Option(head, disabled=True))
            self._rows.append(one)
            options.append(Option(_row(one)))
        listed = self.query_one(OptionList)
        listed.clear_options()
        listed.add_options(options)
        at = next((n for n, row in enumerate(self._rows) if row and row.key == keep), None)
        first = next((n for n, row in enumerate(self._rows) if row), None)
        listed.highlighted = at if at is not None else first
        if first is None:
            self.query_one("#about", Static).update(Content(_("No setting of that name.")))

    @property
    def _here(self) -> Preference | None:
        at = self.query_one(OptionList).highlighted
        return self._rows[at] if at is not None and at < len(self._rows) else None

    @on(OptionList.OptionHighlighted)
    def _tell_of(self, event: OptionList.OptionHighlighted) -> None:
        event.stop()
        one = self._here
        if one is None:
            return
        default = _("default: {value}").format(value=told(one.default))
        when = _("shows at once") if one.is_at_once else _("holds from the next start on")
        about = Content.assemble(
            text.content_line(one.help), "\n", (f"{one.key} · {default} · {when}", "$text-muted")
        )
        self.query_one("#about", Static).update(about)

    @on(Input.Changed)
    def _searched(self, event: Input.Changed) -> None:
        event.stop()
        self._fill()

    @on(Input.Submitted)
    def _to_list(self, event: Input.Submitted) -> None:
        event.stop()
        self.query_one(OptionList).focus()

    @on(OptionList.OptionSelected)
    def _selected(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        self.action_change()

    def action_edge(self, step: int) -> None:
        listed = self.query_one(OptionList)
        if step > 0:
            listed.action_last()
        else:
            listed.action_first()

    def action_search(self) -> None:
        self.query_one(Input).focus()

    def action_into_list(self) -> None:
        self.query_one(OptionList).focus()

    def action_leave(self) -> None:
        """Takes the search away first, then the screen."""
        search = self.query_one(Input)
        if search.value or search.has_focus:
            search.value = ""
            self.query_one(OptionList).focus()
        else:
            self.dismiss(None)

    def action_reset(self) -> None:
        one = self._here
        if one is None:
            return
        try:
            was_there = self._preferences.reset(one.key)
        except ConfigError as error:
            self._say_fault(error)
            return
        self._done(one, _("back to the default") if was_there else _("it is the default already"))

    def action_change(self) -> None:
        """By what fits the kind of it: a turn, a choice, ticks, or words."""
        one = self._here
        if one is None:
            return
        if one.key == "look.theme":
            names = self._preferences.themes()
            if names:
                self.app.push_screen(ChooseTheme(names, self.app.theme), lambda it: self._theme(one, it))
            else:
                self.say(Content(_("NO_COLOR is set: there are no colours to choose from.")))
        elif isinstance(one.value, bool):
            self._put(one, not one.value)
        elif isinstance(one.value, tuple):
            self.app.push_screen(
                Tick(one.key, one.help, one.choices, one.value), lambda chosen: self._put(one, chosen)
            )
        elif one.choices:
            rows = [(_choice(one, choice), choice) for choice in one.choices]
            hint = _("enter takes it · esc leaves")
            self.app.push_screen(Choose(one.key, rows, hint=hint), lambda chosen: self._put(one, chosen))
        else:
            self.app.push_screen(Type(one, self._preferences), lambda is_done: self._typed(one, is_done))

    def _put(self, one: Preference, value: Value | None) -> None:
        if value is None:
            return
        try:
            self._preferences.put(one.key, value)
        except ConfigError as error:
            self._say_fault(error)
            return
        self._done(one, _("set"))

    def _theme(self, one: Preference, chosen: ChosenTheme | None) -> None:
        if chosen is not None and chosen.is_kept:
            self._put(one, chosen.name)

    def _typed(self, one: Preference, is_done: bool | None) -> None:
        if is_done:
            self._done(one, _("set"))

    def _done(self, one: Preference, what: str) -> None:
        self._fill(keep=one.key)
        later = "" if one.is_at_once else " · " + _("holds from the next start on")
        now = self._here
        shown = f" · {now.shown}" if now is not None else ""
        self.say(text.content_line(f"{one.key}: {what}{shown}{later}"))

    def _say_fault(self, error: ConfigError) -> None:
        self.say(text.content(fault_in_short(error, self._preferences.path)), is_problem=True)


def _words(one: Preference) -> str:
    return f"{one.key} {one.name} {one.help} {one.shown} {_(_SECTIONS.get(one.section, ''))}".lower()


def _row(one: Preference) -> Content:
    # a mark and not the colour alone says that it was changed
    mark = "* " if one.is_set else "  "
    name = Content.styled(text.content_line(one.name).plain, "bold" if one.is_set else "").pad_right(
        max(1, 24 - len(one.name))
    )
    value = text.content_line(one.shown)
    return Content.assemble((mark, "$accent"), name, value.stylize("$accent") if one.is_set else value)


def _choice(one: Preference, choice: str) -> Content:
    now = "● " if choice == one.value else "  "
    default = "  " + _("(default)") if choice == one.default else ""
    return Content.assemble(now, choice or _("as the system has it"), (default, "$text-muted"))
