"""Web addresses: which ones may be asked, and how one is shown."""

import re
from urllib.parse import unquote

import httpx

from tui_reader.errors import NotSentError
from tui_reader.language import N_, _

_MAX_LENGTH = 8_192
_HOST = re.compile(r"[^\s/?#@%\\<>^`{|}]+")


def checked(address: str) -> httpx.URL:
    """Gives the address in a form that can be asked for, or says why it cannot.

    Raises:
        NotSentError: it is no web address.
    """
    text = address.strip()
    if len(text) > _MAX_LENGTH:
        raise NotSentError(f"{text[:60]}…", _("this address is too long"))
    try:
        url = httpx.URL(text)
        port = url.port
    # idna raises its own UnicodeError, and a port of 99999 an OverflowError much later
    except (httpx.InvalidURL, ValueError, TypeError) as error:
        raise NotSentError(_without_secrets(text), _("this is not a web address")) from error
    if url.scheme not in {"http", "https"}:
        reason = (
            _("addresses that begin with {scheme}: are not fetched").format(scheme=url.scheme)
            if url.scheme
            else _(_NO_ADDRESS)
        )
        raise NotSentError(_without_secrets(text), reason)
    if not url.host or not _HOST.fullmatch(url.host) or (port is not None and not 0 < port < 65_536):
        raise NotSentError(_without_secrets(text), _(_NO_ADDRESS))
    return url


_NO_ADDRESS = N_("this is not a web address")


def shown(url: httpx.URL) -> str:
    """The address without the name and password that it may carry."""
    return str(url.copy_with(username=None, password=None) if url.userinfo else url)


def credentials(url: httpx.URL) -> tuple[str, str] | None:
    """The name and password that the address carries, if it does."""
    if not url.userinfo:
        return None
    name, _, password = url.userinfo.decode("ascii", "replace").partition(":")
    return unquote(name), unquote(password)


def without_password(address: str) -> tuple[str, str]:
    """The address with no more than the name in it, and the password that it carried; empty if it had none.

    What is no web address is given back as it is.
    """
    try:
        url = checked(address)
    except NotSentError:
        return address, ""
    name, password = credentials(url) or ("", "")
    if not password:
        return address, ""
    return str(url.copy_with(username=name, password=None)), password


def named_like(address: str, other: str) -> str:
    """The address with the name that another of the same origin carries; else as it is."""
    try:
        url, named = checked(address), checked(other)
    except NotSentError:
        return address
    if url.userinfo or not named.userinfo or origin(url) != origin(named):
        return address
    return str(url.copy_with(username=(credentials(named) or ("", ""))[0], password=None))


def account(url: httpx.URL) -> str:
    """Who signs in where: what a password for the address is kept under."""
    name, _ = credentials(url) or ("", "")
    scheme, host, port = origin(url)
    return f"{name}@{scheme}://{host}:{port}"


def origin(url: httpx.URL) -> tuple[str, str, int]:
    """Scheme, host and port: what two addresses must share to trust each other (RFC 6454)."""
    return url.scheme, url.host, url.port or (443 if url.scheme == "https" else 80)


def _without_secrets(text: str) -> str:
    head, slashes, rest = text.partition("//")
    authority, slash, path = rest.partition("/")
    shown_text = f"{head}{slashes}{authority.rpartition('@')[2]}{slash}{path}"
    return "".join(letter if letter.isprintable() else "\N{REPLACEMENT CHARACTER}" for letter in shown_text)
