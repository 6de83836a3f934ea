"""One SQLite file, written on one thread and read on another, so that the event loop only ever waits."""

import sqlite3
from collections.abc import Callable
from contextlib import closing, suppress
from functools import partial
from pathlib import Path
from sqlite3 import Connection
from typing import TYPE_CHECKING, Any, Concatenate, TypeVar

from tui_reader.errors import StorageError
from tui_reader.language import _
from tui_reader.storage.failures import in_plain_words
from tui_reader.storage.opening import MEMORY, check, connect, opened

# a command that only reads what is stored has neither a thread nor an event loop
if TYPE_CHECKING:
    from concurrent.futures import Future, ThreadPoolExecutor

    from tui_reader.storage.mending import Mended

__all__ = ["Connection", "Database", "check"]

_T = TypeVar("_T")

_PAGES_ASIDE = 256
"""Pages that wait in the file beside the database before they are put in their place."""


class Database:
    """The stored blogs, posts, comments and replies; made by :meth:`open`.

    Reads and writes have a connection each: a read waits for no write but those of the reader's own that
    were asked for before it, which it sees.
    """

    def __init__(
        self,
        path: str,
        connection: Connection,
        mended: "Mended | None" = None,
        is_alone: bool = False,
        *,
        is_direct: bool = False,
    ) -> None:
        self.path = path
        self.mended = mended
        """What was done to a damaged file before it could be opened."""
        self.has_no_room = is_alone
        """The disk was full as it was opened: what is stored can be read, and nothing is kept before there is
        room."""
        self._connection: Connection | None = connection
        """What reads. A start reads: what writes is opened when something is first to be written."""
        self._writes_to: Connection | None = None
        self._is_closed = False
        self._reading = None if is_direct else _one_thread("database")
        self._writing = self._reading
        self._own_write: Future[Any] | None = None
        """The last one that reads wait for."""
        if is_direct or is_alone or path == MEMORY:
            self._writes_to = connection
        else:
            self._writing = _one_thread("database-writes")
            connection.execute("PRAGMA query_only = ON")

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
        return cls(str(path), *opened(str(path)), is_direct=is_direct)

    async def run(
        self,
        f: Callable[Concatenate[Connection, ...], _T],
        /,
        *args: Any,
        durable: bool = False,
        is_aside: bool = False,
        **kwargs: Any,
    ) -> _T:
        """Runs ``f(connection, *args, **kwargs)`` as one transaction: all of it is kept, or nothing.

        Args:
            f: What to do; it neither begins nor commits.
            args: Passed on.
            durable: On return it is on the disk, whatever happens to the machine then.
            is_aside: No act of the user's: reads that are asked for meanwhile do not wait until it is done.
            kwargs: Passed on.

        Raises:
            StorageError: SQLite could not do it, for a reason outside this program.
        """
        work = partial(self._write, durable, _on_connection(f, args, kwargs))
        if self._writing is None:
            return work()
        from asyncio import wrap_future

        done = self._opened(self._writing).submit(work)
        if not is_aside:
            self._own_write = done
        return await wrap_future(done)

    async def read(self, f: Callable[Concatenate[Connection, ...], _T], /, *args: Any, **kwargs: Any) -> _T:
        """Runs ``f(connection, *args, **kwargs)`` on one state of the file; it cannot write.

        It sees what was written by then, and each write of :meth:`run` that was asked for before and is
        not ``is_aside``.

        Raises:
            StorageError: SQLite could not do it, for a reason outside this program.
        """
        work = partial(self._read, _on_connection(f, args, kwargs))
        if self._reading is None or self._writing is None:
            return work()
        from asyncio import wrap_future

        if self._own_write is not None and not self._own_write.done():
            # nothing at all is done there; but when it is, all that stood in line before it is
            await wrap_future(self._opened(self._writing).submit(int))
        return await wrap_future(self._opened(self._reading).submit(work))

    def read_now(self, f: Callable[Concatenate[Connection, ...], _T], /, *args: Any, **kwargs: Any) -> _T:
        """Reads before there is an event loop, as for the first frame; blocks the caller."""
        work = partial(self._read, _on_connection(f, args, kwargs))
        return work() if self._reading is None else self._opened(self._reading).submit(work).result()

    async def close(self) -> None:
        """Finishes what was begun and closes the file; a second time does nothing."""
        if self._connection is not None and self._reading is not None:
            from asyncio import get_running_loop, shield

            # shielded: a cancelled caller must not leave the file open behind a thread that is gone
            await shield(get_running_loop().run_in_executor(None, self.close_now))
        else:
            self.close_now()

    def close_now(self) -> None:
        """The same without an event loop."""
        if self._connection is None:
            return
        if self._reading is None or self._writing is None:
            self._close(self._taken())
            return
        # one thread after the other: each first ends what stands in line there
        reader = self._reading.submit(self._taken).result()
        self._writing.submit(self._close, reader).result()
        self._reading.shutdown(wait=True)
        self._writing.shutdown(wait=True)

    def _opened(self, thread: "ThreadPoolExecutor") -> "ThreadPoolExecutor":
        if self._connection is None:
            raise self._closed()
        return thread

    def _closed(self) -> StorageError:
        return StorageError(_("the database {path} is closed already").format(path=self.path))

    def _reads_from(self) -> Connection:
        # asked again on the thread: the file may have been closed while the call stood in line
        if self._connection is None:
            raise self._closed()
        return self._connection

    def _writer(self) -> Connection:
        if self._is_closed:
            raise self._closed()
        if self._writes_to is None:
            self._writes_to = connect(self.path)
            # a quarter of what SQLite takes for good: more is put in its place beside what else goes on, and
            # less when the program ends and waits for the disk
            self._writes_to.execute(f"PRAGMA wal_autocheckpoint = {_PAGES_ASIDE}")
        return self._writes_to

    def _write(self, durable: bool, f: Callable[[Connection], _T]) -> _T:
        with in_plain_words(self.path):
            db = self._writer()
            if not durable:
                return _in_transaction(db, f)
            db.execute("PRAGMA synchronous = FULL")
            try:
                return _in_transaction(db, f)
            finally:
                db.execute("PRAGMA synchronous = NORMAL")

    def _read(self, f: Callable[[Connection], _T]) -> _T:
        with in_plain_words(self.path):
            db = self._reads_from()
            db.execute("BEGIN")
            try:
                return f(db)
            finally:
                # not COMMIT: it fails once something damaged was read
                if db.in_transaction:
                    db.execute("ROLLBACK")

    def _taken(self) -> Connection | None:
        """What has read until now; nothing does any more."""
        reader, self._connection = self._connection, None
        return reader

    def _close(self, reader: Connection | None) -> None:
        if reader is None:
            return
        self._is_closed = True
        writer = self._writes_to or reader
        with in_plain_words(self.path), closing(writer), closing(reader), suppress(sqlite3.DatabaseError):
            # the planner's statistics, which each makes for what it asked: without them a query may take the
            # wrong index once there is much; they can wait for the next time when another program is writing,
            # or the file is damaged
            reader.execute("PRAGMA query_only = OFF")
            for db in {reader, writer}:
                db.execute("PRAGMA busy_timeout = 0")
                db.execute("PRAGMA optimize")


def _one_thread(name: str) -> "ThreadPoolExecutor":
    from concurrent.futures import ThreadPoolExecutor

    return ThreadPoolExecutor(max_workers=1, thread_name_prefix=name)


def version_of_others(db: Connection) -> int:
    """Another number as soon as another connection has written; to be asked of the one that writes."""
    return int(db.execute("PRAGMA data_version").fetchone()[0])


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
