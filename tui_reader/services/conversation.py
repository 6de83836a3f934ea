"""Conversations: stored at once, fetched when asked, with what is new since the last visit."""

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from tui_reader.content.plain import as_html
from tui_reader.domain.comment import Comment, CommentState
from tui_reader.domain.conversation import LoadedConversation, Place
from tui_reader.domain.post import Post
from tui_reader.domain.reply import Outcome, Reply, ReplyState
from tui_reader.domain.thread import Thread, in_reading_order
from tui_reader.engines.base import Engine, LoadsMany
from tui_reader.engines.choose import choose
from tui_reader.errors import FetchError
from tui_reader.net.reach import on_behalf_of
from tui_reader.services.on_behalf import OnBehalf, named
from tui_reader.storage import blogs, comments, identities, outbox, posts, visits
from tui_reader.storage.comments import Answer
from tui_reader.storage.database import Connection, Database

_MOMENT = timedelta(microseconds=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Conversation:
    """A post's conversation as it is stored."""

    post: Post
    thread: Thread
    note: str = ""
    replies: tuple[Reply, ...] = ()
    """Mine that are not among the comments: drafts, queued, refused and uncertain ones."""


class Conversations:
    """What is said under posts."""

    def __init__(self, database: Database, engines: Sequence[Engine], now: Callable[[], datetime]) -> None:
        self._database = database
        self._engines = engines
        self._now = now
        self._loading: dict[int, asyncio.Lock] = {}

    async def stored(self, post_id: int) -> Conversation:
        """The conversation as it was last fetched, with no request."""
        return await self._database.read(_stored, post_id)

    async def load(self, post_id: int) -> Conversation:
        """Fetches the conversation, stores it and returns it.

        Raises:
            FetchError: the blog could not be asked; what was stored stays.
        """
        await self.fetch(post_id)
        return await self.stored(post_id)

    async def fetch(self, post_id: int) -> int:
        """Fetches and stores the conversation; returns how many comments are new to the reader."""
        # two loads of one post at once would only ask the blog twice
        async with self._loading.setdefault(post_id, asyncio.Lock()):
            place = await self.place(post_id)
            engine = self.engine_for(place)
            loaded = await engine.load(place)
            new = await self._database.run(_keep, place, loaded, self._now())
            await self._follow_held(place, engine)
            return new

    async def fetch_many(self, post_ids: Sequence[int]) -> dict[int, int]:
        """Fetches and stores those of one blog's conversations that few requests bring whole.

        Returns how many comments are new to the reader, by post; the others want a fetch of their own.

        Raises:
            FetchError: the blog asks to be left alone for now.
        """
        places = await self._database.read(_places_of, post_ids)
        chosen = [(place, choose(place, self._engines)) for place in places]
        engine = next((engine for _, engine in chosen if isinstance(engine, LoadsMany)), None)
        if engine is None:
            return {}
        together = [place for place, its in chosen if its is engine]
        with on_behalf_of(*named(together[0])):
            loaded = await engine.load_many(together)
        new: dict[int, int] = {}
        for place in together:
            found = loaded.get(place.post.id)
            if found is not None:
                new[place.post.id] = await self._database.run(_keep, place, found, self._now())
                await self._follow_held(place, self.engine_for(place))
        return new

    async def place(self, post_id: int) -> Place:
        """The post with its blog, as engines want it."""
        return await self._database.read(place_of, post_id)

    def engine_for(self, place: Place) -> Engine:
        """The comment system that serves this post."""
        return OnBehalf(choose(place, self._engines))

    async def enter(self, post_id: int) -> None:
        """A visit begins, or goes on when the last one ended less than five minutes ago."""
        await self._database.run(visits.settle, now=self._now())
        await self._database.run(visits.enter, post_id, now=self._now())

    async def leave(self, post_id: int) -> None:
        """The visit ends in five minutes, unless the reader comes back."""
        await self._database.run(visits.leave, post_id, now=self._now())

    async def next_post_with_new(self, after_post_id: int) -> Post | None:
        """The next post that has new comments, the same blog's first; None when there is none."""
        return await self._database.read(posts.next_post_with_new, after_post_id)

    async def answers(self) -> tuple[Answer, ...]:
        """What was answered to me, across all blogs, newest first."""
        return await self._database.read(comments.answers)

    async def _follow_held(self, place: Place, engine: Engine) -> None:
        """Asks after my replies that were held here; a moderator may have let them through."""
        for reply in await self._database.read(outbox.held):
            if reply.comment_id is None or reply.post_id != place.post.id:
                continue
            try:
                outcome = await engine.check(place, reply.comment_id)
            except FetchError:
                return  # asked again at the next load; the reply stays marked as held
            if outcome.state is ReplyState.PUBLISHED:
                await self._database.run(keep_outcome, reply.id, outcome, self._now(), durable=True)


def place_of(db: Connection, post_id: int) -> Place:
    """The post with its blog."""
    post = posts.get_post(db, post_id)
    return Place(post=post, blog=blogs.get_blog(db, post.blog_id))


def _places_of(db: Connection, post_ids: Sequence[int]) -> list[Place]:
    return [place_of(db, post_id) for post_id in post_ids]


def keep_outcome(db: Connection, reply_id: int, outcome: Outcome, now: datetime) -> None:
    """Stores what became of a reply and, when the blog has it, the comment that it is now."""
    reply = outbox.set_outcome(db, reply_id, outcome, now=now)
    states = {ReplyState.PUBLISHED: CommentState.PUBLISHED, ReplyState.HELD: CommentState.HELD}
    if outcome.comment_id is None or outcome.state not in states:
        return
    author = identities.get_identity(db, reply.identity_id) if reply.identity_id is not None else None
    mine = Comment(
        id=outcome.comment_id,
        parent_id=reply.to,
        author=author.name if author else "",
        author_url=(author.site or None) if author else None,
        published=reply.sent_at or now,
        html=as_html(reply.text),
        url=outcome.url,
        state=states[outcome.state],
        is_mine=True,
    )
    comments.add_mine(db, reply.post_id, mine, now=now)


def _stored(db: Connection, post_id: int) -> Conversation:
    post = posts.get_post(db, post_id)
    found = comments.comments_of(db, post_id)
    shown = {comment.id for comment in found}
    replies = tuple(reply for reply in outbox.replies_of(db, post_id) if reply.comment_id not in shown)
    return Conversation(
        post=post, thread=in_reading_order(found), note=post.conversation_note, replies=replies
    )


def _keep(db: Connection, place: Place, loaded: LoadedConversation, now: datetime) -> int:
    # of a post that was there at the subscription, what had been said by then is no news
    is_first = place.post.loaded_at is None
    # blogs tell seconds: what came in the second of the subscription is taken to have come after it
    before = place.blog.added_at.replace(microsecond=0) - _MOMENT
    seen_before = before if is_first and place.post.is_backlog else None
    result = comments.store_loaded(
        db,
        place.post.id,
        loaded.comments,
        is_complete=loaded.is_complete,
        now=now,
        seen_before=seen_before,
    )
    posts.set_conversation(db, place.post.id, loaded, now=now)
    by_id = {comment.id: comment for comment in loaded.comments}
    for reply in outbox.held(db):
        match = by_id.get(reply.comment_id or "") if reply.post_id == place.post.id else None
        if match is not None and match.state is CommentState.PUBLISHED:
            published = Outcome(state=ReplyState.PUBLISHED, comment_id=match.id, url=match.url)
            outbox.set_outcome(db, reply.id, published, now=now)
    return len(result.unseen)
