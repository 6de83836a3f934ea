"""The blogs that are followed, and those of which only single posts are kept."""

import unicodedata
from datetime import datetime
from functools import lru_cache
from sqlite3 import Connection
from typing import TYPE_CHECKING, Any, NamedTuple

from tui_reader.domain.blog import Blog
from tui_reader.errors import NotFoundError
from tui_reader.language import _, current
from tui_reader.storage.values import moment, moment_or_none, stamp, text, text_or_none, url_key

if TYPE_CHECKING:
    from tui_reader.domain.reply import Identity

_SELECT = """SELECT id, url, feed_url, COALESCE(own_title, title), added_at, folder, is_subscribed,
    comments_feed_url, generator, etag, last_modified, body_hash, last_refreshed, error, error_since, unread,
    new_comments, own_title, is_paused, gone_at, title, wants_full_text, trouble FROM blogs """
_TROUBLE = 22
"""Its column there."""


_KEPT = 2048
"""Blogs, and names, that are kept as they were last read."""


class Removed(NamedTuple):
    """What the removal of a blog left and took."""

    blog: Blog
    """As it was."""
    posts_kept: int
    """Posts that stay, unsubscribed, since a reply of the user's to them is not finished."""
    identities: "tuple[Identity, ...]"
    """Identities that were for this blog alone and went with it; their secrets are still in the keyring."""


def add_blog(
    db: Connection,
    *,
    url: str,
    feed_url: str,
    title: str,
    now: datetime,
    folder: str | None = None,
    is_subscribed: bool = True,
    comments_feed_url: str | None = None,
    generator: str | None = None,
) -> Blog:
    """Stores a blog; one with this feed address is there already at most once, and is given then.

    A blog that was stored for single posts only becomes a subscribed one when ``is_subscribed``.
    """
    url, feed_url = text(url), text(feed_url)
    known = db.execute(
        "SELECT id, is_subscribed FROM blogs WHERE feed_url = ? AND feed_url <> ''", (feed_url,)
    ).fetchone()
    if known is not None:
        if is_subscribed and not known[1]:
            return subscribe(db, known[0], now=now, folder=folder)
        return get_blog(db, known[0])
    added = db.execute(
        """INSERT INTO blogs (url, url_key, feed_url, feed_key, title, folder, is_subscribed, added_at,
               comments_feed_url, generator)
           VALUES (:url, :url_key, :feed_url, :feed_key, :title, :folder, :is_subscribed, :added_at,
               :comments_feed_url, :generator)""",
        {
            "url": url,
            "url_key": url_key(url),
            "feed_url": feed_url,
            "feed_key": url_key(feed_url),
            "title": text(title),
            "folder": text_or_none(folder) or None,
            "is_subscribed": is_subscribed,
            "added_at": stamp(now),
            "comments_feed_url": text_or_none(comments_feed_url),
            "generator": text_or_none(generator),
        },
    )
    return get_blog(db, added.lastrowid or 0)


def get_blog(db: Connection, blog_id: int) -> Blog:
    """The blog with this id, subscribed or not.

    Raises:
        NotFoundError: there is none.
    """
    row = db.execute(_SELECT + "WHERE id = ?", (blog_id,)).fetchone()
    if row is None:
        raise NotFoundError(_("there is no blog {blog_id}").format(blog_id=blog_id))
    return _blog(row)


def how_many(db: Connection) -> int:
    """The number of blogs that are followed."""
    (count,) = db.execute("SELECT COUNT(*) FROM blogs WHERE is_subscribed = 1").fetchone()
    return int(count)


def all_blogs(db: Connection) -> tuple[Blog, ...]:
    """The subscribed blogs: first those in no folder, then folder by folder, by title."""
    rows = db.execute(_SELECT + "WHERE is_subscribed = 1")
    return tuple(sorted(map(_blog, rows), key=_list_order))


def find_blog(db: Connection, url: str) -> Blog | None:
    """The blog with this page or feed; scheme, ``www.``, fragment and trailing slash do not matter."""
    url, key = text(url).strip(), url_key(url)
    other = key.removeprefix("www.") if key.startswith("www.") else f"www.{key}"
    row = db.execute(
        _SELECT
        + """WHERE (url_key IN (:key, :other) OR (feed_key IN (:key, :other) AND feed_url <> ''))
                AND removed_at IS NULL
            ORDER BY is_subscribed DESC, feed_url = :url DESC, url = :url DESC,
                :key IN (url_key, feed_key) DESC, id LIMIT 1""",
        {"key": key, "other": other, "url": url},
    ).fetchone()
    return None if row is None else _blog(row)


def find_feed(db: Connection, feed_url: str) -> Blog | None:
    """The blog with this feed, by any form of its address; also one that is not followed, or was removed."""
    url, key = text(feed_url).strip(), url_key(feed_url)
    other = key.removeprefix("www.") if key.startswith("www.") else f"www.{key}"
    row = db.execute(
        _SELECT
        + """WHERE feed_key IN (:key, :other) AND feed_url <> ''
            ORDER BY is_subscribed DESC, feed_url = :url DESC, feed_key = :key DESC, id LIMIT 1""",
        {"key": key, "other": other, "url": url},
    ).fetchone()
    return None if row is None else _blog(row)


def set_refreshed(
    db: Connection,
    blog_id: int,
    *,
    now: datetime,
    etag: str | None = None,
    last_modified: str | None = None,
    body_hash: str | None = None,
    title: str | None = None,
    url: str | None = None,
    comments_feed_url: str | None = None,
    generator: str | None = None,
) -> None:
    """Keeps what a fetched feed said of its blog, and forgets the last error.

    Validators and hash are replaced as given; of the rest None means that the feed did not say. A title
    of the user's that turns out to be the feed's is the feed's.
    """
    url = text_or_none(url)
    db.execute(
        """UPDATE blogs SET last_refreshed = :now, etag = :etag, last_modified = :last_modified,
               body_hash = :body_hash, title = COALESCE(:title, title), url = COALESCE(:url, url),
               url_key = COALESCE(:url_key, url_key),
               comments_feed_url = COALESCE(:comments_feed_url, comments_feed_url),
               generator = COALESCE(:generator, generator), error = NULL, trouble = NULL, error_since = NULL,
               own_title = CASE WHEN own_title = :title THEN NULL ELSE own_title END
           WHERE id = :id""",
        {
            "id": blog_id,
            "now": stamp(now),
            "etag": text_or_none(etag),
            "last_modified": text_or_none(last_modified),
            "body_hash": body_hash,
            "title": text_or_none(title),
            "url": url,
            "url_key": None if url is None else url_key(url),
            "comments_feed_url": text_or_none(comments_feed_url),
            "generator": text_or_none(generator),
        },
    )


def set_unchanged(
    db: Connection, blog_id: int, *, now: datetime, etag: str | None = None, last_modified: str | None = None
) -> None:
    """The blog answered that nothing changed; validators that it did not repeat stay."""
    db.execute(
        """UPDATE blogs SET last_refreshed = ?, etag = COALESCE(?, etag),
               last_modified = COALESCE(?, last_modified), error = NULL, trouble = NULL, error_since = NULL
           WHERE id = ?""",
        (stamp(now), text_or_none(etag), text_or_none(last_modified), blog_id),
    )


def set_error(
    db: Connection, blog_id: int, message: str, *, now: datetime, trouble: str | None = None
) -> None:
    """Keeps why the refresh failed; since when it fails is kept from the first failure.

    Args:
        db: The connection.
        blog_id: The blog.
        message: In words, for what has no kind of its own.
        now: The moment.
        trouble: Its kind, by which it is told in the language of the moment.
    """
    db.execute(
        "UPDATE blogs SET error = ?, trouble = ?, error_since = COALESCE(error_since, ?) WHERE id = ?",
        (text(message), text_or_none(trouble) or None, stamp(now), blog_id),
    )


def set_feed_url(db: Connection, blog_id: int, feed_url: str) -> bool:
    """The feed moved for good; False, and nothing changes, when another blog has that address already."""
    feed_url = text(feed_url)
    changed = db.execute(
        """UPDATE blogs SET feed_url = :url, feed_key = :key,
               etag = NULL, last_modified = NULL, body_hash = NULL
           WHERE id = :id AND NOT EXISTS (SELECT 1 FROM blogs WHERE feed_url = :url AND id <> :id)""",
        {"url": feed_url, "key": url_key(feed_url), "id": blog_id},
    )
    return changed.rowcount == 1


def with_passwords(db: Connection) -> tuple[Blog, ...]:
    """The blogs of whose feed the address may carry a password."""
    rows = db.execute(_SELECT + "WHERE feed_url LIKE '%://%:%@%' OR comments_feed_url LIKE '%://%:%@%'")
    return tuple(map(_blog, rows))


def strip_passwords(db: Connection, blog_id: int, feed_url: str) -> None:
    """Gives the feed its address without the password; where comments are is looked for anew."""
    db.execute(
        """UPDATE blogs SET feed_url = :url, feed_key = :key,
               comments_feed_url = CASE WHEN comments_feed_url LIKE '%://%:%@%' THEN NULL
                   ELSE comments_feed_url END,
               url = CASE WHEN url LIKE '%://%:%@%' THEN :url ELSE url END WHERE id = :id""",
        {"url": text(feed_url), "key": url_key(feed_url), "id": blog_id},
    )


def rename_blog(db: Connection, blog_id: int, title: str | None) -> None:
    """Gives the blog a title of the user's own, which refreshes leave alone; None: the feed's own again."""
    db.execute("UPDATE blogs SET own_title = ? WHERE id = ?", (text_or_none(title) or None, blog_id))


def set_paused(db: Connection, blog_id: int, *, is_paused: bool = True) -> None:
    """The blog is not asked until this is taken back."""
    db.execute("UPDATE blogs SET is_paused = ? WHERE id = ?", (is_paused, blog_id))


def subscribe(db: Connection, blog_id: int, *, now: datetime, folder: str | None = None) -> Blog:
    """Follows a blog of which only single posts were kept; as of now, if it was not followed before.

    One that was removed and is still there comes back as it was.
    """
    db.execute(
        """UPDATE blogs SET is_subscribed = 1, folder = COALESCE(:folder, folder), removed_at = NULL,
               added_at = CASE WHEN removed_at IS NULL THEN :now ELSE added_at END
           WHERE id = :id AND is_subscribed = 0""",
        {"now": stamp(now), "folder": text_or_none(folder) or None, "id": blog_id},
    )
    return get_blog(db, blog_id)


def remove_blog(db: Connection, blog_id: int) -> Removed:
    """Forgets a blog with its posts and comments, but never words of the user's that were not published.

    Posts with such a reply stay, under the blog as one that is not followed any more.

    Raises:
        NotFoundError: there is no such blog.
    """
    blog = get_blog(db, blog_id)
    db.execute(
        """DELETE FROM replies WHERE (state = 'published' OR (state = 'draft' AND NOT has_words))
               AND post_id IN (SELECT id FROM posts WHERE blog_id = ?)""",
        (blog_id,),
    )
    db.execute(
        "DELETE FROM posts WHERE blog_id = ? AND id NOT IN (SELECT post_id FROM replies)",
        (blog_id,),
    )
    (kept,) = db.execute("SELECT count(*) FROM posts WHERE blog_id = ?", (blog_id,)).fetchone()
    if kept:
        # the next subscription has to read the whole feed again
        db.execute(
            """UPDATE blogs SET is_subscribed = 0, etag = NULL, last_modified = NULL, body_hash = NULL,
                   error = NULL, trouble = NULL, error_since = NULL WHERE id = ?""",
            (blog_id,),
        )
        return Removed(blog=blog, posts_kept=kept, identities=())
    from tui_reader.storage import identities

    gone = tuple(identity for identity in identities.all_identities(db) if identity.blog_id == blog_id)
    db.execute("DELETE FROM blogs WHERE id = ?", (blog_id,))
    return Removed(blog=blog, posts_kept=0, identities=gone)


def _blog(row: tuple[Any, ...]) -> Blog:
    return _made(row, current() if row[_TROUBLE] else "")


# hundreds are read again after each mark, and one or two have changed: what is frozen can be given again, in
# the same language
@lru_cache(maxsize=_KEPT)
def _made(row: tuple[Any, ...], _language: str) -> Blog:
    error, advice, code = row[13], "", row[_TROUBLE]
    if error and code:
        from tui_reader.domain import trouble  # where a blog fails

        error, advice = trouble.reason(code) or error, trouble.advice(code)
    return Blog(
        id=row[0],
        url=row[1],
        feed_url=row[2],
        title=row[3],
        added_at=moment(row[4]),
        folder=row[5],
        is_subscribed=bool(row[6]),
        comments_feed_url=row[7],
        generator=row[8],
        etag=row[9],
        last_modified=row[10],
        body_hash=row[11],
        last_refreshed=moment_or_none(row[12]),
        error=error,
        advice=advice,
        error_since=moment_or_none(row[14]),
        unread=row[15],
        new_comments=row[16],
        own_title=row[17],
        is_paused=bool(row[18]),
        gone_at=moment_or_none(row[19]),
        feed_title=row[20],
        wants_full_text=bool(row[21]),
    )


def _list_order(blog: Blog) -> tuple[bool, str, str, int]:
    return (blog.folder is not None, _plain(blog.folder or ""), _plain(blog.title), blog.id)


@lru_cache(maxsize=_KEPT)
def _plain(name: str) -> str:
    """As people sort names: É beside E, small beside large."""
    if name.isascii():
        return name.lower()
    letters = unicodedata.normalize("NFKD", name.casefold())
    return "".join(letter for letter in letters if not unicodedata.combining(letter))
