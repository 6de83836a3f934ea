"""Bytes to text, whatever was declared."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui_reader.errors import FetchError
from tui_reader.net.charset import decoded
from tui_reader.net.response import Response

WORDS = "Été à Łódź – naïve"


@pytest.mark.parametrize(
    ("body", "content_type", "text"),
    [
        (WORDS.encode(), "text/html", WORDS),
        (WORDS.encode(), "text/html; charset=utf-8", WORDS),
        ("été".encode("latin-1"), 'text/html; charset="ISO-8859-1"', "été"),
        ("“été”".encode("cp1252"), "text/html; charset=iso-8859-1", "“été”"),
        ("été".encode("latin-1"), "text/html", "été"),
        (
            b"<meta charset='koi8-r'>" + "Привет".encode("koi8-r"),
            "text/html",
            "<meta charset='koi8-r'>Привет",
        ),
        (
            b'<META http-equiv=Content-Type content="text/html; charset=Shift_JIS">'
            + "日本".encode("shift_jis"),
            "",
            '<META http-equiv=Content-Type content="text/html; charset=Shift_JIS">日本',
        ),
        (
            b'<?xml version="1.0" encoding="windows-1251"?><a>' + "Да".encode("cp1251"),
            "text/xml",
            '<?xml version="1.0" encoding="windows-1251"?><a>Да',
        ),
        # the byte order mark outranks everybody
        (b"\xef\xbb\xbf" + WORDS.encode(), "text/html; charset=iso-8859-1", WORDS),
        (b"\xff\xfe" + WORDS.encode("utf-16-le"), "", WORDS),
        (b"\xff\xfe\0\0" + WORDS.encode("utf-32-le"), "", WORDS),
        (f"<a>{WORDS}".encode("utf-16-be"), "", f"<a>{WORDS}"),
        # the header outranks the page, but not when it cannot be
        (b"<meta charset=koi8-r>" + "été".encode(), "text/html; charset=utf-8", "<meta charset=koi8-r>été"),
        ("été".encode("latin-1"), "text/html; charset=utf-8", "été"),
        # a page that says UTF-16 in ASCII letters is not
        (b"<meta charset=utf-16>" + "été".encode(), "", "<meta charset=utf-16>été"),
        (b"plain", "text/html; charset=us-ascii", "plain"),
        (WORDS.encode(), "text/xml; charset=us-ascii", WORDS),
        ("中文".encode("gbk"), "text/html; charset=gb2312", "中文"),
    ],
)
def test_the_letters_are_right(body, content_type, text):
    assert decoded(body, content_type) == text


@pytest.mark.parametrize(
    "charset",
    [
        "no-such",
        "unicode_escape",
        "raw_unicode_escape",
        "undefined",
        "hex",
        "rot13",
        "idna",
        "punycode",
        "utf-7",
        "base64",
        "zip",
        "\x00",
        "mbcs",
    ],
)
def test_charsets_that_no_page_is_written_in_are_not_believed(charset):
    assert decoded(b"a \\x1b[31m +AGA- b", f"text/html; charset={charset}") == "a \\x1b[31m +AGA- b"


def test_one_stray_byte_does_not_spoil_the_page():
    assert (
        decoded(WORDS.encode() + b"\xff", "text/html; charset=utf-8") == WORDS + "\N{REPLACEMENT CHARACTER}"
    )
    assert decoded(WORDS.encode() + b"\xff", "") == WORDS + "\N{REPLACEMENT CHARACTER}"


@given(st.binary(max_size=300), st.text(max_size=60))
def test_any_bytes_become_text(body, content_type):
    assert isinstance(decoded(body, content_type), str)


def test_json_is_read_with_or_without_mark():
    assert Response(url="u", status=200, body=b'\xef\xbb\xbf{"a": [1]}').json() == {"a": [1]}


@pytest.mark.parametrize(
    "body", [b"", b"<html>", b"[" * 100_000, b"9" * 5_000], ids=["empty", "page", "deep", "long"]
)
def test_what_is_not_json_is_a_fetch_error(body):
    with pytest.raises(FetchError, match="the answer is not JSON"):
        Response(url="https://b.example/", status=200, body=body).json()


def test_content_type_is_the_bare_type():
    response = Response(url="u", status=200, headers={"content-type": "Text/HTML; charset=utf-8"})
    assert response.content_type == "text/html"
    assert Response(url="u", status=200).content_type == ""


def test_the_body_does_not_flood_a_traceback():
    assert "secret" not in repr(Response(url="u", status=200, body=b"secret", cookies={"s": "secret"}))
