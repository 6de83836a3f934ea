"""Real sockets on loopback: servers that are slow, endless, lying or gone."""

import asyncio
import gzip
import ssl
import tracemalloc
import zlib
from datetime import UTC, datetime
from ipaddress import ip_address

import pytest
from net_servers import request_of, rude_server

from tui_reader.errors import FetchError, NoAnswerError, NotSentError, ResponseTooLargeError
from tui_reader.net.client import Http
from tui_reader.net.inflate import Inflater, TooMuchError

PATIENCE = 30
"""Of the program, in seconds that pass when :func:`wait` says so, however fast the machine is."""


def wait(seconds):
    """So long passes for all that waits in this loop."""
    loop = asyncio.get_running_loop()
    if not hasattr(loop, "added"):
        passing = loop.time
        loop.added, loop.time = 0.0, lambda: passing() + loop.added
    loop.added += seconds


@pytest.fixture(autouse=True)
def _no_proxy(monkeypatch):
    for name in ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "http_proxy", "https_proxy", "all_proxy"):
        monkeypatch.delenv(name, raising=False)


async def never(reader, writer):
    await request_of(reader)
    wait(PATIENCE)
    await asyncio.Event().wait()


async def drip(reader, writer):
    await request_of(reader)
    writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n")
    while True:
        writer.write(b"x")
        await writer.drain()
        await asyncio.sleep(0.01)
        wait(PATIENCE / 10)


async def slow_head(reader, writer):
    await request_of(reader)
    writer.write(b"HTTP/1.1 200 OK\r\n")
    while True:
        writer.write(b"X: y\r\n")
        await writer.drain()
        await asyncio.sleep(0.01)
        wait(PATIENCE / 10)


@pytest.mark.parametrize("talk", [never, drip, slow_head])
async def test_the_deadline_is_over_the_whole_exchange(talk):
    async with rude_server(talk) as url, Http(timeout=PATIENCE) as http:
        with pytest.raises(NoAnswerError) as caught:
            await http.get(url)
    assert caught.value.reason == "no answer within 30 s"


async def test_the_deadline_is_over_all_redirects_together():
    number = 0

    async def talk(reader, writer):
        nonlocal number
        while True:
            await request_of(reader)
            number += 1
            wait(PATIENCE / 3)
            writer.write(f"HTTP/1.1 302 Found\r\nLocation: /{number}\r\nContent-Length: 0\r\n\r\n".encode())
            await writer.drain()

    wait(0)  # whoever keeps the clock keeps this one
    async with rude_server(talk) as url, Http(timeout=PATIENCE) as http:
        with pytest.raises(FetchError) as caught:
            await http.get(url)
    assert caught.value.reason == "no answer within 30 s"


@pytest.mark.parametrize(
    "answer",
    [
        b"",
        b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nonly this",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\nhello\r\n",
        b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\nhello!",
        b"HTTP/1.1 200 OK\r\nContent-Length: many\r\n\r\nhello",
        b"SSH-2.0-OpenSSH_9\r\n",
        b"\x15\x03\x01\x00\x02\x02",
        b"HTTP/1.1 200 OK\r\n" + b"X: " + b"y" * 300_000 + b"\r\n\r\n",
    ],
    ids=[
        "nothing",
        "short",
        "no last chunk",
        "bad chunk",
        "two lengths",
        "bad length",
        "ssh",
        "tls",
        "huge head",
    ],
)
async def test_answers_that_break_off_or_are_no_http_are_no_answer(answer):
    async def talk(reader, writer):
        await request_of(reader)
        writer.write(answer)
        await writer.drain()

    async with rude_server(talk) as url, Http(timeout=5) as http:
        with pytest.raises(NoAnswerError) as caught:
            await http.get(url)
    assert caught.value.reason in {
        "the server broke off, or does not speak HTTP",
        "the connection was lost",
        "the server broke the connection off",
    }


async def test_a_longer_body_than_announced_is_cut_there():
    async def talk(reader, writer):
        await request_of(reader)
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello and more")
        await writer.drain()

    async with rude_server(talk) as url, Http(timeout=5) as http:
        assert (await http.get(url)).body == b"hello"


async def test_a_reset_after_a_reply_leaves_its_fate_open():
    async def talk(reader, writer):
        await request_of(reader)
        writer.transport.abort()

    async with rude_server(talk) as url, Http(timeout=5) as http:
        with pytest.raises(NoAnswerError):
            await http.post(url, data={"comment": "hello"})


async def test_a_deadline_after_a_reply_leaves_its_fate_open():
    async with rude_server(never) as url, Http(timeout=PATIENCE) as http:
        with pytest.raises(NoAnswerError):
            await http.post(url, data={"comment": "hello"})


async def test_a_refused_connection_surely_left_nothing():
    async with rude_server(never) as url:
        pass  # the port is free again
    async with Http(timeout=5) as http:
        with pytest.raises(NotSentError) as caught:
            await http.post(url, data={"comment": "hello"})
    assert caught.value.reason == "the connection was refused"


async def test_a_deadline_before_the_connection_stands_surely_left_nothing():
    async def talk(reader, writer):
        await reader.read(1)
        wait(PATIENCE / 2)
        await asyncio.Event().wait()

    # the other side never answers the greeting of TLS: not one byte of the request can have left
    async with rude_server(talk) as url, Http(timeout=PATIENCE) as http:
        with pytest.raises(NotSentError) as caught:
            await http.post(url.replace("http:", "https:"), data={"comment": "hello"})
    assert caught.value.reason == "no connection could be made in time"


async def test_a_server_without_tls_is_told_apart():
    async def talk(reader, writer):
        await reader.read(5)
        writer.write(b"HTTP/1.1 400 Bad Request\r\n\r\n")
        await writer.drain()

    async with rude_server(talk) as url, Http(timeout=5) as http:
        with pytest.raises(NotSentError) as caught:
            await http.get(url.replace("http:", "https:"))
    assert caught.value.reason == "no secure connection could be made"


async def test_an_endless_body_ends_at_the_limit():
    async def talk(reader, writer):
        await request_of(reader)
        writer.write(b"HTTP/1.1 200 OK\r\n\r\n")
        while True:
            writer.write(b"x" * 60_000)
            await writer.drain()

    async with rude_server(talk) as url, Http(timeout=30) as http:
        with pytest.raises(ResponseTooLargeError):
            await http.get(url, max_bytes=1_000_000)


async def test_a_bomb_over_the_wire_is_stopped():
    bomb = gzip.compress(bytes(100_000_000))

    async def talk(reader, writer):
        await request_of(reader)
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: %d\r\n\r\n" % len(bomb))
        writer.write(bomb)
        await writer.drain()

    async with rude_server(talk) as url, Http(timeout=30) as http:
        with pytest.raises(ResponseTooLargeError):
            await http.get(url, max_bytes=1_000_000)


async def test_connections_are_used_again_for_reading_and_never_for_a_reply():
    connections = 0

    async def talk(reader, writer):
        nonlocal connections
        connections += 1
        while True:
            head = await request_of(reader)
            if head.startswith(b"POST"):
                await reader.readexactly(len(b"comment=hello"))
            writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok")
            await writer.drain()

    async with rude_server(talk) as url, Http(timeout=5) as http:
        for _ in range(3):
            await http.get(url)
        assert connections == 1
        await http.post(url, data={"comment": "hello"})
        await http.post(url, data={"comment": "hello"})
        assert connections == 3


async def test_a_short_redirect_keeps_the_connection():
    connections = 0

    async def talk(reader, writer):
        nonlocal connections
        connections += 1
        await request_of(reader)
        writer.write(b"HTTP/1.1 302 Found\r\nLocation: /there\r\nContent-Length: 5\r\n\r\nthere")
        await request_of(reader)
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok")
        await writer.drain()

    async with rude_server(talk) as url, Http(timeout=5) as http:
        assert (await http.get(url)).body == b"ok"
    assert connections == 1


@pytest.fixture
def own_certificate(tmp_path):
    """A server's TLS context with a certificate that nobody vouches for."""
    x509 = pytest.importorskip("cryptography.x509")
    from cryptography.hazmat.primitives import hashes, serialization
    from cryptography.hazmat.primitives.asymmetric import ec

    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "127.0.0.1")])
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(datetime(2020, 1, 1, tzinfo=UTC))
        .not_valid_after(datetime(2100, 1, 1, tzinfo=UTC))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))]), critical=False)
        .sign(key, hashes.SHA256())
    )
    path = tmp_path / "own.pem"
    path.write_bytes(
        certificate.public_bytes(serialization.Encoding.PEM)
        + key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
    )
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(path)
    return context


async def test_a_certificate_that_nobody_vouches_for_is_refused(own_certificate):
    async with rude_server(never, tls=own_certificate) as url, Http(timeout=5) as http:
        with pytest.raises(NotSentError) as caught:
            await http.get(url)
    assert caught.value.reason.startswith("the certificate is not valid: self-signed certificate")


@pytest.mark.parametrize("bits", [zlib.MAX_WBITS | 16, zlib.MAX_WBITS, -zlib.MAX_WBITS])
def test_a_bomb_is_noticed_before_it_goes_off(bits):
    """What it would unpack to never is in memory, though it comes in one piece."""
    packing = zlib.compressobj(9, wbits=bits)
    bomb = packing.compress(bytes(60_000_000)) + packing.flush()
    inflater = Inflater("gzip" if bits > zlib.MAX_WBITS else "deflate", 100_000)
    tracemalloc.start()
    try:
        with pytest.raises(TooMuchError):
            inflater.feed(bomb)
        _, most = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert most < 2_000_000
