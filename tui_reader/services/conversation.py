"""Conversations: stored at once, fetched when asked, with what is new since the last visit."""

import asyncio
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial

from tui_reader.content.plain import as_html
from tui_reader.domain.comment import Comment, CommentState
from tui_reader.domain.conversation import Letter, LoadedConversation, Place
from tui_reader.domain.markup import Markup, PlainMarkup
from tui_reader.domain.mute import Mute, MuteKind, muted_in
from tui_reader.domain.post import Post
from tui_reader.domain.reply import Outcome, Reply, ReplyState
from tui_reader.domain.thread import Thread, in_reading_order
from tui_reader.engines.base import Engine, HasMarkup, LoadsMany
from tui_reader.engines.choose import choose
from tui_reader.errors import FetchError, NoRoomError
from tui_reader.language import N_, _
from tui_reader.net.reach import on_behalf_of
from tui_reader.services.on_behalf import OnBehalf, named
from tui_reader.storage import blogs, comments, identities, marks, mutes, outbox, posts, threads, visits
from tui_reader.storage.acts import Undo
from tui_reader.storage.comment_windows import Fetch, WindowedComments, windowed_thread
from tui_reader.storage.comments import Answer, by_keys
from tui_reader.storage.database import Connection, Database
from tui_reader.storage.threads import ThreadSummary

__all__ = ["Answer", "Conversation", "Conversations", "Mute", "MuteKind", "ThreadSummary", "Undo"]

STAYED_AWAY = N_("a reply of yours did not appear; the blog may have declined it")

_MOMENT = timedelta(microseconds=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Conversation:
    """A post's conversation as it is stored."""

    post: Post
    thread: Thread
    note: str = ""
    replies: tuple[Reply, ...] = ()
    """Mine that are not among the comments: drafts, queued, refused and uncertain ones."""
    muted: Mapping[str, str] = field(default_factory=dict)
    """Comment by comment why its words are not shown: ``author`` or ``branch``.

    It keeps its place in ``thread``, so that what answers it makes sense, and is never new.
    """


class Conversations:
    """What is said under posts."""

    def __init__(self, database: Database, engines: Sequence[Engine], now: Callable[[], datetime]) -> None:
        self._database = database
        self._engines = engines
        self._now = now
        self._loading: dict[int, asyncio.Lock] = {}

    async def stored(self, post_id: int, *, near: str | None = None, at_once: bool = True) -> Conversation:
        """The conversation as it was last fetched, with no request.

        Args:
            post_id: Which post's.
            near: The comment that is looked at first, where it is not the first one.
            at_once: Everything is read now. Otherwise what the order needs, and the first comments that
                are looked at; the others when they are asked for, or by :meth:`read_on`.
        """
        if at_once:
            return await self._database.read(_stored, post_id)
        fetch = partial(self._database.read_now, by_keys)
        return await self._database.read(_stored, post_id, fetch=fetch, near=near)

    async def read_on(self, conversation: Conversation) -> bool:
        """Reads some more of the comments, first those that are waited for; False when all are read."""
        comments = conversation.thread.rows.comments
        if not isinstance(comments, WindowedComments) or not (places := comments.missing()):
            return False
        comments.take(places, await self._database.read(by_keys, comments.keys_at(places)))
        return True

    async def load(self, post_id: int, *, at_once: bool = True) -> Conversation:
        """Fetches the conversation, stores it and returns it.

        Args:
            post_id: Which post's.
            at_once: As for :meth:`stored`.

        Raises:
            FetchError: the blog could not be asked; what was stored stays.
        """
        await self.fetch(post_id)
        return await self.stored(post_id, at_once=at_once)

    async def fetch(self, post_id: int) -> int:
        """Fetches and stores the conversation; returns how many comments are new to the reader."""
        # two loads of one post at once would only ask the blog twice
        async with self._loading.setdefault(post_id, asyncio.Lock()):
            place = await self.place(post_id)
            # the first time this imports what fetches, for which no key waits
            engine = await asyncio.to_thread(self.engine_for, place)
            loaded = await engine.load(place)
            new = await self._database.run(_keep, place, loaded, self._now(), is_aside=True)
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
                new[place.post.id] = await self._database.run(_keep, place, found, self._now(), is_aside=True)
                await self._follow_held(place, self.engine_for(place))
        return new

    async def place(self, post_id: int) -> Place:
        """The post with its blog, as engines want it."""
        return await self._database.read(place_of, post_id)

    def engine_for(self, place: Place) -> Engine:
        """The comment system that serves this post."""
        return OnBehalf(choose(place, self._engines))

    def markup_for(self, place: Place) -> Markup:
        """What the post's comment system makes of a text."""
        engine = choose(place, self._engines)
        return engine.markup if isinstance(engine, HasMarkup) else PlainMarkup()

    async def enter(self, post_id: int) -> None:
        """A visit begins, or goes on when the last one ended less than five minutes ago."""
        # what is stored can be read on a full disk, too: then what is new stays new
        with suppress(NoRoomError):
            await self._database.run(visits.settle, now=self._now())
            await self._database.run(visits.enter, post_id, now=self._now())

    async def leave(self, post_id: int) -> None:
        """The visit ends in five minutes, unless the reader comes back."""
        with suppress(NoRoomError):
            await self._database.run(visits.leave, post_id, now=self._now())

    async def next_post_with_new(self, after_post_id: int) -> Post | None:
        """The next post that has new comments, the same blog's first; None when there is none."""
        return await self._database.read(posts.next_post_with_new, after_post_id)

    async def answers(self) -> tuple[Answer, ...]:
        """What was answered to me, across all blogs, newest first; not what is muted."""
        return await self._database.read(comments.answers)

    async def mine(self, limit: int = 200) -> tuple[ThreadSummary, ...]:
        """Conversations in which I wrote or that I follow: those with new answers to me first."""
        return await self._database.read(threads.mine, limit=limit)

    async def mark_answers_seen(self, answers: Sequence[Answer] | None = None) -> Undo | None:
        """These answers to me are new no more, or all of them; None when none was."""
        return await self._database.run(_answers_seen, answers, self._now())

    async def mark_seen(self, post_id: int, comment_ids: Sequence[str] | None = None) -> Undo | None:
        """These comments of a post are new no more, or all of them; None when none was."""
        return await self._database.run(_seen, post_id, comment_ids, self._now())

    async def mute_author(self, post_id: int, comment_id: str, *, everywhere: bool = False) -> Undo:
        """Whoever wrote this comment is muted on this blog, or everywhere.

        Raises:
            NotFoundError: there is no such comment.
            UsageError: it is my own, has no author's name, or is muted already.
        """
        return await self._database.run(
            mutes.mute_author, post_id, comment_id, everywhere=everywhere, now=self._now()
        )

    async def mute_branch(self, post_id: int, comment_id: str) -> Undo:
        """This comment is muted with all that is said below it, now and later.

        Raises:
            NotFoundError: there is no such comment.
            UsageError: it is muted already.
        """
        return await self._database.run(mutes.mute_branch, post_id, comment_id, now=self._now())

    async def unmute(self, post_id: int, comment_id: str) -> Undo | None:
        """Lifts what mutes this comment, the branch before the author; None when nothing does."""
        return await self._database.run(mutes.unmute, post_id, comment_id, now=self._now())

    async def mutes(self) -> tuple[Mute, ...]:
        """All that is muted, the latest first."""
        return await self._database.read(mutes.all_mutes)

    async def remove_mute(self, mute_id: int) -> Undo:
        """Lifts this mute.

        Raises:
            NotFoundError: there is none with this number.
        """
        return await self._database.run(mutes.remove, mute_id, now=self._now())

    async def _follow_held(self, place: Place, engine: Engine) -> None:
        """Asks after my replies here that the blog does not show; a moderator may have let them through."""
        for reply in await self._database.read(_not_shown, place.post.id):
            try:
                outcome = await self._sighting(place, engine, reply)
            except FetchError:
                return  # asked again at the next load; the reply stays marked as it is
            if outcome is not None:
                await self._database.run(keep_outcome, reply.id, outcome, self._now(), durable=True)

    async def _sighting(self, place: Place, engine: Engine, reply: Reply) -> Outcome | None:
        """Where the reply was seen on the blog; None when it was not."""
        if reply.comment_id is not None:
            outcome = await engine.check(place, reply.comment_id)
            return outcome if outcome.state is ReplyState.PUBLISHED else None
        letter = await self._database.read(_words_of, reply)
        if letter is None:
            return None
        # the blog never said under which number it took it: its words and its author tell
        return await engine.look_for(place, letter, reply.to, reply.sent_at or reply.updated_at)


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


def _stored(
    db: Connection, post_id: int, *, fetch: Fetch | None = None, near: str | None = None
) -> Conversation:
    post = posts.get_post(db, post_id)
    muted: Mapping[str, MuteKind]
    if fetch is None:
        thread = in_reading_order(comments.comments_of(db, post_id))
        muted = muted_in(thread, mutes.of_post(db, post_id))
    else:
        thread = windowed_thread(db, post_id, fetch, near=near)
        muted = mutes.muted_in_order(db, post_id, thread)
    mine = outbox.replies_of(db, post_id)
    shown = {*thread.rows.ids, *(ping.id for ping in thread.pings)} if mine else set()
    replies = tuple(reply for reply in mine if reply.comment_id not in shown)
    note = post.conversation_note
    if any(reply.is_given_up for reply in mine):
        note = f"{note}; {_(STAYED_AWAY)}" if note else _(STAYED_AWAY)
    return Conversation(
        post=post,
        thread=thread,
        note=note,
        replies=replies,
        muted=muted,
    )


def _not_shown(db: Connection, post_id: int) -> tuple[Reply, ...]:
    """My replies under the post that may have appeared since they were looked for."""
    waiting = {ReplyState.HELD, ReplyState.UNCERTAIN}
    return tuple(reply for reply in outbox.replies_of(db, post_id) if reply.state in waiting)


def _words_of(db: Connection, reply: Reply) -> Letter | None:
    """What the reply is recognised by; None when nobody knows any more as whom it was sent."""
    if reply.identity_id is None:
        return None
    author = identities.get_identity(db, reply.identity_id)
    return Letter(
        text=reply.text, name=author.name, email=author.email, site=author.site, username=author.username
    )


def _answers_seen(db: Connection, answers: Sequence[Answer] | None, now: datetime) -> Undo | None:
    if answers is None:
        return marks.mark_seen(db, comments.answer_keys(db), now=now, told=N_("{what} to you marked read"))
    keys = [key for answer in answers for key in comments.keys_of(db, answer.post.id, [answer.comment.id])]
    return marks.mark_seen(db, keys, now=now, told=N_("{what} to you marked read"))


def _seen(db: Connection, post_id: int, comment_ids: Sequence[str] | None, now: datetime) -> Undo | None:
    return marks.mark_seen(db, comments.keys_of(db, post_id, comment_ids), now=now)


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
