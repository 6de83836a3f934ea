"""Asks servers without a proxy between, over connections that are kept for a while."""

import asyncio
from collections.abc import Awaitable, Callable
from functools import partial
from importlib.util import find_spec
from typing import TYPE_CHECKING

from tui_reader.net.address import origin
from tui_reader.net.exchange import Asks, Http1, NotTakenError
from tui_reader.net.faults import NotConnectedError, NotConnectedInTimeError
from tui_reader.net.messages import Answer, Request
from tui_reader.net.network import CheckedNetwork
from tui_reader.net.reach import PrivateTargetError
from tui_reader.net.web_address import WebAddress

# OpenSSL is not loaded where all is asked without it
if TYPE_CHECKING:
    from ssl import SSLContext

SPEAKS_HTTP2 = find_spec("h2") is not None
"""What was installed without it does without."""

_Origin = tuple[str, str, int]


class Direct:
    """HTTP/1.1, and HTTP/2 where TLS agrees on it.

    httpx's own transports search all connections for each request, take locks of several kinds for it,
    and load HTTP/2 and a second asyncio before the first one: half of what a short request takes.

    Args:
        network: Connects where that is allowed.
        tls: Gives what encrypts; asked for when it is first needed.
        keep: The most connections that are kept while nobody asks anything over them.
    """

    def __init__(
        self, network: CheckedNetwork, tls: "Callable[[], Awaitable[SSLContext]]", *, keep: int
    ) -> None:
        self._network = network
        self._tls = tls
        self._keep = keep
        self._kept: dict[_Origin, list[Asks]] = {}
        """Those that nobody uses, or that several can use; where one was used last comes last."""

    async def send(self, request: Request) -> Answer:
        """Gives the answer as soon as its headers are there.

        Raises:
            ExchangeError: no answer came.
            httpx.HTTPError: the same over HTTP/2.
            PrivateTargetError: the address may not be reached.
        """
        where = origin(request.url)
        while True:
            connection = await self._kept_one(where) or await self._new(request, where)
            try:
                return await connection.ask(request, partial(self._put_back, where, connection))
            except NotTakenError:
                continue

    def is_proxied(self, _url: WebAddress) -> bool:
        """Never."""
        return False

    async def aclose(self) -> None:
        """Closes every connection."""
        kept = [connection for some in self._kept.values() for connection in some]
        self._kept.clear()
        # all at once: each of them waits for the loop's next round
        await asyncio.gather(*(connection.aclose() for connection in kept))

    async def _kept_one(self, where: _Origin) -> Asks | None:
        """One that serves; those that do not any more are closed on the way."""
        for connection in tuple(self._kept.get(where, ())):
            if connection.is_usable:
                if isinstance(connection, Http1):
                    self._drop(where, connection)
                return connection
            if connection.is_over:
                self._drop(where, connection)
                await connection.aclose()
        return None

    async def _new(self, request: Request, where: _Origin) -> Asks:
        seconds, host = request.connect_seconds, request.url.raw_host
        if request.watch is not None:
            await request.watch("connection.connect.started", {"request": request})
        try:
            async with asyncio.timeout(seconds):
                stream = await self._network.connect(host, where[2])
            if where[0] == "http":
                return Http1(stream)
            try:
                tls = await self._tls()
            except BaseException:
                await stream.aclose()
                raise
            async with asyncio.timeout(seconds):
                await stream.start_tls(tls, host)
        except PrivateTargetError:
            raise
        except TimeoutError as error:
            raise NotConnectedInTimeError(str(error)) from error
        except OSError as error:
            raise NotConnectedError(str(error)) from error
        if stream.info("ssl_object").selected_alpn_protocol() != "h2":
            return Http1(stream)
        from tui_reader.net.by_httpcore import Http2

        connection = Http2(request.url, stream, tls)
        if self._keep:
            self._kept.setdefault(where, []).append(connection)
        return connection

    async def _put_back(self, where: _Origin, connection: Asks) -> None:
        some = self._kept.pop(where, [])
        self._kept[where] = some if connection in some else [*some, connection]
        surplus = sum(map(len, self._kept.values())) - self._keep
        while surplus > 0 and (oldest := self._oldest()) is not None:
            self._drop(*oldest)
            await oldest[1].aclose()
            surplus -= 1

    def _oldest(self) -> tuple[_Origin, Asks] | None:
        """Of those that nobody uses, the one that was used longest ago."""
        every = ((where, kept) for where, some in self._kept.items() for kept in some)
        return next(((where, kept) for where, kept in every if kept.is_over), None)

    def _drop(self, where: _Origin, connection: Asks) -> None:
        left = [kept for kept in self._kept.pop(where, []) if kept is not connection]
        if left:
            self._kept[where] = left
