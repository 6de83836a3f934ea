"""Addresses read at one look are what httpx makes of them."""

import itertools
import string
import subprocess
import sys

import httpx
import pytest

from tui_reader.net.address import checked, origin, shown
from tui_reader.net.web_address import AddressError, WebAddress

HOSTS = (
    *("blog.example", "www.blog.example.", "localhost", "a", "a-b.c-d.ef", "blog_x.example", "-a.b", "a.b-"),
    *("127.0.0.1", "127.1.0.255", "256.1.1.1", "01.2.3.4", "1.2.3", "1.2.3.4.5", "0x7f.1", "2130706433"),
    *(
        "a.1",
        "1.a",
        "1.2.3.4a",
        "a.0x1",
        "xn--bcher-kva.example",
        "a.xn--p1ai",
        "BLOG.example",
        "bücher.example",
    ),
    *("[::1]", "[fe80::1]", "a..b", ".a", "", "a" * 70 + ".example", "a%41.b", "user@a.b", "user:pw@a.b"),
)
PORTS = ("", ":80", ":443", ":8080", ":65535", ":65536", ":99999", ":0", ":080", ":", ":x")
PATHS = (
    *(
        "",
        "/",
        "/feed",
        "/feed/",
        "/a//b",
        "//",
        "/.",
        "/..",
        "/a/../b",
        "/a/./b",
        "/a/.b",
        "/a.xml",
        "/..a",
        "/~x",
    ),
    *(
        "/?feed=rss2",
        "/?",
        "?a=b",
        "/a?b=c&d=e/f",
        "/a?b#c",
        "/a#",
        "/a%20b",
        "/a%2fb",
        "/a%zz",
        "/a b",
        "/ä",
        "/a?ä",
    ),
    *("/a?b c", "/a?b[]=1", "/a?'", '/a?"', "/a;b", "/a:b@c", "/\\", "/a?b?c", "/-a", "/_a", "/a+b?c+d"),
)
LETTERS = (*string.printable, "ä", "\x7f", "\u2028", "\u0661")


def parts_by_httpx(text):
    try:
        url = httpx.URL(text)
        host = url.host
    except (httpx.InvalidURL, ValueError, TypeError):
        return None
    return (
        *(
            str(url),
            url.scheme,
            host,
            url.raw_host.decode(),
            url.netloc,
            url.raw_path,
            url.port,
            url.userinfo,
        ),
        url.fragment,
    )


def parts(text):
    try:
        url = WebAddress.read(text)
    except AddressError:
        return None
    return (
        *(url.text, url.scheme, url.host, url.raw_host, url.netloc, url.target, url.port),
        *(url.userinfo, url.fragment),
    )


@pytest.mark.parametrize("scheme", ["http", "https", "HTTP", "ftp"])
def test_an_address_has_the_parts_that_httpx_finds_in_it(scheme):
    for host, port, path in itertools.product(HOSTS, PORTS, PATHS):
        text = f"{scheme}://{host}{port}{path}"
        assert parts(text) == parts_by_httpx(text), text


def test_no_letter_at_any_place_is_read_otherwise():
    for letter in LETTERS:
        for text in (
            *(
                f"{letter}http://a.b/c",
                f"http{letter}://a.b/c",
                f"http://{letter}a.b/c",
                f"http://a.b{letter}/c",
            ),
            *(
                f"http://a{letter}b.c/",
                f"http://a.b:8{letter}1/c",
                f"http://a.b/{letter}",
                f"http://a.b/c{letter}d",
            ),
            *(
                f"http://a.b/c/{letter}/d",
                f"http://a.b/?{letter}",
                f"http://a.b/c?d{letter}e",
                f"http://a.b/c{letter}",
            ),
        ):
            assert parts(text) == parts_by_httpx(text), repr(text)


def test_what_a_blog_is_asked_by_needs_no_httpx():
    code = (
        "import sys\nfrom tui_reader.net.address import checked\n"
        "for text in ('https://blog.example/feed/', 'http://127.1.0.1:8901/feed.xml',"
        " 'https://blog.example/?feed=rss2', 'https://blog.example/feeds/posts/default?alt=rss'):\n"
        "    checked(text)\nassert 'httpx' not in sys.modules"
    )
    subprocess.run([sys.executable, "-c", code], check=True)


def test_parts_are_changed_as_httpx_does():
    url = WebAddress.read("https://ann:secret@blog.example/a/b?c#d")
    assert shown(url) == "https://blog.example/a/b?c#d"
    assert url.named("bob").text == "https://bob@blog.example/a/b?c#d"
    assert url.with_fragment(None).text == "https://ann:secret@blog.example/a/b?c"
    assert url.named(None).with_fragment(None).joined("../x?y").text == "https://blog.example/x?y"
    plain = checked("https://blog.example/a")
    assert (plain.named(None), plain.with_fragment(None)) == (plain, plain)
    assert plain.with_fragment("e").text == "https://blog.example/a#e"
    assert origin(plain) == ("https", "blog.example", 443)
    with pytest.raises(AddressError):
        plain.joined("http://[x]/")
