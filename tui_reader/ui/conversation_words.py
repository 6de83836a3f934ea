"""What is said about a conversation as a whole: its title, its foot, why it is empty."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from tui_reader.language import _, ngettext

if TYPE_CHECKING:
    from tui_reader.services.conversation import Conversation


def is_empty(conversation: "Conversation") -> bool:
    """Whether there is nothing to show, of the user's own either."""
    return not (conversation.thread.rows or conversation.thread.pings or conversation.replies)


def why_empty(
    conversation: "Conversation",
    key: Callable[[str], str],
    *,
    is_open: bool,
    is_loading: bool,
    trouble: str,
    advice: str,
) -> tuple[str, str]:
    """Why an empty one is empty, and which key helps; may hold foreign words.

    Args:
        conversation: The empty one.
        key: The key of an act, as people write it.
        is_open: Its post is read, and not only previewed.
        is_loading: It is being fetched.
        trouble: Why it could not be fetched.
        advice: What helps against that.
    """
    post = conversation.post
    if is_loading:
        return (_("Fetching the comments…"), "")
    if trouble:
        again = _("{key} tries again").format(key=key("refresh.this"))
        return (
            _("The comments could not be fetched"),
            "\n".join(part for part in (trouble, advice, again) if part),
        )
    if conversation.note:
        return (conversation.note, _("{key} opens the post in the browser").format(key=key("post.browser")))
    if not is_open and post.loaded_at is None:
        return (
            _("Not fetched yet"),
            _("{key} opens the post and fetches its comments").format(key=key("move.open")),
        )
    if post.takes_comments is False:
        return (_("No comments"), _("the blog takes none here"))
    return (_("No comments yet"), _("{key} writes the first one").format(key=key("reply.write")))


def title_of(conversation: "Conversation", view: str) -> str:
    """How many responses there are, and in which view they are shown."""
    here = len(conversation.thread.rows) + len(conversation.thread.pings)
    total = conversation.post.comment_count
    if total and not conversation.post.is_complete and total > here and conversation.post.loaded_at:
        title = ngettext("{here} of {total} response", "{here} of {total} responses", total).format(
            here=here, total=total
        )
    else:
        counted = ngettext("{here} response", "{here} responses", here).format(here=here)
        title = counted if here else _("Conversation")
    return f"{title} · {view}" if view else title


def foot_of(conversation: "Conversation", *, place: int | None, count: int, is_loading: bool) -> str:
    """Where in it the cursor stands, and what of it is new or muted."""
    parts = [_("{at} of {total}").format(at=place, total=count)] if place is not None else []
    if is_loading:
        parts.append(_("fetching…"))
    elif new := conversation.thread.new_count:
        parts.append(ngettext("{count} new", "{count} new", new).format(count=new))
    if muted := len(conversation.muted):
        parts.append(ngettext("{count} muted", "{count} muted", muted).format(count=muted))
    return " · ".join(parts)
