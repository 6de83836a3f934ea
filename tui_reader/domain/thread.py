"""Flat comments put into reading order, each with its depth; orphans and loops do no harm."""

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from tui_reader.domain.comment import Comment, CommentKind


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


@dataclass(frozen=True, slots=True)
class Thread:
    """A conversation in reading order: people's comments as a tree, then the pings, flat."""

    rows: tuple[ThreadRow, ...] = ()
    pings: tuple[Comment, ...] = ()

    @property
    def new_count(self) -> int:
        """How many comments and pings came since the last visit."""
        return sum(row.comment.is_new for row in self.rows) + sum(ping.is_new for ping in self.pings)


_LONG_AGO = datetime.min.replace(tzinfo=UTC)
_DIGITS = re.compile(r"(\d+)")


def _reading_key(comment: Comment) -> tuple[bool, float, tuple[tuple[int, str], ...]]:
    """Undated last; ids break ties, with 9 before 10."""
    moment = comment.published.timestamp() if comment.published else 0.0
    # \d also matches digits that int() reads in other scripts; both agree on what a digit is
    parts = tuple((int(p), "") if p.isdecimal() else (-1, p) for p in _DIGITS.split(comment.id[:64]) if p)
    return (comment.published is None, moment, (*parts, (-1, comment.id)))


def in_reading_order(comments: Iterable[Comment]) -> Thread:
    """Every comment appears exactly once, after the one that it answers.

    A comment whose parent is unknown, is a ping, or would close a loop stands at top level.
    Of two comments with one id the later one in ``comments`` counts.
    """
    by_id = {comment.id: comment for comment in comments}
    people = _oldest_first(c for c in by_id.values() if c.kind is CommentKind.COMMENT)
    pings = tuple(_oldest_first(c for c in by_id.values() if c.kind is not CommentKind.COMMENT))
    parents = _parents_without_loops(people)
    children: dict[str | None, list[Comment]] = defaultdict(list)
    for comment in people:
        children[parents[comment.id]].append(comment)
    return Thread(rows=_rows(children), pings=pings)


def _oldest_first(comments: Iterable[Comment]) -> list[Comment]:
    comments = list(comments)
    is_counted = all(c.id.isascii() and c.id.isdecimal() and len(c.id) <= 20 for c in comments)
    if is_counted and not all(c.published for c in comments):
        # old WordPress pages write dates for people only, so few are known; numbers are given out in turn
        return sorted(comments, key=lambda c: (int(c.id), c.id))
    if is_counted:
        # the same order as below, many times faster: most are in order already
        return sorted(comments, key=lambda c: (c.published or _LONG_AGO, int(c.id), c.id))
    return sorted(comments, key=_reading_key)


def _parents_without_loops(people: Sequence[Comment]) -> dict[str, str | None]:
    """Each comment's parent, or None at top level; a loop is opened at its oldest comment."""
    rank = {comment.id: number for number, comment in enumerate(people)}
    parents = {c.id: c.parent_id if c.parent_id in rank and c.parent_id != c.id else None for c in people}
    settled: set[str] = set()
    for comment in people:
        path: dict[str, None] = {}
        here: str | None = comment.id
        while here is not None and here not in settled:
            if here in path:
                walked = list(path)
                loop = walked[walked.index(here) :]
                parents[min(loop, key=rank.__getitem__)] = None
                break
            path[here] = None
            here = parents[here]
        settled.update(path)
    return parents


def _rows(children: dict[str | None, list[Comment]]) -> tuple[ThreadRow, ...]:
    order: list[Comment] = []
    depths: list[int] = []
    parents: list[int] = []
    # a stack, not recursion: threads can be 10,000 deep
    stack = [(comment, 0, -1) for comment in reversed(children[None])]
    while stack:
        comment, depth, parent = stack.pop()
        here = len(order)
        order.append(comment)
        depths.append(depth)
        parents.append(parent)
        if answers := children.get(comment.id):
            stack.extend([(child, depth + 1, here) for child in reversed(answers)])
    # walked backwards, every child has been counted before its parent
    replies = [0] * len(order)
    new_replies = [0] * len(order)
    for here in range(len(order) - 1, -1, -1):
        parent = parents[here]
        if parent >= 0:
            replies[parent] += replies[here] + 1
            new_replies[parent] += new_replies[here] + order[here].is_new
    return tuple(map(ThreadRow, order, depths, replies, new_replies))
