"""What a reader can do about a fetch that failed: a few words behind those that say what happened."""

import socket
import ssl
from collections.abc import Iterable

import httpx

from tui_reader.language import N_, _
from tui_reader.net.faults import NotConnectedInTimeError

_BY_STATUS = {
    401: N_("put them in front of the host: https://NAME:PASSWORD@…"),
    403: N_("it may keep programs out: see whether a browser gets in"),
    404: N_("check the address; the front page of the site often leads on"),
    410: N_("it will not come back: look for its new address, or remove it"),
    429: N_("it asks to be left alone for a while: try again later"),
    511: N_("sign in to it with a browser, then try again"),
}
_ITS_TROUBLE = N_("it is the trouble of the blog and not yours: try again later")


def about_status(status: int) -> str:
    """What to do about an answer that is no success."""
    if words := _BY_STATUS.get(status):
        return _(words)
    return _(_ITS_TROUBLE) if status >= 500 else ""


def about_proxy() -> str:
    """What to do when a proxy was to be asked, and nothing got through."""
    return _("it was to be asked by way of the proxy that the environment names: see whether that one works")


def about_way(chain: Iterable[BaseException], *, is_offline: bool) -> str:
    """What to do when no answer came.

    Args:
        chain: The error and all that led to it.
        is_offline: Whether the system says that there is no way out at all.
    """
    if is_offline:
        return _("this computer is offline: read what is stored, and try again when it is connected")
    for error in chain:
        match error:
            case ssl.SSLCertVerificationError():
                return _(
                    "whoever answers cannot prove to be this site, so nothing was read: check the date"
                    " of this computer, or tell the owner of the blog"
                )
            case socket.gaierror():
                return _(
                    "check the spelling; where other sites fail too, the network is down: read on, it is"
                    " asked again later"
                )
            case ConnectionRefusedError():
                return _("nothing listens there now: check the address and its port, or try again later")
            case TimeoutError() | NotConnectedInTimeError() | httpx.TimeoutException():
                return _("the server, or the way to it, is slow: try again later")
    return ""
