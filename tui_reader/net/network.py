"""Opens connections to addresses that were checked first, each name looked up once for both."""

import asyncio
from collections import deque
from collections.abc import Callable, Coroutine
from functools import partial
from itertools import chain, zip_longest
from typing import Any

from tui_reader.language import _
from tui_reader.net.reach import Reach
from tui_reader.net.streams import Stream, Streams

_HEAD_START = 0.25
"""Seconds that an address has before the next one is tried beside it (RFC 8305, section 5)."""

Connect = Callable[[str], Coroutine[Any, Any, Stream]]


class CheckedNetwork:
    """Looks a name up, leaves out what may not be reached, and connects to what is left.

    Between a check by name and a connection by name the answer could change; here it cannot.

    Args:
        reach: Says which addresses may be reached.
        network: Makes the connections.
    """

    def __init__(self, reach: Reach, network: Streams | None = None) -> None:
        self._reach = reach
        self._network = network or Streams()

    async def connect(self, host: str, port: int, local_address: str | None = None) -> Stream:
        """A connection to the first address that takes it.

        Raises:
            PrivateTargetError: the host is in a private network, and the user never named it.
            OSError: none could be made.
        """
        connect = partial(self._network.connect_tcp, port=port, local_address=local_address)
        addresses = await self._reach.addresses(host, port)
        return await (connect(addresses[0]) if len(addresses) == 1 else _race(addresses, connect))


async def _race(addresses: list[str], connect: Connect) -> Stream:
    """The first connection that stands, each address begun a little after the one before (RFC 8305)."""
    to_try = deque(_by_turns(addresses))
    running: set[asyncio.Task[Stream]] = set()
    winner = error = None
    try:
        while to_try or running:
            if to_try:
                running.add(asyncio.create_task(connect(to_try.popleft())))
            done, _waiting = await asyncio.wait(
                running, timeout=_HEAD_START if to_try else None, return_when=asyncio.FIRST_COMPLETED
            )
            winner = next((task for task in done if task.exception() is None), None)
            if winner is not None:
                return winner.result()
            error = next((task.exception() for task in done), error)
            running -= done
    finally:
        await _give_up(running - {winner})
    raise error or OSError(_("no address to connect to"))


async def _give_up(tasks: "set[asyncio.Task[Stream]]") -> None:
    for task in tasks:
        task.cancel()
    for stream in await asyncio.gather(*tasks, return_exceptions=True):
        if isinstance(stream, Stream):
            await stream.aclose()


def _by_turns(addresses: list[str]) -> list[str]:
    """IPv6 and IPv4 by turns, beginning with the kind that the system prefers."""
    is_six = ":" in addresses[0]
    same = [text for text in addresses if (":" in text) is is_six]
    other = [text for text in addresses if (":" in text) is not is_six]
    return [text for text in chain.from_iterable(zip_longest(same, other)) if text]
