"""The user's own replies: kept from the first keystroke, never lost, never sent by two at a time."""

from collections.abc import Callable
from datetime import datetime, timedelta
from sqlite3 import Connection
from typing import Any

from tui_reader.domain.reply import Outcome, Refusal, Reply, ReplyState
from tui_reader.errors import NotFoundError, UsageError
from tui_reader.language import _
from tui_reader.storage import sender as senders
from tui_reader.storage.values import moment, moment_or_none, stamp, text, text_or_none

_SELECT = """SELECT r.id, r.post_id, r.to_id, r.text, r.identity_id, r.state, r.reason, r.refusal,
    r.comment_id, r.url, r.created_at, r.updated_at, r.sent_at, r.attempts, p.title, p.url,
    COALESCE(b.own_title, b.title),
    COALESCE((SELECT author FROM comments AS c WHERE c.post_id = r.post_id AND c.id = r.to_id), ''),
    r.given_up_at IS NOT NULL
    FROM replies AS r JOIN posts AS p ON p.id = r.post_id JOIN blogs AS b ON b.id = p.blog_id """

_HAS_WORDS = "(r.state <> 'draft' OR r.has_words) "

ASK_WAITS = (timedelta(hours=1), timedelta(hours=3), timedelta(hours=8), timedelta(days=1))
"""How long a reply that did not appear is left alone before it is asked after again; the last one goes on."""

_HELD_BACK_AT_MOST = timedelta(days=1)
"""A blog that asks to be left alone is heeded so long."""

_MICROSECOND = timedelta(microseconds=1)

LEASE = timedelta(minutes=10)
"""No sending takes this long, its checks included: what is still "sending" then was interrupted."""


def create_draft(
    db: Connection,
    post_id: int,
    to: str | None,
    *,
    now: datetime,
    text: str = "",
    identity_id: int | None = None,
) -> Reply:
    """Begins a reply to a comment, or to the post itself when ``to`` is None.

    Raises:
        NotFoundError: there is no such post.
    """
    if db.execute("SELECT 1 FROM posts WHERE id = ?", (post_id,)).fetchone() is None:
        raise NotFoundError(_("there is no post {post_id}").format(post_id=post_id))
    added = db.execute(
        """INSERT INTO replies (post_id, to_id, text, identity_id, state, created_at, updated_at)
           VALUES (:post_id, :to, :text, :identity_id, 'draft', :now, :now)""",
        {
            "post_id": post_id,
            "to": text_or_none(to),
            "text": _clean(text),
            "identity_id": identity_id,
            "now": stamp(now),
        },
    )
    return get_reply(db, added.lastrowid or 0)


def get_reply(db: Connection, reply_id: int) -> Reply:
    """The reply with this id.

    Raises:
        NotFoundError: there is none.
    """
    row = db.execute(_SELECT + "WHERE r.id = ?", (reply_id,)).fetchone()
    if row is None:
        raise NotFoundError(_("there is no reply {reply_id}").format(reply_id=reply_id))
    return _reply(row)


def for_post(db: Connection, post_id: int, to: str | None) -> Reply | None:
    """The reply to go on with at this place: the newest draft, or one that was refused or waits."""
    row = db.execute(
        _SELECT
        + """WHERE r.post_id = ? AND r.to_id IS ? AND r.state IN ('draft', 'rejected', 'queued')
             ORDER BY r.updated_at DESC, r.id DESC LIMIT 1""",
        (post_id, text_or_none(to)),
    ).fetchone()
    return None if row is None else _reply(row)


def replies_of(db: Connection, post_id: int) -> tuple[Reply, ...]:
    """The post's replies that are not published and have words, oldest first."""
    return _replies(
        db, "WHERE r.post_id = ? AND r.state <> 'published' AND " + _HAS_WORDS + "ORDER BY r.id", post_id
    )


def save_text(db: Connection, reply_id: int, text: str, *, now: datetime, writer: str | None = None) -> None:
    """Keeps what is written so far.

    Args:
        db: The connection.
        reply_id: Which reply.
        text: All of it.
        now: The time.
        writer: The process in which it is open, until ``left_open.let_go``.

    Raises:
        NotFoundError: there is no such reply.
        UsageError: it has left, or may have: what the blog is asked for later must not change.
    """
    saved = db.execute(
        """UPDATE replies SET text = ?, updated_at = ?, sender = COALESCE(?, sender)
           WHERE id = ? AND state IN ('draft', 'rejected', 'queued')""",
        (_clean(text), stamp(now), writer, reply_id),
    )
    if not saved.rowcount:
        state = get_reply(db, reply_id).state
        raise UsageError(
            _("reply {reply_id} cannot be changed any more: it is {state}").format(
                reply_id=reply_id, state=state
            )
        )


def set_identity(db: Connection, reply_id: int, identity_id: int | None) -> None:
    """As whom it will be sent."""
    db.execute("UPDATE replies SET identity_id = ? WHERE id = ?", (identity_id, reply_id))


def begin_sending(db: Connection, reply_id: int, *, now: datetime, sender: str | None = None) -> bool:
    """Takes the reply for sending; to be committed durably before the first byte leaves.

    False, and nothing changes, when it is being sent already, by whomever, or has arrived. One that was
    held and stayed away so long that it was given up may be sent again.

    Raises:
        NotFoundError: there is no such reply.
    """
    taken = db.execute(
        """UPDATE replies SET state = 'sending', attempts = attempts + 1, sent_at = :now, updated_at = :now,
               not_before = NULL, reason = '', refusal = NULL, sender = :sender,
               asked = 0, ask_after = NULL, given_up_at = NULL
           WHERE id = :id AND (state IN ('draft', 'queued', 'rejected', 'uncertain')
               OR (state = 'held' AND given_up_at IS NOT NULL))""",
        {"id": reply_id, "now": stamp(now), "sender": sender or senders.this_process()},
    )
    if not taken.rowcount:
        get_reply(db, reply_id)
    return taken.rowcount == 1


def set_outcome(
    db: Connection, reply_id: int, outcome: Outcome, *, now: datetime, sender: str | None = None
) -> Reply:
    """Keeps what became of the reply, and gives it as it is then.

    What is published stays so, whatever a late answer says; and while one program sends it, no other
    has a say.

    Raises:
        NotFoundError: there is no such reply.
    """
    wait = outcome.retry_after
    db.execute(
        """UPDATE replies SET state = :state, reason = :reason, refusal = :refusal,
               comment_id = COALESCE(:comment_id, comment_id), url = COALESCE(:url, url), updated_at = :now,
               not_before = :not_before, sender = NULL,
               ask_after = CASE WHEN state = :state THEN ask_after END,
               given_up_at = CASE WHEN state = :state THEN given_up_at END
           WHERE id = :id AND state <> 'published' AND (state <> 'sending' OR sender = :sender)""",
        {
            "id": reply_id,
            "state": outcome.state.value,
            "reason": _clean(outcome.reason),
            "refusal": None if outcome.refusal is None else outcome.refusal.value,
            "comment_id": text_or_none(outcome.comment_id),
            "url": text_or_none(outcome.url),
            "now": stamp(now),
            "not_before": None if wait is None else stamp(now + min(wait, _HELD_BACK_AT_MOST)),
            "sender": sender or senders.this_process(),
        },
    )
    reply = get_reply(db, reply_id)
    if reply.comment_id is not None:
        # a reload may have brought it before its sender knew that it is there
        db.execute(
            "UPDATE comments SET is_mine = 1, is_seen = 1 WHERE post_id = ? AND id = ?",
            (reply.post_id, reply.comment_id),
        )
    return reply


def list_replies(db: Connection, *, with_published: bool = False) -> tuple[Reply, ...]:
    """The outbox: what is not published first, each part newest first; empty drafts are left out."""
    return _replies(
        db,
        "WHERE (? OR r.state <> 'published') AND "
        + _HAS_WORDS
        + "ORDER BY r.state = 'published', r.updated_at DESC, r.id DESC",
        with_published,
    )


def waiting(db: Connection, *, now: datetime) -> tuple[Reply, ...]:
    """Replies to send or to look for now, oldest first: not what was given up, nor what a blog holds back."""
    return _replies(
        db,
        """WHERE r.state IN ('queued', 'uncertain') AND r.given_up_at IS NULL
               AND COALESCE(r.not_before, 0) <= ? ORDER BY r.created_at, r.id""",
        stamp(now),
    )


def held(db: Connection) -> tuple[Reply, ...]:
    """Replies that wait for a moderator, oldest first; also those that were given up."""
    return _replies(db, "WHERE r.state = 'held' ORDER BY r.sent_at, r.id")


def to_ask_after(db: Connection, *, now: datetime) -> tuple[Reply, ...]:
    """Replies that are held or uncertain and may have appeared meanwhile, oldest first."""
    return _replies(
        db,
        """WHERE r.state IN ('held', 'uncertain') AND r.given_up_at IS NULL
               AND COALESCE(r.ask_after, r.updated_at + ?) <= ? ORDER BY r.sent_at, r.id""",
        ASK_WAITS[0] // _MICROSECOND,
        stamp(now),
    )


def set_asked(db: Connection, reply_id: int, *, now: datetime) -> None:
    """It was asked after in vain; the next time is later."""
    (asked,) = db.execute("SELECT asked FROM replies WHERE id = ?", (reply_id,)).fetchone() or (0,)
    wait = ASK_WAITS[min(asked + 1, len(ASK_WAITS) - 1)]
    db.execute(
        "UPDATE replies SET asked = asked + 1, ask_after = ? WHERE id = ? AND state IN ('held', 'uncertain')",
        (stamp(now + wait), reply_id),
    )


def give_up(db: Connection, reply_id: int, reason: str, *, now: datetime) -> None:
    """It stayed away: it is asked after no more, unless its post is opened; its state stays what it was."""
    db.execute(
        """UPDATE replies SET given_up_at = :now, updated_at = :now, reason = :reason
           WHERE id = :id AND state IN ('held', 'uncertain') AND given_up_at IS NULL""",
        {"now": stamp(now), "reason": _clean(reason), "id": reply_id},
    )


def drop_reply(db: Connection, reply_id: int) -> Reply:
    """Throws a reply away; gives it as it was.

    Raises:
        NotFoundError: there is no such reply.
        UsageError: it is being sent this moment.
    """
    reply = get_reply(db, reply_id)
    if reply.state is ReplyState.SENDING:
        raise UsageError(_("reply {reply_id} is being sent; wait for the outcome").format(reply_id=reply_id))
    db.execute("DELETE FROM replies WHERE id = ?", (reply_id,))
    return reply


def recover_interrupted(
    db: Connection, *, now: datetime, may_be_running: Callable[[str], bool] = senders.may_be_running
) -> tuple[int, ...]:
    """Replies whose sender is gone become uncertain: they may have arrived.

    One that another living program sends this moment is left alone, but not for longer than any
    sending can take.
    """
    sending = db.execute("SELECT id, sent_at, sender FROM replies WHERE state = 'sending'").fetchall()
    interrupted = [
        id
        for id, sent_at, sender in sending
        # a clock that was set back shows as a sending that begins in the future
        if not stamp(now - LEASE) < sent_at <= stamp(now + LEASE) or not may_be_running(sender)
    ]
    db.executemany(
        """UPDATE replies SET state = 'uncertain', sender = NULL, updated_at = ?, reason = ?
           WHERE id = ?""",
        [
            (stamp(now), _("the program ended while it was being sent: it may have arrived"), id)
            for id in interrupted
        ],
    )
    return tuple(interrupted)


# ``text`` is also the name of what is written
_clean = text


def _replies(db: Connection, condition: str, *parameters: Any) -> tuple[Reply, ...]:
    return tuple(map(_reply, db.execute(_SELECT + condition, parameters)))


def _reply(row: tuple[Any, ...]) -> Reply:
    return Reply(
        id=row[0],
        post_id=row[1],
        to=row[2],
        text=row[3],
        identity_id=row[4],
        state=ReplyState(row[5]),
        reason=row[6],
        refusal=None if row[7] is None else Refusal(row[7]),
        comment_id=row[8],
        url=row[9],
        created_at=moment(row[10]),
        updated_at=moment(row[11]),
        sent_at=moment_or_none(row[12]),
        attempts=row[13],
        post_title=row[14],
        post_url=row[15],
        blog_title=row[16],
        to_author=row[17],
        is_given_up=bool(row[18]),
    )
