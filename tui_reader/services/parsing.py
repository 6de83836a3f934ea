"""Feeds and pages parsed by processes of their own: started when first needed, replaced when one breaks."""

import asyncio
import atexit
import json
import os
import select
import signal
import struct
import subprocess
import sys
import threading
from collections.abc import Collection, Sequence
from concurrent.futures import ThreadPoolExecutor
from time import monotonic

from tui_reader import language
from tui_reader.domain.feed import ParsedComment
from tui_reader.domain.picture import Form, Picture
from tui_reader.errors import ExtractionError, FeedError
from tui_reader.feeds.unread import unread
from tui_reader.feeds.wire import ReadFeed, comments_from_json, feed_from_json
from tui_reader.language import _

CPU_SECONDS = 2.5
"""What one document may take; the largest honest feeds take a second."""
MEMORY = 200_000_000
"""Bytes that parsing may take, beyond what the parser itself does."""
IDLE_SECONDS = 10.0
_WALL_SECONDS = 30.0
"""A process that gets no time from the system for so long is given up."""
_MOST = 2
"""More of them win nothing: storing, in this process, cannot keep up with three."""
_NICENESS = 10
"""By which they stand back behind the screen."""
# the parent's own path, and no folder that it happens to stand in
_START = "import sys; sys.path[:] = sys.argv[2:]; from tui_reader.feeds.worker import main; main()"
_LENGTH_BYTES = 4
_PICTURE_HEAD = struct.Struct(">HHI")
_FEW = 48
"""So many documents are read by one process before a second one has started."""
_PATIENCE = 0.25
"""Seconds that they wait for it, as it may be at one that takes long."""
_STARTING = 1.0
"""Seconds that they wait while it starts: a second one would only take its processor away."""


class Parsers:
    """Processes that parse, at most two at a time.

    Args:
        most: How many at a time.
        cpu_seconds: What one document may take.
        memory: Bytes that it may take.
        idle_seconds: After how long without work a process ends.
        loads: The modules that a process loads before its memory is limited.
    """

    def __init__(
        self,
        *,
        most: int = min(_MOST, os.cpu_count() or 1),
        cpu_seconds: float = CPU_SECONDS,
        memory: int = MEMORY,
        idle_seconds: float = IDLE_SECONDS,
        loads: Sequence[str] = ("feedparser",),
    ) -> None:
        self._limits = {
            "cpu": cpu_seconds,
            "memory": memory,
            "idle": idle_seconds,
            "loads": list(loads),
            "nice": _NICENESS,
        }
        self._most = most
        # threads only wait for the pipes: asyncio's own subprocesses would belong to one event loop
        self._threads = ThreadPoolExecutor(max_workers=most, thread_name_prefix="parsing")
        self._lock = threading.Lock()
        self._freed = threading.Condition(self._lock)
        self._idle: list[_Child] = []
        self._busy: set[_Child] = set()
        self._unread = 0

    async def feed(
        self, body: bytes, url: str, content_type: str = "", known: Collection[str] = ()
    ) -> ReadFeed:
        """Parses a feed of posts, without the entries whose hashes are known.

        Raises:
            FeedError: no feed can be made of the bytes, or not within the limits.
        """
        return feed_from_json(await self._ask("feed", body, url, content_type, known))

    async def comments(self, body: bytes, url: str, content_type: str = "") -> tuple[ParsedComment, ...]:
        """Parses a feed of comments.

        Raises:
            FeedError: no feed can be made of the bytes, or not within the limits.
        """
        return comments_from_json(await self._ask("comments", body, url, content_type, ()))

    async def page(self, text: str, url: str) -> str:
        """The main text of a page, as HTML with absolute addresses.

        Raises:
            ExtractionError: it has none, or none within the limits.
        """
        try:
            found = await self._ask("page", text.encode("utf-8", "replace"), url, "text/html", ())
        except FeedError as error:
            # the process that said it speaks English
            raise ExtractionError(_(str(error))) from error
        return found.decode("utf-8", "replace")

    async def picture(self, body: bytes, url: str, wanted: str, form: Form) -> Picture:
        """A picture file in the form and size that are wanted, which ``content/raster.py`` knows to read.

        Raises:
            ExtractionError: it is no picture, or none within the limits.
        """
        try:
            found = await self._ask("picture", body, url, wanted, ())
        except FeedError as error:
            # the process that said it speaks English
            raise ExtractionError(_(str(error))) from error
        columns, rows, size = _PICTURE_HEAD.unpack_from(found)
        start = _PICTURE_HEAD.size
        return Picture(
            form=form,
            columns=columns,
            rows=rows,
            data=found[start + size :],
            marks=found[start : start + size].decode(),
        )

    def hurry(self) -> None:
        """Processes to come take their turn with all others: nobody sits at a screen of this program."""
        self._limits["nice"] = 0

    def warm(self, most: int | None = None) -> None:
        """Starts so many processes, or all, ahead of the first feed, which need not wait for them then."""
        with self._lock:
            while len(self._idle) + len(self._busy) < (self._most if most is None else most):
                self._idle.append(_Child(json.dumps(self._limits)))

    def stop(self) -> None:
        """Ends every process, also in the midst of a document."""
        with self._lock:
            children = [*self._idle, *self._busy]
            self._idle.clear()
        for child in children:
            # not asked to go: an interpreter takes a tenth of a second for that
            child.kill()
        for child in children:
            child.end()

    async def _ask(
        self, kind: str, body: bytes, url: str, content_type: str, known: Collection[str]
    ) -> bytes:
        asked = {"kind": kind, "url": url, "type": content_type, "known": sorted(known), "size": len(body)}
        asked["language"] = language.current()
        head = json.dumps(asked).encode("ascii")
        request = _Request(len(head).to_bytes(_LENGTH_BYTES, "big") + head + body, url)
        self._unread += 1
        try:
            said = await asyncio.get_running_loop().run_in_executor(self._threads, self._serve, request)
        except asyncio.CancelledError:
            request.cancel()
            raise
        finally:
            self._unread -= 1
        if said[:1] == b"-":
            code, _end, told = said[1:].decode("utf-8", "replace").partition("\0")
            raise FeedError(told, trouble=code)
        return said[1:]

    def _serve(self, request: "_Request") -> bytes:
        """On a thread: asks a process, and once more when that one had gone home in the meantime."""
        while True:
            child, is_used = self._take()
            if not request.begin(child):
                self._give_back(child)
                raise FeedError(_("{url}: not read, the refresh was stopped").format(url=request.url))
            said = child.ask(request.data)
            if said is not None:
                self._give_back(child)
                return said
            with self._lock:
                self._busy.discard(child)
                self._freed.notify()
            status = child.end()
            if not (is_used and status == 0):
                raise unread(request.url, _why(status))

    def _take(self) -> tuple["_Child", bool]:
        with self._lock:
            if self._busy and self._unread < _FEW:
                is_starting = any(child.is_starting for child in self._busy)
                patience = _STARTING if is_starting else _PATIENCE
                self._freed.wait_for(lambda: self._idle or not self._busy, patience)
            while self._idle:
                child = self._idle.pop()
                if child.is_alive():
                    self._busy.add(child)
                    return child, True
                child.end()
            child = _Child(json.dumps(self._limits))
            self._busy.add(child)
            return child, False

    def _give_back(self, child: "_Child") -> None:
        with self._lock:
            self._busy.discard(child)
            self._idle.append(child)
            self._freed.notify()


class _Request:
    """One document on its way; it can be given up from another thread."""

    def __init__(self, data: bytes, url: str) -> None:
        self.data = data
        self.url = url
        self._lock = threading.Lock()
        self._child: _Child | None = None
        self._is_cancelled = False

    def begin(self, child: "_Child") -> bool:
        """Whether the document is wanted still."""
        with self._lock:
            self._child = child
            return not self._is_cancelled

    def cancel(self) -> None:
        """Nobody waits for it any more: the process that is at it ends."""
        with self._lock:
            self._is_cancelled = True
            if self._child is not None:
                self._child.kill()


class _Child:
    """One process, and the pipes to it."""

    def __init__(self, limits: str) -> None:
        self.is_starting = True
        """Whether nothing was heard of it yet."""
        self._process = subprocess.Popen(  # noqa: S603  (our own program)
            [sys.executable, "-S", "-P", "-c", _START, limits, *sys.path],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            # not inherited: a screen's stderr is no file
            stderr=subprocess.DEVNULL,
            bufsize=0,
        )

    def is_alive(self) -> bool:
        return self._process.poll() is None

    def ask(self, request: bytes) -> bytes | None:
        """The answer; None when the process died or takes for ever."""
        deadline = monotonic() + _WALL_SECONDS
        asking, answering = self._process.stdin, self._process.stdout
        if asking is None or answering is None:
            return None
        view = memoryview(request)
        try:
            while view:
                written = asking.write(view)
                view = view[written or 0 :]
            head = self._read(answering.fileno(), _LENGTH_BYTES, deadline)
            self.is_starting = False
            return head and self._read(answering.fileno(), int.from_bytes(head, "big"), deadline)
        except (OSError, ValueError):  # the pipe broke, or another thread closed it
            return None

    def kill(self) -> None:
        """Ends it in the midst of what it does."""
        self._process.kill()

    def end(self) -> int:
        """Ends it and gives its status; below zero, the number of the signal."""
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe is not None:
                pipe.close()
        # one that is idle has ended of itself by now, or does as its input is closed
        try:
            return self._process.wait(timeout=0.2)
        except subprocess.TimeoutExpired:
            self._process.kill()
            return self._process.wait()

    @staticmethod
    def _read(handle: int, size: int, deadline: float) -> bytes | None:
        pieces: list[bytes] = []
        waiting = select.poll()
        waiting.register(handle, select.POLLIN)
        while size:
            left = deadline - monotonic()
            if left <= 0 or not waiting.poll(left * 1000):
                return None
            piece = os.read(handle, min(size, 1 << 20))
            if not piece:
                return None
            pieces.append(piece)
            size -= len(piece)
        return b"".join(pieces)


def _why(status: int) -> str:
    """The trouble with a document at which the process ended so."""
    if status == -signal.SIGVTALRM:
        return "too-long"
    if status == -signal.SIGKILL:
        return "given-up"
    return "unreadable"


PARSERS = Parsers()
"""Those of this program; they end when idle, and with it."""
atexit.register(PARSERS.stop)
