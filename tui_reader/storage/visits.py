"""Visits to conversations: when one has ended, what was there then counts as seen."""

from datetime import datetime, timedelta
from sqlite3 import Connection

from tui_reader.storage.values import stamp

_MICROSECOND = timedelta(microseconds=1)

GRACE = timedelta(minutes=5)
"""Whoever comes back this soon goes on with the same visit: its marks are still there."""

_FORGOTTEN = timedelta(hours=12)
"""A visit entered so long ago and never left belongs to a program that died."""


def enter(db: Connection, post_id: int, *, now: datetime) -> None:
    """The user opens the conversation; within five minutes of leaving the last visit goes on."""
    _settle(db, now, post_id)
    db.execute(
        """INSERT INTO visits (post_id, entered_at) SELECT id, :now FROM posts WHERE id = :id
           ON CONFLICT (post_id) DO UPDATE SET entered_at = excluded.entered_at, left_at = NULL""",
        {"id": post_id, "now": stamp(now)},
    )


def leave(db: Connection, post_id: int, *, now: datetime) -> None:
    """The user leaves the conversation; the visit ends five minutes later, unless entered again."""
    db.execute("UPDATE visits SET left_at = ? WHERE post_id = ? AND left_at IS NULL", (stamp(now), post_id))


def settle(db: Connection, *, now: datetime) -> tuple[int, ...]:
    """Ends the visits that are over: comments that were there at the leaving are new no more.

    Gives the posts where that changed something.
    """
    return _settle(db, now, None)


def _settle(db: Connection, now: datetime, post_id: int | None) -> tuple[int, ...]:
    # a clock that was set back does not keep a visit open either
    over = db.execute(
        """DELETE FROM visits WHERE (:post_id IS NULL OR post_id = :post_id) AND CASE
               WHEN left_at IS NULL THEN entered_at <= :now - :forgotten
               ELSE left_at <= :now - :grace OR left_at > :now END
           RETURNING post_id, COALESCE(left_at, entered_at)""",
        {
            "post_id": post_id,
            "now": stamp(now),
            "grace": GRACE // _MICROSECOND,
            "forgotten": _FORGOTTEN // _MICROSECOND,
        },
    ).fetchall()
    return tuple(
        post
        for post, left_at in over
        if db.execute(
            "UPDATE comments SET is_seen = 1 WHERE post_id = ? AND is_seen = 0 AND first_seen <= ?",
            (post, left_at),
        ).rowcount
    )
