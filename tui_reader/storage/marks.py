"""What the user marks: read, starred, for later, followed; one post, or all there are."""

from collections.abc import Collection
from datetime import datetime
from sqlite3 import Connection

from tui_reader.language import N_, _, ngettext
from tui_reader.storage import acts
from tui_reader.storage.acts import Change, Kind, Undo
from tui_reader.storage.post_lists import PostFilter, conditions
from tui_reader.storage.values import stamp

_WORDS = {
    (Kind.IS_READ, True): N_("{what} marked read"),
    (Kind.IS_READ, False): N_("{what} marked unread"),
    (Kind.IS_STARRED, True): N_("{what} starred"),
    (Kind.IS_STARRED, False): N_("{what} not starred any more"),
    (Kind.IS_LATER, True): N_("{what} kept for later"),
    (Kind.IS_LATER, False): N_("{what} not for later any more"),
    (Kind.IS_FOLLOWED, True): N_("{what} followed"),
    (Kind.IS_FOLLOWED, False): N_("{what} not followed any more"),
}


_POSTS = "SELECT p.id FROM posts AS p JOIN blogs AS b ON b.id = p.blog_id"

_UNSEEN = "SELECT c.key FROM comments AS c INDEXED BY comments_unseen WHERE c.is_seen = 0"


def mark(
    db: Connection,
    post_ids: Collection[int],
    *,
    now: datetime,
    read: bool | None = None,
    starred: bool | None = None,
    later: bool | None = None,
    followed: bool | None = None,
    is_act: bool = True,
) -> Undo | None:
    """Sets what is given and leaves the rest; None when nothing changed.

    Args:
        db: The connection.
        post_ids: The posts; those that are gone are passed over.
        now: When.
        read: Read or not.
        starred: Starred or not.
        later: To be read later or not.
        followed: Whether what is said under it matters to the user.
        is_act: The user did it by hand and may take it back; None is given otherwise.
    """
    wanted = {
        Kind.IS_READ: read,
        Kind.IS_STARRED: starred,
        Kind.IS_LATER: later,
        Kind.IS_FOLLOWED: followed,
    }
    changes: list[Change] = []
    words: list[str] = []
    for kind, value in wanted.items():
        if value is None:
            continue
        changed = acts.change(db, kind, post_ids, int(value))
        if changed:
            changes += changed
            words.append(_WORDS[kind, value])
    if not is_act:
        return None
    touched = {id for change in changes for id in change.ids}
    what = _named(db, touched)
    return acts.record(db, "; ".join(_(told).format(what=what) for told in words), changes, now=now)


def mark_all(
    db: Connection,
    filter: PostFilter,
    *,
    now: datetime,
    before: datetime | None = None,
    with_comments: bool = True,
) -> Undo | None:
    """All posts that pass the filter become read, wherever a list of them would end.

    Args:
        db: The connection.
        filter: Which posts; its limit and offset do not matter.
        now: When.
        before: Only posts of before this moment, and comments that came before it.
        with_comments: What is new under these posts becomes seen as well.
    """
    shown, parameters = conditions(filter)
    parameters["before"] = None if before is None else stamp(before)
    posts = [
        id
        for (id,) in db.execute(
            f"{_POSTS} WHERE {shown} AND p.is_read = 0 AND (:before IS NULL OR p.sort_at < :before)",
            parameters,
        )
    ]
    keys: list[int] = []
    if with_comments:
        keys = [
            key
            for (key,) in db.execute(
                f"""{_UNSEEN} AND (:before IS NULL OR c.first_seen < :before)
                    AND c.post_id IN ({_POSTS} WHERE {shown} AND p.new_comments > 0)""",
                parameters,
            )
        ]
    changes = [*acts.change(db, Kind.IS_READ, posts, 1), *acts.change(db, Kind.IS_SEEN, keys, 1)]
    if posts and keys:
        what = _("{posts} and {comments}").format(posts=_named(db, posts), comments=_comments(len(keys)))
    else:
        what = _named(db, posts) if posts else _comments(len(keys))
    return acts.record(db, _("{what} marked read").format(what=what), changes, now=now)


def mark_seen(
    db: Connection, keys: Collection[int], *, now: datetime, told: str = N_("{what} marked read")
) -> Undo | None:
    """Comments, by their stored keys, are new no more."""
    changes = acts.change(db, Kind.IS_SEEN, keys, 1)
    count = sum(len(change.ids) for change in changes)
    return acts.record(db, _(told).format(what=_comments(count)), changes, now=now)


def _named(db: Connection, post_ids: Collection[int]) -> str:
    if len(post_ids) != 1:
        return ngettext("{count} post", "{count} posts", len(post_ids)).format(count=len(post_ids))
    (title,) = db.execute("SELECT title FROM posts WHERE id = ?", tuple(post_ids)).fetchone()
    return f"“{title}”" if title else _("a post")


def _comments(count: int) -> str:
    return ngettext("{count} comment", "{count} comments", count).format(count=count)
