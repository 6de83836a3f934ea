"""Answering: the draft under the thread, what the blog asks for, sending, and what became of it."""

import asyncio
from collections.abc import Sequence
from typing import TYPE_CHECKING

from tui_reader.domain.comment import Comment
from tui_reader.domain.conversation import ReplyForm
from tui_reader.domain.reply import Identity, Refusal, Reply, ReplyState
from tui_reader.errors import FetchError, NotFoundError, ReplyError, TuiReaderError, UsageError
from tui_reader.language import _, ngettext
from tui_reader.ui.editor import edit
from tui_reader.ui.outcomes import said
from tui_reader.ui.ports import Services
from tui_reader.ui.quoting import quote
from tui_reader.ui.screens.confirm import Confirm
from tui_reader.ui.selecting import selected
from tui_reader.ui.sending import Sender, Terms
from tui_reader.ui.writing import Writing

if TYPE_CHECKING:
    from tui_reader.domain.post_line import AnyPost
    from tui_reader.ui.screens.reading import ReadingScreen


class Answering:
    """What the composer does with the services."""

    def __init__(self, screen: "ReadingScreen", services: Services) -> None:
        self._screen = screen
        self._services = services
        self._sender = Sender(screen, services)
        self._unsaved: tuple[int, str] | None = None
        self._saving = asyncio.Lock()
        self._form: ReplyForm | None = None
        self.writing = Writing(screen, services)
        self._kept: set[int] = set()
        """Replies that were written in since the start."""
        self.left_open: Reply | None = None
        """What was being written when the last program ended without a word, until it is gone to."""
        self._identity: Identity | None = None
        self._comment: Comment | None = None
        self._under_way = 0
        self._all_sent = asyncio.Event()
        self._all_sent.set()

    @property
    def is_sending(self) -> bool:
        """Whether a reply is on its way right now."""
        return self._under_way > 0

    async def sent_within(self, seconds: float) -> bool:
        """Waits for the blogs to answer; False when they did not in this time."""
        try:
            await asyncio.wait_for(self._all_sent.wait(), seconds)
        except TimeoutError:
            return False
        return True

    async def write(
        self, post: "AnyPost", comment: Comment | None, *, is_quoting: bool = False, words: str = ""
    ) -> None:
        """Opens the composer for a comment, or for the post, with the draft that there may be.

        Args:
            post: Under which post.
            comment: What is answered; None for the post.
            is_quoting: Whether the comment is quoted.
            words: Some words that are quoted instead.
        """
        if (await self._services.library.post(post.id)).takes_comments is False:
            browser = self._screen.keymap.shown("post.browser")
            self._screen.tell(
                _("The blog takes no more comments here; {browser} opens it in the browser.").format(
                    browser=browser
                )
            )
            return
        reply = await self._services.replying.draft(post.id, comment.id if comment else None)
        await self.edit(reply, comment)
        if words:
            self.writing.quote(words)
        elif is_quoting and comment is not None:
            await self.quote()

    async def edit(self, reply: Reply, comment: Comment | None) -> None:
        """Opens the composer on a reply that is there already."""
        self.left_open = None
        await self._screen.put_up_composer()
        composer = self._screen.composer
        if composer.reply is not None and composer.reply.id != reply.id:
            await self.close()
        if composer.reply is None:
            self._form = None
            self._comment = comment
            await self.writing.begin(reply.post_id)
            self._identity = await self._identity_of(reply)
            composer.open(reply, self._identity)
            if reply.state is ReplyState.REJECTED:
                composer.show_note(self._what_to_correct(reply), is_problem=True)
            if reply.text:
                await self._screen.desk.show_stored()
            self._screen.run(self._ask_form, reply, group="form")
        self._screen.show_composer()
        if comment is not None:
            self._screen.call_after_refresh(self._screen.thread.focus_comment, comment.id)

    async def keep(self, reply_id: int, text: str) -> None:
        """Saves the draft; of keystrokes that come while a save is under way the last one counts."""
        self._unsaved = (reply_id, text)
        await self.flush()
        if self._screen.composer.reply_id == reply_id:
            self.writing.count(self._screen.composer.text)

    async def flush(self) -> None:
        """Returns when every keystroke is stored."""
        async with self._saving:
            while self._unsaved is not None:
                unsaved, self._unsaved = self._unsaved, None
                self._kept.add(unsaved[0])
                try:
                    await self._services.replying.save(*unsaved, is_open=True)
                except UsageError:
                    await self._part(*unsaved)
                    continue
                except TuiReaderError as error:
                    self._screen.composer.show_note(
                        _("The draft could not be saved: {error}").format(error=error), is_problem=True
                    )
                    return
        self._screen.composer.show_saved()

    async def _part(self, reply_id: int, text: str) -> None:
        """Keeps as a draft of its own what is written in a reply that another program sent, or threw away."""
        composer = self._screen.composer
        gone = composer.reply
        if gone is None or gone.id != reply_id or composer.is_sending or not text.strip():
            return
        own = await self._services.replying.begin(gone.post_id, gone.to, text)
        if own.id == reply_id:
            return
        # what was typed meanwhile is named after the one that is gone
        self._unsaved = (own.id, composer.text)
        composer.reply = own
        composer.show_note(
            _("Another program sent this reply, or threw it away: what you write here is a new draft."),
            is_problem=True,
        )

    async def close(self, *, is_wished: bool = True) -> None:
        """Closes the composer; a draft with nothing in it is no draft.

        Args:
            is_wished: The reader closes it, and not the system: else he is told of it at the next start.
        """
        composer = self._screen.composer
        reply = composer.reply
        if reply is None:
            return
        self._take_unsaved()
        await self.flush()
        reply = composer.reply or reply
        is_empty = not composer.text.strip() and not composer.is_sending
        self._screen.hide_composer()
        if is_empty:
            await self._drop_draft(reply.id)
        elif not composer.is_sending:
            if is_wished:
                await self._services.replying.let_go(reply.id)
            key = self._screen.keymap.shown
            told = _("The draft is kept: {edit} goes on with it, {outbox} lists all.")
            self._screen.tell(told.format(edit=key("reply.edit"), outbox=key("reply.outbox")))
        await self._show_counts()

    async def _drop_draft(self, reply_id: int) -> None:
        """Forgets an empty draft; not a reply that another program made of it."""
        try:
            state = (await self._services.replying.reply(reply_id)).state
        except NotFoundError:
            return
        if state in {ReplyState.DRAFT, ReplyState.REJECTED, ReplyState.QUEUED}:
            await self._services.replying.drop(reply_id)

    def tell_of(self, left: Sequence[Reply]) -> None:
        """Says what was being written when the last program was killed, or the power went."""
        self.left_open = left[0]
        key = self._screen.keymap.shown
        told = _(
            "The reader ended while you wrote to {whom}: the draft is kept; {edit} goes on with it."
        ).format(
            whom=left[0].to_author or _("“{title}”").format(title=left[0].post_title),
            edit=key("reply.edit"),
        )
        if others := len(left) - 1:
            told += " " + ngettext(
                "{count} more draft is kept; {outbox} lists all.",
                "{count} more drafts are kept; {outbox} lists all.",
                others,
            ).format(count=others, outbox=key("reply.outbox"))
        self._screen.tell(told, stays=True)

    async def unsent(self) -> tuple[Reply, ...]:
        """Drafts that were written in since the start, and are still drafts."""
        if not self._kept:
            return ()
        waiting = await self._services.replying.outbox()
        return tuple(one for one in waiting if one.id in self._kept and one.state is ReplyState.DRAFT)

    async def discard(self) -> None:
        """Throws the draft away, after asking."""
        composer = self._screen.composer
        reply = composer.reply
        if reply is None or composer.is_sending:
            return
        if composer.text.strip():
            detail = composer.text.strip()[:200]
            if not await self._screen.app.push_screen_wait(
                Confirm(_("Discard this draft?"), detail, yes=_("discard"))
            ):
                return
        self._unsaved = None
        async with self._saving:
            await self._services.replying.drop(reply.id)
        self._screen.hide_composer()
        self._screen.tell(_("Discarded."))
        await self._show_counts()

    async def send(self) -> None:
        """Sends what is written; the composer stays open as long as there is something to correct."""
        composer = self._screen.composer
        reply = composer.reply
        if reply is None or composer.is_sending:
            return
        if not composer.text.strip():
            composer.show_note(_("There is nothing written yet."), is_problem=True)
            return
        self._take_unsaved()
        await self.flush()
        if composer.reply is not reply:
            # it has left already, and the note says so
            return
        try:
            terms = await self._sender.ask(
                reply, self._form, self._identity, sent=self.writing.markup.sent(composer.text)
            )
            if terms is None:
                return
            self._identity = terms.identity
            composer.show_identity(terms.identity)
            composer.is_sending = True
            sent = await self._send(reply, terms)
        except ReplyError as error:
            await self._cannot(reply, error)
            return
        except TuiReaderError as error:
            self._tell(reply, str(error), is_problem=True)
            return
        finally:
            if composer.reply is reply:
                composer.is_sending = False
        await self._sent(sent)

    async def send_from_outbox(self, reply: Reply) -> None:
        """Sends a reply as it lies in the outbox, or looks for what became of it."""
        try:
            markup = await self._services.replying.markup(reply.post_id)
            terms = await self._sender.ask(
                reply, None, await self._identity_of(reply), sent=markup.sent(reply.text)
            )
            if terms is None:
                return
            self._screen.tell(_("Sending…"), stays=True)
            sent = await self._send(reply, terms)
            # looked for and not seen, and nothing was sent: only the reader may risk a second one
            is_unseen = (reply.state, reply.reason) == (sent.state, sent.reason)
            if is_unseen and await self._sender.may_send_again(sent):
                sent = await self._send(sent, terms, again=True)
        except ReplyError as error:
            await self._cannot(reply, error)
            return
        await self._sent(sent)

    async def quote(self) -> None:
        """Quotes what is selected into the text, or what is answered."""
        found = selected(self._screen.selections, self._screen.article, self._screen.thread)
        if found is not None:
            self._screen.clear_selection()
            self.writing.quote(found.words)
            return
        if self._comment is None:
            self._screen.composer.show_note(_("This goes under the post: there is no comment to quote."))
            return
        post = self._screen.desk.post
        from tui_reader.content import readable

        document = readable.document(self._comment.html, self._comment.url or (post.url if post else ""))
        self._screen.composer.write(quote(document, self.writing.markup.format))

    async def choose_identity(self) -> None:
        """Writes as someone else from here on."""
        reply = self._screen.composer.reply
        post = self._screen.desk.post
        if reply is None or post is None:
            return
        chosen = await self._sender.choose_identity(post, self._form)
        if chosen is None and self._identity is not None:
            # nobody else was chosen; but who it is may have been changed, or forgotten
            known = await self._services.replying.identities()
            if self._identity in known:
                return
            chosen = next((one for one in known if one.id == self._identity.id), None)
        elif chosen is None:
            return
        if self._screen.composer.reply is reply:
            self._identity = chosen = chosen or await self._identity_of(reply)
            # an account is asked for other things than a guest
            self._form = None
            self._screen.composer.show_identity(chosen)

    async def in_editor(self) -> None:
        """Lends the terminal to the reader's editor."""
        composer = self._screen.composer
        if composer.reply is None or composer.is_sending:
            return
        self._take_unsaved()
        await self.flush()
        try:
            text = edit(self._screen.app, composer.text, self._services.settings.compose.editor)
        except TuiReaderError as error:
            composer.show_note(str(error), is_problem=True)
            return
        composer.replace(text)
        composer.focus_text()

    async def _send(self, reply: Reply, terms: Terms, *, again: bool = False) -> Reply:
        self._under_way += 1
        self._all_sent.clear()
        try:
            return await self._sender.send(reply, terms, again=again)
        finally:
            self._under_way -= 1
            if not self._under_way:
                self._all_sent.set()

    async def _sent(self, reply: Reply) -> None:
        words, tone = said(reply)
        composer = self._screen.composer
        is_here = composer.reply is not None and composer.reply.id == reply.id
        if reply.state is ReplyState.REJECTED and is_here:
            # where it is corrected, and nowhere else: the line below tells the keys for that
            composer.show_note(self._what_to_correct(reply), is_problem=True)
        else:
            if is_here:
                self._screen.hide_composer()
            self._screen.tell(words, tone)
        await self._show_counts()
        desk = self._screen.desk
        if desk.post is None or desk.post.id != reply.post_id:
            return
        await desk.show_stored()
        if reply.state is ReplyState.PUBLISHED:
            await desk.load()
        if reply.comment_id is not None and is_here:
            self._screen.thread.focus_comment(reply.comment_id)

    def _what_to_correct(self, reply: Reply) -> str:
        words, _tone = said(reply)
        if reply.refusal is not Refusal.FIELD or not self._screen.keymap.is_bound("compose.identity"):
            return words
        key = self._screen.keymap.shown("compose.identity")
        return words + " " + _("{key} changes name and e-mail.").format(key=key)

    async def _cannot(self, reply: Reply, error: ReplyError) -> None:
        """The text stays; where a browser could answer, it is offered."""
        self._tell(reply, str(error), is_problem=True)
        if error.browser_url is None:
            return
        question = Confirm(
            str(error),
            _("Your text is kept as a draft."),
            yes=_("open in the browser"),
            no=_("keep writing"),
            key="o",
        )
        if await self._screen.app.push_screen_wait(question):
            await self._screen.open_address(error.browser_url)

    async def _ask_form(self, reply: Reply) -> None:
        """Reads what the blog asks while the reader writes: better to know early that it is closed."""
        try:
            form = await self._services.replying.prepare(reply.id)
        except FetchError as error:
            self._tell(
                reply,
                _("The blog cannot be reached now ({reason}); what you send will wait in the outbox.").format(
                    reason=error.reason
                ),
            )
            return
        except ReplyError as error:
            self._tell(reply, str(error), is_problem=True)
            return
        composer = self._screen.composer
        if composer.reply is not None and composer.reply.id == reply.id:
            self._form = form
            self.writing.heed(form)
            if form.note and reply.state is not ReplyState.REJECTED:
                composer.show_note(form.note)

    async def _identity_of(self, reply: Reply) -> Identity | None:
        replying = self._services.replying
        for identity in await replying.identities():
            if identity.id == reply.identity_id:
                return identity
        post = await self._services.library.post(reply.post_id)
        return await replying.identity_for(post.blog_id)

    def _take_unsaved(self) -> None:
        """What was typed since the last message of the composer, should it still be on its way."""
        composer = self._screen.composer
        if composer.reply is not None and not composer.is_sending:
            self._unsaved = (composer.reply.id, composer.text)

    def _tell(self, reply: Reply, words: str, *, is_problem: bool = False) -> None:
        """Says it in the composer where that still shows this reply, else in the status line."""
        composer = self._screen.composer
        if composer.reply is not None and composer.reply.id == reply.id:
            composer.show_note(words, is_problem=is_problem)
        else:
            self._screen.tell(words, "bad" if is_problem else "plain")

    async def _show_counts(self) -> None:
        await self._screen.shelf.load_blogs()
        await self._screen.desk.show_stored()
