"""What a feed says about how often it wants to be read: ``ttl``, ``skipHours``, ``skipDays``, ``sy:``."""

import re
from datetime import timedelta

from tui_reader.domain.schedule import Hints

_HEAD = 20_000
_FIRST_ENTRY = re.compile(rb"<(?:[\w.-]{1,40}:)?(?:item|entry)[\s>]")
_TTL = re.compile(rb"<ttl>\s{0,20}(\d{1,6})\s{0,20}</ttl>")
_PERIOD = re.compile(rb"<sy:updatePeriod>\s{0,20}(hourly|daily|weekly|monthly|yearly)\s{0,20}</")
_FREQUENCY = re.compile(rb"<sy:updateFrequency>\s{0,20}(\d{1,4})\s{0,20}</")
_SKIPPED = re.compile(rb"<skip(Hours|Days)>(.{0,2000}?)</skip\1>", re.DOTALL)
_HOUR = re.compile(rb"<hour>\s{0,20}(\d{1,2})\s{0,20}</hour>")
_DAY = re.compile(rb"<day>\s{0,20}([A-Za-z]{3})[a-z]{0,6}\s{0,20}</day>")
_DAYS = (b"mon", b"tue", b"wed", b"thu", b"fri", b"sat", b"sun")
_PERIODS = {
    b"hourly": timedelta(hours=1),
    b"daily": timedelta(days=1),
    b"weekly": timedelta(days=7),
    b"monthly": timedelta(days=30),
    b"yearly": timedelta(days=365),
}


def hints_in(body: bytes) -> Hints:
    """The hints of a feed's head; none where it has none, or is in an encoding that is no ASCII."""
    head = body[:_HEAD]
    entry = _FIRST_ENTRY.search(head)
    if entry:
        head = head[: entry.start()]
    hours: set[int] = set()
    days: set[int] = set()
    for kind, inside in _SKIPPED.findall(head):
        if kind == b"Hours":
            # RSS 0.91 counts from 1 to 24
            hours |= {int(hour) % 24 for hour in _HOUR.findall(inside) if int(hour) <= 24}
        else:
            days |= {_DAYS.index(day.lower()) for day in _DAY.findall(inside) if day.lower() in _DAYS}
    return Hints(least_wait=_least_wait(head), skip_hours=frozenset(hours), skip_days=frozenset(days))


def _least_wait(head: bytes) -> timedelta | None:
    waits: list[timedelta] = []
    ttl = _TTL.search(head)
    if ttl:
        waits.append(timedelta(minutes=int(ttl[1])))
    period, frequency = _PERIOD.search(head), _FREQUENCY.search(head)
    if period:
        waits.append(_PERIODS[period[1]] / max(int(frequency[1]) if frequency else 1, 1))
    return max(waits) if waits else None
