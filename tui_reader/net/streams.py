"""Connections on asyncio alone: the way through anyio takes half of a short request."""

import asyncio
import socket
from typing import TYPE_CHECKING, Any

from tui_reader.language import _

if TYPE_CHECKING:
    from ssl import SSLContext

_MOST_WAITING = 262_144
"""Bytes that may wait to be read; then the server waits as well."""


class Streams:
    """Opens connections."""

    async def connect_tcp(self, host: str, port: int, local_address: str | None = None) -> "Stream":
        """A connection to the host, which is named by its address.

        Raises:
            OSError: none could be made.
        """
        loop = asyncio.get_running_loop()
        # the host is an address by now: what asyncio does to look names up and try several takes as long as
        # the connection itself
        connection = socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET, socket.SOCK_STREAM)
        try:
            connection.setblocking(False)
            if local_address:
                connection.bind((local_address, 0))
            await loop.sock_connect(connection, (host, port))
            transport, incoming = await loop.create_connection(_Incoming, sock=connection)
        except BaseException:
            connection.close()
            raise
        return Stream(transport, incoming)


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


class Stream:
    """One connection: bytes in and out."""

    def __init__(self, transport: asyncio.Transport, incoming: _Incoming) -> None:
        self._transport = transport
        self._incoming = incoming

    @property
    def has_news(self) -> bool:
        """Whether something can be read, be it that the server has closed."""
        return bool(self._incoming.waiting) or self._incoming.has_ended

    async def read(self, most: int) -> bytes:
        """What came, at most so many bytes; nothing when the server has closed.

        Raises:
            OSError: the connection broke.
        """
        incoming = self._incoming
        if not incoming.waiting:
            await incoming.something()
        if not incoming.waiting and incoming.error is not None:
            raise incoming.error
        return incoming.take(most)

    async def write(self, data: bytes) -> None:
        """Sends all of it.

        Raises:
            OSError: the connection is closed.
        """
        if not data:
            return
        if self._transport.is_closing():
            raise ConnectionResetError(_("the connection is closed")) from self._incoming.error
        self._transport.write(data)
        if self._incoming.is_full:
            await self._incoming.room()

    def close(self) -> None:
        """Closes at once: whatever was to be sent has been answered, or is given up."""
        # TLS would wait for the other side's farewell
        self._transport.close()
        self._transport.abort()

    async def aclose(self) -> None:
        """The same, and the socket is closed on return."""
        self.close()
        # asyncio closes it in the loop's next round
        await asyncio.sleep(0)

    async def start_tls(self, context: "SSLContext", host: str) -> None:
        """Encrypts what is said from now on; where that fails, the connection is closed.

        Raises:
            OSError: no secure connection could be made, as with a certificate that is not the host's.
        """
        loop = asyncio.get_running_loop()
        try:
            transport = await loop.start_tls(self._transport, self._incoming, context, server_hostname=host)
        except BaseException:
            await self.aclose()
            raise
        if transport is None:
            raise ConnectionResetError(_("the connection was closed"))
        self._transport = self._incoming.transport = transport

    def info(self, name: str) -> Any:
        """What asyncio knows of the connection under this name."""
        return self._transport.get_extra_info(name)
