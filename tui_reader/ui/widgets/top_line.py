"""The line at the top: where the reader is, what waits, and how far a refresh has come."""

from textual.content import Content
from textual.reactive import reactive
from textual.widget import Widget

from tui_reader.language import _, ngettext
from tui_reader.ui import text
from tui_reader.ui.manner import manner

_BAR = 8
"""Cells of the progress bar."""


class TopLine(Widget):
    """One line; what does not fit gives way from the right end of the path."""

    DEFAULT_CSS = """
    TopLine { height: 1; background: $panel; color: $text; padding: 0 1; }
    """

    path: reactive[tuple[str, ...]] = reactive(())
    """Where the reader is: the list, then the post. Foreign words, cleaned when drawn."""
    unread: reactive[int] = reactive(0)
    answers: reactive[int] = reactive(0)
    outbox: reactive[int] = reactive(0)
    """Replies that wait to be sent or looked for."""
    progress: reactive[tuple[int, int] | None] = reactive(None)
    """Blogs done and in all, while a refresh runs."""
    is_offline: reactive[bool] = reactive(False)
    is_demo: reactive[bool] = reactive(False)

    def render(self) -> Content:
        if manner().is_linear:
            return self._spoken()
        width = self.content_size.width
        name = Content.styled("tui reader", "bold $text")
        if self.is_demo:
            name += Content.styled(" demo", "$accent")
        right = self._right(is_short=width < 100)
        room = width - name.cell_length - 2 - (right.cell_length + 2 if right else 0)
        path = _path(self.path, room)
        left = name + "  " + path if path else name
        if not right:
            return left
        # beside the path where there is room, at the edge where there is not
        gap = max(2, min(6, width - left.cell_length - right.cell_length)) if width >= 100 else 0
        if not gap:
            gap = max(1, width - left.cell_length - right.cell_length)
        return left + " " * gap + right

    def _spoken(self) -> Content:
        """One sentence after the other, the place first."""
        told = [", ".join(text.content_line(part).plain for part in self.path)]
        if self.unread:
            told.append(_("{count} unread").format(count=self.unread))
        if self.answers:
            told.append(ngettext("{count} answer to you", "{count} answers to you", self.answers))
            told[-1] = told[-1].format(count=self.answers)
        if self.is_offline:
            told.append(_("offline"))
        if self.outbox:
            told.append(_("{count} in the outbox").format(count=self.outbox))
        if self.progress is not None:
            done, total = self.progress
            told.append(_("refreshing, {done} of {total} blogs").format(done=done, total=total))
        return text.content_line(". ".join(part for part in told if part))

    def _right(self, *, is_short: bool) -> Content:
        waiting = (
            [ngettext("{count} unread", "{count} unread", self.unread).format(count=self.unread)]
            if self.unread
            else []
        )
        if self.answers:
            told = ngettext("{count} answer to you", "{count} answers to you", self.answers)
            waiting.append(("{count}" if is_short else told).format(count=self.answers))
        parts = [Content.styled(" · ".join(waiting), "$accent")] if waiting else []
        states = [_("offline")] if self.is_offline else []
        if self.outbox:
            states.append(_("outbox {count}").format(count=self.outbox))
        if states:
            parts.append(Content.styled(" · ".join(states), "$warning"))
        if self.progress is not None:
            done, total = self.progress
            filled = round(_BAR * done / total) if total else 0
            bar = "" if is_short else " " + "▰" * filled + "▱" * (_BAR - filled)
            parts.append(Content.styled(f"⟳ {done}/{total}{bar}", "$text-muted"))
        return Content("   ").join(parts)


def _path(path: tuple[str, ...], room: int) -> Content:
    words = [text.content_line(part) for part in path]
    whole = Content(" › ").join(words)
    if whole.cell_length <= room or not words:
        return whole
    # of the list's name a start is enough to know it; the post is what is read
    shortest = min(words[0].cell_length, max(12, room // 3))
    words[0] = words[0].truncate(shortest, ellipsis=True)
    return Content(" › ").join(words).truncate(max(room, 1), ellipsis=True)
