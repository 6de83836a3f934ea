"""Ways to look at a conversation: all of it, what is new in it, its author's part, or by date."""

from collections.abc import Set
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from enum import StrEnum

from tui_reader.domain.comment import Comment
from tui_reader.domain.thread import Rows, Thread, ThreadRow

_LONG_AGO = datetime.min.replace(tzinfo=UTC)


class View(StrEnum):
    """Which comments are shown, and in which order."""

    THREAD = "thread"
    """All, each below the one that it answers."""
    NEW = "new"
    """What is new, with what it answers."""
    AUTHOR = "author"
    """What the post's author says, with what that answers."""
    NEWEST = "newest"
    """All, one after the other, the newest first."""
    OLDEST = "oldest"
    """All, one after the other, the oldest first."""

    @property
    def is_by_date(self) -> bool:
        """Whether comments stand one after the other, and not below what they answer."""
        return self in {View.NEWEST, View.OLDEST}


@dataclass(frozen=True, slots=True)
class Viewed:
    """A conversation in one view."""

    thread: Thread
    context: frozenset[str] = frozenset()
    """Comments that are there only so that others make sense."""

    @property
    def count(self) -> int:
        """How many comments and pings are in it."""
        return len(self.thread.rows) + len(self.thread.pings)


def viewed(thread: Thread, view: View, *, new: Set[str] = frozenset()) -> Viewed:
    """The thread as the view shows it, its numbers counted anew.

    Args:
        thread: The whole conversation.
        view: How it is looked at.
        new: Ids that count as new besides those that are: nothing leaves a list while one reads it.
    """
    if view is View.THREAD:
        return Viewed(thread)
    if view.is_by_date:
        return Viewed(_by_date(thread, is_newest_first=view is View.NEWEST))
    wanted = [
        (row.comment.is_new or row.comment.id in new) if view is View.NEW else row.comment.is_by_post_author
        for row in thread.rows
    ]
    kept = _with_ancestors(thread, wanted)
    rows = tuple(row for row, is_kept in zip(thread.rows, kept, strict=True) if is_kept)
    pings = tuple(ping for ping in thread.pings if view is View.NEW and (ping.is_new or ping.id in new))
    context = frozenset(
        row.comment.id
        for row, is_kept, is_wanted in zip(thread.rows, kept, wanted, strict=True)
        if is_kept and not is_wanted
    )
    return Viewed(Thread(rows=Rows.of(_counted(rows)), pings=pings), context)


def _by_date(thread: Thread, *, is_newest_first: bool) -> Thread:
    everything = [row.comment for row in thread.rows]
    # undated ones last, in either direction, in the order that they have in the thread
    dated = sorted(
        (comment for comment in everything if comment.published is not None),
        key=_moment,
        reverse=is_newest_first,
    )
    rows = [ThreadRow(comment, 0, 0, 0) for comment in dated]
    rows += [ThreadRow(comment, 0, 0, 0) for comment in everything if comment.published is None]
    return replace(thread, rows=Rows.of(rows))


def _moment(comment: Comment) -> datetime:
    return comment.published or _LONG_AGO


def _with_ancestors(thread: Thread, wanted: list[bool]) -> list[bool]:
    """Marks what a wanted comment answers, up to the top."""
    kept = list(wanted)
    # walked backwards: of a kept comment at depth d the next one before it at depth d - 1 is its parent
    needs: set[int] = set()
    for number in range(len(kept) - 1, -1, -1):
        depth = thread.rows.depths[number]
        if depth in needs:
            needs.discard(depth)
            kept[number] = True
        if kept[number] and depth:
            needs.add(depth - 1)
    return kept


def _counted(rows: tuple[ThreadRow, ...]) -> tuple[ThreadRow, ...]:
    counted: list[ThreadRow] = []
    # for each depth what was found below it so far; walked backwards, children come before their parent
    below: list[list[int]] = []
    for row in reversed(rows):
        while len(below) <= row.depth + 1:
            below.append([0, 0])
        replies, new = below[row.depth + 1]
        below[row.depth + 1] = [0, 0]
        counted.append(ThreadRow(row.comment, row.depth, replies, new))
        below[row.depth][0] += replies + 1
        below[row.depth][1] += new + row.comment.is_new
    return tuple(reversed(counted))
