"""A line above the status line, out of sight until something is to be typed into it."""

from textual.containers import Horizontal


class BottomLine(Horizontal):
    """What the lines at the bottom have in common: how they look, come and go."""

    DEFAULT_CSS = """
    BottomLine { height: 1; background: $panel; padding: 0 1; display: none; }
    BottomLine Static { width: auto; color: $accent; text-style: bold; }
    BottomLine Input { width: 1fr; height: 1; padding: 0; }
    BottomLine Input, BottomLine Input:focus { border: none; background: $panel; }
    """

    def close(self) -> None:
        """Goes out of sight."""
        self.display = False

    @property
    def is_open(self) -> bool:
        """Whether it has the keys."""
        return bool(self.display)

    def action_ignore(self) -> None:
        """Does nothing."""
