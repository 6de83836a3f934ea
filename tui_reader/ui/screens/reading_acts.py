"""What the keys of the reading screen do; how it looks is said in ``reading.py``."""

from textual.content import Content

from tui_reader.content.readable import plain_text
from tui_reader.domain.blog import Blog
from tui_reader.domain.comment import Comment
from tui_reader.domain.post import Post
from tui_reader.domain.reply import Reply, ReplyState
from tui_reader.ui import text
from tui_reader.ui.browser import open_in_browser
from tui_reader.ui.columns import Column
from tui_reader.ui.screens.blog import EditBlog
from tui_reader.ui.screens.choose import Choose
from tui_reader.ui.screens.confirm import Confirm
from tui_reader.ui.screens.find import Find
from tui_reader.ui.screens.moving import Moving
from tui_reader.ui.screens.outbox import Outbox
from tui_reader.ui.screens.subscribe import Subscribe
from tui_reader.ui.widgets.blog_list import Source


class ReadingActs(Moving):
    """One method an act."""

    # Answer

    def action_reply(self, is_quoting: bool) -> None:
        post = self._post
        if post is None:
            self.tell("There is no post here to comment on.")
            return
        comment = self.thread.focused_comment if self.column is Column.CONVERSATION else None
        self.write_reply(post, comment, is_quoting=is_quoting)

    def write_reply(self, post: Post, comment: Comment | None, *, is_quoting: bool) -> None:
        """Opens the composer, in the post that it belongs to."""
        if self.desk.post is None or self.desk.post.id != post.id or not self.desk.is_open:
            self.open_post(post)
        self.run(self.answering.write, post, comment, group="composer", is_quoting=is_quoting)

    def action_edit_draft(self) -> None:
        conversation = self.desk.conversation
        mine = conversation.replies if conversation else ()
        under_cursor = self.thread.focused_reply if self.column is Column.CONVERSATION else None
        changeable = (ReplyState.DRAFT, ReplyState.REJECTED, ReplyState.QUEUED)
        reply = under_cursor or next((one for one in mine if one.state in changeable), None)
        if reply is None:
            self.tell(f"No draft for this post; {self.keymap.shown('reply.write')} begins one.")
        elif reply.state not in changeable:
            self.tell("The blog has it, or may have it: it cannot be changed from here.")
        else:
            self.run(self.answering.edit, reply, self._comment(reply.to), group="composer")

    def action_outbox(self) -> None:
        self.run(self._outbox, group="outbox")

    async def _outbox(self) -> None:
        await self.answering.flush()
        wish = await self.app.push_screen_wait(Outbox(self.services.replying, self.keymap))
        await self.shelf.load_blogs()
        if wish is None:
            return
        reply: Reply = wish.reply
        self.go(Column.CONVERSATION)
        await self.desk.show(await self.services.library.post(reply.post_id))
        if wish.act == "edit":
            await self.answering.edit(reply, self._comment(reply.to))
        else:
            target = reply.comment_id or reply.to
            if target is not None:
                self.thread.focus_comment(target)
        if wish.act == "send":
            self.follow(self.answering.send_from_outbox, reply, group="send")
        self.run(self.desk.load, group="desk")

    # State

    def action_toggle_read(self) -> None:
        post = self._post
        if post is not None:
            self.run(self._mark, post, group="mark", read=not post.is_read)

    def action_toggle_star(self) -> None:
        post = self._post
        if post is not None:
            self.run(self._mark, post, group="mark", starred=not post.is_starred)

    async def _mark(self, post: Post, *, read: bool | None = None, starred: bool | None = None) -> None:
        await self.shelf.mark([post], read=read, starred=starred)
        await self.desk.show_again()

    def action_all_read(self) -> None:
        self.run(self._all_read, group="mark")

    async def _all_read(self) -> None:
        unread = [post for post in self.shelf.posts if not post.is_read]
        await self.shelf.mark(unread, read=True)
        await self.desk.show_again()
        undo = self.keymap.shown("state.undo")
        self.tell(
            f"{_posts(len(unread))} marked read; {undo} takes it back."
            if unread
            else "All were read already."
        )

    def action_undo(self) -> None:
        self.run(self._undo, group="mark")

    async def _undo(self) -> None:
        count = await self.shelf.undo()
        await self.desk.show_again()
        self.tell(f"Taken back: {_posts(count)}." if count else "There is nothing to take back.")

    # Open

    def action_browser(self) -> None:
        self.run(self.open_address, self._address, group="browser")

    async def open_address(self, url: str) -> None:
        """Opens it in the browser and says so."""
        self.tell(await open_in_browser(self.app, url))

    def action_copy_link(self) -> None:
        url = self._address
        if url:
            self.app.copy_to_clipboard(text.tame_line(url))
        self.tell(f"Copied: {url}" if url else "There is no link here.")

    def action_copy_text(self) -> None:
        comment = self.thread.focused_comment if self.column is Column.CONVERSATION else None
        document = self.desk.document_of(comment) if comment else self.desk.document
        if document is None:
            self.tell("There is no text here.")
            return
        self.app.copy_to_clipboard(text.tame(plain_text(document)))
        self.tell("The comment's text is copied." if comment else "The post's text is copied.")

    def action_links(self) -> None:
        self.run(self._links, group="links")

    async def _links(self) -> None:
        links = self.desk.document.links if self.desk.document else ()
        if not links:
            self.tell("This post has no links.")
            return
        rows = [
            (Content.assemble((f"{number:>3}  ", "$text-muted"), text.content_line(link)), link)
            for number, link in enumerate(links, start=1)
        ]
        chosen = await self.app.push_screen_wait(
            Choose("Links", rows, hint="enter opens it in the browser · esc leaves")
        )
        if chosen is not None:
            await self.open_address(chosen)

    # Blogs

    def action_add_blog(self) -> None:
        self.run(self._add_blog, group="blogs")

    async def _add_blog(self) -> None:
        added = await self.app.push_screen_wait(Subscribe(self.services.subscriptions))
        if added is not None:
            await self.show_source(Source("blog", blog_id=added.blog.id))
            self.tell(f"{added.blog.title}: {_posts(added.posts)}.", "good")

    async def show_source(self, source: Source) -> None:
        """Lists a source, the cursor in its posts."""
        await self.shelf.choose(source)
        await self.shelf.load_blogs()
        self.go(Column.POSTS)

    def action_edit_blog(self) -> None:
        blog = self._blog
        if blog is None:
            self.tell("Put the cursor on a blog, or on one of its posts.")
        else:
            self.run(self._edit_blog, blog, group="blogs")

    async def _edit_blog(self, blog: Blog) -> None:
        wish = await self.app.push_screen_wait(EditBlog(blog))
        if wish is None:
            return
        subscriptions = self.services.subscriptions
        if wish.act == "remove":
            detail = (
                "Its posts and their comments are removed from this computer; nothing changes on the blog."
            )
            if not await self.app.push_screen_wait(Confirm(f"Remove {blog.title}?", detail, yes="remove")):
                return
            await subscriptions.remove(blog.id)
            await self.desk.leave()
            await self.shelf.choose(Source("all"), is_anew=True)
            await self.shelf.load_blogs()
            self.go(Column.POSTS)
            self.tell(f"Removed: {blog.title}")
            return
        if wish.title != blog.title:
            await subscriptions.rename(blog.id, wish.title)
        if wish.folder != blog.folder:
            await subscriptions.move(blog.id, wish.folder)
        await self.shelf.load()

    def action_refresh_this(self) -> None:
        if self.column >= Column.POST and self.desk.post is not None:
            self.run(self.desk.load, group="desk")
            return
        source = self._source
        if source.kind == "blog" and source.blog_id is not None:
            self.refreshing.start([source.blog_id])
        elif source.kind == "folder":
            self.refreshing.start([blog.id for blog in self.shelf.blogs if blog.folder == source.folder])
        else:
            self.refreshing.start()

    def action_refresh_all(self) -> None:
        if self.refreshing.is_running:
            self.refreshing.stop()
        else:
            self.refreshing.start()

    def action_unread_only(self) -> None:
        self.run(self.shelf.toggle_unread_only, group="list")

    def action_find(self) -> None:
        self.run(self._find, group="find")

    async def _find(self) -> None:
        hit = await self.app.push_screen_wait(Find(self.services.search))
        if hit is not None:
            self.open_post(await self.services.library.post(hit.post.id), at_comment=hit.comment_id)

    # What is meant

    @property
    def _post(self) -> Post | None:
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

    @property
    def _address(self) -> str:
        """Of the comment under the cursor, of the post, or of the blog."""
        if self.column is Column.BLOGS:
            return self._blog.url if self._blog else ""
        if self.column is Column.CONVERSATION:
            comment, reply = self.thread.focused_comment, self.thread.focused_reply
            url = (comment.url or comment.author_url if comment else None) or (reply.url if reply else None)
            if url:
                return url
        return self._post.url if self._post else ""

    def _comment(self, comment_id: str | None) -> Comment | None:
        conversation = self.desk.conversation
        rows = conversation.thread.rows if conversation else ()
        return next((row.comment for row in rows if row.comment.id == comment_id), None)


def _posts(count: int) -> str:
    return "1 post" if count == 1 else f"{count} posts"
