"""Opens the file of the database: made where there is none, brought up to date, mended if damaged."""

import os
import sqlite3
import stat
from contextlib import closing
from pathlib import Path
from sqlite3 import Connection
from typing import TYPE_CHECKING, NamedTuple

from tui_reader.errors import StorageError
from tui_reader.language import _
from tui_reader.storage import schema
from tui_reader.storage.failures import acquit, has_no_room, in_plain_words, is_damage, is_suspect

if TYPE_CHECKING:
    from tui_reader.storage.mending import Mended

MEMORY = ":memory:"
"""In place of a path: nothing is kept, and one connection is all there can be."""

_BUSY_SECONDS = 5.0

_OLDEST_SQLITE = (3, 37, 0)
"""The first with STRICT tables."""


class Opened(NamedTuple):
    """A file that was opened."""

    connection: Connection
    mended: "Mended | None" = None
    """What was done to a damaged one before."""
    is_alone: bool = False
    """There is no room for the file by which SQLite lets others in: this connection is the only one that can
    be. It reads, and writes as soon as there is room."""


def opened(name: str) -> Opened:
    """A connection to the file.

    Raises:
        StorageError: as for :meth:`~tui_reader.storage.database.Database.open`.
    """
    if sqlite3.sqlite_version_info < _OLDEST_SQLITE:
        raise StorageError(
            _("SQLite {sqlite_version} is too old: this Python needs one of 3.37 or newer").format(
                sqlite_version=sqlite3.sqlite_version
            )
        )
    try:
        with in_plain_words(name, is_opening=True):
            return Opened(_open_memory()) if name == MEMORY else _open_whole(Path(name))
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise StorageError(
            _("the database {name} cannot be opened: {reason}").format(name=name, reason=reason)
        ) from error


def connect(name: str, *, is_alone: bool = False) -> Connection:
    """Another connection to a file that was opened.

    Args:
        name: The file.
        is_alone: No other connection is there, nor can be.
    """
    # handed from the opening thread to a thread of the database, never used by two at a time
    db = sqlite3.connect(name, isolation_level=None, timeout=_BUSY_SECONDS, check_same_thread=False)
    try:
        if is_alone:
            # before the first look into the file, which the next lines take: then the log's index stands in
            # memory, and not in a file (https://www.sqlite.org/wal.html#noshm)
            db.execute("PRAGMA locking_mode = EXCLUSIVE")
        db.execute("PRAGMA foreign_keys = ON")
        db.execute("PRAGMA synchronous = NORMAL")
        db.execute("PRAGMA temp_store = MEMORY")
    except BaseException:
        db.close()
        raise
    return db


def check(db: Connection) -> tuple[str, ...]:
    """What is wrong inside the file, in SQLite's words; empty when all is well. Reads the whole file."""
    faults: list[str] = []
    try:
        faults += [str(row[0]) for row in db.execute("PRAGMA quick_check(20)")]
        faults += [
            f"{table} row {rowid} points to no row of {parent}"
            for table, rowid, parent, _ in db.execute("PRAGMA foreign_key_check")
        ][:20]
    except sqlite3.DatabaseError as error:
        # some damage cannot even be looked at
        faults.append(str(error))
    return tuple(fault for fault in faults if fault != "ok")


def _open_memory() -> Connection:
    db = connect(MEMORY)
    schema.migrate(db)
    return db


def _open_whole(path: Path) -> Opened:
    """Opens the file; mends it first where it is damaged."""
    if path.with_name(f"{path.name}.saved").exists():
        from tui_reader.storage import mending

        mending.finish(path)
    try:
        done = _open_file(path)
    except sqlite3.DatabaseError as error:
        if not is_damage(error):
            raise
    else:
        if not is_suspect(path):
            return done
        if not check(done.connection):
            acquit(path)
            return done
        done.connection.close()
    from tui_reader.storage import mending

    mended = mending.mend(path, _create, connect)
    # where nothing could be saved it fails as before
    return _open_file(path)._replace(mended=mended)


def _open_file(path: Path) -> Opened:
    try:
        status = path.stat()
    except FileNotFoundError:
        _create(path)
        status = path.stat()
    if status.st_size == 0:
        raise StorageError(
            _(
                "the database {path} is empty: something emptied it; put a copy of it in its place, or"
                " move it away to begin anew"
            ).format(path=path)
        )
    if stat.S_ISREG(status.st_mode) and status.st_mode & 0o077:
        # SQLite gives the files beside it (-wal, -shm) the same rights
        path.chmod(0o600)
    try:
        return Opened(_up_to_date(connect(str(path)), path))
    except sqlite3.OperationalError as error:
        if not has_no_room(error, path):
            raise
    return Opened(_up_to_date(connect(str(path), is_alone=True), path), is_alone=True)


def _up_to_date(db: Connection, path: Path) -> Connection:
    try:
        version = schema.version_of(db, path)
        db.execute("PRAGMA journal_mode = WAL")
        if version < schema.VERSION:
            _copy(db, path.with_name(f"{path.name}.v{version}.backup"))
            schema.migrate(db)
    except BaseException:
        db.close()
        raise
    return db


def _create(path: Path) -> None:
    """Makes a whole new file, or none at all: whoever dies here leaves no half-made database.

    When another program made one at the same moment, that one stays.
    """
    import tempfile  # loads compressors: not where there is a database

    handle, temporary = tempfile.mkstemp(prefix=f".{path.name}.", suffix=".new", dir=path.parent)
    os.close(handle)
    try:
        with closing(connect(temporary)) as db:
            db.execute("PRAGMA journal_mode = WAL")
            schema.migrate(db)
        try:
            os.link(temporary, path)
        except FileExistsError:
            return
        except OSError:
            # a file system without hard links
            if not path.exists():
                Path(temporary).rename(path)
    finally:
        Path(temporary).unlink(missing_ok=True)


def _copy(db: Connection, target: Path) -> None:
    """Copies what is stored to ``target``, all of it or nothing."""
    import tempfile

    handle, temporary = tempfile.mkstemp(prefix=f".{target.name}.", dir=target.parent)
    os.close(handle)
    try:
        with closing(sqlite3.connect(temporary)) as copy:
            db.backup(copy)
        Path(temporary).replace(target)
    finally:
        Path(temporary).unlink(missing_ok=True)
