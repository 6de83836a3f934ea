"""Which of the four columns are in sight, decided by the width and by where the reader is."""

from collections.abc import Collection
from enum import IntEnum


class Column(IntEnum):
    """The columns, from left to right, numbered as their keys are."""

    BLOGS = 1
    POSTS = 2
    POST = 3
    CONVERSATION = 4


ALL = frozenset(column.name.lower() for column in Column)

LIBRARY = (Column.BLOGS, Column.POSTS, Column.POST)
"""Choosing: the post stands there as a preview."""
READING = (Column.POST, Column.CONVERSATION)
"""Reading: the post beside what is said of it."""

MIN_FOUR = 180
"""The width from which all four have room for text in a good measure."""
MIN_SOME = 100
"""The width from which two or three have."""


def columns_in_sight(
    width: int,
    focused: Column,
    *,
    is_zoomed: bool = False,
    is_linear: bool = False,
    chosen: Collection[str] = ALL,
) -> tuple[Column, ...]:
    """As many neighbouring columns as fit; the focused one is always among them.

    Args:
        width: Of the terminal.
        focused: Where the reader is.
        is_zoomed: Whether it has the whole window.
        is_linear: Whether one column is all that is ever wanted.
        chosen: The names of the columns that the reader wants to stand beside others.
    """
    if is_zoomed or is_linear or width < MIN_SOME:
        return (focused,)
    if width >= MIN_FOUR:
        fitting = tuple(Column)
    else:
        fitting = LIBRARY if focused in (Column.BLOGS, Column.POSTS) else READING
    return tuple(column for column in fitting if column is focused or column.name.lower() in chosen)
