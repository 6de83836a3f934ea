"""What is loaded when: the services without screens, the commands without what they do not need."""

import os
import subprocess
import sys

import pytest

HEAVY = ("textual", "rich", "httpx", "feedparser", "html2text", "selectolax", "babel", "keyring")


def loaded(code: str, tmp_path, **environ: str) -> set[str]:
    """The packages that a fresh Python has loaded after this."""
    ran = subprocess.run(
        [sys.executable, "-c", f"{code}\nimport sys\nprint('\\n' + ' '.join(sys.modules))"],
        capture_output=True,
        text=True,
        check=True,
        env={**os.environ, "TUI_READER_HOME": str(tmp_path), **environ},
    )
    return {name.partition(".")[0] for name in ran.stdout.splitlines()[-1].split()} | set(
        ran.stdout.splitlines()[-1].split()
    )


def called(*arguments: str) -> str:
    """Code that calls the program."""
    return (
        "from tui_reader.cli import main\n"
        f"try:\n    main({list(arguments)!r})\nexcept SystemExit as end:\n    assert not end.code, end.code"
    )


@pytest.mark.parametrize(
    "module",
    ["library", "conversation", "refresh", "replying", "search", "secrets", "subscriptions"],
)
def test_services_know_no_screen(module, tmp_path):
    found = loaded(f"import tui_reader.services.{module}", tmp_path)
    assert "textual" not in found
    # httpx itself takes along what it finds of Rich
    assert "tui_reader.ui" not in found


@pytest.mark.parametrize(
    "arguments",
    [("--version",), ("posts", "--json")],
    ids=" ".join,
)
def test_quick_commands_load_nothing_slow(arguments, tmp_path):
    assert not loaded(called(*arguments), tmp_path).intersection(HEAVY)


def test_completion_loads_nothing_slow(tmp_path):
    found = loaded(
        called(),
        tmp_path,
        _TUI_READER_COMPLETE="bash_complete",
        COMP_WORDS="tui-reader po",
        COMP_CWORD="1",
    )
    assert not found.intersection(HEAVY)


def test_the_reader_starts_without_what_fetches_and_converts(tmp_path):
    found = loaded("import tui_reader.cli.reader, tui_reader.ui.app", tmp_path)
    assert "textual" in found
    assert not found.intersection(HEAVY) - {"textual", "rich"}
    assert "click" not in found


LATER = [
    "html",
    "textual.widgets._text_area",
    "tui_reader.content.blocks",
    "tui_reader.content.markup",
    "tui_reader.content.widths",
    "tui_reader.domain.comment",
    "tui_reader.domain.conversation",
    "tui_reader.domain.picture",
    "tui_reader.domain.reply",
    "tui_reader.services.conversation",
    "tui_reader.services.refresh",
    "tui_reader.services.replying",
    "tui_reader.storage.acts",
    "tui_reader.storage.comments",
    "tui_reader.ui.answering",
    "tui_reader.ui.commands",
    "tui_reader.ui.desk",
    "tui_reader.ui.outcomes",
    "tui_reader.ui.saving",
    "tui_reader.ui.widgets.article_source",
    "tui_reader.ui.widgets.layout",
    "tui_reader.ui.widgets.spoken",
    "tui_reader.ui.widgets.thread_view",
]
"""What lists of posts have no need of: each of these costs a start milliseconds."""


def test_the_lists_stand_before_the_rest_is_loaded(tmp_path):
    found = loaded("import tui_reader.cli.reader, tui_reader.ui.app, tui_reader.services.library", tmp_path)
    assert not found.intersection(LATER)
    screens = {name.rpartition(".")[2] for name in found if name.startswith("tui_reader.ui.screens.")}
    assert {name for name in screens if not name.endswith("_acts")} == {"moving", "reading", "wayfinding"}


def test_the_first_frame_needs_python_alone(tmp_path):
    found = loaded("import tui_reader.cli\nimport tui_reader.ui.first_frame", tmp_path)
    assert not found.intersection({*HEAVY, "click", "asyncio", "pathlib", "dataclasses"})
