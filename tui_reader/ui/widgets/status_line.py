"""The line at the bottom: the keys that help here, or a short message."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from textual import events
from textual.content import Content
from textual.message import Message
from textual.reactive import reactive
from textual.timer import Timer
from textual.widget import Widget

from tui_reader.ui import text

Tone = Literal["plain", "good", "bad"]

_STYLES: dict[Tone, str] = {"plain": "$text", "good": "$success", "bad": "$error"}


class StatusLine(Widget):
    """Hints as far as they fit; a message stands before them for a while."""

    DEFAULT_CSS = """
    StatusLine { height: auto; max-height: 3; background: $panel; color: $text-muted; padding: 0 1; }
    """

    @dataclass(eq=False, repr=False)
    class Pressed(Message):
        """A hint was clicked: what its key does is wanted."""

        number: int
        """Which of the hints."""

    LASTS = 8.0
    """Seconds that a message stays."""

    hints: reactive[tuple[tuple[str, str], ...]] = reactive(())
    """(key, words), the most useful first."""
    message: reactive[str] = reactive("", layout=True)
    tone: reactive[Tone] = reactive("plain")

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._timer: Timer | None = None

    def tell(self, message: str, tone: Tone = "plain", *, stays: bool = False) -> None:
        """Shows a message, which may hold foreign words; with ``stays`` until the next one."""
        self.clear()
        self.tone = tone
        self.message = message
        if message and not stays:
            self._timer = self.set_timer(self.LASTS, self.clear)

    def clear(self) -> None:
        """Takes the message away."""
        if self._timer is not None:
            self._timer.stop()
            self._timer = None
        self.message = ""

    def render(self) -> Content:
        if self.message:
            return text.content_line(self.message).stylize(_STYLES[self.tone])
        return _fitting(self.hints, self.content_size.width)

    def on_click(self, event: events.Click) -> None:
        """A click on a hint is its key; one on a message takes that away."""
        event.stop()
        if self.message:
            self.clear()
            return
        end = 0
        for number, (key, words) in enumerate(self.hints):
            end += Content(f"{key} {words}").cell_length + 2
            if event.x - self.gutter.left < end - 1:
                if end - 2 <= self.content_size.width:
                    self.post_message(self.Pressed(number))
                return


def _fitting(hints: Sequence[tuple[str, str]], width: int) -> Content:
    line = Content()
    for key, words in hints:
        hint = Content.assemble((key, "bold $text"), f" {words}")
        longer = line + "  " + hint if line else hint
        if longer.cell_length > width:
            break
        line = longer
    return line
