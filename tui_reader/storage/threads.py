"""The conversations that are the user's, across all blogs: where he wrote, and what he follows."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime
from sqlite3 import Connection

from tui_reader.domain.comment import Comment
from tui_reader.domain.post import Post
from tui_reader.domain.reply import Reply
from tui_reader.storage import comments, outbox, posts
from tui_reader.storage.values import moment

# a post where a reply waits is the user's as well, though the blog has not seen a word of it
_TALK = """WITH mine (post_id) AS (
        SELECT id FROM posts WHERE is_followed = 1
        UNION SELECT r.post_id FROM replies AS r JOIN posts AS p ON p.id = r.post_id
            WHERE r.state <> 'published' AND (r.state <> 'draft' OR r.has_words) AND p.is_followed IS NOT 0)
    SELECT p.id, p.new_comments,
        COALESCE((SELECT max(COALESCE(c.published, c.first_seen)) FROM comments AS c
            WHERE c.post_id = p.id), p.sort_at)
    FROM mine CROSS JOIN posts AS p ON p.id = mine.post_id
        CROSS JOIN blogs AS b ON b.id = p.blog_id AND b.removed_at IS NULL"""

_ANSWERED = """SELECT answer.post_id, count(*), sum(1 - answer.is_seen)
    FROM comments AS mine INDEXED BY comments_mine
        CROSS JOIN comments AS answer INDEXED BY comments_by_parent
        ON answer.post_id = mine.post_id AND answer.parent_id = mine.id
    WHERE mine.is_mine = 1 AND answer.is_mine = 0 GROUP BY answer.post_id"""


@dataclass(frozen=True, slots=True, kw_only=True)
class ThreadSummary:
    """One conversation of the user's."""

    post: Post
    mine: int
    """How many comments of his are there."""
    my_last: Comment | None
    answers: int
    """How many comments answer one of his."""
    new_answers: int
    """How many of those came since the last visit."""
    waiting: tuple[Reply, ...]
    """His replies that are not published: being written, queued, uncertain, held, refused."""
    latest: datetime
    """When the last word was said, or the post came."""


def mine(db: Connection, *, limit: int = 200) -> tuple[ThreadSummary, ...]:
    """Conversations in which the user wrote or that he follows.

    First those where he was answered since the last visit, then those with other new comments, then the
    rest; each part by its last word. What he said that he does not follow is left out.
    """
    answered = {post_id: (total, new) for post_id, total, new in db.execute(_ANSWERED)}
    talk = db.execute(_TALK).fetchall()
    talk.sort(key=lambda row: (answered.get(row[0], (0, 0))[1] > 0, row[1] > 0, row[2], row[0]), reverse=True)
    waiting: defaultdict[int, list[Reply]] = defaultdict(list)
    for reply in outbox.list_replies(db):
        waiting[reply.post_id].append(reply)
    found = []
    for post_id, _, latest in talk[:limit]:
        total, new = answered.get(post_id, (0, 0))
        said = comments.mine_of(db, post_id)
        found.append(
            ThreadSummary(
                post=posts.get_post(db, post_id),
                mine=len(said),
                my_last=said[-1] if said else None,
                answers=total,
                new_answers=new,
                waiting=tuple(waiting[post_id]),
                latest=moment(latest),
            )
        )
    return tuple(found)
