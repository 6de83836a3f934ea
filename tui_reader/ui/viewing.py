"""The view of the conversation that is in force, and what is kept for the way back to the whole thread."""

from collections.abc import Set

from tui_reader.content.names import who
from tui_reader.domain.thread import Thread
from tui_reader.domain.views import View, Viewed, viewed
from tui_reader.language import N_, _
from tui_reader.ui.text import tame_line

NAMES = {
    View.THREAD: N_("All, as a thread"),
    View.NEW: N_("Only what is new, with what it answers"),
    View.AUTHOR: N_("Only what the post's author says, with what that answers"),
    View.NEWEST: N_("All, the newest first"),
    View.OLDEST: N_("All, the oldest first"),
}
"""What each view is called in lists."""

_SHORT = {
    View.NEW: N_("only new"),
    View.AUTHOR: N_("only the author"),
    View.NEWEST: N_("newest first"),
    View.OLDEST: N_("oldest first"),
}


class Viewing:
    """Orders hold until another is chosen; what shows only a part ends with its post."""

    def __init__(self) -> None:
        self.view = View.THREAD
        self.folds: Set[str] = frozenset()
        """What is folded in the whole thread, while another view is shown."""
        self._new: set[str] = set()
        self._shown = Viewed(Thread())

    def begin(self) -> None:
        """Another post is shown."""
        if not self.view.is_by_date:
            self.view = View.THREAD
        self.folds = frozenset()
        self._new.clear()

    def look(self, view: View) -> None:
        """Another view from here on; what counts as new in it is settled when it is shown."""
        self.view = view
        self._new.clear()

    def of(self, thread: Thread) -> Viewed:
        """The thread in this view; what was new when the view was chosen stays in it."""
        if self.view is View.NEW:
            self._new.update(row.comment.id for row in thread.rows if row.comment.is_new)
            self._new.update(ping.id for ping in thread.pings if ping.is_new)
        self._shown = viewed(thread, self.view, new=self._new)
        return self._shown

    def new_out_of_sight(self, thread: Thread) -> int:
        """How many new comments the view leaves out."""
        return thread.new_count - self._shown.thread.new_count if self.view is not View.THREAD else 0

    @property
    def short(self) -> str:
        """A word or two for the border; empty for the whole thread."""
        return _(_SHORT[self.view]) if self.view in _SHORT else ""

    def names_answered(self, thread: Thread) -> dict[str, str]:
        """For each comment whom it answers, where the order does not show it."""
        if not self.view.is_by_date:
            return {}
        authors = {row.comment.id: row.comment for row in thread.rows}
        found: dict[str, str] = {}
        for row in thread.rows:
            parent = authors.get(row.comment.parent_id or "")
            if parent is not None and row.depth:
                found[row.comment.id] = who(tame_line(parent.author), is_mine=parent.is_mine)
        return found
