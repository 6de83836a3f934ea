"""A program in a terminal of its own, watched from outside as the person in front of it would."""

import fcntl
import os
import pty
import re
import select
import signal
import struct
import sys
import termios
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import pyte

# what pyte would show as words: private sequences and the questions that programs ask a terminal
_SKIPPED = re.compile(
    rb"\x1b\[[<>=][0-9;]*[ -/]*[@-~]|\x1b\[\??[0-9;]*\$[a-z]|\x1b\[\?u|\x1b[P_^X][^\x1b]*\x1b\\"
)
READER = [
    sys.executable,
    "-c",
    "import sys; sys.argv = ['tui-reader']; from tui_reader.cli import main; main()",
]
"""The reader, by the door that its script goes through."""


def environ(home: Path, **more: str) -> dict[str, str]:
    """The surroundings of a run: a home of its own, and nothing of the user's."""
    return {
        "PATH": "/usr/local/bin:/usr/bin:/bin",
        "HOME": str(home),
        "TUI_READER_HOME": str(home),
        "TERM": "xterm-256color",
        "COLORTERM": "truecolor",
        "LANG": "C.UTF-8",
        "PYTHON_KEYRING_BACKEND": "keyring.backends.fail.Keyring",
        **more,
    }


class Terminal:
    """One run; bytes are stamped as they come and drawn when they are looked at.

    Drawing takes longer than some programs take to answer, so nothing is drawn while something is measured.
    """

    def __init__(
        self, command: Sequence[str], env: Mapping[str, str], size: tuple[int, int] = (120, 40)
    ) -> None:
        self.width, self.height = size
        self._screen = pyte.Screen(*size)
        self._stream = pyte.ByteStream(self._screen)
        self._drawn = 0
        self.written = b""
        self.chunks: list[tuple[float, bytes]] = []
        self.started = time.perf_counter()
        self.pid, self.fd = pty.fork()
        if not self.pid:
            fcntl.ioctl(0, termios.TIOCSWINSZ, struct.pack("HHHH", size[1], size[0], 0, 0))
            os.execvpe(command[0], list(command), dict(env))

    def __enter__(self) -> "Terminal":
        return self

    def __exit__(self, *exc: object) -> None:
        self.end()

    def drain(self, seconds: float) -> bool:
        """Waits for output and takes it; False when none came, or the program has gone."""
        ready, _, _ = select.select([self.fd], [], [], max(0.0, seconds))
        if not ready:
            return False
        try:
            data = os.read(self.fd, 1 << 20)
        except OSError:
            return False
        if not data:
            return False
        self.chunks.append((time.perf_counter(), data))
        self.written += data
        return True

    def draw(self, most: int | None = None) -> None:
        """Draws what was taken and is not drawn yet, or so many chunks of it."""
        end = len(self.chunks) if most is None else min(len(self.chunks), self._drawn + most)
        for _, data in self.chunks[self._drawn : end]:
            self._stream.feed(_SKIPPED.sub(b"", data))
        self._drawn = end

    @property
    def screen(self) -> pyte.Screen:
        """What stands there, with everything that was taken."""
        self.draw()
        return self._screen

    def text(self) -> str:
        """What stands there."""
        self.draw()
        return self._words()

    def _words(self) -> str:
        # not pyte's own `display`: it trips over a wide letter of which one half is written over
        rows = (self._screen.buffer[y] for y in range(self.height))
        return "\n".join("".join(row[x].data for x in range(self.width)) for row in rows)

    def until(self, seen: Callable[[str], bool] | str, seconds: float = 60.0) -> float:
        """Milliseconds from the start until it is seen.

        Raises:
            TimeoutError: it never was; with the screen as it stands.
        """
        found = (lambda text: seen in text) if isinstance(seen, str) else seen
        limit = time.perf_counter() + seconds
        while time.perf_counter() < limit:
            if not self.drain(0.05):
                continue
            # drawn when all of it is stamped: what comes while something is drawn would be stamped late
            while self.drain(0.005):
                pass
            while self._drawn < len(self.chunks):
                self.draw(1)
                if found(self._words()):
                    return (self.chunks[self._drawn - 1][0] - self.started) * 1000
        if found(self.text()):
            return (time.perf_counter() - self.started) * 1000
        raise TimeoutError(f"never seen; the screen:\n{self.text()}")

    def still(self, quiet: float = 0.25, seconds: float = 20.0) -> None:
        """Waits until nothing is written for a while."""
        limit = time.perf_counter() + seconds
        while time.perf_counter() < limit and self.drain(quiet):
            pass

    def send(self, keys: str | bytes) -> None:
        """Types."""
        os.write(self.fd, keys.encode() if isinstance(keys, str) else keys)

    def answer(
        self,
        keys: str | bytes,
        seen: Callable[[pyte.Screen], object],
        *,
        quiet: float = 0.3,
        seconds: float = 10.0,
    ) -> float:
        """Types, and gives the milliseconds until what is seen is another.

        The stamp is that of the chunk that brought it: chunks are drawn one by one when all have come.

        Args:
            keys: What is typed.
            seen: What is looked at: a mark that moves, whether some words are there.
            quiet: Seconds without output after which all is taken to have come.
            seconds: How long it may take altogether.

        Raises:
            TimeoutError: nothing changed.
        """
        self.draw()
        before = seen(self._screen)
        at = time.perf_counter()
        self.send(keys)
        if not self.drain(seconds):
            raise TimeoutError(f"{keys!r} brought no answer")
        self.still(quiet, seconds)
        while self._drawn < len(self.chunks):
            self.draw(1)
            if seen(self._screen) != before:
                return (self.chunks[self._drawn - 1][0] - at) * 1000
        raise TimeoutError(f"{keys!r} changed nothing; the screen:\n{self.text()}")

    def memory(self) -> float:
        """Megabytes that it holds, with all that it started (RSS)."""
        total, todo = 0, [self.pid]
        while todo:
            pid = todo.pop()
            try:
                status = Path(f"/proc/{pid}/status").read_text()
                total += int(re.search(r"VmRSS:\s+(\d+)", status)[1])
                for task in Path(f"/proc/{pid}/task").iterdir():
                    todo += [int(child) for child in (task / "children").read_text().split()]
            except (OSError, TypeError):
                continue
        return total / 1024

    def wait(self, seconds: float = 60.0) -> int | None:
        """Waits for its end; gives its exit status, minus a signal's number, or None when it goes on."""
        limit = time.perf_counter() + seconds
        while time.perf_counter() < limit:
            self.drain(0.05)
            pid, status = os.waitpid(self.pid, os.WNOHANG)
            if pid:
                while self.drain(0.05):
                    pass
                self.pid = 0
                return os.waitstatus_to_exitcode(status)
        return None

    def end(self) -> None:
        """Ends it if it still runs."""
        if self.pid:
            os.kill(self.pid, signal.SIGTERM)
            if self.wait(3) is None:
                os.kill(self.pid, signal.SIGKILL)
                self.wait(3)
        if self.fd >= 0:
            os.close(self.fd)
            self.fd = -1
