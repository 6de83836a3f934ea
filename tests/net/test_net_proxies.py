"""The proxies that the environment names: used as people expect, and no way around what is refused."""

import asyncio
import sys

import pytest
from net_servers import request_of, rude_server
from test_net_http2 import trusted  # noqa: F401
from test_rude_servers import own_certificate  # noqa: F401

from tui_reader.errors import NoAnswerError, NotSentError
from tui_reader.net import proxies
from tui_reader.net.client import Http
from tui_reader.net.reach import Reach, on_behalf_of

NAMES = ("http_proxy", "https_proxy", "all_proxy", "no_proxy")


@pytest.fixture(autouse=True)
def environment(monkeypatch):
    """Names proxies; what the machine itself names is gone."""
    for name in NAMES:
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.upper(), raising=False)
    return monkeypatch


class Proxy:
    """What it was asked; connections that it is asked for it makes to one place, or refuses."""

    def __init__(self, leads_to: str = "") -> None:
        self.asked: list[bytes] = []
        self._leads_to = leads_to

    async def talk(self, reader, writer):
        while True:
            head = await request_of(reader)
            self.asked.append(head)
            if not head.startswith(b"CONNECT"):
                writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 7\r\n\r\nproxied")
            elif not self._leads_to:
                writer.write(b"HTTP/1.1 403 \x1b]0;EV\x07\r\nContent-Length: 0\r\n\r\n")
            else:
                host, _, port = self._leads_to.rstrip("/").rpartition("/")[2].partition(":")
                far_reader, far_writer = await asyncio.open_connection(host, int(port))
                writer.write(b"HTTP/1.1 200 Connected\r\n\r\n")
                back = asyncio.create_task(_pass_on(far_reader, writer))
                try:
                    await _pass_on(reader, far_writer)
                finally:
                    back.cancel()
                    await asyncio.wait([back])
                    far_writer.close()
                    await far_writer.wait_closed()
                return


async def _pass_on(reader, writer):
    while piece := await reader.read(65_536):
        writer.write(piece)


async def test_what_is_elsewhere_is_asked_by_way_of_the_proxy(environment):
    proxy = Proxy()
    async with rude_server(proxy.talk) as url, Http(timeout=5) as http:
        environment.setenv("http_proxy", url.replace("http://", "http://me:s3cret@"))
        async with Http(timeout=5) as http:
            answer = await http.get("http://blog.example/feed/?a=b")
    assert answer.body == b"proxied"
    (head,) = proxy.asked
    assert head.startswith(b"GET http://blog.example/feed/?a=b HTTP/1.1\r\n")
    assert b"proxy-authorization: basic bwu6cznjcmv0" in head.lower()


async def test_what_is_on_this_computer_is_asked_without_it(environment):
    async def plain(reader, writer):
        await request_of(reader)
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nhere")

    proxy = Proxy()
    async with rude_server(proxy.talk) as url, rude_server(plain) as here:
        environment.setenv("all_proxy", url)
        for address in (here, here.replace("127.0.0.1", "localhost")):
            async with Http(timeout=5) as http:
                assert (await http.get(address)).body == b"here"
    assert proxy.asked == []


async def test_what_no_proxy_names_is_asked_without_it(environment):
    proxy = Proxy()
    async with rude_server(proxy.talk) as url:
        environment.setenv("all_proxy", url)
        environment.setenv("no_proxy", "unfindable.invalid")
        async with Http(timeout=5) as http:
            with pytest.raises(NotSentError):
                await http.get("http://unfindable.invalid/")
    assert proxy.asked == []


@pytest.mark.parametrize(
    "private",
    ["http://192.168.0.1/", "http://localhost/", "http://2130706433/", "http://0x7f.1/", "http://[::1]/"],
)
async def test_a_strangers_word_sends_nobody_into_a_private_network_through_it(environment, private):
    proxy = Proxy()
    async with rude_server(proxy.talk) as url:
        environment.setenv("all_proxy", url)
        async with Http(timeout=5) as http:
            with on_behalf_of("http://blog.example/"), pytest.raises(NotSentError) as caught:
                await http.get(private)
    assert "private address" in caught.value.reason
    assert proxy.asked == []


async def test_an_encrypted_page_comes_through_a_tunnel_and_the_proxy_sees_none_of_it(environment, trusted):  # noqa: F811
    async def plain(reader, writer):
        assert b"s3cret" in await request_of(reader)
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nsafe")

    async with rude_server(plain, tls=trusted) as far:
        proxy = Proxy(far)
        async with rude_server(proxy.talk) as url:
            environment.setenv("https_proxy", url)
            environment.setattr(proxies, "OWN_NAMES", frozenset())  # the certificate is for 127.0.0.1
            async with Http(timeout=5) as http:
                answer = await http.get(far, headers={"x-token": "s3cret"})
    assert answer.body == b"safe"
    (head,) = proxy.asked
    assert head.startswith(b"CONNECT 127.0.0.1:")
    assert b"s3cret" not in head


async def test_a_reply_that_the_proxy_refused_a_way_for_has_surely_not_left(environment):
    proxy = Proxy()
    async with rude_server(proxy.talk) as url:
        environment.setenv("https_proxy", url)
        async with Http(timeout=5) as http:
            with pytest.raises(NotSentError) as caught:
                await http.post("https://blog.example/comment", data={"comment": "Hello."})
    assert "proxy" in caught.value.reason
    assert "EV" not in str(caught.value)
    (head,) = proxy.asked
    assert head.startswith(b"CONNECT blog.example:443")


async def test_a_reply_after_which_the_proxy_fell_silent_may_have_left(environment):
    async def silent(reader, writer):
        await request_of(reader)
        writer.close()

    async with rude_server(silent) as url:
        environment.setenv("http_proxy", url)
        async with Http(timeout=5) as http:
            with pytest.raises(NoAnswerError):
                await http.post("http://blog.example/comment", data={"comment": "Hello."})


async def test_of_a_proxy_that_is_gone_it_is_said_that_it_was_the_proxy(environment):
    environment.setenv("http_proxy", "http://me:s3cret@127.0.0.1:1")
    async with Http(timeout=5) as http:
        with pytest.raises(NotSentError) as caught:
            await http.get("http://blog.example/")
    assert "proxy" in caught.value.advice
    assert "s3cret" not in f"{caught.value} {caught.value.advice}"


@pytest.mark.parametrize(
    ("name", "value", "told"),
    [
        ("all_proxy", "socks5://127.0.0.1:1", "socksio"),
        ("http_proxy", "foo:bar", "http_proxy"),
        ("http_proxy", "ftp://s3cret@127.0.0.1/", "http_proxy"),
        ("no_proxy", "[::1", "no_proxy"),
    ],
)
async def test_a_proxy_that_cannot_be_used_is_said_and_nothing_goes_without_it(
    environment, name, value, told
):
    looked_up = []

    async def resolve(host, port):
        looked_up.append(host)
        return ["127.0.0.1"]

    environment.setitem(sys.modules, "socksio", None)
    environment.setenv(name, value)
    async with Http(timeout=5, reach=Reach(resolve)) as http:
        with pytest.raises(NotSentError) as caught:
            await http.get("http://blog.example/")
    assert told in caught.value.reason
    assert "s3cret" not in str(caught.value)
    assert looked_up == []
