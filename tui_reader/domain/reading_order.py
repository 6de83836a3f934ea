"""The reading order of a conversation, worked out on numbers: no comment need be there for it."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import count
from typing import cast


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


@dataclass(frozen=True, slots=True, kw_only=True)
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
    parents = _parents_without_loops(columns, people)
    ranks = _parents_first(parents)
    replies = _summed([1] * len(people), parents, ranks)
    are_new = [columns.are_new[number] for number in people]
    new_replies = _summed(are_new, parents, ranks) if any(are_new) else [0] * len(people)
    order, depths = _placed(parents, ranks, replies)
    return Arranged(
        people=[people[rank] for rank in order],
        depths=[depths[rank] for rank in order],
        replies=[replies[rank] for rank in order],
        new_replies=[new_replies[rank] for rank in order],
        pings=pings,
    )


def _oldest_first(columns: Columns, numbers: list[int]) -> list[int]:
    ids = [columns.ids[number] for number in numbers]
    moments = [columns.moments[number] for number in numbers]
    order = list(range(len(numbers)))
    if not _are_numbers(ids):
        order.sort(key=[_reading_key(*one) for one in zip(ids, moments, strict=True)].__getitem__)
        return [numbers[at] for at in order]
    # the same order as by the reading key, many times faster: one number at a time, the last one first
    counted = list(map(int, ids))
    if len(set(counted)) < len(counted):
        order.sort(key=ids.__getitem__)
    order.sort(key=counted.__getitem__)
    if None not in moments:
        order.sort(key=cast("list[float]", moments).__getitem__)
    # else: old WordPress pages write dates for people only, so few are known; numbers are given out in turn
    return [numbers[at] for at in order]


def _are_numbers(ids: Sequence[str]) -> bool:
    """Whether all are whole numbers as blogs write them; asked of all at once, which takes no time."""
    digits = "".join(ids)
    return digits.isascii() and digits.isdecimal() and all(ids) and max(map(len, ids)) <= 20


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


def _parents_first(parents: Sequence[int]) -> Sequence[int]:
    """All ranks, each after its parent's, and those of one parent as they were."""
    if all(parent < rank for rank, parent in enumerate(parents)):
        return range(len(parents))
    # somebody answers what is dated later
    depths: dict[int, int] = {-1: -1}
    for rank in range(len(parents)):
        path = [rank]
        # walked, not recursion: threads can be 10,000 deep
        while path[-1] not in depths:
            path.append(parents[path[-1]])
        depths.update(zip(reversed(path), count(depths[path[-1]])))
    return sorted(range(len(parents)), key=depths.__getitem__)


def _summed(counts: Sequence[int], parents: Sequence[int], ranks: Sequence[int]) -> list[int]:
    """What is counted of everything below each one, itself left out."""
    below = [0] * len(counts)
    for rank in reversed(ranks):
        parent = parents[rank]
        if parent >= 0:
            below[parent] += below[rank] + counts[rank]
    return below


def _placed(
    parents: Sequence[int], ranks: Sequence[int], replies: Sequence[int]
) -> tuple[list[int], list[int]]:
    """The ranks in reading order; and the depth of each rank."""
    order, depths = [0] * len(parents), [0] * len(parents)
    # where the next answer to each one goes; that to nobody is the last
    free = [0] * (len(parents) + 1)
    for rank in ranks:
        parent = parents[rank]
        at = free[parent]
        free[parent] = at + replies[rank] + 1
        free[rank] = at + 1
        order[at] = rank
        if parent >= 0:
            depths[rank] = depths[parent] + 1
    return order, depths
