"""Refreshing: every blog's posts feed, and the conversations in which something happened."""

import asyncio
import logging
import re
from collections.abc import AsyncIterator, Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from tui_reader.domain.blog import Blog
from tui_reader.domain.feed import ParsedComment
from tui_reader.domain.post import Post
from tui_reader.domain.update import decide
from tui_reader.engines.wordpress_address import first_page
from tui_reader.errors import FeedError, FetchError, TuiReaderError
from tui_reader.net.client import Http
from tui_reader.net.fetch import NotModified, Validators, fetch
from tui_reader.net.reach import on_behalf_of
from tui_reader.services import feedwork
from tui_reader.services.conversation import Conversations
from tui_reader.services.subscriptions import FEED_TYPES
from tui_reader.storage import blogs, comments, intake, posts
from tui_reader.storage.database import Connection, Database

log = logging.getLogger(__name__)

_COMMENT_FRAGMENT = re.compile(r"#comment-(\d+)$")


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
    """Fetches what is new; one bad blog stops nobody."""

    def __init__(
        self,
        database: Database,
        http: Http,
        conversations: Conversations,
        now: Callable[[], datetime],
        *,
        at_once: int = 16,
    ) -> None:
        self._database = database
        self._http = http
        self._conversations = conversations
        self._now = now
        self._at_once = at_once

    async def run(self, blog_ids: Sequence[int] | None = None) -> AsyncIterator[Progress]:
        """Refreshes these blogs, or all; yields at the start and after each blog."""
        followed = await self._database.read(blogs.all_blogs)
        chosen = [blog for blog in followed if blog_ids is None or blog.id in set(blog_ids)]
        yield Progress(done=0, total=len(chosen))
        places = asyncio.Semaphore(self._at_once)
        tasks = [asyncio.create_task(self._one(blog, places)) for blog in chosen]
        try:
            for done, task in enumerate(asyncio.as_completed(tasks), start=1):
                yield Progress(done=done, total=len(tasks), latest=await task)
        finally:
            # the caller may stop listening: nothing goes on behind its back
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)

    async def _one(self, blog: Blog, places: asyncio.Semaphore) -> BlogRefreshed:
        async with places:
            try:
                with on_behalf_of(blog.feed_url):
                    return await self._refresh(blog)
            except TuiReaderError as error:
                reason = error.reason if isinstance(error, FetchError) else str(error)
                await self._database.run(blogs.set_error, blog.id, reason, now=self._now())
                return BlogRefreshed(blog_id=blog.id, title=blog.title, outcome="failed", error=reason)

    async def _refresh(self, blog: Blog) -> BlogRefreshed:
        is_first = blog.last_refreshed is None
        new_posts, touched, is_changed = await self._posts(blog)
        new_comments = 0
        if not is_first:
            touched |= await self._spoken_in(blog)
        for post_id in sorted(touched):
            try:
                new_comments += await self._conversations.fetch(post_id)
            except FetchError as error:
                # the posts are stored; the count differs still, so the next refresh asks again
                log.info("comments of post %s of %s: %s", post_id, blog.title, error)
        return BlogRefreshed(
            blog_id=blog.id,
            title=blog.title,
            outcome="changed" if is_changed or new_comments else "unchanged",
            new_posts=new_posts,
            new_comments=new_comments,
        )

    async def _posts(self, blog: Blog) -> tuple[int, set[int], bool]:
        """The posts feed: how many posts are new, in which there is talk, and whether anything changed."""
        answer = await fetch(
            self._http,
            blog.feed_url,
            Validators(etag=blog.etag, last_modified=blog.last_modified),
            accept=FEED_TYPES,
        )
        now = self._now()
        if answer.moved_to:
            await self._database.run(blogs.set_feed_url, blog.id, answer.moved_to)
        if isinstance(answer, NotModified):
            validators = answer.validators
            await self._database.run(
                blogs.set_unchanged,
                blog.id,
                now=now,
                etag=validators.etag,
                last_modified=validators.last_modified,
            )
            return 0, set(), False
        response = answer.response
        digest = feedwork.body_hash(response.body)
        record = partial(
            self._database.run,
            blogs.set_refreshed,
            blog.id,
            now=now,
            etag=answer.validators.etag,
            last_modified=answer.validators.last_modified,
            body_hash=digest,
        )
        if digest == blog.body_hash:
            await record()
            return 0, set(), False
        feed = await feedwork.parse_feed(
            response.body, response.url, response.headers.get("content-type", "")
        )
        known = await self._database.read(intake.known_posts, blog.id)
        update = decide(known, feed.posts)
        is_backlog = blog.last_refreshed is None
        applied = await self._database.run(
            intake.apply_update, blog.id, update, now=now, is_backlog=is_backlog
        )
        await record(
            title=feed.title or None,
            url=feed.url or None,
            generator=feed.generator,
            comments_feed_url=blog.comments_feed_url or feedwork.comments_feed_of(feed, blog.feed_url),
        )
        talked_about = {post_id for post_id, _ in update.counted}
        if not is_backlog:
            talked_about |= set(await self._database.read(_with_comments, applied.new))
        return len(applied.new), talked_about, bool(update.new or update.changed or update.counted)

    async def _spoken_in(self, blog: Blog) -> set[int]:
        """Stored posts of which the blog's comment feed names a comment that is not stored.

        WordPress answers 304 for its posts feed though comments came, so this feed is always asked, and
        without validators: a late approval does not change them.
        """
        if not blog.comments_feed_url:
            return set()
        try:
            response = await self._http.get(blog.comments_feed_url, headers={"Accept": FEED_TYPES})
            entries = await feedwork.parse_comments(
                response.body, response.url, response.headers.get("content-type", "")
            )
        except (FetchError, FeedError) as error:
            # the posts are in; counts in the posts feed still tell most of it
            log.info("comment feed of %s: %s", blog.title, error)
            return set()
        found: set[int] = set()
        for entry in entries:
            post = await self._database.read(_post_of, entry)
            if post is None or post.blog_id != blog.id or post.id in found:
                continue
            # never opened and never answered in: what was said before the subscription is no news
            is_old = (
                post.loaded_at is None and entry.published is not None and entry.published <= blog.added_at
            )
            if not is_old and not await self._database.read(_knows, post.id, _names(entry)):
                found.add(post.id)
        return found


def _post_of(db: Connection, entry: ParsedComment) -> Post | None:
    """The stored post that a comment belongs to: by its link, without its comment page, or by guid."""
    places = [first_page(entry.post_url)] if entry.post_url else []
    if "://" in entry.guid:
        places.append(entry.guid.partition("#")[0])
    return next((post for place in places if (post := posts.find_post(db, place)) is not None), None)


def _with_comments(db: Connection, post_ids: Sequence[int]) -> list[int]:
    """Those of the posts under which the feed counts comments."""
    return [post_id for post_id in post_ids if posts.get_post(db, post_id).comment_count]


def _knows(db: Connection, post_id: int, names: Sequence[str]) -> bool:
    """Whether a comment is stored under any of these ids."""
    return not {comment.id for comment in comments.comments_of(db, post_id)}.isdisjoint(names)


def _names(entry: ParsedComment) -> tuple[str, ...]:
    """Every id under which the comment may be stored."""
    fragments = [_COMMENT_FRAGMENT.search(text) for text in (entry.guid, entry.url or "")]
    return (entry.guid, *(match[1] for match in fragments if match))
