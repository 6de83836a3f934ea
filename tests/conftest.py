"""What every test may lean on: a fixed clock, the command line, and no network but loopback."""

import json
import logging
import os
import re
import socket
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import hypothesis
import pytest

from tui_reader import language

NOW = datetime(2026, 8, 3, 12, 0, tzinfo=UTC)

_OF_WHOEVER_RUNS_THEM = re.compile(
    r"(?i:(http|https|ftp|all|no)_proxy)"
    r"|NO_COLOR|(CLI)?(FORCE_)?COLOR|CLICOLOR(_FORCE)?|COLORTERM|COLUMNS|LINES|ROWS|ESCDELAY|TTY_\w+"
    r"|TEXTUAL(?!_SNAPSHOT)\w*|TERM_PROGRAM\w*|LC_\w+|LANGUAGE|TMUX\w*|STY|KITTY\w*|KONSOLE\w*|VTE_VERSION|WT_SESSION"
    r"|UNICODE_VERSION|BROWSER|VISUAL|EDITOR|TUI_READER_HOME|_TUI_READER_COMPLETE|XDG_(CONFIG|DATA|STATE)_HOME"
    r"|PYTHON_KEYRING_BACKEND|PYTHONWARNINGS|PYTHONIOENCODING|PYTHONOPTIMIZE"
)
"""What the program, Textual and Rich heed in an environment, and what tells of another terminal."""

# Before anything is loaded that looks at it once and for all, and for all programs that tests start: a runner
# may want no colours, stand behind a proxy and speak French. A test of such a thing sets it for itself.
for _name in list(os.environ):
    if _OF_WHOEVER_RUNS_THEM.fullmatch(_name):
        del os.environ[_name]
os.environ |= {"TERM": "xterm-256color", "LANG": "C.UTF-8", "TZ": "UTC"}
time.tzset()

# The same examples each time, and none too slow for a machine that is busy: a run that fails fails again, and
# one that passed is no luck. To look for what is not known yet: HYPOTHESIS_PROFILE=search.
hypothesis.settings.register_profile(
    "same",
    derandomize=True,
    database=None,
    deadline=None,
    suppress_health_check=[hypothesis.HealthCheck.too_slow],
)
hypothesis.settings.register_profile("search", deadline=None, max_examples=2_000, print_blob=True)
hypothesis.settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "same"))


def pytest_make_parametrize_id(config: pytest.Config, val: object, argname: str) -> str | None:
    """Bytes are named by their argument: packed ones hold the time at which they were packed.

    Every worker that shares the tests collects them for itself; a name made of such bytes would
    differ between two of them whenever a second ended in between, and no test would run.
    """
    return argname if isinstance(val, bytes) else None


@pytest.fixture
def now() -> Callable[[], datetime]:
    """A clock that stands still at noon of 3 August 2026."""
    return lambda: NOW


@pytest.fixture(autouse=True)
def _only_loopback(monkeypatch: pytest.MonkeyPatch) -> None:
    """A test that reaches for the network fails at once."""
    connect = socket.socket.connect

    def guarded(self: socket.socket, address: Any) -> None:
        host = address[0] if isinstance(address, tuple) else None
        if (
            host is not None
            and host not in {"127.0.0.1", "::1", "localhost"}
            and not str(host).startswith("127.")
        ):
            raise AssertionError(f"a test tried to reach {host}")
        connect(self, address)

    monkeypatch.setattr(socket.socket, "connect", guarded)


@pytest.fixture(autouse=True)
def _log_as_it_was() -> Iterator[None]:
    """The program keeps its log from the terminal; the next test may want to see what is logged."""
    logger = logging.getLogger("tui_reader")
    before = (list(logger.handlers), logger.level, logger.propagate)
    yield
    logger.handlers[:], logger.level, logger.propagate = before


@pytest.fixture(autouse=True)
def _english(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Tests read English, whatever the machine speaks; those of other languages ask for them."""
    monkeypatch.setenv("LC_ALL", "C.UTF-8")
    yield
    language.use("en")
    # as the settings have it by default; there only where the screens were
    if (manners := sys.modules.get("tui_reader.ui.manner")) is not None:
        manners.use(manners.Manner())


@dataclass
class Ran:
    """What a call of the command line gave."""

    status: int
    out: str
    err: str

    def json(self) -> Any:
        """Its stdout, as JSON."""
        return json.loads(self.out)


@pytest.fixture
def cli(tmp_path, monkeypatch, capsys) -> Callable[..., Ran]:
    """Runs ``tui-reader`` with these arguments, in this process, on a home of its own."""
    from tui_reader.cli import main

    monkeypatch.setenv("TUI_READER_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("PYTHON_KEYRING_BACKEND", "keyring.backends.fail.Keyring")

    def run(*arguments: object) -> Ran:
        with pytest.raises(SystemExit) as ended:
            main([str(argument) for argument in arguments])
        printed = capsys.readouterr()
        return Ran(ended.value.code, printed.out, printed.err)

    return run
