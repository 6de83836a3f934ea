"""Lays a post's comments out on its comment pages: who stands under whom, and on which page."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from tui_reader.demo.model import DemoComment

THREADS_A_PAGE = 50
MAX_DEPTH = 5


@dataclass(frozen=True, slots=True)
class Row:
    """A comment with the comments that are shown inside it."""

    comment: DemoComment
    depth: int
    children: list["Row"] = field(default_factory=list)


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """All threads of a post, cut into pages."""

    pages: tuple[tuple[Row, ...], ...]
    page_of: dict[int, int]
    """The page (from 1) that shows each comment."""


def lay_out(comments: Sequence[DemoComment]) -> Layout:
    """Nests comments as WordPress's pages do.

    What lies deeper than five levels is shown beside its parent, and a reply whose parent is not shown
    is not shown either.
    """
    replies: dict[int, list[DemoComment]] = {}
    for comment in comments:
        replies.setdefault(comment.parent_id, []).append(comment)
    threads: list[Row] = []
    page_of: dict[int, int] = {}
    # a stack, not recursion: a test may build a thread as deep as it likes
    for number, top in enumerate(replies.get(0, ())):
        page = number // THREADS_A_PAGE + 1
        rows: list[Row] = []
        threads_of_top: list[tuple[DemoComment, int, list[Row]]] = [(top, 1, rows)]
        while threads_of_top:
            comment, depth, siblings = threads_of_top.pop()
            row = Row(comment, depth)
            siblings.append(row)
            page_of[comment.id] = page
            is_deepest = depth == MAX_DEPTH
            threads_of_top.extend(
                (reply, depth if is_deepest else depth + 1, siblings if is_deepest else row.children)
                for reply in reversed(replies.get(comment.id, ()))
            )
        threads.extend(rows)
    pages = tuple(
        tuple(threads[start : start + THREADS_A_PAGE]) for start in range(0, len(threads), THREADS_A_PAGE)
    )
    return Layout(pages=pages, page_of=page_of)
