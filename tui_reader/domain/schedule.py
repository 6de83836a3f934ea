"""When to ask a blog again on our own: a pure decision out of what it said and how it behaved.

What the user asks for is asked at once; all of this is for refreshes that nobody asked for. Only what a
server said with a 429 or a 503 binds both (see ``left_alone_until``).
"""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from enum import StrEnum

LONGEST = timedelta(days=1)
"""No blog waits longer for us, but one that asked for it with ``Retry-After``."""

WITHOUT_VALIDATORS = timedelta(days=1)
"""A server that cannot say "not changed" sends everything each time: it is asked this seldom."""

_LONGEST_BY_SERVER = timedelta(days=7)
_SHORTEST_AFTER_REFUSAL = timedelta(minutes=5)
_RARELY = 24
"""A blog is asked this many times in as long as it has been silent: one of a week's silence, every 7 h."""
_RARELY_AT_MOST = timedelta(hours=12)
_SPREAD = 0.2
"""Of the interval, at most: so that blogs added together are not asked together for ever."""
_HOUR = timedelta(hours=1)


class Came(StrEnum):
    """What came of asking."""

    CHANGED = "changed"
    UNCHANGED = "unchanged"
    FAILED = "failed"
    GONE = "gone"


@dataclass(frozen=True, slots=True, kw_only=True)
class Hints:
    """What a feed says about how often it wants to be read (RSS 2.0: ttl, skipHours, skipDays)."""

    least_wait: timedelta | None = None
    skip_hours: frozenset[int] = frozenset()
    """Hours of the day in UTC, 0 to 23."""
    skip_days: frozenset[int] = frozenset()
    """Days of the week, Monday is 0."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Habits:
    """How a blog behaved so far."""

    changed_at: datetime | None = None
    """When it last brought anything new."""
    failures: int = 0
    """How often in a row it failed, before this time."""
    hints: Hints = field(default_factory=Hints)


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What came of asking this time, and what the answer said about the next."""

    came: Came
    has_validators: bool = True
    """The server can say "not changed"."""
    max_age: timedelta | None = None
    """``Cache-Control: max-age``: until then the answer is as good as a new one."""
    retry_after: timedelta | None = None


def next_check(
    habits: Habits, asked: Asked, now: datetime, *, interval: timedelta, spread: float = 0.0
) -> datetime | None:
    """When to ask the blog next without being told to; None for never.

    Args:
        habits: How it behaved so far.
        asked: What came of asking just now.
        now: When that was.
        interval: How often the user wants to be up to date.
        spread: From 0 to 1, at random: blogs that were asked together drift apart by it.
    """
    match asked.came:
        case Came.GONE:
            return None
        case Came.FAILED:
            wait = _after_failure(habits.failures, asked.retry_after, interval)
        case Came.CHANGED:
            wait = _polite(interval, habits.hints, asked)
        case Came.UNCHANGED:
            silent = now - (habits.changed_at or now)
            rarely = min(silent / _RARELY, _RARELY_AT_MOST)
            wait = _polite(max(interval, rarely), habits.hints, asked)
    return _outside(now + wait + interval * _SPREAD * min(max(spread, 0.0), 1.0), habits.hints)


def left_alone_until(retry_after: timedelta | None, now: datetime) -> datetime | None:
    """Until when the server wants no request at all, not even one that the user asks for."""
    return None if retry_after is None else now + min(retry_after, _LONGEST_BY_SERVER)


def _after_failure(failures: int, retry_after: timedelta | None, interval: timedelta) -> timedelta:
    # 2, 4, 8 … times the interval; the exponent is bounded, or a year of failures would overflow
    wait = min(interval * (1 << min(failures + 1, 10)), LONGEST)
    if retry_after is not None:
        asked_for = max(min(retry_after, _LONGEST_BY_SERVER), _SHORTEST_AFTER_REFUSAL)
        return max(asked_for, interval)
    return max(wait, interval)


def _polite(wait: timedelta, hints: Hints, asked: Asked) -> timedelta:
    """At least what the blog asks for, but no longer than a day for that."""
    wishes = [hints.least_wait or timedelta(), asked.max_age or timedelta()]
    if not asked.has_validators:
        wishes.append(WITHOUT_VALIDATORS)
    return max(wait, min(max(wishes), LONGEST))


def _outside(moment: datetime, hints: Hints) -> datetime:
    """The first moment from then on that lies in no hour and no day that the feed wants left out."""
    later = moment.astimezone(UTC)
    for _ in range(7 * 24 + 1):
        if later.hour not in hints.skip_hours and later.weekday() not in hints.skip_days:
            return later
        # minutes are kept: else everybody would come on the stroke of the hour
        later += _HOUR
    # all of it is left out: that cannot be meant
    return moment
