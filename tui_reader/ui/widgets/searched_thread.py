"""A find in a conversation: it walks the comments, also those that are folded away."""

import re

from tui_reader.content.names import who
from tui_reader.content.typeset import plain_text
from tui_reader.domain.comment import Comment
from tui_reader.domain.reply import Reply
from tui_reader.ui.text import tame, tame_line
from tui_reader.ui.widgets.thread_entries import is_ping
from tui_reader.ui.widgets.thread_pane import ThreadPane


class SearchedThread(ThreadPane):
    """A conversation in which words are found; a hit in what is folded away unfolds it."""

    def find_units(self) -> int:
        return len(self._rows.entries)

    def find_in(self, unit: int, pattern: re.Pattern[str]) -> int:
        return sum(1 for _ in pattern.finditer(self._words_of(self._rows.entries[unit])))

    def _words_of(self, entry: Comment | Reply) -> str:
        if isinstance(entry, Comment) and entry.id in self._muted:
            return tame(entry.author)
        if isinstance(entry, Reply):
            return tame(f"{entry.reason} {entry.text}")
        body = "" if is_ping(entry) else plain_text(self._document_of(entry))
        # the words that stand there
        return tame(f"{who(tame_line(entry.author), is_mine=entry.is_mine)} {body}")

    def find_place(self) -> tuple[int, ...]:
        return (self._cursor or 0,)

    def find_text(self) -> object:
        return self._rows

    def show_hit(self, unit: int, nth: int) -> None:
        self._focus(unit)
        self._show_hit_of(unit, self._block_of(unit), nth)

    def _unit_of(self, block: int) -> int:
        return self._folds.visible[block - 1] if block else -1
