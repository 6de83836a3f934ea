"""The stored posts: lists, bodies, what is read and starred."""

from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from tui_reader.domain.blog import Blog
from tui_reader.errors import NoRoomError, NotFoundError
from tui_reader.language import _
from tui_reader.storage import blogs, post_lists
from tui_reader.storage.database import Connection, Database, version_of_others
from tui_reader.storage.post_lists import Counts, PostFilter

# what fetches, converts or changes anything is loaded when it is needed: a start that lists posts does not
if TYPE_CHECKING:
    from tui_reader.content.blocks import Document
    from tui_reader.domain.place import ReadingPlace
    from tui_reader.domain.post import Post
    from tui_reader.domain.post_line import PostLine
    from tui_reader.domain.text_state import TextState
    from tui_reader.net.client import Http
    from tui_reader.storage.acts import Undo

__all__ = ["Counts", "Library", "PostFilter"]

BODIES_KEPT = 16

LONG = 40_000
"""Characters of HTML from which the beginning of a post is shown before the rest is converted."""

_BEGINNING = 12_000

_DRAWN_IN = 0.02
"""Seconds that drawing a screen takes."""


_Timed: TypeAlias = "tuple[Document, Sequence[float]]"
"""A body, and how many minutes each of its blocks takes."""


class Text(NamedTuple):
    """A post as it is read."""

    document: "Document"
    pace: Sequence[float]
    """Minutes that each of its blocks takes."""
    state: "TextState"
    place: "ReadingPlace | None"
    """Where the user was; None where he never was."""


class Library:
    """Posts as they are stored."""

    def __init__(self, database: Database, http: "Callable[[], Http]", now: Callable[[], datetime]) -> None:
        self._database = database
        self._http = http
        self._now = now
        self._bodies: dict[tuple[int, str], _Timed] = {}
        self._version: int | None = None

    async def blogs(self) -> tuple[Blog, ...]:
        """Every followed blog, by folder and title, with its counts."""
        return await self._database.read(blogs.all_blogs)

    async def posts(
        self,
        filter: PostFilter = PostFilter(),  # noqa: B008  (frozen)
    ) -> "tuple[PostLine, ...]":
        """The posts that pass the filter, newest first."""
        return await self._database.read(post_lists.list_posts, filter)

    async def each_line(self, filter: PostFilter, take: "Callable[[Sequence[PostLine]], None]") -> None:
        """Hands the same posts over in pieces, on another thread, all of one state of what is stored."""
        await self._database.read(post_lists.each_line, filter, take)

    async def post(self, post_id: int) -> "Post":
        """One post.

        Raises:
            NotFoundError: there is none with this id.
        """
        from tui_reader.storage import posts

        return await self._database.read(posts.get_post, post_id)

    async def find_post(self, ref: str) -> "Post":
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
                _(
                    "{ref!r} is neither the id nor the address of a post; `tui-reader posts` lists them"
                ).format(ref=ref)
            )
        from tui_reader.storage import posts

        stored = await self._database.read(posts.find_post, ref)
        return stored if stored is not None else await self._fetched(ref)

    async def linked(self, url: str) -> "tuple[Post, str | None] | None":
        """The post of a followed blog that this address leads to, and the id of the comment that it means."""
        from tui_reader.storage import links

        return await self._database.read(links.linked, url)

    async def body(
        self,
        post_id: int,
        at_first: "Callable[[Document], None] | None" = None,
        *,
        of_feed: bool = False,
    ) -> "Document":
        """The post's readable text, converted off the event loop when it was not before.

        Args:
            post_id: Which post.
            at_first: Gets the beginning of a long text that must be converted, some screens of it, while
                the rest is.
            of_feed: What the feed gives, though there is more of it.
        """
        document, _ = await self._timed(post_id, at_first, of_feed=of_feed)
        return document

    async def _timed(
        self, post_id: int, at_first: "Callable[[Document], None] | None", *, of_feed: bool
    ) -> "_Timed":
        from tui_reader.storage import post_texts

        body = await self._database.read(post_texts.body, post_id, of_feed=of_feed)
        key = (post_id, body.html)
        if key not in self._bodies:
            import asyncio

            if at_first is not None and len(body.html) > LONG:
                at_first(await asyncio.to_thread(_beginning, body.html, body.base_url))
                # it is drawn before the rest of the work competes with the drawing
                await asyncio.sleep(_DRAWN_IN)
            timed = await asyncio.to_thread(_converted, body.html, body.base_url)
            return self._keep(post_id, body.html, timed)
        return self._bodies[key]

    async def text_state(self, post_id: int) -> "TextState":
        """Whether the feed breaks the post off, and whether there is more of it."""
        return await self._database.read(_text_state, post_id)

    async def text(
        self,
        post_id: int,
        at_first: "Callable[[Document], None] | None" = None,
        *,
        of_feed: bool = False,
    ) -> "Text":
        """What :meth:`body` and :meth:`text_state` give, and more; a short one is there after one step.

        Args:
            post_id: Which post.
            at_first: As for :meth:`body`, but not where the user was further down.
            of_feed: What the feed gives, though there is more of it.
        """
        timed, state, place = await self._database.read(self._short_text, post_id, of_feed=of_feed)
        if timed is None:
            is_from_top = place is None or not place.block
            timed = await self._timed(post_id, at_first if is_from_top else None, of_feed=of_feed)
        return Text(*timed, state, place)

    def _short_text(
        self, db: Connection, post_id: int, *, of_feed: bool
    ) -> "tuple[_Timed | None, TextState, ReadingPlace | None]":
        from tui_reader.storage import places, post_texts

        # converted on the thread that reads: to hand it on to another takes as long as to convert it
        body = post_texts.body(db, post_id, of_feed=of_feed)
        timed = self._bodies.get((post_id, body.html))
        if timed is None and len(body.html) <= LONG:
            timed = self._keep(post_id, body.html, _converted(body.html, body.base_url))
        return timed, _text_state(db, post_id), places.get(db, post_id)

    def _keep(self, post_id: int, html: str, timed: "_Timed") -> "_Timed":
        while len(self._bodies) >= BODIES_KEPT:
            self._bodies.pop(next(iter(self._bodies)), None)
        self._bodies[post_id, html] = timed
        return timed

    async def mark(
        self,
        post_ids: Sequence[int],
        *,
        read: bool | None = None,
        starred: bool | None = None,
        later: bool | None = None,
        followed: bool | None = None,
        is_act: bool = True,
    ) -> "Undo | None":
        """Sets what is given and leaves the rest; None when nothing changed.

        Args:
            post_ids: The posts.
            read: Read or not.
            starred: Starred or not.
            later: To be read later or not.
            followed: Whether what is said under it matters to the user.
            is_act: The user marked it by hand. Opening a post marks it as well, and is nothing to undo.
        """
        from tui_reader.storage import marks

        return await self._database.run(
            marks.mark,
            post_ids,
            read=read,
            starred=starred,
            later=later,
            followed=followed,
            is_act=is_act,
            now=self._now(),
        )

    async def mark_all(
        self,
        filter: PostFilter = PostFilter(),  # noqa: B008  (frozen)
        *,
        before: datetime | None = None,
        with_comments: bool = True,
    ) -> "Undo | None":
        """All posts that pass the filter become read, and their new comments seen; None when nothing changed.

        Args:
            filter: Which posts; wherever a list of them would end.
            before: Only posts of before this moment, and comments that came before it.
            with_comments: Their new comments become seen as well.
        """
        from tui_reader.storage import marks

        return await self._database.run(
            marks.mark_all, filter, before=before, with_comments=with_comments, now=self._now()
        )

    async def undo(self, undo: "Undo | None" = None) -> "Undo | None":
        """Takes back this act, or the last one that was not; None when there is nothing to take back.

        Marks, mutes, and what was done to blogs, also before the program was started.

        Raises:
            NotFoundError: this act was taken back already, or is too long ago.
        """
        from tui_reader.storage import undoing

        return await self._database.run(undoing.undo, None if undo is None else undo.id)

    async def last_act(self) -> "Undo | None":
        """What ``undo`` would take back."""
        from tui_reader.storage import acts

        return await self._database.read(acts.last)

    async def save_place(self, post_id: int, place: "ReadingPlace") -> None:
        """Keeps where the user is in a post and its conversation."""
        from tui_reader.storage import places

        # a full disk keeps nobody from reading the next post
        with suppress(NoRoomError):
            await self._database.run(places.save, post_id, place)

    async def others_wrote(self) -> bool:
        """Whether another program has written into the file since this was asked the last time."""
        before, self._version = self._version, await self._database.run(version_of_others)
        return before not in {None, self._version}

    async def counts(self) -> Counts:
        """How much is unread, starred, new, and waiting in the outbox."""
        return await self._database.read(post_lists.counts)

    async def _fetched(self, url: str) -> "Post":
        from tui_reader.services.single import fetch_single

        return await fetch_single(url, self._database, self._http(), self._now)


def _text_state(db: Connection, post_id: int) -> "TextState":
    from tui_reader.content.cut import is_cut
    from tui_reader.domain.text_state import TextState
    from tui_reader.storage import post_texts

    stored = post_texts.texts(db, post_id)
    return TextState(
        is_cut=is_cut(stored.html, is_description=stored.is_description),
        has_full=stored.full_html is not None,
        is_from_page=stored.is_from_page,
        is_outdated=stored.is_outdated,
        is_wanted=stored.is_wanted,
    )


def _converted(html: str, base_url: str) -> "_Timed":
    from tui_reader.content import readable

    document = readable.document(html, base_url)
    return document, readable.minutes_by_block(document)


def _beginning(html: str, base_url: str) -> "Document":
    """Its first blocks, as they are in the whole document."""
    from tui_reader.content import readable

    found = readable.document(html[:_BEGINNING], base_url)
    # the last ones are cut short, or lack what follows in their list or table
    return replace(found, blocks=found.blocks[:-2])
