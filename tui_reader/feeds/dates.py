"""Dates of feed entries: only those that can be true."""

import re
from datetime import UTC, date, datetime
from time import struct_time

_YEARS = range(1970, 2200)
_ISO = re.compile(r"\s*(\d{4})-(\d\d)-(\d\d)")


def moment(parsed: object, written: object = None) -> datetime | None:
    """The time that feedparser read, aware and in UTC; None when there is no such day.

    Args:
        parsed: feedparser's ``…_parsed``.
        written: The words of the feed, since feedparser makes 2 March of 30 February.
    """
    if not isinstance(parsed, struct_time | tuple) or len(parsed) < 6 or not _is_a_day(written):
        return None
    year, month, day, hour, minute, second = parsed[:6]
    if year not in _YEARS:
        return None
    try:
        return datetime(year, month, day, hour, minute, min(second, 59), tzinfo=UTC)  # leap seconds
    except (ValueError, TypeError, OverflowError):
        return None


def iso_moment(written: object, *, needs_zone: bool = False) -> datetime | None:
    """The time of an ISO 8601 string (RFC 3339), as JSON feeds, pages and APIs write it.

    Args:
        written: The words of a stranger.
        needs_zone: Whether a time without a zone tells nothing; else it is in UTC.
    """
    if not isinstance(written, str):
        return None
    try:
        read = datetime.fromisoformat(written.strip())
        if needs_zone and read.tzinfo is None:
            return None
        moment_utc = (read if read.tzinfo else read.replace(tzinfo=UTC)).astimezone(UTC)
    except (ValueError, OverflowError):
        return None
    # the years 1 and 9999 end beyond the calendar in half of the world's zones
    return moment_utc if moment_utc.year in _YEARS else None


def _is_a_day(written: object) -> bool:
    match = _ISO.match(written) if isinstance(written, str) else None
    if not match:
        return True
    try:
        date(int(match[1]), int(match[2]), int(match[3]))
    except ValueError:
        return False
    return True
