"""One reply on its way to its blog: sent once, looked for there, and what became of it stored."""

import asyncio
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta

from tui_reader.domain.conversation import Letter, Place, ReplyForm
from tui_reader.domain.reply import Identity, Outcome, Refusal, Reply, ReplyState
from tui_reader.engines.base import Engine
from tui_reader.errors import FetchError, HttpStatusError, NoAnswerError, ReplyError, UsageError
from tui_reader.language import _
from tui_reader.services.conversation import keep_outcome
from tui_reader.storage import outbox
from tui_reader.storage.database import Database

GRACE = timedelta(seconds=10)
"""How long after an attempt a server may still be storing it: before that, absence proves nothing."""


class Delivery:
    """The steps of sending, each of which leaves the reply in a state that is true.

    Args:
        database: Where the reply rests.
        place: The post, its blog and its address.
        engine: Its comment system.
        letter: What is sent, as whom.
        now: The clock.
        grace: How long after an attempt it is not looked for.
    """

    def __init__(
        self,
        database: Database,
        place: Place,
        engine: Engine,
        letter: Letter,
        now: Callable[[], datetime],
        grace: timedelta,
    ) -> None:
        self._database = database
        self._place = place
        self._engine = engine
        self._letter = letter
        self._now = now
        self._grace = grace

    async def post(self, reply: Reply, form: ReplyForm, identity: Identity) -> Reply:
        """Sends it once; what became of it is stored, however this ends.

        Raises:
            UsageError: another program is sending it.
        """
        await self._database.run(outbox.set_identity, reply.id, identity.id)
        begun = await self._database.run(outbox.begin_sending, reply.id, now=self._now(), durable=True)
        if not begun:
            raise UsageError(_("this reply is being sent by another tui_reader at this moment"))
        try:
            outcome = await self._engine.send(self._place, form, self._letter)
        except ReplyError as error:
            # told before a byte left: a password that would go in the open
            outcome = Outcome(state=ReplyState.REJECTED, reason=str(error))
        except BaseException:
            # cancelled, or a bug: bytes may have left, and nobody will ever tell us what became of them
            lost = Outcome(
                state=ReplyState.UNCERTAIN, reason=_("sending was interrupted: it may have arrived")
            )
            await asyncio.shield(self.finish(reply, lost, identity))
            raise
        is_old_news = outcome.refusal is Refusal.DUPLICATE and reply.attempts > 0
        if is_old_news or outcome.state is ReplyState.UNCERTAIN:
            seen = await self._seen(reply)
            if seen is not None:
                outcome = seen
            elif is_old_news:
                # the blog itself says that it has these words of ours
                reason = _("an earlier attempt had arrived; the blog does not show it yet ({reason})").format(
                    reason=outcome.reason
                )
                outcome = Outcome(state=ReplyState.HELD, reason=reason)
        return await self.finish(reply, outcome, identity)

    async def look(self, reply: Reply) -> Reply | None:
        """Looks for an uncertain reply; None when it is surely not to be seen."""
        if reply.sent_at is not None:
            wait = reply.sent_at + self._grace - self._now()
            if wait > timedelta(0):
                # a clock that was set back would make this hours
                await asyncio.sleep(min(wait, self._grace).total_seconds())
        try:
            seen = await self.ask(reply)
        except FetchError as error:
            outcome = Outcome(
                state=ReplyState.UNCERTAIN,
                reason=_("the blog cannot be asked whether it arrived: {reason}").format(reason=error.reason),
            )
            return await self.finish(reply, outcome, None)
        return None if seen is None else await self.finish(reply, seen, None)

    async def _seen(self, reply: Reply) -> Outcome | None:
        try:
            return await self.ask(reply)
        except FetchError:
            return None  # the outcome stays what the sending gave; the next look asks again

    async def ask(self, reply: Reply) -> Outcome | None:
        """What the blog shows of it now; None when it shows nothing.

        Raises:
            FetchError: the blog could not be asked.
        """
        if reply.comment_id is not None:
            outcome = await self._engine.check(self._place, reply.comment_id)
            if outcome.state is ReplyState.HELD and reply.state is ReplyState.UNCERTAIN:
                # the blog has it and shows it to nobody, and never said that a moderator will read it
                return replace(outcome, state=ReplyState.UNCERTAIN)
            if outcome.state is not ReplyState.UNCERTAIN:
                return outcome
        since = reply.sent_at or reply.updated_at
        return await self._engine.look_for(self._place, self._letter, reply.to, since)

    async def finish(self, reply: Reply, outcome: Outcome, identity: Identity | None) -> Reply:
        """Stores what became of it, and as whom it was written; gives it as it is then."""
        if identity is not None:
            await self._database.run(outbox.set_identity, reply.id, identity.id)
        await self._database.run(keep_outcome, reply.id, outcome, self._now(), durable=True)
        return await self._database.read(outbox.get_reply, reply.id)


def not_prepared(error: FetchError, *, was_uncertain: bool) -> Outcome:
    """Nothing was sent. It waits for the next try, unless an earlier one may have arrived."""
    if isinstance(error, HttpStatusError) and error.status in {404, 410} and not was_uncertain:
        return Outcome(
            state=ReplyState.REJECTED,
            refusal=Refusal.UNKNOWN_POST,
            reason=_("the post is gone: {reason}").format(reason=error.reason),
        )
    state = ReplyState.UNCERTAIN if was_uncertain else ReplyState.QUEUED
    told = (
        _("the blog did not answer: {reason}")
        if isinstance(error, NoAnswerError)
        else _("the blog could not be reached: {reason}")
    )
    return Outcome(
        state=state,
        reason=told.format(reason=error.reason),
        retry_after=error.retry_after if isinstance(error, HttpStatusError) else None,
    )


def check_answers(form: ReplyForm, letter: Letter, *, agree_to_leave_site: bool) -> None:
    """Raises ReplyError when the blog asks what only the user can say."""
    if form.leaves_site and not agree_to_leave_site:
        raise ReplyError(
            _(
                "the form of this page would send your words and your e-mail address to {action}, another"
                " site; answer in a browser, or agree to it with --leave-site"
            ).format(action=form.action),
            browser_url=form.page_url,
        )
    if form.needs_name and not letter.name.strip():
        raise ReplyError(_("the blog asks for a name, and this identity has none"))
    if form.needs_email and not letter.email.strip():
        raise ReplyError(_("the blog asks for an e-mail address, and this identity has none"))
    missing = [ask.label for ask in form.asked if ask.is_required and not letter.answers.get(ask.name)]
    if missing:
        raise ReplyError(
            _("the blog also asks for: {known}").format(known=", ".join(missing)), browser_url=form.page_url
        )
