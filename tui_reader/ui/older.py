"""Older posts of a blog, fetched while the reader reads on: what is said meanwhile and at the end."""

from typing import TYPE_CHECKING

from textual.worker import Worker

from tui_reader import moments
from tui_reader.errors import TuiReaderError
from tui_reader.language import _, ngettext
from tui_reader.ui.ports import Services

if TYPE_CHECKING:
    from tui_reader.domain.blog import Blog
    from tui_reader.services.older import OlderPosts
    from tui_reader.ui.screens.reading import ReadingScreen


class GoingBack:
    """One blog at a time; the same key stops it, and what came is kept."""

    def __init__(self, screen: "ReadingScreen", services: Services) -> None:
        self._screen = screen
        self._services = services
        self._worker: Worker[None] | None = None

    @property
    def is_running(self) -> bool:
        return self._worker is not None and self._worker.is_running

    def toggle(self, blog: "Blog") -> None:
        """Fetches some, or stops it where it does."""
        if self._worker is not None and self.is_running:
            self._worker.cancel()
            self._screen.run(self._show_stopped, group="older")
            return
        # the app's: no screen that goes ends it
        self._worker = self._screen.app.run_worker(self._run(blog), group="older")

    async def _run(self, blog: "Blog") -> None:
        key = self._screen.keymap.shown("blog.older")

        def told(posts: int) -> None:
            so_far = ngettext(
                "Older posts of {title}: {count} so far; {key} stops it",
                "Older posts of {title}: {count} so far; {key} stops it",
                posts,
            )
            self._screen.tell(so_far.format(title=blog.title, count=posts, key=key), stays=True)

        told(0)
        try:
            came = await self._services.older.fetch(blog.id, told)
        except TuiReaderError as error:
            self._screen.tell(str(error), "bad")
            return
        await self._screen.shelf.load()
        self._screen.tell(said(came, key, self._services), "bad" if came.error else "plain")

    async def _show_stopped(self) -> None:
        await self._screen.shelf.load()
        self._screen.tell(_("Stopped; what came is here."))


def said(came: "OlderPosts", key: str, services: Services) -> str:
    """What one call brought, in one sentence; holds foreign words."""
    if came.error is not None:
        why = came.error.reason
        if not came.posts:
            return _("No older posts of {title}: {why}").format(title=came.title, why=why)
        told = ngettext(
            "{count} older post of {title}, then: {why}",
            "{count} older posts of {title}, then: {why}",
            came.posts,
        )
        return told.format(count=came.posts, title=came.title, why=why)
    if not came.posts and came.has_more:
        return _("Nothing new on these pages of {title}; {key} goes on").format(title=came.title, key=key)
    if not came.posts:
        return _("{title} gives no older posts than these.").format(title=came.title)
    if came.has_more:
        told = ngettext(
            "{count} older post of {title}, back to {day}, as read; {key} fetches more",
            "{count} older posts of {title}, back to {day}, as read; {key} fetches more",
            came.posts,
        )
    else:
        told = ngettext(
            "{count} older post of {title}, back to {day}, as read: the blog gives no more",
            "{count} older posts of {title}, back to {day}, as read: the blog gives no more",
            came.posts,
        )
    day = moments.day(came.since, services.now()) or _("an unknown day")
    return told.format(count=came.posts, title=came.title, day=day, key=key)
