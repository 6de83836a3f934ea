"""The stored comments: once seen they are kept, whatever the blog does with them later."""

import json
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from sqlite3 import Connection
from typing import Any

from tui_reader.domain.comment import Comment, CommentKind, CommentState
from tui_reader.domain.post import Post
from tui_reader.domain.reading_order import Columns
from tui_reader.errors import NotFoundError
from tui_reader.language import _
from tui_reader.storage import mutes, posts
from tui_reader.storage.values import moment_or_none, stamp, stamp_or_none, text, text_or_none

_SELECT = """SELECT c.id, c.parent_id, c.author, c.author_url, c.published, c.html, c.url, c.kind, c.state,
    c.is_seen, c.is_mine, c.is_by_post_author, c.post_id FROM comments AS c """

_SELECT_BY_KEY = _SELECT.replace(" FROM", ", c.key FROM")

_AT_ONCE = 500
"""Keys in one query; SQLite has a limit."""

# from mine to their answers: mine are few
_ANSWERS_MINE = """WHERE c.key IN (SELECT answer.key
    FROM comments AS mine INDEXED BY comments_mine
        CROSS JOIN comments AS answer INDEXED BY comments_by_parent
    ON answer.post_id = mine.post_id AND answer.parent_id = mine.id
    CROSS JOIN posts AS p ON p.id = mine.post_id
    CROSS JOIN blogs AS b ON b.id = p.blog_id AND b.removed_at IS NULL
    WHERE mine.is_mine = 1 AND answer.is_mine = 0) """

_STORED = (
    "key",
    "id",
    "parent_id",
    "author",
    "author_url",
    "published",
    "html",
    "url",
    "kind",
    "state",
    "is_by_post_author",
    "is_mine",
)
"""What a loaded comment is compared with."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StoreResult:
    """What a load changed; ids of comments."""

    new: tuple[str, ...] = ()
    """Stored for the first time."""
    unseen: tuple[str, ...] = ()
    """Those of the new ones that count as new for the reader."""
    changed: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    """The blog shows them no more; they are kept."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """A comment that answers one of mine."""

    post: Post
    comment: Comment


def store_loaded(
    db: Connection,
    post_id: int,
    comments: Sequence[Comment],
    *,
    is_complete: bool,
    now: datetime,
    seen_before: datetime | None = None,
) -> StoreResult:
    """Takes what was loaded into the stored conversation.

    A comment that the blog shows no more is kept, as removed; that can only be told when all that it
    shows was loaded. What an incomplete source leaves out (parents, in RSS) is not forgotten. A
    comment of mine that was held is published as soon as it appears.

    Args:
        db: The connection.
        post_id: The post.
        comments: What was loaded; of two with one id the later counts.
        is_complete: Nothing that the blog shows is missing.
        now: When it was loaded.
        seen_before: Comments of that time and before are not news to the reader: the time of the
            subscription, for a post that was there already.

    Raises:
        NotFoundError: the post was removed in the meantime.
    """
    _need_post(db, post_id)
    known = _known(db, post_id)
    mine = {row[0] for row in db.execute("SELECT comment_id FROM replies WHERE post_id = ?", (post_id,))}
    loaded = {row["id"]: row for row in map(_values, comments)}
    new: list[dict[str, Any]] = []
    changed: list[dict[str, Any]] = []
    for id, row in loaded.items():
        row["is_mine"] = row["is_mine"] or id in mine
        stored = known.get(id)
        if stored is None:
            is_old = seen_before is not None and (row["published"] or 0) <= stamp(seen_before)
            new.append(
                row | {"is_seen": row["is_mine"] or is_old, "post_id": post_id, "first_seen": stamp(now)}
            )
        elif (merged := _merged(stored, row, is_complete)) != stored:
            changed.append(merged)
    removed = []
    if is_complete:
        removed = [
            id for id, row in known.items() if id not in loaded and row["state"] == CommentState.PUBLISHED
        ]
    _insert(db, new)
    _update(db, changed)
    db.executemany(
        "UPDATE comments SET state = 'removed' WHERE key = ?", [(known[id]["key"],) for id in removed]
    )
    unseen = [row["id"] for row in new if not row["is_seen"]]
    hushed = mutes.hush(db, post_id) if unseen else set()
    return StoreResult(
        new=tuple(row["id"] for row in new),
        unseen=tuple(id for id in unseen if id not in hushed),
        changed=tuple(row["id"] for row in changed),
        removed=tuple(removed),
    )


def comments_of(db: Connection, post_id: int) -> tuple[Comment, ...]:
    """All comments of a post, in the order in which they came."""
    rows = db.execute(_SELECT + "WHERE c.post_id = ? ORDER BY c.key", (post_id,))
    return tuple(map(_comment, rows))


def ordering(db: Connection, post_id: int) -> tuple[list[int], Columns]:
    """The stored keys of a post's comments, and what puts them in order; of ten thousand in a moment."""
    # a list a column, made by SQLite in one step: each of ten thousand rows would give the event loop its
    # turn, and take it back
    found = db.execute(
        """SELECT json_group_array(key), json_group_array(id), json_group_array(parent_id),
               json_group_array(published), json_group_array(kind = 'comment'),
               json_group_array(is_seen = 0), json_group_array(length(html))
           FROM comments WHERE post_id = ?""",
        (post_id,),
    ).fetchone()
    keys, ids, parents, moments, people, new, sizes = map(json.loads, found)
    return keys, Columns(
        ids=ids, parents=parents, moments=moments, are_people=people, are_new=new, sizes=sizes
    )


def by_keys(db: Connection, keys: Sequence[int]) -> dict[int, Comment]:
    """The comments with these stored keys; those that are gone are left out."""
    found: dict[int, Comment] = {}
    for at in range(0, len(keys), _AT_ONCE):
        some = keys[at : at + _AT_ONCE]
        marks = ", ".join("?" * len(some))
        rows = db.execute(f"{_SELECT_BY_KEY}WHERE c.key IN ({marks})", some)
        found.update((row[13], _comment(row)) for row in rows)
    return found


def add_mine(db: Connection, post_id: int, comment: Comment, *, now: datetime) -> None:
    """Keeps a comment of mine, published or held; one that is stored already becomes mine.

    Raises:
        NotFoundError: there is no such post.
    """
    _need_post(db, post_id)
    row = _values(comment) | {"is_mine": True, "is_seen": True, "post_id": post_id, "first_seen": stamp(now)}
    stored = _known(db, post_id).get(row["id"])
    if stored is None:
        _insert(db, [row])
        return
    # what the blog shows is better than what we remember of having sent
    mine = _merged(row | {"key": stored["key"]}, stored, False)
    if stored["state"] != CommentState.PUBLISHED:
        mine["state"] = row["state"]
    _update(db, [mine])


def mark_seen(db: Connection, post_id: int, comment_ids: Collection[str] | None = None) -> int:
    """The user has seen these comments, or all of the post; gives how many were new before."""
    if comment_ids is None:
        return db.execute(
            "UPDATE comments SET is_seen = 1 WHERE post_id = ? AND is_seen = 0", (post_id,)
        ).rowcount
    return db.executemany(
        "UPDATE comments SET is_seen = 1 WHERE post_id = ? AND id = ? AND is_seen = 0",
        [(post_id, text(id)) for id in comment_ids],
    ).rowcount


def mine_of(db: Connection, post_id: int) -> tuple[Comment, ...]:
    """The user's own comments under a post, oldest first."""
    rows = db.execute(
        _SELECT + "WHERE c.post_id = ? AND c.is_mine = 1 ORDER BY COALESCE(c.published, c.first_seen), c.key",
        (post_id,),
    )
    return tuple(map(_comment, rows))


def answers(db: Connection, *, limit: int = 200) -> tuple[Answer, ...]:
    """Comments of others that answer one of mine, newest first; not what is muted."""
    rows = db.execute(
        _SELECT + _ANSWERS_MINE + "ORDER BY COALESCE(c.published, c.first_seen) DESC, c.key DESC LIMIT ?",
        (limit,),
    ).fetchall()
    muted = {post_id: mutes.muted_ids(db, post_id) for post_id in {row[12] for row in rows}}
    return tuple(
        Answer(post=posts.get_post(db, row[12]), comment=_comment(row))
        for row in rows
        if row[0] not in muted[row[12]]
    )


def answer_keys(db: Connection) -> tuple[int, ...]:
    """The stored keys of the answers to me that are new."""
    rows = db.execute(
        """SELECT answer.key FROM comments AS mine INDEXED BY comments_mine
               CROSS JOIN comments AS answer INDEXED BY comments_by_parent
               ON answer.post_id = mine.post_id AND answer.parent_id = mine.id AND answer.is_seen = 0
           WHERE mine.is_mine = 1 AND answer.is_mine = 0"""
    )
    return tuple(key for (key,) in rows)


def keys_of(db: Connection, post_id: int, comment_ids: Collection[str] | None = None) -> tuple[int, ...]:
    """The stored keys of these comments, or of all of the post."""
    wanted = None if comment_ids is None else {text(id) for id in comment_ids}
    rows = db.execute("SELECT key, id FROM comments WHERE post_id = ?", (post_id,))
    return tuple(key for key, id in rows if wanted is None or id in wanted)


# ten thousand calls of an Enum take longer than the query
_KINDS = {kind.value: kind for kind in CommentKind}
_STATES = {state.value: state for state in CommentState}


def _comment(row: tuple[Any, ...]) -> Comment:
    return Comment(
        id=row[0],
        parent_id=row[1],
        author=row[2],
        author_url=row[3],
        published=moment_or_none(row[4]),
        html=row[5],
        url=row[6],
        kind=_KINDS[row[7]],
        state=_STATES[row[8]],
        is_new=not row[9],
        is_mine=bool(row[10]),
        is_by_post_author=bool(row[11]),
    )


def _need_post(db: Connection, post_id: int) -> None:
    if db.execute("SELECT 1 FROM posts WHERE id = ?", (post_id,)).fetchone() is None:
        raise NotFoundError(_("there is no post {post_id}").format(post_id=post_id))


def _known(db: Connection, post_id: int) -> dict[str, dict[str, Any]]:
    rows = db.execute(
        """SELECT key, id, parent_id, author, author_url, published, html, url, kind, state,
               is_by_post_author, is_mine FROM comments WHERE post_id = ? ORDER BY key""",
        (post_id,),
    )
    return {row[1]: dict(zip(_STORED, row, strict=True)) for row in rows}


def _values(comment: Comment) -> dict[str, Any]:
    return {
        "id": text(comment.id),
        "parent_id": text_or_none(comment.parent_id),
        "author": text(comment.author),
        "author_url": text_or_none(comment.author_url),
        "published": stamp_or_none(comment.published),
        "html": text(comment.html),
        "url": text_or_none(comment.url),
        "kind": comment.kind.value,
        "state": comment.state.value,
        "is_by_post_author": comment.is_by_post_author,
        "is_mine": comment.is_mine,
    }


def _merged(stored: dict[str, Any], loaded: dict[str, Any], is_complete: bool) -> dict[str, Any]:
    """What is stored becomes what was loaded, but for what the source did not say."""
    merged = stored | loaded | {"key": stored["key"], "is_mine": bool(stored["is_mine"] or loaded["is_mine"])}
    for name in ("author_url", "published", "url"):
        if merged[name] is None:
            merged[name] = stored[name]
    if is_complete:
        return merged
    for name in ("parent_id", "author", "html"):
        merged[name] = merged[name] or stored[name]
    if loaded["kind"] == CommentKind.COMMENT:
        merged["kind"] = stored["kind"]
    merged["is_by_post_author"] = bool(stored["is_by_post_author"] or loaded["is_by_post_author"])
    return merged


def _insert(db: Connection, rows: Sequence[dict[str, Any]]) -> None:
    db.executemany(
        """INSERT INTO comments (post_id, id, parent_id, author, author_url, published, html, url, kind,
               state, first_seen, is_mine, is_by_post_author, is_seen)
           VALUES (:post_id, :id, :parent_id, :author, :author_url, :published, :html, :url, :kind, :state,
               :first_seen, :is_mine, :is_by_post_author, :is_seen)""",
        rows,
    )


def _update(db: Connection, rows: Sequence[dict[str, Any]]) -> None:
    db.executemany(
        """UPDATE comments SET parent_id = :parent_id, author = :author, author_url = :author_url,
               published = :published, url = :url, kind = :kind, state = :state, is_mine = :is_mine,
               is_by_post_author = :is_by_post_author, is_seen = is_seen OR :is_mine, html = :html,
               is_indexed = is_indexed AND html = :html AND author = :author
           WHERE key = :key""",
        rows,
    )
