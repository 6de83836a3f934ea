"""Services that live in memory, with sample words of their own, so that screens can be tried alone."""

import asyncio
import time
from collections.abc import AsyncIterator, Callable, Iterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from textual.app import App
from textual.geometry import Size
from textual.pilot import Pilot
from textual.timer import Timer

from tui_reader.config import Settings
from tui_reader.content.blocks import Document, Heading, Paragraph, Span, Style
from tui_reader.content.readable import minutes_by_block
from tui_reader.domain.blog import Blog
from tui_reader.domain.comment import Comment, CommentKind, CommentState
from tui_reader.domain.conversation import ReplyForm
from tui_reader.domain.folders import is_within
from tui_reader.domain.markup import Markup, PlainMarkup
from tui_reader.domain.picture import Form, Frame, Picture
from tui_reader.domain.place import ReadingPlace
from tui_reader.domain.post import Post
from tui_reader.domain.post_line import PostLine
from tui_reader.domain.reply import Identity, Refusal, Reply, ReplyState
from tui_reader.domain.text_state import TextState
from tui_reader.domain.thread import in_reading_order
from tui_reader.engines.wordpress_markup import WordPressMarkup
from tui_reader.errors import FeedError, NotFoundError, TuiReaderError, UsageError
from tui_reader.services.conversation import Conversation
from tui_reader.services.library import Counts, PostFilter, Text
from tui_reader.services.older import OlderPosts
from tui_reader.services.refresh import BlogRefreshed, Progress
from tui_reader.services.search import Hit
from tui_reader.services.subscriptions import Added, ImportResult
from tui_reader.storage.acts import Undo
from tui_reader.storage.comments import Answer
from tui_reader.storage.threads import ThreadSummary
from tui_reader.ui.app import ReaderApp

NOW = datetime(2026, 8, 3, 12, 0, tzinfo=UTC)


def a_blog(id: int, title: str, **more: object) -> Blog:
    host = f"https://{title.lower().replace(' ', '-')}.example"
    values = {"url": f"{host}/", "feed_url": f"{host}/feed/", "title": title, "added_at": NOW, **more}
    return Blog(id=id, **values)  # type: ignore[arg-type]


def a_post(id: int, blog: Blog, title: str, *, hours: float, **more: object) -> Post:
    url = f"{blog.url}{id}/"
    moment = NOW - timedelta(hours=hours)
    values = {"author": "Maud Keel", "published": moment, "engine": "wordpress", **more}
    return Post(
        id=id,
        blog_id=blog.id,
        blog_title=blog.title,
        url=url,
        guid=url,
        title=title,
        first_seen=moment,
        **values,  # type: ignore[arg-type]
    )


def a_comment(
    id: str, author: str, html: str, *, hours: float, to: str | None = None, **more: object
) -> Comment:
    return Comment(
        id=id,
        parent_id=to,
        author=author,
        html=html,
        published=NOW - timedelta(hours=hours),
        url=f"https://harbour-notes.example/1/#comment-{id}",
        **more,  # type: ignore[arg-type]
    )


def sample_body() -> Document:
    """A post with a heading, a link and more lines than a small window shows."""
    words = (
        "The ferry was cancelled at six, so the whole quay sat down to breakfast together. Nobody had planned"
        " it; somebody had a stove, somebody had eggs, and the rain kept to the other side of the bay."
    )
    link = Span("the old timetable", frozenset({Style.LINK}), href="https://harbour-notes.example/timetable")
    return Document(
        blocks=(
            Paragraph(spans=(Span(words),)),
            Heading(level=2, spans=(Span("What a timetable is for"),)),
            Paragraph(spans=(Span("Three boats a day, says "), link, Span(", and three there were."))),
            Paragraph(spans=(Span(words),), quote=1),
            *(Paragraph(spans=(Span(f"{number}. {words}"),)) for number in range(1, 9)),
        ),
        links=("https://harbour-notes.example/timetable", "https://harbour-notes.example/map"),
    )


def sample_comments() -> list[Comment]:
    """Five levels of talk, something new in it, one that waits for a moderator, and a ping."""
    return [
        a_comment("11", "Ilse", "<p>I had the eggs. They were good eggs.</p>", hours=18, is_new=True),
        a_comment("12", "Maud Keel", "<p>You brought them!</p>", hours=17, to="11", is_by_post_author=True),
        a_comment("13", "Ilse", "<p>Then they were even better.</p>", hours=4, to="12", is_new=True),
        a_comment(
            "14",
            "Pieter",
            "<p>I took the bus. What time did it stop raining?</p>",
            hours=3,
        ),
        a_comment("15", "Noor", "<p>Never, as far as I remember.</p>", hours=2, to="14"),
        a_comment(
            "16",
            "Anouk",
            "<p>One caveat: it was not a stove.</p>",
            hours=1,
            state=CommentState.HELD,
            is_mine=True,
        ),
        a_comment(
            "17",
            "Breakfasts of the coast",
            "<p>[…] the whole quay […]</p>",
            hours=1,
            kind=CommentKind.PINGBACK,
        ),
    ]


class FakeSubscriptions:
    def __init__(self, store: "FakeServices") -> None:
        self.store = store
        self.found: Blog | None = a_blog(9, "Tram Diary")
        self.imported = b""
        self.tidied = 0

    async def blogs(self) -> tuple[Blog, ...]:
        return tuple(self.store.counted(blog) for blog in self.store.blogs.values())

    async def add(self, url: str, *, folder: str | None = None) -> Added:
        if self.found is None or "nowhere" in url:
            raise FeedError(f"{url}: no feed here, nor at the usual places; its page names none")
        blog = self.found._replace(folder=folder)
        self.store.blogs[blog.id] = blog
        post = a_post(91, blog, "Line 4, the last stop", hours=50)
        self.store.posts[post.id] = post
        return Added(blog=blog, is_new=True, found=f"An RSS feed: {blog.feed_url}", posts=1)

    async def import_opml(self, data: bytes) -> ImportResult:
        self.imported = data
        self.store.blogs[9] = a_blog(9, "Tram Diary", folder="Rails")
        return ImportResult(
            added=1, known=2, problems=("line 4: no address",), notes=("Tram Diary stands in two folders",)
        )

    async def pause(self, blog_id: int) -> Undo:
        undo = self.store.act("“Harbour Notes” paused")
        self.store.blogs[blog_id] = self.store.blogs[blog_id]._replace(is_paused=True)
        return undo

    async def resume(self, blog_id: int) -> Undo:
        undo = self.store.act("“Harbour Notes” asked again")
        self.store.blogs[blog_id] = self.store.blogs[blog_id]._replace(is_paused=False)
        return undo

    async def tidy(self) -> None:
        self.tidied += 1

    async def remove(self, blog_id: int) -> Blog:
        self.store.act(f"“{self.store.blogs[blog_id].title}” removed")
        self.store.posts = {id: post for id, post in self.store.posts.items() if post.blog_id != blog_id}
        return self.store.blogs.pop(blog_id)

    async def want_full_text(self, blog_id: int, *, is_wanted: bool) -> Undo:
        undo = self.store.act("full text of “Harbour Notes”")
        self.store.blogs[blog_id] = self.store.blogs[blog_id]._replace(wants_full_text=is_wanted)
        return undo

    async def rename(self, blog_id: int, title: str) -> None:
        self.store.blogs[blog_id] = self.store.blogs[blog_id]._replace(title=title)

    async def rename_and_move(self, blog_id: int, title: str, folder: str | None) -> None:
        await self.rename(blog_id, title)
        await self.move(blog_id, folder)

    async def move(self, blog_id: int, folder: str | None) -> None:
        self.store.blogs[blog_id] = self.store.blogs[blog_id]._replace(folder=folder)


class FakeLibrary:
    def __init__(self, store: "FakeServices") -> None:
        self.store = store
        self.is_written_by_others = False

    async def others_wrote(self) -> bool:
        return self.is_written_by_others

    async def blogs(self) -> tuple[Blog, ...]:
        return await self.store.subscriptions.blogs()

    async def posts(self, filter: PostFilter = PostFilter()) -> tuple[PostLine, ...]:  # noqa: B008
        folders = {blog.id: blog.folder for blog in self.store.blogs.values()}
        return tuple(
            PostLine(*(getattr(post, name) for name in PostLine._fields))
            for post in sorted(
                self.store.posts.values(), key=lambda post: post.published or NOW, reverse=True
            )
            if (filter.blog_id in {None, post.blog_id})
            and (filter.folder is None or is_within(folders[post.blog_id], filter.folder))
            and not (filter.is_unread and post.is_read)
            and not (filter.is_starred and not post.is_starred)
            and not (filter.is_later and not post.is_later)
            and not (filter.has_new_comments and not post.new_comment_count)
        )

    async def linked(self, url: str) -> tuple[Post, str | None] | None:
        page, _, fragment = url.partition("#comment-")
        found = next((post for post in self.store.posts.values() if post.url == page), None)
        return None if found is None else (found, fragment or None)

    async def post(self, post_id: int) -> Post:
        if post_id not in self.store.posts:
            raise NotFoundError(f"no post {post_id}")
        return self.store.posts[post_id]

    async def body(
        self,
        post_id: int,
        at_first: Callable[[Document], None] | None = None,
        *,
        of_feed: bool = False,
    ) -> Document:
        if of_feed:
            return self.store.full_texts.beginnings[post_id]
        return self.store.bodies.get(post_id, sample_body())

    async def text(
        self,
        post_id: int,
        at_first: Callable[[Document], None] | None = None,
        *,
        of_feed: bool = False,
    ) -> Text:
        document = await self.body(post_id, at_first, of_feed=of_feed)
        return Text(
            document, minutes_by_block(document), await self.text_state(post_id), await self.place(post_id)
        )

    async def text_state(self, post_id: int) -> TextState:
        return self.store.full_texts.states.get(post_id, TextState(is_cut=False))

    async def mark(
        self,
        post_ids: Sequence[int],
        *,
        read: bool | None = None,
        starred: bool | None = None,
        later: bool | None = None,
        followed: bool | None = None,
        is_act: bool = True,
    ) -> Undo | None:
        undo = self.store.act(f"{len(post_ids)} posts marked") if is_act else None
        for id in post_ids:
            post = self.store.posts[id]
            self.store.posts[id] = replace(
                post,
                is_read=post.is_read if read is None else read,
                is_starred=post.is_starred if starred is None else starred,
                is_later=post.is_later if later is None else later,
                is_followed=post.is_followed if followed is None else followed,
            )
        return undo

    async def mark_all(
        self,
        filter: PostFilter = PostFilter(),  # noqa: B008
        *,
        before: datetime | None = None,
        with_comments: bool = True,
    ) -> Undo | None:
        chosen = [
            post
            for post in await self.posts(filter)
            if not post.is_read and (before is None or (post.published or NOW) < before)
        ]
        if not chosen:
            return None
        undo = self.store.act(f"{len(chosen)} posts marked read")
        for post in chosen:
            self.store.posts[post.id] = replace(self.store.posts[post.id], is_read=True)
        return undo

    async def undo(self, undo: Undo | None = None) -> Undo | None:
        return self.store.take_back()

    async def save_place(self, post_id: int, place: ReadingPlace) -> None:
        self.store.places[post_id] = place

    async def place(self, post_id: int) -> ReadingPlace | None:
        return self.store.places.get(post_id)

    async def counts(self) -> Counts:
        posts = self.store.posts.values()
        waiting = [reply for reply in self.store.replies.values() if reply.state is not ReplyState.PUBLISHED]
        return Counts(
            posts=len(posts),
            unread=sum(not post.is_read for post in posts),
            starred=sum(post.is_starred for post in posts),
            new_comments=sum(post.new_comment_count for post in posts),
            answers=self.store.answers,
            later=sum(post.is_later for post in posts),
            held=0,
            outbox=len([reply for reply in waiting if reply.text]),
        )


class FakeConversations:
    def __init__(self, store: "FakeServices") -> None:
        self.store = store
        self.visits: list[tuple[str, int]] = []
        self.loads: list[int] = []
        self.muted: dict[int, dict[str, str]] = {}
        self.below: dict[str, tuple[str, ...]] = {"11": ("12", "13"), "14": ("15",)}
        self.threads: list[ThreadSummary] = []
        self.to_me: list[Answer] = []
        self.arriving: dict[int, list[Comment]] = {}
        """What the next load of a post brings besides."""
        self.error: TuiReaderError | None = None
        self.gate = asyncio.Event()
        self.gate.set()

    async def stored(self, post_id: int, *, near: str | None = None, at_once: bool = True) -> Conversation:
        post = self.store.posts[post_id]
        mine = tuple(
            reply
            for reply in self.store.replies.values()
            if reply.post_id == post_id and reply.text and reply.state is not ReplyState.PUBLISHED
        )
        return Conversation(
            post=post,
            thread=in_reading_order(self.store.comments.get(post_id, [])),
            note=post.conversation_note,
            replies=mine,
            muted=self.muted.get(post_id, {}),
        )

    async def mine(self, limit: int = 200) -> tuple[ThreadSummary, ...]:
        return tuple(self.threads)

    async def answers(self) -> tuple[Answer, ...]:
        return tuple(self.to_me)

    async def mark_answers_seen(self, answers: Sequence[Answer] | None = None) -> Undo | None:
        undo = self.store.act("1 answer seen")
        self.to_me = [Answer(post=one.post, comment=replace(one.comment, is_new=False)) for one in self.to_me]
        return undo

    async def mark_seen(self, post_id: int, comment_ids: Sequence[str] | None = None) -> Undo | None:
        comments = self.store.comments.get(post_id, [])
        count = sum(comment.is_new for comment in comments)
        if not count:
            return None
        undo = self.store.act(f"{count} comments seen")
        self.store.comments[post_id] = [replace(comment, is_new=False) for comment in comments]
        return undo

    async def mute_author(self, post_id: int, comment_id: str, *, everywhere: bool = False) -> Undo:
        comments = self.store.comments[post_id]
        author = next(comment.author for comment in comments if comment.id == comment_id)
        undo = self.store.act(f"{author} muted{' everywhere' if everywhere else ''}")
        self.muted[post_id] = {comment.id: "author" for comment in comments if comment.author == author}
        return undo

    async def mute_branch(self, post_id: int, comment_id: str) -> Undo:
        undo = self.store.act("A branch muted")
        self.muted[post_id] = dict.fromkeys((comment_id, *self.below.get(comment_id, ())), "branch")
        return undo

    async def unmute(self, post_id: int, comment_id: str) -> Undo | None:
        undo = self.store.act("No longer muted")
        self.muted[post_id] = {}
        return undo

    async def read_on(self, conversation: Conversation) -> bool:
        return False

    async def load(self, post_id: int, *, at_once: bool = True) -> Conversation:
        self.loads.append(post_id)
        await self.gate.wait()
        if self.error is not None:
            raise self.error
        self.store.comments.setdefault(post_id, []).extend(self.arriving.pop(post_id, []))
        self.store.posts[post_id] = replace(self.store.posts[post_id], loaded_at=NOW, is_complete=True)
        return await self.stored(post_id)

    async def enter(self, post_id: int) -> None:
        self.visits.append(("enter", post_id))

    async def leave(self, post_id: int) -> None:
        self.visits.append(("leave", post_id))

    async def next_post_with_new(self, after_post_id: int) -> Post | None:
        for post in self.store.posts.values():
            if post.id != after_post_id and post.new_comment_count:
                return post
        return None


class FakeReplying:
    def __init__(self, store: "FakeServices") -> None:
        self.store = store
        self.saves: list[str] = []
        self.sent: list[tuple[int, int | None, Mapping[str, str], bool, bool]] = []
        self.form: ReplyForm | TuiReaderError = ReplyForm(
            action="https://harbour-notes.example/wp-comments-post.php",
            page_url="https://harbour-notes.example/1/",
            needs_name=True,
            needs_email=True,
        )
        self.outcome = ReplyState.PUBLISHED
        self.reason = ""
        self.refusal: Refusal | None = None
        self.error: TuiReaderError | None = None
        self.gate = asyncio.Event()
        self.gate.set()
        self.known: list[Identity] = []
        self.flushed = 0
        self.secrets: dict[int, str] = {}
        self.recovered = 0
        self.open: set[int] = set()
        """Replies that are being written in."""
        self.left: tuple[Reply, ...] = ()
        self.followed_up: tuple[Reply, ...] = ()

    async def recover(self) -> None:
        self.recovered += 1

    async def let_go(self, reply_id: int) -> None:
        self.open.discard(reply_id)

    async def left_open(self) -> tuple[Reply, ...]:
        left, self.left = self.left, ()
        return left

    async def follow_up(self) -> tuple[Reply, ...]:
        return ()

    async def settled(self, before: Sequence[Reply]) -> tuple[Reply, ...]:
        return self.followed_up

    async def draft(self, post_id: int, to: str | None) -> Reply:
        for reply in self.store.replies.values():
            is_open = reply.state in {ReplyState.DRAFT, ReplyState.REJECTED}
            if (reply.post_id, reply.to) == (post_id, to) and is_open:
                return reply
        post = self.store.posts[post_id]
        answered = next((c for c in self.store.comments.get(post_id, []) if c.id == to), None)
        reply = Reply(
            id=len(self.store.replies) + 1,
            post_id=post_id,
            to=to,
            text="",
            created_at=NOW,
            updated_at=NOW,
            post_title=post.title,
            post_url=post.url,
            blog_title=post.blog_title,
            to_author=answered.author if answered else "",
        )
        self.store.replies[reply.id] = reply
        return reply

    async def reply(self, reply_id: int) -> Reply:
        return self.store.replies[reply_id]

    async def begin(self, post_id: int, to: str | None, text: str) -> Reply:
        reply = await self.draft(post_id, to)
        self.store.replies[reply.id] = replace(reply, text=text)
        return self.store.replies[reply.id]

    async def save(self, reply_id: int, text: str, *, is_open: bool = False) -> None:
        if self.store.replies[reply_id].state is ReplyState.PUBLISHED:
            raise UsageError(f"reply {reply_id} cannot be changed any more: it is published")
        self.saves.append(text)
        if is_open:
            self.open.add(reply_id)
        reply = self.store.replies[reply_id]
        self.store.replies[reply_id] = replace(reply, text=text)

    async def markup(self, post_id: int) -> Markup:
        is_wordpress = self.store.posts[post_id].engine == "wordpress"
        return WordPressMarkup() if is_wordpress else PlainMarkup()

    async def prepare(self, reply_id: int, *, identity_id: int | None = None) -> ReplyForm:
        if isinstance(self.form, TuiReaderError):
            raise self.form
        return self.form

    async def send(
        self,
        reply_id: int,
        *,
        identity_id: int | None = None,
        answers: Mapping[str, str] | None = None,
        agree_to_leave_site: bool = False,
        again: bool = False,
    ) -> Reply:
        self.sent.append((reply_id, identity_id, answers or {}, agree_to_leave_site, again))
        await self.gate.wait()
        if self.error is not None:
            raise self.error
        reply = self.store.replies[reply_id]
        has_it = self.outcome in {ReplyState.PUBLISHED, ReplyState.HELD}
        done = replace(
            reply,
            state=self.outcome,
            reason=self.reason,
            refusal=self.refusal,
            identity_id=identity_id,
            comment_id="21" if has_it else None,
        )
        self.store.replies[reply_id] = done
        if has_it:
            state = CommentState.HELD if self.outcome is ReplyState.HELD else CommentState.PUBLISHED
            mine = a_comment(
                "21", "Anouk", f"<p>{reply.text}</p>", hours=0, to=reply.to, is_mine=True, state=state
            )
            self.store.comments.setdefault(reply.post_id, []).append(mine)
            if state is CommentState.HELD:
                self.store.replies[reply_id] = replace(done, text="")
        return done

    async def outbox(self) -> tuple[Reply, ...]:
        return tuple(
            reply
            for reply in self.store.replies.values()
            if reply.text and reply.state is not ReplyState.PUBLISHED
        )

    async def drop(self, reply_id: int) -> None:
        del self.store.replies[reply_id]

    async def flush(self) -> tuple[Reply, ...]:
        self.flushed += 1
        return ()

    async def identities(self) -> tuple[Identity, ...]:
        return tuple(self.known)

    async def identity_for(self, blog_id: int) -> Identity | None:
        return self.known[0] if self.known else None

    async def secrets_rest_in(self) -> str:
        return "the system keyring"

    async def change_identity(self, identity_id: int, *, name: str, email: str, site: str) -> Identity:
        at = next(at for at, one in enumerate(self.known) if one.id == identity_id)
        self.known[at] = replace(self.known[at], name=name, email=email, site=site)
        return self.known[at]

    async def remove_identity(self, identity_id: int) -> None:
        self.known = [one for one in self.known if one.id != identity_id]

    async def add_identity(
        self,
        *,
        name: str,
        email: str,
        site: str = "",
        blog_id: int | None = None,
        username: str | None = None,
        secret: str | None = None,
    ) -> Identity:
        identity = Identity(
            id=max((one.id for one in self.known), default=0) + 1,
            name=name,
            email=email,
            site=site,
            blog_id=blog_id,
            username=username,
        )
        if secret:
            self.secrets[identity.id] = secret
        self.known.append(identity)
        return identity


class FakeRefresh:
    def __init__(self, store: "FakeServices") -> None:
        self.store = store
        self.asked: list[tuple[int, ...]] = []
        self.errors: dict[int, str] = {}
        self.are_due: tuple[int, ...] = ()
        self.gate = asyncio.Event()
        self.gate.set()

    async def due(self) -> tuple[int, ...]:
        return self.are_due

    async def run(
        self, blog_ids: Sequence[int] | None = None, *, is_automatic: bool = False, gives_way=None
    ) -> AsyncIterator[Progress]:
        chosen = [blog for blog in self.store.blogs.values() if blog_ids is None or blog.id in blog_ids]
        self.asked.append(tuple(blog.id for blog in chosen))
        yield Progress(done=0, total=len(chosen))
        for done, blog in enumerate(chosen, start=1):
            if done > 1:
                await self.gate.wait()
            error = self.errors.get(blog.id)
            if error is None and blog.id == 1 and 8 not in self.store.posts:
                self.store.posts[8] = a_post(8, blog, "Fog, and then more fog", hours=0.5)
            yield Progress(
                done=done,
                total=len(chosen),
                latest=BlogRefreshed(
                    blog_id=blog.id,
                    title=blog.title,
                    outcome="failed" if error else "changed" if blog.id == 1 else "unchanged",
                    new_posts=1 if blog.id == 1 else 0,
                    error=error,
                ),
            )


class FakeOlder:
    def __init__(self, store: "FakeServices") -> None:
        self.store = store
        self.asked: list[int] = []
        self.left = 3
        self.error: TuiReaderError | None = None
        self.gate = asyncio.Event()
        self.gate.set()

    async def fetch(self, blog_id: int, told: Callable[[int], None] = lambda posts: None) -> OlderPosts:
        """Two posts at a time."""
        self.asked.append(blog_id)
        blog = self.store.blogs[blog_id]
        count = min(2, self.left)
        posts = [
            a_post(
                70 + self.left - n, blog, f"Older still {self.left - n}", hours=900 - self.left, is_read=True
            )
            for n in range(count)
        ]
        self.left -= count
        self.store.posts |= {post.id: post for post in posts}
        told(count)
        await self.gate.wait()
        return OlderPosts(
            blog_id=blog_id,
            title=blog.title,
            posts=count,
            since=min((post.published for post in posts if post.published), default=None),
            has_more=self.left > 0,
            error=self.error,
        )


class FakeFullTexts:
    """No post is cut short, unless a test gives its beginning."""

    def __init__(self, store: "FakeServices") -> None:
        self.store = store
        self.states: dict[int, TextState] = {}
        self.beginnings: dict[int, Document] = {}
        self.whole: dict[int, Document] = {}
        self.error: TuiReaderError | None = None
        self.fetched: list[int] = []

    async def fetch(self, post_id: int) -> None:
        self.fetched.append(post_id)
        if self.error is not None:
            raise self.error
        self.store.bodies[post_id] = self.whole[post_id]
        self.states[post_id] = replace(self.states[post_id], has_full=True, is_from_page=True)


class FakeImages:
    """Every picture is 8 × 2 cells of one colour."""

    def __init__(self) -> None:
        self.asked: list[tuple[str, int, Frame, Form]] = []
        self.error: TuiReaderError | None = None

    async def picture(self, url: str, blog_id: int, frame: Frame, form: Form) -> Picture:
        self.asked.append((url, blog_id, frame, form))
        if self.error is not None:
            raise self.error
        data = {
            Form.BLOCKS: bytes((200, 40, 40) * 32),
            Form.KITTY: b"QUJD" * 2000,
            Form.SIXEL: b"\x1bPq#0~\x1b\\",
        }
        return Picture(form=form, columns=8, rows=2, data=data[form], marks="\u0305\u030d\u030e\u0310" * 2)


class FakeSearch:
    def __init__(self, store: "FakeServices") -> None:
        self.store = store

    async def find(self, query: str, limit: int = 50) -> tuple[Hit, ...]:
        found = [
            Hit(
                kind="post",
                post=post,
                comment_id=None,
                title=post.title,
                author=post.author or "",
                snippet="",
                url=post.url,
                published=post.published,
            )
            for post in self.store.posts.values()
            if query.lower() in post.title.lower()
        ]
        found += [
            Hit(
                kind="comment",
                post=self.store.posts[post_id],
                comment_id=comment.id,
                title=self.store.posts[post_id].title,
                author=comment.author,
                snippet=comment.html,
                url=comment.url,
                published=comment.published,
            )
            for post_id, comments in self.store.comments.items()
            for comment in comments
            if query.lower() in comment.html.lower()
        ]
        return tuple(found[:limit])


@dataclass
class FakeServices:
    """What the app is given; tests reach in and set what should happen."""

    blogs: dict[int, Blog] = field(default_factory=dict)
    posts: dict[int, Post] = field(default_factory=dict)
    comments: dict[int, list[Comment]] = field(default_factory=dict)
    bodies: dict[int, Document] = field(default_factory=dict)
    replies: dict[int, Reply] = field(default_factory=dict)
    places: dict[int, ReadingPlace] = field(default_factory=dict)
    answers: int = 0
    settings: Settings = field(default_factory=Settings)
    now: Callable[[], datetime] = lambda: NOW
    news: tuple[str, ...] = ()
    data_folder: str = "/nowhere"
    config_file: Path = field(default_factory=lambda: Path("/nowhere/config.toml"))

    def __post_init__(self) -> None:
        self.acts: list[tuple[Undo, tuple[Any, ...]]] = []
        self.subscriptions = FakeSubscriptions(self)
        self.library = FakeLibrary(self)
        self.conversations = FakeConversations(self)
        self.replying = FakeReplying(self)
        self.refresh = FakeRefresh(self)
        self.older = FakeOlder(self)
        self.search = FakeSearch(self)
        self.full_texts = FakeFullTexts(self)
        self.images = FakeImages()

    def act(self, what: str) -> Undo:
        """Remembers how things are, so that what follows can be taken back."""
        undo = Undo(id=len(self.acts) + 1, what=what)
        before = (dict(self.blogs), dict(self.posts), dict(self.comments), dict(self.conversations.muted))
        self.acts.append((undo, before))
        return undo

    def take_back(self) -> Undo | None:
        if not self.acts:
            return None
        undo, (self.blogs, self.posts, self.comments, self.conversations.muted) = self.acts.pop()
        return undo

    def counted(self, blog: Blog) -> Blog:
        mine = [post for post in self.posts.values() if post.blog_id == blog.id]
        return blog._replace(unread=sum(not post.is_read for post in mine))


def sample_services(**more: object) -> FakeServices:
    """Three blogs, seven posts, one conversation."""
    harbour = a_blog(1, "Harbour Notes", folder="Coast")
    letters = a_blog(2, "Letters on Salt", folder="Coast")
    press = a_blog(3, "Type and Press", folder="Code", error="not found (404)")
    posts = [
        a_post(1, harbour, "Breakfast for a cancelled ferry", hours=20, comment_count=7, new_comment_count=2),
        a_post(2, harbour, "A chart of the small rocks", hours=40, author="Jens Vik", comment_count=4),
        a_post(
            3, letters, "Four kinds of salt, four kinds of patience", hours=60, comment_count=31, is_read=True
        ),
        a_post(4, letters, "The shop that closes when it likes", hours=80, is_read=True, is_starred=True),
        a_post(5, press, "Kerning for people in a hurry", hours=100, comment_count=2, new_comment_count=1),
        a_post(6, press, "Summer reading: those who set type", hours=120, is_read=True),
        a_post(7, harbour, "No more comments here", hours=140, is_read=True, takes_comments=False),
    ]
    comments = {
        1: sample_comments(),
        5: [
            a_comment("51", "Sam", "<p>I was in no hurry, and read it twice.</p>", hours=30),
            a_comment("52", "Tove", "<p>Same here.</p>", hours=2, to="51", is_new=True),
        ],
    }
    return FakeServices(
        blogs={blog.id: blog for blog in (harbour, letters, press)},
        posts={post.id: post for post in posts},
        comments=comments,
        **more,  # type: ignore[arg-type]
    )


async def until(pilot: Pilot[Any], is_so: Callable[[], object], *, seconds: float = 60) -> None:
    """Waits for workers and timers to bring something about; fails when they do not.

    Long enough for a machine that others use as well: only a test that fails waits to the end.
    """
    end = time.monotonic() + seconds
    while not is_so():
        if time.monotonic() > end:
            raise AssertionError("it never came about")
        await pilot.pause(0.01)
    await pilot.pause()


async def at_rest(pilot: Pilot[Any]) -> None:
    """Waits until nothing is under way that a key or a message has set off, however slow the machine is."""
    for _ in range(3):  # what ends may set off the next
        await until(pilot, lambda: not any(_under_way(pilot.app)))


def _under_way(app: App[Any]) -> Iterator[object]:
    """What will still change the screen by itself: work, single timers, messages that wait."""
    for worker in app.workers:
        # below a dialog it may be the dialog's answer that is waited for
        is_above = len(app.screen_stack) == 1 or app.screen in worker.node.ancestors_with_self
        if is_above and not worker.is_finished:
            yield worker
    for node in (
        app,
        *(node for screen in app.screen_stack for node in screen.walk_children(with_self=True)),
    ):
        yield from (timer for timer in node._timers if _is_single(timer))
        if node.message_queue_size:
            yield node


def _is_single(timer: Timer) -> bool:
    """Whether it is to fire once, and soon: those of seconds take a message away again."""
    is_running = timer._task is not None and not timer._task.done()
    return is_running and timer._repeat == 0 and timer._interval < 1


@asynccontextmanager
async def reading(
    services: FakeServices | None = None,
    *,
    size: tuple[int, int] = (132, 36),
    demo: bool = False,
    after_tour: Callable[[], None] | None = None,
) -> AsyncIterator[tuple[ReaderApp, Pilot[Any]]]:
    """The app with its lists shown and the first post previewed."""
    app = ReaderApp(services or sample_services(), demo=demo, after_tour=after_tour)  # type: ignore[arg-type]
    async with app.run_test(size=size) as pilot:
        await until(pilot, lambda: app.reading.desk.conversation is not None)
        yield app, pilot


def shown_text(app: App[Any]) -> str:
    """What stands on the screen, line by line."""
    width, height = app.size
    strips = app.screen._compositor.render_strips(Size(width, height))
    return "\n".join(strip.text.rstrip() for strip in strips)
