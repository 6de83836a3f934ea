"""The post that is shown, with its conversation: previewed, opened, loaded, left."""

from collections.abc import Sequence, Set
from contextlib import suppress
from typing import TYPE_CHECKING

from textual.content import Content

from tui_reader.domain.views import View, viewed
from tui_reader.errors import NoRoomError, NotSentError, TuiReaderError
from tui_reader.language import _
from tui_reader.ui.comment_texts import CommentTexts
from tui_reader.ui.conversation_words import foot_of, is_empty, title_of, why_empty
from tui_reader.ui.ports import Services
from tui_reader.ui.viewing import Viewing
from tui_reader.ui.widgets.thread_rows import Remarks

if TYPE_CHECKING:
    from tui_reader.content.blocks import Document
    from tui_reader.domain.comment import Comment
    from tui_reader.domain.place import ReadingPlace
    from tui_reader.domain.post_line import AnyPost
    from tui_reader.services.conversation import Conversation
    from tui_reader.ui.screens.reading import ReadingScreen


class Desk:
    """What the two right columns show."""

    def __init__(self, screen: "ReadingScreen", services: Services) -> None:
        self._screen = screen
        self._services = services
        self._place: ReadingPlace | None = None
        self._trouble = self._advice = ""
        self._loads = 0
        self._texts = CommentTexts()
        self.post: AnyPost | None = None
        self.is_open = False
        """False while it is but a preview: not marked read, nothing fetched, no visit."""
        self.is_loading = False
        self.of_feed = False
        """The feed's text is shown, though there is a whole one."""
        self._note = ""
        self.document: Document | None = None
        self.conversation: Conversation | None = None
        self.viewing = Viewing()

    async def preview(self, post: "AnyPost") -> None:
        """Shows what is stored of a post; asks nothing of its blog."""
        if self.post is not None and post.id == self.post.id:
            return
        await self.leave()
        await self._show(post)

    async def open(self, post: "AnyPost", *, at_new: bool = False, at_comment: str | None = None) -> None:
        """Shows what is stored at once, marks the post read, then fetches its conversation."""
        await self.show(post)
        self._go_to(at_new=at_new, at_comment=at_comment)
        await self.load()
        self._go_to(at_new=at_new, at_comment=at_comment)
        if self.post is not None and self.post.id == post.id:
            from tui_reader.ui import full_text

            await full_text.bring(self._screen, post)

    async def show(self, post: "AnyPost") -> None:
        """Opens a post without fetching, so that what follows finds it there."""
        if self.post is None or self.post.id != post.id:
            await self.leave()
            await self._show(post)
        if not self.is_open:
            self.is_open = True
            await self._services.conversations.enter(post.id)
            # no act of the reader's own: there is nothing in it to take back, nor what a full disk could stop
            with suppress(NoRoomError):
                await self._services.library.mark([post.id], read=True, is_act=False)
            self.post = await self._screen.shelf.update(post.id) or self.post
            await self._screen.shelf.load_blogs()
            self._look_along()
            self._screen.look_at_pictures()
        self._screen.show_titles()

    def _look_along(self) -> None:
        """What comments quote of the post is looked for as soon as there is nothing else to do."""
        if self.is_open:
            self._screen.run(self._screen.along.look, group="along")

    async def leave(self) -> None:
        """Ends the visit and keeps the reader's place for the next one."""
        if self.post is None:
            return
        post_id, was_open = self.post.id, self.is_open
        place = self._place_now()
        self.is_open = self.is_loading = False
        self.post = self.conversation = self.document = None
        if was_open:
            await self._services.library.save_place(post_id, place)
            await self._services.conversations.leave(post_id)

    def _place_now(self) -> "ReadingPlace":
        from tui_reader.domain.place import ReadingPlace

        block, line = self._screen.article.position
        return ReadingPlace(
            block=block,
            line=line,
            comment_id=self._screen.thread.focused_id,
            folded=tuple(sorted(self._folded)),
        )

    @property
    def _folded(self) -> Set[str]:
        """What is folded in the whole thread, whatever view is shown."""
        is_whole = self.viewing.view is View.THREAD
        return self._screen.thread.fold_state if is_whole else self.viewing.folds

    async def load(self) -> None:
        """Fetches the conversation; the thread grows without losing the reader's place."""
        post = self.post
        if post is None:
            return
        self._loads += 1
        mine = self._loads
        self.is_loading = True
        self._screen.show_titles()
        self._show_why_empty()
        try:
            conversation = await self._services.conversations.load(post.id, at_once=False)
        except TuiReaderError as error:
            why = error.reason
            self._screen.top_line.is_offline = isinstance(error, NotSentError)
            self.is_loading = False
            await self._show_thread(
                await self._stored(post.id),
                is_same=True,
                trouble=_("not fetched: {why}").format(why=why),
                advice=error.advice,
            )
            self._screen.tell(_("The comments could not be fetched: {why}").format(why=why), "bad")
            return
        finally:
            # one that was superseded ends after the next began
            if mine == self._loads:
                self.is_loading = False
        self._screen.top_line.is_offline = False
        self.post = await self._screen.shelf.update(post.id) or conversation.post
        await self._show_thread(conversation, is_same=True)
        await self._show_body()
        await self._screen.shelf.load_blogs()

    async def show_stored(self) -> None:
        """Draws the conversation as it is stored now: after a reply, after a refresh."""
        if self.post is not None:
            await self._show_thread(await self._stored(self.post.id), is_same=True)

    async def draw_anew(self) -> None:
        """Sets post and conversation once more, as the settings say now; the reader's place is kept."""
        if self.post is not None:
            self.document = None
            await self._show_body()
            await self.show_stored()

    async def show_text(self) -> None:
        """Sets the post's text once more: another one is wanted, or there is another."""
        await self._show_body()

    async def show_again(self) -> None:
        """Draws the post's own line anew: after a mark or a star."""
        if self.post is not None:
            self.post = await self._services.library.post(self.post.id)

    async def _show(self, post: "AnyPost") -> None:
        self.post = post
        self.document = None
        self.of_feed = False
        await self._show_body(is_new=True)
        # what is read next would compete with drawing what was read
        await self._screen.drawn()
        near = self._place.comment_id if self._place is not None else None
        await self._show_thread(await self._stored(post.id, near=near), is_same=False)

    async def _stored(self, post_id: int, *, near: str | None = None) -> "Conversation":
        """The conversation; of ten thousand comments only those are read that are looked at."""
        if near is None and self.conversation is not None:
            near = self._screen.thread.focused_id
        return await self._services.conversations.stored(post_id, near=near, at_once=False)

    async def _show_body(self, *, is_new: bool = False) -> None:
        post = self.post
        if post is None:
            return
        from tui_reader.ui import full_text

        document, pace, state, place = await self._services.library.text(
            post.id, self._show_beginning if is_new else None, of_feed=self.of_feed
        )
        if self.post is None or self.post.id != post.id:
            return
        if is_new:
            self._place = place
        note = full_text.note(state, of_feed=self.of_feed, key=self._screen.keymap.shown("post.full_text"))
        if not is_new and document == self.document and note == self._note:
            return
        # a beginning that is shown already is scrolled on in meanwhile
        is_begun = self.document is not None
        self.document, self._note = document, note
        article = self._screen.article
        kept = (place.block, place.line) if place is not None else (0, 0)
        position = kept if is_new and not is_begun else article.position
        from tui_reader.content.readable import whole_minutes

        article.show(
            post,
            document,
            minutes=whole_minutes(pace),
            now=self._services.now().astimezone(),
            pace=pace,
            note=note,
        )
        article.position = position
        self._screen.show_now(article)
        self._screen.look_at_pictures()
        if not is_new:
            self._screen.show_titles()
        self._look_along()

    def _show_beginning(self, document: "Document") -> None:
        if self.post is not None:
            self.document = document
            self._screen.article.show(self.post, document, minutes=0, now=self._services.now().astimezone())
            self._screen.article.position = (0, 0)
            self._screen.show_now(self._screen.article)

    async def _show_thread(
        self, conversation: "Conversation", *, is_same: bool, trouble: str = "", advice: str = ""
    ) -> None:
        post = conversation.post
        if not is_same:
            self._texts.begin(post.url)
        await self._texts.read_large(conversation.thread)
        if self.post is None or self.post.id != post.id:
            return
        if not is_same:
            self.viewing.begin()
        self._trouble, self._advice = trouble, advice
        self._draw_thread(conversation, is_same=is_same)
        if not is_same:
            place = self._place
            branches = frozenset(id for id, why in conversation.muted.items() if why == "branch")
            folds = branches.union(place.folded if place is not None else ())
            if self.viewing.view is View.THREAD:
                self._screen.thread.fold_state = folds
            else:
                self.viewing.folds = folds
            if place is not None and place.comment_id is not None:
                self._screen.thread.focus_comment(place.comment_id)
            self._screen.show_now(self._screen.thread)
        self._show_why_empty()
        self._screen.show_titles()
        self._look_along()

    def _draw_thread(self, conversation: "Conversation", *, is_same: bool) -> None:
        """Draws the view of it that is in force; what had the cursor keeps it."""
        self.conversation = conversation
        trouble = self._trouble
        note = " · ".join(part for part in (conversation.note, trouble) if part)
        shown = self.viewing.of(conversation.thread)
        self._screen.thread.show(
            shown.thread,
            document_of=self.document_of,
            now=self._services.now().astimezone(),
            note=note,
            # what is being written stands in the composer, not twice
            replies=[reply for reply in conversation.replies if reply.id != self._screen.written_id],
            muted=frozenset(conversation.muted),
            remarks=Remarks(context=shown.context, answered=self.viewing.names_answered(conversation.thread)),
            keep=is_same,
        )

    async def read_missing(self) -> None:
        """Reads the comments that are in sight and not read yet; no key waits for it."""
        conversation = self.conversation
        if conversation is None:
            return
        try:
            await self._services.conversations.read_on(conversation)
        except TuiReaderError:
            self._screen.thread.comments_came(are_here=False)
            raise
        if self.conversation is conversation:
            self._screen.thread.comments_came()

    async def read_focused(self) -> None:
        """Reads the comment under the cursor, if it is not read yet."""
        conversation, thread = self.conversation, self._screen.thread
        while conversation is not None and self.conversation is conversation and not thread.is_cursor_read:
            await self._services.conversations.read_on(conversation)

    async def read_all(self) -> None:
        """Reads all comments that are not read yet, for what goes through all of them."""
        conversation = self.conversation
        while conversation is not None and await self._services.conversations.read_on(conversation):
            pass

    def look(self, view: View) -> str:
        """Shows the conversation in another view; says why not when there would be nothing to see."""
        conversation, thread = self.conversation, self._screen.thread
        if conversation is None or view is self.viewing.view:
            return ""
        if view in {View.NEW, View.AUTHOR} and not viewed(conversation.thread, view).count:
            return _("Nothing here is new.") if view is View.NEW else _("The author has said nothing here.")
        key = thread.cursor_key
        if self.viewing.view is View.THREAD:
            self.viewing.folds = thread.fold_state
        self.viewing.look(view)
        self._draw_thread(conversation, is_same=True)
        thread.fold_state = frozenset(self.viewing.folds) if view is View.THREAD else frozenset()
        if key is not None:
            thread.focus_key(key)
        self._screen.show_titles()
        return ""

    def _show_why_empty(self) -> None:
        conversation = self.conversation
        if conversation is None or not is_empty(conversation):
            return
        why = why_empty(
            conversation,
            self._screen.keymap.shown,
            is_open=self.is_open,
            is_loading=self.is_loading,
            trouble=self._trouble,
            advice=self._advice,
        )
        self._screen.thread.show_empty(*why)

    def focus_key(self, key: str) -> bool:
        """Puts the cursor on a comment, or a reply of mine; False when it is not here."""
        if self._screen.thread.focus_key(key):
            return True
        # the view may leave it out
        self.look(View.THREAD)
        return self._screen.thread.focus_key(key)

    def _go_to(self, *, at_new: bool, at_comment: str | None) -> None:
        if at_comment is not None:
            self.focus_key(at_comment)
        if at_new and not self._screen.thread.is_on_new:
            self._screen.thread.next_new(from_start=True)

    async def documents_of(self, comments: "Sequence[Comment]") -> "list[Document]":
        """The texts of these comments, those that are not converted yet off the event loop."""
        return await self._texts.of_all(comments)

    def document_of(self, comment: "Comment") -> "Document":
        """The text of a comment of this conversation."""
        return self._texts.of(comment)

    def titles(self) -> tuple[Content, Content]:
        """The conversation's title and what stands at its foot."""
        if self.conversation is None:
            return Content(_("Conversation")), Content()
        thread = self._screen.thread
        title = title_of(self.conversation, self.viewing.short)
        foot = foot_of(
            self.conversation, place=thread.cursor_place, count=thread.count, is_loading=self.is_loading
        )
        return Content(title), Content(foot)
