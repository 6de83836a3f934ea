"""Commands about the program itself: the reader, the demo, configuration."""

import asyncio
import logging
import shutil
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from tui_reader import config, paths
from tui_reader.bootstrap import Services, open_services, utc_now
from tui_reader.cli.output import say, table, warn
from tui_reader.errors import TuiReaderError

if TYPE_CHECKING:
    from tui_reader.ui.first_frame import Shown


def open_reader(frame: "Shown | None" = None) -> int:
    """Opens the reader on the user's own home; gives the exit status.

    Args:
        frame: What stands on the terminal already.
    """
    if not _has_terminal():
        return 2
    result = _read(open_services, frame=frame)
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


def _has_terminal() -> bool:
    if sys.stdin.isatty() and sys.stdout.isatty():
        return True
    warn("the reader needs a terminal; `tui-reader --help` lists what works without one", word="error")
    return False


def _read(opened: Callable[[], Services], *, demo: bool = False, frame: "Shown | None" = None) -> int | str:
    """Runs the screens; gives the exit status, or ``demo`` when the welcome asked for it."""
    try:
        status, crash = asyncio.run(_run(opened, demo=demo, frame=frame))
    except TuiReaderError:
        raise
    except Exception as error:  # noqa: BLE001 (the outermost place: it is reported, and the program ends)
        status, crash = 1, error
    finally:
        # before anything is said: on the other screen nobody would read it
        if frame is not None:
            frame.leave()
    if crash is None:
        return status
    _say_crash(crash)
    return 1


async def _run(
    opened: Callable[[], Services], *, demo: bool, frame: "Shown | None"
) -> tuple[int | str, Exception | None]:
    from tui_reader.ui.app import ReaderApp

    services = opened()
    try:
        app = ReaderApp(services, demo=demo, frame=frame)
        result = await app.run_async()
        return result if isinstance(result, str) else app.return_code or 0, app.crash
    finally:
        await services.close()


def _say_crash(error: Exception) -> None:
    """One plain message, and where the report is; drafts are stored as they are typed."""
    from tui_reader import crash

    places = paths.find()
    logging.getLogger("tui_reader").error("the reader ended by a fault of its own", exc_info=error)
    file = crash.report(error, places.data_dir, utc_now())
    warn(
        "the reader ended by a fault of its own; drafts and all that was read are stored. "
        + (f"A report without your texts is in {file}" if file else "No report could be written."),
        word="error",
    )


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


COMMANDS = {"demo": demo, "config": config_}
