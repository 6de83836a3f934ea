"""Jumps within and between posts: each remembers where it began."""

from typing import TYPE_CHECKING

from tui_reader.errors import NotFoundError
from tui_reader.language import _
from tui_reader.ui.columns import Column
from tui_reader.ui.ports import Services
from tui_reader.ui.trail import Spot, Trail

if TYPE_CHECKING:
    from tui_reader.ui.screens.reading import ReadingScreen


class Jumping:
    """Knows where the reader is, and brings him to where he was."""

    def __init__(self, screen: "ReadingScreen", services: Services) -> None:
        self._screen = screen
        self._services = services
        self._trail = Trail()

    @property
    def here(self) -> Spot | None:
        """Where the reader is now; None while no post is read."""
        post = self._screen.desk.post
        column = self._screen.column
        if post is None or column < Column.POST:
            return None
        block, line = self._screen.article.position
        return Spot(
            post_id=post.id, column=column, block=block, line=line, key=self._screen.thread.cursor_key
        )

    def leave(self, spot: Spot | None = None) -> None:
        """A jump begins, from here unless it is told from where."""
        spot = spot or self.here
        if spot is not None:
            self._trail.leave(spot)

    def go(self, step: int) -> None:
        """Back (-1) to where the last jump began, or forward (1) again."""
        spot = self._trail.back(self.here) if step < 0 else self._trail.forward(self.here)
        if spot is None:
            self._screen.tell(_("No jump to go back from.") if step < 0 else _("No jump to go forward to."))
        else:
            self._screen.run(self._to, spot, group="desk")

    async def _to(self, spot: Spot) -> None:
        screen, desk = self._screen, self._screen.desk
        is_other = desk.post is None or desk.post.id != spot.post_id or not desk.is_open
        if is_other:
            try:
                post = await self._services.library.post(spot.post_id)
            except NotFoundError:
                screen.tell(_("That post is here no more."))
                return
            await desk.show(post)
        screen.go(spot.column)
        if spot.column is Column.POST:
            screen.article.position = (spot.block, spot.line)
        elif spot.key is not None:
            desk.focus_key(spot.key)
        if is_other:
            await desk.load()
