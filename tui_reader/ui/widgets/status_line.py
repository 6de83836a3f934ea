"""The line at the bottom: the keys that help here, or a short message."""

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
    """(key, words), the most useful first; the last is shown however little room there is."""
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
        return Content("  ").join(_hint(*self.hints[number]) for number in self._fitting())

    def _fitting(self) -> list[int]:
        """Which of the hints there is room for."""
        if not self.hints:
            return []
        lengths = [_hint(key, words).cell_length + 2 for key, words in self.hints]
        room = self.content_size.width + 2 - lengths[-1]
        fitting = []
        for number, length in enumerate(lengths[:-1]):
            if length <= room:
                room -= length
                fitting.append(number)
        return [*fitting, len(lengths) - 1]

    def on_click(self, event: events.Click) -> None:
        """A click on a hint is its key; one on a message takes that away."""
        event.stop()
        if self.message:
            self.clear()
            return
        end = 0
        for number in self._fitting():
            end += _hint(*self.hints[number]).cell_length + 2
            if event.x - self.gutter.left < end - 1:
                self.post_message(self.Pressed(number))
                return


def _hint(key: str, words: str) -> Content:
    return Content.assemble((key, "bold $text"), f" {words}")
