"""Runs a command's coroutine with services that are closed whatever happens."""

from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, TypeVar

from tui_reader.cli.output import warn

# not where a shell completes a command
if TYPE_CHECKING:
    from tui_reader.bootstrap import Services

T = TypeVar("T")


def with_services(work: "Callable[[Services], Awaitable[T]]") -> T:
    """Opens the services of the user's home, does the work, closes them.

    Raises:
        TuiReaderError: whatever the work raises; the program turns it into a line and an exit status.
    """
    from tui_reader.put_off import putting_off

    with putting_off():
        import asyncio

    return asyncio.run(_worked(work))


def with_stored(work: "Callable[[Services], Awaitable[T]]") -> T:
    """The same for work that asks for nothing but what is stored.

    It waits for nobody, so that no event loop is wanted: to load one takes as long as to read the posts.
    """
    working = _worked(work, is_direct=True)
    try:
        working.send(None)
    except StopIteration as done:
        result: T = done.value
        return result
    working.close()
    raise RuntimeError("this waits for something, and there is no event loop")


async def _worked(work: "Callable[[Services], Awaitable[T]]", *, is_direct: bool = False) -> T:
    from tui_reader.bootstrap import open_services

    services = open_services(is_direct=is_direct)
    for words in services.news:
        warn(words)
    try:
        return await work(services)
    finally:
        await services.close()
