"""Finds words in all stored posts and comments."""

from typing import TYPE_CHECKING, ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import Input, OptionList
from textual.widgets.option_list import Option

from tui_reader.errors import TuiReaderError
from tui_reader.language import N_, _, ngettext
from tui_reader.ui import text
from tui_reader.ui.screens.dialog import Dialog
from tui_reader.ui.widgets.field import Field

if TYPE_CHECKING:
    from tui_reader.services.search import Hit, Search

PAUSE = 0.15
"""Seconds without a key before the store is asked."""


class Find(Dialog["Hit"]):
    """Answers with what was chosen."""

    TITLE_WORDS = N_("Find in posts and comments")
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down", "move(1)", show=False),
        Binding("up", "move(-1)", show=False),
    ]

    def __init__(self, search: "Search") -> None:
        super().__init__()
        self._search = search
        self._hits: tuple[Hit, ...] = ()

    def compose_box(self) -> ComposeResult:
        yield Field(placeholder=_("words"), id="query", select_on_focus=False)
        found = OptionList(id="found")
        found.can_focus = False
        yield found

    def on_mount(self) -> None:
        self.say(Content(_("↑ ↓ choose · enter opens · esc leaves")))
        self.query_one(Input).focus()

    @on(Input.Changed)
    def _typed(self, event: Input.Changed) -> None:
        event.stop()
        self._look(event.value.strip())

    @on(Input.Submitted)
    def _submitted(self, event: Input.Submitted) -> None:
        event.stop()
        chosen = self.query_one(OptionList).highlighted
        if chosen is not None and chosen < len(self._hits):
            self.dismiss(self._hits[chosen])

    @on(OptionList.OptionSelected)
    def _clicked(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        self.dismiss(self._hits[event.option_index])

    @work(exclusive=True, group="find")
    async def _look(self, query: str) -> None:
        found = self.query_one(OptionList)
        if not query:
            self._hits = ()
            found.clear_options()
            return
        try:
            self._hits = await self._search.find(query)
        except TuiReaderError as error:
            self.say(text.content(str(error)), is_problem=True)
            return
        found.set_options([Option(_row(hit)) for hit in self._hits])
        found.highlighted = 0 if self._hits else None
        count = len(self._hits)
        self.say(
            Content(
                ngettext(
                    "{count} found · enter opens · esc leaves",
                    "{count} found · enter opens · esc leaves",
                    count,
                ).format(count=count)
                if count
                else _("Nothing that is stored holds all these words. Fewer or shorter ones find more.")
            )
        )


def _row(hit: "Hit") -> Content:
    mark = "▪ " if hit.kind == "comment" else "  "
    return Content.assemble(
        (mark, "$primary"),
        text.content_line(hit.title, "bold"),
        "  ",
        text.content_line(hit.author or "", "$text-muted"),
        "\n  ",
        text.content_line(hit.snippet, "$text-muted"),
    )
