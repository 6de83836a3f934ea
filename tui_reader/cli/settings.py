"""The commands that show, check and change the settings."""

from pathlib import Path

import click

from tui_reader import config, config_schema, paths
from tui_reader.cli.output import say, table, warn
from tui_reader.errors import ConfigError
from tui_reader.language import _


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
    for setting in config_schema.schema():
        value = setting.of(settings)
        default = (
            "" if value == setting.default else _("(default {value})").format(value=_written(setting.default))
        )
        rows.append((setting.key, _written(value), default, _(setting.help)))
    table(rows)
    for act, keys in settings.keys.items():
        say(f"keys.{act} = {keys}")
    for name, colours in settings.themes.items():
        for key, colour in colours.items():
            say(f"themes.{name}.{key} = {_written(colour)}")


@config_.command("check")
def config_check() -> None:
    """Says what is wrong with the settings; exit status 1 when something is."""
    _check(config.load(paths.find().config_file))
    say(_("the settings are right"))


@config_.command("set")
@click.argument("key")
@click.argument("value")
def config_set(key: str, value: str) -> None:
    """Sets one setting; comments and all else in the file stay.

    KEY is such as look.theme, keys.post.star or themes.mine.background; VALUE true or false, a number,
    words, or a list with commas.
    """
    from tui_reader import config_file

    path = paths.find().config_file
    setting = next((one for one in config_schema.schema() if one.key == key), None)
    read: config.Value = setting.read(value) if setting is not None else value
    if key.startswith("themes.") and key.endswith(".dark"):
        read = {"true": True, "false": False}.get(value, value)
    if key.startswith("keys."):
        _check_key(path, key.removeprefix("keys."), value)
    config_file.put(path, key, read)
    say(f"{key} = {_written(read)}")
    if key == "look.theme":
        _warn_of_theme(path)


@config_.command("unset")
@click.argument("key")
def config_unset(key: str) -> None:
    """Takes one setting out of the file, so that its default holds."""
    from tui_reader import config_file

    was_there = config_file.take_away(paths.find().config_file, key)
    setting = next((one for one in config_schema.schema() if one.key == key), None)
    told = _("{key} is taken out") if was_there else _("{key} was not set")
    if setting is not None:
        told += _("; {value} holds, the default").format(value=_written(setting.default))
    say(told.format(key=key))


def _written(value: config.Value) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return ", ".join(value) if isinstance(value, tuple) else repr(value)


def _check(settings: config.Settings) -> None:
    """All that only the screens can know: keys and themes."""
    from tui_reader.ui.keymap import Keymap
    from tui_reader.ui.own_themes import theme_faults

    faults = theme_faults(settings)
    try:
        Keymap(settings.keys)
    except ConfigError as error:
        faults = [*str(error).splitlines(), *faults]
    if faults:
        raise ConfigError("\n".join(faults))


def _check_key(path: Path, act: str, keys: str) -> None:
    """A key is set only when the keymap takes it; what was wrong before is not its fault."""
    from tui_reader.ui.keymap import Keymap

    settings = config.load(path)
    try:
        Keymap({**settings.keys, act: keys})
    except ConfigError as error:
        before = ""
        try:
            Keymap(settings.keys)
        except ConfigError as known:
            before = str(known)
        if new := [line for line in str(error).splitlines() if line not in before]:
            raise ConfigError("\n".join(new)) from error


def _warn_of_theme(path: Path) -> None:
    from tui_reader.ui.own_themes import theme_faults

    for fault in theme_faults(config.load(path)):
        warn(fault, word=_("note"))


COMMANDS = {"config": config_}
