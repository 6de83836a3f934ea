"""Reads lists of subscriptions, also broken ones: what stands before a fault, and what stands behind it."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from html import unescape
from xml.parsers import expat

from tui_reader.content.clean import clean_line
from tui_reader.domain.folders import SEPARATOR
from tui_reader.feeds.address import feed_address, web_address
from tui_reader.feeds.opml_folders import Folders
from tui_reader.feeds.opml_head import Head
from tui_reader.feeds.opml_kept import kept, qualified
from tui_reader.feeds.opml_list import (
    ALSO_IN,
    MAX_DEPTH,
    MAX_FEEDS,
    NAMESPACE,
    Attributes,
    OpmlFeed,
    OpmlResult,
    folder_name,
)
from tui_reader.feeds.opml_repair import repaired
from tui_reader.language import _, ngettext
from tui_reader.net.address import without_password
from tui_reader.net.charset import decoded

_MAX_PROBLEMS = 100
_MAX_FOLDERS = 5_000
_MAX_HEAD = 4_000
_USED = frozenset({"text", "title", "xmlurl", "htmlurl"})
_NAMES = frozenset({"text", "title"})
_BLANK = "\ufeff \t\r\n"

# quoted values may hold ">"; a tag that is broken even so ends at the first one
_TAG = re.compile(r"""<(/?)outline\b((?:"[^"<]*"|'[^'<]*'|[^<>"'])*|[^<>]*)>""", re.IGNORECASE)
_ATTRIBUTE = re.compile(r"""([A-Za-z_][\w:.-]*)\s*=\s*(?:"([^"<]*)"|'([^'<]*)')""", re.ASCII)
_LOST = re.compile(r"xmlur[li]\s{0,20}=", re.IGNORECASE)


def read(text: bytes) -> OpmlResult:
    """Reads a list of subscriptions; from a broken one, all that can be made out."""
    reader = _Reader()
    reader.parse(text)
    return OpmlResult(
        outlines=tuple(reader.feeds.values()),
        folders=reader.folders.said(),
        head=tuple(reader.head.said),
        problems=tuple(reader.problems),
        notes=tuple(reader.notes),
    )


class _Reader:
    """Walks the list with expat, which says the line; from a fault on it looks for outlines itself."""

    def __init__(self) -> None:
        self.feeds: dict[str, OpmlFeed] = {}
        self.problems: list[str] = []
        self.notes: list[str] = []
        self.folders = Folders()
        self.head = Head()
        self._copies: list[OpmlFeed] = []
        self._links: list[tuple[str, int] | None] = []
        self._spaces: dict[str, str] = {}
        self._is_opml: bool | None = None
        self._skipped = 0
        self._line: int | None = None
        self._last_start = -1
        # whatever the file says of its letters: they are read before
        self._parser = expat.ParserCreate("utf-8")
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._end
        self._parser.CharacterDataHandler = self.head.text

    def parse(self, data: bytes) -> None:
        text = decoded(data)
        rest = text.lstrip(_BLANK)
        self._skipped = text.count("\n", 0, len(text) - len(rest))
        if not rest:
            self.problems.append(_("the file is empty"))
            return
        try:
            whole = repaired(rest.encode())
            for line, sentence in whole.faults:
                self._problem(sentence, line + self._skipped)
            self._parse(whole.text)
        except _RefusedError as error:
            self._problem(str(error))
        for feed in self._copies:
            self._take(feed, is_copy=True)
        if self._is_opml and not self.feeds and not self.problems:
            self.problems.append(_("there is no feed in this list"))

    def _parse(self, text: bytes) -> None:
        try:
            self._parser.Parse(text, True)
        except expat.ExpatError as error:
            reason = expat.errors.messages.get(error.code, _("not XML"))
            line = error.lineno + self._skipped
            found = self._salvage(text, self._parser.ErrorByteIndex) if self._is_opml else 0
            rest = (
                ngettext("{count} more from behind that place", "{count} more from behind that place", found)
                if found
                else _("what stands before was read")
            )
            told = _("line {line}: the file is broken ({reason}); {rest}")
            self.problems.insert(0, told.format(line=line, reason=reason, rest=rest.format(count=found)))

    def _salvage(self, text: bytes, at: int) -> int:
        """Takes what outlines can be made out from the fault on; gives how many feeds."""
        before = len(self.feeds)
        # the tag in which the fault is was not told yet, unless the fault is behind it
        begin = text.rfind(b"<", 0, at + 1)
        begin = at if begin in {-1, self._last_start} else begin
        rest = text[begin:].decode("utf-8", "replace")
        self._line = text.count(b"\n", 0, begin) + self._skipped + 1
        seen = end = 0
        for tag in _TAG.finditer(rest):
            self._tell_lost(rest, seen, end, tag.start())
            self._line += rest.count("\n", seen, tag.start())
            seen, end = tag.span()
            if tag[1]:
                self._end("outline")
                continue
            values = {found[1]: unescape(found[2] or found[3] or "") for found in _ATTRIBUTE.finditer(tag[2])}
            self._start("outline", values)
            if tag[2].rstrip().endswith("/"):
                self._end("outline")
        self._tell_lost(rest, seen, end, len(rest))
        self._line = None
        return len(self.feeds) - before

    def _tell_lost(self, rest: str, seen: int, begin: int, end: int) -> None:
        """Names what stands between two outlines and must have been one; the line told is at ``seen``."""
        for lost in _LOST.finditer(rest, begin, end):
            at = self._at() + rest.count("\n", seen, lost.start())
            if len(self.problems) < _MAX_PROBLEMS:
                self.problems.append(
                    _("line {at}: {sentence}").format(at=at, sentence=_("the feed here cannot be read"))
                )

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        if self._is_opml is None:
            self._is_opml = name.lower() == "opml"
            if not self._is_opml:
                raise _RefusedError(
                    _("this is no OPML list: it begins with <{value}>").format(value=clean_line(name)[:40])
                )
        for key, value in attributes.items():
            if key.startswith("xmlns:") and clean_line(value):
                self._spaces[key[6:]] = clean_line(value)
        self._last_start = self._parser.CurrentByteIndex
        self.head.start(name, qualified(name, self._spaces))
        if name.lower() != "outline":
            return
        facts = {key.lower(): value for key, value in attributes.items()}
        shown = folder_name(facts.get("text") or facts.get("title") or "")
        if address := _address(facts):
            # a folder has no address; a feed may hold others all the same
            self._enter(None, {})
            self._add(address, facts, self._more(attributes))
            return
        link = None
        if facts.get("url") or facts.get("htmlurl"):
            link = _link(self._kept(attributes, ()))
        self._enter(shown, _of_folder(self._kept(attributes, ()), shown), link)

    def _enter(self, name: str | None, more: Attributes, link: Attributes | None = None) -> None:
        self.folders.enter(name, more, link=link)
        self._links.append(None if link is None else (name or "", self._at()))

    def _add(self, address: str, facts: dict[str, str], more: dict[str, str]) -> None:
        url = web_address(address, "")
        if not url:
            # other readers run what stands behind "exec:" here
            self._problem(_("“{value}” is not a web address").format(value=clean_line(address)[:60]))
            return
        if len(self.feeds) + len(self._copies) >= MAX_FEEDS:
            raise _RefusedError(
                _("there are more than {most} feeds; the rest was left out").format(most=MAX_FEEDS)
            )
        title = clean_line(facts.get("title") or facts.get("text") or "")[:300]
        path = self.folders.path or _category(facts.get("category", ""))
        ours = {name: more.pop(f"{NAMESPACE} {name}", None) for name in ("feedTitle", "paused", "copy")}
        own = title if title and title != url and not self._is_ours() else None
        if ours["feedTitle"] is not None:
            own, title = title, clean_line(ours["feedTitle"])[:300]
        site = web_address(facts.get("htmlurl", ""), url)
        if site == url:
            # else it would be taken for one of which no page is known
            more["htmlUrl"] = without_password(site)[0]
        feed = OpmlFeed(
            url=url,
            title=title,
            own_title=own,
            folder=SEPARATOR.join(path[:MAX_DEPTH]) or None,
            site_url=site,
            is_paused=ours["paused"] == "true",
            more=more,
        )
        self.folders.hold()
        if ours["copy"] == "true":
            self._copies.append(feed)
        else:
            self._take(feed)

    def _take(self, feed: OpmlFeed, *, is_copy: bool = False) -> None:
        first = self.feeds.setdefault(feed.url, feed)
        also = first.more.get(ALSO_IN, "").split("\n") if ALSO_IN in first.more else []
        if (feed.folder or "") in {first.folder or "", *also} or len(also) >= MAX_DEPTH:
            return
        self.feeds[feed.url] = replace(
            first, more={**first.more, ALSO_IN: "\n".join([*also, feed.folder or ""])}
        )
        if not is_copy:
            told = (
                _("“{title}” stands in two places; it is in “{folder}”")
                if first.folder
                else _("“{title}” stands in two places; it is in no folder")
            )
            self._note(told.format(title=feed.title or feed.url, folder=first.folder))

    def _is_ours(self) -> bool:
        return NAMESPACE in self._spaces.values()

    def _more(self, attributes: dict[str, str]) -> dict[str, str]:
        """What we do not use ourselves of a feed."""
        return {**_two_names(attributes), **self._kept(attributes, _USED)}

    def _kept(self, attributes: dict[str, str], used: Iterable[str]) -> Attributes:
        more = kept(attributes, self._spaces, used)
        if more is None:
            self._note(_("more is said here than is kept; an export does not give it back"))
        return more or {}

    def _end(self, name: str) -> None:
        self.head.end()
        if name.lower() != "outline" or not self._links:
            return
        link = self._links.pop()
        is_kept = self.folders.leave()
        if link is not None and is_kept is not None:
            title, line = link
            told = (
                _("“{title}” is a link and no feed; an export gives it back")
                if is_kept
                else _("“{title}” is a link and no feed; it was left out")
            )
            self._note(told.format(title=title), line)

    def _at(self) -> int:
        return self._line or self._parser.CurrentLineNumber + self._skipped

    def _note(self, sentence: str, line: int | None = None) -> None:
        if len(self.notes) < _MAX_PROBLEMS:
            self.notes.append(self._told(sentence, line))

    def _problem(self, sentence: str, line: int | None = None) -> None:
        if len(self.problems) < _MAX_PROBLEMS:
            self.problems.append(self._told(sentence, line))

    def _told(self, sentence: str, line: int | None) -> str:
        return _("line {at}: {sentence}").format(at=line or self._at(), sentence=sentence)


def _address(facts: Mapping[str, str]) -> str:
    """The feed's address, as the specification and some who did not read it write it."""
    is_feed = facts.get("type", "").lower() in {"rss", "atom", "feed"}
    return feed_address(
        facts.get("xmlurl") or facts.get("xmluri") or (facts.get("url", "") if is_feed else "")
    ).strip()


def _two_names(attributes: Mapping[str, str]) -> dict[str, str]:
    """Both names of a feed where a program gives it two; gPodder's ``text`` is a description."""
    names = {key.lower(): clean_line(value)[:300] for key, value in attributes.items()}
    text, title = names.get("text"), names.get("title")
    return {"text": text, "title": title} if text and title and text != title else {}


def _category(text: str) -> list[str]:
    """The folders that a list without folders names: the first of ``/Sea/Boats,/Other``."""
    return [clean_line(name)[:300] for name in text.partition(",")[0].split("/") if name.strip()]


def _of_folder(more: Attributes, name: str) -> Attributes:
    """What is said of a folder beside its name."""
    return {
        key.lower() if key.lower() in _NAMES else key: value
        for key, value in more.items()
        if key.lower() not in _NAMES or value != name
    }


def _link(more: Attributes) -> Attributes:
    """What is kept of a link; nothing of one that leads out of the web."""
    leads = [value for key, value in more.items() if key.lower() in {"url", "htmlurl"}]
    return more if any(web_address(value, "") for value in leads) else {}


class _RefusedError(Exception):
    """The reading ends here; the text is for the user."""
