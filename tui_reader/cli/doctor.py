"""``doctor``: where things are and what is wrong, in words or as JSON; never a secret."""

import locale
import os
import platform
import shutil
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from tui_reader import __version__, config, log, paths
from tui_reader.cli.output import as_json, dump, moment, say, warn
from tui_reader.crash import versions
from tui_reader.domain.reply import ReplyState
from tui_reader.errors import ConfigError, TuiReaderError
from tui_reader.language import _
from tui_reader.redact import redacted

if TYPE_CHECKING:
    from tui_reader.bootstrap import Services

_TERMINAL = ("TERM", "COLORTERM", "TERM_PROGRAM", "TMUX", "STY", "NO_COLOR", "LANG", "LC_ALL")


@click.command()
@as_json
@click.pass_context
def doctor(ctx: click.Context, as_json: bool) -> None:
    """Says where things are and what is wrong; exit status 1 when something is."""
    places = paths.find()
    found: dict[str, Any] = {
        "version": __version__,
        "python": platform.python_version(),
        "system": platform.platform(),
        "packages": dict(line.split(" ", 1) for line in versions()),
        "places": {
            "settings": _place(places.config_file),
            "database": _place(places.database_file),
            "log": _place(places.data_dir / log.NAME),
            "reports": [str(file) for file in sorted(places.data_dir.glob("crash-*.txt"))],
        },
        "terminal": _terminal(),
        "wrong": [],
    }
    try:
        config.load(places.config_file)
    except ConfigError as error:
        found["wrong"] += str(error).splitlines()
    else:
        import asyncio

        asyncio.run(_look(found))
    found["errors"] = log.last_errors(places.data_dir)
    if as_json:
        dump(found)
    else:
        _say(found)
    ctx.exit(1 if found["wrong"] else 0)


async def _look(found: dict[str, Any]) -> None:
    """Adds what the database knows."""
    try:
        from tui_reader.bootstrap import open_services

        services = open_services()
    except TuiReaderError as error:
        found["wrong"] += str(error).splitlines()
        return
    try:
        await _examine(services, found)
    except TuiReaderError as error:
        found["wrong"] += str(error).splitlines()
    finally:
        await services.close()


async def _examine(services: "Services", found: dict[str, Any]) -> None:
    from tui_reader.storage.database import check

    found["wrong"] += await services.database.read(check)
    blogs = await services.library.blogs()
    counts = await services.library.counts()
    found["stored"] = {"blogs": len(blogs), "posts": counts.posts, "unread": counts.unread}
    found["secrets"] = services.secrets.where()
    found["pending"] = [
        # neither the words nor who wrote them
        {
            "id": reply.id,
            "state": reply.state.value,
            "post": redacted(reply.post_url),
            "attempts": reply.attempts,
        }
        for reply in await services.replying.outbox()
        if reply.state is not ReplyState.PUBLISHED
    ]
    found["failing"] = [
        {
            "id": blog.id,
            "title": blog.title,
            "error": redacted(blog.error),
            "advice": blog.advice,
            "since": moment(blog.error_since),
        }
        for blog in blogs
        if blog.error and not blog.is_paused
    ]


def _place(path: Path) -> dict[str, Any]:
    try:
        status = path.stat()
    except OSError:
        return {"path": str(path), "size": None, "mode": None}
    return {"path": str(path), "size": status.st_size, "mode": f"{status.st_mode & 0o777:04o}"}


def _terminal() -> dict[str, Any]:
    size = shutil.get_terminal_size() if sys.stdout.isatty() else None
    return {
        "size": f"{size.columns}x{size.lines}" if size is not None else None,
        "encoding": sys.stdout.encoding,
        "locale": ".".join(part for part in locale.getlocale() if part) or None,
        **{name: os.environ[name] for name in _TERMINAL if name in os.environ},
    }


def _say(found: dict[str, Any]) -> None:
    say(f"tui-reader {found['version']}, Python {found['python']}, {found['system']}")
    for package, version in found["packages"].items():
        say(f"  {package} {version}")
    for name in ("settings", "database", "log"):
        place = found["places"][name]
        state = (
            _("none yet")
            if place["size"] is None
            else _("{size} bytes, {mode}").format(size=place["size"], mode=place["mode"])
        )
        say(f"{name:<9} {place['path']} ({state})")
    for report in found["places"]["reports"]:
        say(f"report    {report}")
    say("terminal  " + " ".join(f"{name}={value}" for name, value in found["terminal"].items()))
    if "stored" in found:
        stored = found["stored"]
        told = _("{blogs} blogs, {posts} posts, {unread} unread").format(**stored)
        say(f"stored    {told}")
        say(f"secrets   {found['secrets']}")
        for reply in found["pending"]:
            told = _("reply {id} to {post}: {state}, {attempts} attempts")
            say(f"outbox    {told.format(**reply)}")
    for line in found["errors"]:
        say(f"logged    {line}")
    for blog in found.get("failing", ()):
        told = _("{title}: {error} since {since}").format(**blog)
        warn("; ".join(part for part in (told, blog["advice"]) if part), word=_("failing"))
    for fault in found["wrong"]:
        warn(fault, word=_("wrong"))
    if not found["wrong"]:
        say(_("nothing is wrong"))


COMMANDS = {"doctor": doctor}
