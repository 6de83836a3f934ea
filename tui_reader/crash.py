"""What is written down of a bug that ended the program: where it was, and never what was in it."""

import os
import platform
import sys
import traceback
from datetime import datetime
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from tui_reader import __version__
from tui_reader.redact import redacted

PACKAGES = ("textual", "feedparser", "httpx", "html2text", "selectolax", "click")
KEPT = 5
"""Reports that are kept; older ones go."""
_LONGEST_MESSAGE = 300


def report(error: BaseException, folder: Path, now: datetime) -> Path | None:
    """Writes the report of a bug; gives its file, or None when it cannot be written.

    It holds versions and the way the error took through the code, no local variables; what the error says of
    itself is cut short and has no secrets.
    """
    file = folder / f"crash-{now:%Y%m%d-%H%M%S}-{os.getpid()}.txt"
    try:
        handle = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "w", encoding="utf-8", errors="replace") as written:
            written.write(described(error, now))
        for old in sorted(folder.glob("crash-*.txt"))[:-KEPT]:
            old.unlink(missing_ok=True)
    except OSError:
        return None
    return file


def described(error: BaseException, now: datetime) -> str:
    """The report."""
    lines = [
        f"tui-reader {__version__}, {now:%Y-%m-%d %H:%M:%S} UTC",
        f"Python {platform.python_version()}, {platform.platform()}",
        *versions(),
        f"TERM={os.environ.get('TERM', '')} COLORTERM={os.environ.get('COLORTERM', '')}",
        "",
        *_told(error),
    ]
    home = str(Path.home())
    return (
        "".join(
            char if char.isprintable() or char == "\n" else " "
            for char in redacted("\n".join(lines)).replace(home, "~")
        )
        + "\n"
    )


def versions() -> list[str]:
    """The packages that it stands on, each with its version."""
    found = []
    for package in PACKAGES:
        try:
            found.append(f"{package} {version(package)}")
        except PackageNotFoundError:
            found.append(f"{package} is not installed")
    return found


def _told(error: BaseException) -> list[str]:
    lines: list[str] = []
    seen: set[int] = set()
    part: BaseException | None = error
    while part is not None and id(part) not in seen:
        seen.add(id(part))
        if lines:
            lines += ["", "which came of:", ""]
        for frame in traceback.extract_tb(part.__traceback__):
            lines.append(f"  {_short(frame.filename)}:{frame.lineno} in {frame.name}")
        lines.append(f"{type(part).__qualname__}: {str(part)[:_LONGEST_MESSAGE]}")
        part = part.__cause__ or getattr(part, "error", None) or part.__context__
    return lines


def _short(filename: str) -> str:
    for folder in sys.path:
        if folder and filename.startswith(folder):
            return filename[len(folder) :].lstrip("/")
    return filename
