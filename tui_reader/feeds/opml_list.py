"""What a list of subscriptions says: of feeds, of folders, of itself, also what only others understand."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from tui_reader.content.clean import clean_line

NAMESPACE = "urn:tui-reader:opml:1"
"""Of what only we write: the feed's own title beside the user's, and that a blog is paused."""

XML = "http://www.w3.org/XML/1998/namespace"
"""Of ``xml:lang`` and ``xml:base``, whose prefix nobody declares."""

ALSO_IN = f"{NAMESPACE} alsoIn"
"""Among what is kept of a feed: the other folders in which it stood, one a line; an empty line for none."""

MAX_FEEDS = 20_000
MAX_DEPTH = 64
_LONGEST_NAME = 300
_SLASH = re.compile(r"\s*/\s*")

Attributes = Mapping[str, str]
"""By name; those of a namespace as ``uri name``. A value may have several lines."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OpmlFeed:
    """One subscription of the list."""

    url: str
    title: str = ""
    """The feed's own title, as far as the list tells it."""
    own_title: str | None = None
    """What the user calls it: of other readers one cannot tell, their title is taken for the user's."""
    folder: str | None = None
    """The folders around it, outermost first, joined by `` / ``."""
    site_url: str | None = None
    is_paused: bool = False
    more: Attributes = field(default_factory=dict)
    """Whatever else the list says of it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OpmlFolder:
    """What the list says of one folder; the one with an empty path is the list itself."""

    path: str
    """Its name behind those of the folders around it, joined by `` / ``."""
    more: Attributes = field(default_factory=dict)
    """All that is said of it; its name only where that is not the last of the path, letter by letter."""
    links: tuple[Attributes, ...] = ()
    """What stands in it and is no feed: links to pages and to other lists."""
    is_empty: bool = False
    """Nothing else stands in it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OpmlResult:
    """What could be read of the list, and what could not."""

    outlines: tuple[OpmlFeed, ...] = ()
    folders: tuple[OpmlFolder, ...] = ()
    """Those of which there is more to say than that feeds are in them."""
    head: tuple[tuple[str, str], ...] = ()
    """What the list says of itself, in its order: its title, its owner, when it was made."""
    problems: tuple[str, ...] = ()
    """Plain sentences with the line that is meant."""
    notes: tuple[str, ...] = ()
    """The same of what is no fault and was not taken over as it is."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What other programs had said of what is followed: it goes out again with an export."""

    feeds: Mapping[int, Attributes] = field(default_factory=dict)
    """By a blog's id: :attr:`OpmlFeed.more`."""
    folders: tuple[OpmlFolder, ...] = ()
    head: tuple[tuple[str, str], ...] = ()


def folder_name(name: str) -> str:
    """A folder's name as part of a path: one line, and without what parts the names there."""
    return _SLASH.sub("/", clean_line(name)[:_LONGEST_NAME])
