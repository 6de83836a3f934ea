"""A stored conversation of which only the order is read at first, and its comments when they are seen."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from html import escape
from sqlite3 import Connection
from typing import overload

from tui_reader.domain.comment import Comment, CommentState
from tui_reader.domain.reading_order import Columns
from tui_reader.domain.thread import ComesLater, Thread, thread_of
from tui_reader.errors import StorageError
from tui_reader.storage.comments import by_keys, ordering
from tui_reader.storage.values import moment_or_none

WINDOW = 100
"""Comments that are read together: more than a screen holds."""


Fetch = Callable[[Sequence[int]], Mapping[int, Comment]]
"""Reads comments by their stored keys."""


class WindowedComments(ComesLater):
    """Comments in a given order, each read with its neighbours when it is first asked for.

    What counts as new stays as it was when the order was read. One that was deleted since then is a
    removed one without words. For one thread at a time.
    """

    def __init__(self, keys: Sequence[int], columns: Columns, numbers: Sequence[int], fetch: Fetch) -> None:
        self._keys = [keys[number] for number in numbers]
        self._columns = columns
        self._numbers = numbers
        self._read: list[Comment | None] = [None] * len(numbers)
        self._missing_from = 0
        self._wanted: list[int] = []
        """The first places of windows that are waited for, the last one asked for at the end."""
        self.fetch = fetch
        """How those that are missing are read."""

    def __len__(self) -> int:
        return len(self._keys)

    @overload
    def __getitem__(self, at: int) -> Comment: ...
    @overload
    def __getitem__(self, at: slice) -> list[Comment]: ...
    def __getitem__(self, at: int | slice) -> Comment | list[Comment]:
        if isinstance(at, slice):
            return self._all(range(*at.indices(len(self))))
        if (comment := self._read[at]) is not None:
            return comment
        at = range(len(self))[at]
        first = at - at % WINDOW
        return self._all(range(first, min(len(self), first + WINDOW)))[at - first]

    def __iter__(self) -> Iterator[Comment]:
        return iter(self._all(range(len(self))))

    def if_read(self, at: int) -> Comment | None:
        """One without waiting; where it is None its window is the next that :meth:`missing` tells of."""
        if (comment := self._read[at]) is None and (first := at - at % WINDOW) not in self._wanted:
            self._wanted.append(first)
        return comment

    @property
    def read_count(self) -> int:
        """How many were read so far."""
        return sum(comment is not None for comment in self._read)

    def missing(self) -> list[int]:
        """The places of the next ones that were not read yet; first of those that somebody waits for."""
        read, at, count = self._read, self._missing_from, len(self._read)
        while self._wanted:
            if places := self._unread_from(self._wanted.pop()):
                return places
        while at < count and read[at] is not None:
            at += 1
        self._missing_from = at
        return self._unread_from(at)

    def _unread_from(self, first: int) -> list[int]:
        return [at for at in range(first, min(len(self), first + WINDOW)) if self._read[at] is None]

    def keys_at(self, places: Iterable[int]) -> list[int]:
        """Their stored keys."""
        return [self._keys[at] for at in places]

    def take(self, places: Iterable[int], found: Mapping[int, Comment]) -> None:
        """Keeps what was read for these places."""
        self._keep(places, found)

    def _all(self, places: Sequence[int]) -> list[Comment]:
        missing = [at for at in places if self._read[at] is None]
        if missing:
            try:
                found = self.fetch([self._keys[at] for at in missing])
            except StorageError as error:
                # said in its place and not kept: it is asked for again
                return [self._read[at] or self._stand_in(at, str(error)) for at in places]
            self._keep(missing, found)
        return [self._read[at] or self._stand_in(at) for at in places]

    def _keep(self, places: Iterable[int], found: Mapping[int, Comment]) -> None:
        for at in places:
            if self._read[at] is None:
                self._read[at] = self._as_ordered(at, found.get(self._keys[at]))

    def _as_ordered(self, at: int, comment: Comment | None) -> Comment:
        if comment is None:
            return self._stand_in(at)
        is_new = bool(self._columns.are_new[self._numbers[at]])
        return comment if comment.is_new == is_new else replace(comment, is_new=is_new)

    def _stand_in(self, at: int, words: str = "") -> Comment:
        number, columns = self._numbers[at], self._columns
        moment = columns.moments[number]
        return Comment(
            id=columns.ids[number],
            parent_id=columns.parents[number],
            published=moment_or_none(None if moment is None else int(moment)),
            html=escape(words),
            state=CommentState.REMOVED,
            is_new=bool(columns.are_new[number]),
        )


def windowed_thread(db: Connection, post_id: int, fetch: Fetch, *, near: str | None = None) -> Thread:
    """A post's comments in reading order, the first ones read already.

    Args:
        db: The connection, for what is read now.
        post_id: The post.
        fetch: Reads the others, wherever they are asked for.
        near: The comment that is looked at first.
    """
    keys, columns = ordering(db, post_id)

    def read(wanted: Sequence[int]) -> Mapping[int, Comment]:
        return by_keys(db, wanted)

    thread = thread_of(columns, lambda numbers: WindowedComments(keys, columns, numbers, read))
    comments, ids = thread.rows.comments, thread.rows.ids
    if comments:
        places = {0, ids.index(near) if near in ids else 0}
        # the rows after it may be in the next window
        for at in places | {min(len(ids) - 1, at + WINDOW // 2) for at in places}:
            _ = comments[at]
    if isinstance(comments, WindowedComments):
        # the connection is not ours any more when the next one is asked for
        comments.fetch = fetch
    return thread
