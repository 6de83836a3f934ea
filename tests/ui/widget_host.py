"""What widget tests share: an app of one widget, and what its pane shows."""

from textual.app import App, ComposeResult

from tui_reader.domain.comment import Comment
from tui_reader.domain.thread import Thread, in_reading_order
from tui_reader.ui.themes import INK, THEMES
from tui_reader.ui.widgets.line_view import LineView


class Host(App[None]):
    """One widget, in the dark theme unless another is wanted."""

    def __init__(self, widget: LineView, theme: str = INK.name) -> None:
        super().__init__()
        self.widget = widget
        self.wanted_theme = theme

    def compose(self) -> ComposeResult:
        yield self.widget

    def on_mount(self) -> None:
        for theme in THEMES:
            self.register_theme(theme)
        self.theme = self.wanted_theme
        self.widget.focus()


def drawn(view: LineView) -> list[str]:
    """The lines in sight, without the white space at their ends."""
    return [view.render_line(y).text.rstrip() for y in range(view.pane_height)]


def row_of(view: LineView, words: str) -> int:
    """The row of the pane on which some words stand; -1 when they are not in sight."""
    return next((row for row, line in enumerate(drawn(view)) if words in line), -1)


def marked(view: LineView) -> list[str]:
    """The lines that the cursor's bar marks."""
    return [line[1:].strip() for line in drawn(view) if line.startswith("▌")]


def thread_of(*comments: Comment) -> Thread:
    return in_reading_order(comments)
