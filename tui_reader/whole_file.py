"""Writes a file whole or not at all: a full disk or a kill leaves what was there before."""

import errno
import os
import stat
from pathlib import Path

from tui_reader.language import _

_PRIVATE = 0o600


def write(path: Path, text: str, *, is_private: bool = False) -> None:
    """Puts the text in the place of what is there; a new file is for this user alone.

    A link still leads to it, and what is no file, as a pipe, is written to as it is.

    Args:
        path: Where.
        text: What.
        is_private: A file that is there does not keep its rights, but becomes this user's alone.

    Raises:
        OSError: it cannot be written, or is marked as read-only; what was there before is there still.
    """
    path = path.resolve()
    mode = path.stat().st_mode if path.exists() else stat.S_IFREG | _PRIVATE
    if not stat.S_ISREG(mode):
        path.write_text(text, encoding="utf-8")
        return
    if not mode & (stat.S_IWUSR | stat.S_IWGRP | stat.S_IWOTH):
        # a rename asks the folder alone, and would go past the user's own word
        raise PermissionError(errno.EACCES, _("the file is read-only, so nothing was written"), str(path))
    import tempfile  # what packs archives comes with it: not where nothing is written

    number, name = tempfile.mkstemp(prefix=f".{path.name}.", suffix=".new", dir=path.parent)
    try:
        with os.fdopen(number, "w", encoding="utf-8") as file:
            file.write(text)
            file.flush()
            os.fchmod(file.fileno(), _PRIVATE if is_private else stat.S_IMODE(mode))
            os.fsync(file.fileno())
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
