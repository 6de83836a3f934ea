"""When blogs are asked, what was known of their feeds then, and which conversations want loading."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import lru_cache
from sqlite3 import Connection
from typing import Any

from tui_reader.domain.schedule import Came, Habits, Hints
from tui_reader.storage.values import moment_or_none, stamp, stamp_or_none, text, text_or_none

MOST_FAILURES = 4
"""A conversation that could not be loaded so often is only tried again when the user asks."""

_SELECT = """SELECT id, is_paused, gone_at, next_check, not_before, failures, changed_at, least_wait,
    skip_hours, skip_days, api_root, comments_etag, comments_last_modified, comments_hash, listed_comments,
    comments_total, counted_at FROM blogs """


@dataclass(frozen=True, slots=True, kw_only=True)
class Talk:
    """What was seen of a blog's comments as a whole the last time."""

    api_root: str | None = None
    """Of a WordPress: where its API is."""
    etag: str | None = None
    last_modified: str | None = None
    body_hash: str | None = None
    """These three of the feed of comments."""
    listed: tuple[int, ...] = ()
    """The ids of the newest comments, newest first, as the API listed them."""
    total: int | None = None
    """How many comments the API counted on the whole blog."""
    counted_at: datetime | None = None
    """When the comment counts in the posts feed were last read, past its "not changed"."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Schedule:
    """When a blog is asked, and how it behaved."""

    blog_id: int
    is_paused: bool = False
    gone_at: datetime | None = None
    """Since when the blog says that it is gone for good."""
    next_check: datetime | None = None
    """When it is asked without being told to; None for as soon as may be."""
    not_before: datetime | None = None
    """Until then the server wants no request at all."""
    habits: Habits = field(default_factory=Habits)
    talk: Talk = field(default_factory=Talk)


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """What a stored post may be recognised by."""

    post_id: int
    guid: str
    url: str
    facts: str
    """What its comment system learned of it, as JSON."""


def schedules(db: Connection) -> dict[int, Schedule]:
    """Of every blog that is followed, by id."""
    return {row[0]: _schedule(row) for row in db.execute(_SELECT + "WHERE is_subscribed = 1")}


def due(db: Connection, *, now: datetime) -> tuple[int, ...]:
    """The blogs that are to be asked now without being told to, the longest waiting first."""
    rows = db.execute(
        """SELECT id FROM blogs WHERE is_subscribed = 1 AND is_paused = 0 AND gone_at IS NULL
               AND COALESCE(next_check, 0) <= :now AND COALESCE(not_before, 0) <= :now
           ORDER BY COALESCE(next_check, 0), id""",
        {"now": stamp(now)},
    )
    return tuple(id for (id,) in rows)


def set_checked(
    db: Connection,
    blog_id: int,
    came: Came,
    *,
    now: datetime,
    next_check: datetime | None,
    not_before: datetime | None = None,
    hints: Hints | None = None,
) -> None:
    """Keeps what came of asking, and when to ask next; hints stay where None are given.

    Where the posts came and the comments were refused (``leave_alone``), that stays said.
    """
    db.execute(
        """UPDATE blogs SET next_check = :next_check,
               not_before = CASE WHEN :has_failed THEN :not_before
                   WHEN not_before > :now THEN not_before END,
               failures = CASE WHEN :has_failed THEN failures + 1 ELSE 0 END,
               changed_at = CASE WHEN :has_changed OR changed_at IS NULL THEN :now ELSE changed_at END,
               gone_at = CASE WHEN :is_gone THEN COALESCE(gone_at, :now)
                   WHEN :has_failed THEN gone_at END
           WHERE id = :id""",
        {
            "id": blog_id,
            "now": stamp(now),
            "next_check": stamp_or_none(next_check),
            "not_before": stamp_or_none(not_before),
            "has_failed": came in {Came.FAILED, Came.GONE},
            "has_changed": came is Came.CHANGED,
            "is_gone": came is Came.GONE,
        },
    )
    if hints is not None:
        db.execute(
            "UPDATE blogs SET least_wait = ?, skip_hours = ?, skip_days = ? WHERE id = ?",
            (
                None if hints.least_wait is None else int(hints.least_wait.total_seconds()),
                _bits(hints.skip_hours),
                _bits(hints.skip_days),
                blog_id,
            ),
        )


def leave_alone(db: Connection, blog_id: int, until: datetime) -> None:
    """The server wants no request before then, whatever was asked for."""
    db.execute(
        "UPDATE blogs SET not_before = max(COALESCE(not_before, 0), ?) WHERE id = ?",
        (stamp(until), blog_id),
    )


def known_items(db: Connection, blog_id: int) -> dict[str, int]:
    """The entries of the feed as it was last read: hash to stored post. Those of lost posts are not known."""
    rows = db.execute(
        """SELECT i.hash, p.id FROM feed_items AS i
           JOIN posts AS p ON p.blog_id = i.blog_id AND p.guid = i.guid WHERE i.blog_id = ?""",
        (blog_id,),
    )
    return dict(rows.fetchall())


def keep_items(db: Connection, blog_id: int, known: Collection[str], read: Mapping[str, str]) -> None:
    """The entries that are in the feed now: those known by hash, and what was read, hash to guid."""
    stay = set(known)
    gone = [
        (blog_id, hash)
        for (hash,) in db.execute("SELECT hash FROM feed_items WHERE blog_id = ?", (blog_id,)).fetchall()
        if hash not in stay
    ]
    db.executemany("DELETE FROM feed_items WHERE blog_id = ? AND hash = ?", gone)
    db.executemany(
        "INSERT INTO feed_items (blog_id, hash, guid) VALUES (?, ?, ?) ON CONFLICT DO NOTHING",
        [(blog_id, hash, text(guid)) for hash, guid in read.items()],
    )


def in_feed(db: Connection, blog_id: int) -> frozenset[int]:
    """The posts that are in the feed as it was last read, so that their counts are of then."""
    rows = db.execute(
        """SELECT p.id FROM feed_items AS i
           JOIN posts AS p ON p.blog_id = i.blog_id AND p.guid = i.guid WHERE i.blog_id = ?""",
        (blog_id,),
    )
    return frozenset(id for (id,) in rows)


def talked_about(db: Connection, *, since: datetime) -> frozenset[int]:
    """The blogs with talk to follow: posts not older than ``since``, or opened, or starred by the user."""
    rows = db.execute(
        """SELECT id FROM blogs WHERE is_subscribed = 1 AND (
               EXISTS (SELECT 1 FROM posts INDEXED BY posts_of_blog
                   WHERE blog_id = blogs.id AND sort_at >= ?)
               OR EXISTS (SELECT 1 FROM posts INDEXED BY posts_of_blog
                   WHERE blog_id = blogs.id AND (loaded_at IS NOT NULL OR is_starred = 1)))""",
        (stamp(since),),
    )
    return frozenset(id for (id,) in rows)


def set_talk(db: Connection, blog_id: int, talk: Talk) -> None:
    """Keeps what was seen of the blog's comments."""
    db.execute(
        """UPDATE blogs SET api_root = ?, comments_etag = ?, comments_last_modified = ?, comments_hash = ?,
               listed_comments = ?, comments_total = ?, counted_at = ? WHERE id = ?""",
        (
            text_or_none(talk.api_root),
            text_or_none(talk.etag),
            text_or_none(talk.last_modified),
            talk.body_hash,
            ",".join(map(str, talk.listed)) or None,
            talk.total,
            stamp_or_none(talk.counted_at),
            blog_id,
        ),
    )


def set_counted(db: Connection, blog_id: int, *, now: datetime) -> None:
    """The comment counts in the blog's posts feed were read."""
    db.execute("UPDATE blogs SET counted_at = ? WHERE id = ?", (stamp(now), blog_id))


def want(db: Connection, post_ids: Collection[int]) -> None:
    """There is talk to be loaded under these posts; it stays said until they are loaded."""
    db.executemany(
        "UPDATE posts SET wants_load = 1, load_failures = 0 WHERE id = ?",
        [(post_id,) for post_id in post_ids],
    )


def blogs_wanting(db: Connection) -> frozenset[int]:
    """The blogs that have posts whose conversation is to be loaded."""
    rows = db.execute("SELECT DISTINCT blog_id FROM posts INDEXED BY posts_wanting_load WHERE wants_load = 1")
    return frozenset(id for (id,) in rows)


def wanting(db: Connection, blog_id: int, *, is_asked: bool) -> tuple[int, ...]:
    """The blog's posts whose conversation is to be loaded, the newest first.

    Args:
        db: The connection.
        blog_id: The blog.
        is_asked: The user asks: also those that failed again and again.
    """
    rows = db.execute(
        """SELECT id FROM posts INDEXED BY posts_wanting_load
           WHERE blog_id = ? AND wants_load = 1 AND (? OR load_failures < ?)
           ORDER BY sort_at DESC, id DESC""",
        (blog_id, is_asked, MOST_FAILURES),
    )
    return tuple(id for (id,) in rows)


def load_failed(db: Connection, post_id: int) -> None:
    """The conversation could not be loaded; it is still wanted."""
    db.execute("UPDATE posts SET load_failures = load_failures + 1 WHERE id = ?", (post_id,))


def want_followed(db: Connection, blog_id: int, *, at_most: int = 20) -> tuple[int, ...]:
    """Wants the opened posts that the blog's feed no longer tells the count of; the latest ones."""
    rows = db.execute(
        """UPDATE posts SET wants_load = 1, load_failures = 0 WHERE id IN (
               SELECT p.id FROM posts AS p INDEXED BY posts_of_blog
               WHERE p.blog_id = :blog_id AND p.loaded_at IS NOT NULL AND NOT EXISTS (
                   SELECT 1 FROM feed_items AS i WHERE i.blog_id = p.blog_id AND i.guid = p.guid)
               ORDER BY p.loaded_at DESC LIMIT :at_most)
           RETURNING id""",
        {"blog_id": blog_id, "at_most": at_most},
    ).fetchall()
    return tuple(id for (id,) in rows)


def counts_comments(db: Connection, blog_id: int) -> bool:
    """Whether the blog's feed says how many comments its posts have."""
    row = db.execute(
        "SELECT 1 FROM posts WHERE blog_id = ? AND feed_count IS NOT NULL LIMIT 1", (blog_id,)
    ).fetchone()
    return row is not None


def shows(db: Connection, post_id: int, comment_ids: Collection[str]) -> bool:
    """Whether a comment with one of these ids is stored as one that the blog shows."""
    return any(
        db.execute(
            "SELECT 1 FROM comments WHERE post_id = ? AND id = ? AND state = 'published'", (post_id, id)
        ).fetchone()
        for id in comment_ids
    )


def names(db: Connection, blog_id: int) -> tuple[Named, ...]:
    """What the blog's posts may be recognised by."""
    rows = db.execute(
        "SELECT id, guid, url, COALESCE(engine_facts, '{}') FROM posts WHERE blog_id = ?", (blog_id,)
    )
    return tuple(Named(post_id=id, guid=guid, url=url, facts=facts) for id, guid, url, facts in rows)


def shown_comments(db: Connection, blog_id: int, engine: str) -> dict[int, int]:
    """Published comments of the blog with numbers for ids, to the post each is under."""
    rows = db.execute(
        """SELECT CAST(c.id AS INTEGER), c.post_id
           FROM posts AS p CROSS JOIN comments AS c ON c.post_id = p.id
           WHERE p.blog_id = ? AND p.engine = ? AND c.state = 'published' AND c.kind = 'comment'
               AND c.id NOT GLOB '*[^0-9]*'""",
        (blog_id, engine),
    )
    return dict(rows.fetchall())


def shown_since(db: Connection, blog_id: int, moment: datetime) -> list[tuple[str, int]]:
    """Published comments of the blog that came after this moment, by id, and the post each is under."""
    return db.execute(
        """SELECT c.id, c.post_id FROM posts AS p CROSS JOIN comments AS c ON c.post_id = p.id
           WHERE p.blog_id = ? AND c.state = 'published' AND c.published > ?""",
        (blog_id, stamp(moment)),
    ).fetchall()


def _schedule(row: Sequence[Any]) -> Schedule:
    return Schedule(
        blog_id=row[0],
        is_paused=bool(row[1]),
        gone_at=moment_or_none(row[2]),
        next_check=moment_or_none(row[3]),
        not_before=moment_or_none(row[4]),
        habits=Habits(
            failures=row[5],
            changed_at=moment_or_none(row[6]),
            hints=Hints(
                least_wait=None if row[7] is None else timedelta(seconds=row[7]),
                skip_hours=_set(row[8]),
                skip_days=_set(row[9]),
            ),
        ),
        talk=Talk(
            api_root=row[10],
            etag=row[11],
            last_modified=row[12],
            body_hash=row[13],
            listed=tuple(map(int, row[14].split(","))) if row[14] else (),
            total=row[15],
            counted_at=moment_or_none(row[16]),
        ),
    )


def _bits(numbers: Collection[int]) -> int:
    return sum(1 << number for number in numbers)


@lru_cache  # nearly every blog says the same: nothing
def _set(bits: int) -> frozenset[int]:
    return frozenset(number for number in range(24) if bits >> number & 1)
