"""Opens connections to addresses that were checked first, each name looked up once for both."""

import asyncio
from collections import deque
from collections.abc import Callable, Coroutine, Iterable
from importlib.util import find_spec
from itertools import chain, zip_longest
from ssl import SSLContext
from typing import Any

import httpcore
import httpx

from tui_reader.language import _
from tui_reader.net.reach import PrivateTargetError, Reach
from tui_reader.net.streams import Streams

_HEAD_START = 0.25
"""Seconds that an address has before the next one is tried beside it (RFC 8305, section 5)."""

_SPEAKS_HTTP2 = find_spec("h2") is not None

Connect = Callable[[str], Coroutine[Any, Any, httpcore.AsyncNetworkStream]]


class ProxySettingError(OSError):
    """The environment names a proxy that cannot be used; the text is for the user."""


class CheckedClient(httpx.AsyncClient):
    """An httpx client that connects only where ``reach`` lets it; the proxies of the environment stay.

    Raises:
        ProxySettingError: one of these proxies cannot be used. Nothing is asked without it then: who names
            a proxy may want it for what it hides.
    """

    def __init__(self, *, reach: Reach, **settings: Any) -> None:
        self._backend = CheckedNetwork(reach)
        try:
            super().__init__(**settings)
        except ImportError as error:
            raise ProxySettingError(
                _(
                    "the environment names a SOCKS proxy, for which the package socksio is missing:"
                    " install it beside this program, or name a proxy that begins with http://"
                )
            ) from error
        except (ValueError, TypeError, httpx.InvalidURL) as error:
            raise ProxySettingError(
                _(
                    "the environment names a proxy in a way that cannot be read: look at http_proxy,"
                    " https_proxy, all_proxy and no_proxy"
                )
            ) from error

    def is_proxied(self, url: httpx.URL) -> bool:
        """Whether the address is asked by way of a proxy."""
        return self._transport_for_url(url) is not self._transport

    def _init_transport(self, *_: Any, **settings: Any) -> httpx.AsyncBaseTransport:
        # not `transport=`: with one of our own, httpx would forget the user's proxies
        settings.pop("transport")
        return CheckedTransport(self._backend, **settings)


class CheckedTransport(httpx.AsyncHTTPTransport):
    """One of httpx's, on a network that is checked."""

    def __init__(
        self,
        backend: httpcore.AsyncNetworkBackend,
        *,
        verify: SSLContext,
        limits: httpx.Limits,
        http1: bool = True,
        http2: bool = False,
        **_: Any,
    ) -> None:
        super().__init__(verify=verify, limits=limits, http1=http1, http2=http2)
        # httpx has no way to name a network; the pool made above has opened nothing yet
        self._pool = httpcore.AsyncConnectionPool(
            ssl_context=verify,
            max_connections=limits.max_connections,
            max_keepalive_connections=limits.max_keepalive_connections,
            keepalive_expiry=limits.keepalive_expiry,
            http1=http1,
            # only where TLS negotiates it; what was installed without it does without
            http2=http2 or _SPEAKS_HTTP2,
            network_backend=backend,
        )


class CheckedNetwork(httpcore.AsyncNetworkBackend):
    """Looks a name up, leaves out what may not be reached, and connects to what is left.

    Between a check by name and a connection by name the answer could change; here it cannot.

    Args:
        reach: Says which addresses may be reached.
        network: Makes the connections.
    """

    def __init__(self, reach: Reach, network: httpcore.AsyncNetworkBackend | None = None) -> None:
        self._reach = reach
        self._network = network or Streams()

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,  # noqa: ASYNC109  (httpcore calls it so)
        local_address: str | None = None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.AsyncNetworkStream:
        """A connection to the first address that takes it.

        Raises:
            PrivateTargetError: the host is in a private network, and the user never named it.
        """

        async def connect(address: str) -> httpcore.AsyncNetworkStream:
            return await self._network.connect_tcp(
                address, port, local_address=local_address, socket_options=socket_options
            )

        try:
            async with asyncio.timeout(timeout):
                addresses = await self._reach.addresses(host, port)
                return await (connect(addresses[0]) if len(addresses) == 1 else _race(addresses, connect))
        except PrivateTargetError:
            raise
        except TimeoutError as error:
            raise httpcore.ConnectTimeout(str(error)) from error
        except OSError as error:
            raise httpcore.ConnectError(str(error)) from error

    async def sleep(self, seconds: float) -> None:
        """Waits."""
        await asyncio.sleep(seconds)


async def _race(addresses: list[str], connect: Connect) -> httpcore.AsyncNetworkStream:
    """The first connection that stands, each address begun a little after the one before (RFC 8305)."""
    to_try = deque(_by_turns(addresses))
    running: set[asyncio.Task[httpcore.AsyncNetworkStream]] = set()
    winner = error = None
    try:
        while to_try or running:
            if to_try:
                running.add(asyncio.create_task(connect(to_try.popleft())))
            done, _waiting = await asyncio.wait(
                running, timeout=_HEAD_START if to_try else None, return_when=asyncio.FIRST_COMPLETED
            )
            winner = next((task for task in done if task.exception() is None), None)
            if winner is not None:
                return winner.result()
            error = next((task.exception() for task in done), error)
            running -= done
    finally:
        await _give_up(running - {winner})
    raise error or OSError(_("no address to connect to"))


async def _give_up(tasks: "set[asyncio.Task[httpcore.AsyncNetworkStream]]") -> None:
    for task in tasks:
        task.cancel()
    for stream in await asyncio.gather(*tasks, return_exceptions=True):
        if isinstance(stream, httpcore.AsyncNetworkStream):
            await stream.aclose()


def _by_turns(addresses: list[str]) -> list[str]:
    """IPv6 and IPv4 by turns, beginning with the kind that the system prefers."""
    is_six = ":" in addresses[0]
    same = [text for text in addresses if (":" in text) is is_six]
    other = [text for text in addresses if (":" in text) is not is_six]
    return [text for text in chain.from_iterable(zip_longest(same, other)) if text]
