"""HTTP/2 where a server offers it over TLS, and HTTP/1.1 everywhere else."""

import asyncio
import subprocess
import sys

import httpx
import pytest
from net_servers import request_of, rude_server
from test_rude_servers import own_certificate  # noqa: F401

from tui_reader.errors import HttpStatusError
from tui_reader.net.client import Http

pytest.importorskip("h2")


async def speak_http2(reader, writer):
    """Answers each request with its path; 404 below /missing."""
    from h2.config import H2Configuration
    from h2.connection import H2Connection
    from h2.events import RequestReceived

    connection = H2Connection(H2Configuration(client_side=False))
    connection.initiate_connection()
    writer.write(connection.data_to_send())
    while data := await reader.read(65_536):
        for event in connection.receive_data(data):
            if isinstance(event, RequestReceived):
                path = dict(event.headers)[b":path"]
                status = "404" if path.startswith(b"/missing") else "200"
                connection.send_headers(event.stream_id, [(":status", status), ("etag", '"two"')])
                connection.send_data(event.stream_id, path * 2_000, end_stream=True)
        writer.write(connection.data_to_send())
        await writer.drain()


async def speak_http1(reader, writer):
    while True:
        await request_of(reader)
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi")


@pytest.fixture
def trusted(own_certificate, tmp_path, monkeypatch):  # noqa: F811
    """The server's certificate is vouched for."""
    import ssl

    monkeypatch.setattr(
        httpx, "create_ssl_context", lambda: ssl.create_default_context(cafile=str(tmp_path / "own.pem"))
    )
    return own_certificate


async def test_a_server_that_offers_it_is_asked_by_http_2_over_one_connection(trusted):
    trusted.set_alpn_protocols(["h2", "http/1.1"])
    connections = 0

    async def counted(reader, writer):
        nonlocal connections
        connections += 1
        await speak_http2(reader, writer)

    async with rude_server(counted, tls=trusted) as url, Http(timeout=5) as http:
        first = await http.get(f"{url}a")
        answers = await asyncio.gather(*(http.get(f"{url}{name}") for name in "bcd"))
        with pytest.raises(HttpStatusError, match="404"):
            await http.get(f"{url}missing")
    assert (first.body, first.headers["etag"]) == (b"/a" * 2_000, '"two"')
    assert [answer.body[:2] for answer in answers] == [b"/b", b"/c", b"/d"]
    assert connections == 1


async def test_a_server_that_offers_only_http_1_is_asked_so(trusted):
    trusted.set_alpn_protocols(["http/1.1"])
    async with rude_server(speak_http1, tls=trusted) as url, Http(timeout=5) as http:
        assert (await http.get(url)).body == b"hi"


async def test_the_limits_hold_over_http_2(trusted):
    from tui_reader.errors import ResponseTooLargeError

    trusted.set_alpn_protocols(["h2"])
    async with rude_server(speak_http2, tls=trusted) as url, Http(timeout=5) as http:
        with pytest.raises(ResponseTooLargeError):
            await http.get(f"{url}long", max_bytes=1_000)


def test_no_terminal_library_comes_along_with_http():
    code = "import sys, tui_reader.net.client; sys.exit('rich' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
