"""Parses feeds and pages in a process of its own, so that none can hold up the screen or eat the memory.

Asked over standard input, answers over standard output; ends when the input does, or when nothing was
asked for a while. A document that takes too much time ends the process: who asked sees that, and starts
another one for the next document.
"""

import importlib
import json
import os
import resource
import select
import signal
import struct
import sys
from contextlib import suppress
from pathlib import Path
from typing import Any, BinaryIO

from tui_reader import language
from tui_reader.domain import trouble
from tui_reader.errors import ExtractionError, FeedError
from tui_reader.feeds import known_items
from tui_reader.feeds.hints import hints_in
from tui_reader.feeds.parse import parse_comments, parse_feed
from tui_reader.feeds.wire import ReadFeed, comments_to_json, feed_to_json

LENGTH = struct.Struct(">I")
FINE, REFUSED = b"+", b"-"


def read_feed(body: bytes, url: str, content_type: str, known: frozenset[str]) -> ReadFeed:
    """The feed's head and those of its entries that are not known.

    Raises:
        FeedError: no feed can be made of the bytes.
    """
    cut = known_items.cut(body, known, content_type)
    if cut is None:
        return ReadFeed(feed=parse_feed(body, url, content_type), hints=hints_in(body))
    feed = parse_feed(cut.body, url, content_type)
    if len(feed.posts) != len(cut.left):
        # entries were dropped: which hash belongs to which post cannot be told
        return ReadFeed(feed=feed, hints=hints_in(body), known=cut.known)
    return ReadFeed(feed=feed, hints=hints_in(body), hashes=cut.left, known=cut.known)


def answer(asked: dict[str, Any], body: bytes) -> bytes:
    """What is sent back for one document."""
    # what is wrong with a feed is read by people
    language.use(asked.get("language", language.ENGLISH))
    try:
        if asked["kind"] == "page":
            from tui_reader.feeds.main_text import main_text

            return FINE + main_text(body, asked["url"])
        if asked["kind"] == "picture":
            from tui_reader.content.raster import raster

            return FINE + raster(body, json.loads(asked["type"]))
        if asked["kind"] == "comments":
            return FINE + comments_to_json(parse_comments(body, asked["url"], asked["type"]))
        return FINE + feed_to_json(read_feed(body, asked["url"], asked["type"], frozenset(asked["known"])))
    except FeedError as error:
        return _refused(str(error), error.trouble)
    except ExtractionError as error:
        return _refused(str(error))
    except (MemoryError, RecursionError):
        return _refused(f"{asked['url']}: {trouble.reason('memory')}", "memory")


def _refused(told: str, code: str = "") -> bytes:
    """What is wrong, as a code where it has one, and in words."""
    return REFUSED + code.encode() + b"\0" + told.encode("utf-8", "replace")


def serve(asking: BinaryIO, answering: BinaryIO, *, cpu_seconds: float, idle_seconds: float) -> None:
    """Answers until nothing more comes."""
    while True:
        # what is buffered here cannot be waited for: so nothing is
        ready, _, _ = select.select([asking], [], [], idle_seconds)
        head = _exactly(asking, LENGTH.size) if ready else b""
        if not head:
            return
        asked = json.loads(_exactly(asking, LENGTH.unpack(head)[0]))
        body = _exactly(asking, asked["size"])
        # the alarm is not caught: it ends the process in the midst of whatever C code it is
        signal.setitimer(signal.ITIMER_VIRTUAL, cpu_seconds)
        said = answer(asked, body)
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        answering.write(LENGTH.pack(len(said)) + said)
        answering.flush()


def main() -> None:
    """The process: with less priority than a screen, no files to write and a limit on memory."""
    limits = json.loads(sys.argv[1])
    for name in limits["loads"]:
        # before the limit: what it takes is nobody's fault
        importlib.import_module(name)
    os.nice(limits["nice"])
    # ctrl+c is for the program in front, which ends us
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    most = _in_use() + int(limits["memory"])
    resource.setrlimit(resource.RLIMIT_AS, (most, most))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    with (
        os.fdopen(0, "rb", buffering=0) as asking,
        os.fdopen(1, "wb") as answering,
        suppress(BrokenPipeError),
    ):
        serve(asking, answering, cpu_seconds=limits["cpu"], idle_seconds=limits["idle"])


def _in_use() -> int:
    """Bytes of address space that the process has now."""
    try:
        pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0])
    except (OSError, ValueError, IndexError):
        return 300_000_000  # no Linux: what an interpreter with the parser has at most
    return pages * resource.getpagesize()


def _exactly(stream: BinaryIO, size: int) -> bytes:
    """So many bytes; none at all when the other side is gone."""
    pieces: list[bytes] = []
    left = size
    while left:
        piece = stream.read(min(left, 1 << 20))
        if not piece:
            return b""
        pieces.append(piece)
        left -= len(piece)
    return b"".join(pieces)
