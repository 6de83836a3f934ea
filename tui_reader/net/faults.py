"""What goes wrong on a connection of ours; what httpx raises beside these, where it asks for us."""

import sys


class ExchangeError(Exception):
    """No answer came."""


class NotConnectedError(ExchangeError):
    """No connection could be made."""


class NotConnectedInTimeError(NotConnectedError):
    """None within the time that it may take."""


class UnsendableError(ExchangeError):
    """The request cannot be sent, and was not."""


class GarbledError(ExchangeError):
    """The server broke off in the midst, or does not speak HTTP."""


class BrokenError(ExchangeError):
    """The connection broke."""


def what_http_raises(*more: type[Exception]) -> tuple[type[Exception], ...]:
    """All that we, httpx, h11, idna, anyio and ssl were seen to raise, and more; asked when something was.

    What httpx raises cannot come before it was loaded, and need not be known then.
    """
    # an OverflowError comes wrapped from the happy-eyeballs of anyio; UnicodeError from idna and headers
    own = (*more, ExchangeError, ExceptionGroup, OSError, ValueError, OverflowError)
    if "httpx" not in sys.modules:
        return own
    import httpx

    return (*own, httpx.HTTPError, httpx.InvalidURL, httpx.StreamError)
