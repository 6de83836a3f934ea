"""A public site sends nobody into a private network; blogs at home are read all the same."""

import asyncio
import socket
from ipaddress import ip_address

import httpx
import pytest
from net_servers import request_of, rude_server

from tui_reader.errors import NotSentError
from tui_reader.net.client import Http
from tui_reader.net.reach import PrivateTargetError, Reach, is_public, on_behalf_of
from tui_reader.net.streams import Streams

PRIVATE = [
    "0.0.0.0",
    "0.1.2.3",
    "10.0.0.1",
    "10.255.255.255",
    "100.64.0.1",
    "100.127.255.254",
    "127.0.0.1",
    "127.255.255.255",
    "169.254.169.254",
    "172.16.0.1",
    "172.31.255.255",
    "192.0.0.8",
    "192.0.2.1",
    "192.88.99.1",
    "192.168.0.1",
    "198.18.0.1",
    "198.19.255.255",
    "198.51.100.7",
    "203.0.113.9",
    "224.0.0.1",
    "239.255.255.250",
    "240.0.0.1",
    "255.255.255.255",
    "::",
    "::1",
    "::7f00:1",
    "::ffff:127.0.0.1",
    "::ffff:192.168.1.1",
    "64:ff9b::7f00:1",
    "64:ff9b::a00:1",
    "64:ff9b:1::1",
    "100::1",
    "2001::1",
    "2001:10::1",
    "2001:db8::1",
    "2002:7f00:1::",
    "2002:c0a8:101::1",
    "3fff::1",
    "5f00::1",
    "fc00::1",
    "fd12:3456::1",
    "fe80::1",
    "fec0::1",
    "ff02::1",
    "ff05::2",
    "::ffff:0:127.0.0.1",
]
PUBLIC = [
    "1.1.1.1",
    "9.255.255.255",
    "11.0.0.0",
    "93.184.215.14",
    "100.63.255.255",
    "100.128.0.0",
    "126.255.255.255",
    "128.0.0.1",
    "169.253.255.255",
    "172.15.255.255",
    "172.32.0.0",
    "192.0.1.1",
    "192.167.255.255",
    "192.169.0.0",
    "198.17.0.1",
    "198.20.0.0",
    "223.255.255.255",
    "2606:4700:4700::1111",
    "2a00:1450::1",
    "2001:4860:4860::8888",
    "::ffff:1.1.1.1",
    "64:ff9b::101:101",
    "2002:101:101::1",
]


@pytest.mark.parametrize("text", PRIVATE)
def test_a_private_address_is_never_taken_for_a_public_one(text):
    assert not is_public(ip_address(text))


@pytest.mark.parametrize("text", PUBLIC)
def test_a_public_address_is_never_refused(text):
    assert is_public(ip_address(text))


NAMES = {
    "blog.example": ["93.184.215.14"],
    "home.example": ["127.0.0.1"],
    "both.example": ["127.0.0.1", "93.184.215.14"],
    "localhost": ["::1", "127.0.0.1"],
}


async def resolve(host, port):
    if host not in NAMES:
        raise socket.gaierror(socket.EAI_NONAME, "no such host")
    return NAMES[host]


@pytest.mark.parametrize(
    ("named", "target", "reached"),
    [
        ("https://blog.example/feed", "blog.example", ["93.184.215.14"]),
        ("https://blog.example/feed", "home.example", None),
        ("https://blog.example/feed", "127.0.0.1", None),
        ("https://blog.example/feed", "::1", None),
        ("http://home.example/feed", "home.example", ["127.0.0.1"]),
        ("http://HOME.example:8080/feed", "home.example", ["127.0.0.1"]),
        ("http://192.168.1.5/feed", "192.168.1.5", ["192.168.1.5"]),
        ("http://192.168.1.5/feed", "192.168.1.6", None),
        # the same machine by another name
        ("http://localhost:8000/feed", "127.0.0.1", ["127.0.0.1"]),
        ("http://127.0.0.1:8000/feed", "localhost", ["127.0.0.1"]),
        ("http://127.0.0.1:8000/feed", "127.0.0.2", None),
        # a name with both kinds of address: the private one is bait, even for one who was named
        ("http://both.example/feed", "both.example", ["93.184.215.14"]),
        ("http://both.example/feed", "127.0.0.1", None),
        ("", "127.0.0.1", None),
        ("http://[", "127.0.0.1", None),
    ],
)
async def test_private_addresses_are_for_those_whom_the_user_named(named, target, reached):
    reach = Reach(resolve)
    with on_behalf_of(named):
        if reached is not None:
            assert await reach.addresses(target, 80) == reached
        else:
            with pytest.raises(PrivateTargetError, match="a public site pointed at a private address"):
                await reach.addresses(target, 80)


async def test_a_name_that_turns_private_while_we_run_is_refused():
    answers = [["93.184.215.14"], ["127.0.0.1"]]

    async def turning(host, port):
        return answers.pop(0)

    reach = Reach(turning)
    with on_behalf_of("http://blog.example/"):
        assert await reach.addresses("blog.example", 80) == ["93.184.215.14"]
        with pytest.raises(PrivateTargetError):
            await reach.addresses("blog.example", 80)


async def test_each_task_asks_on_behalf_of_its_own_blog():
    reach = Reach(resolve)

    async def ask(named):
        with on_behalf_of(named):
            await asyncio.sleep(0)
            return await asyncio.gather(reach.addresses("home.example", 80), return_exceptions=True)

    mine, theirs = await asyncio.gather(ask("http://home.example/"), ask("http://blog.example/"))
    assert mine == [["127.0.0.1"]]
    assert isinstance(theirs[0], PrivateTargetError)


@pytest.fixture
def _public_is_here(monkeypatch):
    """The one public address of these tests leads to loopback."""
    connect = Streams.connect_tcp

    async def to_loopback(self, host, port, **more):
        return await connect(self, "127.0.0.1" if host == "93.184.215.14" else host, port, **more)

    monkeypatch.setattr(Streams, "connect_tcp", to_loopback)
    for name in ("HTTP_PROXY", "ALL_PROXY", "http_proxy", "all_proxy"):
        monkeypatch.delenv(name, raising=False)


class Canary:
    """A server that must not be asked; it keeps what it was asked."""

    def __init__(self):
        self.asked = []

    async def talk(self, reader, writer):
        self.asked.append(await request_of(reader))
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\nsecret")
        await writer.drain()


@pytest.mark.parametrize(
    "host",
    ["127.0.0.1", "127.1", "2130706433", "0x7f000001", "[::ffff:127.0.0.1]", "localhost", "home.example"],
)
@pytest.mark.usefixtures("_public_is_here")
async def test_a_public_blog_cannot_redirect_to_a_private_address(host):
    canary = Canary()

    async def with_system(name, port):
        try:
            return await resolve(name, port)
        except OSError:
            return [entry[4][0] for entry in await asyncio.get_running_loop().getaddrinfo(name, port, type=1)]

    async with rude_server(canary.talk) as inside:
        port = httpx.URL(inside).port

        async def redirect(reader, writer):
            await request_of(reader)
            head = f"HTTP/1.1 302 Found\r\nLocation: http://{host}:{port}/\r\nContent-Length: 0\r\n\r\n"
            writer.write(head.encode())
            await writer.drain()

        async with rude_server(redirect) as outside, Http(reach=Reach(with_system)) as http:
            start = outside.replace("127.0.0.1", "blog.example")
            with pytest.raises(NotSentError) as caught:
                await http.get(start)
    assert "a public site pointed at a private address" in caught.value.reason
    assert canary.asked == []


@pytest.mark.usefixtures("_public_is_here")
async def test_a_kept_connection_to_a_blog_at_home_serves_no_stranger():
    asked = []

    async def talk(reader, writer):
        while True:
            asked.append(await request_of(reader))
            writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok")
            await writer.drain()

    async with rude_server(talk) as url, Http(reach=Reach(resolve)) as http:
        home = url.replace("127.0.0.1", "home.example")
        with on_behalf_of(home):
            await http.get(home)
        with on_behalf_of("http://blog.example/"):
            with pytest.raises(NotSentError):
                await http.get(home)
            with pytest.raises(NotSentError):
                await http.post(home, data={"a": "b"})
        assert len(asked) == 1
        with on_behalf_of(home):
            assert (await http.get(home)).text() == "ok"


async def test_an_address_that_does_not_take_the_connection_leaves_it_to_the_next():
    async def talk(reader, writer):
        await request_of(reader)
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok")
        await writer.drain()

    async def two(host, port):
        return ["127.0.0.9", "127.0.0.1"]  # the server listens on the second alone

    async with rude_server(talk) as url, Http(reach=Reach(two)) as http:
        response = await http.get(url.replace("127.0.0.1", "home.example"))
    assert response.text() == "ok"


async def test_where_no_address_takes_it_the_first_reason_is_told():
    async def two(host, port):
        return ["127.0.0.1", "127.0.0.2"]

    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    async with Http(reach=Reach(two)) as http:
        with pytest.raises(NotSentError) as caught:
            await http.get(f"http://home.example:{port}/")
    assert caught.value.reason == "the connection was refused"
