"""What a fetched feed brings, taken into the stored posts."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from sqlite3 import Connection
from typing import Any

from tui_reader.domain.apart import KnownPost
from tui_reader.domain.feed import ParsedPost
from tui_reader.domain.update import PostUpdate, content_hash
from tui_reader.storage.blogs import get_blog
from tui_reader.storage.values import (
    count_or_none,
    moment_or_none,
    stamp,
    stamp_or_none,
    text,
    text_or_none,
    url_key,
)

_CLOCK_SKEW = timedelta(days=1)
"""How far ahead of us a blog's clock may be; a date beyond that must not hold a post on top for years."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Applied:
    """Which posts an update touched."""

    new: tuple[int, ...] = ()
    """In the feed's order."""
    changed: tuple[int, ...] = ()


def known_posts(db: Connection, blog_id: int) -> list[KnownPost]:
    """The blog's stored posts, as far as a comparison with its feed needs them."""
    rows = db.execute(
        "SELECT id, guid, url, content_hash, feed_count FROM posts WHERE blog_id = ?", (blog_id,)
    )
    return [
        KnownPost(id=id, guid=guid, url=url, content_hash=hash, comment_count=n)
        for id, guid, url, hash, n in rows
    ]


def how_many(db: Connection, blog_id: int, since: datetime | None = None) -> int:
    """The number of the blog's stored posts, or of those that are not older than a moment."""
    (count,) = db.execute(
        "SELECT count(*) FROM posts WHERE blog_id = ?1 AND (?2 IS NULL OR sort_at >= ?2)",
        (blog_id, stamp_or_none(since)),
    ).fetchone()
    return int(count)


def newest(db: Connection, blog_id: int) -> datetime | None:
    """The moment under which the blog's first post is listed; None where there is none."""
    (found,) = db.execute("SELECT max(sort_at) FROM posts WHERE blog_id = ?", (blog_id,)).fetchone()
    return moment_or_none(found)


def apply_update(
    db: Connection,
    blog_id: int,
    update: PostUpdate,
    *,
    now: datetime,
    is_backlog: bool = False,
    is_older: bool = False,
) -> Applied:
    """Stores new posts, brings changed ones up to date and keeps the feed's comment counts.

    A new post that another program stored in the meantime is not doubled.

    Args:
        db: The connection.
        blog_id: The blog.
        update: What is to be stored.
        now: The time.
        is_backlog: The posts were there before the blog was followed.
        is_older: So they were, and the feed does not hold them any more: they are read, and those without
            a date stand below all that is stored.

    Raises:
        NotFoundError: the blog was removed in the meantime.
    """
    get_blog(db, blog_id)
    new: list[int] = []
    undated = _below_all(db, blog_id, now) if is_older else stamp(now)
    # first: a post may give up the guid that an entry beside it has now
    changed = [post_id for post_id, entry in update.changed if _change(db, post_id, entry)]
    # the feed's first entry is the newest: stored last it has the highest id, which orders undated posts
    for entry in reversed(update.new):
        known = db.execute(
            "SELECT id, content_hash FROM posts WHERE blog_id = ? AND guid = ?", (blog_id, text(entry.guid))
        ).fetchone()
        if known is None:
            given = _values(entry) | {"blog_id": blog_id, "first_seen": stamp(now), "undated": undated}
            given |= {"is_backlog": is_backlog or is_older, "is_read": is_older}
            new.append(_insert(db, entry, given))
        elif known[1] != content_hash(entry) and _change(db, known[0], entry):
            changed.append(known[0])
    db.executemany(
        "UPDATE posts SET feed_count = ?1, declared_count = ?1 WHERE id = ?2",
        [(count_or_none(count), post_id) for post_id, count in update.counted],
    )
    return Applied(new=tuple(reversed(new)), changed=tuple(changed))


def _below_all(db: Connection, blog_id: int, now: datetime) -> int:
    (lowest,) = db.execute("SELECT min(sort_at) FROM posts WHERE blog_id = ?", (blog_id,)).fetchone()
    return stamp(now) if lowest is None else int(lowest) - 1


def _insert(db: Connection, entry: ParsedPost, given: dict[str, Any]) -> int:
    added = db.execute(
        """INSERT INTO posts (blog_id, guid, url, url_key, title, author, published, updated, first_seen,
               sort_at, content_hash, is_backlog, is_read, comments_url, comments_feed_url, feed_count,
               declared_count)
           VALUES (:blog_id, :guid, :url, :url_key, :title, :author, :published, :updated, :first_seen,
               CASE WHEN :published <= :first_seen + :skew THEN :published ELSE :undated END,
               :content_hash, :is_backlog, :is_read, :comments_url, :comments_feed_url, :feed_count,
               :feed_count)""",
        given,
    )
    post_id = added.lastrowid or 0
    db.execute(
        "INSERT INTO bodies (post_id, html, base_url, is_excerpt) VALUES (?, ?, ?, ?)",
        (post_id, text(entry.html), text(entry.url), entry.is_excerpt),
    )
    return post_id


def _change(db: Connection, post_id: int, entry: ParsedPost) -> bool:
    """False when the post is gone."""
    changed = db.execute(
        """UPDATE posts SET url = :url, url_key = :url_key, title = :title, author = :author,
               guid = CASE WHEN EXISTS (SELECT 1 FROM posts AS other WHERE other.blog_id = posts.blog_id
                   AND other.guid = :guid AND other.id <> posts.id) THEN guid ELSE :guid END,
               published = COALESCE(:published, published), updated = COALESCE(:updated, updated),
               sort_at = CASE WHEN COALESCE(:published, published) <= first_seen + :skew
                   THEN COALESCE(:published, published) ELSE first_seen END,
               content_hash = :content_hash, comments_url = :comments_url,
               comments_feed_url = :comments_feed_url, is_indexed = 0
           WHERE id = :id""",
        _values(entry) | {"id": post_id},
    )
    # the whole text that was fetched once outlives a changed excerpt, not a changed text
    db.execute(
        """UPDATE bodies SET html = :html, base_url = :base_url, is_excerpt = :is_excerpt,
               full_html = CASE WHEN html = :html OR :is_excerpt THEN full_html END
           WHERE post_id = :id""",
        {
            "id": post_id,
            "html": text(entry.html),
            "base_url": text(entry.url),
            "is_excerpt": entry.is_excerpt,
        },
    )
    return changed.rowcount == 1


def _values(entry: ParsedPost) -> dict[str, Any]:
    return {
        "guid": text(entry.guid),
        "url": text(entry.url),
        "url_key": url_key(entry.url),
        "title": text(entry.title),
        "author": text_or_none(entry.author),
        "published": stamp_or_none(entry.published),
        "updated": stamp_or_none(entry.updated),
        "skew": _CLOCK_SKEW // timedelta(microseconds=1),
        "content_hash": content_hash(entry),
        "comments_url": text_or_none(entry.comments_url),
        "comments_feed_url": text_or_none(entry.comments_feed_url),
        "feed_count": count_or_none(entry.comment_count),
    }
