"""The reading order of a conversation, worked out on numbers: no comment need be there for it."""

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Columns:
    """What puts comments in order, a list for each of their properties."""

    ids: Sequence[str]
    parents: Sequence[str | None]
    moments: Sequence[float | None]
    """When each was published, in any unit; None where nobody knows."""
    are_people: Sequence[bool]
    """False for pings."""
    are_new: Sequence[bool]
    sizes: Sequence[int]
    """Characters of each body."""


@dataclass(frozen=True, slots=True)
class Arranged:
    """The reading order, as numbers in the columns."""

    people: list[int]
    depths: list[int]
    """Of each of ``people``, in their order, as are the following."""
    replies: list[int]
    new_replies: list[int]
    pings: list[int]


_DIGITS = re.compile(r"(\d+)")


def arranged(columns: Columns) -> Arranged:
    """Every comment once, after the one that it answers; then the pings."""
    numbers = range(len(columns.ids))
    people = _oldest_first(columns, [number for number in numbers if columns.are_people[number]])
    pings = _oldest_first(columns, [number for number in numbers if not columns.are_people[number]])
    order, depths, parents = _walked(_parents_without_loops(columns, people))
    walked = [people[rank] for rank in order]
    # walked backwards, every child has been counted before its parent
    replies, new_replies = [0] * len(order), [0] * len(order)
    for here in range(len(order) - 1, -1, -1):
        parent = parents[here]
        if parent >= 0:
            replies[parent] += replies[here] + 1
            new_replies[parent] += new_replies[here] + columns.are_new[walked[here]]
    return Arranged(walked, depths, replies, new_replies, pings)


def _oldest_first(columns: Columns, numbers: list[int]) -> list[int]:
    ids = [columns.ids[number] for number in numbers]
    moments = [columns.moments[number] for number in numbers]
    order = list(range(len(numbers)))
    if not all(id.isascii() and id.isdecimal() and len(id) <= 20 for id in ids):
        order.sort(key=[_reading_key(*one) for one in zip(ids, moments, strict=True)].__getitem__)
        return [numbers[at] for at in order]
    # the same order as by the reading key, many times faster: one number at a time, the last one first
    counted = [int(id) for id in ids]
    if len(set(counted)) < len(counted):
        order.sort(key=ids.__getitem__)
    order.sort(key=counted.__getitem__)
    known = [moment for moment in moments if moment is not None]
    if len(known) == len(moments):
        order.sort(key=known.__getitem__)
    # else: old WordPress pages write dates for people only, so few are known; numbers are given out in turn
    return [numbers[at] for at in order]


def _reading_key(id: str, moment: float | None) -> tuple[bool, float, tuple[tuple[int, str], ...]]:
    """Undated last; ids break ties, with 9 before 10."""
    # \d also matches digits that int() reads in other scripts; both agree on what a digit is
    parts = tuple((int(p), "") if p.isdecimal() else (-1, p) for p in _DIGITS.split(id[:64]) if p)
    return (moment is None, moment or 0.0, (*parts, (-1, id)))


def _parents_without_loops(columns: Columns, people: Sequence[int]) -> list[int]:
    """Each one's parent by its rank in ``people``, -1 at top level; a loop is opened at its oldest."""
    rank_of = {columns.ids[number]: rank for rank, number in enumerate(people)}
    parents = [rank_of.get(columns.parents[number] or "", -1) for number in people]
    if "" in rank_of:
        # an id may be empty: then no parent is not the parent without a name
        parents = [
            -1 if columns.parents[number] is None else parent
            for number, parent in zip(people, parents, strict=True)
        ]
    if all(parent < rank for rank, parent in enumerate(parents)):
        # nobody answers what came later: there is no way round
        return parents
    parents = [-1 if parent == rank else parent for rank, parent in enumerate(parents)]
    settled = bytearray(len(parents))
    for rank in range(len(parents)):
        path: dict[int, None] = {}
        here = rank
        while here >= 0 and not settled[here]:
            if here in path:
                walked = list(path)
                parents[min(walked[walked.index(here) :])] = -1
                break
            path[here] = None
            here = parents[here]
        for seen in path:
            settled[seen] = 1
    return parents


def _walked(parents: Sequence[int]) -> tuple[list[int], list[int], list[int]]:
    """The tree depth first: ranks, depths, and the place of each one's parent in this order."""
    children: dict[int, list[int]] = defaultdict(list)
    for rank, parent in enumerate(parents):
        children[parent].append(rank)
    order: list[int] = []
    depths: list[int] = []
    places: list[int] = []
    # a stack, not recursion: threads can be 10,000 deep
    stack = [(rank, 0, -1) for rank in reversed(children[-1])]
    while stack:
        rank, depth, parent = stack.pop()
        here = len(order)
        order.append(rank)
        depths.append(depth)
        places.append(parent)
        if rank in children:
            stack.extend([(child, depth + 1, here) for child in reversed(children[rank])])
    return order, depths, places
