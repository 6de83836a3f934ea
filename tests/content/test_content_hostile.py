"""Bodies made to hang, to crash or to speak to the terminal."""

import random
import time
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui_reader.content.blocks import Block, Code, Image, spans_of
from tui_reader.content.clean import clean
from tui_reader.content.markup import MAX_CHARACTERS, MAX_TAGS, Start, tokens
from tui_reader.content.one_line import text_of
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
    "q", "sup", "rt", "math", "mfrac", "cite", "abbr", "xmp",
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
        "<div class=kg-toggle-card>",
        "<div class=kg-toggle-heading>",
        "<a class=kg-bookmark-container href=/c>",
        "<div class=footnote>",
        "<a class=footnote-number href=#fn>",
        "<a class=footnote-ref href=#fn>",
        "<i id=fn>",
        "<table class=js-file-line-container>",
        "<div class=wp-block-embed__wrapper>",
        "<p class=MsoListParagraph>",
        "<div class=kg-callout-card><div class=kg-callout-emoji>",
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

# As many times as is asked for; each was slow or large for some parser.
FLOODS: dict[str, Callable[[int], str]] = {
    "quotations in quotations": lambda n: "<blockquote>" * n + "x",
    "paragraphs in ever deeper quotations": lambda n: "<blockquote><p>x" * n,
    "tags in tags": lambda n: "<a " * n,
    "lists in lists": lambda n: "<ol>" * n,
    "items in lists in lists": lambda n: "<ol><li>x" * n,
    "quotation marks that never close": lambda n: '<a href="' * n,
    "apostrophes that never close": lambda n: "<a x='" * n + ">",
    "comments that never close": lambda n: "<!--" * n,
    "sections that never close": lambda n: "<![<![" * n,
    "styles opened anew in each paragraph": lambda n: (
        "<p>" + "".join(f"<b x={number}>" for number in range(n // 2)) + "</p>" + "<p>x</p>" * (n // 2)
    ),
    "tables in tables": lambda n: "<table><tr><td>x" * n,
    "cells over everything": lambda n: "<table>" + "<tr>" + "<td colspan=1000 rowspan=65000>x" * n,
    "rows": lambda n: "<table>" + "<tr><td>x<td>y" * n,
    "figures in figures": lambda n: "<figure><div class='wp-caption'><figcaption>" * n,
    "attributes without end": lambda n: "<a " + "x=1 " * n + ">",
    "a style without end": lambda n: "<span style='" + "text-decoration:" * n + "'>x",
    "classes without end": lambda n: "<pre class='" + "lang " * n + "'>x",
    "scripts that never close": lambda n: "<script>" * n,
    "marks without end": lambda n: "e" + "\u0301" * (n * 10),
    "brackets after an address": lambda n: "http://a.example/" + ")(" * n,
    "addresses without space": lambda n: "http://" * n,
    "a number without end": lambda n: "&#" + "9" * (n * 10) + ";",
    "numbers of nothing": lambda n: "&#x0000" * n,
    "ampersands": lambda n: "&a" * n,
    "terms": lambda n: "<dd>x<dt>y" * n,
    "line ends": lambda n: "x<br>" * n,
    "folds in folds": lambda n: "<details><summary>x" * n,
    "folds beside words": lambda n: "<details><summary>x</summary>y" * n,
    "cards in cards": lambda n: (
        "<a class=kg-bookmark-container href=/x>x<div class='graf--mixtapeEmbed'>" * n
    ),
    "formulas in formulas": lambda n: "<math><mfrac><mrow>x" * n,
    "fractions in a formula": lambda n: "<math>" + "<mfrac><mi>a</mi>" * n,
    "scripts of formulas": lambda n: "<script type='math/tex'>x</script>" * n,
    "listings in listings": lambda n: (
        "<div class=crayon-pre><table class=js-file-line-container><tr><td>x" * n
    ),
    "listings without end": lambda n: "<table class=js-file-line-container>" + "<tr><td>x<td>y" * n,
    "names and links to them": lambda n: "".join(f"<a href=#n{at} id=n{at}>x</a>" for at in range(n)),
    "addresses that never come to a name": lambda n: "<a href=" + "href=" * n + "#x>" + "id=" * n,
    "notes": lambda n: "<div class=footnote><a class=footnote-number href=#x>1</a>x" * n,
    "what a script would draw": lambda n: "<div class=tweet data-attrs='" + "[" * n + "'>",
    "long words of what a script would draw": lambda n: (
        '<div class=tweet data-attrs=\'{"url": "https://x.example/", "full_text": "' + "\\n" * n + "\"}'>"
    ),
    "typed bullets": lambda n: "• x<br>" * n,
    "sources of quotations": lambda n: "<blockquote><cite>x" * n,
    "abbreviations": lambda n: "".join(f"<abbr title=t{at}>x</abbr>" for at in range(n)),
    "quotations in words": lambda n: "<q>x" * n,
    "ends that lead to the post itself": lambda n: f"<p><a href={BASE}>x</a></p>" * n,
    "anchors in a heading": lambda n: "<h2>x" + "<a href=#>#</a>" * n,
    "dollars": lambda n: "<p>$$x" * n,
    "a notice without end": lambda n: "<p>" + "<a href='" * n,
}


def work(html: str) -> float:
    """The seconds of this process that everything done with a body takes."""
    begun = time.process_time()
    doc = document(html, BASE)
    without_reply_notice(html)
    text_of(html)
    words_and_minutes(doc)
    plain_text(doc, 72, with_links=True)
    return time.process_time() - begun


def least(html: str) -> float:
    """The best of three: what else the machine does can only add to it."""
    return min(work(html) for _ in range(3))


@pytest.mark.parametrize("flood", FLOODS.values(), ids=FLOODS.keys())
def test_time_grows_with_the_flood_and_no_faster(flood: Callable[[int], str]) -> None:
    large = least(flood(8_000))
    # Eight times as much takes about eight times as long; 64 times if it grew with the square.
    assert large < 0.25 or large < 28 * least(flood(1_000))


def test_time_grows_with_an_honest_post_and_no_faster() -> None:
    part = "<ul><li><p>a <b>b</b> <a href='/x'>c</a></p><table><tr><td>d<td>e</table></li></ul>"
    work(part)
    assert least(part * 400) < 28 * least(part * 50)


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
    assert all(0 <= at < len(doc.blocks) for at in doc.places.values())
    assert not set(doc.places) & set(doc.links)
    for text in (plain_text(doc, 40, with_links=True), to_markdown(html, BASE)):
        assert clean(text) == text


@given(st.lists(st.one_of(st.sampled_from(TAGS), st.just("WORD "))), st.randoms(use_true_random=False))
def test_no_word_is_lost_in_disorder(pieces: list[str], chance: random.Random) -> None:
    words: list[str] = []
    html = ""
    for piece in pieces:
        if piece == "WORD ":
            words.append(f"q{'x' * len(words)}q")  # there is no raised q
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


@pytest.mark.parametrize(
    "html",
    [
        "<details>one <summary>two <summary>three <b>four <ul><li>five",
        "<details>one <summary>two <div class=kg-toggle-heading>three <div class=kg-toggle-heading>four",
        "<details>one <div class=kg-toggle-heading>two <summary>three </details>four",
        "<details><summary>one <pre>two</pre> three</summary>four</details>",
        "<details><summary>one<table><tr><td>two<td>three<tr><td>four<td>five</table></summary></details>",
    ],
)
def test_no_word_over_a_fold_is_lost(html):
    """Also where the words over it are begun again and never closed, or hold more than words."""
    shown = plain_text(document(html, BASE))
    for word in ("one", "two", "three", "four"):
        assert word in shown
