"""SQLite's errors in plain words, each with what to do about it."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from tui_reader.errors import StorageError

_IN_USE = "is in use by another program that does not let go; close it, then try again"
_RIGHTS = "look at the rights of the file and of its folder"
_RESTORE = "it is kept as it is: put a copy of it in its place, or move it away to begin anew"

_WORDS = {
    sqlite3.SQLITE_BUSY: _IN_USE,
    sqlite3.SQLITE_LOCKED: _IN_USE,
    sqlite3.SQLITE_PROTOCOL: _IN_USE,
    sqlite3.SQLITE_FULL: "cannot grow: the disk is full; make room, then try again: nothing stored is lost",
    sqlite3.SQLITE_CORRUPT: f"is damaged; {_RESTORE}",
    sqlite3.SQLITE_NOTADB: f"is damaged, or no database at all; {_RESTORE}",
    sqlite3.SQLITE_READONLY: f"cannot be written to; {_RIGHTS}",
    sqlite3.SQLITE_PERM: f"cannot be used; {_RIGHTS}",
    sqlite3.SQLITE_CANTOPEN: f"cannot be opened; {_RIGHTS}",
    sqlite3.SQLITE_IOERR: "cannot be read or written: the disk reports an error; look at the disk first",
    sqlite3.SQLITE_NOMEM: "needs more memory than there is; close other programs, then try again",
    sqlite3.SQLITE_TOOBIG: "cannot take a text of this size",
}


@contextmanager
def in_plain_words(path: str) -> Iterator[None]:
    """Turns what may happen to a file into a StorageError; what only a bug can cause passes as it is."""
    try:
        yield
    except sqlite3.Error as error:
        # the low byte is the kind; the rest only says how it came to it (https://sqlite.org/rescode.html)
        words = _WORDS.get(getattr(error, "sqlite_errorcode", -1) & 0xFF)
        if words is None:
            raise
        raise StorageError(f"the database {path} {words}") from error
