"""Commands about the program itself: the reader, the demo, configuration."""

import asyncio
import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path

import click

from tui_reader import config, paths
from tui_reader.bootstrap import Services, open_services
from tui_reader.cli.output import say, table
from tui_reader.cli.reader import has_terminal, read


@click.command()
@click.pass_context
def demo(ctx: click.Context) -> None:
    """Opens the reader on a built-in blog, served on loopback, in a throw-away home."""
    if not has_terminal():
        ctx.exit(2)
    ctx.exit(run_demo())


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


def run_demo() -> int:
    """Opens the reader on the demo; gives the exit status."""
    from tui_reader.demo import running_demo

    home = Path(tempfile.mkdtemp(prefix="tui-reader-demo-"))
    try:
        with running_demo(lively=True) as server:

            def opened() -> Services:
                return open_services(home, throw_away=True)

            asyncio.run(_follow(opened, server.blogs))
            result = read(opened, demo=True)
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


COMMANDS = {"demo": demo, "config": config_}
