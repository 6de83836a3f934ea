"""The program served for real: a process, its address, the processes below it."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Served:
    """A running ``tui-reader serve``."""

    url: str
    process: subprocess.Popen[str]

    def readers(self) -> set[int]:
        """The processes that it started for those who look at the page."""
        tasks = Path(f"/proc/{self.process.pid}/task")
        found: set[int] = set()
        for task in tasks.iterdir():
            # a thread may end while we look
            with suppress(FileNotFoundError, ProcessLookupError):
                found.update(map(int, (task / "children").read_text().split()))
        return found


@contextmanager
def serve(home: Path, *arguments: str) -> Iterator[Served]:
    environment = {**os.environ, "TUI_READER_HOME": str(home), "LC_ALL": "C.UTF-8"}
    with subprocess.Popen(
        [sys.executable, "-m", "tui_reader", "serve", *arguments],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        env=environment,
    ) as process:
        try:
            assert process.stdout is not None
            yield Served(process.stdout.readline().strip(), process)
        finally:
            process.kill()
