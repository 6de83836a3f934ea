"""Whose turn it is at a host: one request at a time, more only while it answers fast."""

import asyncio
from collections import deque
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

FAST = 0.5
"""Seconds: a host that takes longer has enough to do with one request."""


class HostTurns:
    """The turns at one host.

    Args:
        most: How many requests at a time while it answers fast.
        clock: Seconds that only grow.
    """

    def __init__(self, most: int, clock: Callable[[], float]) -> None:
        self._most = most
        self._clock = clock
        self._limit = 1
        self._running = 0
        self._waiting: deque[asyncio.Future[None]] = deque()

    @asynccontextmanager
    async def one(self, place: asyncio.Semaphore) -> AsyncIterator[None]:
        """A turn here, and a place among all requests; the wait for that is not the host's."""
        await self._enter()
        try:
            async with place:
                began = self._clock()
                yield
                self._limit = self._most if self._clock() - began < FAST else 1
        except BaseException:
            # refused, too late or given up: no reason to press it
            self._limit = 1
            raise
        finally:
            self._running -= 1
            self._let_in()

    async def _enter(self) -> None:
        if self._running < self._limit and not self._waiting:
            self._running += 1
            return
        turn: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._waiting.append(turn)
        try:
            await turn
        except asyncio.CancelledError:
            if turn.done() and not turn.cancelled():
                # it was our turn at the very moment: somebody else takes it
                self._running -= 1
                self._let_in()
            raise

    def _let_in(self) -> None:
        while self._waiting and self._running < self._limit:
            turn = self._waiting.popleft()
            if not turn.done():
                self._running += 1
                turn.set_result(None)
