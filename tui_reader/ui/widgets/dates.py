"""Moments in the few words that lists and threads have room for, in the time zone of the given now."""

from datetime import datetime, timedelta

from tui_reader.ui.manner import manner

_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def day(moment: datetime, now: datetime, *, with_year: bool = False) -> str:
    """``3 Aug``, with the year when it is another than now's or is asked for."""
    if own := _own(moment, now):
        return own
    local = moment.astimezone(now.tzinfo)
    year = f" {local.year}" if with_year or local.year != now.year else ""
    return f"{local.day} {_MONTHS[local.month - 1]}{year}"


def recent_or_day(moment: datetime, now: datetime) -> str:
    """``5 min ago`` or ``3 h ago`` within a day, then ``3 Aug``."""
    return (_ago(moment, now) if manner().dates == "relative" else "") or day(moment, now)


def recent_or_hour(moment: datetime, now: datetime) -> str:
    """``5 min ago`` within an hour, then ``3 Aug, 09:15``, in another year ``3 Aug 2025``."""
    is_relative = manner().dates == "relative"
    if is_relative and now - moment < timedelta(hours=1) and (ago := _ago(moment, now)):
        return ago
    if own := _own(moment, now):
        return own
    local = moment.astimezone(now.tzinfo)
    return day(moment, now) if local.year != now.year else f"{day(moment, now)}, {local:%H:%M}"


def _own(moment: datetime, now: datetime) -> str:
    """By the reader's own pattern; empty when there is none."""
    pattern = manner().dates
    if pattern in {"relative", "absolute"}:
        return ""
    from tui_reader import language, moments

    return moments.by_pattern(moment, pattern, language.locale(), now.tzinfo)


def _ago(moment: datetime, now: datetime) -> str:
    """How long ago within the last day; empty for older moments and for those to come."""
    minutes = (now - moment) // timedelta(minutes=1)
    # clocks of blogs run a little ahead of ours now and then
    if -5 <= minutes < 1:
        return "just now"
    if 1 <= minutes < 60:
        return f"{minutes} min ago"
    if 60 <= minutes < 24 * 60:
        return f"{minutes // 60} h ago"
    return ""
