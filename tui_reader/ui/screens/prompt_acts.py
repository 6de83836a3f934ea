"""What is typed into the prompt: a query that narrows the list, a command."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from tui_reader.errors import TuiReaderError, UsageError
from tui_reader.language import _
from tui_reader.ui.columns import Column
from tui_reader.ui.screens.library_acts import LibraryActs

if TYPE_CHECKING:
    from tui_reader.ui.widgets.prompt_line import PromptLine

FILTER, COMMAND = "&", ":"
"""The signs before the line, which are also the keys that people expect."""


class PromptActs(LibraryActs):
    """One method an act."""

    # waited for, and not done on the side: the letters that follow are meant for the line

    async def action_filter_posts(self) -> None:
        await self._ask(FILTER)

    async def action_command_line(self) -> None:
        await self._ask(COMMAND)

    async def _ask(self, prompt: str) -> None:
        from tui_reader.ui.command_line import suggestions

        line = await self._prompt_line()
        if prompt == FILTER:
            query = self.shelf.query
            line.open(prompt, query.text if query else "")
        else:
            line.open(prompt, suggestions=suggestions(self))
        self._say_how(prompt)

    async def _prompt_line(self) -> "PromptLine":
        # here and not at the start, which has no use for it
        from tui_reader.ui.widgets.prompt_line import PromptLine

        for line in self.query(PromptLine):
            return line
        line = PromptLine()
        await self.mount(line, before="#status")
        return line

    def _say_how(self, prompt: str) -> None:
        from tui_reader.domain.query import HELP

        self.tell(
            _(HELP) if prompt == FILTER else _("tab completes · enter does it · esc leaves"), stays=True
        )

    # By name and not by decorator: the widget's class is loaded when it is first asked for

    def on_prompt_line_typed(self, event: "PromptLine.Typed") -> None:
        if event.prompt == FILTER:
            fault = self._fault(event.text)
            if fault:
                self.tell(fault, "bad", stays=True)
            else:
                self._say_how(FILTER)

    def on_prompt_line_given(self, event: "PromptLine.Given") -> None:
        if event.prompt == FILTER:
            fault = self._fault(event.text)
            if fault:
                # the line stays, to be mended
                self.tell(fault, "bad", stays=True)
                return
            self._end_prompt()
            self.narrow_by(event.text)
            return
        self._end_prompt()
        from tui_reader.ui.command_line import perform

        try:
            perform(self, event.text)
        except UsageError as error:
            self.tell(str(error), "bad")

    def on_prompt_line_left(self) -> None:
        self._end_prompt()

    def _end_prompt(self) -> None:
        for line in self.query("PromptLine"):
            line.display = False
        self.tell("")
        self.go(self.column)

    def _fault(self, text: str) -> str:
        from tui_reader.domain.query import parse

        try:
            parse(text, self.services.now())
        except UsageError as error:
            return str(error)
        return ""

    def narrow_by(self, text: str) -> None:
        """Lists only what the query lets through; an empty one lists all again."""
        from tui_reader.domain.query import parse

        self.go(Column.POSTS)
        self.run(self.shelf.narrow, parse(text, self.services.now()), group="list")

    async def follow_blogs(self, urls: Sequence[str]) -> None:
        """Follows blogs by their addresses, and says of each what came of it."""
        from tui_reader.services.several import add_several

        told: list[str] = []
        is_bad = False
        for came in await add_several(self.services.subscriptions, urls):
            if isinstance(came, TuiReaderError):
                told.append(str(came))
                is_bad = True
            else:
                told.append(f"{came.blog.title}: {_('followed') if came.is_new else came.found}")
        await self.shelf.load()
        self.tell(" · ".join(told), "bad" if is_bad else "good")
