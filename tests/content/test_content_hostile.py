"""Bodies made to hang, to crash or to speak to the terminal."""

import random
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui_reader.content.blocks import Block, Code, Image, spans_of
from tui_reader.content.clean import clean, text_of
from tui_reader.content.markup import MAX_CHARACTERS, MAX_TAGS, Start, tokens
from tui_reader.content.page import MAX_DEPTH
from tui_reader.content.readable import (
    document,
    plain_text,
    to_markdown,
    without_reply_notice,
    words_and_minutes,
)

BASE = "https://blog.example/p/"

# fmt: off
NAMES = [
    "b", "i", "a", "p", "ul", "ol", "li", "td", "th", "tr", "table", "thead", "caption", "figure", "pre",
    "figcaption", "code", "blockquote", "h2", "h3", "span", "dl", "dt", "dd", "div", "summary", "details",
    "q", "sup", "rt",
]
# fmt: on
TAGS = [
    *(f"<{name}>" for name in NAMES),
    *(f"</{name}>" for name in NAMES),
    *(
        "<br>",
        "<hr>",
        "<div class=wp-caption>",
        "<p class=wp-caption-text>",
        "<ol reversed>",
        "<td colspan=9>",
    ),
    *('<a href="/x">', "<a href=javascript:x>", '<img src="/p.png">', "<span style='font-weight:bold'>"),
    *("<!-- c -->", "<?php ?>", "<![CDATA[x]]>", "</>"),
]
# Bytes of tags that never were, entities that never end.
NOISE = [
    "<",
    ">",
    "&",
    "&#",
    "&#x",
    "&#27;",
    "&amp;#27;",
    '"',
    "'",
    "=",
    "\x1b[31m",
    "\x9b",
    "\ud800",
    "\u202e",
    "\0",
    "<a href='",
]

FLOODS = {
    "quotations in quotations": "<blockquote>" * 32_000 + "x",
    "paragraphs in ever deeper quotations": "<blockquote><p>x" * 10_000,
    "tags in tags": "<a " * 8_000 + "<a <a <a",
    "lists in lists": "<ol>" * 8_000,
    "items in lists in lists": "<ol><li>x" * 8_000,
    "quotation marks that never close": '<a href="' * 3_000,
    "apostrophes that never close": "<a x='" * 40_000 + ">",
    "comments that never close": "<!--" * 32_000,
    "sections that never close": "<![<![" * 20_000,
    "styles opened anew in each paragraph": "<p>"
    + "".join(f"<b x={number}>" for number in range(3_000))
    + "</p>"
    + "<p>x</p>" * 3_000,
    "tables in tables": "<table><tr><td>x" * 8_000,
    "cells over everything": "<table>" + "<tr>" + "<td colspan=1000 rowspan=65000>x" * 8_000,
    "figures in figures": "<figure><div class='wp-caption'><figcaption>" * 6_000,
    "attributes without end": "<a " + "x=1 " * 100_000 + ">",
    "a style without end": "<span style='" + "text-decoration:" * 20_000 + "'>x",
    "classes without end": "<pre class='" + "lang " * 50_000 + "'>x",
    "scripts that never close": "<script>" * 50_000,
    "marks without end": "e" + "\u0301" * 300_000,
    "brackets after an address": "http://a.example/" + ")(" * 50_000,
    "addresses without space": "http://" * 30_000,
    "numbers without end": "&#" + "9" * 200_000 + ";" + "&#x0000" * 30_000,
    "ampersands": "&a" * 100_000,
    "terms": "<dd>x<dt>y" * 14_000,
    "line ends": "x<br>" * 29_000,
    "notice": "<p>" + "<a href='" * 20_000,
}


@pytest.mark.parametrize("html", FLOODS.values(), ids=FLOODS.keys())
def test_floods_are_read_in_a_moment(html: str) -> None:
    # Some of these take the usual parsers ten seconds or a gigabyte; here the slowest takes half of one.
    begun = time.process_time()
    doc = document(html, BASE)
    assert time.process_time() - begun < 1.5
    begun = time.process_time()
    without_reply_notice(html)
    text_of(html)
    words_and_minutes(doc)
    plain_text(doc, 72, with_links=True)
    assert time.process_time() - begun < 1.5


def test_time_grows_with_length_and_no_faster() -> None:
    def seconds(times: int) -> float:
        html = "<ul><li><p>a <b>b</b> <a href='/x'>c</a></p><table><tr><td>d<td>e</table></li></ul>" * times
        begun = time.process_time()
        document(html, BASE)
        return time.process_time() - begun

    seconds(50)
    small = min(seconds(100) for _ in range(3))
    large = min(seconds(1_600) for _ in range(3))
    assert large < small * 16 * 4  # the square would be 256 times as much


def test_depth_is_bounded() -> None:
    html = "<blockquote><ul><li>" * 500 + "x" + "</li></ul></blockquote>" * 500 + "<p>after</p>"
    *_, deep, after = document(html, BASE).blocks
    assert deep.indent + deep.quote <= MAX_DEPTH
    assert (after.indent, after.quote) == (0, 0)


def test_what_is_beyond_every_honest_post_is_cut_and_says_so() -> None:
    assert plain_text(document("<i>x</i> " * MAX_TAGS, BASE)).endswith("…")
    assert plain_text(document("x" * (MAX_CHARACTERS + 1), BASE)).endswith("x …")
    assert sum(isinstance(token, Start) for token in tokens("<br>" * (MAX_TAGS * 2))) == MAX_TAGS


@given(st.lists(st.one_of(st.sampled_from(TAGS), st.sampled_from(NOISE), st.text(max_size=5))).map("".join))
def test_nothing_unclean_comes_out_of_any_html(html: str) -> None:
    doc = document(html, BASE)
    for block in doc.blocks:
        for text in texts_of(block):
            assert clean(text) == text
        for url in urls_of(block):
            assert url.startswith(("https://", "http://", "mailto:"))
    for text in (plain_text(doc, 40, with_links=True), to_markdown(html, BASE)):
        assert clean(text) == text


@given(st.lists(st.one_of(st.sampled_from(TAGS), st.just("WORD "))), st.randoms(use_true_random=False))
def test_no_word_is_lost_in_disorder(pieces: list[str], chance: random.Random) -> None:
    words: list[str] = []
    html = ""
    for piece in pieces:
        if piece == "WORD ":
            words.append(f"w{'x' * len(words)}w")
            html += f"{words[-1]} "
        else:
            html += piece + chance.choice(["", " ", "\n"])
    told = plain_text(document(html, BASE))
    assert [word for word in words if word not in told] == []


@given(st.text(alphabet="<>/!-=\"' abp&;#x", max_size=60))
def test_tags_of_any_shape_are_split(html: str) -> None:
    for token in tokens(html):
        if isinstance(token, Start):
            assert all(name and name == name.lower() for name in token.attributes())


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ('<a title="x > y" href=/z>', {"title": "x > y", "href": "/z"}),
        ("<a href=/a/b/>", {"href": "/a/b/"}),
        ("<img src=x/>", {"src": "x/"}),
        ("<input CHECKED disabled = '' value=a&amp;b>", {"checked": "", "disabled": "", "value": "a&b"}),
        ("<a href='one' href='two'>", {"href": "one"}),
        ("<a\nhref\n=\n'x'\n>", {"href": "x"}),
        ("<a b'c\"d=1>", {"b'c\"d": "1"}),
    ],
)
def test_attributes_are_read_as_browsers_read_them(html: str, expected: dict[str, str]) -> None:
    [tag] = tokens(html)
    assert isinstance(tag, Start)
    assert tag.attributes() == expected


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("a<!-- <b> -->b", ["a", "b"]),
        ("a<!-->b", ["a", "b"]),
        ("a<!--->b-->c", ["a", "b-->c"]),
        ("a<!-- x --!>b", ["a", "b"]),
        ("a<!doctype html>b", ["a", "b"]),
        ("a</ x>b", ["a", "b"]),
        ("a < b <3 <", ["a ", "<", " b ", "<", "3 ", "<"]),
        ("a<b", ["a"]),
        ("a<!-- never", ["a"]),
    ],
)
def test_text_between_tags_is_as_browsers_show_it(html: str, expected: list[str]) -> None:
    assert list(tokens(html)) == expected


def texts_of(block: Block) -> list[str]:
    texts = [span.text for span in spans_of(block)] + [block.marker]
    match block:
        case Code(text=text, language=language):
            return [*texts, text, language]
        case Image(alt=alt, src=src):
            return [*texts, alt, src]
    return texts


def urls_of(block: Block) -> list[str]:
    urls = [span.href for span in spans_of(block)]
    if isinstance(block, Image):
        urls += [block.src, block.href]
    return [url for url in urls if url is not None]
