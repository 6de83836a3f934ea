"""What the user did, so that it can be undone, also after the program was closed."""

import json
from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from sqlite3 import Connection
from typing import Any

from tui_reader.errors import NotFoundError
from tui_reader.language import _
from tui_reader.storage.values import stamp, text

KEPT_FOR = timedelta(days=30)
"""How long an act can be undone; as long stays what was removed."""

_KEPT = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Undo:
    """One act that can be undone."""

    id: int
    what: str
    """In plain words: ``213 posts marked read``."""


class Kind(StrEnum):
    """What a change changed: a table and its column."""

    IS_READ = "posts.is_read"
    IS_STARRED = "posts.is_starred"
    IS_LATER = "posts.is_later"
    IS_FOLLOWED = "posts.is_followed"
    IS_SEEN = "comments.is_seen"
    OWN_TITLE = "blogs.own_title"
    FOLDER = "blogs.folder"
    IS_PAUSED = "blogs.is_paused"
    WANTS_FULL_TEXT = "blogs.wants_full_text"
    IS_SUBSCRIBED = "blogs.is_subscribed"
    REMOVED_AT = "blogs.removed_at"
    MUTED = "mutes"
    """A row that was added, or the whole row that was taken away."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """Rows that were changed, and what all of them held before."""

    kind: Kind
    ids: Sequence[int]
    before: Any = None


_GET = {
    Kind.IS_READ: "SELECT id, is_read FROM posts",
    Kind.IS_STARRED: "SELECT id, is_starred FROM posts",
    Kind.IS_LATER: "SELECT id, is_later FROM posts",
    Kind.IS_FOLLOWED: "SELECT id, is_followed FROM posts",
    Kind.IS_SEEN: "SELECT key, is_seen FROM comments",
    Kind.OWN_TITLE: "SELECT id, own_title FROM blogs",
    Kind.FOLDER: "SELECT id, folder FROM blogs",
    Kind.IS_PAUSED: "SELECT id, is_paused FROM blogs",
    Kind.WANTS_FULL_TEXT: "SELECT id, wants_full_text FROM blogs",
    Kind.IS_SUBSCRIBED: "SELECT id, is_subscribed FROM blogs",
    Kind.REMOVED_AT: "SELECT id, removed_at FROM blogs",
}

_SET = {
    Kind.IS_READ: "UPDATE posts SET is_read = :value",
    Kind.IS_STARRED: "UPDATE posts SET is_starred = :value",
    Kind.IS_LATER: "UPDATE posts SET is_later = :value",
    Kind.IS_FOLLOWED: "UPDATE posts SET is_followed = :value",
    # what turned out to be the user's own is no news
    Kind.IS_SEEN: "UPDATE comments SET is_seen = :value OR is_mine",
    Kind.OWN_TITLE: "UPDATE blogs SET own_title = :value",
    Kind.FOLDER: "UPDATE blogs SET folder = :value",
    Kind.IS_PAUSED: "UPDATE blogs SET is_paused = :value",
    Kind.WANTS_FULL_TEXT: "UPDATE blogs SET wants_full_text = :value",
    Kind.IS_SUBSCRIBED: "UPDATE blogs SET is_subscribed = :value",
    Kind.REMOVED_AT: "UPDATE blogs SET removed_at = :value",
}

# a table's own key, whatever its name
_OF_ROWS = "WHERE rowid IN (SELECT value FROM json_each(:ids))"


def change(db: Connection, kind: Kind, ids: Collection[int], value: Any) -> list[Change]:
    """Sets one column of these rows; gives those that held something else, by what they held."""
    column = kind.value.partition(".")[2]
    differing = db.execute(
        f"{_GET[kind]} {_OF_ROWS} AND {column} IS NOT :value",
        {"ids": json.dumps(list(ids)), "value": value},
    ).fetchall()
    if not differing:
        return []
    by_value: defaultdict[Any, list[int]] = defaultdict(list)
    for id, before in differing:
        by_value[before].append(id)
    _set(db, kind, [id for id, _ in differing], value)
    return [Change(kind=kind, ids=rows, before=before) for before, rows in by_value.items()]


def record(db: Connection, what: str, changes: Sequence[Change], *, now: datetime) -> Undo | None:
    """Keeps how to take back what was just done; None, and nothing is kept, when nothing changed."""
    return keep(db, what, changes, now=now) if any(change.ids for change in changes) else None


def keep(db: Connection, what: str, changes: Sequence[Change], *, now: datetime) -> Undo:
    """The same where something surely changed."""
    what = text(what)
    added = db.execute(
        "INSERT INTO acts (at, what, changes) VALUES (?, ?, ?)",
        (
            stamp(now),
            what,
            json.dumps([[one.kind.value, list(one.ids), one.before] for one in changes if one.ids]),
        ),
    )
    db.execute(
        "DELETE FROM acts WHERE at < ? OR id <= ?", (stamp(now - KEPT_FOR), (added.lastrowid or 0) - _KEPT)
    )
    return Undo(id=added.lastrowid or 0, what=what)


def last(db: Connection) -> Undo | None:
    """The last act that was not undone yet."""
    row = db.execute("SELECT id, what FROM acts ORDER BY id DESC LIMIT 1").fetchone()
    return None if row is None else Undo(id=row[0], what=row[1])


def undo(db: Connection, act_id: int | None = None) -> Undo | None:
    """Takes back this act, or the last one; None when there is nothing to take back.

    Raises:
        NotFoundError: this act was undone already, or is too long ago.
    """
    row = db.execute(
        "SELECT id, what, changes FROM acts WHERE ?1 IS NULL OR id = ?1 ORDER BY id DESC LIMIT 1", (act_id,)
    ).fetchone()
    if row is None:
        if act_id is None:
            return None
        raise NotFoundError(_("this was undone already, or is too long ago"))
    for kind, ids, before in reversed(json.loads(row[2])):
        _take_back(db, Change(kind=Kind(kind), ids=ids, before=before))
    db.execute("DELETE FROM acts WHERE id = ?", (row[0],))
    return Undo(id=row[0], what=row[1])


def _set(db: Connection, kind: Kind, ids: Collection[int], value: Any) -> None:
    db.execute(f"{_SET[kind]} {_OF_ROWS}", {"ids": json.dumps(list(ids)), "value": value})


def _take_back(db: Connection, change: Change) -> None:
    if change.kind is not Kind.MUTED:
        _set(db, change.kind, change.ids, change.before)
    elif change.before is None:
        db.executemany("DELETE FROM mutes WHERE id = ?", [(id,) for id in change.ids])
    else:
        # where its blog or post is gone there is nothing left to mute
        db.execute(
            """INSERT INTO mutes (id, author, author_key, blog_id, post_id, comment_id, muted_at)
               SELECT :id, :author, :author_key, :blog_id, :post_id, :comment_id, :muted_at
               WHERE (:blog_id IS NULL OR EXISTS (SELECT 1 FROM blogs WHERE id = :blog_id))
                   AND (:post_id IS NULL OR EXISTS (SELECT 1 FROM posts WHERE id = :post_id))""",
            change.before,
        )
