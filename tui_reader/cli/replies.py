"""Commands that answer: reply, outbox, identity."""

import os
import sys
from typing import TYPE_CHECKING, TextIO

import click

from tui_reader.cli.output import as_json, dump, say, say_nothing, table, warn
from tui_reader.cli.reply_output import STATE_WORDS, outcome_json, reply_json
from tui_reader.cli.run import with_services
from tui_reader.domain.email import is_address
from tui_reader.domain.reply import Identity, Reply, ReplyState
from tui_reader.errors import NotFoundError, UsageError
from tui_reader.language import N_, _, number

if TYPE_CHECKING:
    from tui_reader.bootstrap import Services

_LONGEST = 1_000_000
"""Characters; WordPress takes a fifteenth of it."""

STATUS = {
    ReplyState.PUBLISHED: 0,
    ReplyState.HELD: 0,
    ReplyState.REJECTED: 4,
    ReplyState.QUEUED: 5,
    ReplyState.UNCERTAIN: 5,
    ReplyState.SENDING: 5,
    ReplyState.DRAFT: 1,
}
"""The contract's exit status for what became of a reply."""

WORDS = {
    ReplyState.PUBLISHED: N_("published"),
    ReplyState.HELD: N_("held: the blog shows it once a moderator has let it through"),
    ReplyState.REJECTED: N_("refused by the blog"),
    ReplyState.QUEUED: N_("queued: nothing was sent yet; `tui-reader outbox send` tries again"),
    ReplyState.UNCERTAIN: N_("uncertain: it may have arrived; `tui-reader outbox send` looks for it first"),
    ReplyState.SENDING: N_("being sent by another tui-reader"),
    ReplyState.DRAFT: N_("a draft, not sent"),
}


@click.command()
@click.argument("post")
@click.argument("source", metavar="[-]", required=False, type=click.Choice(["-"]))
@click.option("--to", metavar="COMMENT", help="Answer this comment: an id from `comments`.")
@click.option("--message", "-m", metavar="TEXT", help="The text.")
@click.option(
    "--file", "-F", metavar="F", type=click.File("r", encoding="utf-8"), help="Read the text from a file."
)
@click.option("--as", "as_whom", metavar="IDENTITY", help="Write as this identity: its id, name or e-mail.")
@click.option(
    "--answer", "answers", metavar="FIELD=VALUE", multiple=True, help="Fill in what else the form asks."
)
@click.option("--leave-site", is_flag=True, help="Agree that the form sends the reply to another site.")
@as_json
@click.pass_context
def reply(
    ctx: click.Context,
    post: str,
    source: str | None,
    to: str | None,
    message: str | None,
    file: TextIO | None,
    as_whom: str | None,
    answers: tuple[str, ...],
    *,
    leave_site: bool,
    as_json: bool,
) -> None:
    """Answers POST, or a comment under it, and waits for what becomes of it.

    The text comes from --message, from --file, from stdin with `-`, or from $EDITOR.
    """
    if sum(given is not None for given in (source, message, file)) > 1:
        raise click.UsageError(_("give the text once: --message, --file or -"))
    given = message if message is not None else _text_of(file or sys.stdin) if file or source else None

    async def work(services: "Services") -> int:
        if given is None and not _can_edit(services.settings.compose.editor):
            raise click.UsageError(
                _("there is no terminal to write at: --message, --file or - gives the text")
            )
        found = await services.library.find_post(post)
        target = await _comment_id(services, found.id, to) if to else None
        identity = await _identity(services, as_whom)
        started = await (
            services.replying.begin(found.id, target, given)
            if given is not None
            else services.replying.draft(found.id, target)
        )
        if given is None:
            text = click.edit(started.text, editor=services.settings.compose.editor or None, extension=".txt")
            if text is None or not text.strip():
                raise UsageError(_("nothing was written: no reply was sent"))
            await services.replying.save(started.id, text)
        if await services.replying.identity_for(found.blog_id) is None and identity is None:
            identity = await _ask_identity(services)
        done = await services.replying.send(
            started.id,
            identity_id=identity.id if identity else None,
            answers=dict(_pair(answer) for answer in answers),
            agree_to_leave_site=leave_site,
        )
        if as_json:
            dump(outcome_json(done))
        else:
            _tell(done)
        return STATUS[done.state]

    ctx.exit(with_services(work))


def _text_of(stream: TextIO) -> str:
    try:
        text = stream.read(_LONGEST + 1)
    except UnicodeDecodeError as error:
        raise UsageError(_("{file}: this is no text in UTF-8").format(file=stream.name)) from error
    if len(text) > _LONGEST:
        told = _("{file}: longer than {most} characters, which no comment is")
        raise UsageError(told.format(file=stream.name, most=number(_LONGEST)))
    return text


@click.group(invoke_without_command=True)
@as_json
@click.pass_context
def outbox(ctx: click.Context, *, as_json: bool) -> None:
    """Drafts, and replies that wait, are held, were refused, or whose fate is uncertain."""
    if ctx.invoked_subcommand is not None:
        return

    async def work(services: "Services") -> None:
        await services.replying.recover()
        found = await services.replying.outbox()
        if as_json:
            dump([reply_json(one) for one in found])
            return
        table(
            [
                (
                    str(one.id),
                    _(STATE_WORDS[one.state]),
                    one.post_title or one.post_url,
                    _first_line(one),
                    one.reason,
                )
                for one in found
            ],
            right=(0,),
        )
        if not found:
            say_nothing(_("The outbox is empty."))

    with_services(work)


@outbox.command("send")
@click.argument("ids", metavar="[ID…]", nargs=-1, type=int)
@click.option(
    "--again", is_flag=True, help="Send even those whose fate is uncertain and that the blog does not show."
)
@as_json
@click.pass_context
def outbox_send(ctx: click.Context, ids: tuple[int, ...], *, again: bool, as_json: bool) -> None:
    """Sends what is queued and looks for what is uncertain; or just the replies with these IDs."""

    async def work(services: "Services") -> int:
        if ids:
            done = tuple([await services.replying.send(one, again=again) for one in ids])
        else:
            done = await services.replying.flush()
        if as_json:
            dump([reply_json(one) for one in done])
        else:
            for one in done:
                say(f"{one.id}  {one.post_title}: ", nl=False)
                _tell(one)
            if not done:
                waits = {ReplyState.QUEUED, ReplyState.UNCERTAIN}
                left = [one for one in await services.replying.outbox() if one.state in waits]
                say(
                    _("Nothing is sent yet: the blog asks to be left alone for a while.")
                    if any(not one.is_given_up for one in left)
                    else _("Nothing waits to be sent.")
                )
        statuses = {STATUS[one.state] for one in done}
        return next((status for status in (5, 4, 1) if status in statuses), 0)

    ctx.exit(with_services(work))


@outbox.command("drop")
@click.argument("id", type=int)
def outbox_drop(id: int) -> None:
    """Forgets a reply. What the blog already has stays there."""

    async def work(services: "Services") -> None:
        await services.replying.drop(id)
        say(_("dropped {id}").format(id=id))

    with_services(work)


@click.group()
def identity() -> None:
    """As whom one writes: name, e-mail, site; secrets rest in the system's keyring."""


@identity.command("add")
@click.option("--name", metavar="N", required=True, help="The name that is shown.")
@click.option(
    "--email",
    metavar="E",
    required=True,
    callback=lambda _ctx, _param, typed: _address(typed),
    help="Asked for by most blogs, and not published by them.",
)
@click.option("--site", metavar="URL", default="", help="Your own web site.")
@click.option("--blog", metavar="B", help="For this blog only.")
@click.option(
    "--username", metavar="U", help="Your account on that blog; its application password is asked for."
)
@click.option("--password-stdin", is_flag=True, help="Read the application password from stdin.")
@as_json
def identity_add(
    name: str,
    email: str,
    site: str,
    blog: str | None,
    username: str | None,
    *,
    password_stdin: bool,
    as_json: bool,
) -> None:
    """Keeps an identity."""
    secret = None
    if username:
        if blog is None:
            raise click.UsageError(_("an account belongs to one blog: say which with --blog"))
        secret = (
            sys.stdin.readline().rstrip("\n")
            if password_stdin
            else click.prompt(_("Application password"), hide_input=True, err=True)
        )

    async def work(services: "Services") -> None:
        blog_id = (await services.subscriptions.find(blog)).id if blog else None
        kept = await services.replying.add_identity(
            name=name, email=email, site=site, blog_id=blog_id, username=username, secret=secret
        )
        if as_json:
            dump(_identity_json(kept))
        else:
            say(f"{kept.id}  {kept.name} <{kept.email}>")
            if secret:
                say(
                    "   "
                    + _("the application password rests in {where}").format(where=services.secrets.where())
                )
        if secret and not services.secrets.has_keyring:
            warn(
                _("no keyring of the system can be used: the password is not encrypted in {where}").format(
                    where=services.secrets.where()
                )
            )

    with_services(work)


@identity.command("list")
@as_json
def identity_list(*, as_json: bool) -> None:
    """Lists the identities."""

    async def work(services: "Services") -> None:
        known = await services.replying.identities()
        if as_json:
            dump([_identity_json(one) for one in known])
            return
        titles = {blog.id: blog.title for blog in await services.subscriptions.blogs()}
        table(
            [
                (
                    str(one.id),
                    one.name,
                    one.email,
                    one.site,
                    _("only {blog}").format(blog=titles.get(one.blog_id, one.blog_id))
                    if one.blog_id
                    else _("every blog"),
                    _("account {username}").format(username=one.username) if one.username else "",
                )
                for one in known
            ],
            right=(0,),
        )

    with_services(work)


@identity.command("edit")
@click.argument("id", type=int)
@click.option("--name", metavar="N", help="Another name.")
@click.option(
    "--email",
    metavar="E",
    callback=lambda _ctx, _param, typed: None if typed is None else _address(typed),
    help="Another e-mail address.",
)
@click.option("--site", metavar="URL", help="Another web site; an empty one takes it away.")
@as_json
def identity_edit(id: int, name: str | None, email: str | None, site: str | None, *, as_json: bool) -> None:
    """Changes an identity; its blog, its account and its secret stay."""
    if name is None and email is None and site is None:
        raise click.UsageError(_("say what is to change: --name, --email or --site"))

    async def work(services: "Services") -> None:
        known = {one.id: one for one in await services.replying.identities()}
        if id not in known:
            raise NotFoundError(
                _("no identity {wanted!r}; `tui-reader identity list` shows them").format(wanted=id)
            )
        before = known[id]
        kept = await services.replying.change_identity(
            id,
            name=before.name if name is None else name,
            email=before.email if email is None else email,
            site=before.site if site is None else site,
        )
        if as_json:
            dump(_identity_json(kept))
        else:
            say(f"{kept.id}  {kept.name} <{kept.email}>")

    with_services(work)


@identity.command("remove")
@click.argument("id", type=int)
def identity_remove(id: int) -> None:
    """Forgets an identity and its secret."""

    async def work(services: "Services") -> None:
        await services.replying.remove_identity(id)
        say(_("removed {id}").format(id=id))

    with_services(work)


async def _comment_id(services: "Services", post_id: int, wanted: str) -> str:
    """The id, when the conversation has such a comment; asks the blog when the stored one has not."""
    name = wanted.rpartition("#comment-")[2]
    for conversation in (services.conversations.stored, services.conversations.load):
        thread = (await conversation(post_id)).thread
        for row in thread.rows:
            if row.comment.id in {wanted, name}:
                return row.comment.id
    raise NotFoundError(
        _("no comment {wanted} under this post; `tui-reader comments` lists them").format(wanted=wanted)
    )


async def _identity(services: "Services", wanted: str | None) -> Identity | None:
    if wanted is None:
        return None
    for one in await services.replying.identities():
        if wanted in {str(one.id), one.name, one.email}:
            return one
    raise NotFoundError(
        _("no identity {wanted!r}; `tui-reader identity list` shows them").format(wanted=wanted)
    )


async def _ask_identity(services: "Services") -> Identity | None:
    """Asks once, where there is somebody to ask; None leaves it to ``send`` to say what is missing."""
    if not (sys.stdin.isatty() and sys.stderr.isatty()):
        return None
    click.echo(_("Who writes? It is asked once. The e-mail goes to the blog and is not published."), err=True)
    return await services.replying.add_identity(
        name=click.prompt(_("Name"), err=True),
        email=click.prompt(_("E-mail"), err=True, value_proc=_address),
        site=click.prompt(_("Web site"), default="", show_default=False, err=True),
    )


def _can_edit(editor: str) -> bool:
    """Whether an editor makes sense: in a script the one that is there by itself waits for a terminal."""
    return bool(sys.stdin.isatty() or editor or os.environ.get("VISUAL") or os.environ.get("EDITOR"))


def _address(typed: str) -> str:
    """What was typed, if blogs take it as an e-mail address."""
    if not is_address(typed.strip()):
        raise click.BadParameter(_("this is no e-mail address that blogs take: it wants name@host.example"))
    return typed.strip()


def _identity_json(one: Identity) -> dict[str, object]:
    return {
        "id": one.id,
        "name": one.name,
        "email": one.email,
        "site": one.site or None,
        "blog_id": one.blog_id,
        "username": one.username,
    }


def _tell(done: Reply) -> None:
    say(_(WORDS[done.state]))
    if done.reason:
        say(f"   {done.reason}")
    if done.url and done.state in {ReplyState.PUBLISHED, ReplyState.HELD}:
        say(f"   {done.url}")


def _first_line(one: Reply) -> str:
    line = one.text.strip().splitlines()[0] if one.text.strip() else ""
    return line if len(line) <= 40 else line[:39] + "…"


def _pair(answer: str) -> tuple[str, str]:
    name, equals, value = answer.partition("=")
    if not equals:
        raise click.UsageError(_("--answer wants FIELD=VALUE, not {answer!r}").format(answer=answer))
    return name, value


COMMANDS = {"reply": reply, "outbox": outbox, "identity": identity}
