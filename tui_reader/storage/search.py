"""Full-text search over posts and comments, newest first; texts are indexed a few at a time, later."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from sqlite3 import Connection
from typing import Any

from tui_reader.domain.post import Post
from tui_reader.storage import posts
from tui_reader.storage.values import moment_or_none, text

_ROOM = 4096
"""How many texts may be of one second before they spill into the next."""

_SECOND = 1_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """One post or comment that a search found."""

    kind: str
    """``post`` or ``comment``."""
    post: Post
    comment_id: str | None
    title: str
    author: str
    snippet: str
    """The words around the first hit."""
    url: str | None
    published: datetime | None


def find(db: Connection, query: str, *, limit: int = 50) -> tuple[Hit, ...]:
    """Posts and comments with all words of ``query``, newest first.

    A word that ends in ``*`` is a beginning, and so may the last one be; words in double quotes must
    stand together. Nothing else in ``query`` is an operator.
    """
    match = _match(query)
    if not match:
        return ()
    # ids grow with time: the newest come first without sorting what may be every text there is
    rows = db.execute(
        """SELECT r.post_id, r.comment_key, snippet(search, 2, '', '', '…', 24)
           FROM search CROSS JOIN search_rows AS r ON r.id = search.rowid
               CROSS JOIN posts AS p ON p.id = r.post_id
               CROSS JOIN blogs AS b ON b.id = p.blog_id AND b.removed_at IS NULL
           WHERE search MATCH ? ORDER BY search.rowid DESC LIMIT ?""",
        (match, limit),
    ).fetchall()
    return tuple(_hit(db, *row) for row in rows)


def index_pending(db: Connection, text_of: Callable[[str], str], limit: int = 200) -> int:
    """Indexes up to ``limit`` texts that are new or changed; gives how many, 0 when all is done.

    Args:
        db: The connection.
        text_of: HTML to plain text.
        limit: So many at most: others wait for the connection meanwhile.
    """
    waiting = db.execute(
        """SELECT p.id, p.sort_at, p.title, COALESCE(p.author, ''), COALESCE(b.full_html, b.html)
           FROM posts AS p INDEXED BY posts_to_index JOIN bodies AS b ON b.post_id = p.id
           WHERE p.is_indexed = 0 LIMIT ?""",
        (limit,),
    ).fetchall()
    for post_id, at, title, author, html in waiting:
        db.execute("DELETE FROM search_rows WHERE post_id = ? AND comment_key IS NULL", (post_id,))
        _add(db, at, (post_id, None, title, author, text(text_of(html))))
        db.execute("UPDATE posts SET is_indexed = 1 WHERE id = ?", (post_id,))
    said = db.execute(
        """SELECT key, post_id, COALESCE(published, first_seen), author, html
           FROM comments INDEXED BY comments_to_index WHERE is_indexed = 0 LIMIT ?""",
        (limit - len(waiting),),
    ).fetchall()
    for key, post_id, at, author, html in said:
        db.execute("DELETE FROM search_rows WHERE comment_key = ?", (key,))
        _add(db, at, (post_id, key, "", author, text(text_of(html))))
        db.execute("UPDATE comments SET is_indexed = 1 WHERE key = ?", (key,))
    return len(waiting) + len(said)


def _add(db: Connection, at: int, row: tuple[Any, ...]) -> None:
    first = at // _SECOND * _ROOM
    while True:
        (last,) = db.execute(
            "SELECT max(id) FROM search_rows WHERE id >= ? AND id < ?", (first, first + _ROOM)
        ).fetchone()
        if last is None or last < first + _ROOM - 1:
            break
        first += _ROOM
    db.execute(
        "INSERT INTO search_rows (id, post_id, comment_key, title, author, text) VALUES (?, ?, ?, ?, ?, ?)",
        (first if last is None else last + 1, *row),
    )


def _match(query: str) -> str:
    """``query`` in FTS5's language, every word quoted (https://sqlite.org/fts5.html, section 3)."""
    query = text(query)
    terms = []
    for quoted, word in re.findall(r'"([^"]*)"|([^\s"]+)', query):
        phrase = quoted or word
        # a phrase without a word would match nothing
        if any(letter.isalnum() for letter in phrase):
            terms.append(f'"{phrase}"' + ("*" if word.endswith("*") else ""))
    if terms and query[-1].isalnum():
        # it may be typed still
        terms[-1] += "*"
    return " ".join(terms)


def _hit(db: Connection, post_id: int, comment_key: int | None, snippet: str) -> Hit:
    post = posts.get_post(db, post_id)
    if comment_key is None:
        return Hit(
            kind="post",
            post=post,
            comment_id=None,
            title=post.title,
            author=post.author or "",
            snippet=snippet,
            url=post.url,
            published=post.published,
        )
    id, author, url, published = db.execute(
        "SELECT id, author, url, published FROM comments WHERE key = ?", (comment_key,)
    ).fetchone()
    return Hit(
        kind="comment",
        post=post,
        comment_id=id,
        title=post.title,
        author=author,
        snippet=snippet,
        url=url,
        published=moment_or_none(published),
    )
