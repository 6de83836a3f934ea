"""Refreshing: every blog's posts feed, and the conversations in which something happened."""

import asyncio
import logging
import random
from collections import defaultdict
from collections.abc import AsyncGenerator, Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from tui_reader import moments
from tui_reader.domain import trouble
from tui_reader.domain.blog import Blog
from tui_reader.domain.schedule import Asked, Came, Habits, left_alone_until, next_check
from tui_reader.errors import FetchError, HttpStatusError, TuiReaderError
from tui_reader.language import _
from tui_reader.net.client import Http
from tui_reader.net.reach import on_behalf_of
from tui_reader.services.feedrefresh import FeedRefresh, FeedResult
from tui_reader.services.giving_way import Places
from tui_reader.services.parsing import PARSERS
from tui_reader.storage import blogs, schedule
from tui_reader.storage.database import Connection, Database
from tui_reader.storage.grouped import GroupedWrites
from tui_reader.storage.schedule import Schedule

if TYPE_CHECKING:
    from tui_reader.services.conversation import Conversations

log = logging.getLogger(__name__)

AT_ONCE = 128
"""Blogs under way at a time, all on hosts of their own; most of that time they only wait."""

_LOADS_AT_ONCE = 20
"""Conversations that one refresh loads one by one from one blog; the rest stays marked for the next."""

_DUE_AT_ONCE = 50

_WATCHED_FOR = timedelta(days=365)
"""How long after its newest post a blog is listened to of which no post was ever opened."""

_MANY_NEW = 4
"""From so many blogs that were never read on, the parsers are started ahead."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BlogRefreshed:
    """What came of one blog."""

    blog_id: int
    title: str
    outcome: str
    """``changed``, ``unchanged`` or ``failed``."""
    new_posts: int = 0
    new_comments: int = 0
    error: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """How far a refresh has come."""

    done: int
    total: int
    latest: BlogRefreshed | None = None


class Refresh:
    """Fetches what is new; one bad blog stops nobody, one slow blog delays nobody.

    Args:
        database: Where to.
        http: The way out.
        conversations: Gives what loads comments; asked for when there are some to load.
        now: The clock.
        at_once: How many blogs are under way at a time.
        per_host: How many of them on one host.
        interval: How often a blog is asked without being told to.
        chance: Gives numbers from 0 to 1 by which blogs drift apart.
    """

    def __init__(
        self,
        database: Database,
        http: Http,
        conversations: "Callable[[], Conversations]",
        now: Callable[[], datetime],
        *,
        at_once: int = AT_ONCE,
        per_host: int = 2,
        interval: timedelta = timedelta(hours=1),
        chance: Callable[[], float] = random.random,
    ) -> None:
        self._database = database
        self._http = http
        self._conversations = conversations
        self._now = now
        self._at_once = at_once
        self._per_host = per_host
        self._interval = interval
        self._chance = chance
        self._writes = GroupedWrites(database)
        self._feeds = FeedRefresh(database, http, self._writes, now)

    async def due(self, now: datetime | None = None) -> tuple[int, ...]:
        """The blogs that are to be asked now without being told to, the longest waiting first.

        Never more than a few: after a night all are due, and the next look finds the others.
        """
        found = await self._database.read(schedule.due, now=now or self._now())
        return found[:_DUE_AT_ONCE]

    async def run(
        self,
        blog_ids: Sequence[int] | None = None,
        *,
        is_automatic: bool = False,
        gives_way: Callable[[], bool] = lambda: False,
    ) -> AsyncGenerator[Progress, None]:
        """Refreshes these blogs, or all that are not paused; yields at the start and after each blog.

        Args:
            blog_ids: Which; also paused ones, when they are named.
            is_automatic: Nobody asked for it: validators are trusted, what failed again and again is left.
            gives_way: Whether somebody waits for this process, and only few blogs may be begun beside it.
        """
        followed = await self._database.read(blogs.all_blogs)
        schedules = await self._database.read(schedule.schedules)
        wanted = None if blog_ids is None else set(blog_ids)
        chosen = [
            blog
            for blog in followed
            if (not schedules[blog.id].is_paused if wanted is None else blog.id in wanted)
        ]
        yield Progress(done=0, total=len(chosen))
        if sum(1 for blog in chosen if blog.last_refreshed is None) >= _MANY_NEW:
            PARSERS.warm()
        since = self._now() - _WATCHED_FOR
        watched = await self._database.read(schedule.talked_about, since=since) if is_automatic else None
        wanting = await self._database.read(schedule.blogs_wanting)
        places = Places(self._at_once, gives_way)
        # a host's turn comes first: a hundred blogs of one slow host must not hold all places
        turns: defaultdict[str, asyncio.Semaphore] = defaultdict(lambda: asyncio.Semaphore(self._per_host))
        refused: dict[str, datetime] = {}

        async def one(blog: Blog) -> BlogRefreshed:
            # what a blog names may lie in the private network only where the user's own word lies there
            with on_behalf_of(blog.feed_url):
                async with turns[_host(blog.feed_url)], places.one():
                    return await self._one(
                        blog,
                        schedules[blog.id],
                        is_watched=watched is None or blog.id in watched,
                        is_wanting=blog.id in wanting,
                        is_asked=not is_automatic,
                        refused=refused,
                    )

        tasks = [asyncio.create_task(one(blog)) for blog in chosen]
        try:
            for done, task in enumerate(asyncio.as_completed(tasks), start=1):
                yield Progress(done=done, total=len(tasks), latest=await task)
        finally:
            # the caller may stop listening: nothing goes on behind its back
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)
            await self._writes.finish()

    async def _one(
        self,
        blog: Blog,
        known: Schedule,
        *,
        is_watched: bool,
        is_wanting: bool,
        is_asked: bool,
        refused: dict[str, datetime],
    ) -> BlogRefreshed:
        now, host = self._now(), _host(blog.feed_url)
        if known.not_before is not None and known.not_before > now:
            return _left_alone(blog, known.not_before, now)
        if host in refused:
            # one of its neighbours was told while this one waited: it is meant, too
            await self._writes.run(schedule.leave_alone, blog.id, refused[host])
            return _left_alone(blog, refused[host], now)
        try:
            return await self._refresh(
                blog, known, is_watched=is_watched, is_wanting=is_wanting, is_asked=is_asked
            )
        except TuiReaderError as error:
            if isinstance(error, HttpStatusError) and error.status == 429:
                until = left_alone_until(error.retry_after, self._now())
                if until is not None:
                    refused[host] = until
            return await self._keep_failure(blog, known, error)
        except Exception:
            # a fault of ours in one blog: seen in the log with all of it, and the others go on
            log.exception("refreshing %s", blog.feed_url)
            return _failed(blog, _("a fault in tui-reader itself; its log says more"))

    async def _refresh(
        self, blog: Blog, known: Schedule, *, is_watched: bool, is_wanting: bool, is_asked: bool
    ) -> BlogRefreshed:
        is_first = blog.last_refreshed is None
        feed = await self._feeds.fetch(blog)
        if is_watched and not is_first and _can_be_heard(blog, known):
            is_wanting = True
            needs_counts = await self._look(blog, known, is_asked=is_asked)
            if needs_counts and not feed.is_whole:
                # WordPress answers "not changed" though the counts in its feed have changed
                feed = await self._feeds.fetch(blog, fresh=True)
        new_comments = 0
        # a blog of which nothing came and of which nothing was wanted needs no look into the database
        if is_wanting or feed.has_changed:
            wanted = await self._database.read(schedule.wanting, blog.id, is_asked=is_asked)
            if len(wanted) > 1 and not feed.is_whole:
                # several can be loaded together, but only beside counts of now: the API lists no pings
                feed = await self._feeds.fetch(blog, fresh=True)
            new_comments = await self._load(blog, wanted)
        has_changed = feed.has_changed or new_comments > 0
        asked = Asked(
            came=Came.CHANGED if has_changed else Came.UNCHANGED,
            has_validators=feed.has_validators,
            max_age=feed.max_age,
        )
        await self._writes.run(self._finish, blog, known, feed, asked)
        return BlogRefreshed(
            blog_id=blog.id,
            title=blog.title,
            outcome="changed" if has_changed else "unchanged",
            new_posts=feed.new_posts,
            new_comments=new_comments,
        )

    async def _look(self, blog: Blog, known: Schedule, *, is_asked: bool) -> bool:
        """Looks for talk; where that is refused the posts are none the worse, and it is kept until when."""
        # what knows of comments is not loaded before a blog has a place where all are told of
        from tui_reader.services import talk

        try:
            return await talk.look(
                self._http, self._writes, blog, known.talk, is_asked=is_asked, now=self._now()
            )
        except HttpStatusError as error:
            await self._leave_alone(blog, error)
            return False

    async def _leave_alone(self, blog: Blog, error: HttpStatusError) -> None:
        log.info("comments of %s: %s", blog.title, error)
        until = left_alone_until(error.retry_after, self._now())
        if until is not None:
            await self._writes.run(schedule.leave_alone, blog.id, until)

    def _finish(self, db: Connection, blog: Blog, known: Schedule, feed: FeedResult, asked: Asked) -> None:
        now = self._now()
        feed.keep(db)
        hints = known.habits.hints if feed.hints is None else feed.hints
        habits = Habits(
            failures=known.habits.failures, changed_at=known.habits.changed_at or now, hints=hints
        )
        moment = next_check(habits, asked, now, interval=self._interval, spread=self._chance())
        schedule.set_checked(db, blog.id, asked.came, now=now, next_check=moment, hints=feed.hints)

    async def _load(self, blog: Blog, wanted: tuple[int, ...]) -> int:
        """Loads these conversations; a failed one stays marked. How many comments are new."""
        new = 0
        try:
            if len(wanted) > 1:
                counted = await self._database.read(schedule.in_feed, blog.id)
                together = await self._conversations().fetch_many([id for id in wanted if id in counted])
                new += sum(together.values())
                wanted = tuple(post_id for post_id in wanted if post_id not in together)
            for post_id in wanted[:_LOADS_AT_ONCE]:
                new += await self._load_one(blog, post_id)
        except HttpStatusError as error:
            await self._leave_alone(blog, error)
        except FetchError as error:
            log.info("comments of %s: %s", blog.title, error)
        return new

    async def _load_one(self, blog: Blog, post_id: int) -> int:
        try:
            return await self._conversations().fetch(post_id)
        except FetchError as error:
            await self._writes.run(schedule.load_failed, post_id)
            if isinstance(error, HttpStatusError) and error.asks_to_wait:
                raise
            # the posts are stored and the mark stays: the next refresh asks again
            log.info("comments of post %s of %s: %s", post_id, blog.title, error)
            return 0

    async def _keep_failure(self, blog: Blog, known: Schedule, error: TuiReaderError) -> BlogRefreshed:
        now = self._now()
        # beside its title; of another address it has to be told
        reason = error.reason.removeprefix(f"{blog.feed_url}: ")
        asked = Asked(came=Came.FAILED)
        if isinstance(error, HttpStatusError):
            asked = Asked(
                came=Came.GONE if error.status == 410 else Came.FAILED,
                retry_after=error.retry_after if error.asks_to_wait else None,
            )
        moment = next_check(known.habits, asked, now, interval=self._interval, spread=self._chance())
        kind = error.trouble
        if kind and trouble.reason(kind) != reason:
            # more is told, as of another address: that is kept as it was said
            kind = ""
        await self._writes.run(_keep_error, blog, asked, reason, kind, now, moment)
        return _failed(blog, reason)


def _keep_error(
    db: Connection,
    blog: Blog,
    asked: Asked,
    reason: str,
    kind: str,
    now: datetime,
    moment: datetime | None,
) -> None:
    blogs.set_error(db, blog.id, reason, now=now, trouble=kind)
    schedule.set_checked(
        db,
        blog.id,
        asked.came,
        now=now,
        next_check=moment,
        not_before=left_alone_until(asked.retry_after, now),
    )


def _failed(blog: Blog, reason: str) -> BlogRefreshed:
    return BlogRefreshed(blog_id=blog.id, title=blog.title, outcome="failed", error=reason)


def _left_alone(blog: Blog, until: datetime, now: datetime) -> BlogRefreshed:
    told = _("the blog asked to be left alone until {moment}")
    return _failed(blog, told.format(moment=moments.when(until, now)))


def _can_be_heard(blog: Blog, known: Schedule) -> bool:
    """Whether the blog has a place where all its comments are told of."""
    return bool(blog.comments_feed_url or known.talk.api_root)


@lru_cache(maxsize=4_096)  # asked twice of each blog
def _host(url: str) -> str:
    try:
        return urlsplit(url).netloc
    except ValueError:  # "http://[": it fails in its own turn
        return url
