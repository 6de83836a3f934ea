"""What takes each request to its server: directly, or by httpx where the environment names proxies."""

import asyncio
from typing import TYPE_CHECKING, Protocol
from zlib import crc32

from tui_reader.net import proxies
from tui_reader.net.address import origin
from tui_reader.net.direct import SPEAKS_HTTP2, Direct
from tui_reader.net.messages import Answer, Request
from tui_reader.net.network import CheckedNetwork
from tui_reader.net.reach import Reach
from tui_reader.net.web_address import WebAddress

# neither is loaded where all is asked directly and without TLS
if TYPE_CHECKING:
    from ssl import SSLContext

    import httpx


class Sends(Protocol):
    """What takes a request to its server."""

    async def send(self, request: Request) -> Answer:
        """Gives the answer as soon as its headers are there."""
        ...

    def is_proxied(self, url: WebAddress, /) -> bool:
        """Whether the address is asked by way of a proxy."""
        ...

    async def aclose(self) -> None:
        """Closes every connection."""
        ...


class _Given:
    """A transport of httpx's kind without the client around it.

    What the client would add is not wanted here (redirects, cookies, passwords) or done by us.
    """

    def __init__(self, transport: "httpx.AsyncBaseTransport") -> None:
        self._transport = transport

    async def send(self, request: Request) -> Answer:
        return Answer.of_httpx(await self._transport.handle_async_request(request.as_httpx()))

    def is_proxied(self, _url: WebAddress) -> bool:
        return False

    async def aclose(self) -> None:
        await self._transport.aclose()


class Pool:
    """Gives what serves an address, made when it is first needed.

    Args:
        transport: Serves every request in place of the network.
        connections: The most connections that are kept.
        reach: Says where a connection may go.
    """

    def __init__(self, transport: "httpx.AsyncBaseTransport | None", connections: int, reach: Reach) -> None:
        self._transport = transport
        self._network = CheckedNetwork(reach)
        self._connections = connections
        self._has_proxies = transport is None and proxies.are_named()
        self._clients: dict[tuple[int, bool], Sends] = {}
        self._tls: asyncio.Task[SSLContext] | None = None

    async def client_for(self, url: WebAddress, *, fresh: bool = False) -> Sends:
        """What serves the address.

        Args:
            url: What will be asked for.
            fresh: Open a connection for this request alone: one that was kept may have died unnoticed,
                and then nobody knows whether the request arrived.

        Raises:
            ProxySettingError: the environment names a proxy that cannot be used.
        """
        name = self._name(url, fresh=fresh)
        if name not in self._clients and name[1]:
            from tui_reader.net.by_httpcore import Proxied

            tls = await self._context()
            proxied = Proxied(self._network, tls, connections=self._connections, keep=0 if fresh else 4)
            self._clients.setdefault(name, proxied)
        if name not in self._clients:
            self._clients[name] = (
                Direct(self._network, self._context, keep=0 if fresh else self._connections)
                if self._transport is None
                else _Given(self._transport)
            )
        return self._clients[name]

    def _name(self, url: WebAddress, *, fresh: bool) -> tuple[int, bool]:
        by_proxy = self._has_proxies and url.host not in proxies.OWN_NAMES
        if fresh or not by_proxy:
            return (-1 if fresh else 0), by_proxy
        # an httpx client with many connections scans them all for every request, several with few do not;
        # a host always meets the same one, so that its connections are used again
        return crc32(repr(origin(url)).encode("utf-8", "replace")) % self._connections, by_proxy

    async def aclose(self) -> None:
        """Closes every connection."""
        clients, self._clients = self._clients, {}
        # all at once: each of them waits for the loop's next round
        closed = await asyncio.gather(
            *(client.aclose() for client in clients.values()), return_exceptions=True
        )
        for error in filter(None, closed):
            raise error

    async def _context(self) -> "SSLContext":
        """One context for all: it takes 20 ms to make, so not here on the loop and not sixteen times."""
        if self._tls is None:
            self._tls = asyncio.create_task(asyncio.to_thread(_new_context))
        return await asyncio.shield(self._tls)


def _new_context() -> "SSLContext":
    import httpx

    context = httpx.create_ssl_context()
    context.set_alpn_protocols(["http/1.1", "h2"] if SPEAKS_HTTP2 else ["http/1.1"])
    return context
