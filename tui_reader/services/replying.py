"""Replies: drafts, sending, and what became of them. Never lost, never sent twice."""

import asyncio
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from tui_reader.content.clean import clean
from tui_reader.domain.conversation import Letter, Place, ReplyForm
from tui_reader.domain.markup import Markup
from tui_reader.domain.reply import Identity, Outcome, Reply, ReplyState
from tui_reader.engines.base import Engine
from tui_reader.errors import (
    FetchError,
    NoIdentityError,
    NotFoundError,
    ReplyError,
    UsageError,
)
from tui_reader.language import N_, _
from tui_reader.services.conversation import Conversations
from tui_reader.services.delivery import GRACE, Delivery, check_answers, not_prepared
from tui_reader.services.secrets import Secrets
from tui_reader.storage import identities, left_open, outbox
from tui_reader.storage.database import Connection, Database
from tui_reader.storage.sender import this_process

PATIENCE = timedelta(days=14)
"""How long a reply that the blog does not show is asked after."""

_STAYED_AWAY = {
    ReplyState.HELD: N_("it did not appear within 14 days; the blog may have declined it"),
    ReplyState.UNCERTAIN: N_("it did not appear within 14 days; it may never have arrived"),
}

_NOBODY = Identity(id=0, name="", email="")
"""As whom a reply was sent whose identity is gone: it is found by its number alone."""


class Replying:
    """The outbox and the identities one writes as.

    Args:
        database: Where replies rest.
        conversations: Knows posts, blogs and their comment systems.
        secrets: Application passwords.
        now: The clock.
        grace: How long after an attempt it is not looked for.
    """

    def __init__(
        self,
        database: Database,
        conversations: Conversations,
        secrets: Secrets,
        now: Callable[[], datetime],
        *,
        grace: timedelta = GRACE,
    ) -> None:
        self._grace = grace
        self._database = database
        self._conversations = conversations
        self._secrets = secrets
        self._now = now
        self._following = asyncio.Lock()

    # Drafts

    async def draft(self, post_id: int, to: str | None) -> Reply:
        """The unfinished reply to this comment, or to the post; a new one when there is none."""
        return await self._database.run(_draft, post_id, to, self._now())

    async def reply(self, reply_id: int) -> Reply:
        """One reply of the outbox."""
        return await self._database.read(outbox.get_reply, reply_id)

    async def begin(self, post_id: int, to: str | None, text: str) -> Reply:
        """A reply with this text, beside any draft.

        One with the same text that is perhaps there already, or waits to be sent, is that one: a script
        that tries again does not post twice.
        """
        return await self._database.run(_begin, post_id, to, clean(text), self._now(), durable=True)

    async def save(self, reply_id: int, text: str, *, is_open: bool = False) -> None:
        """Keeps the text as it is now, without control characters, which no blog should get.

        Args:
            reply_id: Which reply.
            text: All of it.
            is_open: It is being written in, until ``let_go``: what ends without that is told of.
        """
        await self._database.run(
            outbox.save_text,
            reply_id,
            clean(text),
            now=self._now(),
            writer=this_process() if is_open else None,
            durable=True,
        )

    async def let_go(self, reply_id: int) -> None:
        """The user closed it."""
        await self._database.run(left_open.let_go, reply_id)

    async def left_open(self) -> tuple[Reply, ...]:
        """Drafts that were being written in a program that ended without a word; each is given once."""
        return await self._database.run(left_open.left_open)

    async def drop(self, reply_id: int) -> None:
        """Forgets a reply. Nothing is asked of the blog: what was published stays there."""
        await self._database.run(outbox.drop_reply, reply_id, durable=True)

    async def outbox(self) -> tuple[Reply, ...]:
        """Every reply that has a text, the unfinished ones first."""
        return await self._database.read(outbox.list_replies)

    # Sending

    async def markup(self, post_id: int) -> Markup:
        """What the blog makes of the text of a reply under this post; asks nothing of it."""
        return self._conversations.markup_for(await self._conversations.place(post_id))

    async def prepare(self, reply_id: int, *, identity_id: int | None = None) -> ReplyForm:
        """What the blog asks for before it takes this reply; sends nothing.

        Raises:
            ReplyError: it takes none, or only through a browser.
            FetchError: the blog could not be asked.
        """
        reply = await self.reply(reply_id)
        place = await self._conversations.place(reply.post_id)
        engine = self._conversations.engine_for(place)
        return await engine.prepare(place, reply.to, await self._identity(place, identity_id))

    async def send(
        self,
        reply_id: int,
        *,
        identity_id: int | None = None,
        answers: Mapping[str, str] | None = None,
        agree_to_leave_site: bool = False,
        again: bool = False,
    ) -> Reply:
        """Sends a reply once and tells what became of it.

        One whose fate is uncertain is looked for on the blog first. It is sent again only when it is not
        there and the blog itself refuses duplicates, or the user says ``again``.

        What the blog asks and only the user can answer counts as refused, and says so.

        Raises:
            NoIdentityError: nobody is known to write as.
            UsageError: the text is empty, or the reply is with the blog already.
        """
        await self.recover()
        reply = await self.reply(reply_id)
        if not reply.text.strip():
            raise UsageError(_("there is nothing to send: the text is empty"))
        if reply.state is ReplyState.SENDING:
            raise UsageError(_("this reply is being sent at this moment; its outcome will be in the outbox"))
        stayed_away = reply.state is ReplyState.HELD and reply.is_given_up and again
        if reply.state in {ReplyState.PUBLISHED, ReplyState.HELD} and not stayed_away:
            raise UsageError(_("this reply is with the blog already: {state}").format(state=reply.state))
        place = await self._conversations.place(reply.post_id)
        engine = self._conversations.engine_for(place)
        identity = await self._identity(place, identity_id or reply.identity_id)
        if identity is None:
            raise NoIdentityError(
                _(
                    "the blog wants to know who writes: add a name and an e-mail address with `tui-reader"
                    " identity add --name NAME --email EMAIL`"
                )
            )
        letter = await self._letter(reply, identity, answers or {})
        delivery = self._delivery(place, engine, letter)
        was_uncertain = reply.state is ReplyState.UNCERTAIN or stayed_away
        if was_uncertain:
            settled = await delivery.look(reply)
            # what a moderator never let through is "held" to the blog for ever
            if settled is not None and not (stayed_away and settled.state is ReplyState.HELD):
                return settled
            if not (engine.refuses_duplicates or again):
                return await self.reply(reply_id)
        try:
            form = await engine.prepare(place, reply.to, identity)
            check_answers(form, letter, agree_to_leave_site=agree_to_leave_site)
        except FetchError as error:
            outcome = not_prepared(error, was_uncertain=was_uncertain)
            return await delivery.finish(reply, outcome, identity)
        except ReplyError as error:
            state = ReplyState.UNCERTAIN if was_uncertain else ReplyState.REJECTED
            return await delivery.finish(reply, Outcome(state=state, reason=str(error)), identity)
        return await delivery.post(reply, form, identity)

    async def flush(self) -> tuple[Reply, ...]:
        """Sends what is queued and looks for what is uncertain; returns these replies as they are then.

        A blog that asked to be left alone for a while (``Retry-After``) is left alone.
        """
        await self.recover()
        done: list[Reply] = []
        for reply in await self._database.read(outbox.waiting, now=self._now()):
            try:
                done.append(await self.send(reply.id, identity_id=reply.identity_id))
            except UsageError as error:
                # its identity was removed, or another program has it: it stays as it is, and says why
                done.append(replace(await self.reply(reply.id), reason=str(error)))
        return tuple(done)

    async def follow_up(self) -> tuple[Reply, ...]:
        """Asks the blogs after replies that were held or may have arrived; gives those that are settled now.

        Each is asked after ever more seldom, for a fortnight; then it is given up, and says so. Nothing is
        sent by this, and calling it too often asks nobody twice.
        """
        async with self._following:
            await self.recover()
            due = await self._database.read(outbox.to_ask_after, now=self._now())
            asked = [(reply, await self._asked_after(reply)) for reply in due]
        return tuple(
            after
            for before, after in asked
            if (after.state, after.is_given_up) != (before.state, before.is_given_up)
        )

    async def settled(self, before: Sequence[Reply]) -> tuple[Reply, ...]:
        """Of replies as they were once, those that were held or uncertain then and whose fate is another now.

        Whoever learned it: most of what a moderator let through is seen when a conversation is fetched.
        """
        now: list[Reply] = []
        for reply in before:
            if reply.state in {ReplyState.HELD, ReplyState.UNCERTAIN}:
                try:
                    after = await self.reply(reply.id)
                except NotFoundError:
                    continue  # dropped meanwhile
                if (after.state, after.is_given_up) != (reply.state, reply.is_given_up):
                    now.append(after)
        return tuple(now)

    async def _asked_after(self, reply: Reply) -> Reply:
        place = await self._conversations.place(reply.post_id)
        engine = self._conversations.engine_for(place)
        identity = await self._identity(place, reply.identity_id)
        delivery = self._delivery(place, engine, await self._letter(reply, identity or _NOBODY, {}))
        try:
            outcome = await delivery.ask(reply)
        except FetchError:
            outcome = None  # a blog that is down is asked the next time
        if outcome is not None and (outcome.state is not reply.state or reply.comment_id is None):
            done = await delivery.finish(reply, outcome, None)
            if done.state is not reply.state:
                return done
        now = self._now()
        await self._database.run(outbox.set_asked, reply.id, now=now)
        if now - (reply.sent_at or reply.updated_at) >= PATIENCE:
            await self._database.run(outbox.give_up, reply.id, _(_STAYED_AWAY[reply.state]), now=now)
        return await self.reply(reply.id)

    async def recover(self) -> None:
        """Replies that a program which is gone left half sent become uncertain."""
        await self._database.run(outbox.recover_interrupted, now=self._now(), durable=True)

    # Identities

    async def identities(self) -> tuple[Identity, ...]:
        """Everyone the user writes as."""
        return await self._database.read(identities.all_identities)

    async def identity_for(self, blog_id: int) -> Identity | None:
        """The identity of this blog, else the general one."""
        return await self._database.read(identities.identity_for, blog_id)

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
        """Keeps an identity; its secret goes to the keyring and nowhere else."""
        before = {known.id for known in await self.identities()}
        identity = await self._database.run(
            identities.add_identity, name=name, email=email, site=site, blog_id=blog_id, username=username
        )
        if secret:
            await asyncio.to_thread(self._secrets.set, identity.id, secret)
        elif username and identity.id not in before:
            # a database that was begun anew counts from 1 again: its first identity is not whom the
            # keyring knows by that number, and another blog must not get that password
            await asyncio.to_thread(self._secrets.forget, identity.id)
        return identity

    async def change_identity(self, identity_id: int, *, name: str, email: str, site: str) -> Identity:
        """Says otherwise who the user is; what was sent stays as it was sent.

        Raises:
            NotFoundError: there is no such identity.
            UsageError: there is one like that beside it.
        """
        return await self._database.run(
            identities.change_identity, identity_id, name=name, email=email, site=site
        )

    async def secrets_rest_in(self) -> str:
        """Where a password would be kept, in words."""
        return await asyncio.to_thread(self._secrets.where)

    async def remove_identity(self, identity_id: int) -> None:
        """Forgets an identity and its secret."""
        await self._database.run(identities.remove_identity, identity_id)
        await asyncio.to_thread(self._secrets.forget, identity_id)

    async def _identity(self, place: Place, identity_id: int | None) -> Identity | None:
        if identity_id is not None:
            for identity in await self.identities():
                if identity.id == identity_id:
                    if identity.blog_id not in {None, place.blog.id}:
                        # its e-mail address, and its account's password, are for that blog's eyes
                        raise UsageError(
                            _("identity {identity_id} is for another blog alone").format(
                                identity_id=identity_id
                            )
                        )
                    return identity
            raise NotFoundError(
                _("no identity {identity_id}; `tui-reader identity list` shows them").format(
                    identity_id=identity_id
                )
            )
        return await self.identity_for(place.blog.id)

    def _delivery(self, place: Place, engine: Engine, letter: Letter) -> Delivery:
        return Delivery(self._database, place, engine, letter, self._now, self._grace)

    async def _letter(self, reply: Reply, identity: Identity, answers: Mapping[str, str]) -> Letter:
        secret = None
        if identity.username:
            # on a thread: a keyring may ask the user to unlock it
            secret = await asyncio.to_thread(self._secrets.get, identity.id)
        return Letter(
            text=reply.text,
            name=identity.name,
            email=identity.email,
            site=identity.site,
            username=identity.username,
            secret=secret,
            answers=answers,
        )


def _draft(db: Connection, post_id: int, to: str | None, now: datetime) -> Reply:
    return outbox.for_post(db, post_id, to) or outbox.create_draft(db, post_id, to, now=now)


def _begin(db: Connection, post_id: int, to: str | None, text: str, now: datetime) -> Reply:
    for reply in outbox.replies_of(db, post_id):
        if reply.to == to and reply.text == text and reply.state is not ReplyState.HELD:
            return reply
    return outbox.create_draft(db, post_id, to, now=now, text=text)
