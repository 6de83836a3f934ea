"""The links of a pane of blocks: clicked, pointed at, and followed by letters beside them."""

from collections.abc import Mapping
from dataclasses import dataclass

from rich.segment import Segment
from textual import events
from textual.message import Message
from textual.reactive import var
from textual.strip import Strip

from tui_reader.ui.widgets.link_spots import Spot, spots, words_at
from tui_reader.ui.widgets.pieces import BLANK
from tui_reader.ui.widgets.searched_blocks import SearchedBlocks


class LinkedBlocks(SearchedBlocks):
    """Blocks with links in them."""

    lettered: var[Mapping[str, str]] = var({}, init=False)
    """Links in sight that letters follow: address by address, the letters beside it."""

    @dataclass(eq=False, repr=False)
    class LinkOpened(Message, namespace="block_view"):
        """A link was clicked."""

        view: "LinkedBlocks"
        url: str
        words: str = ""
        """What is clicked, as drawn."""

        @property
        def control(self) -> "LinkedBlocks":
            """The view whose link it is."""
            return self.view

    @dataclass(eq=False, repr=False)
    class LinkPointed(Message, namespace="block_view"):
        """The mouse came to stand on a link, or (None) left it."""

        view: "LinkedBlocks"
        url: str | None

        @property
        def control(self) -> "LinkedBlocks":
            """The view whose link it is."""
            return self.view

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._pointed: str | None = None

    def watch_lettered(self) -> None:
        self.refresh()

    def links_in_sight(self) -> list[Spot]:
        """The links of the lines in sight, from the top."""
        top = self.top_line
        return spots(self.line_at(y) for y in range(top, top + self.pane_height))

    def _with_letters(self, strip: Strip, y: int) -> Strip:
        """The strip with the letters of its links: on the blank before each, else on its first words."""
        # the line above as well: what goes on from there has its letters there
        for spot in spots([self.line_at(y - 1) if y > self.top_line else BLANK, self.line_at(y)]):
            letters = self.lettered.get(spot.url) if spot.row else None
            if letters is None:
                continue
            start = max(0, spot.start - min(len(letters), spot.has_room))
            badge = Segment(letters, self.role_style("badge-accent"))
            strip = Strip.join(
                [strip.crop(0, start), Strip([badge], len(letters)), strip.crop(start + len(letters))]
            )
        return strip

    def laid_over(self, strip: Strip, number: int, offset: int, y: int) -> Strip:
        strip = super().laid_over(strip, number, offset, y)
        return self._with_letters(strip, y) if self.lettered else strip

    def clicked(self, number: int, offset: int) -> None:
        """Someone clicked on a line that is no link."""

    def on_click(self, event: events.Click) -> None:
        """A link is opened by its address, which rests in the style and is no action to be read."""
        href = event.style.meta.get("href")
        if isinstance(href, str):
            event.stop()
            self.post_message(self.LinkOpened(self, href, self._words_at(event, href)))
            return
        offset = event.get_content_offset(self)
        if offset is not None:
            y = offset.y + self.top_line
            if 0 <= y < self.heights.total:
                self.clicked(*self.heights.at(y))

    def _words_at(self, event: events.Click, url: str) -> str:
        offset = event.get_content_offset(self)
        if offset is None:
            return ""
        top = self.top_line
        return words_at([self.line_at(top + row) for row in range(offset.y + 2)], offset.y, url)

    def on_mouse_move(self, event: events.MouseMove) -> None:
        """Where a link leads is told before it is clicked."""
        href = event.style.meta.get("href")
        self._point(href if isinstance(href, str) else None)

    def on_leave(self) -> None:
        self._point(None)

    def _point(self, url: str | None) -> None:
        if url != self._pointed:
            self._pointed = url
            self.post_message(self.LinkPointed(self, url))
