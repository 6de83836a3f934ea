"""What may be set: each setting with its default, what it is for, and what is right for it."""

import re
from collections.abc import Callable
from functools import cache
from typing import NamedTuple

from tui_reader.config import Settings, Value
from tui_reader.errors import ConfigError
from tui_reader.language import N_, _, available

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


class Setting(NamedTuple):
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


@cache
def schema() -> tuple[Setting, ...]:
    """Every setting, in the order of the manual; ``[keys]`` and ``[themes]`` are tables of the user's own."""
    return (
        _told(
            "look.language",
            N_("The language of the program, such as en or fr; empty for the one that LANG names."),
            choices=("", *available()),
            is_at_once=True,
        ),
        _told(
            "look.theme",
            N_(
                "Colours: ink, paper, terminal (its own 16), high-contrast, high-contrast-light, one of your"
                " own [themes.NAME], or any theme that Textual knows."
            ),
            is_at_once=True,
        ),
        _told(
            "look.measure", N_("The most characters a line of text may have."), at_least=24, is_at_once=True
        ),
        _told(
            "look.spacing",
            N_("The air between paragraphs and between posts of a list."),
            choices=("compact", "normal", "airy"),
            is_at_once=True,
        ),
        _told("look.line_numbers", N_("Numbers beside the lines of code."), is_at_once=True),
        _told(
            "look.dates",
            N_(
                "How moments are told: relative (3 h ago), absolute (3 Aug, 09:15), or a pattern of your own"
                " such as yyyy-MM-dd."
            ),
            is_at_once=True,
            check=_date_fault,
        ),
        _told(
            "look.columns",
            N_(
                "The columns that stand side by side where there is room; the one you are in is always shown."
            ),
            choices=("blogs", "posts", "post", "conversation"),
            is_at_once=True,
        ),
        _told(
            "look.fields",
            N_("What the list of posts tells below a title."),
            choices=("author", "blog", "date", "comments"),
            is_at_once=True,
        ),
        _told(
            "look.linear",
            N_("For screen readers: one column, no boxes, every row and comment told in words."),
        ),
        _told(
            "look.hyperlinks", N_("Links that the terminal itself knows and opens (OSC 8)."), is_at_once=True
        ),
        _told("network.timeout", N_("Seconds that one request may take in all."), at_least=1),
        _told("network.connections", N_("Requests under way at once, over all blogs."), at_least=1),
        _told("network.per_host", N_("Requests under way at once to one host."), at_least=1),
        _told(
            "refresh.minutes",
            N_("Minutes from one look at a blog to the next while the reader is open; 0 for never."),
            at_least=0,
        ),
        _told(
            "compose.editor",
            N_("The editor for ctrl+e and `reply`; empty for $VISUAL or $EDITOR."),
            is_at_once=True,
        ),
        _told(
            "images.show",
            N_(
                "When pictures are fetched and shown: off, on key, or always. Their words are shown in any"
                " case."
            ),
            choices=("off", "on key", "always"),
            is_at_once=True,
        ),
        _told(
            "images.graphics",
            N_(
                "How they are drawn: kitty, sixel (opened large) or blocks; auto for what the terminal knows."
            ),
            choices=("auto", "kitty", "sixel", "blocks"),
            is_at_once=True,
        ),
        _told(
            "images.rows", N_("The most lines that a picture takes in the text."), at_least=2, is_at_once=True
        ),
        _told("images.megabytes", N_("The most that one picture may be sent as."), at_least=1),
        _told("images.megapixels", N_("The most pixels that one may have, in millions."), at_least=1),
        _told("images.cache_megabytes", N_("What is kept of them on disk; 0 for nothing."), at_least=0),
        _told(
            "log.level",
            N_("What the log tells of; never secrets or texts."),
            choices=("debug", "info", "warning", "error", "off"),
        ),
    )


def _told(
    key: str,
    help: str,
    *,
    at_least: int | None = None,
    choices: tuple[str, ...] = (),
    is_at_once: bool = False,
    check: Callable[[str], str] | None = None,
) -> Setting:
    section, _dot, name = key.partition(".")
    default = getattr(getattr(Settings(), section), name)
    return Setting(key, default, help, at_least, choices, is_at_once, check)


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
