"""All that is asked of the reader before a reply leaves: as whom, to where, and what else the blog wants."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from tui_reader.domain.conversation import ReplyForm
from tui_reader.domain.markup import room_left
from tui_reader.domain.reply import Identity, Reply, ReplyState
from tui_reader.errors import FetchError, ReplyError, UsageError
from tui_reader.language import _, ngettext
from tui_reader.ui.ports import Services
from tui_reader.ui.screens.account import AccountScreen
from tui_reader.ui.screens.asked import Asked
from tui_reader.ui.screens.confirm import Confirm
from tui_reader.ui.screens.identity import IdentityScreen
from tui_reader.ui.screens.write_as import WriteAs

if TYPE_CHECKING:
    from tui_reader.domain.post_line import AnyPost
    from tui_reader.ui.screens.reading import ReadingScreen


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """What the reader agreed to."""

    identity: Identity
    answers: Mapping[str, str] = field(default_factory=dict)
    may_leave_site: bool = False


class Sender:
    """Asks, then sends."""

    def __init__(self, screen: "ReadingScreen", services: Services) -> None:
        self._screen = screen
        self._services = services

    async def ask(
        self, reply: Reply, form: ReplyForm | None, identity: Identity | None, *, sent: str
    ) -> Terms | None:
        """Everything that only the reader can say; None when it was left unsaid.

        Args:
            reply: What is sent.
            form: What the blog asks, where that is known.
            identity: As whom, where that is known.
            sent: The text as it would leave.

        Raises:
            ReplyError: the blog takes no such reply.
        """
        if form is None:
            form = await self._form(reply, identity)
        if identity is None:
            post = await self._services.library.post(reply.post_id)
            identity = await self._new_identity(post, form)
            if identity is None:
                return None
        if form is None:
            return Terms(identity=identity)
        left = room_left(form, sent)
        if left is not None and left < 0:
            words = ngettext(
                "The blog does not take so much: this is {count} character too long. Shorten it, then send"
                " again.",
                "The blog does not take so much: this is {count} characters too long. Shorten it, then send"
                " again.",
                -left,
            )
            raise ReplyError(words.format(count=-left))
        if form.leaves_site and not await self._agree(form):
            return None
        answers: Mapping[str, str] = {}
        if form.asked:
            given = await self._screen.app.push_screen_wait(Asked(form.asked))
            if given is None:
                return None
            answers = given
        return Terms(identity=identity, answers=answers, may_leave_site=form.leaves_site)

    async def send(self, reply: Reply, terms: Terms, *, again: bool = False) -> Reply:
        """Sends it once; the outcome is in the reply."""
        return await self._services.replying.send(
            reply.id,
            identity_id=terms.identity.id,
            answers=terms.answers,
            agree_to_leave_site=terms.may_leave_site,
            again=again,
        )

    async def may_send_again(self, reply: Reply) -> bool:
        """Whether an uncertain reply is to be sent once more, though it might then be there twice."""
        detail = _(
            "The blog does not show it. It may be waiting for a moderator there, or never have"
            " arrived. Sent once more, it might be there twice."
        )
        question = Confirm(_("Send it once more?"), detail, yes=_("send once more"), no=_("leave it"))
        if reply.state is not ReplyState.UNCERTAIN:
            return False
        answer = await self._screen.app.push_screen_wait(question)
        return answer is True

    async def choose_identity(self, post: "AnyPost", form: ReplyForm | None) -> Identity | None:
        """One of those known, a new one, or an account on the blog."""
        # an account is offered where the blog knows them
        has_accounts = (await self._services.library.post(post.id)).engine == "wordpress"
        while True:
            known = [
                one
                for one in await self._services.replying.identities()
                if one.blog_id in {None, post.blog_id}
            ]
            if not known and not has_accounts:
                return await self._new_identity(post, form)
            wish = await self._screen.app.push_screen_wait(WriteAs(known, has_accounts=has_accounts))
            if wish is None:
                return None
            if wish.kind == "forget" and wish.identity is not None:
                await self._forget(wish.identity)
                continue
            if wish.kind == "edit" and wish.identity is not None:
                await self._change(wish.identity, post, form)
                continue
            if wish.kind == "account":
                return await self._new_account(post)
            return wish.identity or await self._new_identity(post, form)

    async def _change(self, identity: Identity, post: "AnyPost", form: ReplyForm | None) -> None:
        # an account has its address on the blog
        needs_email = identity.username is None and (form is None or form.needs_email)
        given = await self._screen.app.push_screen_wait(
            IdentityScreen(post.blog_title, needs_email=needs_email, known=identity)
        )
        if given is None:
            return
        try:
            await self._services.replying.change_identity(
                identity.id, name=given.name, email=given.email, site=given.site
            )
        except UsageError as error:
            self._screen.composer.show_note(str(error), is_problem=True)

    async def _forget(self, identity: Identity) -> None:
        detail = _("What you wrote stays. What waits under this name is not sent before you choose another.")
        question = Confirm(_("Forget {name}?").format(name=identity.name), detail, yes=_("forget"))
        if await self._screen.app.push_screen_wait(question):
            await self._services.replying.remove_identity(identity.id)

    async def _new_account(self, post: "AnyPost") -> Identity | None:
        replying = self._services.replying
        given = await self._screen.app.push_screen_wait(
            AccountScreen(post.blog_title, rests_in=await replying.secrets_rest_in())
        )
        if given is None:
            return None
        return await replying.add_identity(
            name=given.username,
            email="",
            blog_id=post.blog_id,
            username=given.username,
            secret=given.password,
        )

    async def _form(self, reply: Reply, identity: Identity | None) -> ReplyForm | None:
        as_whom = identity.id if identity is not None else None
        try:
            return await self._services.replying.prepare(reply.id, identity_id=as_whom)
        except FetchError:
            return None  # offline: sending says so, and keeps the reply in the outbox

    async def _new_identity(self, post: "AnyPost", form: ReplyForm | None) -> Identity | None:
        needs_email = form is None or form.needs_email
        given = await self._screen.app.push_screen_wait(
            IdentityScreen(post.blog_title, needs_email=needs_email)
        )
        if given is None:
            return None
        return await self._services.replying.add_identity(name=given.name, email=given.email, site=given.site)

    async def _agree(self, form: ReplyForm) -> bool:
        host = urlsplit(form.action).hostname or form.action
        question = Confirm(
            _("Send it to {host}?").format(host=host),
            _(
                "The comment form of this page sends your words, your name and your e-mail address to"
                " another site: {host}."
            ).format(host=host),
            yes=_("send it there"),
            no=_("do not send"),
        )
        answer = await self._screen.app.push_screen_wait(question)
        return answer is True
