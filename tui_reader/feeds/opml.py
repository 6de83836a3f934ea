"""Subscriptions to and from other readers: OPML 2.0 (opml.org/spec2.opml)."""

from collections.abc import Iterable, Mapping
from types import MappingProxyType
from xml.sax.saxutils import quoteattr

from tui_reader.content.clean import clean_line
from tui_reader.domain.blog import Blog
from tui_reader.feeds.opml_reader import (
    ALSO_IN,
    MAX_DEPTH,
    MAX_FEEDS,
    NAMESPACE,
    SEPARATOR,
    OpmlFeed,
    OpmlResult,
    read,
)

__all__ = ["MAX_FEEDS", "NAMESPACE", "OpmlFeed", "OpmlResult", "read", "write"]

_NOTHING: Mapping[int, Mapping[str, str]] = MappingProxyType({})


def write(blogs: Iterable[Blog], more: Mapping[int, Mapping[str, str]] = _NOTHING) -> str:
    """Writes the blogs as a list that other readers take, folder by folder in the order given.

    Args:
        blogs: What is followed.
        more: By a blog's id, what another reader had said of it (``OpmlFeed.more``): it goes out again.
    """
    blogs = tuple(blogs)
    prefixes = _prefixes(more[blog.id] for blog in blogs if blog.id in more)
    tree = _Folder()
    for blog in blogs:
        kept = more.get(blog.id, {})
        line = _outline(blog, kept, prefixes)
        tree.at(_path(blog.folder)).lines.append(f"<outline {line}/>")
        for folder in kept[ALSO_IN].split("\n") if ALSO_IN in kept else []:
            if _path(folder) != _path(blog.folder):
                tree.at(_path(folder)).lines.append(f'<outline {line} tui:copy="true"/>')
    spaces = "".join(f" xmlns:{prefix}={_attribute(uri)}" for uri, prefix in prefixes.items())
    return "\n".join(
        [
            '<?xml version="1.0" encoding="UTF-8"?>',
            f'<opml version="2.0"{spaces}>',
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
        for name in path[:MAX_DEPTH]:
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


def _path(folder: str | None) -> list[str]:
    return [part for part in (folder or "").split(SEPARATOR) if part.strip()]


def _outline(blog: Blog, more: Mapping[str, str], prefixes: Mapping[str, str]) -> str:
    facts = {
        "type": "rss",
        # the other name of a feed that came with two, as long as the first is what it was
        "text": more.get("text", "") if more.get("title") == blog.title else blog.title,
        "title": blog.title,
        "xmlUrl": blog.feed_url,
    }
    if blog.url != blog.feed_url:  # else its page is not known
        facts["htmlUrl"] = blog.url
    if blog.own_title is not None:
        # other readers show the user's title; we know which one was the feed's when it comes back
        facts["tui:feedTitle"] = blog.feed_title
    if blog.is_paused:
        facts["tui:paused"] = "true"
    for name, value in more.items():
        uri, _, local = name.rpartition(" ")
        if uri != NAMESPACE and name not in {"text", "title"}:
            facts[f"{prefixes[uri]}:{local}" if uri else local] = value
    return " ".join(f"{name}={_attribute(value)}" for name, value in facts.items())


def _prefixes(attributes: Iterable[Mapping[str, str]]) -> dict[str, str]:
    """A prefix for each namespace, ours first."""
    found = {NAMESPACE: "tui"}
    for names in attributes:
        for name in names:
            uri = name.rpartition(" ")[0]
            if uri:
                found.setdefault(uri, f"ns{len(found)}")
    return found


def _attribute(text: str) -> str:
    return quoteattr(clean_line(text))
