"""A conversation as text: indented for the eye, in words for the ear, or as Markdown."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from tui_reader.content.names import who
from tui_reader.domain.comment import Comment, CommentState
from tui_reader.domain.thread import Thread
from tui_reader.language import _, ngettext
from tui_reader.moments import when
from tui_reader.services.conversation import Conversation

Line = tuple[str, Mapping[str, Any]]
INDENT_CAP = 12
"""Levels after which a line moves no further right: text must not become a column of letters."""

PLAIN: Mapping[str, Any] = {}


def pretty(conversation: Conversation, texts: Mapping[str, str], now: datetime) -> Iterator[Line]:
    """Indented by level, with a rail for each."""
    yield conversation.post.title, {"bold": True}
    yield _summary(conversation), {"dim": True}
    for row in conversation.thread.rows:
        rail = "│ " * min(row.depth, INDENT_CAP)
        yield rail.rstrip(), {"dim": True}
        mark = "● " if row.comment.is_new else ""
        yield f"{rail}{mark}{_heading(row.comment, now)}", {"bold": True}
        for line in texts[row.comment.id].splitlines():
            yield f"{rail}{line}".rstrip(), PLAIN
    yield from _pings(conversation.thread, now)


def linear(conversation: Conversation, texts: Mapping[str, str], now: datetime) -> Iterator[Line]:
    """One comment after the other, its place said in words: no rails, no boxes, for a screen reader."""
    yield conversation.post.title, PLAIN
    yield _summary(conversation), PLAIN
    rows = conversation.thread.rows
    authors = {row.comment.id: _who(row.comment) for row in rows}
    for number, row in enumerate(rows, start=1):
        comment = row.comment
        place = (
            _("comment")
            if row.depth == 0
            else _("reply to {author}").format(author=authors.get(comment.parent_id or "") or _("a comment"))
        )
        words = [
            place,
            _("level {level}").format(level=row.depth + 1),
            _("new") if comment.is_new else "",
            _("{at} of {total}").format(at=number, total=len(rows)),
        ]
        yield "", PLAIN
        yield f"{_heading(comment, now)}: {', '.join(word for word in words if word)}", PLAIN
        yield texts[comment.id], PLAIN
    yield from _pings(conversation.thread, now)


def markdown(conversation: Conversation, texts: Mapping[str, str], now: datetime) -> Iterator[Line]:
    """Nested quotations, which every Markdown reader shows as a thread."""
    from tui_reader.content.markdown import in_line

    yield f"# {in_line(conversation.post.title)}", PLAIN
    yield "", PLAIN
    yield f"<{conversation.post.url}>", PLAIN
    yield "", PLAIN
    yield f"*{in_line(_summary(conversation))}*", PLAIN
    before = 0
    for row in conversation.thread.rows:
        quote = "> " * row.depth
        # as deep as both, or the quotation above would go on
        yield ("> " * min(before, row.depth)).rstrip(), PLAIN
        before = row.depth
        link = f"[#]({row.comment.url})" if row.comment.url else ""
        heading = (
            "●" if row.comment.is_new else "",
            f"**{in_line(_who(row.comment))}**",
            when(row.comment.published, now),
            *_marks(row.comment),
            link,
        )
        yield quote + " ".join(part for part in heading if part), PLAIN
        yield quote.rstrip(), PLAIN
        for line in texts[row.comment.id].splitlines():
            yield f"{quote}{line}".rstrip(), PLAIN
    if conversation.thread.pings:
        yield "", PLAIN
        yield "## " + _("From other sites"), PLAIN
        yield "", PLAIN
    for ping in conversation.thread.pings:
        yield f"- {in_line(ping.author)}: <{ping.author_url or ping.url or ''}>", PLAIN


def _heading(comment: Comment, now: datetime) -> str:
    parts = (_who(comment), when(comment.published, now), *_marks(comment))
    return f"{' '.join(part for part in parts if part)}  #{comment.id}"


def _who(comment: Comment) -> str:
    return who(comment.author, is_mine=comment.is_mine, unnamed=_("somebody"))


def _marks(comment: Comment) -> Iterator[str]:
    if comment.is_by_post_author:
        yield _("(author)")
    if comment.state is CommentState.HELD:
        yield _("(awaiting moderation)")
    if comment.state is CommentState.REMOVED:
        yield _("(removed by the blog)")


def _summary(conversation: Conversation) -> str:
    thread = conversation.thread
    count = len(thread.rows)
    words = [ngettext("{count} comment", "{count} comments", count).format(count=count)]
    if thread.new_count:
        new = ngettext("{count} new", "{count} new", thread.new_count)
        words.append(new.format(count=thread.new_count))
    if conversation.note:
        words.append(conversation.note)
    if conversation.post.takes_comments is False:
        words.append(_("comments are closed"))
    return " · ".join(words)


def _pings(thread: Thread, now: datetime) -> Iterator[Line]:
    if thread.pings:
        yield "", PLAIN
        count = len(thread.pings)
        told = ngettext("{count} from another site", "{count} from other sites", count)
        yield f"── {told.format(count=count)}", {"dim": True}
    for ping in thread.pings:
        yield f"↗ {ping.author} · {ping.author_url or ping.url or ''} · {when(ping.published, now)}", PLAIN
