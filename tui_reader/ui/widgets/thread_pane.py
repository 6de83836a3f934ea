"""The conversation under a post as it is shown, the cursor on one of its comments."""

from collections.abc import Callable, Iterator, Sequence, Set
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from textual.message import Message

from tui_reader.content.blocks import Document
from tui_reader.domain.comment import Comment
from tui_reader.domain.reply import Reply
from tui_reader.domain.thread import Thread
from tui_reader.language import _
from tui_reader.ui.text import tame
from tui_reader.ui.widgets.block_pane import Source
from tui_reader.ui.widgets.cursor_view import CursorView
from tui_reader.ui.widgets.empty import EmptySource
from tui_reader.ui.widgets.thread_entries import Rows, is_reply_key, reply_key, rows_of
from tui_reader.ui.widgets.thread_fold import FoldedThread, Tree
from tui_reader.ui.widgets.thread_rows import Measured, Remarks, ThreadSource


class ThreadPane(CursorView, inherit_bindings=False):
    """Shows one conversation; the cursor stands on a comment, a reply of mine in waiting or a ping.

    What is shown again after a reload keeps cursor, the row it stands on, and folds.
    """

    @dataclass
    class Moved(Message, namespace="thread_view"):
        """The cursor stands on another comment, or on none."""

        view: "ThreadPane"

        @property
        def control(self) -> "ThreadPane":
            """The view whose cursor it is."""
            return self.view

    @dataclass
    class Missing(Message, namespace="thread_view"):
        """Comments are in sight that are still to be read; ``comments_came`` ends that."""

        view: "ThreadPane"

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._rows = Rows()
        self._folds = FoldedThread(Tree())
        self._cursor: int | None = None
        self._document_of: Callable[[Comment], Document] = lambda _: Document()
        self._now = datetime.fromtimestamp(0, UTC)
        self._note = ""
        self._muted: Set[str] = frozenset()
        self._remarks = Remarks()
        self._empty: tuple[str, str] = ("", "")
        self._measured: Measured | None = None
        self._is_missing = False

    def show(
        self,
        thread: Thread,
        *,
        document_of: Callable[[Comment], Document],
        now: datetime,
        note: str = "",
        replies: Sequence[Reply] = (),
        muted: Set[str] = frozenset(),
        remarks: Remarks = Remarks(),  # noqa: B008  (frozen)
        keep: bool = True,
    ) -> None:
        """Draw a conversation.

        Args:
            thread: The comments in reading order.
            document_of: A comment's body; asked for only what comes in sight.
            now: For times; they are told in its time zone.
            note: A line of ours at the top: "10 newest of 120".
            replies: My own that are not (yet) among the comments.
            muted: Ids of comments that the reader does not want to read.
            remarks: What is told of single comments besides.
            keep: Whether this is the conversation shown before: cursor, its row and folds stay.
        """
        before, place, row = self.cursor_key, self.place, self.cursor_row()
        old_keys, old_cursor = self._rows.tree.keys, self._cursor
        self._is_missing = False
        self._rows = rows_of(thread, replies)
        self._folds = FoldedThread(self._rows.tree, self._folds.folded if keep else ())
        self._document_of, self._now, self._note = document_of, now, note
        self._muted = muted
        # who quotes the post is found later, and told by itself
        self._remarks = replace(remarks, quoting=self._remarks.quoting if keep else frozenset())
        self._empty = (_("No comments yet"), _("r writes the first"))
        self._measured = None
        self._cursor = 0 if self._rows.tree else None
        if keep and old_cursor is not None and self._rows.tree:
            kept = self._nearest_kept(old_keys, old_cursor)
            self._cursor = self._folds.seen_for(kept)
            self.rebuild(self._block_of(self._cursor), 0, row, may_overhang=True)
        else:
            self.rebuild(*(place if keep and old_cursor is None else (0, 0)))
        if not keep:
            self.marked = None
        if self.cursor_key != before:
            self.post_message(self.Moved(self))

    def _nearest_kept(self, old_keys: Sequence[str], old_cursor: int) -> int:
        """Where the cursor's comment is now; when it is gone, the nearest one above that is not."""
        keys = (old_keys[number] for number in range(old_cursor, -1, -1))
        found = (self._folds.number_of[key] for key in keys if key in self._folds.number_of)
        return next(found, 0)

    def show_empty(self, title: str, hint: str) -> None:
        """Say why nothing is here, and which key helps."""
        self._rows, self._folds, self._cursor = Rows(), FoldedThread(Tree()), None
        self._note, self._empty = "", (title, hint)
        self.rebuild()
        self.post_message(self.Moved(self))

    def make_source(self, width: int) -> Source | None:
        if not self._rows.tree:
            title, hint = self._empty
            return EmptySource(tame(self._note), tame(title), tame(hint), width) if title else None
        if self._measured is None or self._measured.width != width:
            self._measured = Measured(self._rows, width)
        return ThreadSource(
            rows=self._rows,
            folds=self._folds,
            document_of=self._document_of,
            now=self._now,
            note=self._note,
            width=width,
            measured=self._measured,
            muted=self._muted,
            remarks=self._remarks,
            on_missing=self._miss,
        )

    def _miss(self) -> None:
        if not self._is_missing:
            self._is_missing = True
            self.post_message(self.Missing(self))

    def comments_came(self, *, are_here: bool = True) -> None:
        """Draw those that were missing; the cursor stays in sight, and on its row if that can be.

        Args:
            are_here: False where they could not be read: they are asked for when they are drawn again.
        """
        if not self._is_missing:
            return
        self._is_missing = False
        block = self.cursor_block
        if not are_here or block is None:
            return
        if self.is_in_sight(block):
            self.rebuild(block, 0, self.cursor_row())
            self.bring_in_sight(block, 1)
        else:
            self.keep_place()

    @property
    def focused_id(self) -> str | None:
        """The id of the comment or ping under the cursor, which itself may be still to be read."""
        key = self.cursor_key
        return None if key is None or is_reply_key(key) else key

    @property
    def is_cursor_read(self) -> bool:
        """Whether what has the cursor can be looked at without waiting for the database."""
        return self._cursor is None or self._rows.entries.if_read(self._cursor) is not None

    @property
    def is_on_new(self) -> bool:
        """Whether the comment under the cursor is new."""
        return self._cursor is not None and self._rows.tree.is_new[self._cursor]

    @property
    def focused_comment(self) -> Comment | None:
        """The comment or ping under the cursor."""
        entry = None if self._cursor is None else self._rows.entries[self._cursor]
        return entry if isinstance(entry, Comment) else None

    def comment_at(self, line: int) -> Comment | None:
        """Whose words stand on a line, counted from the top of the text; None for nobody's."""
        if not self._rows.tree or not 0 <= line < self.heights.total:
            return None
        block, _ = self.heights.at(line)
        entry = self._rows.entries[self._folds.visible[max(0, block - 1)]]
        return entry if isinstance(entry, Comment) else None

    @property
    def focused_reply(self) -> Reply | None:
        """My own reply under the cursor that is not (yet) among the comments."""
        entry = None if self._cursor is None else self._rows.entries[self._cursor]
        return entry if isinstance(entry, Reply) else None

    def show_quoting(self, quoting: Set[str]) -> None:
        """Mark the comments that quote the post; the lines in sight stay where they are."""
        if quoting != self._remarks.quoting:
            self._remarks = replace(self._remarks, quoting=quoting)
            self.keep_place()

    @property
    def cursor_place(self) -> int | None:
        """The how manyth of all the cursor stands on, from 1; None when there is nothing."""
        return None if self._cursor is None else self._cursor + 1

    @property
    def count(self) -> int:
        """How many comments, pings and waiting replies there are."""
        return len(self._rows.tree)

    def focus_comment(self, id: str) -> bool:
        """Put the cursor on a comment, unfolding what hides it; False when it is not here."""
        return self.focus_key(id)

    def focus_reply(self, reply_id: int) -> bool:
        """The same for a reply of my own in waiting."""
        waiting = self._rows.entries.replies()
        return any(reply.id == reply_id and self.focus_key(reply_key(reply)) for reply in waiting)

    def next_new(self, step: int = 1, *, from_start: bool = False) -> bool:
        """Go to the next (1) or previous (-1) new comment; False when there is none.

        Args:
            step: The direction.
            from_start: Look from the very first (or last) on, and not from the cursor.
        """
        if self._cursor is None:
            return False
        start = (-1 if step > 0 else len(self._rows.tree)) if from_start else self._cursor
        found = self._folds.next_new(start, step)
        return found is not None and self._focus(found)

    @property
    def fold_state(self) -> frozenset[str]:
        """The ids of folded comments."""
        return self._folds.folded

    @fold_state.setter
    def fold_state(self, folded: frozenset[str]) -> None:
        if folded != self._folds.folded:
            self._refold(lambda: setattr(self._folds, "folded", folded))

    @property
    def cursor_key(self) -> str | None:
        return None if self._cursor is None else self._rows.tree.keys[self._cursor]

    def entries(self) -> Iterator[tuple[str, int, Comment | Reply]]:
        """Name, depth and what is shown of every row, also of those that are folded away."""
        return zip(self._rows.tree.keys, self._rows.tree.depths, self._rows.entries, strict=True)

    def focus_key(self, key: str) -> bool:
        """Put the cursor on what has this name; False when it is not here."""
        number = self._folds.number_of.get(key)
        return number is not None and self._focus(number)

    def _block_of(self, number: int) -> int:
        # block 0 is the note
        return self._folds.row_of(number) + 1

    def _focus(self, number: int | None, *, step: int = 1) -> bool:
        """Put the cursor on a node and bring it in sight; nothing happens for None."""
        if number is None:
            return False
        old = self._cursor
        if self._folds.reveal(number):
            row = self.cursor_row()
            self._cursor = number
            self.rebuild(self._block_of(number), 0, row)
        else:
            self._cursor = number
            if old is not None and old != number:
                self.refresh_block(self._block_of(old))
            self.refresh_block(self._block_of(number))
        self.bring_in_sight(self._block_of(number), step)
        if old != number:
            self.post_message(self.Moved(self))
        return True

    @property
    def cursor_block(self) -> int | None:
        return None if self._cursor is None else self._block_of(self._cursor)

    def cursor_lines(self, block: int) -> range:
        source = self._source
        if not isinstance(source, ThreadSource):
            return range(0)
        return source.cursor_lines(block, len(self.lines_of(block)))

    def clicked(self, number: int, offset: int) -> None:
        if self._cursor is None or number == 0:
            return
        node = self._folds.visible[number - 1]
        is_fold_line = self._folds.is_folded(node) and 0 < offset < self.heights[number] - 1
        self._focus(node)
        if is_fold_line:
            self._refold(lambda: self._folds.unfold(node))

    def _refold(self, change: Callable[[], object]) -> None:
        """Fold or unfold something; the comment under the cursor stays on its row."""
        row = self.cursor_row()
        change()
        if self._cursor is None:
            return
        before = self._cursor
        self._cursor = self._folds.seen_for(self._cursor)
        self.rebuild(self._block_of(self._cursor), 0, row, may_overhang=True)
        if self._cursor != before:
            self.post_message(self.Moved(self))
