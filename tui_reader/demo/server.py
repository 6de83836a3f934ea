"""Serves the demo blogs over HTTP on loopback, inside a running event loop or in a thread of its own."""

import asyncio
import socket
import struct
import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from email.utils import format_datetime
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from tui_reader.demo import state_file
from tui_reader.demo.blog import DemoBlog
from tui_reader.demo.faults import BEFORE, Fault, Faults
from tui_reader.demo.model import BlogText
from tui_reader.demo.site import DemoSite
from tui_reader.demo.texts import CARNET, HARBOUR
from tui_reader.demo.wire import (
    MAX_HEAD_BYTES,
    BadRequest,
    Request,
    Response,
    parse_head,
    read_head,
    to_bytes,
)

_CRITICAL = (
    b"<!DOCTYPE html>\n<title>Error</title>\n<p>There has been a critical error on this website.</p>\n"
)
_ABORT_ON_CLOSE = struct.pack("ii", 1, 0)
"""Linger on, for no time at all: closing sends a reset."""


def _utc_now() -> datetime:
    return datetime.now(UTC)


class DemoServer:
    """Two blogs on 127.0.0.1: an English one at the top and a French one in a folder.

    Use it as an asynchronous context manager; :func:`running_demo` is the same for code without a loop.

    Args:
        texts: What the blogs hold.
        now: The clock.
        port: 0 for any free one.
        flood_seconds: How long one e-mail address must wait between two comments.
        lively: The author answers visitors, and held comments are approved after a minute.
        state: Where comments are kept between runs; None for nowhere.
    """

    idle_seconds = 30.0
    """How long a silent connection is kept."""
    slow_seconds = 1.0
    """How long an answer takes under the fault ``slow``."""

    def __init__(
        self,
        texts: Sequence[BlogText] = (HARBOUR, CARNET),
        *,
        now: Callable[[], datetime] = _utc_now,
        port: int = 0,
        flood_seconds: float = 0.0,
        lively: bool = False,
        state: Path | None = None,
    ) -> None:
        self._now = now
        self._port = port
        self._state = state
        kept_start = None if state is None else state_file.start_of(state)
        self._start = now() if kept_start is None else kept_start
        self.demo_blogs = tuple(
            DemoBlog(text, start=self._start, flood_seconds=flood_seconds, lively=lively) for text in texts
        )
        if state is not None and kept_start is not None:
            state_file.restore(state, self.demo_blogs)
        self._saved: tuple[int, ...] = ()
        self._save()
        self.requests: list[tuple[str, str]] = []
        """Method and target of every request that was read."""
        self._faults = Faults()
        self._site: DemoSite | None = None
        self._server: asyncio.Server | None = None
        self._connections: set[asyncio.Task[None]] = set()

    # what tests and programs ask of it

    @property
    def url(self) -> str:
        """The first blog's address."""
        return self.blogs[0]

    @property
    def blogs(self) -> tuple[str, ...]:
        """Every blog's address."""
        return tuple(f"{self._root}{blog.folder}/" for blog in self.demo_blogs)

    def blog(self, url: str) -> DemoBlog:
        """The blog that is served at one of ``blogs``."""
        return self.demo_blogs[self.blogs.index(url)]

    def post_url(self, post_id: int, blog_url: str | None = None) -> str:
        """The address of a post of the first blog, or of the one at ``blog_url``."""
        at = self.url if blog_url is None else blog_url
        to = self._running_site.addresses(self.blog(at))
        post = to.blog.post(post_id)
        if post is None:
            raise LookupError(f"there is no post {post_id} at {at}")
        return to.post(post)

    def comment_count_of(self, text: str) -> int:
        """How often this very text was stored, on any of the blogs, whatever became of it."""
        return sum(blog.count_of(text) for blog in self.demo_blogs)

    @property
    def fault(self) -> Fault | None:
        """What befalls the next comment, or lasts; None when all is well.

        Set it to a fault's name: ``rest-off`` and ``slow`` last until another is set, the others befall
        one comment.
        """
        return self._faults.waiting

    @fault.setter
    def fault(self, name: str | None) -> None:
        self.plan_faults([] if name is None else [name])

    def plan_faults(self, names: Iterable[str], *, repeat: bool = False) -> None:
        """Sets what befalls the next comments, one after the other; ``ok`` for nothing."""
        self._faults.plan(names, repeat=repeat)

    # its life

    async def __aenter__(self) -> Self:
        self._server = await asyncio.start_server(self._accept, "127.0.0.1", self._port, limit=MAX_HEAD_BYTES)
        self._port = self._server.sockets[0].getsockname()[1]
        self._site = DemoSite(self.demo_blogs, root=self._root, now=self._now)
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._server is not None:
            self._server.close()
            for task in self._connections:
                task.cancel()
            await asyncio.gather(*self._connections, return_exceptions=True)
            await self._server.wait_closed()

    @property
    def _root(self) -> str:
        return f"http://127.0.0.1:{self._port}"

    @property
    def _running_site(self) -> DemoSite:
        if self._site is None:
            raise RuntimeError("the demo server has not been started")
        return self._site

    def _save(self) -> None:
        revisions = tuple(blog.revision for blog in self.demo_blogs)
        if self._state is not None and revisions != self._saved:
            state_file.save(self._state, self._start, self.demo_blogs)
            self._saved = revisions

    # one connection

    def _accept(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.get_running_loop().create_task(self._converse(reader, writer))
        self._connections.add(task)
        task.add_done_callback(self._parted)

    def _parted(self, task: asyncio.Task[None]) -> None:
        self._connections.discard(task)
        if not task.cancelled() and (error := task.exception()) is not None:
            context = {"message": "the demo server failed to answer", "exception": error, "task": task}
            task.get_loop().call_exception_handler(context)

    async def _converse(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            # whoever falls silent or goes away in the middle is no concern of ours
            with suppress(ConnectionError, TimeoutError):
                while await self._serve_one(reader, writer):
                    pass
                writer.close()
                async with asyncio.timeout(self.idle_seconds):
                    await writer.wait_closed()
        finally:
            # whoever does not take their answer must not keep the server from closing
            writer.transport.abort()

    async def _serve_one(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> bool:
        """Reads one request and answers it; tells whether another may follow."""
        try:
            async with asyncio.timeout(self.idle_seconds):
                request = await _read(reader, writer)
        except BadRequest as bad:
            await self._send(
                writer, Response(status=bad.status, headers=(("Content-Type", "text/plain"),)), None
            )
            return False
        if request is None:
            return False
        self.requests.append((request.method, request.target))
        site = self._running_site
        fault = self._faults.take() if site.is_submission(request) else None
        site.is_rest_off = self._faults.lasting is Fault.REST_OFF
        if self._faults.lasting is Fault.SLOW:
            await asyncio.sleep(self.slow_seconds)
        if fault not in BEFORE:
            try:
                response = site.answer(request)
            except BadRequest as bad:
                response = Response(status=bad.status, headers=(("Content-Type", "text/plain"),))
            self._save()
        if fault in {Fault.HANG_BEFORE, Fault.HANG_AFTER_STORE}:
            while await reader.read(65_536):  # until the other side gives up
                pass
            return False
        if fault in {Fault.RESET_BEFORE, Fault.RESET_AFTER_STORE}:
            _reset(writer)
            return False
        if fault in {Fault.ERROR_BEFORE, Fault.ERROR_AFTER_STORE}:
            response = Response(
                status=500, headers=(("Content-Type", "text/html; charset=UTF-8"),), body=_CRITICAL
            )
        await self._send(writer, response, request)
        return not request.wants_close

    async def _send(self, writer: asyncio.StreamWriter, response: Response, request: Request | None) -> None:
        closes = request is None or request.wants_close
        is_head = request is not None and request.method == "HEAD"
        # the date is the machine's own: it is of the wire, not of the blog's story
        date = format_datetime(_utc_now(), usegmt=True)
        writer.write(to_bytes(response, is_head=is_head, closes=closes, date=date))
        async with asyncio.timeout(self.idle_seconds):
            await writer.drain()


async def _read(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> Request | None:
    head = await read_head(reader)
    if head is None:
        return None
    request, length = parse_head(head)
    if length and request.headers.get("expect", "").lower() == "100-continue":
        writer.write(b"HTTP/1.1 100 Continue\r\n\r\n")
    try:
        body = await reader.readexactly(length)
    except asyncio.IncompleteReadError:
        return None
    return request.with_body(body)


def _reset(writer: asyncio.StreamWriter) -> None:
    connection = writer.get_extra_info("socket")
    if connection is not None:
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _ABORT_ON_CLOSE)
    writer.transport.abort()


@contextmanager
def running_demo(**options: Any) -> Iterator[DemoServer]:
    """A :class:`DemoServer` in a thread of its own, for code that has no event loop.

    Args:
        options: As :class:`DemoServer` takes them.
    """
    started: Future[tuple[DemoServer, asyncio.AbstractEventLoop, asyncio.Event]] = Future()

    async def serve() -> None:
        stop = asyncio.Event()
        async with DemoServer(**options) as server:
            started.set_result((server, asyncio.get_running_loop(), stop))
            await stop.wait()

    def run() -> None:
        try:
            asyncio.run(serve())
        except BaseException as error:  # whoever waits for the start is told why there is none
            if started.done():
                raise
            started.set_exception(error)

    thread = threading.Thread(target=run, name="tui-reader-demo", daemon=True)
    thread.start()
    server, loop, stop = started.result()
    try:
        yield server
    finally:
        loop.call_soon_threadsafe(stop.set)
        thread.join()
