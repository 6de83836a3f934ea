"""The log: what happened, in a file of the user's own that never holds secrets or what people wrote."""

import logging
import os
import traceback
from datetime import UTC, datetime
from pathlib import Path

NAME = "reader.log"
LARGEST = 256_000
"""Bytes from which the file is put aside; the one before it goes."""
_LONGEST = 2000


class LogFile(logging.Handler):
    """Appends lines to one file; several programs may do so at once."""

    def __init__(self, path: Path) -> None:
        super().__init__()
        self.path = path

    def emit(self, record: logging.LogRecord) -> None:
        """Writes one record; a log that cannot be written stops nobody."""
        try:
            line = self._line(record).encode("utf-8", "replace")
            self._put_aside()
            # opened for each line: another program may have put the file aside meanwhile
            file = os.open(self.path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
            try:
                os.write(file, line)
            finally:
                os.close(file)
        except OSError:
            return

    def _put_aside(self) -> None:
        try:
            if self.path.stat().st_size >= LARGEST:
                self.path.replace(self.path.with_name(f"{NAME}.1"))
        except FileNotFoundError:
            return

    def _line(self, record: logging.LogRecord) -> str:
        # most starts have nothing to tell
        from tui_reader.redact import redacted

        at = datetime.fromtimestamp(record.created, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
        words = f"{at} {record.levelname.lower()} {record.name} {record.getMessage()}"
        if record.exc_info and record.exc_info[1] is not None:
            error = record.exc_info[1]
            words += f": {type(error).__name__} at {_places(error)}"
        words = "".join(char if char.isprintable() else " " for char in redacted(words))
        return f"{words[:_LONGEST]}\n"


def _places(error: BaseException) -> str:
    """Where it came from: files and lines, no values."""
    frames = traceback.extract_tb(error.__traceback__)[-6:]
    return " < ".join(f"{Path(frame.filename).name}:{frame.lineno}" for frame in reversed(frames))


def start(folder: Path, level: str) -> None:
    """Begins to write the log into this folder; a second call replaces the first.

    What others warn of (asyncio of a task that nobody waited for) goes there as well: unheard, Python
    would write it to the terminal, and a stranger's words with it.
    """
    own, others = logging.getLogger("tui_reader"), logging.getLogger()
    for logger in (own, others):
        for handler in [one for one in logger.handlers if isinstance(one, LogFile)]:
            logger.removeHandler(handler)
        logger.addHandler(logging.NullHandler() if level == "off" else LogFile(folder / NAME))
    # nothing of it ever reaches the terminal
    own.propagate = False
    if level != "off":
        own.setLevel(level.upper())


def last_errors(folder: Path, count: int = 5) -> list[str]:
    """The last lines that tell of something wrong, the newest last."""
    found: list[str] = []
    for name in (f"{NAME}.1", NAME):
        try:
            lines = (folder / name).read_text("utf-8", "replace").splitlines()
        except OSError:
            continue
        found += [line for line in lines if line.split(" ", 2)[1:2] in (["error"], ["critical"], ["warning"])]
    return found[-count:]
