"""Parsed feeds as JSON and back: the way from a process that parses to the one that stores.

JSON and not pickle: what parses strangers' bytes must not be able to run anything in who asked.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass, field, fields
from datetime import datetime, timedelta
from typing import Any, TypeVar

from tui_reader.domain.feed import ParsedComment, ParsedFeed, ParsedPost
from tui_reader.domain.schedule import Hints

_T = TypeVar("_T", ParsedPost, ParsedComment)
_POST = tuple(one.name for one in fields(ParsedPost))
_COMMENT = tuple(one.name for one in fields(ParsedComment))
_MOMENTS = {"published", "updated"}


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadFeed:
    """A feed as it was read, without the entries that were known before."""

    feed: ParsedFeed
    hints: Hints = field(default_factory=Hints)
    hashes: tuple[str, ...] = ()
    """Of the entries, one for each post of ``feed``; empty when they cannot be told apart."""
    known: tuple[str, ...] = ()
    """Of the entries that are in the feed as they were, and were not read again."""


def feed_to_json(read: ReadFeed) -> bytes:
    """The whole of it, in ASCII."""
    feed, hints = read.feed, read.hints
    wait = hints.least_wait
    return _dumped(
        {
            "title": feed.title,
            "url": feed.url,
            "generator": feed.generator,
            "comments_feed_url": feed.comments_feed_url,
            "older_url": feed.older_url,
            "posts": [_row(post, _POST) for post in feed.posts],
            "least_wait": None if wait is None else wait.total_seconds(),
            "skip_hours": sorted(hints.skip_hours),
            "skip_days": sorted(hints.skip_days),
            "hashes": read.hashes,
            "known": read.known,
        }
    )


def feed_from_json(data: bytes) -> ReadFeed:
    """What ``feed_to_json`` was given."""
    said = json.loads(data)
    wait = said["least_wait"]
    return ReadFeed(
        feed=ParsedFeed(
            title=said["title"],
            url=said["url"],
            generator=said["generator"],
            comments_feed_url=said["comments_feed_url"],
            older_url=said["older_url"],
            posts=tuple(_made(ParsedPost, row, _POST) for row in said["posts"]),
        ),
        hints=Hints(
            least_wait=None if wait is None else timedelta(seconds=wait),
            skip_hours=frozenset(said["skip_hours"]),
            skip_days=frozenset(said["skip_days"]),
        ),
        hashes=tuple(said["hashes"]),
        known=tuple(said["known"]),
    )


def comments_to_json(comments: Sequence[ParsedComment]) -> bytes:
    """All of them, in ASCII."""
    return _dumped([_row(comment, _COMMENT) for comment in comments])


def comments_from_json(data: bytes) -> tuple[ParsedComment, ...]:
    """What ``comments_to_json`` was given."""
    return tuple(_made(ParsedComment, row, _COMMENT) for row in json.loads(data))


def _dumped(data: object) -> bytes:
    # in ASCII half a surrogate pair, which a feed may hold, goes through as well
    return json.dumps(data, separators=(",", ":")).encode("ascii")


def _row(entry: ParsedPost | ParsedComment, names: Sequence[str]) -> list[Any]:
    values = (getattr(entry, name) for name in names)
    return [value.isoformat() if isinstance(value, datetime) else value for value in values]


def _made(kind: type[_T], row: Sequence[Any], names: Sequence[str]) -> _T:
    values = dict(zip(names, row, strict=True))
    for name in _MOMENTS & values.keys():
        if values[name] is not None:
            values[name] = datetime.fromisoformat(values[name])
    if "reply_to" in values:
        values["reply_to"] = tuple(values["reply_to"])
    return kind(**values)
