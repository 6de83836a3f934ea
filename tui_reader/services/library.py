"""The stored posts: lists, bodies, what is read and starred."""

import asyncio
from collections.abc import Callable, Sequence
from datetime import datetime

from tui_reader.content import readable
from tui_reader.content.blocks import Document
from tui_reader.domain.feed import ParsedPost
from tui_reader.domain.post import Post
from tui_reader.domain.update import decide
from tui_reader.errors import NotFoundError
from tui_reader.feeds import discover, single_post
from tui_reader.net.client import Http
from tui_reader.storage import blogs, intake, posts
from tui_reader.storage.database import Database
from tui_reader.storage.posts import Counts, PostFilter

__all__ = ["Counts", "Library", "PostFilter"]

BODIES_KEPT = 16


class Library:
    """Posts as they are stored."""

    def __init__(self, database: Database, http: Http, now: Callable[[], datetime]) -> None:
        self._database = database
        self._http = http
        self._now = now
        self._bodies: dict[tuple[int, str], Document] = {}

    async def posts(self, filter: PostFilter = PostFilter()) -> tuple[Post, ...]:  # noqa: B008  (frozen)
        """The posts that pass the filter, newest first."""
        return await self._database.read(posts.list_posts, filter)

    async def post(self, post_id: int) -> Post:
        """One post.

        Raises:
            NotFoundError: there is none with this id.
        """
        return await self._database.read(posts.get_post, post_id)

    async def find_post(self, ref: str) -> Post:
        """The post with this id or this address.

        An address that is not stored is fetched, and the post kept without following its blog.

        Raises:
            NotFoundError: no such id, or no web page of a post at the address.
            FetchError: the address does not answer.
        """
        if ref.isdecimal():
            return await self.post(int(ref))
        if "://" not in ref:
            raise NotFoundError(
                f"{ref!r} is neither the id nor the address of a post; `tui-reader posts` lists them"
            )
        stored = await self._database.read(posts.find_post, ref)
        return stored if stored is not None else await self._fetch_single(ref)

    async def body(self, post_id: int) -> Document:
        """The post's readable text, converted off the event loop when it was not before."""
        body = await self._database.read(posts.body, post_id)
        key = (post_id, body.html)
        if key not in self._bodies:
            document = await asyncio.to_thread(readable.document, body.html, body.base_url)
            while len(self._bodies) >= BODIES_KEPT:
                del self._bodies[next(iter(self._bodies))]
            self._bodies[key] = document
        return self._bodies[key]

    async def mark(
        self, post_ids: Sequence[int], *, read: bool | None = None, starred: bool | None = None
    ) -> None:
        """Sets what is given and leaves the rest."""
        await self._database.run(posts.mark, post_ids, read=read, starred=starred)

    async def counts(self) -> Counts:
        """How much is unread, starred, new, and waiting in the outbox."""
        return await self._database.read(posts.counts)

    async def _fetch_single(self, url: str) -> Post:
        response = await self._http.get(url.partition("#")[0])
        if discover.kind_of(response.body, response.headers.get("content-type", "")) != "page":
            raise NotFoundError(f"{url}: this is no web page; the address of a post is wanted")
        page = await asyncio.to_thread(single_post.read, response.text(), response.url)
        now = self._now()
        blog = await self._database.read(blogs.find_blog, page.blog_url)
        if blog is None:
            blog = await self._database.run(
                blogs.add_blog,
                url=page.blog_url,
                feed_url=page.feed_url or page.blog_url,
                title=page.blog_title,
                generator=page.generator,
                is_subscribed=False,
                now=now,
            )
        entry = ParsedPost(
            guid=page.guid or page.url,
            url=page.url,
            title=page.title,
            author=page.author,
            published=page.published,
            html=page.html,
            comments_feed_url=page.comments_feed_url,
        )
        known = await self._database.read(intake.known_posts, blog.id)
        update = decide(known, (entry,))
        await self._database.run(intake.apply_update, blog.id, update, now=now, is_backlog=True)
        post = await self._database.read(posts.find_post, page.url)
        if post is None:
            raise NotFoundError(f"{url}: the page could not be read as a post")
        return post
