"""SQLite's errors in plain words, each with what to do about it; damage is noted for the next start."""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tui_reader.errors import NoRoomError, StorageError
from tui_reader.language import N_, _

_IN_USE = N_(
    "the database {path} is in use by another program that does not let go; close it, then try again"
)
_WORDS = {
    sqlite3.SQLITE_BUSY: _IN_USE,
    sqlite3.SQLITE_LOCKED: _IN_USE,
    sqlite3.SQLITE_PROTOCOL: _IN_USE,
    sqlite3.SQLITE_FULL: N_(
        "the database {path} cannot grow: the disk is full; make room, then try again: nothing stored is lost"
    ),
    sqlite3.SQLITE_CORRUPT: N_(
        "the database {path} is damaged; it is kept as it is: put a copy of it in its place, or move it away"
        " to begin anew"
    ),
    sqlite3.SQLITE_NOTADB: N_(
        "the database {path} is damaged, or no database at all; it is kept as it is: put a copy of it in its"
        " place, or move it away to begin anew"
    ),
    sqlite3.SQLITE_READONLY: N_(
        "the database {path} cannot be written to; look at the rights of the file and of its folder"
    ),
    sqlite3.SQLITE_PERM: N_(
        "the database {path} cannot be used; look at the rights of the file and of its folder"
    ),
    sqlite3.SQLITE_CANTOPEN: N_(
        "the database {path} cannot be opened; look at the rights of the file and of its folder"
    ),
    sqlite3.SQLITE_IOERR: N_(
        "the database {path} cannot be read or written: the disk reports an error; look at the disk first"
    ),
    sqlite3.SQLITE_NOMEM: N_(
        "the database {path} needs more memory than there is; close other programs, then try again"
    ),
    sqlite3.SQLITE_TOOBIG: N_("the database {path} cannot take a text of this size"),
}
_MENDED_NEXT = N_(
    "the database {path} is damaged; start the program again: it keeps the damaged file and saves what can be"
    " read of it"
)

_LEAST_ROOM = 65_536
"""Bytes without which SQLite opens nothing."""


@contextmanager
def in_plain_words(path: str, *, is_opening: bool = False) -> Iterator[None]:
    """Turns what may happen to a file into a StorageError; what only a bug can cause passes as it is.

    Args:
        path: The file.
        is_opening: What is damaged cannot be mended; otherwise it is noted, and mended at the next start.
    """
    try:
        yield
    except sqlite3.Error as error:
        kind = sqlite3.SQLITE_FULL if has_no_room(error, path) else _kind(error)
        words = _WORDS.get(kind)
        if words is None:
            raise
        if kind == sqlite3.SQLITE_CORRUPT and not is_opening and path != ":memory:":
            words = _MENDED_NEXT
            _suspect(Path(path))
        kept = NoRoomError if kind == sqlite3.SQLITE_FULL else StorageError
        raise kept(_(words).format(path=path)) from error


def has_no_room(error: sqlite3.Error, path: Path | str) -> bool:
    """Whether it is the disk that is full."""
    kind = _kind(error)
    # to open a file, even for reading alone, SQLite makes others beside it, and calls it by another name when
    # it cannot
    is_other = kind in {sqlite3.SQLITE_IOERR, sqlite3.SQLITE_CANTOPEN}
    return kind == sqlite3.SQLITE_FULL or (is_other and _is_full(path))


def _is_full(path: Path | str) -> bool:
    try:
        disk = os.statvfs(Path(path).parent)
    except OSError:
        return False
    return disk.f_bavail * disk.f_frsize < _LEAST_ROOM


def is_damage(error: sqlite3.Error) -> bool:
    """Whether it is the file itself that is spoilt."""
    return _kind(error) in {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB}


def is_suspect(path: Path) -> bool:
    """Whether something damaged was read since the whole file was last looked at."""
    return _note(path).exists()


def acquit(path: Path) -> None:
    """The whole file was looked at, and is sound."""
    _note(path).unlink(missing_ok=True)


def _suspect(path: Path) -> None:
    try:
        _note(path).touch(mode=0o600)
    except OSError:
        # the disk takes nothing any more: the damage will be met again
        return


def _note(path: Path) -> Path:
    return path.with_name(f"{path.name}.suspect")


def _kind(error: sqlite3.Error) -> int:
    # the low byte is the kind; the rest only says how it came to it (https://sqlite.org/rescode.html)
    return getattr(error, "sqlite_errorcode", -1) & 0xFF
