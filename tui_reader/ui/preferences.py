"""Settings changed from inside: written to the file, then put in force where that can be at once."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tui_reader import config, config_file, config_schema, language
from tui_reader.config import Settings, Value
from tui_reader.errors import ConfigError
from tui_reader.language import _
from tui_reader.ui.keymap import ACTS, Act, Keymap
from tui_reader.ui.manner import manner, of_settings, use

if TYPE_CHECKING:
    from tui_reader.ui.app import ReaderApp

KEYS = "keys"
"""The section of what keys do."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Preference:
    """One thing that can be set, as it is now."""

    key: str
    """``look.theme``, ``keys.post.star``."""
    section: str
    name: str
    """What stands in the list."""
    help: str
    value: Value
    default: Value
    choices: tuple[str, ...] = ()
    is_set: bool = False
    """Whether it is another than the default."""
    is_at_once: bool = True

    @property
    def shown(self) -> str:
        """Its value in words."""
        return told(self.value)


def told(value: Value) -> str:
    """A value in words."""
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, tuple):
        return ", ".join(value)
    return str(value) if value != "" else "–"


class Preferences:
    """What can be set, and the way to set it.

    Args:
        app: Where changes show.
        settings: Those in force.
        keep: Puts others in their place.
    """

    def __init__(self, app: "ReaderApp", settings: Settings, keep: Callable[[Settings], None]) -> None:
        self._app = app
        self._settings = settings
        self._keep = keep

    @property
    def path(self) -> str:
        """The file that is written."""
        return str(self._app.config_file)

    def themes(self) -> tuple[str, ...]:
        """The themes to choose from; none where there are no colours."""
        return self._app.theme_names()

    def all(self) -> Iterator[Preference]:
        """Section by section, in the order of the manual."""
        for setting in config_schema.schema():
            value = setting.of(self._settings)
            yield Preference(
                key=setting.key,
                section=setting.section,
                name=setting.name.replace("_", " "),
                help=_(setting.help),
                value=value,
                default=setting.default,
                choices=setting.choices,
                is_set=value != setting.default,
                is_at_once=setting.is_at_once,
            )
        for act in ACTS:
            yield self._of_act(act)

    def _of_act(self, act: Act) -> Preference:
        own = self._settings.keys.get(act.id)
        now = ",".join(self._app.keys.keys(act.id)) or "none"
        return Preference(
            key=f"{KEYS}.{act.id}",
            section=KEYS,
            name=act.id,
            help=act.tooltip,
            value=own if own is not None else now,
            default=act.keys,
            is_set=own is not None,
        )

    def change(self, key: str, words: str) -> None:
        """Sets what is typed.

        Raises:
            ConfigError: it is no value for it, or the file cannot be written; nothing was changed.
        """
        setting = next((one for one in config_schema.schema() if one.key == key), None)
        self.put(key, setting.read(words) if setting is not None else words.strip())

    def put(self, key: str, value: Value) -> None:
        """Sets a value; see ``change``."""
        if key.startswith(f"{KEYS}."):
            Keymap({**self._settings.keys, key.removeprefix(f"{KEYS}."): str(value)})
        config_file.put(self._app.config_file, key, value)
        self._read_again()

    def reset(self, key: str) -> bool:
        """Takes a setting out of the file; False when it was not in it.

        Raises:
            ConfigError: the file cannot be written.
        """
        if key.startswith(f"{KEYS}."):
            act = key.removeprefix(f"{KEYS}.")
            Keymap({other: keys for other, keys in self._settings.keys.items() if other != act})
        was_there = config_file.take_away(self._app.config_file, key)
        self._read_again()
        return was_there

    def _read_again(self) -> None:
        # what the file says besides is put in force too: someone may have edited it meanwhile
        self._apply(config.load(self._app.config_file))

    def _apply(self, settings: Settings) -> None:
        before, self._settings = self._settings, settings
        keymap = Keymap(settings.keys)
        self._keep(settings)
        # whether it is linear is decided at the start, since every screen is another then
        use(of_settings(settings.look)._replace(is_linear=manner().is_linear))
        if settings.look.language != before.look.language:
            language.use(settings.look.language)
            self._app.reading.respeak()
        if settings.look.theme != before.look.theme:
            self._app.show_theme(settings.look.theme)
        if settings.keys != before.keys:
            self._app.use_keys(keymap)
        if settings.images != before.images:
            self._app.reading.forget_pictures()
        self._app.reading.restyle()


def fault_in_short(error: ConfigError, path: str) -> str:
    """The words of a fault without the file, which stands beside it anyway."""
    return str(error).replace(f"{path}: ", "")
