"""The folders of a list that is read: which one is open, and what is said of each."""

from dataclasses import dataclass, field

from tui_reader.domain.folders import SEPARATOR
from tui_reader.feeds.opml_list import MAX_DEPTH, Attributes, OpmlFolder

_MOST = 5_000
"""Folders, and links, of which is kept what is said."""


@dataclass(slots=True)
class _Folder:
    more: Attributes
    links: list[Attributes] = field(default_factory=list)
    is_empty: bool = True


@dataclass(slots=True, kw_only=True)
class _Open:
    name: str | None
    """None for what is no folder, or has no name: what is in it is in what is around it."""
    path: str
    depth: int
    more: Attributes
    link: Attributes | None
    is_empty: bool = True


class Folders:
    """Told of each outline that begins and ends."""

    def __init__(self) -> None:
        self._open = [_Open(name=None, path="", depth=0, more={}, link=None)]
        self._known: dict[str, _Folder] = {}
        self._links = 0

    @property
    def path(self) -> list[str]:
        """The names of the folders around what comes now, outermost first."""
        path = self._open[-1].path
        return path.split(SEPARATOR) if path else []

    def enter(self, name: str | None, more: Attributes, *, link: Attributes | None = None) -> None:
        """An outline begins.

        Args:
            name: The folder's; None where it is none.
            more: What else is said of it.
            link: It may be a link, if nothing should be in it: what is kept of that then.
        """
        around = self._open[-1]
        path, depth = around.path, around.depth
        if name and depth < MAX_DEPTH:
            path, depth = f"{path}{SEPARATOR}{name}" if path else name, depth + 1
        if not name:
            more = {}
        self._open.append(_Open(name=name or None, path=path, depth=depth, more=more, link=link))

    def hold(self) -> None:
        """Something that is kept stands here."""
        self._open[-1].is_empty = False

    def leave(self) -> bool | None:
        """The outline ends; of a link whether it is kept, None where it was none."""
        if len(self._open) == 1:
            return None
        ended = self._open.pop()
        if not ended.is_empty or (ended.name and ended.link is None):
            # what holds a folder is not empty either
            self.hold()
        if ended.link is not None and ended.is_empty:
            return self._keep_link(ended.link)
        if ended.name:
            self._keep(ended.path, ended.more, is_empty=ended.is_empty)
        return None

    def said(self) -> tuple[OpmlFolder, ...]:
        """What is to be kept of them, once the list has ended or broken off."""
        while len(self._open) > 1:
            self.leave()
        return tuple(
            OpmlFolder(path=path, more=one.more, links=tuple(one.links), is_empty=one.is_empty)
            for path, one in self._known.items()
            if one.more or one.links or one.is_empty
        )

    def _keep(self, path: str, more: Attributes, *, is_empty: bool) -> None:
        known = self._known.get(path)
        if known is not None:
            # two of one name are one
            known.more = {**more, **known.more}
            known.is_empty &= is_empty
        elif len(self._known) < _MOST:
            self._known[path] = _Folder(more, is_empty=is_empty)

    def _keep_link(self, link: Attributes) -> bool:
        self._links += 1
        if not link or self._links > _MOST:
            return False
        path = self._open[-1].path
        folder = self._known.setdefault(path, _Folder({}, is_empty=False))
        folder.links.append(link)
        return True
