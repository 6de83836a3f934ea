"""What every test may lean on: a fixed clock, the command line, and no network but loopback."""

import json
import logging
import socket
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import pytest

from tui_reader import language

NOW = datetime(2026, 8, 3, 12, 0, tzinfo=UTC)


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
    for name in ("LANGUAGE", "LC_MESSAGES", "LC_TIME"):
        monkeypatch.delenv(name, raising=False)
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
