"""The language that the program speaks: messages from the catalogue in force, English where it has none.

English is in the source, so that nothing is loaded for it. ``use`` puts another language in force, at any
time and for the whole process: what is drawn afterwards is drawn in it. A message that is a constant of a
module is marked with ``N_`` there, and goes through ``_`` where it is shown.
"""

import os

TYPE_CHECKING = False
if TYPE_CHECKING:  # as typing has it, which takes longer to load than the first frame to draw
    from collections.abc import Mapping
    from gettext import GNUTranslations

ENGLISH = "en"
_DOMAIN = "tui_reader"
_FOLDER = os.path.join(os.path.dirname(__file__), "locale")  # noqa: PTH118, PTH120 (pathlib is not loaded yet)

# one reference, replaced as a whole: no thread sees half a change
_in_force: "tuple[str, str, GNUTranslations | None]" = (ENGLISH, ENGLISH, None)


def _(message: str) -> str:
    """The message in the language in force; placeholders are filled in afterwards, by ``format``."""
    catalogue = _in_force[2]
    # an empty message is the catalogue's own head
    return message if catalogue is None or not message else catalogue.gettext(message)


def ngettext(one: str, many: str, count: int) -> str:
    """The form of the message that goes with the count; the language says which numbers are singular."""
    catalogue = _in_force[2]
    if catalogue is None:
        return one if count == 1 else many
    return catalogue.ngettext(one, many, count)


def pgettext(context: str, message: str) -> str:
    """The message as it is meant in a context, where English has one word for two things."""
    catalogue = _in_force[2]
    return message if catalogue is None else catalogue.pgettext(context, message)


def number(value: int) -> str:
    """A large number as the language in force sets it: ``65,525``."""
    if _in_force[2] is None:
        return f"{value:,}"
    from babel.numbers import format_decimal

    return format_decimal(value, locale=_in_force[1])


def N_(message: str) -> str:  # noqa: N802 (its name in every program with catalogues)
    """Marks a message for the catalogues; whoever shows it calls ``_``."""
    return message


def current() -> str:
    """The language in force: ``en``, ``fr``."""
    return _in_force[0]


def locale() -> str:
    """Whose dates and numbers are shown: the language, with the country where one is known (``fr_CA``)."""
    return _in_force[1]


def available() -> tuple[str, ...]:
    """Every language there is, English first."""
    try:
        others = sorted(name for name in os.listdir(_FOLDER) if os.path.isdir(_messages(name)))  # noqa: PTH112, PTH208
    except OSError:
        others = []
    return (ENGLISH, *others)


def name(language: str) -> str:
    """A language by its own name: ``Français``."""
    if language == ENGLISH:
        return "English"
    from babel.core import Locale

    own = Locale.parse(language).get_display_name(language) or language
    return own[:1].upper() + own[1:]


def use(language: str = "", environ: "Mapping[str, str] | None" = None) -> str:
    """Puts a language in force; gives the one that is.

    Args:
        language: Which one; empty for what the environment asks for. One that is not available means English.
        environ: Where to look; None for the process's own.
    """
    global _in_force
    wanted = _asked_for(os.environ if environ is None else environ)
    if language:
        # the country of the environment goes with its own language alone
        wanted = [one for one in wanted if _bare(one) == _bare(language)] or [language]
    for one in wanted:
        for known in (one, _bare(one)):
            if known == ENGLISH:
                _in_force = (ENGLISH, ENGLISH, None)
                return ENGLISH
            catalogue = _in_force[2] if known == _in_force[0] else _catalogue(known)
            if catalogue is not None:
                _in_force = (known, one, catalogue)
                return known
    _in_force = (ENGLISH, ENGLISH, None)
    return ENGLISH


def _asked_for(environ: "Mapping[str, str]") -> list[str]:
    """The languages that the environment names, the most wanted first, as gettext reads it."""
    told = (environ.get(name, "") for name in ("LC_ALL", "LC_MESSAGES", "LANG"))
    locale = _plain(next((value for value in told if value), ""))
    if locale in {"C", "POSIX"}:
        return [ENGLISH]
    # LANGUAGE lists languages; which country's dates are meant the locale says
    listed = [_plain(one) for one in environ.get("LANGUAGE", "").split(":") if one]
    return [locale if one == _bare(locale) else one for one in listed or [locale]]


def _plain(locale: str) -> str:
    """Without the codeset and the variant: ``fr_FR`` of ``fr_FR.UTF-8``."""
    return locale.partition(".")[0].partition("@")[0].replace("-", "_")


def _bare(locale: str) -> str:
    return locale.partition("_")[0]


def _messages(language: str) -> str:
    return os.path.join(_FOLDER, language, "LC_MESSAGES")  # noqa: PTH118


def _catalogue(language: str) -> "GNUTranslations | None":
    """What is translated into a language; None when there is none, or none that can be read."""
    if language not in available():
        return None
    from gettext import GNUTranslations

    compiled = os.path.join(_messages(language), f"{_DOMAIN}.mo")  # noqa: PTH118
    source = f"{compiled[:-2]}po"
    try:
        # in a checkout the translators' own file may be newer, or the other one not made yet
        if os.path.exists(source) and not _is_newer(compiled, source):  # noqa: PTH110
            from io import BytesIO

            from tui_reader.catalogues import compiled_catalogue

            return GNUTranslations(BytesIO(compiled_catalogue(source)))
        with open(compiled, "rb") as file:  # noqa: PTH123
            return GNUTranslations(file)
    except OSError:
        return None


def _is_newer(file: str, than: str) -> bool:
    try:
        return os.stat(file).st_mtime_ns >= os.stat(than).st_mtime_ns  # noqa: PTH116
    except OSError:
        return False
