"""Whom and what the user does not want to read: what is muted is stored, shown as such, and never new."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from sqlite3 import Connection
from typing import Any

from tui_reader.domain.comment import Comment, CommentKind
from tui_reader.domain.mute import Mute, MuteKind, author_key, below_any, muted_in
from tui_reader.domain.thread import Thread, in_reading_order
from tui_reader.errors import NotFoundError, UsageError
from tui_reader.language import _
from tui_reader.storage import acts
from tui_reader.storage.acts import Change, Kind, Undo
from tui_reader.storage.values import moment, moment_or_none, stamp, text

_SELECT = """SELECT m.id, m.author, m.blog_id, COALESCE(b.own_title, b.title, ''), m.post_id,
    COALESCE(p.title, ''), m.comment_id, m.muted_at
    FROM mutes AS m LEFT JOIN blogs AS b ON b.id = m.blog_id LEFT JOIN posts AS p ON p.id = m.post_id """

_OF_POST = """WHERE m.post_id = :post_id OR (m.post_id IS NULL AND (m.blog_id IS NULL
    OR m.blog_id = (SELECT blog_id FROM posts WHERE id = :post_id))) """

_ROW = ("id", "author", "author_key", "blog_id", "post_id", "comment_id", "muted_at")


def mute_author(
    db: Connection, post_id: int, comment_id: str, *, now: datetime, everywhere: bool = False
) -> Undo:
    """Whoever wrote this comment is muted, on this blog or everywhere; what he said is new no more.

    Raises:
        NotFoundError: there is no such comment.
        UsageError: it is the user's own, or nobody's, or muted already.
    """
    author, is_mine, blog_id = _written(db, post_id, comment_id)
    key = author_key(author)
    if is_mine:
        raise UsageError(_("this comment is your own"))
    if not key:
        raise UsageError(_("this comment has no author's name"))
    known = db.execute(
        "SELECT 1 FROM mutes WHERE author_key = ? AND (blog_id IS NULL OR blog_id = ?)", (key, blog_id)
    ).fetchone()
    if known is not None and not everywhere:
        raise UsageError(_("{author} is muted already").format(author=author))
    added = _add(db, author, now, author_key=key, blog_id=None if everywhere else blog_id)
    unseen = db.execute(
        """SELECT c.key, c.author FROM comments AS c INDEXED BY comments_unseen
               CROSS JOIN posts AS p ON p.id = c.post_id
           WHERE c.is_seen = 0 AND (:everywhere OR p.blog_id = :blog_id)""",
        {"everywhere": everywhere, "blog_id": blog_id},
    )
    keys = [row[0] for row in unseen.fetchall() if author_key(row[1]) == key]
    told = _("{author} muted everywhere") if everywhere else _("{author} muted")
    return _record(db, told.format(author=author), added, keys, now)


def mute_branch(db: Connection, post_id: int, comment_id: str, *, now: datetime) -> Undo:
    """This comment is muted with all that is said below it, now and later.

    Raises:
        NotFoundError: there is no such comment.
        UsageError: it is muted already.
    """
    author, _is_mine, _blog_id = _written(db, post_id, comment_id)
    if muted_ids(db, post_id).get(text(comment_id)) is MuteKind.BRANCH:
        raise UsageError(_("this branch is muted already"))
    added = _add(db, author, now, post_id=post_id, comment_id=text(comment_id))
    return _record(
        db,
        _("the branch of {author} muted").format(author=author or _("somebody")),
        added,
        _hushed(db, post_id),
        now,
    )


def remove(db: Connection, mute_id: int, *, now: datetime) -> Undo:
    """Lifts a mute; what was said meanwhile does not become new by that.

    Raises:
        NotFoundError: there is no such mute.
    """
    row = db.execute(
        """DELETE FROM mutes WHERE id = ?
           RETURNING id, author, author_key, blog_id, post_id, comment_id, muted_at""",
        (mute_id,),
    ).fetchone()
    if row is None:
        raise NotFoundError(_("nothing is muted under the number {mute_id}").format(mute_id=mute_id))
    change = Change(kind=Kind.MUTED, ids=[mute_id], before=dict(zip(_ROW, row, strict=True)))
    return acts.keep(
        db, _("{what} not muted any more").format(what=row[1] or _("a branch")), [change], now=now
    )


def unmute(db: Connection, post_id: int, comment_id: str, *, now: datetime) -> Undo | None:
    """Lifts what mutes this comment; None when nothing does.

    Where both its author and a branch around it are muted, the branch comes first.
    """
    comment_id = text(comment_id)
    kind = muted_ids(db, post_id).get(comment_id)
    if kind is None:
        return None
    author, _, _ = _written(db, post_id, comment_id)
    here = of_post(db, post_id)
    if kind is MuteKind.AUTHOR:
        key = author_key(author)
        return remove(db, next(m.id for m in here if m.kind is kind and author_key(m.author) == key), now=now)
    parents = dict(db.execute("SELECT id, parent_id FROM comments WHERE post_id = ?", (post_id,)))
    branches = {mute.comment_id: mute.id for mute in here if mute.kind is kind}
    at: str | None = comment_id
    while at is not None and at not in branches:
        at = parents.pop(at, None)
    return None if at is None else remove(db, branches[at], now=now)


def all_mutes(db: Connection) -> tuple[Mute, ...]:
    """All that is muted, the latest first."""
    return tuple(map(_mute, db.execute(_SELECT + "ORDER BY m.muted_at DESC, m.id DESC")))


def of_post(db: Connection, post_id: int) -> tuple[Mute, ...]:
    """What is muted under this post, the latest first."""
    rows = db.execute(_SELECT + _OF_POST + "ORDER BY m.muted_at DESC, m.id DESC", {"post_id": post_id})
    return tuple(map(_mute, rows))


def muted_ids(db: Connection, post_id: int) -> Mapping[str, MuteKind]:
    """The comments of a post that are muted, and by what."""
    mutes = of_post(db, post_id)
    if not mutes:
        return {}
    if all(mute.kind is MuteKind.AUTHOR for mute in mutes):
        # names alone: no need to know what hangs below what
        return _of_authors(db, post_id, mutes)
    rows = db.execute(
        "SELECT id, parent_id, author, published, kind, is_mine FROM comments WHERE post_id = ? ORDER BY key",
        (post_id,),
    )
    said = (
        Comment(
            id=row[0],
            parent_id=row[1],
            author=row[2],
            published=moment_or_none(row[3]),
            kind=CommentKind(row[4]),
            is_mine=bool(row[5]),
        )
        for row in rows
    )
    return muted_in(in_reading_order(said), mutes)


def muted_in_order(db: Connection, post_id: int, thread: Thread) -> Mapping[str, MuteKind]:
    """The same where the order is known already, which may be all that was read of a long thread."""
    mutes = of_post(db, post_id)
    if not mutes:
        return {}
    branches = {mute.comment_id for mute in mutes if mute.kind is MuteKind.BRANCH}
    found = _of_authors(db, post_id, mutes)
    if branches:
        mine = db.execute("SELECT id FROM comments WHERE post_id = ? AND is_mine = 1", (post_id,)).fetchall()
        below = below_any(thread.rows.ids, thread.rows.depths, branches) - {id for (id,) in mine}
        found.update(dict.fromkeys(below, MuteKind.BRANCH))
    return found


def _of_authors(db: Connection, post_id: int, mutes: Sequence[Mute]) -> dict[str, MuteKind]:
    """What muted authors said; of ten thousand comments there are far fewer names to be compared."""
    keys = {author_key(mute.author) for mute in mutes if mute.kind is MuteKind.AUTHOR}
    names = db.execute("SELECT DISTINCT author FROM comments WHERE post_id = ?", (post_id,)) if keys else ()
    found: dict[str, MuteKind] = {}
    for (name,) in [row for row in names if author_key(row[0]) in keys]:
        said = db.execute(
            "SELECT id FROM comments WHERE post_id = ? AND author = ? AND is_mine = 0", (post_id, name)
        )
        found.update((id, MuteKind.AUTHOR) for (id,) in said)
    return found


def hush(db: Connection, post_id: int) -> set[str]:
    """What came muted is no news; gives the comments that it was no news of."""
    keys = _hushed(db, post_id)
    acts.change(db, Kind.IS_SEEN, keys, 1)
    return {id for key in keys for (id,) in db.execute("SELECT id FROM comments WHERE key = ?", (key,))}


def hush_all(db: Connection) -> None:
    """The same for every post that has something new and something muted."""
    posts = db.execute(
        """SELECT p.id FROM posts AS p INDEXED BY posts_with_new
           WHERE p.new_comments > 0 AND EXISTS (SELECT 1 FROM mutes AS m WHERE m.post_id = p.id
               OR (m.post_id IS NULL AND (m.blog_id IS NULL OR m.blog_id = p.blog_id)))"""
    ).fetchall()
    for (post_id,) in posts:
        hush(db, post_id)


def _hushed(db: Connection, post_id: int) -> list[int]:
    unseen = db.execute("SELECT id, key FROM comments WHERE post_id = ? AND is_seen = 0", (post_id,))
    keys = dict(unseen.fetchall())
    muted = muted_ids(db, post_id) if keys else {}
    return [key for id, key in keys.items() if id in muted]


def _written(db: Connection, post_id: int, comment_id: str) -> tuple[str, bool, int]:
    row = db.execute(
        """SELECT c.author, c.is_mine, p.blog_id FROM comments AS c JOIN posts AS p ON p.id = c.post_id
           WHERE c.post_id = ? AND c.id = ?""",
        (post_id, text(comment_id)),
    ).fetchone()
    if row is None:
        raise NotFoundError(
            _("there is no comment {comment} under post {post}").format(
                comment=text(comment_id), post=post_id
            )
        )
    return row[0], bool(row[1]), row[2]


def _add(db: Connection, author: str, now: datetime, **where: Any) -> int:
    values = {"author_key": None, "blog_id": None, "post_id": None, "comment_id": None} | where
    added = db.execute(
        """INSERT INTO mutes (author, author_key, blog_id, post_id, comment_id, muted_at)
           VALUES (:author, :author_key, :blog_id, :post_id, :comment_id, :now)""",
        values | {"author": author, "now": stamp(now)},
    )
    return added.lastrowid or 0


def _record(db: Connection, what: str, mute_id: int, keys: list[int], now: datetime) -> Undo:
    changes = [Change(kind=Kind.MUTED, ids=[mute_id]), *acts.change(db, Kind.IS_SEEN, keys, 1)]
    return acts.keep(db, what, changes, now=now)


def _mute(row: tuple[Any, ...]) -> Mute:
    return Mute(
        id=row[0],
        kind=MuteKind.AUTHOR if row[6] is None else MuteKind.BRANCH,
        author=row[1],
        blog_id=row[2],
        blog_title=row[3],
        post_id=row[4],
        post_title=row[5],
        comment_id=row[6],
        muted_at=moment(row[7]),
    )
