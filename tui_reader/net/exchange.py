"""HTTP/1.1 over one connection, a request and its answer at a time; h11 minds what rude servers send."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import suppress
from functools import partial
from typing import Protocol

import h11

from tui_reader.language import _
from tui_reader.net.faults import BrokenError, GarbledError, UnsendableError
from tui_reader.net.messages import Answer, Request
from tui_reader.net.streams import Stream

KEEP_SECONDS = 5.0
"""Without a request for so long, a connection is not trusted any more."""
_AT_ONCE = 65_536
_LONGEST_HEAD = 102_400
"""Bytes of headers, or of a line within a body that comes in chunks."""


class Asks(Protocol):
    """A connection that requests are sent over."""

    @property
    def is_usable(self) -> bool:
        """Whether it takes another request."""
        ...

    @property
    def is_over(self) -> bool:
        """Whether it can be closed without harm to a request under way."""
        ...

    async def ask(self, request: Request, finished: Callable[[], Awaitable[None]]) -> Answer:
        """Sends the request and gives the answer as soon as its headers are there.

        Args:
            request: What is asked.
            finished: Called once the answer was read to its end and the connection serves on. Where
                something fails or is given up, it closes itself.

        Raises:
            UnsendableError: the request cannot be sent, and was not.
            ExchangeError, httpx.TransportError: the server broke off, or does not speak HTTP.
            NotTakenError: it takes no requests any more; nothing was sent.
        """
        ...

    async def aclose(self) -> None:
        """Closes it."""
        ...


class NotTakenError(Exception):
    """The connection is at its end, or full: another one is to be asked."""


class Http1:
    """One connection in HTTP/1.1, used again as long as both sides keep to the protocol.

    Args:
        stream: The connection.
    """

    def __init__(self, stream: Stream) -> None:
        self._stream = stream
        self._state = h11.Connection(h11.CLIENT, max_incomplete_event_size=_LONGEST_HEAD)
        self._clock = asyncio.get_running_loop().time
        self._until = self._clock() + KEEP_SECONDS

    @property
    def is_usable(self) -> bool:
        """Whether it takes another request: an idle server has nothing to say but that it leaves."""
        return self.is_over and not self._stream.has_news and self._clock() < self._until

    @property
    def is_over(self) -> bool:
        """Whether no request is under way."""
        return self._state.our_state is h11.IDLE

    async def ask(self, request: Request, finished: Callable[[], Awaitable[None]]) -> Answer:
        """As :class:`Asks` promises."""
        try:
            asked = self._in_bytes(request)
            if request.watch is not None:
                await request.watch("http11.send_request_headers.started", {"request": request})
            # a server that refuses early closes early; what it said is there to be read
            with suppress(OSError):
                await self._stream.write(asked)
            while not isinstance(event := await self._next(), h11.Response):
                pass
        except BaseException:
            await self._stream.aclose()
            raise
        return Answer(
            status=event.status_code,
            raw_headers=event.headers.raw_items(),
            pieces=self._read(),
            ended=partial(self._ended, finished),
        )

    async def aclose(self) -> None:
        """Closes it."""
        await self._stream.aclose()

    async def _read(self) -> AsyncIterator[bytes]:
        while isinstance(event := await self._next(), h11.Data):
            yield bytes(event.data)

    async def _ended(self, finished: Callable[[], Awaitable[None]]) -> None:
        if self._state.our_state is h11.DONE and self._state.their_state is h11.DONE:
            self._state.start_next_cycle()
            self._until = self._clock() + KEEP_SECONDS
            await finished()
        else:
            await self._stream.aclose()

    def _in_bytes(self, request: Request) -> bytes:
        try:
            events: list[h11.Event] = [
                h11.Request(method=request.method, target=request.url.target, headers=list(request.headers))
            ]
            if request.content:
                events.append(h11.Data(data=request.content))
            sent = [self._state.send(event) for event in (*events, h11.EndOfMessage())]
        except h11.LocalProtocolError as error:
            raise UnsendableError(str(error)) from error
        return b"".join(filter(None, sent))

    async def _next(self) -> h11.Event | type[h11.PAUSED]:
        while True:
            try:
                event = self._state.next_event()
            except h11.RemoteProtocolError as error:
                raise GarbledError(str(error)) from error
            if not isinstance(event, type) or event is h11.PAUSED:
                return event
            try:
                data = await self._stream.read(_AT_ONCE)
            except OSError as error:
                raise BrokenError(str(error)) from error
            if not data and self._state.their_state is h11.SEND_RESPONSE:
                raise GarbledError(_("the connection was closed"))
            self._state.receive_data(data)
