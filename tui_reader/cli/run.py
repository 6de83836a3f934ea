"""Runs a command's coroutine with services that are closed whatever happens."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import TypeVar

from tui_reader.bootstrap import Services, open_services
from tui_reader.cli.output import warn

T = TypeVar("T")


def with_services(work: Callable[[Services], Awaitable[T]]) -> T:
    """Opens the services of the user's home, does the work, closes them.

    Raises:
        TuiReaderError: whatever the work raises; the program turns it into a line and an exit status.
    """

    async def worked() -> T:
        services = open_services()
        for words in services.news:
            warn(words)
        try:
            return await work(services)
        finally:
            await services.close()

    return asyncio.run(worked())
