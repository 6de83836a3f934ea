"""The demo server's HTTP holds out against whatever is sent to it."""

import asyncio
import json
from contextlib import suppress

import httpx
import pytest

from tui_reader.demo import DemoServer, running_demo
from tui_reader.demo.wire import Request


class Log(list[tuple[str, str]]):
    """A record that tells when something is written in it."""

    def __init__(self, written: asyncio.Event) -> None:
        super().__init__()
        self.written = written

    def append(self, entry: tuple[str, str]) -> None:
        super().append(entry)
        self.written.set()


async def say(server: DemoServer, data: bytes) -> bytes:
    """Sends bytes as they are, then nothing more, and gives all that comes back."""
    reader, writer = await asyncio.open_connection(
        "127.0.0.1", int(server.url.rstrip("/").rpartition(":")[2])
    )
    try:
        writer.write(data)
        writer.write_eof()
        return await reader.read()
    finally:
        writer.close()
        await writer.wait_closed()


HOST = b"Host: x\r\n"
GARBAGE = [
    pytest.param(b"\x16\x03\x01\x02\x00\x01\r\n\r\n", 400, id="TLS"),
    pytest.param(b"\x00" * 5_000 + b"\r\n\r\n", 400, id="zeros"),
    pytest.param(b"GET /\r\n\r\n", 400, id="HTTP/0.9"),
    pytest.param(b"GET / HTTP/1.1\r\n\r\n", 400, id="no host"),
    pytest.param(b"GET / HTTP/2.0\r\n" + HOST + b"\r\n", 505, id="version"),
    pytest.param(b"GET  / HTTP/1.1\r\n" + HOST + b"\r\n", 400, id="two spaces"),
    pytest.param(b"GET http://x/ HTTP/1.1\r\n" + HOST + b"\r\n", 400, id="proxy"),
    pytest.param(b"GET / HTTP/1.1\r\n" + HOST + b"no colon\r\n\r\n", 400, id="no colon"),
    pytest.param(b"GET / HTTP/1.1\r\n" + HOST + b" folded: x\r\n\r\n", 400, id="folded"),
    pytest.param(b"GET / HTTP/1.1\r\n" + HOST + HOST + b"\r\n", 400, id="two hosts"),
    pytest.param(b"POST / HTTP/1.1\r\n" + HOST + b"Content-Length: -1\r\n\r\n", 400, id="negative"),
    pytest.param(
        b"POST / HTTP/1.1\r\n" + HOST + b"Content-Length: 1\r\nContent-Length: 2\r\n\r\n",
        400,
        id="two lengths",
    ),
    pytest.param(b"POST / HTTP/1.1\r\n" + HOST + b"Content-Length: 1000001\r\n\r\n", 413, id="too much"),
    pytest.param(b"POST / HTTP/1.1\r\n" + HOST + b"Transfer-Encoding: chunked\r\n\r\n", 411, id="chunked"),
    pytest.param(b"GET /" + b"a" * 40_000 + b" HTTP/1.1\r\n" + HOST + b"\r\n", 431, id="long"),
    pytest.param(b"BREW /feed/ HTTP/1.1\r\n" + HOST + b"Connection: close\r\n\r\n", 405, id="method"),
    pytest.param(b"GET /?" + b"a=1&" * 600 + b" HTTP/1.1\r\n" + HOST + b"\r\n", 400, id="many parameters"),
    pytest.param(
        b"GET /%ff%00/\xe9/ HTTP/1.1\r\n" + HOST + b"Connection: close\r\n\r\n", 404, id="bytes in path"
    ),
]


@pytest.mark.parametrize(("data", "status"), GARBAGE)
async def test_garbage_is_answered_with_its_status_and_the_server_goes_on(client, server, data, status):
    answer = await say(server, data)

    assert answer.startswith(b"HTTP/1.1 %d " % status)
    assert (await client.get("/")).status_code == 200


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"GET / HT",
        b"\r\n\r\n",
        b"POST /wp-comments-post.php HTTP/1.1\r\n" + HOST + b"Content-Length: 9\r\n\r\nhalf",
    ],
)
async def test_who_goes_away_in_the_middle_gets_no_answer(client, server, data):
    assert await say(server, data) == b""
    assert (await client.get("/")).status_code == 200


async def test_a_line_break_in_the_path_begins_no_header(server):
    answer = await say(
        server, b"GET /x%0d%0aSet-Cookie:%20a=b HTTP/1.1\r\n" + HOST + b"Connection: close\r\n\r\n"
    )

    assert f"\r\nLocation: {server.url}x%0D%0ASet-Cookie%3A%20a%3Db/\r\n".encode() in answer
    assert b"\r\nSet-Cookie" not in answer


async def test_form_with_too_many_fields_is_refused(client):
    answer = await client.post("/wp-comments-post.php", data={f"f{number}": "x" for number in range(600)})

    assert answer.status_code == 400


async def test_form_of_another_kind_has_no_fields(client):
    answer = await client.post("/wp-comments-post.php", json={"comment_post_ID": 44})

    assert (answer.status_code, answer.content) == (200, b"")


async def test_bytes_that_are_no_text_are_taken_as_far_as_they_go(client, server):
    body = b"comment=caf%E9+%F0%9F%98&author=\xff&email=a%40example.org&comment_post_ID=44"
    answer = await client.post(
        "/wp-comments-post.php", content=body, headers={"Content-Type": "application/x-www-form-urlencoded"}
    )

    assert answer.status_code == 302
    assert server.demo_blogs[0].comments[-1].typed.startswith("caf\N{REPLACEMENT CHARACTER}")


async def test_a_connection_serves_several_requests(server):
    request = b"GET /feed/ HTTP/1.1\r\n" + HOST
    answer = await say(server, request + b"\r\n" + b"\r\n" + request + b"Connection: close\r\n\r\n")

    assert answer.count(b"HTTP/1.1 200 OK") == 2
    assert answer.count(b"Connection: keep-alive") == 1


async def test_an_old_client_is_served_once(server):
    answer = await say(server, b"GET /feed/ HTTP/1.0\r\n\r\n" * 2)

    assert answer.count(b"HTTP/1.1 200 OK") == 1


async def test_who_asks_before_sending_is_told_to_go_on(server):
    head = b"POST /wp-comments-post.php HTTP/1.1\r\n" + HOST
    answer = await say(
        server, head + b"Expect: 100-continue\r\nContent-Length: 1\r\nConnection: close\r\n\r\nx"
    )

    assert answer.startswith(b"HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK")


async def test_a_silent_connection_is_closed(server):
    server.idle_seconds = 0.05
    reader, writer = await asyncio.open_connection(
        "127.0.0.1", int(server.url.rstrip("/").rpartition(":")[2])
    )

    assert await asyncio.wait_for(reader.read(), timeout=5) == b""
    writer.close()
    await writer.wait_closed()


@pytest.mark.parametrize("path", ["/", "/feed/", "/wp-json/wp/v2/posts/44", "/nowhere/"])
async def test_head_says_what_get_would_without_the_body(client, path):
    head, get = await client.head(path), await client.get(path)

    assert (head.status_code, head.content) == (get.status_code, b"")
    assert head.headers["content-length"] == str(len(get.content))
    assert head.headers["content-type"] == get.headers["content-type"]


async def test_every_request_is_on_record(client, server):
    await client.get("/feed/?paged=1")
    await client.post("/wp-comments-post.php", data={})

    assert server.requests == [("GET", "/feed/?paged=1"), ("POST", "/wp-comments-post.php")]


async def test_only_loopback_is_listened_to(server):
    assert {connection.getsockname()[0] for connection in server._server.sockets} == {"127.0.0.1"}


async def test_closing_ends_hanging_connections(clock, letter):
    async with DemoServer(now=clock) as server:
        has_arrived = asyncio.Event()
        server.requests = Log(has_arrived)
        server.fault = "hang-before"
        client = httpx.AsyncClient(base_url=server.url, timeout=5)
        waiting = asyncio.create_task(client.post("/wp-comments-post.php", data=letter()))
        await has_arrived.wait()

    with pytest.raises(httpx.HTTPError):
        await waiting
    await client.aclose()


async def test_who_takes_no_answers_does_not_keep_the_server_from_closing(clock):
    request = b"GET /wp-json/wp/v2/comments?per_page=100&post=31 HTTP/1.1\r\n" + HOST + b"\r\n"
    async with asyncio.timeout(20):
        async with DemoServer(now=clock) as server:
            port = int(server.url.rstrip("/").rpartition(":")[2])
            has_arrived = asyncio.Event()
            server.requests = Log(has_arrived)
            _, writer = await asyncio.open_connection("127.0.0.1", port, limit=1_000)
            writer.write(request * 400)
            await has_arrived.wait()
            with suppress(TimeoutError):
                while True:  # until the answers are stuck
                    await asyncio.wait_for(has_arrived.wait(), timeout=0.2)
                    has_arrived.clear()

    assert 0 < len(server.requests) < 400
    writer.close()


def test_it_runs_in_a_thread_for_code_without_a_loop(clock):
    with running_demo(now=clock) as server:
        response = httpx.get(server.url + "feed/")
        url = server.url

    assert response.status_code == 200
    with pytest.raises(httpx.ConnectError):
        httpx.get(url)


def test_a_port_that_is_taken_is_told_to_whoever_starts_the_thread(clock):
    with running_demo(now=clock) as server:
        port = int(server.url.rstrip("/").rpartition(":")[2])
        with pytest.raises(OSError, match="address"), running_demo(port=port):
            pass


def test_list_parameters_are_read_in_phps_spellings():
    assert Request.of("GET", "/?post=1,2").all("post") == ("1", "2")
    assert Request.of("GET", "/?post[]=1&post[3]=2").all("post") == ("1", "2")
    assert Request.of("GET", "/?post=1&post=2").all("post") == ("2",)


@pytest.mark.parametrize("body", [b"", b"{", b"[1]", b"[" * 100_000, b"\xff"])
def test_body_that_is_no_object_is_empty(body):
    assert Request.of("POST", "/", body=body).json == {}
    assert Request.of("POST", "/", body=json.dumps({"a": 1}).encode()).json == {"a": 1}
