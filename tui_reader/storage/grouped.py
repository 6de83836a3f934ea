"""Many small writes as few transactions: what is asked for while one runs goes into the next together."""

import asyncio
from collections.abc import Callable
from functools import partial
from typing import Any, Concatenate, TypeVar

from tui_reader.storage.database import Connection, Database

_T = TypeVar("_T")
_Call = Callable[[Connection], Any]

AT_MOST = 16
"""Writes in one transaction: an act of the user's that waits for its turn waits for no more than these."""


class GroupedWrites:
    """Writes for many that are under way at once; each is kept whole or not at all.

    Args:
        database: Where to.
    """

    def __init__(self, database: Database) -> None:
        self._database = database
        self._waiting: list[tuple[_Call, asyncio.Future[Any]]] = []
        self._writer: asyncio.Task[None] | None = None

    async def run(self, f: Callable[Concatenate[Connection, ...], _T], /, *args: Any, **kwargs: Any) -> _T:
        """Runs ``f(connection, *args, **kwargs)`` in a transaction; what it raises undoes it alone."""
        done: asyncio.Future[_T] = asyncio.get_running_loop().create_future()
        self._waiting.append((lambda db: f(db, *args, **kwargs), done))
        if self._writer is None or self._writer.done():
            self._writer = asyncio.create_task(self._write())
        return await done

    async def finish(self) -> None:
        """Waits until all that was asked for is written, also what nobody waits for any more."""
        if self._writer is not None:
            await asyncio.shield(self._writer)

    async def _write(self) -> None:
        while self._waiting:
            batch, self._waiting = self._waiting[:AT_MOST], self._waiting[AT_MOST:]
            try:
                calls = [call for call, _ in batch]
                results = await self._database.run(partial(_all, calls=calls), is_aside=True)
            except Exception as error:  # noqa: BLE001  (each who waits is told, and raises it)
                results = [error] * len(batch)
            for (_, done), result in zip(batch, results, strict=True):
                if done.cancelled():
                    continue
                if isinstance(result, Exception):
                    done.set_exception(result)
                else:
                    done.set_result(result)


def _all(db: Connection, calls: list[_Call]) -> list[Any]:
    results: list[Any] = []
    for call in calls:
        db.execute("SAVEPOINT one")
        try:
            results.append(call(db))
        except Exception as error:
            if not db.in_transaction:  # the disk is full, or worse: all of it is undone already
                raise
            # it is raised where it is waited for; the others' writes stay
            db.execute("ROLLBACK TO one")
            results.append(error)
        db.execute("RELEASE one")
    return results
