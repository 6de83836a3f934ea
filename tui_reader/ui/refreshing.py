"""A refresh as it is seen: progress at the top, lists that fill, one sentence at the end."""

import asyncio
from collections.abc import Sequence
from functools import partial
from time import monotonic
from typing import TYPE_CHECKING

from textual.worker import Worker

from tui_reader.errors import TuiReaderError
from tui_reader.language import _, ngettext
from tui_reader.ui.ports import Services
from tui_reader.ui.rest import HANDS

if TYPE_CHECKING:
    from tui_reader.domain.reply import Reply
    from tui_reader.services.refresh import BlogRefreshed
    from tui_reader.ui.screens.reading import ReadingScreen

LISTS_AT_MOST_EVERY = 1.0
"""Seconds between two redrawings of the lists while a refresh runs."""
PROGRESS_EVERY = 0.1


LOOKS_EVERY = 60.0
"""Seconds between two looks for blogs that are due."""


class Refreshing:
    """Runs one refresh at a time; it belongs to the app, so that no screen that goes ends it."""

    def __init__(self, screen: "ReadingScreen", services: Services) -> None:
        self._screen = screen
        self._services = services
        self._worker: Worker[None] | None = None
        self._is_automatic = False

    @property
    def is_asked_for(self) -> bool:
        """Whether one runs that the user asked for."""
        return self.is_running and not self._is_automatic

    @property
    def is_running(self) -> bool:
        return self._worker is not None and self._worker.is_running

    def start(self, blog_ids: Sequence[int] | None = None, *, is_automatic: bool = False) -> None:
        """Refreshes these blogs, or all, when no refresh runs yet.

        One that runs by itself gives way to what the user asks for.
        """
        if self.is_asked_for or (self.is_running and is_automatic):
            return
        self.stop()
        self._is_automatic = is_automatic
        work = partial(self._run, blog_ids, is_automatic=is_automatic)
        self._worker = self._screen.app.run_worker(work, group="refresh")

    def stop(self) -> None:
        """Stops it; what was fetched is stored."""
        if self._worker is not None:
            self._worker.cancel()

    async def look(self) -> None:
        """Shows what another program has stored; refreshes what is due, when the user wants that."""
        if not self.is_running and await self._services.library.others_wrote():
            await self._screen.shelf.load()
            await self._screen.desk.show_stored()
        if self._services.settings.refresh.minutes and not self.is_running:
            due = await self._services.refresh.due()
            if due:
                self.start(due, is_automatic=True)

    async def _run(self, blog_ids: Sequence[int] | None, *, is_automatic: bool) -> None:
        done: list[BlogRefreshed] = []
        top = self._screen.top_line
        drawn = monotonic()
        reached: tuple[int, int] | None = None

        def tell() -> None:
            top.progress = reached

        # not at each blog: what the bar shows is drawn hundreds of times a second then
        telling = self._screen.set_interval(PROGRESS_EVERY, tell)
        replying = self._services.replying
        try:
            before = await replying.outbox()
            async for progress in self._services.refresh.run(
                blog_ids, is_automatic=is_automatic, gives_way=lambda: not HANDS.are_at_rest
            ):
                reached = (progress.done, progress.total)
                if progress.latest is None:
                    tell()
                    continue
                done.append(progress.latest)
                is_news = progress.latest.outcome != "unchanged"
                if is_news and HANDS.are_at_rest and monotonic() - drawn >= LISTS_AT_MOST_EVERY:
                    await self._screen.shelf.load()
                    drawn = monotonic()
            # what waits goes out, and what a moderator has is asked after
            sent = await replying.flush()
            await replying.follow_up()
            settled = {reply.id: reply for reply in (*sent, *await replying.settled(before))}
            await self._services.subscriptions.tidy()
        except asyncio.CancelledError:
            if not is_automatic:
                self._screen.tell(_("Refresh stopped; what was fetched is here."))
            raise
        except TuiReaderError as error:
            self._screen.tell(str(error), "bad")
            return
        finally:
            telling.stop()
            top.progress = None
        await self._show(done, tuple(settled.values()), is_automatic=is_automatic)

    async def _show(
        self, done: "Sequence[BlogRefreshed]", settled: "Sequence[Reply]", *, is_automatic: bool
    ) -> None:
        await self._screen.shelf.load()
        await self._screen.desk.show_stored()
        failed = [one for one in done if one.outcome == "failed"]
        self._screen.top_line.is_offline = bool(done) and len(failed) == len(done)
        words = summary(done)
        if settled:
            from tui_reader.ui.outcomes import said

            words += " · " + " ".join(
                _("Reply to {whom}: {outcome}").format(
                    whom=reply.to_author or reply.blog_title, outcome=said(reply)[0]
                )
                for reply in settled
            )
        if not is_automatic:
            self._screen.tell(words, "bad" if failed else "plain")
        elif (settled or any(one.new_posts or one.new_comments for one in done)) and self._is_quiet:
            self._screen.tell(words)

    @property
    def _is_quiet(self) -> bool:
        """Whether nothing is said below that the reader still needs: nobody asked for this refresh."""
        return not self._screen.status_line.message


def summary(done: Sequence["BlogRefreshed"]) -> str:
    """What a refresh brought, in one sentence; holds foreign words."""
    if not done:
        return _("There is no blog to refresh.")
    posts = sum(one.new_posts for one in done)
    comments = sum(one.new_comments for one in done)
    news = [ngettext("{count} new post", "{count} new posts", posts).format(count=posts)] if posts else []
    if comments:
        told = ngettext("{count} new comment", "{count} new comments", comments)
        news.append(told.format(count=comments))
    failed = [one for one in done if one.outcome == "failed"]
    if len(failed) == len(done) == 1:
        told = _("{title} could not be refreshed: {error}")
        return told.format(title=failed[0].title, error=failed[0].error)
    if len(failed) == len(done):
        words = _("No blog could be refreshed")
    elif failed:
        words = _("{count} of {total} blogs refreshed: {news}")
    else:
        words = ngettext("{count} blog refreshed: {news}", "{count} blogs refreshed: {news}", len(done))
    words = words.format(
        count=len(done) - len(failed), total=len(done), news=", ".join(news) or _("nothing new")
    )
    if len(failed) == 1:
        words += _(" · failed: {title} ({error})").format(title=failed[0].title, error=failed[0].error)
    elif failed:
        others = len(failed) - 1
        words += ngettext(
            " · failed: {title} ({error}) and {count} more",
            " · failed: {title} ({error}) and {count} more",
            others,
        ).format(title=failed[0].title, error=failed[0].error, count=others)
    return words
