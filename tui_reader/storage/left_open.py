"""Drafts that were being written when their program ended without a word: killed, or with the power."""

from collections.abc import Callable
from sqlite3 import Connection

from tui_reader.domain.reply import Reply
from tui_reader.storage import outbox
from tui_reader.storage import sender as senders


def let_go(db: Connection, reply_id: int) -> None:
    """It is written in no more: the user closed it."""
    # the one column says who has a reply in hand: who writes it, then who sends it
    db.execute(
        "UPDATE replies SET sender = NULL WHERE id = ? AND state IN ('draft', 'rejected', 'queued')",
        (reply_id,),
    )


def left_open(
    db: Connection, *, may_be_running: Callable[[str], bool] = senders.may_be_running
) -> tuple[Reply, ...]:
    """Those whose writer is gone, the last one first; each is told of once."""
    rows = db.execute(
        """SELECT id, sender FROM replies WHERE sender IS NOT NULL AND has_words
               AND state IN ('draft', 'rejected', 'queued')"""
    ).fetchall()
    gone = [outbox.get_reply(db, id) for id, writer in rows if not may_be_running(writer)]
    for reply in gone:
        let_go(db, reply.id)
    return tuple(sorted(gone, key=lambda reply: reply.updated_at, reverse=True))
