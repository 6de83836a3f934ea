"""Reads ``Link`` headers (RFC 8288)."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urljoin


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """One link with one relation; a header that names several relations gives several links."""

    url: str
    rel: str
    type: str = ""


_TARGET = re.compile(r"[\s,]*<([^<>]*)>")
_PARAMETER = re.compile(r"""\s*;\s*([\w!#$&+\-.^`|~*]+)\s*(?:=\s*(?:"((?:[^"\\]|\\.)*)"|([^\s";,]*)))?""")
_MAX_LENGTH = 65_536


def links(headers: Mapping[str, str], base: str = "") -> tuple[Link, ...]:
    """Every link of the headers, in their order; what cannot be read is left out."""
    value = headers.get("link", "")[:_MAX_LENGTH]
    found: list[Link] = []
    place = 0
    while target := _TARGET.match(value, place):
        place = target.end()
        parameters: dict[str, str] = {}
        while parameter := _PARAMETER.match(value, place):
            place = parameter.end()
            name, quoted, bare = parameter.groups()
            text = re.sub(r"\\(.)", r"\1", quoted) if quoted is not None else bare or ""
            parameters.setdefault(name.lower(), text)  # the first one counts (section 3)
        try:
            url = urljoin(base, target[1].strip())
        except ValueError:
            url = ""
        if url:
            kind = parameters.get("type", "").strip().lower()
            found.extend(
                Link(url=url, rel=rel.lower(), type=kind) for rel in parameters.get("rel", "").split()
            )
        place = _next_link(value, place)
    return tuple(found)


def _next_link(value: str, place: int) -> int:
    comma = re.compile(r"[^,]*,").match(value, place)
    return comma.end() if comma else len(value)
