"""Commands about the user's own conversations: where he wrote, what was answered, what he mutes."""

from typing import TYPE_CHECKING

import click

from tui_reader.cli.output import as_json, comment_json, dump, moment, post_json, say, say_nothing, table
from tui_reader.cli.reply_output import STATE_WORDS, reply_json
from tui_reader.cli.run import with_services
from tui_reader.content.names import who
from tui_reader.domain.mute import MuteKind
from tui_reader.domain.reply import ReplyState
from tui_reader.language import _, ngettext
from tui_reader.moments import day, when

if TYPE_CHECKING:
    from tui_reader.bootstrap import Services
    from tui_reader.domain.comment import Comment
    from tui_reader.domain.post import Post
    from tui_reader.services.conversation import Mute, ThreadSummary

_limit = click.option("--limit", metavar="N", type=click.IntRange(min=1), default=200, help="At most N.")


@click.command()
@_limit
@as_json
def conversations(*, limit: int, as_json: bool) -> None:
    """Lists the conversations in which you wrote or that you follow, those with new answers to you first."""

    async def work(services: "Services") -> None:
        found = await services.conversations.mine(limit)
        if as_json:
            import asyncio

            texts = await asyncio.to_thread(
                _texts, [(thread.my_last, thread.post) for thread in found if thread.my_last]
            )
            dump([_thread_json(thread, texts) for thread in found])
            return
        now = services.now()
        table(
            [
                (
                    str(thread.post.id),
                    _counted_answers(thread.new_answers),
                    f"+{thread.post.new_comment_count}" if thread.post.new_comment_count else "",
                    day(thread.latest, now),
                    thread.post.blog_title,
                    thread.post.title or _("(no title)"),
                    _waiting(thread),
                )
                for thread in found
            ],
            right=(0,),
        )
        if not found:
            say_nothing(
                _(
                    "No conversations yet: `tui-reader reply` begins one, `tui-reader mark follow` follows"
                    " one."
                )
            )

    with_services(work)


@click.command()
@click.option("--new", "only_new", is_flag=True, help="Only those that came since the last visit.")
@click.option("--mark-read", is_flag=True, help="Mark what is printed as read.")
@as_json
def answers(*, only_new: bool, mark_read: bool, as_json: bool) -> None:
    """Prints what was answered to you, across all blogs, newest first."""

    async def work(services: "Services") -> None:
        import asyncio

        found = [
            answer
            for answer in await services.conversations.answers()
            if answer.comment.is_new or not only_new
        ]
        texts = await asyncio.to_thread(_texts, [(answer.comment, answer.post) for answer in found])
        if mark_read:
            await services.conversations.mark_answers_seen(found)
        if as_json:
            dump(
                [
                    {
                        "post": post_json(answer.post),
                        "comment": comment_json(answer.comment, 0, texts[answer.post.id, answer.comment.id]),
                    }
                    for answer in found
                ]
            )
            return
        now = services.now()
        for answer in found:
            mark = "● " if answer.comment.is_new else ""
            author = who(answer.comment.author, unnamed=_("somebody"))
            say(f"{mark}{author}  {when(answer.comment.published, now)}  #{answer.comment.id}", bold=True)
            say(
                f"   {answer.post.id}  {answer.post.title or _('(no title)')} · {answer.post.blog_title}",
                dim=True,
            )
            for line in texts[answer.post.id, answer.comment.id].splitlines():
                say(f"   {line}".rstrip())
            say()
        if not found:
            say_nothing(_("Nobody answered you yet.") if not only_new else _("Nothing new to you."))

    with_services(work)


@click.command()
@click.argument("post")
@click.argument("comment")
@click.option("--branch", is_flag=True, help="Mute this comment and all below it, not its author.")
@click.option("--everywhere", is_flag=True, help="Mute the author on every blog.")
def mute(post: str, comment: str, *, branch: bool, everywhere: bool) -> None:
    """Mutes who wrote COMMENT under POST on this blog; what is muted keeps its place and is never new."""
    if branch and everywhere:
        raise click.UsageError(_("a branch is in one place: give --branch or --everywhere"))

    async def work(services: "Services") -> None:
        found = await services.library.find_post(post)
        if branch:
            done = await services.conversations.mute_branch(found.id, comment)
        else:
            done = await services.conversations.mute_author(found.id, comment, everywhere=everywhere)
        say(_("{what}; `tui-reader undo` takes it back").format(what=done.what))

    with_services(work)


@click.command()
@click.argument("id", type=int)
def unmute(id: int) -> None:
    """Lifts a mute: ID from `mutes`."""

    async def work(services: "Services") -> None:
        say((await services.conversations.remove_mute(id)).what)

    with_services(work)


@click.command()
@as_json
def mutes(*, as_json: bool) -> None:
    """Lists who and what is muted."""

    async def work(services: "Services") -> None:
        found = await services.conversations.mutes()
        if as_json:
            dump([_mute_json(one) for one in found])
            return
        table([(str(one.id), one.author or _("somebody"), _where(one)) for one in found], right=(0,))
        if not found:
            say_nothing(_("Nobody is muted."))

    with_services(work)


def _counted_answers(count: int) -> str:
    return ngettext("{count} new to you", "{count} new to you", count).format(count=count) if count else ""


def _texts(said: "list[tuple[Comment, Post]]") -> dict[tuple[int, str], str]:
    """The readable text of every comment, by its post and id."""
    from tui_reader.content import readable

    return {
        (post.id, one.id): readable.plain_text(readable.document(one.html, one.url or post.url))
        for one, post in said
    }


def _waiting(thread: "ThreadSummary") -> str:
    """What became of the replies that are not among the comments: ``held``, ``held, did not appear``."""
    words = [
        _("{state}, did not appear").format(state=_(STATE_WORDS[reply.state]))
        if reply.is_given_up
        else _(STATE_WORDS[reply.state])
        for reply in thread.waiting
        if reply.state is not ReplyState.DRAFT
    ]
    return ", ".join(dict.fromkeys(words)) or (_("draft") if thread.waiting else "")


def _where(one: "Mute") -> str:
    if one.kind is MuteKind.BRANCH:
        return _("the branch from #{comment_id} under “{post_title}”").format(
            comment_id=one.comment_id, post_title=one.post_title
        )
    return (
        _("on {blog_title}").format(blog_title=one.blog_title) if one.blog_id is not None else _("everywhere")
    )


def _thread_json(thread: "ThreadSummary", texts: dict[tuple[int, str], str]) -> dict[str, object]:
    last = thread.my_last
    return {
        "post": post_json(thread.post),
        "mine": thread.mine,
        "my_last": comment_json(last, 0, texts[thread.post.id, last.id]) if last else None,
        "answers": thread.answers,
        "new_answers": thread.new_answers,
        "waiting": [reply_json(reply) for reply in thread.waiting],
        "latest": moment(thread.latest),
    }


def _mute_json(one: "Mute") -> dict[str, object]:
    return {
        "id": one.id,
        "kind": one.kind.value,
        "author": one.author,
        "blog_id": one.blog_id,
        "blog_title": one.blog_title or None,
        "post_id": one.post_id,
        "post_title": one.post_title or None,
        "comment_id": one.comment_id,
        "muted": moment(one.muted_at),
    }


COMMANDS = {
    "conversations": conversations,
    "answers": answers,
    "mute": mute,
    "unmute": unmute,
    "mutes": mutes,
}
