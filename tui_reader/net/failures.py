"""Says in plain words what went wrong on the way, whoever raised it; loaded when something did."""

import errno
import socket
import ssl
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

import httpx

from tui_reader.errors import FetchError, NoAnswerError, NotSentError
from tui_reader.language import N_, _
from tui_reader.net import advice
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

_REASONS = {
    400: N_("the server did not understand the request"),
    401: N_("a name and password are needed"),
    402: N_("the server wants to be paid"),
    403: N_("the server does not allow it"),
    404: N_("there is no such page"),
    405: N_("the server does not take this kind of request"),
    406: N_("the server has no form of it that suits"),
    408: N_("the server waited too long"),
    409: N_("the server sees a conflict with what is there"),
    410: N_("gone for good"),
    413: N_("too much was sent"),
    414: N_("the address is too long for the server"),
    418: N_("the server takes itself for a teapot"),
    421: N_("another server is meant"),
    425: N_("too early for the server"),
    429: N_("too many requests"),
    451: N_("not shown for legal reasons"),
    500: N_("the server has a fault"),
    501: N_("the server cannot do that"),
    502: N_("the server behind the server gave a bad answer"),
    503: N_("the server is busy or being mended"),
    504: N_("the server behind the server did not answer"),
    507: N_("the server has no room left"),
    511: N_("this network wants a sign-in first"),
}


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
    failure = kind(url, _reason(error, seconds, may_have_left=may_have_left))
    is_offline = any(isinstance(link, OSError) and link.errno in _UNREACHABLE for link in _chain(error))
    failure.advice = advice.about_way(_chain(error), is_offline=is_offline)
    return failure


def status_reason(status: int) -> str:
    """What a status from 400 up means, in plain words."""
    known = _REASONS.get(status)
    if known:
        return _(known)
    return _("the server refused") if status < 500 else _("the server has a fault")


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


def _reason(error: BaseException, seconds: float, *, may_have_left: bool) -> str:
    # first of all: what else is in the chain of a time-out was only under way
    is_late = isinstance(error, TimeoutError | httpx.TimeoutException)
    if isinstance(error, NotConnectedInTimeError | httpx.ConnectTimeout) or (is_late and not may_have_left):
        return _("no connection could be made in time")
    if is_late:
        return _("no answer within {seconds:g} s").format(seconds=seconds)
    for link in _chain(error):
        reason = _plain(link)
        if reason:
            return reason
    return _by_kind(error)


def is_about_trust(error: FetchError) -> bool:
    """Whether somebody answered who could not prove to be the site that was asked."""
    return any(isinstance(link, ssl.SSLCertVerificationError) for link in _chain(error))


def _plain(error: BaseException) -> str | None:
    match error:
        case PrivateTargetError() | ProxySettingError():
            return str(error)
        case ssl.SSLCertVerificationError():
            return _("the certificate is not valid: {why}").format(why=error.verify_message.rstrip("."))
        case ssl.SSLError():
            return _("no secure connection could be made")
        case socket.gaierror():
            return _("the server could not be found")
        case ConnectionRefusedError():
            return _("the connection was refused")
        case OSError() if error.errno in _UNREACHABLE:
            return _("the network cannot be reached")
        case ConnectionError():
            return _("the server broke the connection off")
        case UnicodeError():
            return _("the request holds characters that cannot be sent")
        case OverflowError():
            return _("this is not a web address")
    return None


def _by_kind(error: BaseException) -> str:
    match error:
        case httpx.ProxyError():
            return _("the proxy refused")
        case GarbledError() | httpx.RemoteProtocolError():
            return _("the server broke off, or does not speak HTTP")
        case AddressError() | httpx.InvalidURL() | httpx.UnsupportedProtocol():
            return _("this is not a web address")
        case UnsendableError() | httpx.LocalProtocolError() | ValueError():
            return _("the request holds characters that cannot be sent")
        case NotConnectedError() | httpx.ConnectError():
            return _("no connection could be made")
        case _:
            return _("the connection was lost")


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
