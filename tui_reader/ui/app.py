"""The app: themes, keymap, commands, the first screen, and nothing else."""

import asyncio
import gc
import signal
from collections.abc import Callable
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.app import App
from textual.command import Provider
from textual.screen import Screen

from tui_reader.ui.commands import COMMANDS
from tui_reader.ui.keymap import Keymap
from tui_reader.ui.ports import Services
from tui_reader.ui.screens.help import Help
from tui_reader.ui.screens.reading import ReadingScreen
from tui_reader.ui.screens.welcome import Welcome
from tui_reader.ui.takeover import taking_over
from tui_reader.ui.themes import THEMES

_ENDING = (signal.SIGTERM, signal.SIGHUP, signal.SIGINT)

if TYPE_CHECKING:
    from rich.console import RenderableType

    from tui_reader.ui.first_frame import Shown


class ReaderApp(App[str]):
    """Reads and answers; ``run`` returns ``"demo"`` when the reader asked for the demo.

    Args:
        services: What does the work.
        demo: Whether this is the demo; said at the top.
        frame: What stands on the terminal already; the app repaints it in place.

    Raises:
        ConfigError: the keys of the settings are wrong.
    """

    TITLE = "tui reader"
    # here and not on the screen: Textual does not read the style sheet of a default screen
    CSS_PATH = "screens/reading.tcss"
    COMMANDS: ClassVar[set[type[Provider] | Callable[[], type[Provider]]]] = COMMANDS
    ENABLE_COMMAND_PALETTE = True
    # ctrl+p is an act like every other, so that it can be rebound
    COMMAND_PALETTE_BINDING = "f24"

    def __init__(self, services: Services, *, demo: bool = False, frame: "Shown | None" = None) -> None:
        super().__init__(driver_class=None if frame is None else taking_over(frame))
        # a list that slides is a list that lags
        self.animation_level = "none"
        self.crash: Exception | None = None
        """The bug that ended it."""
        self._services = services
        self._is_demo = demo
        self.keys = Keymap(services.settings.keys)

        for theme in THEMES:
            self.register_theme(theme)
        self._wanted_theme = services.settings.look.theme
        ours = next((theme for theme in THEMES if theme.name == self._wanted_theme), THEMES[0])
        # here and not by assignment: a change of theme reads every style sheet again, and draws twice
        self.set_reactive(App.theme, ours.name)
        self.stylesheet.set_variables(self.get_css_variables())
        self.set_class(ours.dark, "-dark-mode", update=False)
        self.set_class(not ours.dark, "-light-mode", update=False)

    def on_mount(self) -> None:
        if self._wanted_theme in self.available_themes:
            self.theme = self._wanted_theme
        else:
            known = ", ".join(theme.name for theme in THEMES)
            self.notify(
                f"look.theme: there is no theme {self._wanted_theme!r}; {known} are ours",
                severity="warning",
                markup=False,
            )
        self.set_keymap(self.keys.overrides)
        # else the terminal stays as we made it: alternate screen, mouse reporting on; they hold until the
        # event loop closes, which is after the terminal was given back
        loop = asyncio.get_running_loop()
        for ending in _ENDING:
            loop.add_signal_handler(ending, self.call_later, self._end, 128 + ending)
        if not gc.isenabled():
            self.call_after_refresh(_tidy_memory)

    async def _end(self, status: int) -> None:
        """Ends in good order because the system says so: drafts stored, the terminal given back."""
        await self.reading.settle()
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
        return ReadingScreen(self._services, self.keys, is_demo=self._is_demo)

    @property
    def reading(self) -> ReadingScreen:
        """The screen that everything else stands on."""
        found = self.screen_stack[0]
        if not isinstance(found, ReadingScreen):
            raise TypeError("the first screen is the reading screen")
        return found

    @on(ReadingScreen.NothingFollowed)
    def _welcome(self) -> None:
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
        self.push_screen(Help(self.keys))

    def action_next_theme(self) -> None:
        """From ink to paper and back."""
        names = [theme.name for theme in THEMES]
        at = names.index(self.theme) if self.theme in names else -1
        self.theme = names[(at + 1) % len(names)]

    async def action_quit(self) -> None:
        """Quits when every keystroke of a draft is stored and the visit has ended."""
        await self.reading.settle()
        self.exit()


def _tidy_memory() -> None:
    """What a start loads stays for good: the collector need not look at it ever again."""
    gc.freeze()
    gc.enable()
