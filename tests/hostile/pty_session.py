"""The program in a terminal of its own: keys go in, every byte that comes out is kept."""

import errno
import fcntl
import os
import pty
import select
import signal
import struct
import subprocess
import sys
import termios
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

import pyte

KEYS = {
    "enter": "\r",
    "escape": "\x1b",
    "tab": "\t",
    "shift+tab": "\x1b[Z",
    "space": " ",
    "up": "\x1b[A",
    "down": "\x1b[B",
    "right": "\x1b[C",
    "left": "\x1b[D",
    "home": "\x1b[H",
    "end": "\x1b[F",
    "pageup": "\x1b[5~",
    "pagedown": "\x1b[6~",
    "delete": "\x1b[3~",
    "backspace": "\x7f",
    "alt+left": "\x1b[1;3D",
    "alt+right": "\x1b[1;3C",
    "slash": "/",
    "comma": ",",
    "backslash": "\\",
    "f1": "\x1bOP",
    "f2": "\x1bOQ",
    "f3": "\x1bOR",
    "f4": "\x1bOS",
    "f5": "\x1b[15~",
}


def program() -> list[str]:
    """How the installed program is called."""
    script = Path(sys.executable).with_name("tui-reader")
    return [str(script)] if script.exists() else [sys.executable, "-m", "tui_reader"]


def environment(home: Path, **more: str) -> dict[str, str]:
    """A clean one: a home of its own, no keyring, no proxies, no colours of the caller's."""
    kept = {
        name: os.environ[name]
        for name in ("PATH", "LANG", "HOME", "COVERAGE_PROCESS_START", "PYTHONPATH")
        if name in os.environ
    }
    return {
        **kept,
        "LANG": "C.UTF-8",
        "TERM": "xterm-256color",
        "COLORTERM": "truecolor",
        "TUI_READER_HOME": str(home),
        "PYTHON_KEYRING_BACKEND": "keyring.backends.fail.Keyring",
        "PYTHONDONTWRITEBYTECODE": "1",
        **more,
    }


class Session:
    """One run of a program in a pty.

    Args:
        command: What is run.
        env: Its environment.
        size: Columns and lines.
        folder: Where it is started.
    """

    def __init__(
        self,
        command: Sequence[str],
        env: Mapping[str, str],
        size: tuple[int, int] = (140, 44),
        folder: Path | None = None,
    ) -> None:
        self.written = bytearray()
        self._screen = pyte.Screen(*size)
        self._stream = pyte.ByteStream(self._screen)
        self._fed = 0
        self._master, slave = pty.openpty()
        fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", size[1], size[0], 0, 0))
        self.process = subprocess.Popen(
            list(command),
            stdin=slave,
            stdout=slave,
            stderr=slave,
            env=dict(env),
            cwd=folder,
            start_new_session=True,
        )
        os.close(slave)

    def __enter__(self) -> "Session":
        return self

    def __exit__(self, *_: object) -> None:
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGKILL)
            self.process.wait()
        os.close(self._master)

    @property
    def is_running(self) -> bool:
        return self.process.poll() is None

    @property
    def display(self) -> str:
        """What stands on the screen now."""
        # pyte knows less than a terminal: what it has no idea of is taken out first
        new = bytes(self.written[self._fed :])
        self._fed = len(self.written)
        self._stream.feed(new)
        return "\n".join(self._screen.display)

    def press(self, *keys: str, quiet: float = 0.12) -> None:
        """Presses keys, by Textual's names or as text, and waits until nothing more is drawn."""
        for key in keys:
            os.write(self._master, _bytes(key))
            self.settle(quiet)

    def type(self, text: str, quiet: float = 0.12) -> None:
        """Types a text at once."""
        os.write(self._master, text.encode())
        self.settle(quiet)

    def settle(self, quiet: float = 0.12, at_most: float = 10.0) -> None:
        """Reads until nothing was written for a while."""
        end = time.monotonic() + at_most
        while time.monotonic() < end:
            ready, _, _ = select.select([self._master], [], [], quiet)
            if not ready or not self._read():
                return

    def resize(self, columns: int, lines: int) -> None:
        """Gives the terminal another size, as its window would."""
        _ = self.display
        self._screen.resize(lines, columns)
        fcntl.ioctl(self._master, termios.TIOCSWINSZ, struct.pack("HHHH", lines, columns, 0, 0))
        self.process.send_signal(signal.SIGWINCH)
        self.settle(0.3)

    def wait_for(self, words: str, at_most: float = 60.0) -> None:
        """Reads until the words stand on the screen."""
        end = time.monotonic() + at_most
        while words not in self.display:
            if time.monotonic() > end or not self.is_running:
                raise AssertionError(f"{words!r} never came:\n{self.display}")
            self.settle(0.05, 0.5)

    def leave(self, sign: str) -> None:
        """Presses escape until the words are gone from the screen."""
        for _ in range(20):
            if sign not in self.display:
                return
            # an escape with a letter close behind it would be another key
            self.press("escape", quiet=0.3)
        raise AssertionError(f"{sign!r} stays:\n{self.display}")

    def wait_for_end(self, at_most: float = 60.0) -> int:
        """Reads to the end; the exit status."""
        end = time.monotonic() + at_most
        while self.is_running and time.monotonic() < end:
            self.settle(0.05, 0.5)
        self.settle(0.05, 0.5)
        return self.process.wait(timeout=max(0.1, end - time.monotonic()))

    def _read(self) -> bool:
        try:
            piece = os.read(self._master, 65_536)
        except OSError as error:
            if error.errno == errno.EIO:  # the other end is closed
                return False
            raise
        self.written += piece
        return bool(piece)


def _bytes(key: str) -> bytes:
    if key in KEYS:
        return KEYS[key].encode()
    if key.startswith("ctrl+") and len(key) == 6:
        return bytes([ord(key[5]) & 0x1F])
    if len(key) != 1:
        raise ValueError(f"no bytes are known for the key {key!r}")
    return key.encode()
