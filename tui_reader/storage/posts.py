"""The stored posts: lists of them, one by its address, its body, what the user made of it."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from sqlite3 import Connection
from typing import TYPE_CHECKING, Any

from tui_reader.domain.post import Post
from tui_reader.errors import NotFoundError
from tui_reader.language import _
from tui_reader.storage.values import (
    count_or_none,
    moment,
    moment_or_none,
    stamp,
    text,
    url_key,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from sqlite3 import Cursor

    from tui_reader.domain.conversation import LoadedConversation
    from tui_reader.domain.post_line import PostLine
    from tui_reader.domain.query import Query

SELECT = """SELECT p.id, p.blog_id, COALESCE(b.own_title, b.title), p.url, p.guid, p.title, p.author,
    p.published, p.updated, p.first_seen, p.is_backlog, p.is_read, p.is_starred, p.comments_url,
    p.comments_feed_url, p.declared_count, p.published_comments, p.new_comments, p.engine, p.engine_facts,
    p.loaded_at, p.is_complete, p.conversation_note, p.takes_comments, p.is_later, p.is_followed
    FROM posts AS p CROSS JOIN blogs AS b ON b.id = p.blog_id """
# CROSS: walk the posts and look up their blogs, whatever the planner thinks

_SELECTED = SELECT.partition("FROM")[0]
_LINES_SELECTED = """SELECT p.id, p.blog_id, p.title, p.author, p.url, p.published, p.is_read, p.is_starred,
    p.declared_count, p.published_comments, p.is_complete, p.new_comments, COALESCE(b.own_title, b.title),
    p.is_later, p.is_followed """


def _along(index: str) -> str:
    """``SELECT`` along this index.

    An index of few rows has no statistics, and the planner then takes it for one of many: a list of no
    starred post would walk over all there are.
    """
    return SELECT.replace("posts AS p", f"posts AS p INDEXED BY {index}")


_ALONG_TIME = _along("posts_by_time")
_ALONG_BLOG = _along("posts_of_blog")
_ALONG_STARRED = _along("posts_starred")
_ALONG_LATER = _along("posts_later")
_ALONG_FOLLOWED = _along("posts_followed")
_ALONG_NEW = _along("posts_with_new")
_ALONG_UNREAD = _along("posts_unread")

PIECE = 1000
"""Posts that are handed over at once."""

# joins the visit to a post whose new comments were all there at that visit
_LOOKED_AT = """LEFT JOIN visits AS v ON v.post_id = p.id
    AND NOT EXISTS (SELECT 1 FROM comments AS c WHERE c.post_id = p.id AND c.is_seen = 0
        AND c.first_seen > COALESCE(v.left_at, v.entered_at)) """


@dataclass(frozen=True, slots=True, kw_only=True)
class PostFilter:
    """Which posts a list shows; all conditions hold together."""

    blog_id: int | None = None
    folder: str | None = None
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Body:
    """A post's text, foreign and as it came."""

    html: str
    base_url: str
    """What relative addresses in it start from."""
    is_excerpt: bool
    """There is more on the blog."""
    is_full: bool = False
    """It is not the feed's text, but was fetched from the blog."""


def list_posts(db: Connection, filter: PostFilter | None = None) -> tuple[Post, ...]:
    """Posts, newest first; undated ones by when they were first seen.

    Those of blogs that are not followed are shown where their blog is asked for, or what is starred, kept
    for later or followed; those of a removed blog never are.
    """
    return tuple(map(from_row, _listed_rows(db, PostFilter() if filter is None else filter)))


def each_line(db: Connection, filter: PostFilter, take: "Callable[[Sequence[PostLine]], None]") -> None:
    """Hands the same posts over in pieces, so that any number of them takes the room of a piece."""
    from tui_reader.domain.post_line import PostLine  # not for the lists of the first frame

    rows = _listed_rows(db, filter, _LINES_SELECTED)
    while piece := rows.fetchmany(PIECE):
        take(
            [
                PostLine(
                    row[0],
                    row[1],
                    row[2],
                    row[3],
                    row[4],
                    moment_or_none(row[5]),
                    bool(row[6]),
                    bool(row[7]),
                    _comment_count(row[8], row[9], row[10]),
                    row[11],
                    row[12],
                    bool(row[13]),
                    bool(row[14]),
                )
                for row in piece
            ]
        )


def _listed_rows(db: Connection, wanted: PostFilter, selected: str = _SELECTED) -> "Cursor":
    shown, parameters = conditions(wanted)
    parameters["limit"] = -1 if wanted.limit is None else wanted.limit
    parameters["offset"] = wanted.offset
    walk = _walk(wanted).replace(_SELECTED, selected)
    return db.execute(
        f"""{walk} WHERE {shown}
            ORDER BY p.sort_at DESC, p.id DESC LIMIT :limit OFFSET :offset""",
        parameters,
    )


def conditions(wanted: PostFilter) -> tuple[str, dict[str, Any]]:
    """What a post ``p`` of a blog ``b`` must be to pass the filter, as SQL with its parameters."""
    shown = ["b.removed_at IS NULL"]
    if wanted.blog_id is not None:
        shown.append("p.blog_id = :blog_id")
    elif not (wanted.is_starred or wanted.is_later or wanted.is_followed or wanted.ids is not None):
        shown.append("b.is_subscribed = 1")
    if wanted.folder is not None:
        # from the folder's blogs to their posts: the other way round a small folder costs a walk over all
        shown.append("p.blog_id IN (SELECT id FROM blogs WHERE folder = :folder)")
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
    parameters: dict[str, Any] = {"blog_id": wanted.blog_id, "folder": wanted.folder}
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


def get_post(db: Connection, post_id: int) -> Post:
    """The post with this id.

    Raises:
        NotFoundError: there is none.
    """
    row = db.execute(SELECT + "WHERE p.id = ?", (post_id,)).fetchone()
    if row is None:
        raise NotFoundError(_("there is no post {post_id}").format(post_id=post_id))
    return from_row(row)


def find_post(db: Connection, url: str) -> Post | None:
    """The post at this address: the very address if it is stored, else one that means the same.

    Scheme, fragment, trailing slash and ``utm_`` marks do not matter then.
    """
    url = text(url).strip()
    row = db.execute(
        SELECT
        + """WHERE p.url_key = ?
            ORDER BY p.url = ? DESC, b.is_subscribed DESC, p.sort_at DESC, p.id DESC LIMIT 1""",
        (url_key(url), url),
    ).fetchone()
    return None if row is None else from_row(row)


def mark(
    db: Connection, post_ids: Collection[int], *, read: bool | None = None, starred: bool | None = None
) -> tuple[int, ...]:
    """Marks posts as read or not, as starred or not; None leaves it. Gives those that changed.

    What the user marks by hand goes through ``storage.marks``, and can be taken back.
    """
    changed = [
        post_id
        for post_id in post_ids
        if db.execute(
            """UPDATE posts
               SET is_read = COALESCE(:read, is_read), is_starred = COALESCE(:starred, is_starred)
               WHERE id = :id AND (is_read <> :read OR is_starred <> :starred)""",
            {"id": post_id, "read": read, "starred": starred},
        ).rowcount
    ]
    return tuple(changed)


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


def watched(db: Connection, blog_id: int) -> set[int]:
    """The blog's posts whose comments are worth a request: read, written under or followed.

    Not those of which the user said that he does not follow them.
    """
    return {
        id
        for (id,) in db.execute(
            "SELECT id FROM posts WHERE blog_id = ? AND COALESCE(is_followed, is_read) = 1", (blog_id,)
        )
    }


def body(db: Connection, post_id: int, *, of_feed: bool = False) -> Body:
    """The post's text, the whole one where it was fetched and is not unwanted.

    Raises:
        NotFoundError: there is no such post.
    """
    row = db.execute(
        "SELECT html, base_url, is_excerpt, full_html FROM bodies WHERE post_id = ?", (post_id,)
    ).fetchone()
    if row is None:
        raise NotFoundError(_("there is no post {post_id}").format(post_id=post_id))
    html, base_url, is_excerpt, full_html = row
    if full_html is not None and not of_feed:
        return Body(html=full_html, base_url=base_url, is_excerpt=False, is_full=True)
    return Body(html=html, base_url=base_url, is_excerpt=bool(is_excerpt))


def set_full_body(db: Connection, post_id: int, html: str) -> None:
    """Keeps the whole text that the blog itself gave, beside the feed's."""
    html = text(html)
    changed = db.execute(
        """UPDATE bodies SET full_html = :html, full_from = NULL, full_for = NULL
           WHERE post_id = :id AND (full_html IS NOT :html OR full_from IS NOT NULL)""",
        {"html": html, "id": post_id},
    )
    if changed.rowcount:
        db.execute("UPDATE posts SET is_indexed = 0 WHERE id = ?", (post_id,))


def set_conversation(db: Connection, post_id: int, loaded: "LoadedConversation", *, now: datetime) -> None:
    """Keeps what a load said of the conversation as a whole; its comments are stored before.

    Where the blog did not say how many there are, a complete load has counted them.
    """
    db.execute(
        """UPDATE posts SET engine = :engine, engine_facts = :facts, loaded_at = :now,
               is_complete = :is_complete, conversation_note = :note, takes_comments = :takes_comments,
               declared_count = CASE WHEN :total IS NOT NULL THEN :total
                   WHEN :is_complete THEN published_comments ELSE declared_count END
           WHERE id = :id""",
        {
            "id": post_id,
            "engine": text(loaded.engine),
            "facts": _facts_to_text(loaded.facts),
            "now": stamp(now),
            "is_complete": loaded.is_complete,
            "note": text(loaded.note),
            "takes_comments": loaded.takes_comments,
            "total": count_or_none(loaded.total),
        },
    )
    if loaded.post_html is not None:
        set_full_body(db, post_id, loaded.post_html)


def next_post_with_new(db: Connection, after_post_id: int | None = None) -> Post | None:
    """The next post that has new comments, in the order of the lists, going round.

    First those whose new comments were not looked at yet: older ones of the same blog, newer ones of
    it, then other blogs'. When all were looked at, simply the next in the list of all; the post itself
    is never meant.
    """
    here = db.execute("SELECT blog_id, sort_at, id FROM posts WHERE id = ?", (after_post_id,)).fetchone()
    blog_id, sort_at, id = here or (None, None, None)
    # marks stay for five minutes after a visit: without telling visited ones apart, one would go round
    # in the first blog for ever
    row = db.execute(
        _ALONG_NEW
        + _LOOKED_AT
        + """WHERE p.new_comments > 0 AND b.is_subscribed = 1 AND p.id IS NOT :id
             ORDER BY v.post_id IS NOT NULL, v.post_id IS NULL AND p.blog_id IS NOT :blog_id,
                 (p.sort_at, p.id) >= (:sort_at, :id), p.sort_at DESC, p.id DESC LIMIT 1""",
        {"blog_id": blog_id, "sort_at": sort_at, "id": id},
    ).fetchone()
    return None if row is None else from_row(row)


def _walk(wanted: PostFilter) -> str:
    """Along the index that leads to the wanted posts, in their order, with the fewest others between."""
    if wanted.ids is not None:
        return SELECT
    if wanted.blog_id is not None or wanted.folder is not None:
        return _ALONG_BLOG
    if wanted.is_starred:
        return _ALONG_STARRED
    if wanted.is_later:
        return _ALONG_LATER
    if wanted.is_followed:
        return _ALONG_FOLLOWED
    if wanted.has_new_comments:
        return _ALONG_NEW
    return _ALONG_UNREAD if wanted.is_unread else _ALONG_TIME


def from_row(row: tuple[Any, ...]) -> Post:
    """A post of the columns of ``SELECT``."""
    return Post(
        id=row[0],
        blog_id=row[1],
        blog_title=row[2],
        url=row[3],
        guid=row[4],
        title=row[5],
        author=row[6],
        published=moment_or_none(row[7]),
        updated=moment_or_none(row[8]),
        first_seen=moment(row[9]),
        is_backlog=bool(row[10]),
        is_read=bool(row[11]),
        is_starred=bool(row[12]),
        comments_url=row[13],
        comments_feed_url=row[14],
        comment_count=_comment_count(row[15], row[16], row[21]),
        new_comment_count=row[17],
        engine=row[18],
        engine_facts=_facts_from_text(row[19]),
        loaded_at=moment_or_none(row[20]),
        is_complete=bool(row[21]),
        conversation_note=row[22],
        takes_comments=None if row[23] is None else bool(row[23]),
        is_later=bool(row[24]),
        is_followed=bool(row[25]),
    )


def _comment_count(declared: int | None, published: int, is_complete: int) -> int | None:
    if declared is None:
        return published if published or is_complete else None
    # more stored than declared: the blog's word is older than the newest comment
    return max(declared, published)


def _facts_to_text(facts: Mapping[str, str]) -> str | None:
    if not facts:
        return None
    import json  # not for the lists of the first frame

    return json.dumps({text(name): text(fact) for name, fact in facts.items()}, ensure_ascii=False)


def _facts_from_text(facts: str | None) -> dict[str, str]:
    if facts is None:
        return {}
    import json

    return dict(json.loads(facts))
