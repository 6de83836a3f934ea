"""Moments as people say them: "3 hours ago", "3 Aug, 09:15", in the reader's language and time zone."""

from collections.abc import Callable
from datetime import datetime, timedelta, tzinfo
from functools import lru_cache
from typing import TYPE_CHECKING, Literal

from tui_reader import language

if TYPE_CHECKING:
    from babel.core import Locale
    from babel.dates import DateTimePattern

_Unit = Literal["hour", "minute"]

_MINUTE = timedelta(minutes=1)
_DAY = timedelta(days=1)
_UNITS: tuple[tuple[_Unit, timedelta], ...] = (("hour", timedelta(hours=1)), ("minute", _MINUTE))

# The one phrase that Babel's data has no public door to; other languages say "1 minute ago".
_JUST_NOW = {
    "de": "gerade eben",
    "en": "just now",
    "es": "ahora mismo",
    "fr": "à l’instant",
    "it": "proprio ora",
    "nl": "zojuist",
    "pt": "agora mesmo",
}
# Plain "en" is read all over the world: the day before the month, and 24 hours, mislead nobody.
_INTERNATIONAL = {"day": "d MMM", "date": "d MMM y", "time": "HH:mm", "both": "{1}, {0}"}


def when(moment: datetime | None, now: datetime, locale: str | None = None, tz: tzinfo | None = None) -> str:
    """When it was, as short as serves: "just now", "3 hours ago", "3 Aug, 09:15", "3 Aug 2025".

    Args:
        moment: What is told of; an unknown moment is an empty text.
        now: The present.
        locale: A language, with or without a country: ``fr``, ``en_US``; None for the one in force.
        tz: Where the reader is; None is where this machine is.
    """
    if moment is None:
        return ""
    locale = locale or language.locale()
    ago = now - moment
    if timedelta(0) <= ago < _DAY or -_MINUTE < ago < timedelta(0):
        return _relative(ago, locale)
    here, today = in_zone(moment, tz), in_zone(now, tz)
    if here.year == today.year:
        return _formats(locale).both(_formats(locale).day(here), here)
    return _formats(locale).date(here)


def day(moment: datetime | None, now: datetime, locale: str | None = None, tz: tzinfo | None = None) -> str:
    """The day: "3 Aug" within this year, "3 Aug 2025" otherwise; empty for an unknown moment."""
    if moment is None:
        return ""
    locale = locale or language.locale()
    here = in_zone(moment, tz)
    formats = _formats(locale)
    return formats.day(here) if here.year == in_zone(now, tz).year else formats.date(here)


def by_pattern(moment: datetime, pattern: str, locale: str | None = None, tz: tzinfo | None = None) -> str:
    """The moment by a pattern of the reader's own, such as ``yyyy-MM-dd HH:mm``, in Unicode's letters."""
    return _parsed(pattern).apply(in_zone(moment, tz), _known(locale or language.locale()))


@lru_cache(maxsize=8)
def _parsed(pattern: str) -> "DateTimePattern":
    from babel.dates import parse_pattern

    return parse_pattern(pattern)


def in_zone(moment: datetime, tz: tzinfo | None = None) -> datetime:
    """The moment where the reader is; as it stands, where it lies beyond the calendar there."""
    try:
        return moment.astimezone(tz)
    except (OverflowError, ValueError, OSError):
        return moment  # feeds do say year 1 and year 9999, and a zone may lie beyond the calendar


class _Formats:
    """The patterns of one language, looked up once."""

    def __init__(self, locale: str) -> None:
        # Imported here: Babel's data is of no use to a start that shows no date.
        from babel.dates import get_time_format, parse_pattern

        known = _known(locale)
        if str(known) == "en":
            patterns = _INTERNATIONAL
        else:
            skeletons, medium = known.datetime_skeletons, known.datetime_formats["medium"]
            patterns = {
                "day": str(skeletons["MMMd"].pattern),
                "date": str(skeletons["yMMMd"].pattern),
                "time": str(get_time_format("short", locale=known).pattern),
                "both": str(medium),
            }

        def formatter(name: str) -> Callable[[datetime], str]:
            pattern = parse_pattern(patterns[name])
            return lambda moment: pattern.apply(moment, known)

        self.day, self.date, self._time = formatter("day"), formatter("date"), formatter("time")
        self._both = patterns["both"].replace("'", "")

    def both(self, day: str, moment: datetime) -> str:
        """A day with the time of day."""
        return self._both.replace("{1}", day).replace("{0}", self._time(moment))


@lru_cache(maxsize=8)
def _formats(locale: str) -> _Formats:
    return _Formats(locale)


@lru_cache(maxsize=8)
def _known(locale: str) -> "Locale":
    """The language that is meant, English if there is none of that name."""
    from babel.core import Locale, UnknownLocaleError

    name = locale.partition(".")[0].replace("-", "_")
    # Babel 2.19 and newer take these for American English, whose days stand behind their months
    if name in {"C", "POSIX"}:
        return Locale("en")
    try:
        return Locale.parse(name)
    except (UnknownLocaleError, ValueError):
        return Locale("en")


def _relative(ago: timedelta, locale: str) -> str:
    for unit, length in _UNITS:
        if ago >= length:
            return _phrase(unit, ago // length, locale)
    return _JUST_NOW.get(_known(locale).language) or _phrase("minute", 1, locale)


@lru_cache(maxsize=512)
def _phrase(unit: _Unit, count: int, locale: str) -> str:
    """So many units ago."""
    from babel.dates import format_timedelta

    ago = count * dict(_UNITS)[unit]
    return format_timedelta(-ago, granularity=unit, threshold=1, add_direction=True, locale=_known(locale))
