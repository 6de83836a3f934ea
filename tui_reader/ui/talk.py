"""My conversations in a line each: who answered me, what waits, what I said last."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tui_reader.domain.reply import Reply, ReplyState
from tui_reader.language import _
from tui_reader.ui.outcomes import STATES

if TYPE_CHECKING:
    from tui_reader.domain.comment import Comment
    from tui_reader.storage.comments import Answer
    from tui_reader.storage.threads import ThreadSummary

_SHOWN = 300
"""Characters that are taken of a comment: no line shows more."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Talk:
    """What one of my conversations has to tell."""

    words: str
    """Foreign, on one line."""
    is_new: bool = False
    """An answer to me that I have not seen."""
    state: str = ""
    """What became of a reply of mine that is not published: ``held for moderation``."""
    comment_id: str | None = None
    """Where the cursor goes when it is opened."""


def talks_of(summaries: "Iterable[ThreadSummary]", answers: "Iterable[Answer]") -> Mapping[int, Talk]:
    """For each thread the newest answer to me, unseen ones first; else what I said last."""
    by_post: dict[int, list[Comment]] = {}
    for answer in answers:
        by_post.setdefault(answer.post.id, []).append(answer.comment)
    return {summary.post.id: _talk(summary, by_post.get(summary.post.id, [])) for summary in summaries}


def _talk(summary: "ThreadSummary", answers: "Sequence[Comment]") -> Talk:
    state = _state_of(summary.waiting)
    # of several unseen ones the oldest: reading goes on from there
    unseen = [comment for comment in answers if comment.is_new]
    answer = unseen[-1] if unseen else answers[0] if answers else None
    if answer is not None:
        # brings nothing that is not there with the conversations
        from tui_reader.content.names import who

        name = who(answer.author)
        if len(unseen) > 1:
            name += f" (+{len(unseen) - 1})"
        return Talk(
            words=_("{who}: {words}").format(who=name, words=_words(answer.html)),
            is_new=bool(unseen),
            state=state,
            comment_id=answer.id,
        )
    if summary.my_last is not None:
        return Talk(
            words=_("you: {words}").format(words=_words(summary.my_last.html)),
            state=state,
            comment_id=summary.my_last.id,
        )
    if summary.waiting:
        return Talk(words=_("you: {words}").format(words=summary.waiting[0].text[:_SHOWN]), state=state)
    return Talk(words=_("You follow this conversation."))


def _state_of(waiting: Sequence[Reply]) -> str:
    for state in (ReplyState.REJECTED, ReplyState.UNCERTAIN, ReplyState.HELD):
        for reply in waiting:
            if reply.state is state:
                return _("did not appear") if reply.is_given_up else _(STATES[state])
    return _(STATES[waiting[0].state]) if waiting else ""


def _words(html: str) -> str:
    # brings the parser along, which a start need not wait for
    from tui_reader.content.one_line import text_of

    return text_of(html[: _SHOWN * 4])[:_SHOWN]
