"""Makes the addresses in foreign text absolute, and lets through only the kinds that may be opened."""

import re
from urllib.parse import quote, unquote, urljoin, urlsplit, urlunsplit

from tui_reader.content.clean import clean

MAX_LENGTH = 8_192

# As browsers do it (WHATWG URL, 4.4): white space and controls at the ends, tabs and line ends anywhere.
_EDGES = "".join(map(chr, range(0x21)))
_INSIDE = re.compile(r"[\t\n\r]")
_SCHEME = re.compile(r"([a-zA-Z][a-zA-Z0-9+.-]*):")
# What no address needs raw: it would end the address early in text, or mislead the eye.
_RAW = re.compile(r"[\s<>\"`{}|\\^\x00-\x20\x7f-\x9f]")
_HOST = re.compile(r"[^\s/?#@\\<>\"`{}|^%\x00-\x20\x7f]+")
_MAILBOX = re.compile(r"[^\s@<>,;:\"?&]+@[^\s@<>,;:\"?&]+")


# An address that is already as it should be, as most are.
_TIDY = re.compile(
    r"https?://[a-z0-9][a-z0-9.-]*[a-z0-9]/[\w.~/%+,=&@-]*(?:\?[\w.~/%+,=&@-]+)?(?:#[\w.~/%+,=&@:-]+)?",
    re.ASCII,
)


def absolute(href: str, base: str) -> str | None:
    """The address that a browser would go to, or None when it may not be opened from here.

    http, https and mailto pass; user names and passwords in front of the host do not, since they are
    secrets or a disguise (``https://bank.example@evil.example``).
    """
    if len(href) <= MAX_LENGTH and _TIDY.fullmatch(href):
        return href
    href = _INSIDE.sub("", href.strip(_EDGES))
    if not href or len(href) > MAX_LENGTH or href.startswith("-"):
        return None  # a leading dash would be an option to the program that opens it
    scheme = _SCHEME.match(href)
    if scheme and scheme[1].lower() == "mailto":
        return _mailbox(href[scheme.end() :])
    if scheme and scheme[1].lower() not in {"http", "https"}:
        return None
    try:
        return _web(urljoin(_INSIDE.sub("", base.strip(_EDGES)), _slashes(href)))
    except ValueError:  # brackets that hold no address, a port that is no number
        return None


def absolute_web(href: str, base: str) -> str | None:
    """The same for what a browser shows: no mailbox."""
    url = absolute(href, base)
    return None if url is None or url.startswith("mailto:") else url


def is_in_page(url: str, base: str) -> bool:
    """Whether the address is a place in the page at ``base`` and nothing more."""
    page, mark, _ = url.partition("#")
    if not mark:
        return False
    here = without_fragment(base)
    return page == here or _plain(page) == _plain(here)


def _plain(page: str) -> str:
    """An address without what differs between two ways of writing it."""
    return page.partition("://")[2].removeprefix("www.").rstrip("/")


def without_fragment(url: str) -> str:
    """The address of the page alone, whatever place in it is meant."""
    return url.partition("#")[0]


def fragment_of(url: str) -> str:
    """The name of the place in the page, as the page writes it; empty when there is none."""
    return unquote(url.partition("#")[2])


def host_of(url: str) -> str:
    """The host of an address, for showing; empty when there is none."""
    try:
        return (urlsplit(url).hostname or "").removeprefix("www.")
    except ValueError:
        return ""


def file_name(url: str) -> str:
    """The last part of its path, readable; empty when there is none."""
    try:
        path = urlsplit(url).path
    except ValueError:
        return ""
    return clean(unquote(path.rstrip("/").rpartition("/")[2])).strip()


def _slashes(href: str) -> str:
    """Backslashes count as slashes in the part before the query, as browsers have it."""
    if "\\" not in href:
        return href
    end = min((at for at in (href.find("?"), href.find("#")) if at >= 0), default=len(href))
    return href[:end].replace("\\", "/") + href[end:]


def _web(url: str) -> str | None:
    parts = urlsplit(url)
    scheme = parts.scheme.lower()
    host = parts.hostname
    if scheme not in {"http", "https"} or not host:
        return None
    port = parts.port
    if ":" in host:
        host = f"[{host}]"
    elif not _HOST.fullmatch(host) or clean(host) != host or host.startswith("-"):
        return None
    if port is not None and port != {"http": 80, "https": 443}[scheme]:
        host = f"{host}:{port}"
    return urlunsplit((scheme, host, _tidy(parts.path) or "/", _tidy(parts.query), _tidy(parts.fragment)))


def _tidy(part: str) -> str:
    return _RAW.sub(_quoted, clean(part))


def _quoted(match: re.Match[str]) -> str:
    return quote(match[0], safe="")


def _mailbox(address: str) -> str | None:
    # Without its query: "?attach=" and "?bcc=" make some mail programs do what nobody asked for.
    mailbox = clean(unquote(address.partition("?")[0])).strip()
    return f"mailto:{mailbox}" if _MAILBOX.fullmatch(mailbox) and not mailbox.startswith("-") else None
