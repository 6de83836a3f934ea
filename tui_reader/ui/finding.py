"""A find within one column: its hits are marked and stepped through, the way back is kept."""

import asyncio
import re
import time
from typing import TYPE_CHECKING, Protocol

from textual.widget import Widget

from tui_reader.language import _
from tui_reader.ui.widgets.hits import pattern_of

if TYPE_CHECKING:
    from tui_reader.ui.screens.reading import ReadingScreen

_SLICE = 0.008
"""Seconds of searching between two looks at the keyboard: ten thousand comments must not hold it up."""


class Findable(Protocol):
    """What a column offers to a find."""

    marked: re.Pattern[str] | None

    def find_units(self) -> int: ...
    def find_in(self, unit: int, pattern: re.Pattern[str]) -> int: ...
    def find_place(self) -> tuple[int, ...]: ...
    def find_text(self) -> object: ...
    def show_hit(self, unit: int, nth: int) -> None: ...


class Finding:
    """One find at a time; it belongs to the column in which it was begun."""

    def __init__(self, screen: "ReadingScreen") -> None:
        self._screen = screen
        self._view: Findable | None = None
        self._query = ""
        self._begun_at: tuple[int, int] = (0, -1)
        self._hits: list[tuple[int, int]] = []
        self._searched: tuple[object, re.Pattern[str] | None] = (None, None)
        self._at: tuple[tuple[int, int], tuple[int, ...]] | None = None

    @property
    def view(self) -> Findable | None:
        """The column of the find, while there are hits marked in it."""
        return self._view if self._view is not None and self._view.marked is not None else None

    def begin(self, view: Findable) -> None:
        """Asks for words to be found in a column."""
        self.end()
        self._view = view
        self._begun_at = (view.find_place()[0], -1)
        self._screen.find_line.open()
        self._screen.tell(_("enter keeps the hits for n and N · esc ends"), stays=True)

    def typed(self, query: str) -> None:
        """Marks what is found so far, and shows the first hit from where the reader was."""
        view = self._view
        if view is None:
            return
        self._query = query
        view.marked = pattern_of(query)
        self._at = None
        if view.marked is None:
            self._screen.tell(_("enter keeps the hits for n and N · esc ends"), stays=True)
        else:
            self._screen.run(self._show, 1, True, group="find-here")

    def keep(self) -> None:
        """The words are complete; from here on keys step through the hits."""
        self._screen.find_line.close()
        self._back()
        if self.view is None:
            self.end()

    def end(self) -> None:
        """No more marks; the reader stays where he is."""
        if self._view is None:
            return
        self._view.marked = None
        was_typing = self._screen.find_line.is_open
        self._screen.find_line.close()
        if was_typing:
            self._back()
        self._view = self._at = None
        self._hits = []
        self._searched = (None, None)
        self._screen.tell("")

    def step(self, step: int) -> None:
        """To the next (1) or previous (-1) hit, going round at the end."""
        self._screen.run(self._show, step, False, group="find-here")

    def _back(self) -> None:
        if isinstance(self._view, Widget):
            self._view.focus()

    async def _show(self, step: int, is_first: bool) -> None:
        view = self.view
        if view is None or view.marked is None or not await self._search(view, view.marked):
            return
        count = len(self._hits)
        if not count:
            self._screen.tell(_("Not found here: {query}").format(query=self._query), stays=True)
            return
        if is_first:
            after = self._begun_at
        elif self._at is not None and self._at[1] == view.find_place():
            after = self._at[0]
        else:
            # he went on by other keys: from there
            after = (view.find_place()[0], -1)
        if step > 0:
            chosen = next((at for at, hit in enumerate(self._hits) if hit > after), 0)
        else:
            chosen = next((at for at in range(count - 1, -1, -1) if self._hits[at] < after), count - 1)
        hit = self._hits[chosen]
        view.show_hit(*hit)
        self._at = (hit, view.find_place())
        keys = self._screen.keymap
        self._screen.tell(
            _("{number} of {count}: {query} · {next} {previous} step · {leave} ends").format(
                number=chosen + 1,
                count=count,
                query=self._query,
                next=keys.shown("new.next"),
                previous=keys.shown("new.previous"),
                leave=keys.shown("column.left"),
            ),
            stays=True,
        )

    async def _search(self, view: Findable, pattern: re.Pattern[str]) -> bool:
        """Collects every hit; False when the find became another one meanwhile."""
        from tui_reader.ui.widgets.searched_thread import SearchedThread

        if isinstance(view, SearchedThread):
            await self._screen.desk.read_all()
        text = view.find_text()
        if self._searched == (text, pattern):
            return True
        hits: list[tuple[int, int]] = []
        until = time.perf_counter() + _SLICE
        for unit in range(view.find_units()):
            hits.extend((unit, nth) for nth in range(view.find_in(unit, pattern)))
            if time.perf_counter() > until:
                await asyncio.sleep(0)
                if view.marked is not pattern or view.find_text() is not text:
                    return False
                until = time.perf_counter() + _SLICE
        self._hits, self._searched = hits, (text, pattern)
        return True
