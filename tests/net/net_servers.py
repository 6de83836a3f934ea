"""Small servers for the tests of net: functions over MockTransport, and a real socket for bad manners."""

import asyncio
import ssl
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

import httpx

from tui_reader.net.client import Http

Handler = Callable[[httpx.Request], httpx.Response]


def http_with(handler: Handler, **settings) -> Http:
    """The program's client over a server that is one function."""
    return Http(transport=httpx.MockTransport(handler), **settings)


def streamed(status: int, body: bytes, headers: dict[str, str] | None = None) -> httpx.Response:
    """An answer whose body comes as it would from the wire: httpx does not unpack it first."""

    async def pieces() -> AsyncIterator[bytes]:
        for place in range(0, len(body), 1_000):
            yield body[place : place + 1_000]

    return httpx.Response(status, headers=headers, content=pieces())


Talk = Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]


@asynccontextmanager
async def rude_server(talk: Talk, tls: ssl.SSLContext | None = None) -> AsyncIterator[str]:
    """A real server on loopback that does with each connection what ``talk`` says."""
    tasks: set[asyncio.Task[None]] = set()

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        tasks.add(task)
        try:
            await talk(reader, writer)
        except (ConnectionError, asyncio.IncompleteReadError, asyncio.CancelledError):
            pass
        finally:
            tasks.discard(task)
            writer.close()

    server = await asyncio.start_server(serve, "127.0.0.1", 0, ssl=tls)
    port = server.sockets[0].getsockname()[1]
    try:
        yield f"{'https' if tls else 'http'}://127.0.0.1:{port}/"
    finally:
        server.close()
        for task in list(tasks):
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        await server.wait_closed()


async def request_of(reader: asyncio.StreamReader) -> bytes:
    """Reads one request's head."""
    return await reader.readuntil(b"\r\n\r\n")
