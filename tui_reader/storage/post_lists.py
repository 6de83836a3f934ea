"""Lists of the stored posts, newest first, and how many there are."""

from sqlite3 import Connection
from typing import TYPE_CHECKING, Any, NamedTuple

from tui_reader.domain.folders import SEPARATOR, folder_path
from tui_reader.domain.post_line import PostLine
from tui_reader.storage.values import moment_or_none

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from sqlite3 import Cursor

    from tui_reader.domain.query import Query

_SELECT = """SELECT p.id, p.blog_id, p.title, p.author, p.url, p.published, p.is_read, p.is_starred,
    p.declared_count, p.published_comments, p.is_complete, p.new_comments, COALESCE(b.own_title, b.title),
    p.is_later, p.is_followed
    FROM posts AS p CROSS JOIN blogs AS b ON b.id = p.blog_id """
# CROSS: walk the posts and look up their blogs, whatever the planner thinks

PIECE = 1000
"""Posts that are handed over at once."""


class PostFilter(NamedTuple):
    """Which posts a list shows; all conditions hold together."""

    blog_id: int | None = None
    folder: str | None = None
    """What is in folders in it, too."""
    is_unread: bool = False
    is_starred: bool = False
    is_later: bool = False
    is_followed: bool = False
    has_new_comments: bool = False
    ids: frozenset[int] | None = None
    """Among these only, also where their blog is not followed."""
    query: "Query | None" = None
    also: frozenset[int] = frozenset()
    """Posts that the query need not let through: nothing leaves a list while it is open."""
    limit: int | None = None
    offset: int = 0


class Counts(NamedTuple):
    """What there is in all, of the blogs that are followed."""

    posts: int
    unread: int
    starred: int
    """Also of blogs that are not followed any more."""
    new_comments: int
    answers: int
    """Answers to comments of mine that came since the last visit."""
    held: int
    """Replies that may still appear; not those that were looked for in vain."""
    outbox: int
    """Replies that are not published, the held ones among them."""
    later: int = 0
    """To be read later, also of blogs that are not followed."""
    followed: int = 0
    """Posts under which the user follows what is said."""


def list_posts(db: Connection, filter: PostFilter | None = None) -> tuple[PostLine, ...]:
    """Posts, newest first; undated ones by when they were first seen.

    Those of blogs that are not followed are shown where their blog is asked for, or what is starred, kept
    for later or followed; those of a removed blog never are.
    """
    return tuple(map(_line, _rows(db, PostFilter() if filter is None else filter)))


def each_line(db: Connection, filter: PostFilter, take: "Callable[[Sequence[PostLine]], None]") -> None:
    """Hands the same posts over in pieces, so that any number of them takes the room of a piece."""
    rows = _rows(db, filter)
    while piece := rows.fetchmany(PIECE):
        take(list(map(_line, piece)))


def conditions(wanted: PostFilter) -> tuple[str, dict[str, Any]]:
    """What a post ``p`` of a blog ``b`` must be to pass the filter, as SQL with its parameters."""
    shown = ["b.removed_at IS NULL"]
    if wanted.blog_id is not None:
        shown.append("p.blog_id = :blog_id")
    elif not (wanted.is_starred or wanted.is_later or wanted.is_followed or wanted.ids is not None):
        shown.append("b.is_subscribed = 1")
    if wanted.folder is not None:
        # from the folder's blogs to their posts: the other way round a small folder costs a walk over all
        shown.append(
            """p.blog_id IN (SELECT id FROM blogs
                WHERE folder = :folder OR substr(folder, 1, length(:within)) = :within)"""
        )
    if wanted.is_unread:
        shown.append("p.is_read = 0")
    if wanted.is_starred:
        shown.append("p.is_starred = 1")
    if wanted.is_later:
        shown.append("p.is_later = 1")
    if wanted.is_followed:
        shown.append("p.is_followed = 1")
    if wanted.has_new_comments:
        shown.append("p.new_comments > 0")
    if wanted.ids is not None:
        shown.append(f"p.id IN ({_listed(wanted.ids)})")
    parameters: dict[str, Any] = {"blog_id": wanted.blog_id}
    if wanted.folder is not None:
        folder = folder_path(wanted.folder) or ""
        parameters |= {"folder": folder, "within": folder + SEPARATOR}
    if wanted.query is not None:
        from tui_reader.storage.narrowing import narrowed  # not for the lists of the first frame

        terms, values = narrowed(wanted.query)
        parameters |= values
        narrow = " AND ".join(terms)
        if wanted.also:
            narrow = f"({narrow} OR p.id IN ({_listed(wanted.also)}))"
        shown.append(narrow)
    return " AND ".join(shown), parameters


def _listed(ids: frozenset[int]) -> str:
    # numbers of our own, and more of them than SQLite takes as parameters
    return ", ".join(map(str, map(int, ids)))


def counts(db: Connection) -> Counts:
    """What there is in all; costs the same with a hundred posts and a hundred thousand."""
    row = db.execute(
        """SELECT COALESCE(sum(posts) FILTER (WHERE is_subscribed), 0),
               COALESCE(sum(unread) FILTER (WHERE is_subscribed), 0),
               COALESCE(sum(new_comments) FILTER (WHERE is_subscribed), 0),
               COALESCE(sum(starred), 0), COALESCE(sum(later), 0), COALESCE(sum(followed), 0),
               (SELECT count(*) FROM comments AS mine INDEXED BY comments_mine
                    CROSS JOIN comments AS answer INDEXED BY comments_by_parent
                    ON answer.post_id = mine.post_id AND answer.parent_id = mine.id AND answer.is_seen = 0
                    CROSS JOIN posts AS p ON p.id = mine.post_id
                    CROSS JOIN blogs AS b ON b.id = p.blog_id AND b.removed_at IS NULL
                    WHERE mine.is_mine = 1 AND answer.is_mine = 0),
               (SELECT count(*) FROM replies WHERE state = 'held' AND given_up_at IS NULL),
               (SELECT count(*) FROM replies WHERE state <> 'published' AND (state <> 'draft' OR has_words))
           FROM blogs WHERE removed_at IS NULL"""
    ).fetchone()
    posts, unread, new_comments, starred, later, followed, answers, held, outbox = row
    return Counts(
        posts=posts,
        unread=unread,
        starred=starred,
        new_comments=new_comments,
        answers=answers,
        held=held,
        outbox=outbox,
        later=later,
        followed=followed,
    )


def along(select: str, index: str) -> str:
    """``select`` along this index of the posts.

    An index of few rows has no statistics, and the planner then takes it for one of many: a list of no
    starred post would walk over all there are.
    """
    return select.replace("posts AS p", f"posts AS p INDEXED BY {index}")


def comment_count(declared: int | None, published: int, is_complete: int) -> int | None:
    """How many comments there are by the best that is known, of what the blog says and what is stored."""
    if declared is None:
        return published if published or is_complete else None
    # more stored than declared: the blog's word is older than the newest comment
    return max(declared, published)


def _rows(db: Connection, wanted: PostFilter) -> "Cursor":
    shown, parameters = conditions(wanted)
    parameters["limit"] = -1 if wanted.limit is None else wanted.limit
    parameters["offset"] = wanted.offset
    return db.execute(
        f"""{_walk(wanted)} WHERE {shown}
            ORDER BY p.sort_at DESC, p.id DESC LIMIT :limit OFFSET :offset""",
        parameters,
    )


def _walk(wanted: PostFilter) -> str:
    """Along the index that leads to the wanted posts, in their order, with the fewest others between."""
    if wanted.ids is not None:
        return _SELECT
    if wanted.blog_id is not None or wanted.folder is not None:
        index = "posts_of_blog"
    elif wanted.is_starred:
        index = "posts_starred"
    elif wanted.is_later:
        index = "posts_later"
    elif wanted.is_followed:
        index = "posts_followed"
    elif wanted.has_new_comments:
        index = "posts_with_new"
    else:
        index = "posts_unread" if wanted.is_unread else "posts_by_time"
    return along(_SELECT, index)


def _line(row: tuple[Any, ...]) -> PostLine:
    # by position: of two hundred lines names would take a third of the time
    return PostLine(
        row[0],
        row[1],
        row[2],
        row[3],
        row[4],
        moment_or_none(row[5]),
        bool(row[6]),
        bool(row[7]),
        comment_count(row[8], row[9], row[10]),
        row[11],
        row[12],
        bool(row[13]),
        bool(row[14]),
    )
