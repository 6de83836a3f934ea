"""Connections, shared out so that many hosts do not slow each other down."""

import asyncio
from http.cookiejar import CookieJar, DefaultCookiePolicy
from ssl import PROTOCOL_TLS_CLIENT, SSLContext
from typing import Protocol
from urllib.request import getproxies
from zlib import crc32

import httpx

from tui_reader.net.address import origin
from tui_reader.net.network import CheckedClient, CheckedNetwork, CheckedTransport
from tui_reader.net.reach import Reach

OWN_NAMES = frozenset({"localhost", "127.0.0.1", "::1"})
"""Asked without a proxy, as browsers do: it would look for them on its own computer."""


class Sends(Protocol):
    """What takes a request to its server, an httpx client among others."""

    async def send(self, request: httpx.Request, *, stream: bool, auth: None) -> httpx.Response:
        """Gives the answer as soon as its headers are there."""
        ...

    def is_proxied(self, url: httpx.URL) -> bool:
        """Whether the address is asked by way of a proxy."""
        ...

    async def aclose(self) -> None:
        """Closes every connection."""
        ...


class _Direct:
    """One of httpx's transports without the client around it.

    What the client would add is not wanted here (redirects, cookies, passwords) or done by us, and takes a
    tenth of a short request. Only the environment's proxies need it.
    """

    def __init__(self, transport: httpx.AsyncBaseTransport) -> None:
        self._transport = transport

    async def send(self, request: httpx.Request, *, stream: bool, auth: None) -> httpx.Response:
        answer = await self._transport.handle_async_request(request)
        answer.request = request
        return answer

    def is_proxied(self, url: httpx.URL) -> bool:
        return False

    async def aclose(self) -> None:
        await self._transport.aclose()


class Pool:
    """Gives the client that serves an address, made when it is first needed.

    One httpx client with many connections scans them all for every request; several clients with few
    connections each do not. A host always meets the same client, so that its connections are used again.

    Args:
        transport: Serves every request in place of the network.
        connections: The most connections at a time, over all.
        reach: Says where a connection may go.
    """

    def __init__(self, transport: httpx.AsyncBaseTransport | None, connections: int, reach: Reach) -> None:
        self._transport = transport
        self._reach = reach
        self._connections = connections
        self._clients: dict[tuple[str, int, bool], Sends] = {}
        self._has_proxies = bool(getproxies())
        # it trusts nobody, and is asked nothing: what is plain need not wait for the other
        self._no_tls = SSLContext(PROTOCOL_TLS_CLIENT)
        self._tls: asyncio.Task[SSLContext] | None = None

    async def client_for(self, url: httpx.URL, *, fresh: bool = False) -> Sends:
        """The client for the address.

        Args:
            url: What will be asked for.
            fresh: Open a connection for this request alone: one that was kept may have died unnoticed,
                and then nobody knows whether the request arrived.

        Raises:
            ProxySettingError: the environment names a proxy that cannot be used.
        """
        number = -1 if fresh else crc32(repr(origin(url)).encode("utf-8", "replace")) % self._connections
        by_proxy = self._has_proxies and url.host not in OWN_NAMES
        shard = url.scheme, number, by_proxy
        if shard not in self._clients and self._transport is not None:
            self._clients[shard] = _Direct(self._transport)
        if shard not in self._clients:
            is_plain = url.scheme == "http" and not by_proxy
            tls = self._no_tls if is_plain else await self._context()
            if shard not in self._clients:
                self._clients[shard] = self._new_client(tls, keep=0 if fresh else 4, by_proxy=by_proxy)
        return self._clients[shard]

    async def aclose(self) -> None:
        """Closes every connection."""
        clients, self._clients = self._clients, {}
        # all at once: each of them waits for the loop's next round
        closed = await asyncio.gather(
            *(client.aclose() for client in clients.values()), return_exceptions=True
        )
        for error in filter(None, closed):
            raise error

    def _new_client(self, tls: SSLContext, keep: int, *, by_proxy: bool) -> Sends:
        limits = httpx.Limits(max_connections=self._connections, max_keepalive_connections=keep)
        if not by_proxy:
            return _Direct(CheckedTransport(CheckedNetwork(self._reach), verify=tls, limits=limits))
        # nothing is remembered between calls: a feed reader is not to be followed about
        cookies = CookieJar(DefaultCookiePolicy(allowed_domains=[]))
        return CheckedClient(
            reach=self._reach, verify=tls, limits=limits, cookies=cookies, follow_redirects=False
        )

    async def _context(self) -> SSLContext:
        """One context for all: it takes 20 ms to make, so not here on the loop and not sixteen times."""
        if self._tls is None:
            self._tls = asyncio.create_task(asyncio.to_thread(httpx.create_ssl_context))
        return await asyncio.shield(self._tls)
