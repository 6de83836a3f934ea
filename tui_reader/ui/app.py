"""The app: themes, keymap, commands, the first screen, and nothing else."""

import asyncio
import gc
import os
import signal
import sys
from collections.abc import Callable
from typing import TYPE_CHECKING, ClassVar

from textual import events, on
from textual.app import App
from textual.geometry import Offset
from textual.screen import Screen
from textual.theme import Theme

from tui_reader.errors import ConfigError
from tui_reader.language import _
from tui_reader.ui import text
from tui_reader.ui.keymap import Keymap
from tui_reader.ui.manner import manner, of_settings, use
from tui_reader.ui.ports import Services
from tui_reader.ui.rest import HANDS, RESTS_AFTER
from tui_reader.ui.screens.reading import ReadingScreen
from tui_reader.ui.takeover import has_hung_up, taking_over
from tui_reader.ui.themes import PLAIN, TERMINAL, THEMES, opposite

_YOUNG = 20_000
"""Objects that may be made before the collector looks at them by itself: more than any screen needs."""

_MOST = 100_000
"""Objects that may be made while keys are pressed before it does so all the same."""

_HOPS = 50
"""Turns of the event loop that a message may take from a row to the screen, and then some."""

_LOOKS_AT_TERMINAL_EVERY = 2.0
"""Seconds between two looks whether anybody is still there."""
_ENDING = (signal.SIGTERM, signal.SIGHUP, signal.SIGINT)

if TYPE_CHECKING:
    from pathlib import Path

    from rich.console import RenderableType
    from textual.command import Provider

    from tui_reader.config import Settings
    from tui_reader.domain.reply import Reply
    from tui_reader.ui.first_hold import Shown
    from tui_reader.ui.preferences import Preferences
    from tui_reader.ui.screens.themes import ChosenTheme


def _acts() -> "type[Provider]":
    # the palette's words are made when it is first opened
    from tui_reader.ui.commands import ActCommands

    return ActCommands


def _places() -> "type[Provider]":
    from tui_reader.ui.commands import GoTo

    return GoTo


def _views() -> "type[Provider]":
    from tui_reader.ui.commands import Views

    return Views


def _languages() -> "type[Provider]":
    from tui_reader.ui.commands import Languages

    return Languages


class ReaderApp(App[str]):
    """Reads and answers; ``run`` returns ``"demo"`` when the reader asked for the demo.

    Args:
        services: What does the work.
        demo: Whether this is the demo; said at the top.
        after_tour: Called when the tour was done or left; None for no tour.
        frame: What stands on the terminal already; the app repaints it in place.
        has_colours: False for a terminal of sixteen colours: the theme is then the terminal's own.

    Raises:
        ConfigError: the keys of the settings are wrong.
    """

    TITLE = "tui reader"
    # here and not on the screen: Textual does not read the style sheet of a default screen
    CSS_PATH = "screens/reading.tcss"
    COMMANDS: ClassVar["set[type[Provider] | Callable[[], type[Provider]]]"] = {
        _acts,
        _places,
        _views,
        _languages,
    }
    ENABLE_COMMAND_PALETTE = True
    # ctrl+p is an act like every other, so that it can be rebound
    COMMAND_PALETTE_BINDING = "f24"

    def __init__(
        self,
        services: Services,
        *,
        demo: bool = False,
        after_tour: Callable[[], None] | None = None,
        frame: "Shown | None" = None,
        has_colours: bool = True,
    ) -> None:
        use(of_settings(services.settings.look))
        theme = _begin_with(services.settings, has_colours=has_colours)
        self._is_themed = False
        super().__init__(
            driver_class=None if frame is None else taking_over(frame), ansi_color=theme.ansi or None
        )
        # a list that slides is a list that lags
        self.animation_level = "none"
        self.crash: Exception | None = None
        """The bug that ended it."""
        self.unsent: tuple[Reply, ...] = ()
        """Drafts that wait for being sent, to be told of at the end."""
        self.VERTICAL_BREAKPOINTS = [(0, "-short"), (18, "-tall")]
        self._services = services
        self._is_demo = demo
        self._after_tour = after_tour
        self._tidying: asyncio.TimerHandle | None = None
        self.keys = Keymap(services.settings.keys)

        for known in (*THEMES, theme):
            self.register_theme(known)
        self._wanted_theme = services.settings.look.theme
        self._themes_by_light = {theme.dark: theme.name}
        # here and not by assignment: a change of theme reads every style sheet again, and draws twice
        self.set_reactive(App.theme, theme.name)
        self._is_themed = True
        self.stylesheet.set_variables(self.get_css_variables())
        self.set_class(theme.dark, "-dark-mode", update=False)
        self.set_class(not theme.dark, "-light-mode", update=False)

        if manner().is_linear:
            from tui_reader.ui.linear import WordsOnly

            self._filters.append(WordsOnly())

    def get_css_variables(self) -> dict[str, str]:
        """The colours of the theme; none before it is known, when Textual asks for the first time."""
        return super().get_css_variables() if self._is_themed else {}

    def on_mount(self) -> None:
        if manner().is_linear:
            self._show_cursor()
            # an editor had the terminal meanwhile
            self.app_resume_signal.subscribe(self, self._show_cursor)
        # from here on the theme says whether it is one of the terminal's own colours
        self.set_reactive(App.ansi_color, None)
        self._prepare_themes()
        self.set_keymap(self.keys.overrides)
        # what is read and converted in threads gives way to a key within a millisecond, not five
        sys.setswitchinterval(0.001)
        # else the terminal stays as we made it: alternate screen, mouse reporting on; they hold until the
        # event loop closes, which is after the terminal was given back
        loop = asyncio.get_running_loop()
        for ending in _ENDING:
            loop.add_signal_handler(ending, self.call_later, self._end, 128 + ending)
        if not (self.is_headless or self.is_web):
            self._looking = self.set_interval(_LOOKS_AT_TERMINAL_EVERY, self._end_without_terminal)
        if not gc.isenabled():
            self.call_after_refresh(_tidy_memory)

    def _show_cursor(self, _: object = None) -> None:
        from tui_reader.ui.linear import SHOW_CURSOR

        if self._driver is not None and not self.is_headless:
            self._driver.write(SHOW_CURSOR)

    @property
    def cursor_position(self) -> Offset:
        """Where the terminal's own cursor stands after all is drawn."""
        if manner().is_linear and self._screen_stacks and self._running:
            from tui_reader.ui.linear import line_read

            if (place := line_read(self.focused)) is not None:
                return place
        return self._cursor_position

    @cursor_position.setter
    def cursor_position(self, position: Offset) -> None:
        self._cursor_position = position

    async def on_event(self, event: events.Event) -> None:
        if isinstance(event, events.Key | events.MouseDown | events.MouseScrollUp | events.MouseScrollDown):
            HANDS.stir()
            self.reading.is_awaited = True
            if self._tidying is None:
                # the collector's pauses fall where nobody waits
                gc.disable()
                self._tidying = asyncio.get_running_loop().call_later(RESTS_AFTER, self._tidy_at_rest)
            elif gc.get_count()[0] > _MOST:
                # a key that is held down for minutes never rests
                gc.collect(0)
        if isinstance(event, events.Key) and (event.is_forwarded or self._is_typing):
            await self._followed()
        if isinstance(event, events.Paste):
            # copied from a page it may hold what a terminal obeys, and Textual draws that in any field
            event.text = text.tame(event.text)
        await super().on_event(event)

    @property
    def _is_typing(self) -> bool:
        """Whether letters are written: tab and the like must not overtake them."""
        focused = self.focused if self._screen_stacks else None
        return focused is not None and focused.check_consume_key("a", "a")

    async def _followed(self) -> None:
        """Waits for what the key before has set off: it may be that this one is meant for another column.

        A list tells the screen by a message that a row was opened, and keys in one breath overtake it.
        """
        for _hop in range(_HOPS):
            focused = self.screen.focused
            pumps = focused.ancestors_with_self[:-1] if focused is not None else [self.screen]
            if not any(pump.message_queue_size for pump in pumps):
                return
            await asyncio.sleep(0)

    def _tidy_at_rest(self) -> None:
        self._tidying = None
        if HANDS.are_at_rest:
            gc.collect(1)
            gc.enable()
        else:
            self._tidying = asyncio.get_running_loop().call_later(RESTS_AFTER, self._tidy_at_rest)

    def on_unmount(self) -> None:
        if self._tidying is not None:
            # whoever called us goes on with a collector that collects
            self._tidying.cancel()
            gc.enable()

    def _end_without_terminal(self) -> None:
        # a terminal that is not the session's own goes without a signal, and reading what is gone never waits
        if sys.__stdin__ is not None and has_hung_up(sys.__stdin__.fileno()):
            # by a message: the look itself is the timer's, and ends with it
            self._looking.stop()
            self.call_later(self._end, 128 + signal.SIGHUP)

    async def _end(self, status: int) -> None:
        """Ends in good order because the system says so: drafts stored, the terminal given back."""
        await self.reading.settle(is_wished=False)
        self.unsent = self.reading.unsent
        self.exit(return_code=status)

    # Textual's own way prints every local variable, and with them strangers' texts and secrets

    def _handle_exception(self, error: Exception) -> None:
        self.crash = self.crash or error
        super()._handle_exception(error)

    def _fatal_error(self) -> None:
        self._close_messages_no_wait()

    def panic(self, *renderables: "RenderableType") -> None:
        self._close_messages_no_wait()

    def get_default_screen(self) -> Screen[None]:
        return ReadingScreen(self._services, self.keys, is_demo=self._is_demo, after_tour=self._after_tour)

    @property
    def reading(self) -> ReadingScreen:
        """The screen that everything else stands on."""
        found = self.screen_stack[0]
        if not isinstance(found, ReadingScreen):
            raise TypeError("the first screen is the reading screen")
        return found

    @on(ReadingScreen.NothingFollowed)
    def _welcome(self) -> None:
        from tui_reader.ui.screens.welcome import Welcome

        self.push_screen(Welcome(), self._wished)

    def _wished(self, wish: str | None) -> None:
        if wish == "demo":
            self.exit("demo")
        elif wish == "quit":
            self.exit()
        else:
            self.reading.action_add_blog()

    def action_keys(self) -> None:
        """Shows every key."""
        from tui_reader.ui.screens.help import Help

        self.push_screen(Help(self.keys))

    def _prepare_themes(self) -> None:
        settings = self._services.settings
        if not settings.themes and self._wanted_theme in self.available_themes:
            return
        from tui_reader.ui.own_themes import own_themes, theme_faults

        for theme in own_themes(settings):
            self.register_theme(theme)
        if faults := theme_faults(settings):
            self.notify("\n".join(faults), severity="warning", markup=False, timeout=15)

    def action_command_palette(self) -> None:
        """Shows the palette."""
        from tui_reader.ui.commands import Palette

        if not isinstance(self.screen, Palette):
            self.push_screen(Palette(id="--command-palette", placeholder=_("Search for commands…")))

    def action_next_theme(self) -> None:
        """From dark to light and back, each as it was last."""
        if self.no_color:
            self.reading.tell(_("NO_COLOR is set: there are no colours to change."))
            return
        here = self.current_theme
        self._themes_by_light[here.dark] = here.name
        self.theme = self._themes_by_light.get(not here.dark) or opposite(here.name, is_dark=here.dark)

    def theme_names(self) -> tuple[str, ...]:
        """The user's themes, ours, then Textual's; none where there are no colours."""
        if self.no_color:
            return ()
        names = sorted(set(self.available_themes) - {PLAIN.name, "textual-ansi"})
        ours = [theme.name for theme in THEMES]
        own = [name for name in names if name in self._services.settings.themes]
        return (*own, *ours, *(name for name in names if name not in ours and name not in own))

    def show_theme(self, name: str) -> None:
        """Shows a theme, if there is one of that name and there are colours."""
        self._wanted_theme = name
        self._prepare_themes()
        if not self.no_color and name in self.available_themes:
            self.theme = name

    def action_choose_theme(self) -> None:
        """Shows each theme while one chooses."""
        names = self.theme_names()
        if not names:
            self.reading.tell(_("NO_COLOR is set: there are no colours to choose from."))
            return
        from tui_reader.ui.screens.themes import ChooseTheme

        self.push_screen(ChooseTheme(names, self.theme), self._chose_theme)

    def _chose_theme(self, chosen: "ChosenTheme | None") -> None:
        if chosen is None:
            return
        self.theme = chosen.name
        if chosen.is_kept:
            try:
                self._preferences().put("look.theme", chosen.name)
            except ConfigError as error:
                self.reading.tell(str(error), "bad")
                return
            words = _("{theme} is kept in {file}").format(theme=chosen.name, file=self.config_file)
            self.reading.tell(words, "good")

    def action_settings(self) -> None:
        """Shows every setting."""
        from tui_reader.ui.screens.settings import SettingsScreen

        self.push_screen(SettingsScreen(self._preferences()))

    def speak(self, chosen: str) -> None:
        """Speaks another language from here on; the settings keep it."""
        try:
            self._preferences().put("look.language", chosen)
        except ConfigError as error:
            self.reading.tell(str(error), "bad")

    def _preferences(self) -> "Preferences":
        from tui_reader.ui.preferences import Preferences

        def keep(settings: "Settings") -> None:
            self._services.settings = settings

        return Preferences(self, self._services.settings, keep)

    @property
    def config_file(self) -> "Path":
        """Where the settings are kept."""
        return self._services.config_file

    def use_keys(self, keymap: Keymap) -> None:
        """Puts other keys in force."""
        self.keys = self.reading.keymap = keymap
        self.set_keymap(keymap.overrides)

    async def action_quit(self) -> None:
        """Quits when every keystroke of a draft is stored and the visit has ended."""
        await self.reading.settle()
        self.unsent = self.reading.unsent
        self.exit()


def _begin_with(settings: "Settings", *, has_colours: bool) -> Theme:
    """The theme of the first screen; without colours, or with sixteen, not the one that is wished for."""
    if os.environ.get("NO_COLOR"):
        return PLAIN
    # an empty one asks for nothing, but Textual would take it for a wish
    os.environ.pop("NO_COLOR", None)
    wanted = settings.look.theme
    found = next((theme for theme in THEMES if theme.name == wanted), None)
    if found is None:
        from tui_reader.ui.own_themes import named

        found = named(wanted, settings) or THEMES[0]
    return found if found.ansi or has_colours else TERMINAL


def _tidy_memory() -> None:
    """What a start loads stays for good: the collector need not look at it ever again."""
    gc.freeze()
    gc.set_threshold(_YOUNG, 10, 10)
    gc.enable()
