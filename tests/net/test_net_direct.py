"""Connections that are kept, shared and given up."""

import asyncio
import subprocess
import sys

import httpx
import pytest
from net_servers import request_of, rude_server
from test_net_http2 import speak_http2, trusted  # noqa: F401
from test_rude_servers import own_certificate, wait  # noqa: F401

from tui_reader.net.client import Http


class Server:
    """Counts its connections, and those that are open."""

    def __init__(self, talk):
        self.made = self.open = 0
        self._talk = talk

    async def __call__(self, reader, writer):
        self.made += 1
        self.open += 1
        try:
            await self._talk(reader, writer)
        finally:
            self.open -= 1


async def say_hi(reader, writer):
    while True:
        await request_of(reader)
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi")


async def say_hi_and_leave(reader, writer):
    await request_of(reader)
    writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi")
    writer.close()
    await writer.wait_closed()


async def until(is_so):
    async with asyncio.timeout(60):
        while not is_so():  # noqa: ASYNC110
            await asyncio.sleep(0.005)


async def test_a_connection_that_the_server_closed_meanwhile_is_not_used_again():
    server = Server(say_hi_and_leave)
    async with rude_server(server) as url, Http(timeout=5) as http:
        for number in (1, 2, 3):
            assert (await http.get(url)).body == b"hi"
            await until(lambda: not server.open)
            # the word of it is read here as well
            await asyncio.sleep(0.01)
            assert server.made == number


async def test_no_more_connections_are_kept_than_may_be_used_at_once():
    server = Server(say_hi)
    async with (
        rude_server(server) as one,
        rude_server(server) as two,
        rude_server(server) as three,
        Http(timeout=5, connections=2) as http,
    ):
        for url in (one, two, one, three):
            assert (await http.get(url)).body == b"hi"
        # the second's: it was used longest ago
        await until(lambda: server.open == 2)
        await http.get(one)
        await http.get(three)
        assert server.made == 3
        await http.get(two)
        assert server.made == 4
    await until(lambda: not server.open)


async def test_an_answer_that_is_not_wanted_to_its_end_costs_its_connection():
    async def talk(reader, writer):
        while True:
            await request_of(reader)
            writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 50000\r\n\r\n" + b"x" * 10_000)
            wait(60)

    server = Server(talk)
    async with rude_server(server) as url, Http(timeout=600) as http:
        for _ in range(2):
            with pytest.raises(TimeoutError):
                async with asyncio.timeout(60):
                    await http.get(url)
        await until(lambda: not server.open)
    assert server.made == 2


async def test_an_answer_before_the_answer_is_passed_over():
    async def talk(reader, writer):
        await request_of(reader)
        writer.write(b"HTTP/1.1 103 Early Hints\r\nLink: </x>\r\n\r\nHTTP/1.1 200 OK\r\nETag: 1\r\n")
        writer.write(b"Transfer-Encoding: chunked\r\n\r\n2\r\nhi\r\n0\r\nTrailer: x\r\n\r\n")

    async with rude_server(talk) as url, Http(timeout=5) as http:
        answer = await http.get(url)
    assert (answer.status, answer.headers["etag"], answer.body) == (200, "1", b"hi")


async def test_what_a_server_says_before_it_has_read_a_long_reply_is_heard():
    async def talk(reader, writer):
        await request_of(reader)
        writer.write(b"HTTP/1.1 413 Too Large\r\nConnection: close\r\nContent-Length: 4\r\n\r\nlong")
        await writer.drain()
        await asyncio.sleep(0.05)

    async with rude_server(talk) as url, Http(timeout=5) as http:
        answer = await http.post(url, data={"comment": "x" * 3_000_000})
    assert (answer.status, answer.body) == (413, b"long")


async def test_a_reply_over_http_2_has_a_connection_of_its_own(trusted):  # noqa: F811
    trusted.set_alpn_protocols(["h2"])
    server = Server(speak_http2)
    async with rude_server(server, tls=trusted) as url, Http(timeout=5) as http:
        await http.get(f"{url}read")
        for number in (2, 3):
            assert (await http.post(f"{url}reply", data={"a": "b"})).body.startswith(b"/reply")
            assert server.made == number
            await until(lambda: server.open == 1)
        await http.get(f"{url}read")
    assert server.made == 3


async def test_an_http_2_connection_that_is_at_its_end_gives_way_to_another(trusted):  # noqa: F811
    trusted.set_alpn_protocols(["h2"])
    server = Server(speak_http2_once)
    async with rude_server(server, tls=trusted) as url, Http(timeout=5) as http:
        for number in (1, 2):
            assert (await http.get(f"{url}a")).body.startswith(b"/a")
            await until(lambda: not server.open)
            await asyncio.sleep(0.01)
            assert server.made == number


async def speak_http2_once(reader, writer):
    """Answers one request, says that it was the last, and leaves."""
    from h2.config import H2Configuration
    from h2.connection import H2Connection
    from h2.events import RequestReceived

    connection = H2Connection(H2Configuration(client_side=False))
    connection.initiate_connection()
    is_done = False
    while not is_done and (data := await reader.read(65_536)):
        for event in connection.receive_data(data):
            if isinstance(event, RequestReceived):
                connection.send_headers(event.stream_id, [(":status", "200")])
                connection.send_data(event.stream_id, dict(event.headers)[b":path"], end_stream=True)
                connection.close_connection()
                is_done = True
        writer.write(connection.data_to_send())
        await writer.drain()


def test_what_only_http_2_and_proxies_need_is_not_loaded_with_the_first_request():
    code = (
        "import sys, tui_reader.net.client;"
        "print(*({'httpcore', 'h2', 'anyio', 'sniffio', 'rich'} & sys.modules.keys()))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split() == []


def test_httpx_has_what_is_used_of_it():
    """What is no part of its public interface: named here, so that a new version is found out."""
    assert {"_init_transport"} <= vars(httpx.AsyncClient).keys()
    assert "_pool" in vars(httpx.AsyncHTTPTransport())
