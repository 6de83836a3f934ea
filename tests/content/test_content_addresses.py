"""What is shown of an address, what is written into a terminal's hyperlink, and which words lie."""

import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from tui_reader.content.addresses import MAX_WRITTEN, lies, shown, written


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://harbour.example/é?q=1#x", "https://harbour.example/é?q=1#x"),
        ("https://münchen.example/", "https://münchen.example/"),
        ("https://日本語のサイト.example/", "https://日本語のサイト.example/"),
        ("https://пример.example/", "https://пример.example/"),
        ("https://p\u0430ypal.example/x", "https://xn--pypal-4ve.example/x"),
        ("https://\u0430\u0440\u0440\u04cf\u0435.example/", "https://xn--80ak6aa92e.example/"),
        ("https://m.p\u0430ypal.example:8443/", "https://m.xn--pypal-4ve.example:8443/"),
        ("https://a.example/\u202egpj.exe", "https://a.example/gpj.exe"),
    ],
    ids=["path", "umlaut", "japanese", "cyrillic", "mixed", "all alike", "port", "override"],
)
def test_a_host_in_letters_that_mislead_is_shown_in_those_that_cannot(url, expected):
    assert shown(url) == expected


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://a.example/é x", "https://a.example/%C3%A9%20x"),
        ("https://münchen.example/", "https://xn--mnchen-3ya.example/"),
        ("https://a.example/%C3%A9?q=a;b", "https://a.example/%C3%A9?q=a;b"),
        ("mailto:ann@mail.example?bcc=all@mail.example", "mailto:ann@mail.example"),
        ("https://a.example/\x1b]0;owned\x07", "https://a.example/]0;owned"),
        ("https://user:secret@a.example/", "https://a.example/"),
        ("javascript:alert(1)", None),
        ("file:///etc/passwd", None),
        ("https://a.example/" + "x" * MAX_WRITTEN, None),
    ],
)
def test_what_a_terminal_is_told_of_is_a_web_address_in_ascii(url, expected):
    assert written(url) == expected


@given(st.text() | st.text().map("https://a.example/{}".format) | st.text().map("https://{}/".format))
@example("https://a\u0300.example/")
@example("https://" + "a" * 70 + "é.example/")
def test_no_address_whatever_writes_more_than_an_address(url):
    found = written(url)
    assert found is None or re.fullmatch(r"(?:https?://|mailto:)[\x21-\x7e]+", found)
    assert "\x1b" not in shown(url)
    lies(url, url)


@pytest.mark.parametrize(
    ("words", "url", "expected"),
    [
        ("https://bank.example", "https://evil.example/bank.example", True),
        ("bank.com", "https://bank.com.evil.example/", True),
        ("www.bank.example/login", "https://evil.example/", True),
        ("bank.com", "mailto:x@evil.example", True),
        ("http://p\u0430ypal.com", "https://paypal.com", True),
        ("bank.com", "https://www.bank.com/", False),
        ("https://shop.bank.example/…", "https://bank.example/shop", False),
        ("my bank", "https://evil.example/", False),
        ("README.md", "https://code.example/", False),
        ("node.js", "https://nodejs.example/", False),
        ("e.g.", "https://a.example/", False),
    ],
)
def test_words_that_are_an_address_of_another_site_lie(words, url, expected):
    assert lies(words, url) is expected
