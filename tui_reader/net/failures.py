"""Says in plain words what went wrong on the way, whoever raised it; loaded when something did."""

import errno
import socket
import ssl
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

import httpx

from tui_reader.domain import trouble
from tui_reader.errors import FetchError, NoAnswerError, NotSentError
from tui_reader.net.faults import GarbledError, NotConnectedError, NotConnectedInTimeError, UnsendableError
from tui_reader.net.proxies import ProxySettingError
from tui_reader.net.reach import PrivateTargetError
from tui_reader.net.web_address import AddressError

_NEVER_LEFT = (
    NotConnectedError,
    UnsendableError,
    AddressError,
    httpx.ConnectError,
    httpx.ConnectTimeout,
    httpx.PoolTimeout,
    httpx.UnsupportedProtocol,
    httpx.LocalProtocolError,
    httpx.InvalidURL,
    httpx.ProxyError,
    PrivateTargetError,
    ProxySettingError,
    UnicodeError,
)
_UNREACHABLE = {errno.ENETUNREACH, errno.EHOSTUNREACH, errno.ENETDOWN, errno.EHOSTDOWN}


def as_fetch_error(
    url: str, error: BaseException, *, seconds: float, may_have_left: bool | None
) -> FetchError:
    """The error that says what the caller may do next.

    Args:
        url: What was asked for, without secrets.
        error: What was raised.
        seconds: The deadline, for the message.
        may_have_left: Whether bytes of the request left this machine; None when only the kind of
            error can tell.
    """
    if may_have_left is None:
        may_have_left = not isinstance(error, _NEVER_LEFT)
    kind = NoAnswerError if may_have_left else NotSentError
    for link in _chain(error):
        if isinstance(link, PrivateTargetError | ProxySettingError):
            return kind(url, str(link))
    code = _trouble(error, seconds, may_have_left=may_have_left)
    failure = kind(url, trouble.reason(code))
    set_trouble(failure, code)
    return failure


def set_trouble(failure: FetchError, code: str) -> None:
    """Says of an error what kind of trouble it is, so that it can be told later, in any language."""
    failure.trouble = code
    failure.advice = trouble.advice(code)


def retry_after(value: str | None, now: datetime) -> timedelta | None:
    """How long a ``Retry-After`` asks to wait, from seconds or a date; None when it says nothing clear."""
    text = (value or "").strip()
    if not text:
        return None
    if text.isascii() and text.isdigit():
        # ten digits are 300 years: more is no answer, and would overflow
        return timedelta(seconds=int(text)) if len(text) <= 10 else None
    try:
        until = parsedate_to_datetime(text)
        if until.tzinfo is None:
            until = until.replace(tzinfo=UTC)
        return max(until - now, timedelta(0))
    except (ValueError, TypeError, OverflowError, IndexError):
        return None


def _trouble(error: BaseException, seconds: float, *, may_have_left: bool) -> str:
    # first of all: what else is in the chain of a time-out was only under way
    is_late = isinstance(error, TimeoutError | httpx.TimeoutException)
    if isinstance(error, NotConnectedInTimeError | httpx.ConnectTimeout) or (is_late and not may_have_left):
        return "slow-connect"
    if is_late:
        return f"slow {seconds:g}"
    for link in _chain(error):
        code = _plain(link)
        if code:
            return code
    is_of_connecting = isinstance(error, NotConnectedError | httpx.ConnectError)
    if is_of_connecting and any(isinstance(link, TimeoutError) for link in _chain(error)):
        # as the system gives it up
        return "slow-connect"
    return _by_kind(error)


def is_about_trust(error: FetchError) -> bool:
    """Whether somebody answered who could not prove to be the site that was asked."""
    return any(isinstance(link, ssl.SSLCertVerificationError) for link in _chain(error))


def _plain(error: BaseException) -> str | None:
    match error:
        case ssl.SSLCertVerificationError():
            return f"certificate {error.verify_message.rstrip('.')}"
        case ssl.SSLError():
            return "tls"
        case socket.gaierror():
            return "name"
        case ConnectionRefusedError():
            return "refused"
        case OSError() if error.errno in _UNREACHABLE:
            return "unreachable"
        case ConnectionError():
            return "broken-off"
        case UnicodeError():
            return "unsendable"
        case OverflowError():
            return "no-address"
    return None


def _by_kind(error: BaseException) -> str:
    match error:
        case httpx.ProxyError():
            return "proxy"
        case GarbledError() | httpx.RemoteProtocolError():
            return "no-http"
        case AddressError() | httpx.InvalidURL() | httpx.UnsupportedProtocol():
            return "no-address"
        case UnsendableError() | httpx.LocalProtocolError() | ValueError():
            return "unsendable"
        case NotConnectedError() | httpx.ConnectError():
            return "unconnected"
        case _:
            return "lost"


def _chain(error: BaseException) -> Iterator[BaseException]:
    """The error and all that led to it, each once."""
    waiting: list[BaseException | None] = [error]
    seen: set[int] = set()
    while waiting:
        link = waiting.pop(0)
        if link is None or id(link) in seen:
            continue
        seen.add(id(link))
        yield link
        if isinstance(link, BaseExceptionGroup):
            waiting.extend(link.exceptions)
        waiting += [link.__cause__, link.__context__]
