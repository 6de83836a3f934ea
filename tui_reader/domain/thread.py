"""Flat comments put into reading order, each with its depth; orphans and loops do no harm."""

from abc import abstractmethod
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import overload

from tui_reader.domain.comment import Comment, CommentKind
from tui_reader.domain.reading_order import Columns, arranged


class ComesLater(Sequence[Comment]):
    """Comments that are read when they are looked at: whoever asks for one that is not read yet waits."""

    @abstractmethod
    def if_read(self, at: int) -> Comment | None:
        """One without waiting; None says that it is still to be read, which comes first from then on."""


@dataclass(frozen=True, slots=True)
class ThreadRow:
    """One comment in its place."""

    comment: Comment
    depth: int
    """0 at top level."""
    replies: int
    """How many comments hang below it, at any depth."""
    new_replies: int
    """How many of those came since the last visit."""


@dataclass(frozen=True, slots=True, eq=False)
class Rows(Sequence[ThreadRow]):
    """People's comments in reading order, a list for each of their properties.

    A row is made when it is asked for, and so may its comment be: nobody waits for ten thousand of
    them to see the first twenty.
    """

    comments: Sequence[Comment] = ()
    ids: Sequence[str] = ()
    depths: Sequence[int] = ()
    replies: Sequence[int] = ()
    new_replies: Sequence[int] = ()
    are_new: Sequence[bool] = ()
    sizes: Sequence[int] = ()
    """Characters of each body."""

    @classmethod
    def of(cls, rows: Iterable[ThreadRow]) -> "Rows":
        """Those that are made already."""
        rows = tuple(rows)
        comments = [row.comment for row in rows]
        return cls(
            comments=comments,
            ids=[comment.id for comment in comments],
            depths=[row.depth for row in rows],
            replies=[row.replies for row in rows],
            new_replies=[row.new_replies for row in rows],
            are_new=[comment.is_new for comment in comments],
            sizes=[len(comment.html) for comment in comments],
        )

    def __len__(self) -> int:
        return len(self.ids)

    @overload
    def __getitem__(self, at: int) -> ThreadRow: ...
    @overload
    def __getitem__(self, at: slice) -> tuple[ThreadRow, ...]: ...
    def __getitem__(self, at: int | slice) -> ThreadRow | tuple[ThreadRow, ...]:
        if isinstance(at, slice):
            return tuple(self[here] for here in range(*at.indices(len(self))))
        return ThreadRow(self.comments[at], self.depths[at], self.replies[at], self.new_replies[at])

    def __iter__(self) -> Iterator[ThreadRow]:
        return map(ThreadRow, self.comments, self.depths, self.replies, self.new_replies)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Sequence) and tuple(self) == tuple(other)

    def __hash__(self) -> int:
        return hash(tuple(self.ids))


@dataclass(frozen=True, slots=True)
class Thread:
    """A conversation in reading order: people's comments as a tree, then the pings, flat."""

    rows: Rows = field(default_factory=Rows)
    pings: tuple[Comment, ...] = ()

    @property
    def new_count(self) -> int:
        """How many comments and pings came since the last visit."""
        return sum(self.rows.are_new) + sum(ping.is_new for ping in self.pings)


def in_reading_order(comments: Iterable[Comment]) -> Thread:
    """Every comment appears exactly once, after the one that it answers.

    A comment whose parent is unknown, is a ping, or would close a loop stands at top level.
    Of two comments with one id the later one in ``comments`` counts.
    """
    found = list({comment.id: comment for comment in comments}.values())
    columns = Columns(
        ids=[comment.id for comment in found],
        parents=[comment.parent_id for comment in found],
        moments=[comment.published.timestamp() if comment.published else None for comment in found],
        are_people=[comment.kind is CommentKind.COMMENT for comment in found],
        are_new=[comment.is_new for comment in found],
        sizes=[len(comment.html) for comment in found],
    )
    return thread_of(columns, lambda numbers: [found[number] for number in numbers])


def thread_of(columns: Columns, comments: Callable[[Sequence[int]], Sequence[Comment]]) -> Thread:
    """The same of comments of which no more is known yet than what puts them in order.

    Args:
        columns: What puts them in order; no id twice.
        comments: Gives the comments with these numbers in ``columns``, in this order; those of people
            may be read as late as they are asked for.
    """
    order = arranged(columns)
    people = order.people
    rows = Rows(
        comments=comments(people),
        ids=[columns.ids[number] for number in people],
        depths=order.depths,
        replies=order.replies,
        new_replies=order.new_replies,
        are_new=[columns.are_new[number] for number in people],
        sizes=[columns.sizes[number] for number in people],
    )
    return Thread(rows=rows, pings=tuple(comments(order.pings)))
