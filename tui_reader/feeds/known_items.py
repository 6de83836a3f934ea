"""Cuts out of a feed the entries that were read before, byte by byte, so that little is left to parse."""

import hashlib
from collections.abc import Container
from dataclasses import dataclass
from xml.parsers import expat

_ENTRIES = {"item": {"channel", "rdf"}, "entry": {"feed"}}
_MAX_ENTRIES = 2_000
_MAX_DEPTH = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Cut:
    """A feed without the entries that are known."""

    body: bytes
    """Still a whole feed."""
    left: tuple[str, ...]
    """The hashes of the entries that are in it, in order."""
    known: tuple[str, ...]
    """The hashes of those that were cut out."""


def cut(body: bytes, known: Container[str], content_type: str = "") -> Cut | None:
    """The feed without its known entries; None when it is not plain enough for that.

    A hash stands for an entry's bytes under this root element, whose namespaces give them their meaning.
    Of an entry that is there twice the second is left in: what it means is not decided here.
    """
    places = _places(body, content_type)
    if places is None:
        return None
    root, entries = places
    rest = bytearray()
    left: list[str] = []
    found: list[str] = []
    end = 0
    for start, stop in entries:
        digest = _hash(root, body[start:stop])
        if digest in known and digest not in found:
            rest += body[end:start]
            end = stop
            found.append(digest)
        else:
            left.append(digest)
    rest += body[end:]
    return Cut(body=bytes(rest), left=tuple(left), known=tuple(found))


def _hash(root: bytes, entry: bytes) -> str:
    digest = hashlib.blake2b(root, digest_size=16)
    digest.update(entry)
    return digest.hexdigest()


def _places(body: bytes, content_type: str) -> tuple[bytes, list[tuple[int, int]]] | None:
    """The root's start tag, and where each entry begins and ends."""
    # other encodings: what is one character to the parser may be another to who reads the rest;
    # a document type may name entities, and what they stand for is no part of the bytes
    head = body[:2_000].lower()
    if b"\0" in head or b"<!doctype" in head or b"<!entity" in head or not _is_utf8(head, content_type):
        return None
    parser = expat.ParserCreate("utf-8")
    path: list[str] = []
    entries: list[tuple[int, int]] = []
    begun = -1
    root = b""

    def start(name: str, _: dict[str, str]) -> None:
        nonlocal begun, root
        local = name.rpartition(":")[2].lower()
        if not path:
            at = parser.CurrentByteIndex
            root = body[at : body.find(b">", at) + 1]
        elif begun < 0 and path[-1] in _ENTRIES.get(local, ()) and len(path) <= 2:
            begun = parser.CurrentByteIndex
        path.append(local)
        if len(path) > _MAX_DEPTH or len(entries) > _MAX_ENTRIES:
            raise _TooMuchError

    def end(_: str) -> None:
        nonlocal begun
        local = path.pop()
        if begun >= 0 and local in _ENTRIES and len(path) <= 2 and path[-1] in _ENTRIES[local]:
            at = parser.CurrentByteIndex
            close = body.find(b">", at) + 1
            # an empty element, <item/>: its end is where it began
            entries.append((begun, close))
            begun = -1

    def no_doctype(*_: object) -> None:
        raise _TooMuchError

    parser.StartElementHandler, parser.EndElementHandler = start, end
    parser.StartDoctypeDeclHandler = no_doctype
    try:
        parser.Parse(body, True)
    except (expat.ExpatError, _TooMuchError):
        return None
    return root, entries


class _TooMuchError(Exception):
    """More than a feed needs: whoever reads all of it has the limits for that."""


def _is_utf8(head: bytes, content_type: str) -> bool:
    named = content_type.lower().partition("charset=")[2].strip(" \"'")
    if named and not named.startswith(("utf-8", "utf8", "us-ascii")):
        return False
    declaration = (
        head.partition(b"?>")[0] if head.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<?xml") else b""
    )
    encoding = declaration.partition(b"encoding=")[2].strip(b" \"'")
    return not encoding or encoding.startswith((b"utf-8", b"us-ascii"))
