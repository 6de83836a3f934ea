"""Runs of the program that are killed, and a demo blog in a process of its own."""

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

RUNNER = Path(__file__).with_name("kill_runner.py")


@dataclass
class Ended:
    """What became of one run."""

    killed: bool
    status: int | None
    steps: int
    out: str
    err: str

    def json(self) -> Any:
        return json.loads(self.out)


class Program:
    """The command line on one home; every call is a process.

    Args:
        home: Its TUI_READER_HOME.
        folder: Where what it prints is put.
    """

    def __init__(self, home: Path, folder: Path) -> None:
        self.home = home
        self._folder = folder
        env = {
            **os.environ,
            "TUI_READER_HOME": str(home),
            "PYTHON_KEYRING_BACKEND": "keyring.backends.fail.Keyring",
        }
        self._process = subprocess.Popen(
            [sys.executable, str(RUNNER)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=env
        )

    def __call__(self, *args: object, **order: Any) -> Ended:
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        order = {"args": [str(arg) for arg in args], "folder": str(self._folder), **order}
        self._process.stdin.write(json.dumps(order) + "\n")
        self._process.stdin.flush()
        told = json.loads(self._process.stdout.readline())
        out, err = (
            (self._folder / name).read_text("utf-8") if (self._folder / name).exists() else ""
            for name in ("out", "err")
        )
        return Ended(told["killed"], told.get("status"), told.get("steps", 0), out, err)

    def begin(self, *args: object, **order: Any) -> Callable[[], Ended]:
        """Starts a call and gives what waits for it."""
        assert self._process.stdin is not None
        order = {"args": [str(arg) for arg in args], "folder": str(self._folder), **order}
        self._process.stdin.write(json.dumps(order) + "\n")
        self._process.stdin.flush()

        def wait() -> Ended:
            assert self._process.stdout is not None
            told = json.loads(self._process.stdout.readline())
            out, err = ((self._folder / name).read_text("utf-8") for name in ("out", "err"))
            return Ended(told["killed"], told.get("status"), told.get("steps", 0), out, err)

        return wait

    def close(self) -> None:
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.close()
        self._process.wait(timeout=60)
        self._process.stdout.close()


@contextmanager
def demo_blog(state: Path, faults: str = "") -> Iterator[str]:
    """The demo blog in a process of its own; gives its address."""
    process = subprocess.Popen(
        [sys.executable, "-m", "tui_reader.demo", "--state", str(state), "--flood", "0", "--fault", faults],
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    try:
        yield process.stdout.readline().strip()
    finally:
        process.terminate()
        process.wait(timeout=60)
        process.stdout.close()
