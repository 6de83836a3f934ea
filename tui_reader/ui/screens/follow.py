"""Asks which of the links in sight is meant, by letters or by number; tells where each leads."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from textual import events
from textual.app import ComposeResult
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static

from tui_reader.content.addresses import shown
from tui_reader.language import _, ngettext
from tui_reader.ui import text
from tui_reader.ui.screens.once import ClosesOnce
from tui_reader.ui.widgets.pieces import shortened

_SHARE = 3
"""Which part of the window the list of addresses may take."""
_WORDS = 32


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """A link that may be followed."""

    words: str
    url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Followed:
    """What is to be done with a link."""

    link: Link
    is_copy: bool = False
    is_for_browser: bool = False
    """Also where it could be opened here."""


class Follow(ClosesOnce, ModalScreen[Followed | None]):
    """Letters open, capitals copy, digits and enter take the link with that number.

    An address is always shown before it is opened: what stands in the list goes by its letters alone, the
    rest wants an enter.

    Args:
        lettered: The links in sight, by their letters.
        numbered: The links of the footnotes; the first has number 1.
        mark: Told which letters are still possible.
    """

    CSS = """
    Follow { background: transparent; layout: vertical; align: left bottom; }
    Follow #addresses { dock: bottom; height: auto; background: $panel; padding: 0 1; }
    """

    def __init__(
        self,
        lettered: Mapping[str, Link],
        numbered: Sequence[Link],
        mark: Callable[[Sequence[str]], None],
    ) -> None:
        super().__init__()
        self._lettered = lettered
        self._numbered = numbered
        self._mark = mark
        self._typed = ""
        self._is_copy = False

    def compose(self) -> ComposeResult:
        yield Static(id="addresses")

    def on_mount(self) -> None:
        self._show()

    def on_resize(self) -> None:
        self._show()

    @property
    def _possible(self) -> list[str]:
        return [label for label in self._lettered if label.startswith(self._typed)]

    @property
    def _rows(self) -> int:
        return max(2, self.app.size.height // _SHARE - 1)

    @property
    def _chosen(self) -> Link | None:
        """What enter would take."""
        if self._typed.isdecimal():
            number = int(self._typed)
            return self._numbered[number - 1] if 0 < number <= len(self._numbered) else None
        return self._lettered.get(self._typed)

    def _show(self) -> None:
        width = self.app.size.width - 2
        chosen = self._chosen
        lines: list[Content] = []
        if chosen is not None:
            lines = [self._line(self._typed, chosen, width)]
        elif not self._typed.isdecimal():
            possible = self._possible
            lines = [self._line(label, self._lettered[label], width) for label in possible[: self._rows]]
            if len(possible) > len(lines):
                left = len(possible) - len(lines)
                more = ngettext("and {count} more", "and {count} more", left).format(count=left)
                lines.append(Content.styled(f"   {more}", "$text-muted"))
        lines.append(Content.styled(self._help(chosen), "$text-muted"))
        self.query_one("#addresses", Static).update(Content("\n").join(lines))
        self._mark(() if self._typed.isdecimal() else self._possible)

    def _help(self, chosen: Link | None) -> str:
        if chosen is not None:
            if self._is_copy:
                return _("enter copies it · esc leaves")
            return _("enter opens it · y copies it · esc leaves")
        if self._typed.isdecimal():
            return _("There is no link {number} · esc leaves").format(number=self._typed)
        if not self._numbered:
            return _("letters open · capitals copy · esc leaves")
        told = _("letters open · capitals copy · 1 to {last} by number · esc leaves")
        return told.format(last=len(self._numbered))

    @staticmethod
    def _line(label: str, link: Link, width: int) -> Content:
        words = shortened(text.tame_line(link.words), min(_WORDS, width // 3))
        address = shortened(text.tame_line(shown(link.url)), max(8, width - len(label) - len(words) - 4))
        return Content.assemble(
            (f"{label} ", "bold $accent"), words, ("  " if words else ""), (address, "$text-muted")
        )

    async def on_key(self, event: events.Key) -> None:
        event.stop()
        event.prevent_default()
        key = event.character or event.key
        chosen = self._chosen
        if event.key == "escape":
            self.dismiss(None)
        elif event.key == "backspace":
            self._typed = self._typed[:-1]
            self._is_copy = self._is_copy and bool(self._typed)
            self._show()
        elif event.key == "enter":
            if chosen is not None:
                self._take(chosen, is_copy=self._is_copy)
        elif key == "y" and chosen is not None:
            self._take(chosen, is_copy=True)
        elif key.isdecimal() and len(key) == 1 and (not self._typed or self._typed.isdecimal()):
            self._typed += key
            self._show()
        elif len(key) == 1 and key.isalpha() and not self._typed.isdecimal():
            self._letter(key)

    def _letter(self, key: str) -> None:
        wanted = self._typed + key.lower()
        if not any(label.startswith(wanted) for label in self._lettered):
            return
        were_listed = self._possible[: self._rows]
        self._typed = wanted
        self._is_copy = self._is_copy or key.isupper()
        chosen = self._lettered.get(wanted)
        if chosen is not None and (wanted in were_listed or self._is_copy):
            self._take(chosen, is_copy=self._is_copy)
        else:
            self._show()

    def _take(self, link: Link, *, is_copy: bool) -> None:
        self.dismiss(Followed(link=link, is_copy=is_copy))

    def on_click(self) -> None:
        self.dismiss(None)
