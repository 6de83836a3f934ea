"""What keys do with posts and blogs: mark, mute, take back, follow, refresh."""

import asyncio
from datetime import timedelta
from functools import cached_property
from typing import TYPE_CHECKING, cast

from textual.content import Content

from tui_reader.domain.blog import Blog
from tui_reader.domain.folders import is_within
from tui_reader.language import N_, _
from tui_reader.ui import text
from tui_reader.ui.columns import Column
from tui_reader.ui.screens.moving import of_a_comment
from tui_reader.ui.screens.wayfinding import Wayfinding
from tui_reader.ui.widgets.blog_list import Source

# a screen that asks something is loaded when it first asks: the start waits for none of them
if TYPE_CHECKING:
    from tui_reader.domain.comment import Comment
    from tui_reader.domain.post_line import AnyPost
    from tui_reader.ui.older import GoingBack
    from tui_reader.ui.screens.blog import BlogWish
    from tui_reader.ui.screens.reading import ReadingScreen

_AGES = (
    (N_("Those older than a day are read"), timedelta(days=1)),
    (N_("Those older than a week are read"), timedelta(weeks=1)),
    (N_("Those older than 30 days are read"), timedelta(days=30)),
)


class LibraryActs(Wayfinding):
    """One method an act."""

    # State

    def action_toggle_read(self) -> None:
        self._toggle("read")

    def action_toggle_star(self) -> None:
        self._toggle("starred")

    def action_toggle_later(self) -> None:
        self._toggle("later")

    def _toggle(self, state: str) -> None:
        post = self._post
        if post is not None:
            # nothing ends it: the next key, in the same breath, would before it is stored
            self.follow(self._change, post.id, state, group="mark")

    async def _change(self, post_id: int, state: str) -> None:
        # one after the other and each from what is stored: twice in one breath is there and back
        async with self._marking:
            post = await self.services.library.post(post_id)
            is_set = not getattr(post, f"is_{state}")
            await self.shelf.mark([post], **{state: is_set})
        await self.desk.show_again()
        if state == "later":
            self.tell(_("To be read later.") if is_set else _("No longer to be read later."))

    @cached_property
    def _marking(self) -> asyncio.Lock:
        return asyncio.Lock()

    def action_all_read(self) -> None:
        self.run(self._all_seen if self.column is Column.CONVERSATION else self._all_read, group="mark")

    async def _all_seen(self) -> None:
        post = self.desk.post
        if post is None:
            return
        done = await self.services.conversations.mark_seen(post.id)
        await self.desk.show_stored()
        await self.shelf.update(post.id)
        await self.shelf.load_blogs()
        self._tell_undo(done.what if done is not None else "", nothing=_("No comment here is new."))

    async def _all_read(self) -> None:
        from tui_reader.ui.screens.choose import Choose

        if self.shelf.source.kind == "conversations":
            ages: tuple[tuple[str, timedelta], ...] = ()
            rows = [(Content(_("All answers to me are seen")), 0)]
        else:
            ages = _AGES
            rows = [(text.content_line(self._all_of_it()), 0)]
        rows += [(Content(_(words)), at) for at, (words, _age) in enumerate(ages, start=1)]
        undo = self.keymap.shown("state.undo")
        chosen = await self.app.push_screen_wait(
            Choose(
                _("Mark read"),
                rows,
                hint=_("enter marks · {undo} takes it back · esc leaves").format(undo=undo),
            )
        )
        if chosen is None:
            return
        before = self.services.now() - ages[chosen - 1][1] if chosen else None
        done = await self.shelf.mark_all(before=before)
        await self.desk.show_again()
        await self.desk.show_stored()
        self._tell_undo(done.what if done is not None else "", nothing=_("All were read already."))

    def _all_of_it(self) -> str:
        if self.shelf.query:
            return _("All that the query lets through are read")
        if self.shelf.source.kind in {"all", "unread"}:
            return _("All posts are read")
        return _("All of {source} are read").format(source=self.shelf.source_title())

    def _tell_undo(self, what: str, *, nothing: str) -> None:
        undo = self.keymap.shown("state.undo")
        self.tell(_("{what}; {undo} takes it back.").format(what=what, undo=undo) if what else nothing)

    def action_undo(self) -> None:
        self.follow(self._undo, group="mark")

    async def _undo(self) -> None:
        async with self._marking:
            undone = await self.shelf.undo()
        await self.desk.show_again()
        await self.desk.show_stored()
        self.tell(
            _("Taken back: {what}.").format(what=undone.what)
            if undone is not None
            else _("There is nothing to take back.")
        )

    @of_a_comment
    def action_mute(self) -> None:
        post, comment = self.desk.post, self.thread.focused_comment
        if self.column is not Column.CONVERSATION or post is None or comment is None:
            self.tell(_("Put the cursor on a comment in the conversation."))
        else:
            self.run(self._mute, post, comment, group="mark")

    async def _mute(self, post: "AnyPost", comment: "Comment") -> None:
        from tui_reader.ui.screens.choose import Choose

        conversations = self.services.conversations
        if self.desk.conversation is not None and comment.id in self.desk.conversation.muted:
            done = await conversations.unmute(post.id, comment.id)
        else:
            who = text.tame_line(comment.author or "") or _("Anonymous")
            rows = [
                (Content(_("{who} on this blog").format(who=who)), "author"),
                (Content(_("{who} everywhere").format(who=who)), "everywhere"),
                (Content(_("This comment and all below it")), "branch"),
            ]
            chosen = await self.app.push_screen_wait(
                Choose(_("Mute"), rows, hint=_("enter mutes: only the name stays · esc leaves"))
            )
            if chosen is None:
                return
            if chosen == "branch":
                done = await conversations.mute_branch(post.id, comment.id)
                self.thread.fold_state |= {comment.id}
            else:
                done = await conversations.mute_author(post.id, comment.id, everywhere=chosen == "everywhere")
        await self.desk.show_stored()
        await self.shelf.load_blogs()
        self._tell_undo(done.what if done is not None else "", nothing=_("It is muted no more."))

    # Blogs

    def action_answers(self) -> None:
        if self.tour is not None:
            self.tour.looked()
        self.jumping.leave()
        self.run(self.show_source, Source("conversations"), group="list")

    def action_add_blog(self) -> None:
        self.run(self._add_blog, group="blogs")

    async def _add_blog(self) -> None:
        from tui_reader.ui.screens.subscribe import Subscribe

        subscribed = await self.app.push_screen_wait(Subscribe(self.services.subscriptions))
        if subscribed is None:
            return
        only = subscribed.added[0] if len(subscribed.added) == 1 and not subscribed.is_import else None
        await self.show_source(Source("blog", blog_id=only.blog.id) if only else Source("all"), is_anew=True)
        if only is not None:
            await self._go_to_named(only.blog.id, subscribed.address)
        self.tell(subscribed.summary, "good")
        if subscribed.is_import:
            # a list of addresses brings no posts: they are fetched now
            self.refreshing.start()

    async def _go_to_named(self, blog_id: int, address: str) -> None:
        """Puts the cursor on the post whose address was typed to add its blog, if the feed has it still."""
        url = address if "://" in address else f"https://{address}"
        found = await self.services.library.linked(url) if address else None
        if found is not None and found[0].blog_id == blog_id:
            self.post_list.focus_post(found[0].id)

    async def show_source(self, source: Source, *, is_anew: bool = False) -> None:
        """Lists a source, the cursor in its posts."""
        self.go(Column.POSTS)
        await self.shelf.choose(source, is_anew=is_anew)
        await self.shelf.load_blogs()

    def action_edit_blog(self) -> None:
        blog = self._blog
        if blog is None:
            self.tell(_("Put the cursor on a blog, or on one of its posts."))
        else:
            self.run(self._edit_blog, blog, group="blogs")

    async def _edit_blog(self, blog: Blog) -> None:
        from tui_reader.ui.screens.blog import EditBlog

        wish = await self.app.push_screen_wait(EditBlog(blog))
        if wish is not None:
            await self._change_blog(blog, wish)

    async def _change_blog(self, blog: Blog, wish: "BlogWish") -> None:
        subscriptions = self.services.subscriptions
        if wish.act == "remove":
            # the place in its open post is kept before the post goes
            await self.desk.leave()
            await subscriptions.remove(blog.id)
            # first to the posts: there the one under the cursor is previewed in the place of what is gone
            self.go(Column.POSTS)
            await self.shelf.choose(Source("all"), is_anew=True)
            await self.shelf.load_blogs()
            removed = _("Removed: {title}, with its posts and their comments").format(title=blog.title)
            self._tell_undo(removed, nothing="")
            return
        told = ""
        if wish.act in {"pause", "resume"}:
            act = subscriptions.pause if wish.act == "pause" else subscriptions.resume
            told = _("Paused: it is not asked any more") if wish.act == "pause" else _("It is asked again")
            await act(blog.id)
        if wish.act in {"full text", "feed text"}:
            await subscriptions.want_full_text(blog.id, is_wanted=wish.act == "full text")
            told = (
                _("Posts that the feed cuts short are read from their pages when they are opened")
                if wish.act == "full text"
                else _("The feed's text is shown; {shown} fetches the whole one").format(
                    shown=self.keymap.shown("post.full_text")
                )
            )
        moved = _("Moved into {folder}") if wish.folder else _("Moved out of its folder")
        if wish.title != blog.title and wish.folder != blog.folder:
            await subscriptions.rename_and_move(blog.id, wish.title, wish.folder)
            told = told or _("Renamed and moved")
        elif wish.title != blog.title:
            await subscriptions.rename(blog.id, wish.title)
            told = told or _("Renamed")
        elif wish.folder != blog.folder:
            await subscriptions.move(blog.id, wish.folder)
            told = told or moved.format(folder=wish.folder)
        await self.shelf.load()
        if told:
            self._tell_undo(told, nothing="")

    def action_older(self) -> None:
        blog = self._blog
        if blog is None:
            self.tell(_("Put the cursor on a blog, or on one of its posts."))
        else:
            self._going_back.toggle(blog)

    @cached_property
    def _going_back(self) -> "GoingBack":
        from tui_reader.ui.older import GoingBack

        return GoingBack(cast("ReadingScreen", self), self.services)

    def action_refresh_this(self) -> None:
        if self.column >= Column.POST and self.desk.post is not None:
            self.run(self.desk.load, group="desk")
            return
        source = self._source
        if source.kind == "blog" and source.blog_id is not None:
            self.refreshing.start([source.blog_id])
        elif source.kind == "folder":
            within = [blog.id for blog in self.shelf.blogs if is_within(blog.folder, source.folder or "")]
            self.refreshing.start(within)
        else:
            self.refreshing.start()

    def action_refresh_all(self) -> None:
        if self.refreshing.is_asked_for:
            self.refreshing.stop()
        else:
            self.refreshing.start()

    def action_unread_only(self) -> None:
        self.run(self.shelf.toggle_unread_only, group="list")

    # What is meant

    @property
    def _post(self) -> "AnyPost | None":
        """The post that an act is about: the open one, or the one under the cursor of the list."""
        return self.desk.post if self.column > Column.POSTS else self.post_list.post

    @property
    def _source(self) -> Source:
        """What is listed; among the blogs what the cursor stands on, though it may not be listed yet."""
        return self.blog_list.source if self.column is Column.BLOGS else self.shelf.source

    @property
    def _blog(self) -> Blog | None:
        source = self._source
        if self.column is Column.BLOGS and source.kind == "blog":
            return self.shelf.blog(source.blog_id)
        return self.shelf.blog(self._post.blog_id) if self._post and self.column > Column.BLOGS else None
