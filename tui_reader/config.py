"""TOML to frozen settings: every fault is reported at once, each with its key and what would be right."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any

from tui_reader.errors import ConfigError
from tui_reader.language import N_, _, available

Value = str | int | bool | tuple[str, ...]
"""What a setting may be."""


def _setting(
    default: Any,
    help: str,
    *,
    at_least: int | None = None,
    choices: tuple[str, ...] = (),
    at_once: bool = False,
    check: Callable[[str], str] | None = None,
) -> Any:
    meta = {"help": help, "at_least": at_least, "choices": choices, "at_once": at_once, "check": check}
    return field(default=default, metadata=meta)


_DATE_LETTERS = frozenset("GyYuUrQqMLwWdDFgEecabBhHKkmsSAzZOvVXx")


def _date_fault(given: str) -> str:
    """Whether dates can be written so; the letters are those of Unicode's date patterns."""
    if given in {"relative", "absolute"}:
        return ""
    bare = re.sub(r"'[^']*'", "", given)
    letters = {char for char in bare if char.isalpha()}
    if "'" not in bare and letters and letters <= _DATE_LETTERS:
        return ""
    return _('must be "relative", "absolute" or a pattern such as "d MMM y" or "yyyy-MM-dd HH:mm"')


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """How it looks."""

    language: str = _setting(
        "",
        N_("The language of the program, such as en or fr; empty for the one that LANG names."),
        choices=("", *available()),
        at_once=True,
    )
    theme: str = _setting(
        "ink",
        N_(
            "Colours: ink, paper, terminal (its own 16), high-contrast, high-contrast-light, one of your own"
            " [themes.NAME], or any theme that Textual knows."
        ),
        at_once=True,
    )
    measure: int = _setting(72, N_("The most characters a line of text may have."), at_least=24, at_once=True)
    spacing: str = _setting(
        "normal",
        N_("The air between paragraphs and between posts of a list."),
        choices=("compact", "normal", "airy"),
        at_once=True,
    )
    line_numbers: bool = _setting(False, N_("Numbers beside the lines of code."), at_once=True)
    dates: str = _setting(
        "relative",
        N_(
            "How moments are told: relative (3 h ago), absolute (3 Aug, 09:15), or a pattern of your own such"
            " as yyyy-MM-dd."
        ),
        at_once=True,
        check=_date_fault,
    )
    columns: tuple[str, ...] = _setting(
        ("blogs", "posts", "post", "conversation"),
        N_("The columns that stand side by side where there is room; the one you are in is always shown."),
        choices=("blogs", "posts", "post", "conversation"),
        at_once=True,
    )
    fields: tuple[str, ...] = _setting(
        ("author", "date", "comments"),
        N_("What the list of posts tells below a title."),
        choices=("author", "blog", "date", "comments"),
        at_once=True,
    )
    linear: bool = _setting(
        False, N_("For screen readers: one column, no boxes, every row and comment told in words.")
    )
    hyperlinks: bool = _setting(
        True, N_("Links that the terminal itself knows and opens (OSC 8)."), at_once=True
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Network:
    """How blogs are asked."""

    timeout: int = _setting(20, N_("Seconds that one request may take in all."), at_least=1)
    connections: int = _setting(128, N_("Requests under way at once, over all blogs."), at_least=1)
    per_host: int = _setting(2, N_("Requests under way at once to one host."), at_least=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Refresh:
    """When blogs are asked without being told to."""

    minutes: int = _setting(
        60,
        N_("Minutes from one look at a blog to the next while the reader is open; 0 for never."),
        at_least=0,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Compose:
    """How replies are written."""

    editor: str = _setting(
        "", N_("The editor for ctrl+e and `reply`; empty for $VISUAL or $EDITOR."), at_once=True
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Images:
    """Pictures in posts."""

    show: str = _setting(
        "on key",
        N_("When pictures are fetched and shown: off, on key, or always. Their words are shown in any case."),
        choices=("off", "on key", "always"),
        at_once=True,
    )
    graphics: str = _setting(
        "auto",
        N_("How they are drawn: kitty, sixel (opened large) or blocks; auto for what the terminal knows."),
        choices=("auto", "kitty", "sixel", "blocks"),
        at_once=True,
    )
    rows: int = _setting(16, N_("The most lines that a picture takes in the text."), at_least=2, at_once=True)
    megabytes: int = _setting(8, N_("The most that one picture may be sent as."), at_least=1)
    megapixels: int = _setting(40, N_("The most pixels that one may have, in millions."), at_least=1)
    cache_megabytes: int = _setting(100, N_("What is kept of them on disk; 0 for nothing."), at_least=0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Log:
    """What is written down."""

    level: str = _setting(
        "warning",
        N_("What the log tells of; never secrets or texts."),
        choices=("debug", "info", "warning", "error", "off"),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """Every setting. Unset ones have these defaults."""

    look: Look = field(default_factory=Look)
    network: Network = field(default_factory=Network)
    refresh: Refresh = field(default_factory=Refresh)
    compose: Compose = field(default_factory=Compose)
    images: Images = field(default_factory=Images)
    log: Log = field(default_factory=Log)
    keys: Mapping[str, str] = field(default_factory=dict)
    """Act by act: ``"thread.fold" = "space,f"``. Checked by the keymap, which knows the acts."""
    themes: Mapping[str, Mapping[str, str | bool]] = field(default_factory=dict)
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """One of the settings, as the manual, the screen and the command line tell of it."""

    key: str
    """``look.theme``."""
    default: Value
    help: str
    at_least: int | None = None
    choices: tuple[str, ...] = ()
    """What it may be; empty for anything of its type."""
    is_at_once: bool = False
    """Whether a change shows in a reader that is open; else at its next start."""
    check: Callable[[str], str] | None = None

    @property
    def section(self) -> str:
        """The table that it stands in."""
        return self.key.partition(".")[0]

    @property
    def name(self) -> str:
        """Its name in that table."""
        return self.key.partition(".")[2]

    def of(self, settings: Settings) -> Value:
        """What it is set to."""
        value: Value = getattr(getattr(settings, self.section), self.name)
        return value

    def fault(self, given: object) -> str:
        """What is wrong with a value; empty when it is right."""
        return _fault(given, self)

    def read(self, words: str) -> Value:
        """A value as it is typed on the command line or in a field: ``yes``, ``72``, ``author, date``.

        Raises:
            ConfigError: it is none; saying what would be right.
        """
        words = words.strip()
        value: Value = words
        if isinstance(self.default, bool):
            value = _WORDS_FOR.get(words.lower(), words)
        elif isinstance(self.default, int):
            value = int(words) if re.fullmatch(r"[+-]?\d{1,9}", words) else words
        elif isinstance(self.default, tuple):
            value = tuple(part for part in re.split(r"[,\s]+", words) if part)
        if fault := self.fault(value):
            raise ConfigError(f"{self.key}: {fault}")
        return value


_WORDS_FOR = {"true": True, "yes": True, "on": True, "false": False, "no": False, "off": False}


def schema() -> tuple[Setting, ...]:
    """Every setting, in the order of the manual; ``[keys]`` and ``[themes]`` are tables of the user's own."""
    return tuple(
        Setting(
            key=f"{section}.{f.name}",
            default=getattr(values, f.name),
            help=f.metadata["help"],
            at_least=f.metadata["at_least"],
            choices=f.metadata["choices"],
            is_at_once=f.metadata["at_once"],
            check=f.metadata["check"],
        )
        for section, make in _SECTIONS.items()
        for values in [make()]
        for f in fields(values)
    )


def described() -> list[tuple[str, Any, str]]:
    """Every setting as (key, default, help), for the manual and ``config show``."""
    return [(setting.key, setting.default, setting.help) for setting in schema()]


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

_COLOUR = re.compile(r"#(?:[0-9a-fA-F]{3}|[0-9a-fA-F]{6})")


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
                is_colour = isinstance(given, str) and _COLOUR.fullmatch(given)
                fault = "" if is_colour else _('must be a colour such as "#8fb8de"')
            if fault:
                faults.append(f"{where}.{key}: {fault}")
        themes[name] = colours
    return themes


def _section(section: str, make: Callable[..., Any], value: Any, faults: list[str]) -> Any:
    if not isinstance(value, dict):
        faults.append(_("{section}: must be a table, written [{section}]").format(section=section))
        return make()
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


_WANTED = {
    int: N_("must be a whole number, such as {default}"),
    str: N_('must be text in "quotes", such as {default}'),
    bool: N_("must be true or false, such as {default}"),
}


def _fault(given: object, setting: Setting) -> str:
    if isinstance(setting.default, tuple):
        is_right = isinstance(given, tuple) and all(one in setting.choices for one in given)
        wanted = _("must list some of {choices}").format(choices=", ".join(setting.choices))
        return "" if is_right and given else wanted
    if type(given) is not type(setting.default):
        return _(_WANTED[type(setting.default)]).format(default=repr(setting.default))
    if setting.at_least is not None and isinstance(given, int) and given < setting.at_least:
        return _("must be at least {least}").format(least=setting.at_least)
    if setting.choices and given not in setting.choices:
        return _("must be one of {choices}").format(choices=", ".join(filter(None, setting.choices)))
    return setting.check(given) if setting.check is not None and isinstance(given, str) else ""
