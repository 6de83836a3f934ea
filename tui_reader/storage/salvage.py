"""What can be read of a damaged database, written into a whole one: row by row, around the damage."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, suppress
from dataclasses import dataclass
from pathlib import Path
from sqlite3 import Connection

from tui_reader.storage.values import url_key

# Every name of a table or a column in the statements below is one of our own; strangers' are values only.

# parents before their children; what the index of words and the feeds' entries hold is made anew
_TABLES = ("blogs", "identities", "posts", "bodies", "comments", "visits", "replies", "places", "mutes")
# of a file that was made before there were any none is missed
_LATER_TABLES = ("folders",)
_STEP_AT_MOST = 64
"""Rows that are passed over at once where nothing can be read; small, so that few good ones are."""
_BEYOND = 100_000
"""Rows that are looked for behind the last one, where the file cannot say how many there are."""
_INTERIOR = 5
"""A page that leads to others."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Salvaged:
    """What was saved of a damaged database."""

    blogs: int
    posts: int
    comments: int
    replies: int
    has_gaps: bool
    """Some of it could not be read."""

    @property
    def has_anything(self) -> bool:
        """Whether there was anything to save."""
        return bool(self.blogs or self.posts or self.replies)


def salvage(damaged: Path, whole: Path, new: Connection) -> Salvaged:
    """Fills a new database with what can be read of a damaged one.

    Args:
        damaged: A copy that nobody else uses; what it says of its tables may be made anew in trying.
        whole: A new, empty database of this version.
        new: The connection to it.
    """
    new.execute("PRAGMA foreign_keys = OFF")
    triggers = new.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").fetchall()
    schema = _schema(new, whole)
    new.execute("BEGIN IMMEDIATE")
    with new:
        # they count what is added; here everything is counted once, at the end
        for name, _sql in triggers:
            new.execute(f"DROP TRIGGER {name}")
        has_gaps = not _copy(damaged, new)
        if has_gaps and _lacks_tables(damaged):
            _transplant(schema, damaged)
            has_gaps = not _copy(damaged, new)
        has_gaps |= _tie(new)
        _count_anew(new)
        for _name, sql in triggers:
            new.execute(sql)
    new.execute("PRAGMA foreign_keys = ON")
    return Salvaged(
        blogs=_count(new, "blogs"),
        posts=_count(new, "posts"),
        comments=_count(new, "comments"),
        replies=_count(new, "replies"),
        has_gaps=has_gaps,
    )


def _copy(damaged: Path, new: Connection) -> bool:
    """Copies every row that can be read; whether that was all there is."""
    is_whole = True
    # not read-only: what stands in the journal beside it belongs to it
    with closing(_as_it_is(damaged)) as old:
        for table in (*_TABLES, *_LATER_TABLES):
            columns = _columns(old, table) & _columns(new, table)
            if not columns:
                is_whole &= table in _LATER_TABLES
                continue
            rows = _Rows(old, table, sorted(columns))
            names, places = ", ".join(rows.columns), ", ".join("?" * len(columns))
            insert = f"INSERT OR IGNORE INTO {table} ({names}) VALUES ({places})"  # noqa: S608
            for row in rows:
                try:
                    is_whole &= bool(new.execute(insert, row).rowcount)
                except sqlite3.Error:
                    # what stands there is no such row: a page of another table, or garbage
                    is_whole = False
            is_whole &= not rows.has_gaps
    return is_whole


def _as_it_is(damaged: Path) -> Connection:
    db = sqlite3.connect(damaged, isolation_level=None)
    # else a file that was cut short is refused as a whole
    db.execute("PRAGMA writable_schema = ON")
    # half a letter is better than none
    db.text_factory = lambda data: data.decode("utf-8", "replace")
    return db


def _columns(db: Connection, table: str) -> set[str]:
    with suppress(sqlite3.DatabaseError):
        return {row[1] for row in db.execute(f"PRAGMA table_info({table})")}
    return set()


class _Rows:
    """The rows of a table that can be read, in their order."""

    def __init__(self, db: Connection, table: str, columns: list[str]) -> None:
        self.columns = columns
        self.has_gaps = False
        self._db = db
        # NOT INDEXED: an index may be damaged where the rows are not, and the other way round
        self._select = (
            f"SELECT rowid, {', '.join(columns)} FROM {table} NOT INDEXED"  # noqa: S608
            " WHERE rowid >= ? ORDER BY rowid"
        )
        self._last = f"SELECT max(rowid) FROM {table} NOT INDEXED"  # noqa: S608

    def __iter__(self) -> Iterator[tuple[object, ...]]:
        at, step, last = 0, 1, self._highest()
        while last is None or at <= last:
            try:
                for row in self._db.execute(self._select, (at,)):
                    yield row[1:]
                    at, step = row[0] + 1, 1
            except sqlite3.DatabaseError:
                self.has_gaps = True
                if last is None:
                    last = at + _BEYOND
                at += step
                step = min(step * 2, _STEP_AT_MOST)
            else:
                return

    def _highest(self) -> int | None:
        try:
            (found,) = self._db.execute(self._last).fetchone()
        except sqlite3.DatabaseError:
            return None
        return found if isinstance(found, int) else -1


def _lacks_tables(damaged: Path) -> bool:
    with closing(_as_it_is(damaged)) as old:
        return not all(_columns(old, table) for table in _TABLES)


def _schema(db: Connection, path: Path) -> dict[int, bytes]:
    """The pages of a file that say which tables there are and where each begins, by their numbers.

    They are the same in every file that this version made; where they mislead, what is found there are rows
    of other tables, and does not fit. (https://www.sqlite.org/fileformat2.html#b_tree_pages)
    """
    db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    (size,) = db.execute("PRAGMA page_size").fetchone()
    data = path.read_bytes()
    pages: dict[int, bytes] = {}
    todo = [1]
    while todo:
        number = todo.pop()
        page = pages[number] = data[(number - 1) * size : number * size]
        # the file's own head stands before the first page's
        head = 100 if number == 1 else 0
        if page[head] != _INTERIOR:
            continue
        cells = int.from_bytes(page[head + 3 : head + 5], "big")
        places = (
            int.from_bytes(page[at : at + 2], "big") for at in range(head + 12, head + 12 + 2 * cells, 2)
        )
        todo += [int.from_bytes(page[place : place + 4], "big") for place in places]
        todo.append(int.from_bytes(page[head + 8 : head + 12], "big"))
    return pages


def _transplant(schema: dict[int, bytes], damaged: Path) -> None:
    """Puts these pages in the place of a damaged file's own."""
    size = len(schema[1])
    count = damaged.stat().st_size // size
    with damaged.open("r+b") as file:
        for number, page in schema.items():
            if number == 1:
                # how many pages there are, and that none of them is known to be free
                page = page[:28] + count.to_bytes(4, "big") + bytes(8) + page[40:]
            if number <= count:
                file.seek((number - 1) * size)
                file.write(page)


def _tie(db: Connection) -> bool:
    """Lets no row point to one that is lost, and keeps the user's own words; whether any was lost."""
    lost = db.execute(
        """SELECT DISTINCT p.blog_id, min(p.url) FROM posts AS p
           WHERE p.blog_id NOT IN (SELECT id FROM blogs) GROUP BY p.blog_id"""
    ).fetchall()
    for blog_id, url in lost:
        _add_blog(db, blog_id, url)
    orphans = db.execute(
        "SELECT DISTINCT post_id FROM replies WHERE post_id NOT IN (SELECT id FROM posts)"
    ).fetchall()
    if orphans:
        (blog_id,) = db.execute("SELECT COALESCE(max(id), 0) + 1 FROM blogs").fetchone()
        _add_blog(db, blog_id, "")
    for (post_id,) in orphans:
        db.execute(
            """INSERT INTO posts (id, blog_id, guid, url, url_key, title, first_seen, sort_at, content_hash,
                   is_backlog) VALUES (?, ?, ?, '', '', '', 0, 0, '', 1)""",
            (post_id, blog_id, f"lost-{post_id}"),
        )
    gone = sum(
        db.execute(f"DELETE FROM {table} WHERE {column} NOT IN (SELECT id FROM {parent})").rowcount  # noqa: S608
        for table, column, parent in (
            ("bodies", "post_id", "posts"),
            ("comments", "post_id", "posts"),
            ("visits", "post_id", "posts"),
            ("places", "post_id", "posts"),
            ("mutes", "post_id", "posts"),
            ("mutes", "blog_id", "blogs"),
        )
    )
    # half of what a list said says nothing
    db.execute("UPDATE blogs SET outline = NULL WHERE NOT json_valid(outline)")
    gone += db.execute("DELETE FROM folders WHERE NOT json_valid(said)").rowcount
    # an identity for one blog is not to become one for all of them
    gone += db.execute("DELETE FROM identities WHERE blog_id NOT IN (SELECT id FROM blogs)").rowcount
    db.execute("UPDATE replies SET identity_id = NULL WHERE identity_id NOT IN (SELECT id FROM identities)")
    without = db.execute(
        """INSERT INTO bodies (post_id, html, base_url, is_excerpt)
           SELECT id, '', url, 1 FROM posts WHERE id NOT IN (SELECT post_id FROM bodies)"""
    ).rowcount
    return bool(lost or orphans or gone or without)


def _add_blog(db: Connection, blog_id: int, url: str) -> None:
    """Stands in for a lost blog; it is not followed, since nobody knows its feed any more."""
    home = "/".join(url.split("/", 3)[:3])
    db.execute(
        """INSERT INTO blogs (id, url, url_key, feed_url, feed_key, title, is_subscribed, added_at)
           VALUES (?, ?, ?, '', '', ?, 0, 0)""",
        (blog_id, home, url_key(home), home.partition("://")[2] or "?"),
    )


def _count_anew(db: Connection) -> None:
    """Brings the numbers that triggers keep in order, and has feeds and words read anew."""
    db.execute(
        """UPDATE posts SET is_indexed = 0,
               new_comments = (SELECT count(*) FROM comments AS c
                   WHERE c.post_id = posts.id AND c.is_seen = 0),
               published_comments = (SELECT count(*) FROM comments AS c
                   WHERE c.post_id = posts.id AND c.state = 'published')"""
    )
    # an empty hash: the next feed that holds the post gives it its text again
    db.execute("UPDATE posts SET content_hash = '' WHERE id IN (SELECT post_id FROM bodies WHERE html = '')")
    db.execute("UPDATE comments SET is_indexed = 0")
    sums = ", ".join(
        f"{column} = (SELECT COALESCE(sum({value}), 0) FROM posts AS p WHERE p.blog_id = blogs.id)"  # noqa: S608
        for column, value in (
            ("posts", "1"),
            ("unread", "1 - p.is_read"),
            ("new_comments", "p.new_comments"),
            ("starred", "p.is_starred"),
            ("later", "p.is_later"),
            ("followed", "COALESCE(p.is_followed, 0)"),
        )
    )
    db.execute(f"UPDATE blogs SET {sums}, etag = NULL, last_modified = NULL, body_hash = NULL")  # noqa: S608


def _count(db: Connection, table: str) -> int:
    found: int = db.execute(f"SELECT count(*) FROM {table}").fetchone()[0]  # noqa: S608
    return found
