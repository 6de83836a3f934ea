"""What became of a reply, said in one plain sentence."""

from tui_reader.domain.reply import Refusal, Reply, ReplyState
from tui_reader.language import N_, _
from tui_reader.ui.widgets.status_line import Tone

_WHAT_NOW = {
    Refusal.DUPLICATE: N_("The same words are there already."),
    Refusal.TOO_FAST: N_("Wait a moment, then send again."),
    Refusal.FIELD: N_("Correct it, then send again."),
    Refusal.TOO_LONG: N_("Shorten it, then send again."),
    Refusal.LOGIN: N_("It takes comments only from those who are logged in there."),
    Refusal.CLOSED: N_("It takes no more comments here."),
}


def said(reply: Reply) -> tuple[str, Tone]:
    """The outcome and how it sounds; holds the blog's own words."""
    why = reply.reason.strip().rstrip(".")
    match reply.state:
        case ReplyState.PUBLISHED:
            return _("Published."), "good"
        case ReplyState.HELD:
            if not why:
                return _("The blog has it and holds it for moderation."), "good"
            return _("The blog has it and holds it for moderation: {why}.").format(why=why), "good"
        case ReplyState.REJECTED:
            told = _("The blog refused it: {why}.").format(why=why or _("it gave no reason"))
            return f"{told} {what_now(reply)}".strip(), "bad"
        case ReplyState.QUEUED:
            not_sent = _("Not sent ({why}).").format(why=why) if why else _("Not sent.")
            later = _("It waits in the outbox and goes out with the next refresh.")
            return f"{not_sent} {later}", "plain"
        case ReplyState.UNCERTAIN:
            unclear = (
                _("No clear answer ({why}): it may have arrived.").format(why=why)
                if why
                else _("No clear answer: it may have arrived.")
            )
            kept = _("Kept in the outbox; the blog is asked before anything is sent again.")
            return f"{unclear} {kept}", "bad"
        case ReplyState.SENDING:
            return _("It is being sent."), "plain"
        case ReplyState.DRAFT:
            return _("Kept as a draft."), "plain"


def what_now(reply: Reply) -> str:
    """What helps against a refusal; empty where nobody knows, and for what was not refused."""
    if reply.state is not ReplyState.REJECTED or reply.refusal is None:
        return ""
    return _(_WHAT_NOW.get(reply.refusal, ""))


STATES = {
    ReplyState.DRAFT: N_("draft"),
    ReplyState.QUEUED: N_("waiting to be sent"),
    ReplyState.SENDING: N_("being sent"),
    ReplyState.PUBLISHED: N_("published"),
    ReplyState.HELD: N_("held for moderation"),
    ReplyState.REJECTED: N_("refused"),
    ReplyState.UNCERTAIN: N_("perhaps arrived"),
}
"""The states in a word or two; to go through ``_``."""
