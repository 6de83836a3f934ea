"""Subscriptions to and from other readers: OPML 2.0 (opml.org/spec2.opml)."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from html.entities import html5
from xml.parsers import expat
from xml.sax.saxutils import quoteattr

from tui_reader.content.clean import clean_line
from tui_reader.domain.blog import Blog
from tui_reader.feeds.address import web_address

MAX_FEEDS = 20_000
_MAX_PROBLEMS = 100
_MAX_DEPTH = 64
_SEPARATOR = " / "
_AMPERSAND = re.compile(rb"&(?:(#\d{1,7}|#x[0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});)?")


@dataclass(frozen=True, slots=True, kw_only=True)
class OpmlFeed:
    """One subscription of the list."""

    url: str
    title: str = ""
    folder: str | None = None
    """The folders around it, outermost first, joined by `` / ``."""
    site_url: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class OpmlResult:
    """What could be read of the list, and what could not."""

    outlines: tuple[OpmlFeed, ...] = ()
    problems: tuple[str, ...] = ()
    """Plain sentences with the line that is meant."""


def read(text: bytes) -> OpmlResult:
    """Reads a list of subscriptions; from a broken one, what stands before the fault."""
    reader = _Reader()
    reader.parse(text)
    return OpmlResult(outlines=tuple(reader.feeds.values()), problems=tuple(reader.problems))


def write(blogs: Iterable[Blog]) -> str:
    """Writes the blogs as a list that other readers take, folder by folder in the order given."""
    tree: _Folder = _Folder()
    for blog in blogs:
        tree.at([part for part in (blog.folder or "").split(_SEPARATOR) if part.strip()]).lines.append(
            f'<outline type="rss" text={_attribute(blog.title)} title={_attribute(blog.title)} '
            f"xmlUrl={_attribute(blog.feed_url)} htmlUrl={_attribute(blog.url)}/>"
        )
    return "\n".join(
        [
            '<?xml version="1.0" encoding="UTF-8"?>',
            '<opml version="2.0">',
            "  <head><title>tui_reader</title></head>",
            "  <body>",
            *tree.written(indent=4),
            "  </body>",
            "</opml>",
            "",
        ]
    )


class _Folder:
    """Outlines and the folders below them, in the order of their first mention."""

    def __init__(self) -> None:
        self.lines: list[str] = []
        self.folders: dict[str, _Folder] = {}

    def at(self, path: list[str]) -> "_Folder":
        folder = self
        for name in path[:_MAX_DEPTH]:
            folder = folder.folders.setdefault(name, _Folder())
        return folder

    def written(self, indent: int) -> Iterable[str]:
        space = " " * indent
        for line in self.lines:
            yield space + line
        for name, folder in self.folders.items():
            yield f"{space}<outline text={_attribute(name)} title={_attribute(name)}>"
            yield from folder.written(indent + 2)
            yield f"{space}</outline>"


class _Reader:
    """Walks the list with expat, which says the line and keeps what came before a fault."""

    def __init__(self) -> None:
        self.feeds: dict[str, OpmlFeed] = {}
        self.problems: list[str] = []
        self._folders: list[str | None] = []
        self._is_opml: bool | None = None
        self._skipped = 0
        self._parser = expat.ParserCreate()
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._end
        self._parser.EntityDeclHandler = self._entity

    def parse(self, text: bytes) -> None:
        head = len(text) - len(text.lstrip())
        self._skipped = text[:head].count(b"\n")
        try:
            self._parser.Parse(_repaired(text), True)
        except expat.ExpatError as error:
            reason = expat.errors.messages.get(error.code, "not XML")
            self._problem(
                f"the file is broken ({reason}); what stands before was read", error.lineno + self._skipped
            )
        except _RefusedError as error:
            self._problem(str(error))
        # an encoding that nobody knows, or one that is none
        except (ValueError, LookupError):
            self._problem("the file is written in letters that cannot be read")
        if self._is_opml and not self.feeds and not self.problems:
            self.problems.append("there is no feed in this list")

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        if self._is_opml is None:
            self._is_opml = name.lower() == "opml"
            if not self._is_opml:
                raise _RefusedError(f"this is no OPML list: it begins with <{clean_line(name)[:40]}>")
        if name.lower() != "outline":
            return
        facts = {key.lower(): value for key, value in attributes.items()}
        title = clean_line(facts.get("title") or facts.get("text") or "")[:300]
        address = facts.get("xmlurl", "").strip()
        # a folder has no address; a feed may hold others all the same
        self._folders.append(None if address else title or None)
        if address:
            self._add(address, title, facts.get("htmlurl", ""))

    def _add(self, address: str, title: str, site: str) -> None:
        url = web_address(address, "")
        if not url:
            # other readers run what stands behind "exec:" here
            self._problem(f"“{clean_line(address)[:60]}” is not a web address")
        elif len(self.feeds) >= MAX_FEEDS:
            raise _RefusedError(f"there are more than {MAX_FEEDS} feeds; the rest was left out")
        else:
            path = [name for name in self._folders if name]
            folder = _SEPARATOR.join(path[:_MAX_DEPTH]) or None
            self.feeds.setdefault(
                url, OpmlFeed(url=url, title=title, folder=folder, site_url=web_address(site, url))
            )

    def _end(self, name: str) -> None:
        if name.lower() == "outline" and self._folders:
            self._folders.pop()

    def _entity(self, *_: object) -> None:
        raise _RefusedError(
            "the file declares entities, which no list of feeds needs; what stands before was read"
        )

    def _problem(self, sentence: str, line: int | None = None) -> None:
        if len(self.problems) < _MAX_PROBLEMS:
            self.problems.append(f"line {line or self._parser.CurrentLineNumber + self._skipped}: {sentence}")


def _repaired(text: bytes) -> bytes:
    """The list with lone ampersands written as XML wants them: many programs forget it in addresses."""

    def right(match: re.Match[bytes]) -> bytes:
        name = match[1]
        if name is None:
            return b"&amp;"
        if name[:1] == b"#" or name in {b"amp", b"lt", b"gt", b"quot", b"apos"}:
            return match[0]
        letters = html5.get(name.decode("ascii") + ";")
        return (
            "".join(f"&#{ord(letter)};" for letter in letters).encode() if letters else b"&amp;" + name + b";"
        )

    return _AMPERSAND.sub(right, text.lstrip())


class _RefusedError(Exception):
    """The reading ends here; the text is for the user."""


def _attribute(text: str) -> str:
    return quoteattr(clean_line(text))
