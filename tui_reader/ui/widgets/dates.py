"""Moments in the few words that lists and threads have room for, in the time zone of the given now."""

from datetime import datetime, timedelta

from tui_reader.language import _
from tui_reader.ui import day_words
from tui_reader.ui.manner import manner

_MINUTE = timedelta(minutes=1)


def day(moment: datetime, now: datetime, *, with_year: bool = False) -> str:
    """``3 Aug``, with the year when it is another than now's or is asked for."""
    if own := _own(moment, now):
        return own
    local = _local(moment, now)
    year = local.year if with_year or local.year != now.year else None
    return day_words.day(local.day, local.month, year)


def recent_or_day(moment: datetime, now: datetime) -> str:
    """``5 min ago`` or ``3 h ago`` within a day, then ``3 Aug``."""
    return _ago(moment, now) or day(moment, now)


def recent_or_hour(moment: datetime, now: datetime) -> str:
    """``5 min ago`` within an hour, then ``3 Aug, 09:15``, in another year ``3 Aug 2025``."""
    if now - moment < timedelta(hours=1) and (ago := _ago(moment, now)):
        return ago
    if own := _own(moment, now):
        return own
    local = _local(moment, now)
    if local.year != now.year:
        return day(moment, now)
    return _("{day}, {time}").format(day=day(moment, now), time=f"{local:%H:%M}")


def _local(moment: datetime, now: datetime) -> datetime:
    try:
        return moment.astimezone(now.tzinfo)
    except OverflowError:
        # stored when any year was taken: the first and the last one lie beyond the calendar in some zones
        return moment


def _own(moment: datetime, now: datetime) -> str:
    """By the reader's own pattern; empty when there is none."""
    pattern = manner().dates
    if pattern in {"relative", "absolute"}:
        return ""
    from tui_reader import language, moments

    return moments.by_pattern(moment, pattern, language.locale(), now.tzinfo)


def _ago(moment: datetime, now: datetime) -> str:
    """How long ago, within the last day and where the reader wants it so; empty otherwise."""
    return day_words.ago((now - moment) // _MINUTE) if manner().dates == "relative" else ""
