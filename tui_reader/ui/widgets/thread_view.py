"""The conversation under a post, as a tree that is walked and folded by keys."""

from collections.abc import Callable
from typing import ClassVar

from textual.binding import BindingType

from tui_reader.domain.comment import Comment
from tui_reader.ui.widgets.line_view import bound
from tui_reader.ui.widgets.searched_thread import SearchedThread

_LINES_INSIDE = 3
"""How far j and k scroll inside a comment that is taller than the pane."""


class ThreadView(SearchedThread, inherit_bindings=False):
    """Steps from comment to comment: the next, the answered one, the next branch, whatever is in sight."""

    BINDINGS: ClassVar[list[BindingType]] = [
        *bound(
            {
                "move.down": "comment(1)",
                "move.up": "comment(-1)",
                "move.half_down": "half_page(1)",
                "move.half_up": "half_page(-1)",
                "move.page_down": "page(1)",
                "move.page_up": "page(-1)",
                "move.top": "top",
                "move.end": "end",
            },
            without=["space"],
        ),
        *bound(
            {
                "thread.next_sibling": "sibling(1)",
                "thread.previous_sibling": "sibling(-1)",
                "thread.next_top": "top_level(1)",
                "thread.previous_top": "top_level(-1)",
                "thread.parent": "parent",
                "thread.leave_branch": "leave_branch",
                "thread.fold": "fold",
                "thread.fold_or_parent": "fold_or_parent",
                "thread.unfold_or_reply": "unfold_or_reply",
                "thread.fold_all": "fold_all",
                "thread.unfold_all": "unfold_all",
                "thread.fold_seen": "fold_seen",
            }
        ),
    ]

    def _first_in_sight(self, step: int) -> int:
        """The first comment whose header is in sight, or (-1) the last."""
        block = self.first_in_sight() if step > 0 else self.last_in_sight()
        return self._folds.visible[min(max(1, block), len(self._folds.visible)) - 1]

    def action_comment(self, step: int) -> None:
        if self._cursor is None or not len(self.heights):
            self.action_line(step)
            return
        block = self._block_of(self._cursor)
        if not self.is_in_sight(block):
            self._focus(self._first_in_sight(step), step=step)
            return
        first, end = self.extent(block)
        top = self.top_line
        hidden = end - (top + self.pane_height) if step > 0 else top - first
        if hidden > 0:
            self.scroll_lines(step * min(_LINES_INSIDE, hidden))
            return
        after = self._folds.row_of(self._cursor) + step
        if 0 <= after < len(self._folds.visible):
            self._focus(self._folds.visible[after], step=step)
        else:
            # what stands before the first and after the last comment can be read too
            self.scroll_lines(step)

    def _drag(self, step: int) -> None:
        """After a page was turned the cursor stands on something that is in sight."""
        if self._cursor is None or not len(self.heights):
            return
        top = self.top_line
        first, _ = self.extent(self._block_of(self._cursor))
        if not top <= first < top + self.pane_height:
            old = self._cursor
            self._cursor = self._first_in_sight(step)
            self.refresh_block(self._block_of(old))
            self.refresh_block(self._block_of(self._cursor))
            if self._cursor != old:
                self.post_message(self.Moved(self))

    def action_half_page(self, step: int) -> None:
        self._turn(step, super().action_half_page)

    def action_page(self, step: int) -> None:
        self._turn(step, super().action_page)

    def _turn(self, step: int, scroll: Callable[[int], None]) -> None:
        before = self.top_line
        scroll(step)
        if self.top_line != before:
            self._drag(step)
        elif self._cursor is not None:
            self._focus(self._folds.visible[-1 if step > 0 else 0], step=step)

    def action_top(self) -> None:
        super().action_top()
        if self._cursor is not None:
            self._focus(self._folds.visible[0], step=-1)
            self.put(0, 0)

    def action_end(self) -> None:
        super().action_end()
        if self._cursor is not None:
            self._focus(self._folds.visible[-1])

    def action_sibling(self, step: int) -> None:
        self._step(step, lambda number: self._folds.sibling(number, step))

    def action_top_level(self, step: int) -> None:
        self._step(step, lambda number: self._folds.top_level(number, step))

    def action_parent(self) -> None:
        if self._cursor is not None and (parent := self._answered_by(self._cursor)) is not None:
            self.tell_left()
            self._focus(parent, step=-1)

    def _answered_by(self, number: int) -> int | None:
        parent = self._folds.parent(number)
        if parent is not None or self._rows.tree.keys[number] not in self._remarks.answered:
            return parent
        entry = self._rows.entries[number]
        if isinstance(entry, Comment):
            return self._folds.number_of.get(entry.parent_id or "")
        return parent

    def action_leave_branch(self) -> None:
        self._step(1, self._folds.leave_branch)

    def _step(self, step: int, leads_to: Callable[[int], int | None]) -> None:
        if self._cursor is not None:
            self._focus(leads_to(self._cursor), step=step)

    def action_fold(self) -> None:
        cursor = self._cursor
        if cursor is not None and self._rows.tree.below[cursor]:
            self._refold(lambda: self._folds.unfold(cursor) or self._folds.fold(cursor))

    def action_fold_or_parent(self) -> None:
        cursor = self._cursor
        if cursor is None:
            return
        if self._rows.tree.below[cursor] and not self._folds.is_folded(cursor):
            self._refold(lambda: self._folds.fold(cursor))
        else:
            self.action_parent()

    def action_unfold_or_reply(self) -> None:
        cursor = self._cursor
        if cursor is None:
            return
        if self._folds.is_folded(cursor):
            self._refold(lambda: self._folds.unfold(cursor))
        else:
            self._step(1, self._folds.first_reply)

    def action_fold_all(self) -> None:
        self._refold(self._folds.fold_all)

    def action_unfold_all(self) -> None:
        self._refold(self._folds.unfold_all)

    def action_fold_seen(self) -> None:
        self._refold(self._folds.fold_seen)


if __name__ == "__main__":
    from tui_reader.ui.widgets.samples import alone, sample_thread

    sample, words_of, moment = sample_thread()
    view = ThreadView()
    alone(view, lambda: view.show(sample, document_of=words_of, now=moment, note="7 newest of 120"))
