"""Rows and comments as sentences, for those who hear them instead of seeing them."""

from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING

from tui_reader.content.blocks import Block, Code, Fold, Heading
from tui_reader.content.names import who
from tui_reader.domain.comment import Comment, CommentState
from tui_reader.language import _, ngettext
from tui_reader.ui.manner import manner
from tui_reader.ui.text import tame_line
from tui_reader.ui.widgets.dates import recent_or_day, recent_or_hour
from tui_reader.ui.widgets.pieces import SILENT, Line, Piece, shortened
from tui_reader.ui.widgets.thread_fold import Tree

if TYPE_CHECKING:
    from tui_reader.domain.post_line import AnyPost
    from tui_reader.ui.talk import Talk

MARGIN = Piece(" ", SILENT)


def sentence(parts: Iterable[str]) -> str:
    """What there is to say, with commas between."""
    return ", ".join(part for part in parts if part)


def block_words(block: Block, before: Block | None, *, rank: int, is_closed: bool) -> str:
    """What bars, grounds and underlines show to those who see; empty for plain text.

    Args:
        block: What follows.
        before: What was read before it.
        rank: The level of a heading.
        is_closed: Whether a fold is closed.
    """
    if isinstance(block, Heading):
        return _("Heading, level {level}:").format(level=rank)
    if isinstance(block, Fold):
        return _("Details, closed; enter opens:") if is_closed else _("Details, open; enter closes:")
    if isinstance(block, Code):
        return _("Code, {language}:").format(language=block.language) if block.language else _("Code:")
    quoted = before.quote if before is not None else 0
    if block.quote > quoted:
        return _("Quotation:")
    return _("End of the quotation.") if block.quote < quoted else ""


def comment_words(
    comment: Comment, *, answered: str | None, depth: int, place: tuple[int, int], below: int, now: datetime
) -> str:
    """``Ilse, reply to Ben, level 2, new, 1 of 3``.

    Args:
        comment: Whose words follow.
        answered: Who is answered; None for a comment on the post.
        depth: How far down it stands, from 0.
        place: Which of how many beside each other.
        below: How many answers hang below it.
        now: For the moment that is told.
    """
    return sentence(
        (
            who(tame_line(comment.author), is_mine=comment.is_mine),
            kind_words(answered, depth),
            _("new") if comment.is_new else "",
            _("{number} of {count}").format(number=place[0], count=place[1]),
            recent_or_hour(comment.published, now) if comment.published is not None else "",
            _("author of the post") if comment.is_by_post_author else "",
            _("awaiting moderation") if comment.state is CommentState.HELD else "",
            _("removed by the blog") if comment.state is CommentState.REMOVED else "",
            ngettext("{count} reply below", "{count} replies below", below).format(count=below)
            if below
            else "",
        )
    )


def kind_words(answered: str | None, depth: int) -> str:
    """``reply to Ben, level 2``; a comment on the post itself has level 1."""
    if answered is None:
        return _("comment, level {level}").format(level=depth + 1)
    return _("reply to {name}, level {level}").format(name=answered, level=depth + 1)


def place_of(tree: Tree, number: int, parent: int | None, end: int) -> tuple[int, int]:
    """Which of how many beside each other a node is.

    Args:
        tree: All nodes.
        number: Which node.
        parent: What it answers; None for one at the top.
        end: Where the nodes at the top end.
    """
    at = 0 if parent is None else parent + 1
    stop = end if parent is None else parent + 1 + tree.below[parent]
    nth = count = 0
    while at < stop:
        count += 1
        if at == number:
            nth = count
        at += tree.below[at] + 1
    return (nth, count)


def fold_words(below: int, new: int) -> str:
    """``Folded, 3 replies, 1 new``."""
    return sentence(
        (
            _("Folded"),
            ngettext("{count} reply", "{count} replies", below).format(count=below),
            ngettext("{count} new", "{count} new", new).format(count=new) if new else "",
        )
    )


def post_lines(
    post: "AnyPost", *, is_new: bool, talk: "Talk | None", now: datetime, width: int
) -> tuple[Line, ...]:
    """A post of the list: its title with what is marked, then who, when and how much talk there is."""
    marks = (
        _("unread") if is_new else "",
        _("starred") if post.is_starred else "",
        _("for later") if post.is_later else "",
    )
    title = sentence((tame_line(post.title) or _("Without a title"), *marks))
    told = manner().fields
    total, new = post.comment_count or post.new_comment_count or 0, post.new_comment_count
    below = sentence(
        (
            _("by {name}").format(name=tame_line(post.author)) if post.author and "author" in told else "",
            tame_line(post.blog_title) if "blog" in told or not post.author else "",
            recent_or_day(post.published, now) if post.published is not None and "date" in told else "",
            ngettext("{count} comment", "{count} comments", total).format(count=total) if total else "",
            ngettext("{count} new", "{count} new", new).format(count=new) if new else "",
        )
    )
    lines: list[str] = [title, below]
    if talk is not None:
        lines.append(sentence((talk.state, tame_line(talk.words))))
    role = "title" if is_new else "text"
    return tuple(
        (MARGIN, Piece(shortened(words, width - 2), role if at == 0 else "text"))
        for at, words in enumerate(lines)
    )
