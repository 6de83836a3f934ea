"""Commands about the program itself: the reader, the demo, configuration, doctor."""

import asyncio
import os
import platform
import shutil
import sys
import tempfile
from collections.abc import Callable
from importlib.metadata import version
from pathlib import Path

import click

from tui_reader import __version__, config, paths
from tui_reader.bootstrap import Services, open_services
from tui_reader.cli.output import say, table, warn
from tui_reader.errors import TuiReaderError


def open_reader() -> int:
    """Opens the reader on the user's own home; gives the exit status."""
    if not _has_terminal():
        return 2
    result = _read(lambda: open_services(), demo=False)
    return _demo() if result == "demo" else int(result)


@click.command()
@click.pass_context
def demo(ctx: click.Context) -> None:
    """Opens the reader on a built-in blog, served on loopback, in a throw-away home."""
    if not _has_terminal():
        ctx.exit(2)
    ctx.exit(_demo())


@click.group("config")
def config_() -> None:
    """Where the settings are, what is set, and whether it is right."""


@config_.command("path")
def config_path() -> None:
    """Prints where the settings are read from."""
    say(str(paths.find().config_file))


@config_.command("show")
def config_show() -> None:
    """Prints every setting with its value."""
    settings = config.load(paths.find().config_file)
    rows = []
    for key, default, help in config.described():
        section, _, name = key.partition(".")
        value = getattr(getattr(settings, section), name)
        rows.append((key, repr(value), "" if value == default else f"(default {default!r})", help))
    table(rows)
    for act, keys in settings.keys.items():
        say(f"keys.{act} = {keys}")


@config_.command("check")
def config_check() -> None:
    """Says what is wrong with the settings; exit status 1 when something is."""
    settings = config.load(paths.find().config_file)
    from tui_reader.ui.keymap import Keymap

    Keymap(settings.keys)
    say("the settings are right")


@click.command()
@click.pass_context
def doctor(ctx: click.Context) -> None:
    """Says where things are and what is wrong; never a secret."""
    places = paths.find()
    say(f"tui-reader {__version__}, Python {platform.python_version()}, {platform.system()}")
    for package in ("textual", "feedparser", "httpx", "html2text"):
        say(f"  {package} {version(package)}")
    say(
        f"settings  {places.config_file}{'' if places.config_file.exists() else ' (none: the defaults hold)'}"
    )
    say(f"database  {places.database_file}")
    say(f"terminal  TERM={os.environ.get('TERM', '')} COLORTERM={os.environ.get('COLORTERM', '')}")

    async def work() -> int:
        services = open_services()
        try:
            return await _examine(services)
        finally:
            await services.close()

    try:
        ctx.exit(asyncio.run(work()))
    except TuiReaderError as error:
        warn(str(error), word="wrong")
        ctx.exit(1)


async def _examine(services: Services) -> int:
    from tui_reader.storage.database import check

    faults = await services.database.read(check)
    for fault in faults:
        warn(fault, word="wrong")
    blogs = await services.subscriptions.blogs()
    counts = await services.library.counts()
    say(f"  {len(blogs)} blogs, {counts.posts} posts, {counts.unread} unread, {counts.outbox} in the outbox")
    say(f"secrets   {services.secrets.where()}")
    for blog in blogs:
        if blog.error:
            warn(f"{blog.title}: {blog.error} since {blog.error_since}", word="failing")
    return 1 if faults else 0


def _has_terminal() -> bool:
    if sys.stdin.isatty() and sys.stdout.isatty():
        return True
    warn("the reader needs a terminal; `tui-reader --help` lists what works without one", word="error")
    return False


def _read(opened: Callable[[], Services], *, demo: bool) -> int | str:
    """Runs the screens; gives the exit status, or ``demo`` when the welcome asked for it."""

    async def run() -> int | str:
        from tui_reader.ui.app import ReaderApp

        services = opened()
        try:
            app = ReaderApp(services, demo=demo)
            result = await app.run_async()
            return result if isinstance(result, str) else app.return_code or 0
        finally:
            await services.close()

    return asyncio.run(run())


def _demo() -> int:
    from tui_reader.demo import running_demo

    home = Path(tempfile.mkdtemp(prefix="tui-reader-demo-"))
    try:
        with running_demo(lively=True) as server:

            def opened() -> Services:
                return open_services(home, throw_away=True)

            asyncio.run(_follow(opened, server.blogs))
            result = _read(opened, demo=True)
            return result if isinstance(result, int) else 0
    finally:
        shutil.rmtree(home, ignore_errors=True)


async def _follow(opened: Callable[[], Services], urls: tuple[str, ...]) -> None:
    services = opened()
    try:
        for url in urls:
            await services.subscriptions.add(url)
        await services.replying.add_identity(name="You", email="you@example.org")
    finally:
        await services.close()


COMMANDS = {"demo": demo, "config": config_, "doctor": doctor}
