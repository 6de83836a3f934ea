"""Posts older than what a blog's feed holds: fetched when the user asks for them, and never by themselves.

They were there before anybody looked, so they are no news: they are stored as read, at their own dates.
"""

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from tui_reader import moments
from tui_reader.domain.blog import Blog
from tui_reader.domain.feed import ParsedPost
from tui_reader.domain.schedule import left_alone_until
from tui_reader.domain.update import PostUpdate, decide
from tui_reader.errors import FetchError, HttpStatusError, NotFoundError, TuiReaderError
from tui_reader.language import _
from tui_reader.net.client import Http
from tui_reader.net.reach import on_behalf_of
from tui_reader.services.older_pages import OlderPages
from tui_reader.storage import blogs, intake, schedule
from tui_reader.storage.database import Connection, Database

ENOUGH = 50
"""Posts after which it stops and waits to be asked again."""

MOST_PAGES = 25
"""Pages that are asked for at a time, however little they bring."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OlderPosts:
    """What one call brought."""

    blog_id: int
    title: str
    posts: int = 0
    since: datetime | None = None
    """The date of the oldest of them."""
    has_more: bool = False
    """The blog may have still older ones."""
    error: TuiReaderError | None = None
    """Why it ended early; what came before is stored."""


class Older:
    """Goes back in blogs, one page after the other.

    Args:
        database: Where to.
        http: The way out.
        now: The clock.
    """

    def __init__(self, database: Database, http: Http, now: Callable[[], datetime]) -> None:
        self._database = database
        self._http = http
        self._now = now
        # by feed: where each was left; a later program finds the place anew
        self._pages: dict[str, OlderPages] = {}

    async def fetch(self, blog_id: int, told: Callable[[int], None] = lambda posts: None) -> OlderPosts:
        """Fetches some of the posts before those that are stored, and stores them page by page.

        Args:
            blog_id: The blog.
            told: Is told how many came so far, after each page.

        Raises:
            NotFoundError: there is no such blog.
        """
        blog = await self._database.read(blogs.get_blog, blog_id)
        pages = self._pages_of(blog)
        stored: list[ParsedPost] = []
        error: TuiReaderError | None = None
        try:
            await self._refuse_too_early(blog)
            # what a feed names as its archive may lie in the private network only where the blog lies there
            with on_behalf_of(blog.feed_url):
                for _page in range(MOST_PAGES):
                    page = await pages.more()
                    # also when it is stopped now: this page does not come again
                    keeping = self._database.run(_keep, blog.id, page, now=self._now())
                    stored += await asyncio.shield(keeping)
                    told(len(stored))
                    if len(stored) >= ENOUGH or not pages.has_more:
                        break
        except TuiReaderError as failure:
            error = failure
            await self._leave_alone(blog, failure)
        return OlderPosts(
            blog_id=blog.id,
            title=blog.title,
            posts=len(stored),
            since=min((post.published for post in stored if post.published), default=None),
            has_more=pages.has_more,
            error=error,
        )

    def _pages_of(self, blog: Blog) -> OlderPages:
        if blog.feed_url not in self._pages:
            self._pages[blog.feed_url] = OlderPages(
                self._http,
                blog.feed_url,
                partial(self._database.read, intake.how_many, blog.id),
            )
        return self._pages[blog.feed_url]

    async def _refuse_too_early(self, blog: Blog) -> None:
        known = (await self._database.read(schedule.schedules)).get(blog.id)
        if known is None:
            # removed, as it can be taken back: nothing is asked of it
            raise NotFoundError(_("there is no blog {blog_id}").format(blog_id=blog.id))
        until = known.not_before
        if until is not None and until > self._now():
            told = _("the blog asked to be left alone until {moment}")
            raise FetchError(blog.feed_url, told.format(moment=moments.when(until, self._now())))

    async def _leave_alone(self, blog: Blog, error: TuiReaderError) -> None:
        if isinstance(error, HttpStatusError) and error.asks_to_wait:
            until = left_alone_until(error.retry_after, self._now())
            if until is not None:
                await self._database.run(schedule.leave_alone, blog.id, until)


def _keep(db: Connection, blog_id: int, posts: Sequence[ParsedPost], *, now: datetime) -> list[ParsedPost]:
    """Stores what is not stored yet; what is newer than all of that is for a refresh to bring, as news."""
    newest = intake.newest(db, blog_id)
    new = tuple(
        post
        for post in decide(intake.known_posts(db, blog_id), posts).new
        if post.published is None or newest is None or post.published < newest
    )
    intake.apply_update(db, blog_id, PostUpdate(new=new), now=now, is_older=True)
    return list(new)
