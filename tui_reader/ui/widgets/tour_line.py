"""Where a tour says what to press next."""

from textual.content import Content
from textual.reactive import reactive
from textual.widget import Widget

from tui_reader.language import _
from tui_reader.ui.manner import manner


class TourLine(Widget):
    """The step, what to do, and how to leave; wraps in a small window."""

    DEFAULT_CSS = """
    TourLine {
        height: auto; max-height: 6; padding: 0 1;
        background: $panel; color: $text; border-top: wide $accent;
    }
    """

    def on_mount(self) -> None:
        if manner().is_linear:
            self.styles.border_top = None

    step: reactive[tuple[int, int]] = reactive((1, 1), layout=True)
    """The number of the step, and of how many."""
    done: reactive[str] = reactive("", layout=True)
    """What has just been done."""
    words: reactive[str] = reactive("", layout=True)
    leaving: reactive[str] = reactive("", layout=True)
    """The key that leaves the tour."""

    def render(self) -> Content:
        at, count = self.step
        mark = "" if manner().is_linear else "✓ "
        return Content.assemble(
            (_("Tour, {at} of {count}").format(at=at, count=count), "bold $accent"),
            (f"  {mark}{self.done}" if self.done else "", "$success"),
            f"  {self.words}",
            (_("  ·  {key} leaves the tour").format(key=self.leaving) if self.leaving else "", "$text-muted"),
        )
