"""TOML to frozen settings: every fault is reported at once, each with its key and what would be right."""

import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any

from tui_reader.errors import ConfigError
from tui_reader.language import N_, _, available


def _setting(default: Any, help: str, *, at_least: int | None = None, choices: tuple[str, ...] = ()) -> Any:
    meta = {"help": help, "at_least": at_least, "choices": choices}
    if isinstance(default, dict):
        return field(default_factory=dict, metadata=meta)
    return field(default=default, metadata=meta)


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """How it looks."""

    theme: str = _setting("ink", "Colours: ink (dark), paper (light), or any theme that Textual knows.")
    measure: int = _setting(72, "The most characters a line of a post may have.", at_least=24)
    language: str = _setting(
        "",
        N_("The language of the program, such as en or fr; empty for the one that LANG names."),
        choices=("", *available()),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Network:
    """How blogs are asked."""

    timeout: int = _setting(20, "Seconds that one request may take in all.", at_least=1)
    connections: int = _setting(64, "Requests under way at once, over all blogs.", at_least=1)
    per_host: int = _setting(2, "Requests under way at once to one host.", at_least=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Refresh:
    """When blogs are asked without being told to."""

    minutes: int = _setting(
        60, "Minutes from one look at a blog to the next while the reader is open; 0 for never.", at_least=0
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Compose:
    """How replies are written."""

    editor: str = _setting("", "The editor for ctrl+e and `reply`; empty for $VISUAL or $EDITOR.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Log:
    """What is written down."""

    level: str = _setting(
        "warning",
        "What the log tells of; never secrets or texts.",
        choices=("debug", "info", "warning", "error", "off"),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """Every setting. Unset ones have these defaults."""

    look: Look = field(default_factory=Look)
    network: Network = field(default_factory=Network)
    refresh: Refresh = field(default_factory=Refresh)
    compose: Compose = field(default_factory=Compose)
    log: Log = field(default_factory=Log)
    keys: Mapping[str, str] = field(default_factory=dict)
    """Act by act: ``"thread.fold" = "space,f"``. Checked by the keymap, which knows the acts."""


_SECTIONS: Mapping[str, Callable[..., Any]] = {
    "look": Look,
    "network": Network,
    "refresh": Refresh,
    "compose": Compose,
    "log": Log,
}


def load(path: Path) -> Settings:
    """Reads the settings; a file that is not there means the defaults.

    Raises:
        ConfigError: naming every key that is wrong, and what would be right.
    """
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return Settings()
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigError(f"{path}: cannot be read: {error}") from error
    except tomllib.TOMLDecodeError as error:
        raise ConfigError(f"{path}: not valid TOML: {error}") from error
    return from_data(data, str(path))


def from_data(data: Mapping[str, Any], name: str = "config.toml") -> Settings:
    """Makes settings of parsed TOML; see ``load``."""
    faults: list[str] = []
    sections: dict[str, Any] = {}
    for key, value in data.items():
        if key == "keys":
            sections["keys"] = _keys(value, faults)
        elif key in _SECTIONS:
            sections[key] = _section(key, _SECTIONS[key], value, faults)
        else:
            known = ", ".join(f"[{section}]" for section in (*_SECTIONS, "keys"))
            faults.append(f"{key}: no such section; there are {known}")
    if faults:
        raise ConfigError("\n".join(f"{name}: {fault}" for fault in faults))
    return Settings(**sections)


def described() -> list[tuple[str, Any, str]]:
    """Every setting as (key, default, help), for the manual and ``config show``."""
    found: list[tuple[str, Any, str]] = []
    for section, make in _SECTIONS.items():
        values = make()
        found += [
            (f"{section}.{f.name}", getattr(values, f.name), f.metadata["help"]) for f in fields(values)
        ]
    return found


def _keys(value: Any, faults: list[str]) -> dict[str, str]:
    if not isinstance(value, dict):
        faults.append('keys: must be a table, such as [keys] with "post.star" = "s"')
        return {}
    keys: dict[str, str] = {}
    for act, chosen in value.items():
        if isinstance(chosen, str):
            keys[act] = chosen
        elif isinstance(chosen, list) and all(isinstance(key, str) for key in chosen):
            keys[act] = ",".join(chosen)
        else:
            faults.append(f'keys.{act}: must be text such as "ctrl+s" or a list of such')
    return keys


def _section(section: str, make: Callable[..., Any], value: Any, faults: list[str]) -> Any:
    if not isinstance(value, dict):
        faults.append(f"{section}: must be a table, written [{section}]")
        return make()
    defaults = make()
    known = {f.name: f for f in fields(defaults)}
    good: dict[str, Any] = {}
    for key, given in value.items():
        if key not in known:
            faults.append(f"{section}.{key}: no such setting; there are {', '.join(known)}")
            continue
        fault = _fault(given, getattr(defaults, key), known[key].metadata)
        if fault:
            faults.append(f"{section}.{key}: {fault}")
        else:
            good[key] = given
    return make(**good)


def _fault(given: Any, default: Any, meta: Mapping[str, Any]) -> str:
    if type(given) is not type(default):
        wanted = {int: "a whole number", str: 'text in "quotes"', bool: "true or false"}[type(default)]
        return f"must be {wanted}, such as {default!r}"
    if meta["at_least"] is not None and given < meta["at_least"]:
        return f"must be at least {meta['at_least']}"
    if meta["choices"] and given not in meta["choices"]:
        known = ", ".join(choice for choice in meta["choices"] if choice)
        return _("must be one of {choices}").format(choices=known)
    return ""
