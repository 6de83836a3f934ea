"""One quick look at what is stored, for the frame that stands before anything else is loaded.

Nothing but SQLite is imported here. Nothing of the file is changed, and beside one that nobody has open
nothing is made. That it says what the other modules of this folder say is held by a test.
"""

import os
import sys

TYPE_CHECKING = False
if TYPE_CHECKING:  # as typing has it, which takes longer to load than all of this
    from collections.abc import Callable
    from typing import Any

    _Prepare = Callable[[str], Any]


def _keeping(most: int) -> "Callable[[_Prepare], _Prepare]":
    """``functools.lru_cache``, as SQLite's module calls it for the statements that a connection keeps."""

    def keep(prepare: "_Prepare") -> "_Prepare":
        if "functools" not in sys.modules:
            # nothing here is asked twice
            return prepare
        from functools import lru_cache

        return lru_cache(most)(prepare)

    return keep


def _load() -> None:
    """Loads what sqlite3 is made of, without functools, of which it wants that one function.

    With what functools brings along that takes two milliseconds, a tenth of the whole way to the first frame.
    """
    if "functools" in sys.modules or "_sqlite3" in sys.modules:
        return
    sys.modules["functools"] = standing_in = type(sys)("functools")
    vars(standing_in)["lru_cache"] = _keeping
    try:
        import _sqlite3  # noqa: F401 (loaded, that is all)
    except (ImportError, AttributeError):
        # a Python whose module wants more: there it is loaded as anything is
        sys.modules.pop("_sqlite3", None)
    finally:
        del sys.modules["functools"]


_load()
try:
    # without the dates that sqlite3 brings along and that nobody asks for here
    from _sqlite3 import Error, connect
except ImportError:
    from sqlite3 import Error, connect

_BLOGS = """SELECT id, COALESCE(own_title, title), url, folder, unread, error, is_paused, posts,
    gone_at, trouble
    FROM blogs WHERE is_subscribed = 1"""

_COUNTS = """SELECT COALESCE(sum(starred), 0), COALESCE(sum(later), 0),
    (SELECT count(*) FROM comments AS mine INDEXED BY comments_mine CROSS JOIN comments AS answer
        ON answer.post_id = mine.post_id AND answer.parent_id = mine.id AND answer.is_seen = 0
        CROSS JOIN posts AS p ON p.id = mine.post_id
        CROSS JOIN blogs AS b ON b.id = p.blog_id AND b.removed_at IS NULL
        WHERE mine.is_mine = 1 AND answer.is_mine = 0),
    (SELECT count(*) FROM replies WHERE state <> 'published' AND (state <> 'draft' OR has_words))
    FROM blogs WHERE removed_at IS NULL"""

_POSTS = """SELECT p.title, p.author, COALESCE(b.own_title, b.title), p.published, p.is_read, p.is_starred,
    p.is_later, p.declared_count, p.published_comments, p.is_complete, p.new_comments
    FROM posts AS p INDEXED BY posts_by_time CROSS JOIN blogs AS b ON b.id = p.blog_id
    WHERE b.removed_at IS NULL AND b.is_subscribed = 1 ORDER BY p.sort_at DESC, p.id DESC LIMIT ?"""


class BlogSeen:
    """A followed blog."""

    __slots__ = (
        "_error",
        "_trouble",
        "folder",
        "id",
        "is_gone",
        "is_paused",
        "posts",
        "title",
        "unread",
        "url",
    )

    def __init__(
        self, row: tuple[int, str, str, str | None, int, str | None, int, int, int | None, str | None]
    ) -> None:
        self.id, self.title, self.url, self.folder, self.unread, self._error, is_paused, self.posts = row[:8]
        gone, self._trouble = row[8:]
        self.is_paused, self.is_gone = bool(is_paused), gone is not None

    @property
    def error(self) -> "str | None":
        """Why it fails, in the language that is in force by now."""
        if not self._error or not self._trouble:
            return self._error
        from tui_reader.domain.trouble import reason  # where a blog fails

        return reason(self._trouble) or self._error


class PostSeen:
    """A post of the list of all."""

    __slots__ = (
        "author",
        "blog_title",
        "comment_count",
        "is_later",
        "is_read",
        "is_starred",
        "new_comment_count",
        "published",
        "title",
    )

    def __init__(
        self,
        row: tuple[str, str | None, str, int | None, int, int, int, int | None, int, int, int],
    ) -> None:
        self.title, self.author, self.blog_title = row[:3]
        self.published = None if row[3] is None else row[3] // 1_000_000
        """Seconds since 1970."""
        self.is_read, self.is_starred, self.is_later = bool(row[4]), bool(row[5]), bool(row[6])
        declared, stored, is_complete = row[7], row[8], row[9]
        self.comment_count = (
            max(declared, stored) if declared is not None else stored or (0 if is_complete else None)
        )
        self.new_comment_count = row[10]


class Glance:
    """What stands in the two lists, and what waits."""

    __slots__ = ("answers", "blogs", "later", "outbox", "posts", "starred")

    def __init__(
        self,
        blogs: list[BlogSeen],
        posts: list[PostSeen],
        counts: tuple[int, int, int, int],
    ) -> None:
        self.blogs = blogs
        self.posts = posts
        self.starred, self.later, self.answers, self.outbox = counts


def look(path: str, posts: int) -> Glance | None:
    """The blogs, and as many of the newest posts; None when the file cannot be read just so.

    Whatever is wrong with it is for the program itself to say, a moment later.
    """
    at_rest = _at_rest(path)
    if at_rest is not None:
        # without locks, log and index, which take a third of the time; true when nothing came between
        quoted = path.replace("%", "%25").replace("?", "%3f").replace("#", "%23")
        glance = _read(f"file:{quoted}?mode=ro&immutable=1", posts, is_at_rest=True)
        if glance is not None and _at_rest(path) == at_rest:
            return glance
    return _read(path, posts)


def _at_rest(path: str) -> tuple[int, int, int] | None:
    """What tells this state of a file from any later one; None while somebody may have it open.

    Whoever opens it has a log beside it until the last one has closed it.
    """
    try:
        if os.path.exists(f"{path}-wal") or os.path.exists(f"{path}-journal"):  # noqa: PTH110
            return None
        seen = os.stat(path)  # noqa: PTH116
    except OSError:
        return None
    return seen.st_ino, seen.st_size, seen.st_mtime_ns


def _read(name: str, posts: int, *, is_at_rest: bool = False) -> Glance | None:
    try:
        db = connect(name, isolation_level=None, timeout=0.05, uri=is_at_rest)
        try:
            if not is_at_rest:
                # one state of the file for all three
                db.execute("PRAGMA query_only = ON")
                db.execute("BEGIN")
            blogs = [BlogSeen(row) for row in db.execute(_BLOGS)]
            found = [PostSeen(row) for row in db.execute(_POSTS, (posts,))]
            counts = db.execute(_COUNTS).fetchone()
        finally:
            db.close()
    except Error:
        return None
    return Glance(blogs, found, counts)
