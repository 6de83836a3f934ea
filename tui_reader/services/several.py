"""Follows several addresses, a few at a time: one that is slow or dead holds nobody up."""

import asyncio
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from tui_reader.errors import TuiReaderError

if TYPE_CHECKING:
    from tui_reader.services.subscriptions import Added, Subscriptions

_AT_ONCE = 8


async def add_several(
    subscriptions: "Subscriptions",
    urls: Sequence[str],
    *,
    folder: str | None = None,
    told: Callable[[int], None] = lambda done: None,
) -> "list[Added | TuiReaderError]":
    """What came of each address, in their order; what went wrong with one stops no other.

    Args:
        subscriptions: Where to.
        urls: The addresses.
        folder: For all that are new.
        told: Is told how many are done, each time one is.
    """
    places = asyncio.Semaphore(_AT_ONCE)
    done = 0

    async def one(url: str) -> "Added | TuiReaderError":
        nonlocal done
        async with places:
            came: Added | TuiReaderError
            try:
                came = await subscriptions.add(url, folder=folder)
            except TuiReaderError as error:
                came = error
        # not when it is given up: whoever asked is gone then
        done += 1
        told(done)
        return came

    async with asyncio.TaskGroup() as group:
        tasks = [group.create_task(one(url)) for url in urls]
    return [task.result() for task in tasks]
