"""The command that opens the reader on the built-in blog."""

from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

import click

from tui_reader.language import _

# a shell that completes the command needs none of the reader
if TYPE_CHECKING:
    from collections.abc import Callable

    from tui_reader.bootstrap import Services


@click.command()
@click.option("--linear", is_flag=True, help="For screen readers: one column, everything told in words.")
@click.option("--tour", is_flag=True, help="Shows in five steps how to read and to answer.")
@click.pass_context
def demo(ctx: click.Context, *, linear: bool, tour: bool) -> None:
    """Opens the reader on a built-in blog, served on loopback, in a throw-away home."""
    from tui_reader.cli.reader import has_terminal

    if not has_terminal():
        ctx.exit(2)
    ctx.exit(run_demo(is_linear=linear, has_tour=tour))


def run_demo(*, is_linear: bool = False, has_tour: bool = False) -> int:
    """Opens the reader on the demo; gives the exit status.

    Args:
        is_linear: Whether it is told in words alone, whatever the settings say.
        has_tour: Whether it is shown in five steps.
    """
    import asyncio
    import shutil
    import tempfile

    from tui_reader.bootstrap import open_services
    from tui_reader.cli.reader import read
    from tui_reader.demo import running_demo

    home = Path(tempfile.mkdtemp(prefix="tui-reader-demo-"))
    try:
        with running_demo(lively=True) as server:

            def opened() -> "Services":
                return open_services(home, throw_away=True)

            asyncio.run(_follow(opened, server.blogs))
            after = _remember_tour if has_tour else None
            result = read(opened, demo=True, after_tour=after, is_linear=is_linear)
            return result if isinstance(result, int) else 0
    finally:
        shutil.rmtree(home, ignore_errors=True)


def _remember_tour() -> None:
    """It is shown once; where that cannot be kept it is shown again."""
    from tui_reader.cli.reader import tour_mark

    mark = tour_mark()
    with suppress(OSError):
        mark.parent.mkdir(parents=True, exist_ok=True)
        mark.touch()


async def _follow(opened: "Callable[[], Services]", urls: tuple[str, ...]) -> None:
    services = opened()
    try:
        for url in urls:
            await services.subscriptions.add(url)
        await services.replying.add_identity(name=_("You"), email="you@example.org")
    finally:
        await services.close()


COMMANDS = {"demo": demo}
