"""What httpcore does for us, loaded only where it is needed: HTTP/2, and the proxies of the environment."""

import asyncio
from collections.abc import Awaitable, Callable, Iterable
from http.cookiejar import CookieJar, DefaultCookiePolicy
from importlib.util import find_spec
from ssl import SSLContext
from typing import Any, TypeVar, cast

import httpcore
import httpx

from tui_reader.language import _
from tui_reader.net.exchange import KEEP_SECONDS, NotTakenError
from tui_reader.net.messages import Answer, Request
from tui_reader.net.network import CheckedNetwork
from tui_reader.net.proxies import ProxySettingError
from tui_reader.net.reach import PrivateTargetError
from tui_reader.net.streams import Stream
from tui_reader.net.web_address import WebAddress

_T = TypeVar("_T")


class Proxied:
    """Asks by way of the proxies of the environment, or directly where they are not for an address.

    Args:
        network: Connects where that is allowed.
        tls: What encrypts.
        connections: The most at a time.
        keep: How many of them are kept while nobody asks anything over them.

    Raises:
        ProxySettingError: one of these proxies cannot be used.
    """

    def __init__(self, network: CheckedNetwork, tls: SSLContext, *, connections: int, keep: int) -> None:
        self._client = _CheckedClient(
            network=network,
            verify=tls,
            limits=httpx.Limits(max_connections=connections, max_keepalive_connections=keep),
            # nothing is remembered between calls: a feed reader is not to be followed about
            cookies=CookieJar(DefaultCookiePolicy(allowed_domains=[])),
            follow_redirects=False,
        )

    async def send(self, request: Request) -> Answer:
        """Gives the answer as soon as its headers are there.

        Raises:
            httpx.HTTPError: no answer came.
            PrivateTargetError: the address may not be reached.
        """
        return Answer.of_httpx(await self._client.send(request.as_httpx(), stream=True, auth=None))

    def is_proxied(self, url: WebAddress) -> bool:
        """Whether the address is asked by way of a proxy."""
        return self._client.is_proxied(url.as_httpx())

    async def aclose(self) -> None:
        """Closes every connection."""
        await self._client.aclose()


class _CheckedClient(httpx.AsyncClient):
    """An httpx client that connects only where that is allowed; the proxies of the environment stay.

    Raises:
        ProxySettingError: one of these proxies cannot be used. Nothing is asked without it then: who names
            a proxy may want it for what it hides.
    """

    def __init__(self, *, network: CheckedNetwork, **settings: Any) -> None:
        self._network = _Network(network)
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

    def _init_transport(self, *_given: Any, **settings: Any) -> httpx.AsyncBaseTransport:
        # not `transport=`: with one of our own, httpx would forget the user's proxies
        settings.pop("transport")
        return _CheckedTransport(self._network, **settings)


class _CheckedTransport(httpx.AsyncHTTPTransport):
    """One of httpx's, on a network that is checked."""

    def __init__(
        self,
        network: httpcore.AsyncNetworkBackend,
        *,
        verify: SSLContext,
        limits: httpx.Limits,
        http1: bool = True,
        http2: bool = False,
        **_more: Any,
    ) -> None:
        super().__init__(verify=verify, limits=limits, http1=http1, http2=http2)
        # httpx has no way to name a network; the pool made above has opened nothing yet
        self._pool = httpcore.AsyncConnectionPool(
            ssl_context=verify,
            max_connections=limits.max_connections,
            max_keepalive_connections=limits.max_keepalive_connections,
            keepalive_expiry=limits.keepalive_expiry,
            http1=http1,
            # only where TLS negotiates it
            http2=http2 or find_spec("h2") is not None,
            network_backend=network,
        )


class Http2(httpx.AsyncHTTPTransport):
    """One connection to a server that agreed on HTTP/2, for several requests at a time.

    Args:
        url: An address of the server.
        stream: The connection.
        tls: What it was encrypted by.
    """

    def __init__(self, url: WebAddress, stream: Stream, tls: SSLContext) -> None:
        super().__init__(verify=tls)
        self._connection = httpcore.AsyncHTTP2Connection(
            origin=httpcore.Origin(url.scheme.encode(), url.raw_host.encode(), url.port or 443),
            stream=_Stream(stream),
            keepalive_expiry=KEEP_SECONDS,
        )
        # asked and closed as a pool is; the one made above has opened nothing
        self._pool = cast(httpcore.AsyncConnectionPool, self._connection)

    @property
    def is_usable(self) -> bool:
        """Whether it takes another request."""
        return self._connection.is_available() and not self._connection.has_expired()

    @property
    def is_over(self) -> bool:
        """Whether no request is under way."""
        return self._connection.is_idle() or self._connection.is_closed()

    async def ask(self, request: Request, finished: Callable[[], Awaitable[None]]) -> Answer:
        """As ``exchange.Asks`` promises."""
        try:
            answer = Answer.of_httpx(await self.handle_async_request(request.as_httpx()))
        except httpcore.ConnectionNotAvailable as error:
            raise NotTakenError from error
        except BaseException:
            if self.is_over:
                await self.aclose()
            raise
        close = answer.ended

        async def ended() -> None:
            await close()
            await finished()

        answer.ended = ended
        return answer


class _Network(httpcore.AsyncNetworkBackend):
    """Our network, in the words of httpcore."""

    def __init__(self, network: CheckedNetwork) -> None:
        self._network = network

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,  # noqa: ASYNC109  (httpcore calls it so)
        local_address: str | None = None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.AsyncNetworkStream:
        stream = await _in_time(
            timeout,
            self._network.connect(host, port, local_address),
            httpcore.ConnectTimeout,
            httpcore.ConnectError,
        )
        for option in socket_options or ():
            stream.info("socket").setsockopt(*option)
        return _Stream(stream)

    async def sleep(self, seconds: float) -> None:
        await asyncio.sleep(seconds)


class _Stream(httpcore.AsyncNetworkStream):
    """One connection, in the words of httpcore."""

    def __init__(self, stream: Stream) -> None:
        self._stream = stream

    async def read(self, max_bytes: int, timeout: float | None = None) -> bytes:  # noqa: ASYNC109
        return await _in_time(timeout, self._stream.read(max_bytes), httpcore.ReadTimeout, httpcore.ReadError)

    async def write(self, buffer: bytes, timeout: float | None = None) -> None:  # noqa: ASYNC109
        await _in_time(timeout, self._stream.write(buffer), httpcore.WriteTimeout, httpcore.WriteError)

    async def aclose(self) -> None:
        await self._stream.aclose()

    async def start_tls(
        self,
        ssl_context: SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,  # noqa: ASYNC109
    ) -> httpcore.AsyncNetworkStream:
        encrypted = self._stream.start_tls(ssl_context, server_hostname or "")
        await _in_time(timeout, encrypted, httpcore.ConnectTimeout, httpcore.ConnectError)
        return self

    def get_extra_info(self, info: str) -> Any:
        if info == "is_readable":
            return self._stream.has_news
        names = {"client_addr": "sockname", "server_addr": "peername"}
        return self._stream.info(names.get(info, info))


async def _in_time(
    seconds: float | None, work: Awaitable[_T], late: type[Exception], failed: type[Exception]
) -> _T:
    try:
        if seconds is None:
            return await work
        async with asyncio.timeout(seconds):
            return await work
    except PrivateTargetError:
        raise
    except TimeoutError as error:
        raise late(str(error)) from error
    except OSError as error:
        raise failed(str(error)) from error
