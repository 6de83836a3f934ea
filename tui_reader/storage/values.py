"""Python values as SQLite can hold them, and back."""

from datetime import UTC, datetime, timedelta
from urllib.parse import parse_qsl, quote, unquote, urlencode, urlsplit

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)
_LARGEST_COUNT = 2**31 - 1


def stamp(moment: datetime) -> int:
    """Microseconds since 1970 in UTC, exactly."""
    return (moment - _EPOCH) // _MICROSECOND


def stamp_or_none(moment: datetime | None) -> int | None:
    """The same where there may be no moment."""
    return None if moment is None else (moment - _EPOCH) // _MICROSECOND


def moment(stamp: int) -> datetime:
    """What ``stamp`` was made of, in UTC."""
    return _EPOCH + timedelta(0, 0, stamp)


def moment_or_none(stamp: int | None) -> datetime | None:
    """The same where there may be none."""
    return None if stamp is None else _EPOCH + timedelta(0, 0, stamp)


def text(foreign: str) -> str:
    """``foreign`` with all that UTF-8 or SQLite's own functions cannot hold replaced by U+FFFD.

    Halves of surrogate pairs that stand together are joined to the character they mean.
    """
    if "\0" in foreign:
        # SQLite's functions, the search index among them, take a text to end there
        foreign = foreign.replace("\0", "\ufffd")
    try:
        foreign.encode()
    except UnicodeEncodeError:
        return foreign.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    return foreign


def text_or_none(foreign: str | None) -> str | None:
    """The same where there may be no text."""
    return None if foreign is None else text(foreign)


def count_or_none(number: int | None) -> int | None:
    """A count as a blog says it, made possible: feeds say -1, and numbers no database holds."""
    return None if number is None else max(0, min(number, _LARGEST_COUNT))


def url_key(url: str) -> str:
    """The same for addresses that mean the same page as far as one can tell without asking.

    Scheme, fragment, default port, trailing slash, ``utm_`` marks and the way characters are
    escaped do not matter.
    """
    url = text(url).strip()
    try:
        parts = urlsplit(url)
        host, port = parts.hostname, parts.port
    except ValueError:
        return url
    if not host:
        return url
    path = quote(unquote(parts.path), safe="/:@!$&'()*+,;=~-._").rstrip("/")
    asked = parse_qsl(parts.query, keep_blank_values=True)
    query = urlencode([(name, value) for name, value in asked if not name.lower().startswith("utm_")])
    return host + (f":{port}" if port not in {None, 80, 443} else "") + path + (f"?{query}" if query else "")
