"""The links of a post or a comment with where they lead: opened, copied, or taken by their number."""

from collections.abc import Sequence
from typing import ClassVar

from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from tui_reader.content.addresses import lies, shown
from tui_reader.language import _
from tui_reader.ui import text
from tui_reader.ui.screens.dialog import Dialog
from tui_reader.ui.screens.follow import Followed, Link


class Links(Dialog[Followed]):
    """One row a link: its number, its words, its whole address.

    Args:
        title: Whose links they are.
        links: In the order of their footnotes.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("j", "move(1)", show=False),
        Binding("k", "move(-1)", show=False),
        Binding("y", "take(True, False)", "Copy"),
        Binding("o", "take(False, True)", "In the browser"),
        Binding("q", "dismiss(None)", show=False),
    ]

    def __init__(self, title: str, links: Sequence[Link]) -> None:
        super().__init__()
        self.TITLE_WORDS = title
        self._links = links
        self._typed = ""

    def compose_box(self) -> ComposeResult:
        yield OptionList(*map(self._option, range(len(self._links))), id="choices")

    def _option(self, number: int) -> Option:
        link = self._links[number]
        place = text.content_line(shown(link.url))
        words = text.tame_line(link.words)
        line = Content.assemble((f"{number + 1:>3}  ", "$text-muted"))
        if words and words not in {link.url, link.url.rstrip("/")}:
            says = Content.styled(f"{words}\n     ", "$error" if lies(words, link.url) else "")
            return Option(Content.assemble(line, says, place.stylize("$text-muted")))
        return Option(Content.assemble(line, place))

    def on_mount(self) -> None:
        self.say(Content(_("enter opens · o in the browser · y copies · digits go to a number · esc leaves")))
        self.query_one(OptionList).highlighted = 0

    def on_key(self, event: events.Key) -> None:
        """Digits go to the link with that number; those that follow at once belong to it."""
        if not (event.character or "").isdecimal():
            self._typed = ""
            return
        event.stop()
        for typed in (self._typed + (event.character or ""), event.character or ""):
            if 0 < int(typed) <= len(self._links):
                self._typed = typed
                self.query_one(OptionList).highlighted = int(typed) - 1
                return

    @on(OptionList.OptionSelected)
    def _chosen(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        self.dismiss(Followed(link=self._links[event.option_index]))

    def action_take(self, is_copy: bool, is_for_browser: bool) -> None:
        at = self.query_one(OptionList).highlighted
        if at is not None:
            self.dismiss(Followed(link=self._links[at], is_copy=is_copy, is_for_browser=is_for_browser))
