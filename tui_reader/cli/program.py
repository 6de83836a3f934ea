"""The program ``tui-reader``: its commands, loaded when they are called, and its exit status."""

import gc
import importlib
import os
import sys
from collections.abc import Sequence
from functools import partial
from typing import Any, NoReturn

import click

from tui_reader import __version__, early_look, language, paths
from tui_reader.cli.outlet import told
from tui_reader.cli.spoken import in_short, speak, spoken
from tui_reader.errors import NotFoundError, TuiReaderError, UsageError
from tui_reader.language import _
from tui_reader.put_off import putting_off

COMMANDS = {
    "add": "blogs",
    "remove": "blogs",
    "blogs": "blogs",
    "edit": "organising",
    "import": "blogs",
    "export": "blogs",
    "refresh": "blogs",
    "posts": "reading",
    "show": "reading",
    "comments": "reading",
    "search": "reading",
    "mark": "reading",
    "undo": "organising",
    "conversations": "talk",
    "answers": "talk",
    "reply": "replies",
    "outbox": "replies",
    "identity": "replies",
    "mute": "talk",
    "mutes": "talk",
    "unmute": "talk",
    "config": "settings",
    "doctor": "doctor",
    "manual": "manual",
    "demo": "demo",
    "serve": "serve",
}
"""Each command and the module of ``tui_reader.cli`` that has it."""

_GARBAGE = 10_000
"""New objects after which the garbage among them is looked for."""


class LazyGroup(click.Group):
    """Loads a command's module when the command is called, so that ``--version`` stays quick."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Every command, in the order of a day's work."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command, or None when there is none of this name."""
        if cmd_name not in COMMANDS:
            return None
        with putting_off():
            module = importlib.import_module(f"tui_reader.cli.{COMMANDS[cmd_name]}")
        command: click.Command = module.COMMANDS[cmd_name]
        if not gc.isenabled():
            gc.freeze()
            gc.set_threshold(_GARBAGE)
            gc.enable()
        return in_short(spoken(command))


@click.group(
    cls=LazyGroup,
    invoke_without_command=True,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
@click.version_option(__version__, prog_name="tui-reader")
@click.option("--linear", is_flag=True, help="For screen readers: one column, everything told in words.")
@click.pass_context
def program(ctx: click.Context, linear: bool) -> None:
    """Reads blogs in the terminal, with the conversation under each post, and answers from the keyboard.

    Without a command it opens the reader.

    Exit status: 0 done, 1 failed, 2 wrong usage, 3 some blogs failed to refresh, 4 the blog refused the
    reply, 5 the reply is queued or its fate is uncertain.
    """
    if ctx.invoked_subcommand is None:
        from tui_reader.cli.reader import open_reader

        ctx.exit(open_reader(is_linear=linear))


def _fail_usage(error: click.ClickException) -> int:
    """Says in one line what is wrong with the call, and where one finds what would be right."""
    from tui_reader.cli.output import warn

    words = " ".join(error.format_message().split()).rstrip(".")
    if isinstance(error, click.UsageError) and error.ctx is not None:
        words += _("; `{command} --help` tells more").format(command=error.ctx.command_path)
    warn(words, word="error")
    return error.exit_code


def main(arguments: Sequence[str] | None = None) -> NoReturn:
    """Runs the program and ends the process with the contract's exit status."""
    # files that are made on the way, the database's own among them, are the user's alone
    os.umask(0o077)
    language.use(early_look.language_in(str(paths.find().config_file)))
    sys.exit(told(partial(_status, arguments)))


def _status(arguments: Sequence[str] | None) -> int:
    colour = None if sys.stdout.isatty() and not os.environ.get("NO_COLOR") else False
    speak()
    options: dict[str, Any] = {"prog_name": "tui-reader", "standalone_mode": False, "color": colour}
    try:
        status = spoken(program).main(args=list(arguments) if arguments is not None else None, **options)
    except click.exceptions.Exit as exit:
        status = exit.exit_code
    except click.exceptions.NoArgsIsHelpError as error:
        error.show()
        status = error.exit_code
    except click.ClickException as error:
        status = _fail_usage(error)
    except click.Abort:
        click.echo("", err=True)
        status = 130
    except TuiReaderError as error:
        from tui_reader.cli.output import fail

        is_usage = isinstance(error, UsageError) and not isinstance(error, NotFoundError)
        status = fail(error, 2 if is_usage else 1)
    except Exception as error:  # noqa: BLE001 (the outermost place: it is reported, and the program ends)
        # no traceback: what strangers wrote may stand in it, and acts on the terminal
        from tui_reader.cli.reader import say_crash

        say_crash(error)
        status = 1
    return status if isinstance(status, int) else 0
