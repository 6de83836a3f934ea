"""A list as programs write it, made into one that an XML parser takes without a document type.

Lone ampersands and HTML's names of letters are common. Entities that a list declares itself are put in
here, within bounds, and what declared them is taken away: so the parser has none to expand, whatever its
version (https://en.wikipedia.org/wiki/Billion_laughs_attack).
"""

import re
from dataclasses import dataclass
from html.entities import html5
from xml.parsers import expat

from tui_reader.language import _

MAX_ENTITY = 2_000
"""Characters that one entity may stand for."""
MAX_PUT_IN = 200_000
"""Characters that may come of entities in a whole list."""
_MAX_DEPTH = 20

_DOCTYPE = re.compile(rb"<!doctype\b", re.IGNORECASE)
_ROOT = re.compile(rb"<opml\b", re.IGNORECASE)
# a comment or CDATA that does not end reaches to the end: looked for once, and not from each of many
_PIECE = re.compile(
    rb"<!--.*?(?:-->|\Z)|<!\[CDATA\[.*?(?:\]\]>|\Z)"
    rb"|&(?:(#\d{1,7}|#x[0-9a-fA-F]{1,6}|[A-Za-z_][A-Za-z0-9_.-]{0,63});)?",
    re.DOTALL,
)
_REFERENCE = re.compile(r"&(#\d{1,7}|#x[0-9a-fA-F]{1,6}|[A-Za-z_][A-Za-z0-9_.-]{0,63});")
_OF_XML = {"amp", "lt", "gt", "quot", "apos"}
_AS_DATA = {ord('"'): "&quot;", ord("'"): "&apos;", ord(">"): "&gt;", ord("\n"): " ", ord("\r"): " "}


@dataclass(frozen=True, slots=True)
class Repaired:
    """The list, line for line as it was, and what could not be put into it."""

    text: bytes
    faults: tuple[tuple[int, str], ...] = ()
    """Lines, counted from 1, each with a sentence."""


def repaired(text: bytes) -> Repaired:
    """The list in UTF-8 as XML wants it."""
    body, entities, faults = _without_doctype(text)

    def right(match: re.Match[bytes]) -> bytes:
        if match[0].startswith(b"<"):
            return match[0]
        if match[1] is None:
            return b"&amp;"
        name = match[1].decode("ascii")
        if name in _OF_XML or name.startswith("#"):
            return match[0]
        if entities.has(name):
            try:
                return entities.put_in(name)
            except _TooMuchError as why:
                if entities.is_new_fault(name):
                    faults.append((body.count(b"\n", 0, match.start()) + 1, str(why)))
        elif letters := html5.get(f"{name};"):
            return "".join(f"&#{ord(letter)};" for letter in letters).encode()
        return b"&amp;" + match[1] + b";"

    return Repaired(_PIECE.sub(right, body), tuple(faults))


def _without_doctype(text: bytes) -> "tuple[bytes, _Entities, list[tuple[int, str]]]":
    """The list with its document type blanked out, what that declares, and what is wrong with it."""
    found = _DOCTYPE.search(text)
    if found is None:
        return text, _Entities({}), []
    head = _Head(text)
    entities = _Entities(head.entities)
    try:
        head.read()
    except _RootReached:
        if head.begin is None or head.end is None:
            # it stands in a comment, or in the body
            return text, entities, []
        return _blanked(text, head.begin, head.end + 1), entities, []
    except expat.ExpatError as error:
        # in small letters it is none for XML
        begin = found.start() if head.begin is None else head.begin
        root = _ROOT.search(text, begin)
        if root is None or not begin <= head.parser.ErrorByteIndex < root.start():
            return text, entities, []
        told = _("what the list declares of itself is broken ({reason}); it was passed over")
        reason = expat.errors.messages.get(error.code, _("not XML"))
        return _blanked(text, begin, root.start()), entities, [(error.lineno, told.format(reason=reason))]
    return text, entities, []


def _blanked(text: bytes, begin: int, end: int) -> bytes:
    return text[:begin] + b"\n" * text.count(b"\n", begin, end) + text[end:]


class _Head:
    """Reads what stands before the root."""

    def __init__(self, text: bytes) -> None:
        self._text = text
        self.entities: dict[str, str | None] = {}
        self.begin: int | None = None
        self.end: int | None = None
        # parameter entities are not expanded, and no file is opened, unless one asks for it
        self.parser = expat.ParserCreate("utf-8")
        self.parser.StartDoctypeDeclHandler = self._start
        self.parser.EndDoctypeDeclHandler = self._end
        self.parser.EntityDeclHandler = self._entity
        self.parser.StartElementHandler = self._root

    def read(self) -> None:
        self.parser.Parse(self._text, True)

    def _start(self, *_told: object) -> None:
        # told of at the "[" behind its name, or at its end
        self.begin = self._text.rfind(b"<!DOCTYPE", 0, self.parser.CurrentByteIndex)

    def _end(self) -> None:
        self.end = self.parser.CurrentByteIndex

    def _entity(self, name: str, is_parameter: bool, value: str | None, *_where: object) -> None:
        if not is_parameter:
            # the first one counts (https://www.w3.org/TR/xml/#sec-entity-decl)
            self.entities.setdefault(name, value)

    def _root(self, *_told: object) -> None:
        raise _RootReached


class _Entities:
    """What a list declares, put in where it is meant.

    Args:
        declared: By name; None for what is kept in another file.
    """

    def __init__(self, declared: dict[str, str | None]) -> None:
        self._declared = declared
        # each is worked out once: ten times ten times nothing takes long, too
        self._known: dict[str, tuple[str | None, str]] = {}
        self._left = MAX_PUT_IN
        self._told: set[str] = set()

    def has(self, name: str) -> bool:
        return name in self._declared

    def put_in(self, name: str) -> bytes:
        """What it stands for, fit for an attribute and for text.

        Raises:
            _TooMuchError: it is not put in; says why.
        """
        value = self._expanded(name, 0)
        if len(value) > self._left:
            raise _TooMuchError(_("“{name}” stands for too much").format(name=name))
        self._left -= len(value)
        return value.encode()

    def is_new_fault(self, name: str) -> bool:
        """Whether it was not told yet that this one is not put in."""
        is_new = name not in self._told
        self._told.add(name)
        return is_new

    def _expanded(self, name: str, depth: int) -> str:
        if depth > _MAX_DEPTH:
            raise _TooMuchError(_("“{name}” stands for too much").format(name=name))
        known = self._known.get(name)
        if known is None:
            # one that holds itself finds this
            self._known[name] = (None, _("“{name}” stands for too much").format(name=name))
            try:
                known = (self._work_out(name, depth), "")
            except _TooMuchError as error:
                known = (None, str(error))
            self._known[name] = known
        value, why = known
        if value is None:
            raise _TooMuchError(why)
        return value

    def _work_out(self, name: str, depth: int) -> str:
        value = self._declared[name]
        if value is None:
            raise _TooMuchError(_("“{name}” is kept in another file, which is not read").format(name=name))
        if "<" in value:
            raise _TooMuchError(_("“{name}” stands for more than letters").format(name=name))
        pieces: list[str] = []
        size = end = 0
        for reference in (*_REFERENCE.finditer(value), None):
            begin = len(value) if reference is None else reference.start()
            pieces.append(value[end:begin].replace("&", "&amp;").translate(_AS_DATA))
            size += len(pieces[-1])
            if reference is not None:
                end = reference.end()
                pieces.append(self._within(reference[1], depth))
                size += len(pieces[-1])
            if size > MAX_ENTITY:
                raise _TooMuchError(_("“{name}” stands for too much").format(name=name))
        return "".join(pieces)

    def _within(self, name: str, depth: int) -> str:
        if name in _OF_XML or name.startswith("#"):
            return f"&{name};"
        return self._expanded(name, depth + 1) if name in self._declared else f"&amp;{name};"


class _TooMuchError(Exception):
    """An entity that is not put in; says why."""


class _RootReached(Exception):
    """What comes now is the list itself."""
