"""Web addresses: which ones may be asked, and how one is shown."""

import re
from urllib.parse import unquote

from tui_reader.errors import NotSentError
from tui_reader.language import N_, _
from tui_reader.net.web_address import AddressError, WebAddress

_MAX_LENGTH = 8_192
_HOST = re.compile(r"[^\s/?#@%\\<>^`{|}]+")


def checked(address: str) -> WebAddress:
    """Gives the address in a form that can be asked for, or says why it cannot.

    Raises:
        NotSentError: it is no web address.
    """
    text = address.strip()
    if len(text) > _MAX_LENGTH:
        raise NotSentError(f"{text[:60]}…", _("this address is too long"))
    try:
        url = WebAddress.read(text)
    except AddressError as error:
        raise NotSentError(_without_secrets(text), _("this is not a web address")) from error
    if url.scheme not in {"http", "https"}:
        reason = (
            _("addresses that begin with {scheme}: are not fetched").format(scheme=url.scheme)
            if url.scheme
            else _(_NO_ADDRESS)
        )
        raise NotSentError(_without_secrets(text), reason)
    if not url.host or not _HOST.fullmatch(url.host) or (url.port is not None and not 0 < url.port < 65_536):
        raise NotSentError(_without_secrets(text), _(_NO_ADDRESS))
    return url


_NO_ADDRESS = N_("this is not a web address")


def shown(url: WebAddress) -> str:
    """The address without the name and password that it may carry."""
    return url.named(None).text


def credentials(url: WebAddress) -> tuple[str, str] | None:
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
    return url.named(name).text, password


def named_like(address: str, other: str) -> str:
    """The address with the name that another of the same origin carries; else as it is."""
    try:
        url, named = checked(address), checked(other)
    except NotSentError:
        return address
    if url.userinfo or not named.userinfo or origin(url) != origin(named):
        return address
    return url.named((credentials(named) or ("", ""))[0]).text


def account(url: WebAddress) -> str:
    """Who signs in where: what a password for the address is kept under."""
    name, _ = credentials(url) or ("", "")
    scheme, host, port = origin(url)
    return f"{name}@{scheme}://{host}:{port}"


def origin(url: WebAddress) -> tuple[str, str, int]:
    """Scheme, host and port: what two addresses must share to trust each other (RFC 6454)."""
    return url.scheme, url.host, url.port or (443 if url.scheme == "https" else 80)


def _without_secrets(text: str) -> str:
    head, slashes, rest = text.partition("//")
    authority, slash, path = rest.partition("/")
    shown_text = f"{head}{slashes}{authority.rpartition('@')[2]}{slash}{path}"
    return "".join(letter if letter.isprintable() else "\N{REPLACEMENT CHARACTER}" for letter in shown_text)
