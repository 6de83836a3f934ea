"""Link headers as servers write them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui_reader.net.link_header import Link, links


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        ('<https://b.example/a>; rel="next"', [("https://b.example/a", "next", "")]),
        ("</a>; rel=next", [("https://b.example/a", "next", "")]),
        (
            '</wp-json/>; rel="https://api.w.org/", </wp-json/wp/v2/posts/43>; rel="alternate"; '
            'title="JSON"; type="application/json", </?p=43>; rel=shortlink',
            [
                ("https://b.example/wp-json/", "https://api.w.org/", ""),
                ("https://b.example/wp-json/wp/v2/posts/43", "alternate", "application/json"),
                ("https://b.example/?p=43", "shortlink", ""),
            ],
        ),
        # the same relation twice: a dictionary by relation would lose one
        (
            "</1>; rel=alternate, </2>; rel=alternate",
            [(f"https://b.example/{n}", "alternate", "") for n in "12"],
        ),
        ('</a>; rel="next Last"', [("https://b.example/a", "next", ""), ("https://b.example/a", "last", "")]),
        ('</a,b;c>; title="x, <y>; rel=no \\" z"; rel=next', [("https://b.example/a,b;c", "next", "")]),
        ("</a>; rel=next; rel=prev", [("https://b.example/a", "next", "")]),
        ("</a> ; REL = next ; crossorigin", [("https://b.example/a", "next", "")]),
        ("</a>", []),
        ("nonsense", []),
        (
            '</a>; rel=next; broken="no end, </b>; rel=prev',
            [("https://b.example/a", "next", ""), ("https://b.example/b", "prev", "")],
        ),
        ("<http://[>; rel=next, </b>; rel=prev", [("https://b.example/b", "prev", "")]),
        ("", []),
    ],
)
def test_links_are_read(header, expected):
    found = links({"link": header}, "https://b.example/x/y")
    assert [(link.url, link.rel, link.type) for link in found] == expected


def test_no_header_no_links():
    assert links({}) == ()


@given(st.text(alphabet="<>;,=\"\\ relnxt/a'", max_size=200))
def test_nonsense_never_raises(header):
    assert all(isinstance(link, Link) for link in links({"link": header}, "https://b.example/"))


def test_a_hostile_header_is_read_in_no_time():
    assert links({"link": "<a>; rel=" + '"\\' * 30_000}, "https://b.example/") == ()
    assert len(links({"link": "<a>;rel=x," * 6_000}, "https://b.example/")) == 6_000
