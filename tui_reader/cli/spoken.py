"""Commands as they describe themselves in the language in force, click's own words among them."""

import copy
import importlib
import re

import click

from tui_reader.docstrings import unwrapped
from tui_reader.language import ENGLISH, N_, _, current

# what click says in its own name, with its own places
_CLICK = (
    N_("Usage:"),
    N_("Options"),
    N_("Commands"),
    N_("Show this message and exit."),
    N_("Show the version and exit."),
    N_("Error: {message}"),
    N_("Try '{command} {option}' for help."),
    N_("Missing command."),
    N_("Missing argument"),
    N_("Missing option"),
    N_("Missing parameter"),
    N_("Invalid value: {message}"),
    N_("Invalid value for {param_hint}: {message}"),
    N_("No such command {name!r}."),
    N_("No such option: {name}"),
    N_("required"),
    N_("default: {default}"),
    N_("env var: {var}"),
    N_("Got unexpected extra argument ({args})"),
    N_("Aborted!"),
)
_MODULES = ("core", "decorators", "exceptions", "formatting", "parser", "termui", "types")


def speak() -> None:
    """Lets click speak as we do: by itself it asks the environment, and knows nothing of our settings."""
    for name in _MODULES:
        module = importlib.import_module(f"click.{name}")
        if "_" in vars(module):
            vars(module)["_"] = _


def spoken(command: click.Command) -> click.Command:
    """A command with its help, its options and its own commands in the language in force."""
    if current() == ENGLISH:
        return command
    said = copy.copy(command)
    # click keeps it once it is made, in the language that was in force then
    vars(said)["_help_option"] = None
    if command.help:
        said.help = _(unwrapped(command.help))
    said.params = [_spoken_option(param) for param in command.params]
    if isinstance(said, click.Group) and isinstance(command, click.Group):
        said.commands = {name: spoken(one) for name, one in command.commands.items()}
    return said


def in_short(command: click.Command) -> click.Command:
    """The command with its line for lists: the first clause of its help, whole however long it is."""
    first = unwrapped(command.help or "").partition("\n\n")[0]
    command.short_help = re.split(r"\s*[;:]\s", first, maxsplit=1)[0].rstrip(".")
    if isinstance(command, click.Group):
        for one in command.commands.values():
            in_short(one)
    return command


def _spoken_option(param: click.Parameter) -> click.Parameter:
    if not isinstance(param, click.Option) or not param.help:
        return param
    said = copy.copy(param)
    said.help = _(param.help)
    return said
