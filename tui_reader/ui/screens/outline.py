"""What a post or a conversation consists of, to jump into: typing narrows it down."""

import asyncio
import time
from collections.abc import Callable, Sequence
from typing import ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import Input

from tui_reader.language import _
from tui_reader.ui.screens.dialog import Dialog
from tui_reader.ui.widgets.field import Field
from tui_reader.ui.widgets.outline_list import Entry, OutlineList

_SLICE = 0.008
"""Seconds of searching between two looks at the keyboard."""


_SHORT = 9
"""Lines for which the box is only as tall as they are."""


class Outline(Dialog[str]):
    """Answers with the key of the entry that was chosen.

    Args:
        title: What it is the outline of.
        entries: Its lines, in reading order.
        words_of: The words of an entry; asked for only what comes in sight or is searched.
        current: The key of where the reader is.
    """

    CSS = """
    Outline OutlineList { background: $surface; margin: 0 0 1 0; }
    Outline #box { width: 92; }
    Outline.-long #box { height: 90%; }
    Outline.-long OutlineList { height: 1fr; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down,ctrl+n", "list('row(1)')", show=False),
        Binding("up", "list('row(-1)')", show=False),
        Binding("pagedown", "list('page(1)')", show=False, priority=True),
        Binding("pageup", "list('page(-1)')", show=False, priority=True),
    ]

    def __init__(
        self,
        title: str,
        entries: Sequence[Entry],
        words_of: Callable[[Entry], str],
        *,
        current: str | None,
    ) -> None:
        super().__init__()
        self.TITLE_WORDS = title
        self._entries = entries
        self._words_of = words_of
        self._current = current

    def compose_box(self) -> ComposeResult:
        yield Field(placeholder=_("type to narrow down"), id="query", select_on_focus=False)
        yield OutlineList(self._entries, self._words_of, current=self._current, id="outline")

    def on_mount(self) -> None:
        self.set_class(len(self._entries) > _SHORT, "-long")
        if len(self._entries) <= _SHORT:
            self.query_one(OutlineList).styles.height = max(2, len(self._entries))
        self.query_one(Input).focus()
        self._tell()

    def _tell(self) -> None:
        found = len(self.query_one(OutlineList).found)
        all_of = len(self._entries)
        count = f"{all_of}" if found == all_of else _("{at} of {total}").format(at=found, total=all_of)
        self.say(Content(_("{count} · ↑ ↓ choose · enter goes there · esc leaves").format(count=count)))

    async def action_list(self, action: str) -> None:
        await self.query_one(OutlineList).run_action(action)

    @on(Input.Submitted)
    def _submitted(self, event: Input.Submitted) -> None:
        event.stop()
        chosen = self.query_one(OutlineList).chosen
        if chosen is not None:
            self.dismiss(chosen.key)

    @on(OutlineList.Chosen)
    def _clicked(self, event: OutlineList.Chosen) -> None:
        event.stop()
        self.dismiss(event.entry.key)

    @on(Input.Changed)
    def _typed(self, event: Input.Changed) -> None:
        event.stop()
        self._narrow(event.value)

    @work(exclusive=True, group="outline")
    async def _narrow(self, query: str) -> None:
        wanted = query.casefold().split()
        outline = self.query_one(OutlineList)
        found: list[Entry] = []
        until = time.perf_counter() + _SLICE
        for entry in self._entries:
            told = f"{entry.author} {outline.words(entry)}".casefold() if wanted else ""
            if all(word in told for word in wanted):
                found.append(entry)
            if time.perf_counter() > until:
                await asyncio.sleep(0)
                until = time.perf_counter() + _SLICE
        outline.show_found(found)
        self._tell()
