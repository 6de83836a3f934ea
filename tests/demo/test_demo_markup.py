"""What people type becomes the HTML that WordPress would make of it, whatever it is."""

import re
import time
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui_reader.demo.markup import allowed_html, cdata, comment_html, links_in, plain


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("a <b>bold</b> word", "a <b>bold</b> word"),
        ("<B>never closed", "<b>never closed</b>"),
        ("<em><strong>crossed</em></strong>", "<em><strong>crossed</strong></em>"),
        ("<script>x()</script>", "x()"),
        ("<img src=x onerror=y>", ""),
        ("<!-- hidden -->seen", "seen"),
        (
            '<a href="https://a.example/?x=1&y=2" onclick="z()">a</a>',
            '<a href="https://a.example/?x=1&amp;y=2" rel="nofollow ugc">a</a>',
        ),
        ("<a href='JavaScript:x()'>a</a>", '<a rel="nofollow ugc">a</a>'),
        ("1 < 2 > 1 & <3", "1 &lt; 2 &gt; 1 &amp; &lt;3"),
        ("&lt;b&gt; &amp;", "&lt;b&gt; &amp;"),
        ("</b>", ""),
    ],
)
def test_only_the_tags_granted_to_commenters_stay(typed, kept):
    assert allowed_html(typed) == kept


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("one\ntwo\n\nthree", "<p>one<br />\ntwo</p>\n<p>three</p>\n"),
        ("a <blockquote>b</blockquote> c", "<p>a</p>\n<blockquote><p>b</p>\n</blockquote><p>c</p>\n"),
        (
            '<a href="https://x.example">https://x.example</a>',
            '<p><a href="https://x.example">https://x.example</a></p>\n',
        ),
    ],
)
def test_lines_become_paragraphs(text, html):
    assert comment_html(text) == html


@given(
    st.text(st.sampled_from("ab<>/&;\"'= !-\n[]bqia\x00\x1b\ud800https://x.y") | st.characters(), max_size=60)
)
def test_anything_typed_becomes_well_formed_markup(typed):
    html = comment_html(allowed_html(plain(typed)))

    tree = ElementTree.fromstring(f"<x>{html}</x>")
    assert {element.tag for element in tree.iter()} <= {
        *("x", "p", "br", "a", "abbr", "acronym", "b", "blockquote", "cite", "code"),
        *("del", "em", "i", "q", "s", "strike", "strong"),
    }
    ElementTree.fromstring(f"<x>{cdata(html)}</x>")


@given(st.text())
def test_no_control_character_is_left(typed):
    assert not re.search(r"[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff]", plain(typed))


@pytest.mark.parametrize("piece", ["<a ", "<", "<b>", "&", "x=", "http://", "\n ", '<a b="', "<blockquote>"])
def test_a_full_comment_of_anything_is_read_in_no_time(piece):
    text = (piece * 65_525)[:65_525]
    start = time.perf_counter()

    comment_html(allowed_html(plain(text)))
    comment_html(allowed_html(plain(text + ">")))

    assert time.perf_counter() - start < 2


def test_links_are_counted_with_and_without_a_tag():
    assert links_in('https://a.example and <a href="https://b.example">b</a>') == 2
