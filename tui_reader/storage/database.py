"""One SQLite file behind one connection on one thread, so that the event loop only ever waits."""

import os
import sqlite3
import stat
from collections.abc import Callable
from contextlib import closing, suppress
from functools import partial
from pathlib import Path
from sqlite3 import Connection
from typing import TYPE_CHECKING, Any, Concatenate, TypeVar

from tui_reader.errors import StorageError
from tui_reader.language import _
from tui_reader.storage import schema
from tui_reader.storage.failures import acquit, in_plain_words, is_damage, is_suspect

# a command that only reads what is stored has neither a thread nor an event loop
if TYPE_CHECKING:
    from concurrent.futures import ThreadPoolExecutor

    from tui_reader.storage.mending import Mended

__all__ = ["Connection", "Database", "check"]

_T = TypeVar("_T")

_BUSY_SECONDS = 5.0

_OLDEST_SQLITE = (3, 37, 0)
"""The first with STRICT tables."""


class Database:
    """The stored blogs, posts, comments and replies; made by :meth:`open`."""

    def __init__(
        self, path: str, connection: Connection, mended: "Mended | None" = None, *, is_direct: bool = False
    ) -> None:
        self.path = path
        self.mended = mended
        """What was done to a damaged file before it could be opened."""
        self._connection: Connection | None = connection
        self._thread = None if is_direct else _one_thread()

    @classmethod
    def open(cls, path: Path | str, *, is_direct: bool = False) -> "Database":
        """Opens the file, makes it when there is none, and brings an older one up to date.

        A damaged one is kept aside, and what can be read of it takes its place.

        Args:
            path: The file.
            is_direct: All is done on the caller's own thread, who needs no event loop then: for one that
                has nothing else to do meanwhile.

        Raises:
            StorageError: it cannot be opened, is not ours, was made by a newer program, or is so damaged
                that nothing can be read; the file is left as it is.
        """
        name = str(path)
        if sqlite3.sqlite_version_info < _OLDEST_SQLITE:
            raise StorageError(
                _("SQLite {sqlite_version} is too old: this Python needs one of 3.37 or newer").format(
                    sqlite_version=sqlite3.sqlite_version
                )
            )
        try:
            with in_plain_words(name, is_opening=True):
                if name == ":memory:":
                    return cls(name, _open_memory(), is_direct=is_direct)
                connection, mended = _open_whole(Path(path))
        except OSError as error:
            reason = (error.strerror or str(error)).lower()
            raise StorageError(
                _("the database {name} cannot be opened: {reason}").format(name=name, reason=reason)
            ) from error
        return cls(name, connection, mended, is_direct=is_direct)

    async def run(
        self,
        f: Callable[Concatenate[Connection, ...], _T],
        /,
        *args: Any,
        durable: bool = False,
        **kwargs: Any,
    ) -> _T:
        """Runs ``f(connection, *args, **kwargs)`` as one transaction: all of it is kept, or nothing.

        Args:
            f: What to do; it neither begins nor commits.
            args: Passed on.
            durable: On return it is on the disk, whatever happens to the machine then.
            kwargs: Passed on.

        Raises:
            StorageError: SQLite could not do it, for a reason outside this program.
        """
        return await self._worked(partial(self._write, durable, _on_connection(f, args, kwargs)))

    async def read(self, f: Callable[Concatenate[Connection, ...], _T], /, *args: Any, **kwargs: Any) -> _T:
        """Runs ``f(connection, *args, **kwargs)`` on one state of the file; what it writes is not kept.

        Raises:
            StorageError: SQLite could not do it, for a reason outside this program.
        """
        return await self._worked(partial(self._read, _on_connection(f, args, kwargs)))

    def read_now(self, f: Callable[Concatenate[Connection, ...], _T], /, *args: Any, **kwargs: Any) -> _T:
        """Reads before there is an event loop, as for the first frame; blocks the caller."""
        work = partial(self._read, _on_connection(f, args, kwargs))
        return work() if self._thread is None else self._opened(self._thread).submit(work).result()

    async def close(self) -> None:
        """Finishes what was begun and closes the file; a second time does nothing."""
        if self._connection is not None:
            if self._thread is None:
                self._close()
                return
            import asyncio

            # shielded: a cancelled caller must not leave the file open behind a thread that is gone
            await asyncio.shield(asyncio.get_running_loop().run_in_executor(self._thread, self._close))
            self._thread.shutdown(wait=True)

    def close_now(self) -> None:
        """The same without an event loop."""
        if self._thread is None:
            self._close()
        elif self._connection is not None:
            self._thread.submit(self._close).result()
            self._thread.shutdown(wait=True)

    async def _worked(self, work: Callable[[], _T]) -> _T:
        if self._thread is None:
            return work()
        import asyncio

        return await asyncio.get_running_loop().run_in_executor(self._opened(self._thread), work)

    def _opened(self, thread: "ThreadPoolExecutor") -> "ThreadPoolExecutor":
        if self._connection is None:
            raise StorageError(_("the database {path} is closed already").format(path=self.path))
        return thread

    def _db(self) -> Connection:
        # asked again on the thread: the file may have been closed while the call stood in line
        if self._connection is None:
            raise StorageError(_("the database {path} is closed already").format(path=self.path))
        return self._connection

    def _write(self, durable: bool, f: Callable[[Connection], _T]) -> _T:
        db = self._db()
        with in_plain_words(self.path):
            if not durable:
                return _in_transaction(db, f)
            db.execute("PRAGMA synchronous = FULL")
            try:
                return _in_transaction(db, f)
            finally:
                db.execute("PRAGMA synchronous = NORMAL")

    def _read(self, f: Callable[[Connection], _T]) -> _T:
        db = self._db()
        with in_plain_words(self.path):
            db.execute("BEGIN")
            try:
                return f(db)
            finally:
                # not COMMIT: it fails once something damaged was read
                if db.in_transaction:
                    db.execute("ROLLBACK")

    def _close(self) -> None:
        db, self._connection = self._connection, None
        if db is None:
            return
        with in_plain_words(self.path), closing(db), suppress(sqlite3.DatabaseError):
            # the planner's statistics: without them a query may take the wrong index once there is much;
            # they can wait for the next time when another program is writing, or the file is damaged
            db.execute("PRAGMA busy_timeout = 0")
            db.execute("PRAGMA optimize")


def _one_thread() -> "ThreadPoolExecutor":
    from concurrent.futures import ThreadPoolExecutor

    return ThreadPoolExecutor(max_workers=1, thread_name_prefix="database")


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


def _on_connection(
    f: Callable[Concatenate[Connection, ...], _T], args: tuple[Any, ...], kwargs: dict[str, Any]
) -> Callable[[Connection], _T]:
    """The call with everything given but the connection, which comes first."""
    return lambda db: f(db, *args, **kwargs)


def _in_transaction(db: Connection, f: Callable[[Connection], _T]) -> _T:
    db.execute("BEGIN IMMEDIATE")
    # commits, or rolls back when f raises or the commit fails
    with db:
        return f(db)


def _open_memory() -> Connection:
    db = _connect(":memory:")
    schema.migrate(db)
    return db


def _connect(name: str) -> Connection:
    # handed from the opening thread to the database thread, never used by two at a time
    db = sqlite3.connect(name, isolation_level=None, timeout=_BUSY_SECONDS, check_same_thread=False)
    try:
        db.execute("PRAGMA foreign_keys = ON")
        db.execute("PRAGMA synchronous = NORMAL")
        db.execute("PRAGMA temp_store = MEMORY")
    except BaseException:
        db.close()
        raise
    return db


def _open_whole(path: Path) -> "tuple[Connection, Mended | None]":
    """Opens the file; mends it first where it is damaged."""
    if path.with_name(f"{path.name}.saved").exists():
        from tui_reader.storage import mending

        mending.finish(path)
    try:
        db = _open_file(path)
    except sqlite3.DatabaseError as error:
        if not is_damage(error):
            raise
    else:
        if not is_suspect(path):
            return db, None
        if not check(db):
            acquit(path)
            return db, None
        db.close()
    from tui_reader.storage import mending

    mended = mending.mend(path, _create, _connect)
    # where nothing could be saved it fails as before
    return _open_file(path), mended


def _open_file(path: Path) -> Connection:
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
    db = _connect(str(path))
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
        with closing(_connect(temporary)) as db:
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
