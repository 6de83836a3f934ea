"""What became of a reply, said in one plain sentence."""

from tui_reader.domain.reply import Refusal, Reply, ReplyState
from tui_reader.ui.widgets.status_line import Tone

_WHAT_NOW = {
    Refusal.DUPLICATE: "The same words are there already.",
    Refusal.TOO_FAST: "Wait a moment, then send again.",
    Refusal.FIELD: "Correct it, then send again.",
    Refusal.TOO_LONG: "Shorten it, then send again.",
    Refusal.LOGIN: "It takes comments only from those who are logged in there.",
    Refusal.CLOSED: "It takes no more comments here.",
}


def said(reply: Reply) -> tuple[str, Tone]:
    """The outcome and how it sounds; holds the blog's own words."""
    why = reply.reason.strip().rstrip(".")
    match reply.state:
        case ReplyState.PUBLISHED:
            return "Published.", "good"
        case ReplyState.HELD:
            return f"The blog has it and holds it for moderation{f': {why}' if why else ''}.", "good"
        case ReplyState.REJECTED:
            now = _WHAT_NOW.get(reply.refusal, "") if reply.refusal else ""
            return f"The blog refused it: {why or 'it gave no reason'}. {now}".strip(), "bad"
        case ReplyState.QUEUED:
            return (
                f"Not sent{f' ({why})' if why else ''}. It waits in the outbox and goes out with the next"
                " refresh.",
                "plain",
            )
        case ReplyState.UNCERTAIN:
            return (
                f"No clear answer{f' ({why})' if why else ''}: it may have arrived. Kept in the outbox; the"
                " blog is asked before anything is sent again.",
                "bad",
            )
        case ReplyState.SENDING:
            return "It is being sent.", "plain"
        case ReplyState.DRAFT:
            return "Kept as a draft.", "plain"


STATES = {
    ReplyState.DRAFT: "draft",
    ReplyState.QUEUED: "waiting to be sent",
    ReplyState.SENDING: "being sent",
    ReplyState.PUBLISHED: "published",
    ReplyState.HELD: "held for moderation",
    ReplyState.REJECTED: "refused",
    ReplyState.UNCERTAIN: "perhaps arrived",
}
"""The states in a word or two."""
