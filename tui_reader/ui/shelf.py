"""Blogs and posts: which are listed, what is marked, and how that is taken back."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from textual.content import Content

from tui_reader.domain.blog import Blog
from tui_reader.errors import NotFoundError
from tui_reader.language import _, ngettext
from tui_reader.ui.first_lists import AT_FIRST
from tui_reader.ui.listing import ALL, BEFORE_DRAWN, GROWS, NEAR
from tui_reader.ui.ports import Services
from tui_reader.ui.text import tame_line
from tui_reader.ui.widgets.blog_list import SOURCES, Source

if TYPE_CHECKING:
    from tui_reader.domain.post_line import AnyPost
    from tui_reader.domain.query import Query
    from tui_reader.services.library import Counts, PostFilter
    from tui_reader.storage.acts import Undo
    from tui_reader.ui.screens.reading import ReadingScreen
    from tui_reader.ui.talk import Talk


class Shelf:
    """What the two left columns show."""

    def __init__(self, screen: "ReadingScreen", services: Services) -> None:
        self._screen = screen
        self._services = services
        self._arrived: set[int] = set()
        self.source = Source("all")
        self.is_unread_only = False
        self.query: Query | None = None
        """What the list of posts is narrowed by, until it is taken away."""
        self.blogs: tuple[Blog, ...] = ()
        self.posts: tuple[AnyPost, ...] = ()
        self.talks: Mapping[int, Talk] = {}
        """For each post of the conversations, what was said there last."""
        self._room = AT_FIRST
        self._is_cut = False
        self._counts: Counts | None = None

    async def begin(self) -> None:
        """Reads both lists for the first time, of a long one what can be seen; ``complete`` reads more."""
        await self.load_blogs()
        await self._load_posts(is_same_list=True, most=BEFORE_DRAWN)

    async def complete(self) -> None:
        """Reads what ``begin`` left."""
        if self._is_cut and len(self.posts) < self._room:
            await self._load_posts(is_same_list=True)

    async def load(self) -> None:
        """Reads both lists anew; what stands in the list of posts stays in it."""
        await self.load_blogs()
        await self._load_posts(is_same_list=True)

    async def load_blogs(self) -> None:
        """Reads the blogs and every count."""
        self.blogs = await self._services.library.blogs()
        counts = self._counts = await self._services.library.counts()
        # the cursor is the reader's: it stays where he put it, and only begins on what is listed
        self._screen.blog_list.show(self.blogs, counts, None if self._screen.is_among_blogs else self.source)
        top = self._screen.top_line
        top.unread, top.answers, top.outbox = counts.unread, counts.answers, counts.outbox

    async def choose(self, source: Source, *, is_anew: bool = False) -> None:
        """Lists the posts of another source; with ``is_anew`` also those of the same one."""
        if source == self.source and self.posts and not is_anew:
            return
        self.source = source
        self._room = AT_FIRST
        await self._load_posts(is_same_list=False)

    async def toggle_unread_only(self) -> None:
        """Lists unread posts only, or all of them again."""
        self.is_unread_only = not self.is_unread_only
        await self._load_posts(is_same_list=False)

    async def narrow(self, query: "Query | None") -> None:
        """Lists only what the query lets through; None lists all again."""
        self.query = query
        self._room = AT_FIRST
        await self._load_posts(is_same_list=False)

    def blog(self, blog_id: int | None) -> Blog | None:
        """The blog with this id, when it is followed."""
        return next((blog for blog in self.blogs if blog.id == blog_id), None)

    def source_title(self) -> str:
        """What is listed, in words that may be foreign."""
        if self.source.kind == "blog":
            blog = self.blog(self.source.blog_id)
            return blog.title if blog else ""
        return self.source.folder or _(SOURCES.get(self.source.kind, ""))

    def source_path(self) -> tuple[str, ...]:
        """The same with the folder that it is in."""
        blog = self.blog(self.source.blog_id) if self.source.kind == "blog" else None
        folder = blog.folder if blog else None
        return (*((folder,) if folder else ()), self.source_title())

    def beside(self, post_id: int | None, step: int) -> "AnyPost | None":
        """The next (1) or previous (-1) post of the list."""
        at = self._index(post_id)
        if at is None:
            return self.posts[0] if self.posts else None
        return self.posts[at + step] if 0 <= at + step < len(self.posts) else None

    def next_unread(self, post_id: int | None, step: int) -> "AnyPost | None":
        """The next or previous unread post of the list, going round at its end."""
        count = len(self.posts)
        at = self._index(post_id)
        start = at if at is not None else (-1 if step > 0 else count)
        around = (self.posts[(start + step * distance) % count] for distance in range(1, count + 1))
        return next((post for post in around if not post.is_read), None)

    async def mark(
        self,
        posts: "Sequence[AnyPost]",
        *,
        read: bool | None = None,
        starred: bool | None = None,
        later: bool | None = None,
    ) -> None:
        """Marks posts; ``undo`` takes it back."""
        ids = [post.id for post in posts]
        await self._services.library.mark(ids, read=read, starred=starred, later=later)
        for post_id in ids:
            await self.update(post_id)
        await self.load_blogs()

    async def mark_all(self, *, before: datetime | None = None) -> "Undo | None":
        """Marks everything read that is listed here, or what is older, also what is not in sight."""
        if self.source.kind == "conversations":
            done = await self._services.conversations.mark_answers_seen()
        else:
            done = await self._services.library.mark_all(self._filter(), before=before)
        await self.load()
        return done

    async def undo(self) -> "Undo | None":
        """Takes the last change back; None when there is none."""
        undone = await self._services.library.undo()
        if undone is not None:
            await self.load()
        return undone

    async def update(self, post_id: int) -> "AnyPost | None":
        """Draws one post of the list as it is stored now; None when it is gone."""
        try:
            post = await self._services.library.post(post_id)
        except NotFoundError:
            return None
        self.posts = tuple(post if one.id == post.id else one for one in self.posts)
        self._screen.post_list.update_post(post)
        return post

    def show_place(self) -> None:
        """Says at the foot of the list where in it the cursor stands, and what came in above meanwhile."""
        at = self._screen.post_list.cursor if self._screen.post_list.post is not None else None
        parts = [_("{at} of {total}").format(at=at + 1, total=self._total())] if at is not None else []
        # once: while more of it is read the room is larger than the list
        if self._is_cut and at is not None and len(self.posts) - NEAR <= at and len(self.posts) >= self._room:
            self._room *= GROWS
            self._screen.run(self._load_posts, is_same_list=True, group="list")
        if self._arrived:
            # what the cursor has passed is no longer told
            self._arrived &= {post.id for post in self.posts[: at or 0]}
        if self._arrived:
            top = self._screen.keymap.shown("move.top")
            parts.append(
                ngettext("{count} new above, {key}", "{count} new above, {key}", len(self._arrived)).format(
                    count=len(self._arrived), key=top
                )
            )
        if at is not None and at == len(self.posts) - 1 and self.source.kind == "blog" and not self._is_cut:
            parts.append(_("{key} fetches older").format(key=self._screen.keymap.shown("blog.older")))
        if self.is_unread_only:
            parts.append(_("unread only"))
        if self.query is not None:
            parts.append(_("only {query}").format(query=tame_line(self.query.text)))
        self._screen.post_list.title_below(Content(" · ".join(parts)))

    async def to_end(self) -> None:
        """Lists all that there is, and stands on its end, unless the cursor went elsewhere meanwhile."""
        if not self._is_cut:
            return
        posts = self._screen.post_list
        stood = posts.cursor
        self._room = ALL
        await self._load_posts(is_same_list=True)
        if posts.cursor == stood:
            posts.put_cursor(len(self.posts) - 1, step=-1)

    def _total(self) -> str:
        """How many posts the list has, those too that are not read yet."""
        if not self._is_cut:
            return str(len(self.posts))
        if self._counts is not None and self.query is None and self.source.kind in {"all", "unread"}:
            is_all = self.source.kind == "all" and not self.is_unread_only
            return str(self._counts.posts if is_all else self._counts.unread)
        return f"{len(self.posts)}+"

    def _still_to_come(self, most: int) -> int:
        """Posts of the list that is begun and not complete, so that its scroll bar is true at once."""
        if not self._is_cut or self._counts is None or most >= self._room:
            return 0
        return max(0, min(self._room, self._counts.posts) - len(self.posts))

    def _index(self, post_id: int | None) -> int | None:
        return next((at for at, post in enumerate(self.posts) if post.id == post_id), None)

    async def _load_posts(self, *, is_same_list: bool, most: int = ALL) -> None:
        found = await self._found(min(most, self._room), is_same_list=is_same_list)
        highlighted = self._screen.post_list.post
        shown = {post.id for post in self.posts}
        if not is_same_list or not shown:
            self._arrived.clear()
        else:
            # older posts, which were fetched, come as read
            self._arrived |= {post.id for post in found if not post.is_read} - shown
        self.posts = found
        keep_id = highlighted.id if highlighted and is_same_list else None
        self._screen.post_list.show(
            found,
            keep_id,
            now=self._services.now().astimezone(),
            talks=self.talks or None,
            more=self._still_to_come(most),
        )
        self.show_place()
        self._screen.show_titles()
        if not found:
            self._screen.show_nothing_listed()

    async def _found(self, most: int, *, is_same_list: bool) -> "tuple[AnyPost, ...]":
        self._is_cut = False
        if self.source.kind == "conversations":
            return await self._conversations(is_same_list=is_same_list)
        self.talks = {}
        filter = self._filter()
        found = await self._services.library.posts(filter._replace(limit=most))
        self._is_cut = len(found) == most
        return await self._with_those_shown(found, filter) if is_same_list else found

    async def _conversations(self, *, is_same_list: bool) -> "tuple[AnyPost, ...]":
        """Threads of mine, those with answers to me first; an open list keeps its order."""
        from tui_reader.services.library import PostFilter
        from tui_reader.ui.talk import talks_of

        conversations = self._services.conversations
        summaries = await conversations.mine()
        self.talks = talks_of(summaries, await conversations.answers())
        posts = {summary.post.id: summary.post for summary in summaries}
        if self.query is not None:
            also = frozenset(post.id for post in self.posts) if is_same_list else frozenset()
            narrow = PostFilter(ids=frozenset(posts), query=self.query, also=also)
            passing = {post.id for post in await self._services.library.posts(narrow)}
            posts = {id: post for id, post in posts.items() if id in passing}
        order = list(posts)
        if is_same_list:
            listed = [post.id for post in self.posts if post.id in posts]
            order = [post_id for post_id in order if post_id not in set(listed)] + listed
        return tuple(posts[post_id] for post_id in order)

    def _filter(self) -> "PostFilter":
        filter = self.source.filter()._replace(query=self.query)
        return filter._replace(is_unread=True) if self.is_unread_only else filter

    async def _with_those_shown(
        self, found: "tuple[AnyPost, ...]", filter: "PostFilter"
    ) -> "tuple[AnyPost, ...]":
        """Nothing leaves a list while it is open: what was read in it no longer passes the filter."""
        passing = {post.id for post in found}
        shown = {post.id for post in self.posts}
        if shown <= passing:
            return found
        most = len(shown) + len(found) if self._is_cut else None
        wide = filter._replace(
            is_unread=False, is_starred=False, is_later=False, also=frozenset(shown), limit=most
        )
        return tuple(
            post
            for post in await self._services.library.posts(wide)
            if post.id in passing or post.id in shown
        )
