"""Work that keeps back while somebody waits for this process."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

BESIDE = 2
"""Pieces of work under way while it keeps back."""
PAUSE = 0.02
"""Seconds from one to the next then: a processor that is half idle answers a key at once."""


class Places:
    """So many are under way at a time, and few while somebody waits.

    Args:
        most: How many at a time.
        gives_way: Whether somebody waits.
    """

    def __init__(self, most: int, gives_way: Callable[[], bool]) -> None:
        self._free = asyncio.Semaphore(most)
        self._gives_way = gives_way
        self._door = asyncio.Lock()
        self._taken = 0

    @asynccontextmanager
    async def one(self) -> AsyncIterator[None]:
        """A place."""
        async with self._free:
            await self._enter()
            try:
                yield
            finally:
                self._taken -= 1

    async def _enter(self) -> None:
        # one after the other through the door: those behind have nothing to look at
        async with self._door:
            if self._gives_way():
                await asyncio.sleep(PAUSE)
            # typing ends by itself and tells nobody: it is looked at again, by one alone
            while self._taken >= BESIDE and self._gives_way():  # noqa: ASYNC110
                await asyncio.sleep(PAUSE)
            self._taken += 1
