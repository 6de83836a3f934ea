"""What the manual must name: every command, every exit status, every setting by `config show`."""

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from tui_reader import config, config_schema, language
from tui_reader.cli.manual import lines
from tui_reader.cli.program import COMMANDS, LazyGroup, program
from tui_reader.language import _
from tui_reader.ui.keymap import ACTS, Keymap
from tui_reader.ui.own_themes import theme_faults
from tui_reader.ui.presets import PRESETS

ROOT = Path(__file__).parent.parent


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_tells_what_it_does(command):
    assert isinstance(program, LazyGroup)
    found = program.get_command(None, command)  # type: ignore[arg-type]
    assert found is not None
    assert found.help


def test_every_setting_has_a_help_text():
    assert all(setting.help for setting in config_schema.schema())


def test_every_field_of_the_settings_is_told_of():
    sections = config.Settings()._asdict()
    own_tables = {"keys", "themes"}
    fields = [
        f"{name}.{field}" for name in sections if name not in own_tables for field in sections[name]._fields
    ]
    assert [setting.key for setting in config_schema.schema()] == fields


@pytest.fixture(params=["en", "fr"])
def manual(request) -> str:
    """What ``tui-reader manual`` prints, in each language."""
    language.use(request.param)
    # what a language sets with spaces of its own is printed with plain ones
    return "\n".join(lines()).replace("\u202f", " ").replace("\u00a0", " ")


def _plain(words: str) -> str:
    return " ".join(words.split())


def test_the_manual_has_every_command_with_each_of_its_options(manual):
    def calls(context: click.Context, command: click.Command) -> Iterator[str]:
        if isinstance(command, click.Group):
            for name in command.list_commands(context):
                under = command.get_command(context, name)
                assert under is not None
                yield from calls(click.Context(under, info_name=name, parent=context), under)
        else:
            yield context.command_path.removeprefix("tui-reader ")

    every = list(calls(click.Context(program, info_name="tui-reader"), program))
    assert len(every) > 30
    assert [call for call in every if f"| `{call}" not in manual] == []


def test_the_manual_has_every_setting_with_its_default_and_what_it_may_be(manual):
    table = manual[manual.index("| `look.") :]
    for setting in config_schema.schema():
        (row,) = [line for line in table.splitlines() if line.startswith(f"| `{setting.key}` |")]
        assert _plain(_(setting.help)).split(".")[0].split(" | ")[0][:40] in row
        assert all(choice in row for choice in setting.choices)


def test_the_manual_has_every_act_with_its_keys(manual):
    keymap = Keymap()
    table = manual[manual.index("### ") :].splitlines()
    for act in ACTS:
        (row,) = [line for line in table if f"| `{act.id}` |" in line]
        assert all(f"`{key}`" in row.replace("\\|", "|") for key in keymap.shown(act.id, every=True).split())
        assert _plain(act.tooltip).replace("|", "\\|") in row


def test_the_manual_has_every_preset_and_every_colour_of_a_theme(manual):
    assert [name for name in (*PRESETS, *config.THEME_COLOURS) if f"`{name}`" not in manual] == []


def test_the_readme_says_where_the_manual_is():
    assert "tui-reader manual" in (ROOT / "README.md").read_text()


def test_every_setting_of_the_readme_is_one():
    """What newcomers copy from there is taken by the program."""
    blocks = re.findall(r"```toml\n(.*?)```", (ROOT / "README.md").read_text(), re.DOTALL)
    assert blocks
    for block in blocks:
        settings = config.from_data(tomllib.loads(block))
        assert Keymap(settings.keys)
        assert theme_faults(settings) == []


def test_pictures_that_the_readme_shows_are_there():
    shown = re.findall(r"\]\((tests/pictures/[^)]+)\)", (ROOT / "README.md").read_text())
    assert shown
    assert [name for name in shown if not (ROOT / name).is_file()] == []


def test_no_machine_and_no_registry_is_named():
    """The project installs the same everywhere: no path of a machine, no host of a package registry."""
    told = ["/work/", "/root/", "pypi" + ".org", "npm" + "js", "deb." + "debian", "python" + "hosted"]
    suffixes = {".py", ".md", ".toml", ".php", ".json", ".sh", ""}
    faults = [
        f"{path}: {word}"
        for path in ROOT.rglob("*")
        if path.is_file()
        and path.name != ".coverage"
        and path.suffix in suffixes
        and not {".git", ".venv", "build", "__pycache__", ".mypy_cache", ".ruff_cache", ".hypothesis"}
        & set(path.parts)
        for word in told
        if word in path.read_text(encoding="utf-8", errors="ignore") and path != Path(__file__)
    ]
    assert faults == []
