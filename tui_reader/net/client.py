"""HTTP with limits, deadlines and manners: every fetch and every reply goes through here."""

import asyncio
import base64
import json as json_format
import logging
from collections import defaultdict
from collections.abc import AsyncIterator, Callable, Container, Mapping
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import replace
from datetime import UTC, datetime
from time import monotonic
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self
from urllib.parse import urlencode

from tui_reader import __version__
from tui_reader.errors import FetchError, HttpStatusError, NotSentError, ResponseTooLargeError
from tui_reader.language import _, number
from tui_reader.net.address import account, checked, credentials, origin, shown
from tui_reader.net.faults import what_http_raises
from tui_reader.net.inflate import DamagedError, Inflater, TooMuchError
from tui_reader.net.link_header import links
from tui_reader.net.messages import Answer, Request
from tui_reader.net.pool import Pool
from tui_reader.net.reach import Reach, unless_said
from tui_reader.net.redirects import Way
from tui_reader.net.response import Response
from tui_reader.net.turns import HostTurns
from tui_reader.net.web_address import WebAddress

if TYPE_CHECKING:
    import httpx

__all__ = ["USER_AGENT", "Http", "Response"]

USER_AGENT = f"tui_reader/{__version__} (blog reader)"
_ERROR_BODY = 65_536
_CONNECTING = 0.45
"""Of the deadline, for the connection and once more for TLS: when the deadline itself strikes in the midst
of these, httpcore leaves the socket open."""
_CONTROLS = dict.fromkeys([*range(32), *range(127, 160)])

# httpx writes each address to the log, with the password and the token that it may carry
logging.getLogger("httpx").setLevel(logging.WARNING)


class Http:
    """Asks servers, politely and with a limit on everything that they could overdo.

    Args:
        transport: Serves every request in place of the network; for tests.
        timeout: Seconds that one exchange may take, from the first byte to the last.
        connections: How many exchanges go on at a time.
        per_host: How many of them with the same host, while it answers fast.
        user_agent: How we introduce ourselves.
        now: The clock, for ``Retry-After`` dates.
        reach: Says which addresses a request may go to. Unless ``reach.on_behalf_of`` said who named an
            address, the host that a call asks for counts as the user's own word; the hosts that redirects
            name never do.
        passwords: The password that is kept for an account (``net.address.account``), where an address
            carries a name alone; asked on a thread of its own.
    """

    def __init__(
        self,
        *,
        transport: "httpx.AsyncBaseTransport | None" = None,
        timeout: float = 20.0,
        connections: int = 16,
        per_host: int = 2,
        user_agent: str = USER_AGENT,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
        reach: Reach | None = None,
        passwords: Callable[[str], str | None] = lambda _: None,
    ) -> None:
        self._reach = reach or Reach()
        self._passwords = passwords
        self._timeout = timeout
        self._user_agent = user_agent
        self._now = now
        self._pool = Pool(transport, connections, self._reach)
        self._turn = asyncio.Semaphore(connections)
        self._host_turn: defaultdict[tuple[str, str, int], HostTurns] = defaultdict(
            lambda: HostTurns(per_host, monotonic)
        )

    async def __aenter__(self) -> Self:
        """Nothing is opened before it is needed."""
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Closes every connection."""
        await self.aclose()

    async def aclose(self) -> None:
        """Closes every connection."""
        await self._pool.aclose()

    async def get(
        self,
        url: str,
        *,
        headers: Mapping[str, str] | None = None,
        max_bytes: int = 10_000_000,
        ok: Container[int] | None = None,
        auth: tuple[str, str] | None = None,
    ) -> Response:
        """Fetches what is at the address, over redirects, within the deadline.

        Args:
            url: A web address; a name and password in it are used, and never go to another site.
            headers: More headers to send; only harmless ones go along to another site.
            max_bytes: The most that may come, before and after unpacking.
            ok: Statuses from 400 up that are wanted all the same.
            auth: A name and a password.

        Raises:
            HttpStatusError: the server answered with a status from 400 up.
            ResponseTooLargeError: more came than was allowed.
            NotSentError: nothing was sent.
            NoAnswerError: nothing usable came back.
            FetchError: the answer is damaged, or redirects lead nowhere.
        """
        start = checked(url)
        way = Way(*self._prepared(start, headers, auth or await self._signed_in(start)))
        left = self._timeout
        clock = asyncio.get_running_loop().time
        while True:
            request = self._request("GET", way.url, way.headers, way.cookies)
            began = 0.0
            async with self._turn_for(way.url):
                began = clock()
                async with self._exchange(request, left, start.host) as answer:
                    if not way.goes_on(answer):
                        return await self._read(answer, way, max_bytes, ok)
                    await _skip(answer)
            # waiting for our turn is not the server's fault and does not count
            left -= clock() - began

    async def post(
        self,
        url: str,
        *,
        data: Mapping[str, str] | None = None,
        json: object = None,
        headers: Mapping[str, str] | None = None,
        cookies: Mapping[str, str] | None = None,
        auth: tuple[str, str] | None = None,
        max_bytes: int = 5_000_000,
    ) -> Response:
        """Sends something once and gives the answer, whatever its status; redirects are not followed.

        Raises:
            NotSentError: surely nothing left this machine.
            NoAnswerError: it may have arrived.
            ResponseTooLargeError: it arrived, and the answer was larger than the limit.
            FetchError: it arrived, and the answer came damaged.
        """
        start = checked(url)
        start, sent = self._prepared(start, headers, auth or await self._signed_in(start))
        try:
            if json is not None:
                content = json_format.dumps(json, ensure_ascii=False).encode()
                sent.setdefault("content-type", "application/json")
            else:
                content = urlencode(data or {}).encode("ascii")
                sent.setdefault("content-type", "application/x-www-form-urlencoded")
        except UnicodeError as error:  # half a character, as a terminal can paste it
            raise _unsendable(start, error) from error
        request = self._request("POST", start, sent, cookies or {}, content)
        way = Way(start, sent)
        async with (
            self._turn_for(start),
            self._exchange(request, self._timeout, start.host, fresh=True) as answer,
        ):
            way.cookies.update(answer.cookies(start))
            return await self._read(answer, way, max_bytes, range(400, 1_000))

    async def _signed_in(self, url: WebAddress) -> tuple[str, str] | None:
        """As whom the address is asked for."""
        found = credentials(url)
        if found is None or found[1]:
            return found
        kept = await asyncio.to_thread(self._passwords, account(url))
        return found[0], kept or ""

    def _prepared(
        self, url: WebAddress, headers: Mapping[str, str] | None, auth: tuple[str, str] | None
    ) -> tuple[WebAddress, dict[str, str]]:
        sent = {
            "user-agent": self._user_agent,
            "accept": "*/*",
            "accept-encoding": "gzip, deflate",
            **{name.lower(): value for name, value in (headers or {}).items()},
        }
        if auth:
            token = base64.b64encode(f"{auth[0]}:{auth[1]}".encode("utf-8", "replace"))
            sent["authorization"] = f"Basic {token.decode('ascii')}"
        return url.named(None), sent

    def _request(
        self,
        method: str,
        url: WebAddress,
        headers: Mapping[str, str],
        cookies: Mapping[str, str],
        content: bytes | None = None,
    ) -> Request:
        pairs = [f"{name}={value}" for name, value in cookies.items() if _fits_a_cookie(name + value)]
        sent = {**headers, "cookie": "; ".join(pairs)} if pairs else dict(headers)
        try:
            told = [(name.encode("ascii"), _in_one_line(value)) for name, value in sent.items()]
        except ValueError as error:
            raise _unsendable(url, error) from error
        if content is not None:
            told.append((b"Content-Length", b"%d" % len(content)))
        return Request(
            method=method,
            url=url,
            headers=[(b"Host", url.netloc), *told],
            content=content or b"",
            # the deadline is over all of it; a clock beside it for each step would only take time
            connect_seconds=self._timeout * _CONNECTING,
        )

    def _turn_for(self, url: WebAddress) -> AbstractAsyncContextManager[None]:
        # first the host's turn: else a slow host with many requests would hold every place
        return self._host_turn[origin(url)].one(self._turn)

    @asynccontextmanager
    async def _exchange(
        self, request: Request, seconds: float, asked: str, *, fresh: bool = False
    ) -> AsyncIterator[Answer]:
        """One request and its answer, body included, within the deadline; each failure in our own words."""
        has_left: bool | None = False

        async def watch(event: str, told: dict[str, Any]) -> None:
            nonlocal has_left
            if event.endswith(".send_request_headers.started"):
                # what asks a proxy for a way holds nothing of the request
                has_left = told["request"].method != b"CONNECT"
            elif event.startswith("connection.connect"):
                has_left = False

        if fresh:
            # to watch takes a tenth of a short request: done where it matters whether something arrived
            request = replace(request, watch=watch)
        client = None
        try:
            async with asyncio.timeout(max(seconds, 0)):
                client = await self._pool.client_for(request.url, fresh=fresh)
                with unless_said(asked):
                    await self._reach.check(request.url.host, origin(request.url)[2])
                    has_left = None  # a transport that tells nothing leaves it to the kind of error
                    answer = await client.send(request)
                has_left = True
                try:
                    yield answer
                finally:
                    await answer.ended()
        except DamagedError as error:
            raise FetchError(shown(request.url), str(error)) from error
        except what_http_raises() as error:
            from tui_reader.domain import trouble
            from tui_reader.net import failures

            failure = failures.as_fetch_error(
                shown(request.url), error, seconds=self._timeout, may_have_left=has_left
            )
            if client is not None and isinstance(failure, NotSentError) and client.is_proxied(request.url):
                failures.set_trouble(failure, f"{trouble.PROXIED} {failure.trouble}")
            raise failure from error

    async def _read(self, answer: Answer, way: Way, max_bytes: int, ok: Container[int] | None) -> Response:
        url = shown(way.url)
        headers = _headers(answer)
        status = answer.status
        if status >= 400 and (ok is None or status not in ok):
            from tui_reader.domain import trouble
            from tui_reader.net import failures

            refused = HttpStatusError(
                url,
                status,
                trouble.status_reason(status),
                retry_after=failures.retry_after(headers.get("retry-after"), self._now()),
                body=await _beginning(answer, _ERROR_BODY),
            )
            failures.set_trouble(refused, f"status {status}")
            raise refused
        try:
            body = await _whole(answer, max_bytes)
        except TooMuchError as error:
            raise ResponseTooLargeError(
                url, _("the answer is larger than {most} bytes").format(most=number(max_bytes))
            ) from error
        return Response(
            url=url,
            status=status,
            headers=headers,
            links=links(headers, url),
            body=body,
            cookies=dict(way.cookies),
            moved_to=way.moved_to,
        )


def _headers(answer: Answer) -> dict[str, str]:
    """Names in lower case, repeated ones joined, nothing in them that would move a terminal's cursor."""
    return {
        name: value if value.isprintable() else value.translate(_CONTROLS)
        for name, value in answer.headers.items()
        if name != "set-cookie"
    }


async def _whole(answer: Answer, max_bytes: int) -> bytes:
    if answer.headers.get("content-length", "").strip().isdigit():
        length = answer.headers["content-length"].strip()
        if len(length) > 18 or int(length) > max_bytes:
            raise TooMuchError
    inflater = Inflater(answer.headers.get("content-encoding", ""), max_bytes)
    body = bytearray()
    came = 0
    async for piece in answer.pieces:
        came += len(piece)
        if came > max_bytes:
            raise TooMuchError
        body += inflater.feed(piece)
    inflater.finish()
    return bytes(body)


async def _beginning(answer: Answer, max_bytes: int) -> bytes:
    """The first bytes of an error's page; that it breaks off or is damaged makes the error no worse."""
    body = bytearray()
    try:
        inflater = Inflater(answer.headers.get("content-encoding", ""), max_bytes * 16)
        async for piece in answer.pieces:
            body += inflater.feed(piece)
            if len(body) >= max_bytes:
                break
    except what_http_raises(DamagedError, TooMuchError):
        return bytes(body[:max_bytes])
    return bytes(body[:max_bytes])


async def _skip(answer: Answer) -> None:
    """Reads a short body to its end, so that the connection can serve the next step as well."""
    length = answer.headers.get("content-length", "")
    if length.isdigit() and len(length) < 5:
        async for _ in answer.pieces:
            pass


def _in_one_line(header: str) -> bytes:
    if header.translate(_CONTROLS) != header:
        # CR and LF would begin a header, or a request, of a stranger's making
        raise ValueError("control characters in a header")
    return header.encode("ascii")


def _unsendable(url: WebAddress, error: Exception) -> FetchError:
    from tui_reader.net.failures import as_fetch_error

    return as_fetch_error(shown(url), error, seconds=0, may_have_left=False)


def _fits_a_cookie(text: str) -> bool:
    return text.isascii() and text.isprintable() and ";" not in text
