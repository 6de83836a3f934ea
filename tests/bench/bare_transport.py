"""An HTTP transport of our own under httpx, to measure what it would gain; nothing that could be shipped.

    python -m tests.bench.bare_transport refresh

runs the program with it. It knows HTTP/1.1 without TLS, without proxies, with bodies of a known length or up
to the end of the connection; it checks no address, keeps no connection and believes what servers say.
"""

import asyncio
import sys
from collections.abc import AsyncIterator
from functools import partial

import httpx

from tui_reader.bootstrap import open_services
from tui_reader.cli import main as program
from tui_reader.cli import run

_LARGEST_HEAD = 65_536


class BareTransport(httpx.AsyncBaseTransport):
    """A connection for each request, and no more words than it takes."""

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        url = request.url
        reader, writer = await asyncio.open_connection(url.host, url.port or 80, limit=_LARGEST_HEAD)
        try:
            head = [b"%s %s HTTP/1.1" % (request.method.encode(), url.raw_path)]
            head += [name + b": " + value for name, value in request.headers.raw]
            writer.write(b"\r\n".join([*head, b"", b""]) + request.content)
            first, *lines = (await reader.readuntil(b"\r\n\r\n")).split(b"\r\n")[:-2]
        except BaseException:
            writer.close()
            raise
        headers = [(name, value.strip()) for name, _, value in (line.partition(b":") for line in lines)]
        status = int(first.split(b" ", 2)[1])
        length = next((int(value) for name, value in headers if name.lower() == b"content-length"), -1)
        body = _Body(reader, writer, 0 if status in {204, 304} else length)
        return httpx.Response(status, headers=headers, stream=body)


class _Body(httpx.AsyncByteStream):
    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, length: int) -> None:
        self._reader = reader
        self._writer = writer
        self._length = length

    async def __aiter__(self) -> AsyncIterator[bytes]:
        if self._length:
            yield await (self._reader.readexactly(self._length) if self._length > 0 else self._reader.read())

    async def aclose(self) -> None:
        self._writer.close()


def main() -> None:
    """The program as it is, but for the transport."""
    run.open_services = partial(open_services, transport=BareTransport())
    sys.argv[0] = "tui-reader"
    program()


if __name__ == "__main__":
    main()
