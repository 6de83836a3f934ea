"""The manual: every command, setting and key, made of the tables that the program itself goes by."""

from collections.abc import Iterator

import click

from tui_reader import config, config_schema
from tui_reader.cli.output import say
from tui_reader.language import _


@click.command()
def manual() -> None:
    """Prints the manual in Markdown: every command, every setting, every key with the name of its act."""
    for line in lines():
        say(line)


def lines() -> Iterator[str]:
    """The manual, line by line, in the language in force."""
    yield "# tui-reader"
    yield ""
    yield _(
        "Reads blogs in the terminal, with the conversation under each post, and answers from the keyboard."
    )
    yield from _commands()
    yield from _settings()
    yield from _keys()


def _commands() -> Iterator[str]:
    from tui_reader.cli.program import COMMANDS, program

    yield from ("", "## " + _("Commands"), "")
    yield _("`tui-reader` without a command opens the reader; `tui-reader COMMAND --help` tells more.")
    yield from ("", f"| {_('command')} | {_('does')} |", "|---|---|")
    context = click.Context(program, info_name="tui-reader")
    for name in COMMANDS:
        command = program.get_command(context, name)
        if command is None:
            continue
        yield from _rows(click.Context(command, info_name=name, parent=context), command)
    yield ""
    yield _(
        "Exit status: 0 done, 1 failed, 2 wrong usage, 3 some blogs failed to refresh, 4 the blog refused the"
        " reply, 5 the reply is queued or its fate is uncertain."
    )


def _rows(context: click.Context, command: click.Command) -> Iterator[str]:
    if isinstance(command, click.Group):
        if command.invoke_without_command:
            yield _row(context, command, "")
        for name in command.list_commands(context):
            under = command.get_command(context, name)
            if under is not None:
                yield from _rows(click.Context(under, info_name=name, parent=context), under)
    else:
        usage = " ".join(command.collect_usage_pieces(context)).replace("[OPTIONS]", "").strip()
        yield _row(context, command, usage)


def _row(context: click.Context, command: click.Command, usage: str) -> str:
    path = context.command_path.removeprefix("tui-reader ")
    options = " ".join(_option(one) for one in command.params if isinstance(one, click.Option))
    call = " ".join(part for part in (path, usage, options) if part)
    return f"| `{call.replace('|', chr(92) + '|')}` | {_cell(command.get_short_help_str(300))} |"


def _option(option: click.Option) -> str:
    name = max(option.opts, key=len)
    return f"[{name}]" if option.is_flag else f"[{name} {(option.metavar or option.name or '').upper()}]"


def _settings() -> Iterator[str]:
    yield from ("", "## " + _("Settings"), "")
    yield _(
        "In the file that `tui-reader config path` names; `,` in the reader and `config set` change them."
    )
    yield from ("", f"| {_('setting')} | {_('default')} | {_('does')} |", "|---|---|---|")
    for setting in config_schema.schema():
        default = setting.default
        written = ", ".join(default) if isinstance(default, tuple) else str(default).lower() or '""'
        choices = _("One of: {choices}.").format(choices=", ".join(filter(None, setting.choices)))
        told = f"{_(setting.help)} {choices}" if setting.choices else _(setting.help)
        yield f"| `{setting.key}` | `{written}` | {_cell(told)} |"
    yield ""
    colours = ", ".join(f"`{colour}`" for colour in config.THEME_COLOURS)
    yield _(
        "A theme of your own is a table `[themes.NAME]` with any of {colours}, `base` and `dark`."
    ).format(colours=colours)


def _keys() -> Iterator[str]:
    from tui_reader.ui.keymap import ACTS, Keymap
    from tui_reader.ui.presets import PRESETS

    keymap = Keymap()
    yield from ("", "## " + _("Keys"), "")
    presets = ", ".join(f"`{preset}`" for preset in PRESETS)
    yield _(
        'Under `[keys]` each act takes other keys by its name, `"none"` takes all from it, and `preset` is'
        " one of {presets}."
    ).format(presets=presets)
    group = ""
    for act in ACTS:
        if act.group != group:
            group = act.group
            yield from ("", f"### {group}", "", f"| {_('key')} | {_('act')} | {_('does')} |", "|---|---|---|")
        keys = " ".join(f"`{key}`" for key in keymap.shown(act.id, every=True).split())
        yield f"| {keys.replace('|', chr(92) + '|')} | `{act.id}` | {_cell(act.tooltip)} |"


def _cell(words: str) -> str:
    return " ".join(words.split()).replace("|", "\\|")


COMMANDS = {"manual": manual}
