"""The stored posts one by one: by id, by address, the next with new comments; what a load says of one."""

from collections.abc import Collection, Mapping
from datetime import datetime
from sqlite3 import Connection
from typing import TYPE_CHECKING, Any

from tui_reader.domain.post import Post
from tui_reader.errors import NotFoundError
from tui_reader.language import _
from tui_reader.storage.post_lists import along, comment_count
from tui_reader.storage.post_texts import set_full_body
from tui_reader.storage.values import (
    count_or_none,
    moment,
    moment_or_none,
    stamp,
    text,
    url_key,
)

if TYPE_CHECKING:
    from tui_reader.domain.conversation import LoadedConversation

SELECT = """SELECT p.id, p.blog_id, COALESCE(b.own_title, b.title), p.url, p.guid, p.title, p.author,
    p.published, p.updated, p.first_seen, p.is_backlog, p.is_read, p.is_starred, p.comments_url,
    p.comments_feed_url, p.declared_count, p.published_comments, p.new_comments, p.engine, p.engine_facts,
    p.loaded_at, p.is_complete, p.conversation_note, p.takes_comments, p.is_later, p.is_followed
    FROM posts AS p CROSS JOIN blogs AS b ON b.id = p.blog_id """
# CROSS: walk the posts and look up their blogs, whatever the planner thinks

# joins the visit to a post whose new comments were all there at that visit
_LOOKED_AT = """LEFT JOIN visits AS v ON v.post_id = p.id
    AND NOT EXISTS (SELECT 1 FROM comments AS c WHERE c.post_id = p.id AND c.is_seen = 0
        AND c.first_seen > COALESCE(v.left_at, v.entered_at)) """


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
        along(SELECT, "posts_with_new")
        + _LOOKED_AT
        + """WHERE p.new_comments > 0 AND b.is_subscribed = 1 AND p.id IS NOT :id
             ORDER BY v.post_id IS NOT NULL, v.post_id IS NULL AND p.blog_id IS NOT :blog_id,
                 (p.sort_at, p.id) >= (:sort_at, :id), p.sort_at DESC, p.id DESC LIMIT 1""",
        {"blog_id": blog_id, "sort_at": sort_at, "id": id},
    ).fetchone()
    return None if row is None else from_row(row)


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
        comment_count=comment_count(row[15], row[16], row[21]),
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
