"""Subscriptions to and from other readers: OPML 2.0 (opml.org/spec2.opml)."""

from collections.abc import Iterable
from datetime import datetime
from email.utils import format_datetime

from tui_reader.content.clean import clean_line
from tui_reader.domain.blog import Blog
from tui_reader.domain.folders import SEPARATOR
from tui_reader.feeds.opml_kept import Prefixes, attribute, element
from tui_reader.feeds.opml_list import (
    ALSO_IN,
    MAX_DEPTH,
    MAX_FEEDS,
    NAMESPACE,
    Attributes,
    OpmlFeed,
    OpmlFolder,
    OpmlResult,
    Said,
)
from tui_reader.feeds.opml_reader import read

__all__ = ["MAX_FEEDS", "NAMESPACE", "OpmlFeed", "OpmlFolder", "OpmlResult", "Said", "read", "write"]

_TITLE = "tui_reader"
_NO_MORE = Said()


def write(blogs: Iterable[Blog], said: Said = _NO_MORE, *, now: datetime | None = None) -> str:
    """Writes the blogs as a list that other readers take, folder by folder in the order given.

    Args:
        blogs: What is followed.
        said: What other programs had said of it: it goes out again.
        now: The moment, for a list that says when it was last changed.
    """
    blogs = tuple(blogs)
    prefixes = Prefixes()
    tree = _Folder()
    for blog in blogs:
        kept = said.feeds.get(blog.id, {})
        line = _outline(blog, kept, prefixes)
        tree.at(_path(blog.folder)).lines.append(f"<outline {line}/>")
        for folder in kept[ALSO_IN].split("\n") if ALSO_IN in kept else []:
            if _path(folder) != _path(blog.folder):
                tree.at(_path(folder)).lines.append(f'<outline {line} tui:copy="true"/>')
    for one in said.folders:
        # one that had feeds and has none any more was given up
        if one.is_empty or one.links:
            tree.at(_path(one.path)).lines += [f"<outline {_written(link, prefixes)}/>" for link in one.links]
    for one in said.folders:
        tree.tell(_path(one.path), one.more)
    body = list(tree.written(prefixes, indent=4))
    head = list(_head(said.head, prefixes, now))
    return "\n".join(
        [
            '<?xml version="1.0" encoding="UTF-8"?>',
            f'<opml version="2.0"{prefixes.declared()}>',
            "  <head>",
            *head,
            "  </head>",
            "  <body>",
            *body,
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
        self.more: Attributes = {}

    def at(self, path: list[str]) -> "_Folder":
        folder = self
        for name in path[:MAX_DEPTH]:
            folder = folder.folders.setdefault(name, _Folder())
        return folder

    def tell(self, path: list[str], more: Attributes) -> None:
        """What is said of the folder at this path, if there is one."""
        folder = self
        for name in path[:MAX_DEPTH]:
            if name not in folder.folders:
                return
            folder = folder.folders[name]
        folder.more = more

    def written(self, prefixes: Prefixes, indent: int) -> Iterable[str]:
        space = " " * indent
        for line in self.lines:
            yield space + line
        for name, folder in self.folders.items():
            # its name as it was written, where that is another
            told = {"text": name, "title": folder.more.get("text", name), **folder.more}
            begin = f"{space}<outline {_written(told, prefixes)}"
            inner = list(folder.written(prefixes, indent + 2))
            if not inner:
                yield f"{begin}/>"
                continue
            yield f"{begin}>"
            yield from inner
            yield f"{space}</outline>"


def _head(said: Iterable[tuple[str, str]], prefixes: Prefixes, now: datetime | None) -> Iterable[str]:
    """What the list says of itself: as it was said, but for the day of its last change."""
    said = tuple(said)
    if not any(name.lower() == "title" for name, _ in said):
        said = (("title", _TITLE), *said)
    for name, value in said:
        if name.lower() == "datemodified" and now is not None:
            value = format_datetime(now)
        yield f"    {element(prefixes.of(name), value)}"


def _path(folder: str | None) -> list[str]:
    return [part for part in (folder or "").split(SEPARATOR) if part.strip()]


def _outline(blog: Blog, more: Attributes, prefixes: Prefixes) -> str:
    facts = {
        "type": "rss",
        # the other name of a feed that came with two, as long as the first is what it was
        "text": clean_line(more.get("text", "") if more.get("title") == blog.title else blog.title),
        "title": clean_line(blog.title),
        "xmlUrl": clean_line(blog.feed_url),
    }
    if blog.url != blog.feed_url:  # else its page is not known
        facts["htmlUrl"] = clean_line(blog.url)
    if blog.own_title is not None:
        # other readers show the user's title; we know which one was the feed's when it comes back
        facts[f"{NAMESPACE} feedTitle"] = clean_line(blog.feed_title)
    if blog.is_paused:
        facts[f"{NAMESPACE} paused"] = "true"
    ours = {"text", "title"} | (facts.keys() & {"htmlUrl"})
    facts.update(
        (name, value)
        for name, value in more.items()
        if not name.startswith(f"{NAMESPACE} ") and name not in ours
    )
    return _written(facts, prefixes)


def _written(attributes: Attributes, prefixes: Prefixes) -> str:
    return " ".join(f"{prefixes.of(name)}={attribute(value)}" for name, value in attributes.items())
