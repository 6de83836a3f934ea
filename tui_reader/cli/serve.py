"""The command that opens the reader in a browser on this computer."""

import sys

import click

from tui_reader.cli.outlet import check
from tui_reader.cli.output import say
from tui_reader.errors import UsageError
from tui_reader.language import _
from tui_reader.serving import READERS

_HOSTS = ("127.0.0.1", "::1", "localhost")


@click.command()
@click.option("--host", default="127.0.0.1", metavar="HOST", help="127.0.0.1, ::1 or localhost.")
@click.option(
    "--port", type=click.IntRange(0, 65535), default=0, metavar="N", help="Any free one unless told."
)
@click.option(
    "--readers",
    type=click.IntRange(1, 99),
    default=READERS,
    metavar="N",
    help="At most so many pages at once, eight unless told: each has a reader of some 60 MB.",
)
@click.option("--open", "opens", is_flag=True, help="Opens the browser, too.")
@click.option("--demo", is_flag=True, help="Serves the demo; every page that is opened is one of its own.")
def serve(host: str, port: int, *, readers: int, opens: bool, demo: bool) -> None:
    """Opens the reader in a browser on this computer.

    The address that is printed holds a secret: whoever has it reads and writes as you. Ctrl+C ends it.
    """
    if host not in _HOSTS:
        raise UsageError(
            _(
                "{host} may be reached from other computers, and who reads your blogs there can write in"
                " your name: only {hosts}. From elsewhere use a tunnel: ssh -L PORT:127.0.0.1:PORT HOST."
            ).format(host=host, hosts=", ".join(_HOSTS))
        )
    import asyncio

    from tui_reader.serving.server import ReaderServer

    def opened(url: str, once: str) -> None:
        say(url)
        sys.stdout.flush()
        # the address is a secret that nobody can guess: a server of which nobody knows it serves nobody
        check()
        click.echo(_("Ctrl+C ends it. Whoever has the address reads and writes as you."), err=True)
        if opens:
            _open(once)

    asyncio.run(ReaderServer(["demo"] if demo else [], host=host, port=port, readers=readers).run(opened))


def _open(url: str) -> None:
    import threading
    import webbrowser

    try:
        browser = webbrowser.get()
    except webbrowser.Error:
        browser = None
    if browser is None or type(browser) is webbrowser.GenericBrowser:
        click.echo(_("There is no graphical browser here: open the address yourself."), err=True)
        return
    # some start slowly, and the first request comes meanwhile
    threading.Thread(target=browser.open, args=(url,), daemon=True).start()


COMMANDS = {"serve": serve}
