"""Commands about the blogs that are followed."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

import click

from tui_reader import whole_file
from tui_reader.cli.output import as_json, blog_json, dump, fail, moment, say, table, warn
from tui_reader.cli.run import with_services, with_stored
from tui_reader.errors import OutputError, TuiReaderError, UsageError
from tui_reader.language import _, ngettext, number

# for a list of blogs none of it is needed
if TYPE_CHECKING:
    from tui_reader.bootstrap import Services
    from tui_reader.domain.blog import Blog
    from tui_reader.domain.reply import Reply
    from tui_reader.services.refresh import BlogRefreshed


_MANY = 50
"""So many blogs are hardly ever all as they were."""

_LARGEST_LIST = 50_000_000
"""Bytes; a hundred thousand blogs take a third of it."""


@click.command()
@click.argument("urls", metavar="URL…", nargs=-1, required=True)
@click.option("--folder", metavar="NAME", help="Put the blogs into this folder.")
@as_json
@click.pass_context
def add(ctx: click.Context, urls: tuple[str, ...], folder: str | None, as_json: bool) -> None:
    """Follows blogs: a blog's page, a feed or a single post; the feed is found."""

    async def work(services: "Services") -> int:
        from tui_reader.services.several import add_several

        status, added = 0, []
        for result in await add_several(services.subscriptions, urls, folder=folder):
            if isinstance(result, TuiReaderError):
                status = fail(result, 1)
                continue
            added.append(blog_json(result.blog))
            if not as_json:
                told = result.blog.title
                if result.is_new:
                    counted = ngettext("{title}, {count} post", "{title}, {count} posts", result.posts)
                    told = counted.format(title=told, count=result.posts)
                say(f"{result.blog.id}  {told}")
                say(f"   {result.found}")
        if as_json:
            dump(added)
        return status

    ctx.exit(with_services(work))


@click.command()
@click.argument("blog")
def remove(blog: str) -> None:
    """Stops following BLOG: an id, an address, or a unique part of the title."""

    async def work(services: "Services") -> None:
        found = await services.subscriptions.find(blog)
        await services.subscriptions.remove(found.id)
        say(
            _("removed {title}; `tui-reader undo` brings it back with all that was read and said").format(
                title=found.title
            )
        )

    with_services(work)


@click.command()
@as_json
def blogs(as_json: bool) -> None:
    """Lists the blogs that are followed."""

    async def work(services: "Services") -> None:
        followed = await services.library.blogs()
        if as_json:
            dump([blog_json(blog) for blog in followed])
            return
        if not followed:
            say(_("No blogs yet: `tui-reader add URL` follows one, `tui-reader demo` shows how it feels."))
        rows = [
            (
                str(blog.id),
                blog.title,
                blog.folder or "",
                _counted_unread(blog.unread),
                _counted_new(blog.new_comments),
                _trouble(blog),
            )
            for blog in followed
        ]
        table(rows, right=(0,))

    with_stored(work)


@click.command("import")
@click.argument("file", type=click.File("rb"))
@click.pass_context
def import_(ctx: click.Context, file: BinaryIO) -> None:
    """Follows every feed of an OPML file, folders kept."""

    async def work(services: "Services") -> int:
        listed = file.read(_LARGEST_LIST + 1)
        if len(listed) > _LARGEST_LIST:
            told = _("{file}: larger than {most} bytes, which no list of subscriptions is")
            raise UsageError(told.format(file=file.name, most=number(_LARGEST_LIST)))
        result = await services.subscriptions.import_opml(listed)
        told = _("{added} added, {known} known already; `tui-reader refresh` fetches them")
        say(told.format(added=result.added, known=result.known))
        for note in result.notes:
            warn(note, word=_("note"))
        for problem in result.problems:
            warn(problem)
        return 1 if result.problems else 0

    ctx.exit(with_services(work))


@click.command()
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path), required=False)
def export(file: Path | None) -> None:
    """Writes the followed blogs as OPML 2.0, to FILE or to stdout."""

    async def work(services: "Services") -> None:
        text = await services.subscriptions.export_opml()
        if file is None or str(file) == "-":
            click.echo(text, nl=not text.endswith("\n"))
        else:
            import asyncio

            try:
                await asyncio.to_thread(whole_file.write, file, text)
            except OSError as error:
                told = _("{name} could not be written: {value}")
                raise OutputError(told.format(name=file, value=error.strerror or error)) from error

    with_services(work)


@click.command()
@click.argument("names", metavar="[BLOG…]", nargs=-1)
@click.option(
    "--older",
    is_flag=True,
    help="Fetch up to 50 posts that are older than what is stored; they come as read.",
)
@as_json
@click.pass_context
def refresh(ctx: click.Context, names: tuple[str, ...], older: bool, as_json: bool) -> None:
    """Fetches posts and comments of these blogs, or of all."""
    if older:
        from tui_reader.cli.older import fetch_older

        ctx.exit(fetch_older(names, as_json=as_json))

    async def work(services: "Services") -> int:
        from tui_reader.cli.reply_output import STATE_WORDS, reply_json
        from tui_reader.services.parsing import PARSERS
        from tui_reader.storage import blogs as stored_blogs
        from tui_reader.storage import outbox

        began = services.now()
        waiting = await services.database.read(outbox.list_replies)
        chosen = [(await services.subscriptions.find(name)).id for name in names] or None
        PARSERS.hurry()
        if not chosen and await services.database.read(stored_blogs.how_many) >= _MANY:
            # something of so many has changed: what parses it starts beside what we load to ask them
            PARSERS.warm(1)
        done: list[BlogRefreshed] = []
        progress = services.refresh.run(chosen)
        show_bar = sys.stderr.isatty() and not as_json
        first = await anext(progress)
        with click.progressbar(
            length=first.total, label=_("refreshing"), file=sys.stderr, hidden=not show_bar
        ) as bar:
            async for step in progress:
                bar.update(1)
                if step.latest is not None:
                    done.append(step.latest)
        settled: tuple[Reply, ...] = ()
        if waiting:
            await services.replying.follow_up()
            settled = await services.replying.settled(waiting)
        await services.subscriptions.tidy()
        seconds = (services.now() - began).total_seconds()
        if as_json:
            dump(
                {
                    "blogs": [_refreshed_json(blog) for blog in done],
                    "seconds": round(seconds, 3),
                    "replies": [reply_json(reply) for reply in settled],
                }
            )
        else:
            _tell(done, seconds)
            for reply in settled:
                fate = reply.reason if reply.is_given_up else _(STATE_WORDS[reply.state])
                say(_("your reply to “{title}”: {fate}").format(title=reply.post_title, fate=fate))
        return 3 if any(blog.outcome == "failed" for blog in done) else 0

    ctx.exit(with_services(work))


def _counted_unread(count: int) -> str:
    return ngettext("{count} unread", "{count} unread", count).format(count=count) if count else ""


def _counted_new(count: int) -> str:
    return ngettext("+{count} comment", "+{count} comments", count).format(count=count) if count else ""


def _trouble(blog: "Blog") -> str:
    if blog.gone_at:
        return _("gone for good since {moment}").format(moment=moment(blog.gone_at))
    if blog.is_paused:
        return _("paused")
    return (
        _("! {error} (since {moment})").format(error=blog.error, moment=moment(blog.error_since))
        if blog.error
        else ""
    )


def _refreshed_json(blog: "BlogRefreshed") -> dict[str, object]:
    return {
        "id": blog.blog_id,
        "title": blog.title,
        "outcome": blog.outcome,
        "new_posts": blog.new_posts,
        "new_comments": blog.new_comments,
        "error": blog.error,
    }


def _tell(done: "list[BlogRefreshed]", seconds: float) -> None:
    for blog in done:
        if blog.new_posts or blog.new_comments:
            posts = ngettext("{count} new post", "{count} new posts", blog.new_posts)
            comments = ngettext("{count} new comment", "{count} new comments", blog.new_comments)
            told = f"{posts.format(count=blog.new_posts)}, {comments.format(count=blog.new_comments)}"
            say(_("{title}: {told}").format(title=blog.title, told=told))
    for blog in done:
        if blog.outcome == "failed":
            warn(f"{blog.title}: {blog.error}", word=_("failed"))
    told = ngettext("{count} blog in {seconds:.1f} s", "{count} blogs in {seconds:.1f} s", len(done))
    is_quiet = not any(blog.new_posts or blog.new_comments for blog in done)
    say(told.format(count=len(done), seconds=seconds) + (": " + _("nothing new") if is_quiet else ""))


COMMANDS = {
    "add": add,
    "remove": remove,
    "blogs": blogs,
    "import": import_,
    "export": export,
    "refresh": refresh,
}
