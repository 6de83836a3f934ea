"""Who is let in: nobody learns anything without the token, from another site or under another name."""

import base64
import http.client
import os
import signal
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from serving_process import serve


def ask(served, path, **headers):
    """Status, headers and body of the answer."""
    address = urlsplit(served.url)
    connection = http.client.HTTPConnection(address.hostname, address.port, timeout=60)
    try:
        connection.request("GET", path, headers=headers)
        answer = connection.getresponse()
        return answer.status, dict(answer.getheaders()), b"" if answer.status == 101 else answer.read()
    finally:
        connection.close()


def knock(served, path, **headers):
    """Asks for the websocket as a browser does."""
    key = base64.b64encode(os.urandom(16)).decode()
    wanted = {"Connection": "Upgrade", "Upgrade": "websocket", "Sec-WebSocket-Version": "13"}
    return ask(served, path, **wanted, **{"Sec-WebSocket-Key": key}, **headers)


def token(served):
    return urlsplit(served.url).path.strip("/")


def own(served):
    return f"http://{urlsplit(served.url).netloc}"


@pytest.mark.parametrize(
    "path",
    [
        "/",
        "/ws",
        "/static/js/textual.js",
        "/page/page.js",
        "/download/x",
        "/no-such-thing",
        "/{wrong}/",
        "/{wrong}/ws",
        "/{wrong}/static/js/textual.js",
        "/{shorter}/",
        "//{token}/",
        "/x/../{token}/",
    ],
)
def test_without_the_token_there_is_403_and_nothing_else(demo, path):
    right = token(demo)
    asked = path.format(wrong=right[::-1], shorter=right[:-1], token=right)
    status, headers, body = ask(demo, asked)
    assert (status, body) == (403, b"403: Forbidden\n")
    assert right not in str(headers)
    assert knock(demo, asked, Origin=own(demo))[0] == 403


@contextmanager
def handed_to_a_browser(tmp_path, monkeypatch):
    """A program that is served and has opened a browser; and the address that this was called with."""
    note = tmp_path / "called-with"
    browser = tmp_path / "browser"
    browser.write_text(f'#!/bin/sh\nprintf %s "$1" > {note}.new && mv {note}.new {note}\n')
    browser.chmod(0o700)
    # the name tells the library that this one has a window of its own
    monkeypatch.setenv("BROWSER", f"{browser} %s &")
    with serve(tmp_path / "home", "--demo", "--open") as served:
        deadline = time.monotonic() + 20
        while not note.exists() and time.monotonic() < deadline:
            time.sleep(0.02)
        yield served, urlsplit(note.read_text()).path


def test_the_address_that_a_browser_is_called_with_lets_in_once_and_holds_no_token(tmp_path, monkeypatch):
    with handed_to_a_browser(tmp_path, monkeypatch) as (served, once):
        assert token(served) not in once
        # neither another site's page nor a name that is not ours uses it up
        assert ask(served, once, Origin="https://evil.example")[0] == 403
        assert ask(served, once, Host="evil.example")[0] == 403
        status, headers, _body = ask(served, once)
        assert (status, headers["Location"]) == (303, f"/{token(served)}/")
        assert headers["Referrer-Policy"] == "no-referrer"
        # what whoever reads the list of processes has from it
        status, headers, _body = ask(served, once)
        assert (status, "Location" in headers) == (403, False)


def test_with_the_token_there_is_a_page_that_may_load_nothing_from_elsewhere(demo):
    status, headers, body = ask(demo, f"/{token(demo)}/")
    assert status == 200
    assert b"http://" not in body.replace(b"ws://", b"")
    assert b"https://" not in body
    assert headers["Content-Security-Policy"].startswith("default-src 'none'; script-src 'self'")
    assert headers["Referrer-Policy"] == "no-referrer"
    for name in ("static/js/textual.js", "page/page.css", "static/fonts/RobotoMono-VariableFont_wght.ttf"):
        assert ask(demo, f"/{token(demo)}/{name}")[0] == 200
    assert ask(demo, f"/{token(demo)}/download/no-such-key")[0] == 404
    assert ask(demo, f"/{token(demo)}/static/../server.py")[0] == 404
    assert ask(demo, f"/{token(demo)}/static/%2e%2e/server.py")[0] in {403, 404}


@pytest.mark.parametrize(
    "host",
    ["rebound.example", "127.0.0.1.rebound.example", "127.0.0.1@rebound.example", "10.0.0.7:{port}", ""],
)
def test_under_another_name_there_is_403(demo, host):
    named = host.format(port=urlsplit(demo.url).port)
    assert ask(demo, f"/{token(demo)}/", Host=named)[0] == 403
    assert knock(demo, f"/{token(demo)}/ws", Host=named, Origin=f"http://{named}")[0] == 403


@pytest.mark.parametrize("origin", ["https://stranger.example", "null", "http://127.0.0.1:1", None])
def test_the_websocket_opens_to_our_own_page_only(demo, origin):
    headers = {} if origin is None else {"Origin": origin}
    assert knock(demo, f"/{token(demo)}/ws", **headers)[0] == 403
    assert demo.readers() == set()


def test_two_servers_have_two_tokens(demo, tmp_path):
    with serve(tmp_path, "--demo") as other:
        assert len(token(other)) >= 43
        assert token(other) != token(demo)


@contextmanager
def visit(served):
    """Opens the websocket and waits for the reader; gives its processes."""
    address = urlsplit(served.url)
    connection = http.client.HTTPConnection(address.hostname, address.port, timeout=60)
    headers = {"Connection": "Upgrade", "Upgrade": "websocket", "Sec-WebSocket-Version": "13"}
    headers["Sec-WebSocket-Key"] = base64.b64encode(os.urandom(16)).decode()
    connection.request("GET", f"{address.path}ws", headers={**headers, "Origin": own(served)})
    answer = connection.getresponse()
    try:
        assert answer.status == 101
        seen = b""
        # the alternate screen: it stands
        while b"\x1b[?1049h" not in seen:
            seen += answer.fp.read1()
        readers = served.readers()
        assert readers
        yield readers
    finally:
        answer.close()
        connection.close()


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM], ids=lambda number: number.name)
def test_a_signal_ends_the_server_and_every_reader(tmp_path, number):
    with serve(tmp_path, "--demo") as served, visit(served) as readers:
        served.process.send_signal(number)
        assert served.process.wait(60) == 0
        assert [pid for pid in readers if is_alive(pid)] == []


def test_a_reader_ends_when_the_page_is_closed_or_the_server_killed(tmp_path):
    with serve(tmp_path, "--demo") as served:
        with visit(served) as readers:
            pass
        assert all_end(readers)
        with visit(served) as readers:
            served.process.kill()
            assert all_end(readers)


def test_no_more_readers_are_let_in_than_the_user_allows(tmp_path):
    with serve(tmp_path, "--demo", "--readers", "1") as served:
        page = f"/{token(served)}/"
        with visit(served) as readers, ThreadPoolExecutor() as pool:
            beyond = pool.submit(ask, served, page)
            # whoever had the page already
            knocked = pool.submit(knock, served, f"{page}ws", Origin=own(served))
            status, headers, body = beyond.result()
            assert (status, knocked.result()[0]) == (503, 503)
            assert served.readers() == readers
            assert headers["Content-Security-Policy"].startswith("default-src 'none'")
            assert b"1 reader is open here" in body
            assert b"<script" not in body
        # its reader is still ending: the page waits for its place
        assert ask(served, page)[0] == 200
        assert all_end(readers)
        with visit(served) as others:
            assert not others & readers


def all_end(readers):
    until = time.monotonic() + 60
    while any(is_alive(pid) for pid in readers):
        if time.monotonic() > until:
            return False
        time.sleep(0.05)
    return True


def is_alive(pid):
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.168.0.4", "blogs.example"])
def test_no_other_host_is_served_and_the_words_say_what_to_do(cli, host):
    ran = cli("serve", "--host", host)
    assert ran.status == 2
    assert ran.out == ""
    assert f"error: {host} may be reached from other computers" in ran.err
    assert "ssh -L" in ran.err


def test_a_port_that_is_taken_is_told(demo, cli):
    ran = cli("serve", "--port", urlsplit(demo.url).port)
    assert ran.status == 2
    assert "choose another" in ran.err


def test_nothing_of_it_is_loaded_at_the_start():
    code = "import sys, tui_reader.cli.reader, tui_reader.ui.app; print('aiohttp' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "False\n"
