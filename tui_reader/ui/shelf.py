"""Blogs and posts: which are listed, what is marked, and how that is taken back."""

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from textual.content import Content

from tui_reader.domain.blog import Blog
from tui_reader.domain.post import Post
from tui_reader.errors import NotFoundError
from tui_reader.ui.ports import Services
from tui_reader.ui.widgets.blog_list import Source

if TYPE_CHECKING:
    from tui_reader.services.library import PostFilter
    from tui_reader.ui.screens.reading import ReadingScreen


class Shelf:
    """What the two left columns show."""

    def __init__(self, screen: "ReadingScreen", services: Services) -> None:
        self._screen = screen
        self._services = services
        self._undo: list[tuple[Post, ...]] = []
        self.source = Source("all")
        self.is_unread_only = False
        self.blogs: tuple[Blog, ...] = ()
        self.posts: tuple[Post, ...] = ()

    async def load(self) -> None:
        """Reads both lists anew; what stands in the list of posts stays in it."""
        await self.load_blogs()
        await self._load_posts(is_same_list=True)

    async def load_blogs(self) -> None:
        """Reads the blogs and every count."""
        self.blogs = await self._services.subscriptions.blogs()
        counts = await self._services.library.counts()
        self._screen.blog_list.show(self.blogs, counts, self.source)
        top = self._screen.top_line
        top.unread, top.answers, top.outbox = counts.unread, counts.answers, counts.outbox

    async def choose(self, source: Source, *, is_anew: bool = False) -> None:
        """Lists the posts of another source; with ``is_anew`` also those of the same one."""
        if source == self.source and self.posts and not is_anew:
            return
        self.source = source
        await self._load_posts(is_same_list=False)

    async def toggle_unread_only(self) -> None:
        """Lists unread posts only, or all of them again."""
        self.is_unread_only = not self.is_unread_only
        await self._load_posts(is_same_list=False)

    def blog(self, blog_id: int | None) -> Blog | None:
        """The blog with this id, when it is followed."""
        return next((blog for blog in self.blogs if blog.id == blog_id), None)

    def source_title(self) -> str:
        """What is listed, in words that may be foreign."""
        if self.source.kind == "blog":
            blog = self.blog(self.source.blog_id)
            return blog.title if blog else ""
        return self.source.folder or self.source.kind.capitalize()

    def beside(self, post_id: int | None, step: int) -> Post | None:
        """The next (1) or previous (-1) post of the list."""
        at = self._index(post_id)
        if at is None:
            return self.posts[0] if self.posts else None
        return self.posts[at + step] if 0 <= at + step < len(self.posts) else None

    def next_unread(self, post_id: int | None, step: int) -> Post | None:
        """The next or previous unread post of the list, going round at its end."""
        count = len(self.posts)
        at = self._index(post_id)
        start = at if at is not None else (-1 if step > 0 else count)
        around = (self.posts[(start + step * distance) % count] for distance in range(1, count + 1))
        return next((post for post in around if not post.is_read), None)

    async def mark(
        self, posts: Sequence[Post], *, read: bool | None = None, starred: bool | None = None
    ) -> None:
        """Marks posts; ``undo`` takes it back."""
        changed = tuple(
            post
            for post in posts
            if read not in {None, post.is_read} or starred not in {None, post.is_starred}
        )
        if not changed:
            return
        self._undo.append(changed)
        await self._services.library.mark([post.id for post in changed], read=read, starred=starred)
        await self._marked(changed)

    async def undo(self) -> int:
        """Takes the last mark back; returns how many posts that touched."""
        if not self._undo:
            return 0
        before = self._undo.pop()
        library = self._services.library
        for read in (True, False):
            for starred in (True, False):
                ids = [post.id for post in before if (post.is_read, post.is_starred) == (read, starred)]
                if ids:
                    await library.mark(ids, read=read, starred=starred)
        await self._marked(before)
        return len(before)

    async def update(self, post_id: int) -> Post | None:
        """Draws one post of the list as it is stored now; None when it is gone."""
        try:
            post = await self._services.library.post(post_id)
        except NotFoundError:
            return None
        self.posts = tuple(post if one.id == post.id else one for one in self.posts)
        self._screen.post_list.update_post(post)
        return post

    def show_place(self) -> None:
        """Says at the foot of the list where in it the cursor stands."""
        highlighted = self._screen.post_list.post
        at = self._index(highlighted.id) if highlighted else None
        place = f"{at + 1} of {len(self.posts)}" if at is not None else ""
        only = " · unread only" if self.is_unread_only else ""
        self._screen.post_list.border_subtitle = Content((place + only).removeprefix(" · "))

    def _index(self, post_id: int | None) -> int | None:
        return next((at for at, post in enumerate(self.posts) if post.id == post_id), None)

    async def _marked(self, posts: Sequence[Post]) -> None:
        for post in posts:
            await self.update(post.id)
        await self.load_blogs()

    async def _load_posts(self, *, is_same_list: bool) -> None:
        filter = self._filter()
        found = await self._services.library.posts(filter)
        if is_same_list:
            found = await self._with_those_shown(found, filter)
        highlighted = self._screen.post_list.post
        self.posts = found
        keep_id = highlighted.id if highlighted and is_same_list else None
        self._screen.post_list.show(found, keep_id, now=self._services.now().astimezone())
        self.show_place()
        if not found:
            self._screen.show_nothing_listed()

    def _filter(self) -> "PostFilter":
        filter = self.source.filter()
        return replace(filter, is_unread=True) if self.is_unread_only else filter

    async def _with_those_shown(self, found: tuple[Post, ...], filter: "PostFilter") -> tuple[Post, ...]:
        """Nothing leaves a list while it is open: what was read in it no longer passes the filter."""
        passing = {post.id for post in found}
        shown = {post.id for post in self.posts}
        if shown <= passing:
            return found
        wide = replace(filter, is_unread=False, is_starred=False, has_new_comments=False)
        return tuple(
            post
            for post in await self._services.library.posts(wide)
            if post.id in passing or post.id in shown
        )
