"""Commands that put things in order: edit a blog, undo."""

from typing import TYPE_CHECKING

import click

from tui_reader.cli.output import as_json, blog_json, dump, say
from tui_reader.cli.run import with_services
from tui_reader.language import _

if TYPE_CHECKING:
    from tui_reader.bootstrap import Services


@click.command()
@click.argument("blog")
@click.option("--title", metavar="T", help="What you call it; an empty one brings back the blog's own.")
@click.option("--folder", metavar="NAME", help="Put it into this folder; `A / B` is B inside A.")
@click.option("--no-folder", is_flag=True, help="Put it at top level.")
@click.option("--pause/--resume", "pause", default=None, help="Ask it no more, or again; its posts stay.")
@click.option(
    "--full-text/--feed-text",
    "full_text",
    default=None,
    help="Read posts that the feed cuts short from their pages when they are opened, or not.",
)
@as_json
def edit(
    blog: str,
    title: str | None,
    folder: str | None,
    *,
    no_folder: bool,
    pause: bool | None,
    full_text: bool | None,
    as_json: bool,
) -> None:
    """Renames, moves, pauses or resumes BLOG: an id, an address, or a unique part of the title."""
    if folder is not None and no_folder:
        raise click.UsageError(_("give --folder or --no-folder, not both"))
    if title is None and folder is None and not no_folder and pause is None and full_text is None:
        raise click.UsageError(
            _(
                "say what to change: --title, --folder, --no-folder, --pause, --resume, --full-text,"
                " --feed-text"
            )
        )

    async def work(services: "Services") -> None:
        subscriptions = services.subscriptions
        found = await subscriptions.find(blog)
        acts = []
        is_moved = folder is not None or no_folder
        if title is not None and is_moved:
            acts.append(await subscriptions.rename_and_move(found.id, title, folder))
        elif title is not None:
            acts.append(await subscriptions.rename(found.id, title))
        elif is_moved:
            acts.append(await subscriptions.move(found.id, folder))
        if pause is not None:
            acts.append(await (subscriptions.pause(found.id) if pause else subscriptions.resume(found.id)))
        if full_text is not None:
            acts.append(await subscriptions.want_full_text(found.id, is_wanted=full_text))
        if as_json:
            dump(blog_json(await subscriptions.find(str(found.id))))
            return
        done = [act.what for act in acts if act is not None]
        for what in done:
            say(what)
        if not done:
            say(_("It is so already."))

    with_services(work)


@click.command()
@as_json
def undo(*, as_json: bool) -> None:
    """Takes back what you marked, muted, removed, renamed, moved or paused last; again: the one before."""

    async def work(services: "Services") -> None:
        undone = await services.library.undo()
        left = await services.library.last_act()
        if as_json:
            dump({"undone": undone.what if undone else None, "next": left.what if left else None})
            return
        say(_("undone: {what}").format(what=undone.what) if undone else _("There is nothing to undo."))
        if undone and left:
            say("   " + _("before that: {what}").format(what=left.what))

    with_services(work)


COMMANDS = {"edit": edit, "undo": undo}
