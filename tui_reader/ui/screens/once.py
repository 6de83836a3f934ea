"""Closes a screen once, however many keys ask for it in the same breath."""

from typing import TYPE_CHECKING, Any

from textual.await_complete import AwaitComplete

if TYPE_CHECKING:
    from textual.screen import Screen

    _Base = Screen[Any]
else:
    _Base = object


class ClosesOnce(_Base):
    """Stands before a screen's own class.

    Keys that come together are all heard by the screen that is there at the first of them; a second
    ``dismiss`` would close the screen below, or, at the last one, end the program.
    """

    def dismiss(self, result: Any = None) -> AwaitComplete:
        """Closes this screen with its answer; when it is closed already, nothing."""
        return super().dismiss(result) if self.is_current else AwaitComplete()
