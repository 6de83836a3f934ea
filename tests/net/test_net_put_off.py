"""TLS in a program that put it off until the first blog is asked."""

import os
import subprocess
import sys

from test_rude_servers import own_certificate  # noqa: F401

ASKS = """
import sys
from tui_reader.put_off import putting_off
with putting_off():
    import asyncio
assert "ssl" not in sys.modules and "asyncio.sslproto" not in sys.modules

async def answer(reader, writer):
    await reader.readuntil(b"\\r\\n\\r\\n")
    writer.write(b"HTTP/1.1 200 OK\\r\\nContent-Length: 2\\r\\n\\r\\nhi")
    await writer.drain()
    writer.close()

async def main(certificate):
    from tui_reader.net.client import Http
    import httpx, ssl
    served = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    served.load_cert_chain(certificate)
    # asyncio's own servers and connections, which hold what stands in for the module
    server = await asyncio.start_server(answer, "127.0.0.1", 0, ssl=served)
    port = server.sockets[0].getsockname()[1]
    trusting = ssl.create_default_context(cafile=certificate)
    reader, writer = await asyncio.open_connection("127.0.0.1", port, ssl=trusting)
    writer.write(b"GET / HTTP/1.1\\r\\n\\r\\n")
    print((await reader.read())[-2:].decode(), writer.get_extra_info("ssl_object").version())
    writer.close()
    # and the program's own
    httpx.create_ssl_context = lambda: trusting
    async with Http(timeout=5) as http:
        print((await http.get(f"https://127.0.0.1:{port}/")).body.decode())
    server.close()

asyncio.run(main(sys.argv[1]))
"""

ASKS_OPENLY = """
import sys
from tui_reader.put_off import putting_off
with putting_off():
    import asyncio

async def answer(reader, writer):
    await reader.readuntil(b"\\r\\n\\r\\n")
    writer.write(b"HTTP/1.1 304 Not Modified\\r\\nETag: 1\\r\\n\\r\\n")
    await writer.drain()
    writer.close()

async def main():
    from tui_reader.net.client import Http
    server = await asyncio.start_server(answer, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    async with Http(timeout=5) as http:
        print((await http.get(f"http://127.0.0.1:{port}/feed")).status)
    server.close()

asyncio.run(main())
print([name for name in ("httpx", "httpcore", "ssl", "_ssl", "email", "http.client") if name in sys.modules])
"""


def test_a_blog_without_tls_is_asked_without_loading_what_only_others_need():
    without_proxies = {
        name: value for name, value in os.environ.items() if not name.lower().endswith("_proxy")
    }
    done = subprocess.run(
        [sys.executable, "-c", ASKS_OPENLY], capture_output=True, text=True, timeout=60, env=without_proxies
    )
    assert not done.returncode, done.stderr
    assert done.stdout.split("\n")[:2] == ["304", "[]"]


def test_blogs_are_asked_over_tls_though_it_was_put_off(own_certificate, tmp_path):  # noqa: F811
    done = subprocess.run(
        [sys.executable, "-c", ASKS, str(tmp_path / "own.pem")], capture_output=True, text=True, timeout=60
    )
    assert not done.returncode, done.stderr
    assert done.stdout.split() == ["hi", "TLSv1.3", "hi"]
