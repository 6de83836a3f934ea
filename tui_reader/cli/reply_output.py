"""What the commands print of replies: their state in words, and JSON by the contract."""

from typing import Any

from tui_reader.cli.output import moment
from tui_reader.domain.reply import Reply, ReplyState
from tui_reader.language import N_

STATE_WORDS = {
    ReplyState.DRAFT: N_("draft"),
    ReplyState.QUEUED: N_("queued"),
    ReplyState.SENDING: N_("being sent"),
    ReplyState.PUBLISHED: N_("published"),
    ReplyState.HELD: N_("held"),
    ReplyState.REJECTED: N_("refused"),
    ReplyState.UNCERTAIN: N_("uncertain"),
}
"""The states of a reply for people; to go through ``_``. JSON has the contract's own."""


def outcome_json(reply: Reply) -> dict[str, Any]:
    """What ``reply`` answers."""
    return {
        "id": reply.id,
        "state": reply.state.value,
        "reason": reply.reason or None,
        "comment_id": reply.comment_id,
        "url": reply.url,
    }


def reply_json(reply: Reply) -> dict[str, Any]:
    """A row of the outbox."""
    return {
        **outcome_json(reply),
        "post_id": reply.post_id,
        "post_title": reply.post_title,
        "post_url": reply.post_url,
        "blog_title": reply.blog_title,
        "to": reply.to,
        "to_author": reply.to_author or None,
        "text": reply.text,
        "created": moment(reply.created_at),
        "updated": moment(reply.updated_at),
        "sent": moment(reply.sent_at),
        "attempts": reply.attempts,
        "given_up": reply.is_given_up,
    }
