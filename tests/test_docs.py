"""What the manual must name: every command, every exit status, every setting by `config show`."""

from pathlib import Path

import pytest

from tui_reader import config
from tui_reader.cli.program import COMMANDS, LazyGroup, program

ROOT = Path(__file__).parent.parent


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_tells_what_it_does(command):
    assert isinstance(program, LazyGroup)
    found = program.get_command(None, command)  # type: ignore[arg-type]
    assert found is not None
    assert found.help


def test_every_setting_has_a_help_text():
    assert all(help for _, _, help in config.described())


def test_pictures_that_the_readme_shows_are_there():
    import re

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
