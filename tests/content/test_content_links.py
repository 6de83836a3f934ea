from urllib.parse import urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui_reader.content.clean import clean
from tui_reader.content.links import absolute, file_name, host_of, is_in_page

BASE = "https://blog.example/2026/08/quay/"


@pytest.mark.parametrize(
    ("href", "expected"),
    [
        ("/about", "https://blog.example/about"),
        ("../tide/?p=2#more", "https://blog.example/2026/08/tide/?p=2#more"),
        ("?p=7", "https://blog.example/2026/08/quay/?p=7"),
        ("#fn1", "https://blog.example/2026/08/quay/#fn1"),
        ("//other.example/x", "https://other.example/x"),
        ("HTTP://Other.Example:80", "http://other.example/"),
        ("https://other.example:8443/x", "https://other.example:8443/x"),
        (" \n https://other.example/a\tb\n ", "https://other.example/ab"),
        ("https://other.example/two words", "https://other.example/two%20words"),
        ("https://other.example/été?q=né", "https://other.example/été?q=né"),
        ("https:\\\\other.example\\x?a\\b", "https://other.example/x?a%5Cb"),
        ("https://user:secret@other.example/", "https://other.example/"),
        ("https://bank.example@evil.example/", "https://evil.example/"),
        ("http://[::1]:8080/x", "http://[::1]:8080/x"),
        ("https://münchen.example/", "https://münchen.example/"),
        ("mailto:ann@mail.example?bcc=all@mail.example", "mailto:ann@mail.example"),
        ("MAILTO:ann%40mail.example", "mailto:ann@mail.example"),
    ],
)
def test_links_become_what_a_browser_would_open(href: str, expected: str) -> None:
    assert absolute(href, BASE) == expected


@pytest.mark.parametrize(
    "href",
    [
        "",
        "  ",
        "javascript:alert(1)",
        " java\nscript:alert(1)",
        "\x01javascript:alert(1)",
        "JaVaScRiPt:alert(1)",
        "vbscript:x",
        "data:text/html,hello",
        "file:///etc/passwd",
        "ssh://host.example",
        "tel:+331234",
        "--new-window",
        "-x",
        "http://",
        "http:///x",
        "http://[::1",
        "http://other.example:port/",
        "http://other.example:99999/",
        "http://oth er.example/",
        "http://oth\u202eer.example/",
        "http://-option.example/",
        "mailto:",
        "mailto:-x@mail.example",
        "mailto:nobody",
        "https://other.example/" + "x" * 10_000,
    ],
)
def test_links_that_may_not_be_opened_are_none(href: str) -> None:
    assert absolute(href, BASE) is None


def test_relative_links_need_a_base_of_the_web() -> None:
    assert absolute("/x", "") is None
    assert absolute("/x", "file:///home/") is None
    assert absolute("https://other.example/x", "") == "https://other.example/x"


@given(st.text(), st.sampled_from(["", BASE, "http://[", "file:///x", "https://h.example:bad/"]))
def test_whatever_comes_out_is_safe_to_open(href: str, base: str) -> None:
    url = absolute(href, base)
    if url is not None:
        assert url.startswith(("https://", "http://", "mailto:"))
        assert url == clean(url)
        assert not any(character.isspace() for character in url)
        parts = urlsplit(url)
        assert parts.username is None or parts.scheme == "mailto"
        assert parts.port is None or parts.port < 65536
        assert absolute(url, base) == url


@given(st.text(alphabet="htps:/@[]?#%.\\ \t\nab01-", min_size=1))
def test_addresses_of_odd_shape_never_raise(href: str) -> None:
    url = absolute("http://" + href, BASE)
    assert url is None or url.startswith("http://")


def test_places_in_the_page_are_told_from_other_pages() -> None:
    assert is_in_page(f"{BASE}#note", BASE)
    assert not is_in_page(BASE, BASE)
    assert not is_in_page("https://blog.example/other/#note", BASE)


def test_hosts_and_file_names_for_the_eye() -> None:
    assert host_of("https://www.pics.example/x") == "pics.example"
    assert host_of("http://[") == ""
    assert file_name("https://pics.example/2026/the%20quay.jpg?w=300") == "the quay.jpg"
    assert file_name("https://pics.example") == ""
    assert file_name("http://[") == ""
