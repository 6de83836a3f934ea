"""What a list says that only other programs understand: taken from its attributes, and written again."""

import re
from collections.abc import Iterable, Mapping
from xml.sax.saxutils import escape, quoteattr

from tui_reader.content.clean import clean
from tui_reader.feeds.opml_list import ALSO_IN, NAMESPACE, XML, Attributes
from tui_reader.net.address import without_password

MAX_KEPT = 32_000
"""Characters of one outline; FreshRSS writes rules of some thousand."""

# ASCII letters and others alike: the parser has looked already whether it is a name
_NAME = re.compile(r"[^\W\d][\w.-]*")
_SCHEME = re.compile(r"\s*([A-Za-z][A-Za-z0-9+.-]*):")
_ADDRESS = re.compile(r"(url|uri|href)$", re.IGNORECASE)
_NO_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


class Prefixes:
    """The namespaces of a list that is written, each with a prefix; ours first."""

    def __init__(self) -> None:
        self._known = {XML: "xml", NAMESPACE: "tui"}

    def of(self, name: str) -> str:
        """An attribute or element as it is written: ``ns1:crawler``."""
        uri, _, local = name.rpartition(" ")
        return f"{self._known.setdefault(uri, f'ns{len(self._known) - 1}')}:{local}" if uri else local

    def declared(self) -> str:
        """What the root says of them."""
        pairs = [(uri, prefix) for uri, prefix in self._known.items() if uri != XML]
        return "".join(f" xmlns:{prefix}={attribute(uri)}" for uri, prefix in pairs)


def attribute(value: str) -> str:
    """A value in quotes, to be read back as it is: line breaks and tabs stand as numbers."""
    return quoteattr(fit(value))


def element(name: str, value: str) -> str:
    """A value as an element of its own."""
    return f"<{name}>{escape(fit(value))}</{name}>"


def fit(value: str) -> str:
    """A value without what XML does not take, and without what a terminal would obey or hide."""
    return clean(_NO_XML.sub("", value))


def qualified(name: str, spaces: Mapping[str, str]) -> str | None:
    """``uri name`` or ``name``; None where a prefix was never declared, and for declarations themselves."""
    prefix, colon, local = name.rpartition(":")
    if not _NAME.fullmatch(local) or "xmlns" in {prefix, name}:
        return None
    if not colon:
        return local
    uri = XML if prefix == "xml" else spaces.get(prefix)
    return f"{uri} {local}" if uri else None


def kept(attributes: Mapping[str, str], spaces: Mapping[str, str], used: Iterable[str]) -> Attributes | None:
    """What is to be written again of an outline; None for a flood.

    Args:
        attributes: As they stand there.
        spaces: The namespaces by their prefixes.
        used: Names, in lower case, of those that are written from what is stored.
    """
    more = {}
    for name, value in attributes.items():
        whole = qualified(name, spaces)
        if (
            whole is None
            or name.lower() in used
            or whole == ALSO_IN
            or (name.lower(), value) == ("type", "rss")
        ):
            continue
        value = fit(value)
        if _ADDRESS.search(name) and (scheme := _SCHEME.match(value)):
            # whoever reads the list after us may ask for it, or run it
            if scheme[1].lower() not in {"http", "https"}:
                continue
            value = without_password(value)[0]
        more[whole] = value
    return more if sum(len(name) + len(value) for name, value in more.items()) <= MAX_KEPT else None
