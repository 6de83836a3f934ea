"""TOML to frozen settings: every fault is reported at once, each with its key and what would be right.

What each setting is for, and what it may be, ``config_schema`` tells; it is loaded where a file sets any.
"""

import re
from collections.abc import Callable, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any, NamedTuple

from tui_reader.errors import ConfigError
from tui_reader.language import _

Value = str | int | bool | tuple[str, ...]
"""What a setting may be."""

# named tuples and not dataclasses: every start makes these classes, and dataclasses take ten times as long


class Look(NamedTuple):
    """How it looks."""

    language: str = ""
    theme: str = "ink"
    measure: int = 72
    spacing: str = "normal"
    line_numbers: bool = False
    dates: str = "relative"
    columns: tuple[str, ...] = ("blogs", "posts", "post", "conversation")
    fields: tuple[str, ...] = ("author", "date", "comments")
    linear: bool = False
    hyperlinks: bool = True


class Network(NamedTuple):
    """How blogs are asked."""

    timeout: int = 20
    connections: int = 128
    per_host: int = 2


class Refresh(NamedTuple):
    """When blogs are asked without being told to."""

    minutes: int = 60


class Compose(NamedTuple):
    """How replies are written."""

    editor: str = ""


class Images(NamedTuple):
    """Pictures in posts."""

    show: str = "on key"
    graphics: str = "auto"
    rows: int = 16
    megabytes: int = 8
    megapixels: int = 40
    cache_megabytes: int = 100


class Log(NamedTuple):
    """What is written down."""

    level: str = "warning"


class Settings(NamedTuple):
    """Every setting. Unset ones have these defaults."""

    look: Look = Look()
    network: Network = Network()
    refresh: Refresh = Refresh()
    compose: Compose = Compose()
    images: Images = Images()
    log: Log = Log()
    keys: Mapping[str, str] = MappingProxyType({})
    """Act by act: ``"thread.fold" = "space,f"``. Checked by the keymap, which knows the acts."""
    themes: Mapping[str, Mapping[str, str | bool]] = MappingProxyType({})
    """Themes of the user's own by name: colour by colour, ``base`` and ``dark``."""


_SECTIONS: Mapping[str, Callable[..., Any]] = {
    "look": Look,
    "network": Network,
    "refresh": Refresh,
    "compose": Compose,
    "images": Images,
    "log": Log,
}


def load(path: Path) -> Settings:
    """Reads the settings; a file that is not there means the defaults.

    Raises:
        ConfigError: naming every key that is wrong, and what would be right.
    """
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError:
        return Settings()
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigError(_("{path}: cannot be read: {error}").format(path=path, error=error)) from error
    import tomllib  # most have no file

    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise ConfigError(_("{path}: not valid TOML: {error}").format(path=path, error=error)) from error
    return from_data(data, str(path))


def from_data(data: Mapping[str, Any], name: str = "config.toml") -> Settings:
    """Makes settings of parsed TOML; see ``load``."""
    faults: list[str] = []
    sections: dict[str, Any] = {}
    for key, value in data.items():
        if key == "keys":
            sections["keys"] = _keys(value, faults)
        elif key == "themes":
            sections["themes"] = _themes(value, faults)
        elif key in _SECTIONS:
            sections[key] = _section(key, _SECTIONS[key], value, faults)
        else:
            known = ", ".join(f"[{section}]" for section in (*_SECTIONS, "keys", "themes"))
            faults.append(_("{key}: no such section; there are {known}").format(key=key, known=known))
    if faults:
        raise ConfigError("\n".join(f"{name}: {fault}" for fault in faults))
    return Settings(**sections)


def _keys(value: Any, faults: list[str]) -> dict[str, str]:
    if not isinstance(value, dict):
        faults.append(_('keys: must be a table, such as [keys] with "post.star" = "s"'))
        return {}
    keys: dict[str, str] = {}
    for act, chosen in value.items():
        if isinstance(chosen, str):
            keys[act] = chosen
        elif isinstance(chosen, list) and all(isinstance(key, str) for key in chosen):
            keys[act] = ",".join(chosen)
        else:
            faults.append(_('keys.{act}: must be text such as "ctrl+s" or a list of such').format(act=act))
    return keys


THEME_COLOURS = (
    *("background", "foreground", "primary", "secondary", "accent", "success", "warning", "error"),
    *("surface", "panel", "muted", "border", "border-blurred"),
)
"""The colours that a theme of the user's own may name; the others are its base's."""

_COLOUR = r"#(?:[0-9a-fA-F]{3}|[0-9a-fA-F]{6})"


def _themes(value: Any, faults: list[str]) -> dict[str, dict[str, str | bool]]:
    if not isinstance(value, dict):
        faults.append(_("themes: must hold tables, written [themes.NAME]"))
        return {}
    themes: dict[str, dict[str, str | bool]] = {}
    for name, colours in value.items():
        where = f"themes.{name}"
        if not isinstance(colours, dict):
            faults.append(_("{where}: must be a table, written [{where}]").format(where=where))
            continue
        for key, given in colours.items():
            if key == "dark":
                fault = "" if isinstance(given, bool) else _("must be true or false")
            elif key == "base":
                fault = "" if isinstance(given, str) else _('must be the name of a theme, such as "ink"')
            elif key not in THEME_COLOURS:
                fault = _("no such colour; there are {known}, and base and dark").format(
                    known=", ".join(THEME_COLOURS)
                )
            else:
                is_colour = isinstance(given, str) and re.fullmatch(_COLOUR, given)
                fault = "" if is_colour else _('must be a colour such as "#8fb8de"')
            if fault:
                faults.append(f"{where}.{key}: {fault}")
        themes[name] = colours
    return themes


def _section(section: str, make: Callable[..., Any], value: Any, faults: list[str]) -> Any:
    if not isinstance(value, dict):
        faults.append(_("{section}: must be a table, written [{section}]").format(section=section))
        return make()
    from tui_reader.config_schema import schema

    known = {setting.name: setting for setting in schema() if setting.section == section}
    good: dict[str, Any] = {}
    for key, given in value.items():
        if key not in known:
            faults.append(
                _("{section}.{key}: no such setting; there are {known}").format(
                    section=section, key=key, known=", ".join(known)
                )
            )
            continue
        written = tuple(given) if isinstance(given, list) else given
        if fault := known[key].fault(written):
            faults.append(f"{section}.{key}: {fault}")
        else:
            good[key] = written
    return make(**good)
