"""Connections on asyncio alone, for httpcore: the way through anyio takes half of a short request."""

import asyncio
from collections.abc import Awaitable, Iterable
from ssl import SSLContext, SSLError
from typing import Any, TypeVar

import httpcore

from tui_reader.language import _

_T = TypeVar("_T")

_MOST_WAITING = 262_144
"""Bytes that may wait to be read; then the server waits as well."""


class Streams(httpcore.AsyncNetworkBackend):
    """Opens connections."""

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,  # noqa: ASYNC109  (httpcore calls it so)
        local_address: str | None = None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.AsyncNetworkStream:
        """A connection to the host.

        Raises:
            httpcore.ConnectError: none could be made.
            httpcore.ConnectTimeout: not in time.
        """
        loop = asyncio.get_running_loop()
        local = (local_address, 0) if local_address else None
        transport, incoming = await _in_time(
            timeout,
            loop.create_connection(_Incoming, host, port, local_addr=local),
            httpcore.ConnectTimeout,
            httpcore.ConnectError,
        )
        for option in socket_options or ():
            transport.get_extra_info("socket").setsockopt(*option)
        return _Stream(transport, incoming)

    async def sleep(self, seconds: float) -> None:
        """Waits."""
        await asyncio.sleep(seconds)


class _Incoming(asyncio.Protocol):
    """What came and was not read yet."""

    def __init__(self) -> None:
        self.waiting = bytearray()
        self.has_ended = False
        self.error: Exception | None = None
        self.transport: asyncio.Transport | None = None
        self._reader: asyncio.Future[None] | None = None
        self._writer: asyncio.Future[None] | None = None
        self.is_full = False
        """Whether what was written waits already."""
        self._is_paused = False

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport = transport if isinstance(transport, asyncio.Transport) else None

    def data_received(self, data: bytes) -> None:
        self.waiting += data
        if len(self.waiting) > _MOST_WAITING and self.transport is not None:
            self.transport.pause_reading()
            self._is_paused = True
        self._wake()

    def eof_received(self) -> bool:
        self.has_ended = True
        self._wake()
        return False

    def connection_lost(self, error: Exception | None) -> None:
        self.has_ended = True
        self.error = self.error or error
        self._wake()
        self.resume_writing()

    def pause_writing(self) -> None:
        self.is_full = True

    def resume_writing(self) -> None:
        self.is_full = False
        if self._writer is not None and not self._writer.done():
            self._writer.set_result(None)

    def _wake(self) -> None:
        if self._reader is not None and not self._reader.done():
            self._reader.set_result(None)

    async def something(self) -> None:
        """Waits until there is something to read, or nothing will come any more."""
        if not self.waiting and not self.has_ended:
            self._reader = asyncio.get_running_loop().create_future()
            await self._reader

    async def room(self) -> None:
        """Waits until more can be written."""
        if self.is_full:
            self._writer = asyncio.get_running_loop().create_future()
            await self._writer

    def take(self, most: int) -> bytes:
        taken = bytes(self.waiting[:most])
        del self.waiting[:most]
        if self._is_paused and len(self.waiting) <= _MOST_WAITING:
            self._is_paused = False
            if self.transport is not None and not self.has_ended:
                self.transport.resume_reading()
        return taken


class _Stream(httpcore.AsyncNetworkStream):
    """One connection, in the words of httpcore."""

    def __init__(self, transport: asyncio.Transport, incoming: _Incoming) -> None:
        self._transport = transport
        self._incoming = incoming

    async def read(self, max_bytes: int, timeout: float | None = None) -> bytes:  # noqa: ASYNC109
        """What came; nothing when the server has closed."""
        incoming = self._incoming
        if not incoming.waiting and not incoming.has_ended:
            await _in_time(timeout, incoming.something(), httpcore.ReadTimeout, httpcore.ReadError)
        if not incoming.waiting and incoming.error is not None:
            raise httpcore.ReadError(str(incoming.error)) from incoming.error
        return incoming.take(max_bytes)

    async def write(self, buffer: bytes, timeout: float | None = None) -> None:  # noqa: ASYNC109
        """Sends all of it."""
        if not buffer:
            return
        if self._transport.is_closing():
            error = self._incoming.error
            raise httpcore.WriteError(str(error or _("the connection is closed"))) from error
        self._transport.write(buffer)
        if self._incoming.is_full:
            await _in_time(timeout, self._incoming.room(), httpcore.WriteTimeout, httpcore.WriteError)

    async def aclose(self) -> None:
        """Closes at once: whatever was to be sent has been answered."""
        self._transport.close()
        self._transport.abort()
        # the socket itself is closed in the loop's next round
        await asyncio.sleep(0)

    async def start_tls(
        self,
        ssl_context: SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,  # noqa: ASYNC109
    ) -> httpcore.AsyncNetworkStream:
        """The same connection, encrypted."""
        loop = asyncio.get_running_loop()
        try:
            transport = await _in_time(
                timeout,
                loop.start_tls(self._transport, self._incoming, ssl_context, server_hostname=server_hostname),
                httpcore.ConnectTimeout,
                httpcore.ConnectError,
            )
        except BaseException:
            await self.aclose()
            raise
        if transport is None:
            raise httpcore.ConnectError(_("the connection was closed"))
        self._incoming.transport = transport
        return _Stream(transport, self._incoming)

    def get_extra_info(self, info: str) -> Any:
        """What httpcore asks of a connection."""
        if info == "is_readable":
            # an idle connection has nothing to say but that it ended
            return bool(self._incoming.waiting) or self._incoming.has_ended
        names = {"client_addr": "sockname", "server_addr": "peername"}
        return self._transport.get_extra_info(names.get(info, info))


async def _in_time(
    seconds: float | None, work: Awaitable[_T], late: type[Exception], failed: type[Exception]
) -> _T:
    try:
        if seconds is None:
            return await work
        async with asyncio.timeout(seconds):
            return await work
    except TimeoutError as error:
        raise late(str(error)) from error
    except (OSError, SSLError) as error:
        raise failed(str(error)) from error
