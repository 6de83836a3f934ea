"""What keys do with the post and the comment in front of the reader: answer, open, keep, find."""

import asyncio
from pathlib import Path
from typing import TYPE_CHECKING

from tui_reader.language import _
from tui_reader.ui import text
from tui_reader.ui.columns import Column
from tui_reader.ui.screens.moving import of_a_comment
from tui_reader.ui.screens.prompt_acts import PromptActs

# what an act needs is loaded when it is first asked for: the start waits for none of it
if TYPE_CHECKING:
    from tui_reader.domain.comment import Comment
    from tui_reader.domain.post_line import AnyPost
    from tui_reader.domain.reply import Reply

if TYPE_CHECKING:
    from tui_reader.ui.picturing import Picturing


class ReadingActs(PromptActs):
    """One method an act."""

    _picturing: "Picturing | None" = None

    # Answer

    @of_a_comment
    def action_reply(self, is_quoting: bool) -> None:
        post = self._post
        if post is None:
            self.tell(_("There is no post here to comment on."))
            return
        if self.column is Column.CONVERSATION and self.thread.focused_reply is not None:
            # on a draft of mine to answer means to go on with it, not to begin another to the post
            self.action_edit_draft()
            return
        from tui_reader.ui.selecting import selected

        found = selected(self.selections, self.article, self.thread) if is_quoting else None
        if found is not None:
            # just that, and to whoever said it
            self.clear_selection()
            self.write_reply(post, found.comment, is_quoting=True, words=found.words)
            return
        comment = self.thread.focused_comment if self.column is Column.CONVERSATION else None
        self.write_reply(post, comment, is_quoting=is_quoting)

    def write_reply(
        self, post: "AnyPost", comment: "Comment | None", *, is_quoting: bool, words: str = ""
    ) -> None:
        """Opens the composer, in the post that it belongs to."""
        if self.desk.post is None or self.desk.post.id != post.id or not self.desk.is_open:
            self.open_post(post)
        self.run(self.answering.write, post, comment, group="composer", is_quoting=is_quoting, words=words)

    @of_a_comment
    def action_edit_draft(self) -> None:
        from tui_reader.domain.reply import ReplyState

        conversation = self.desk.conversation
        mine = conversation.replies if conversation else ()
        under_cursor = self.thread.focused_reply if self.column is Column.CONVERSATION else None
        changeable = (ReplyState.DRAFT, ReplyState.REJECTED, ReplyState.QUEUED)
        reply = under_cursor or next((one for one in mine if one.state in changeable), None)
        left_open = self.answering.left_open
        if reply is None and left_open is not None:
            self.run(self._go_to_reply, left_open, group="composer")
            return
        comment = self.thread.focused_comment if self.column is Column.CONVERSATION else None
        if under_cursor is None and comment is not None and comment.is_mine:
            told = _("It is published, and cannot be changed from here; {browser} opens it in the browser.")
            self.tell(told.format(browser=self.keymap.shown("post.browser")))
        elif reply is None:
            self.tell(
                _("No draft for this post; {shown} begins one.").format(
                    shown=self.keymap.shown("reply.write")
                )
            )
        elif reply.state not in changeable:
            self.tell(_("The blog has it, or may have it: it cannot be changed from here."))
        else:
            self.run(self.answering.edit, reply, self._comment(reply.to), group="composer")

    def action_outbox(self) -> None:
        if self.tour is not None:
            self.tour.looked()
        self.run(self._outbox, group="outbox")

    async def _outbox(self) -> None:
        from tui_reader.ui.screens.outbox import Outbox

        await self.answering.flush()
        # there it can be dropped and sent as well
        self.answering.left_open = None
        wish = await self.app.push_screen_wait(Outbox(self.services.replying, self.keymap))
        await self.shelf.load_blogs()
        if wish is None:
            return
        reply: Reply = wish.reply
        await self._go_to_reply(reply, is_edited=wish.act == "edit")
        if wish.act == "send":
            self.follow(self.answering.send_from_outbox, reply, group="send")

    async def _go_to_reply(self, reply: "Reply", *, is_edited: bool = True) -> None:
        self.go(Column.CONVERSATION)
        await self.desk.show(await self.services.library.post(reply.post_id))
        if is_edited:
            await self.answering.edit(reply, self._comment(reply.to))
        else:
            target = reply.comment_id or reply.to
            if target is not None:
                self.thread.focus_comment(target)
        self.run(self.desk.load, group="desk")

    # Open

    @of_a_comment
    def action_browser(self) -> None:
        self.run(self.open_address, self._address, group="browser")

    async def open_address(self, url: str) -> None:
        """Opens it in the browser and says so."""
        from tui_reader.ui import following

        await following.in_browser(self, url)

    @property
    def picturing(self) -> "Picturing":
        """The pictures of the post; nothing of them is loaded before they are wanted."""
        if self._picturing is None:
            from tui_reader.ui.picturing import Picturing

            self._picturing = Picturing(self)
        return self._picturing

    def look_at_pictures(self) -> None:
        """Fetches those that came in sight, where they are shown."""
        if self._picturing is not None or self.services.settings.images.show == "always":
            self.follow(self.picturing.look, group="pictures")

    def forget_pictures(self) -> None:
        """After other settings: those in sight are looked at anew, as the settings say now."""
        if self._picturing is not None:
            self._picturing.forget()
        self.look_at_pictures()

    def action_pictures(self) -> None:
        self.follow(self.picturing.toggle, group="pictures")

    def action_picture(self) -> None:
        self.run(self.picturing.enlarge, group="picture")

    def action_full_text(self) -> None:
        self.run(self._full_text, group="full text")

    async def _full_text(self) -> None:
        from tui_reader.ui import full_text

        await full_text.toggle(self)

    def action_follow(self) -> None:
        self.run(self._follow, group="links")

    async def _follow(self) -> None:
        from tui_reader.ui import following

        await following.by_letters(self)

    async def open_link(self, url: str, words: str = "") -> None:
        """Opens it here where it leads to a post of a followed blog, else in the browser."""
        from tui_reader.ui import following

        await following.open_link(self, url, words)

    @of_a_comment
    def action_copy_link(self) -> None:
        url = self._address
        if url:
            self.app.copy_to_clipboard(text.tame_line(url))
        self.tell(_("Copied: {url}").format(url=url) if url else _("There is no link here."))

    @of_a_comment
    def action_copy_whole(self) -> None:
        comment = self.thread.focused_comment if self.column is Column.CONVERSATION else None
        document = self.desk.document_of(comment) if comment else self.desk.document
        if document is None:
            self.tell(_("There is no text here."))
            return
        from tui_reader.content.readable import plain_text

        self.app.copy_to_clipboard(text.tame(plain_text(document)))
        self.tell(_("The comment's text is copied.") if comment else _("The post's text is copied."))

    def action_save(self) -> None:
        self.run(self._save, group="save")

    async def _save(self) -> None:
        post, conversation = self.desk.post, self.desk.conversation
        if post is None or conversation is None:
            self.tell(_("There is no post here to save."))
            return
        from tui_reader.ui.saving import as_markdown, as_text, name_for
        from tui_reader.ui.screens.save import Save

        parts = (post, self.desk.document, conversation.thread, self.desk.document_of)
        # thousands of comments take their time to be written down
        markdown = await asyncio.to_thread(as_markdown, *parts)
        plain = await asyncio.to_thread(as_text, *parts)
        question = Save(name_for(post.title), Path.cwd(), markdown=markdown, plain=plain)
        told = await self.app.push_screen_wait(question)
        if told is not None:
            self.tell(told, "good")

    def action_links(self) -> None:
        self.run(self._links, group="links")

    async def _links(self) -> None:
        from tui_reader.ui import following

        if self.column is Column.CONVERSATION:
            await self.desk.read_focused()
        await following.from_list(self)

    # Find

    def action_find(self) -> None:
        self.run(self._find, group="find")

    async def _find(self) -> None:
        from tui_reader.ui.screens.find import Find

        hit = await self.app.push_screen_wait(Find(self.services.search))
        if hit is not None:
            self.open_post(await self.services.library.post(hit.post.id), at_comment=hit.comment_id)

    # What is meant

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

    def _comment(self, comment_id: str | None) -> "Comment | None":
        conversation = self.desk.conversation
        ids = conversation.thread.rows.ids if conversation else ()
        if conversation is None or comment_id not in ids:
            return None
        return conversation.thread.rows.comments[ids.index(comment_id)]
