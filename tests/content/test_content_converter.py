"""All running text is html2text's work, and nobody but us tells it what to do."""

import re
import time
from collections.abc import Callable
from string import ascii_lowercase, ascii_uppercase

import pytest
from content_outline import outline
from html2text import HTML2Text
from hypothesis import given
from hypothesis import strategies as st

from tui_reader.content.blocks import Document, Paragraph, Span, Style, spans_of
from tui_reader.content.converter import Converter
from tui_reader.content.marks import guarded
from tui_reader.content.readable import document, to_markdown

BASE = "https://blog.example/p/"

# fmt: off
NAMES = [
    "b", "i", "a", "p", "ul", "ol", "li", "td", "tr", "table", "caption", "figure", "figcaption", "code",
    "h2", "blockquote", "span", "dl", "dt", "dd", "div", "summary", "q", "sup", "sub", "del", "rt", "br",
    "script",
]
# fmt: on
PIECES = st.one_of(
    st.sampled_from([f"<{name}>" for name in NAMES] + [f"</{name}>" for name in NAMES]),
    st.sampled_from(
        [
            "<a href='/x'>",
            "<a href='/y'>",
            "<pre class=wp-block-verse>",
            "</pre>",
            "<b style='font-weight:400'>",
        ]
    ),
    st.sampled_from(
        ["word ", "Word", " ", "\n", "\xa0", "\u3000", "& ", "&lt;", "&lt;b&gt;", "http://a.example/"]
    ),
    st.sampled_from(
        ["<![<![", "<!--", "<", "&", "&#", "&nbsp_place_holder;", "</' + 'script>", "\ufdd0", "\x1c"]
    ),
)
BODIES = st.lists(PIECES).map("".join)

SWAPPED = str.maketrans(ascii_lowercase + ascii_uppercase, ascii_uppercase + ascii_lowercase)
OURS = re.compile(r'<(/?)(strong|em|del|code|sup|sub|a(?: href="[0-9]+")?|br)>|[^<&]+')


def running_text(doc: Document) -> list[str]:
    return ["".join(span.text for span in spans_of(block)) for block in doc.blocks]


@given(BODIES)
def test_all_running_text_is_what_html2text_made_of_it(html: str) -> None:
    made = running_text(document(html, BASE))
    write = HTML2Text.outtextf
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(HTML2Text, "outtextf", lambda self, text: write(self, text.translate(SWAPPED)))
        swapped = running_text(document(html, BASE))
    assert swapped == [text.translate(SWAPPED) for text in made]


def test_code_alone_goes_by_html2text(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(HTML2Text, "outtextf", lambda self, text: None)
    assert outline(document("<p>gone</p><pre>  x  = 1\n\n\ty</pre><ul><li>gone</ul>", BASE)) == [
        "code[] '  x  = 1\\n\\n    y'"
    ]


@given(BODIES)
def test_html2text_is_given_our_own_balanced_tags_and_text_only(html: str) -> None:
    given_to_it: list[str] = []
    feed = Converter.feed
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Converter, "feed", lambda self, data: (given_to_it.append(data), feed(self, data))[1])
        document(html, BASE)
    for data in given_to_it:
        is_open: list[str] = []
        assert "".join(match[0] for match in OURS.finditer(data)) == data
        for end, tag in OURS.findall(data):
            name = tag[:1] if tag.startswith("a ") else tag
            if end:
                assert is_open.pop() == name
            elif name not in {"", "br"}:
                assert name not in is_open
                is_open.append(name)
        assert is_open == []


NONCHARACTERS = "".join(map(chr, range(0xFDD0, 0xFDF0)))


@pytest.mark.parametrize(
    "forged", [*NONCHARACTERS, "\ufdd60\ufdd7", "\ufdd6\ufdd7", "\ufdd69\ufdd7"], ids=ascii
)
@pytest.mark.parametrize(
    "write", [str, lambda text: "".join(f"&#{ord(c)};" for c in text)], ids=["raw", "named"]
)
def test_marks_cannot_be_forged(forged: str, write: Callable[[str], str]) -> None:
    digits = "".join(filter(str.isdigit, forged))
    [paragraph] = document(f"<p>a{write(forged)}b <a href='/x'>c</a> d</p>", BASE).blocks
    assert paragraph == Paragraph(
        spans=(
            Span(f"a{digits}b "),
            Span("c", frozenset({Style.LINK}), "https://blog.example/x"),
            Span(" d"),
        )
    )


@pytest.mark.parametrize("icon", ["\ue000", "\uf8ff", "\U000f0001", "\U00100001"], ids=ascii)
def test_private_letters_and_icons_are_kept(icon: str) -> None:
    assert outline(document(f"<p>a{icon}<b>{icon}</b></p>", BASE)) == [f"a{icon}*{icon}*"]


@pytest.mark.parametrize(
    "space",
    [
        chr(code)
        for code in range(0x80, 0x10000)
        if chr(code).isspace() and code not in {0x85, 0x2028, 0x2029}
    ],
    ids=ascii,
)
def test_spaces_that_are_not_for_folding_are_kept(space: str) -> None:
    assert guarded(space) != space
    assert outline(document(f"<p>a{space}{space}b<i>c{space}</i>d</p>", BASE)) == [
        f"a{space}{space}b/c{space}/d"
    ]


CASES = {
    "emphasis within words": ("un<em>believ</em>able, 5<b>km</b>", ["un/believ/able, 5*km*"]),
    "emphasis in chinese and japanese": (
        "<p>彼は<em>「駄目」</em>と<strong>言った。</strong>そして<b>去</b>った</p>",
        ["彼は/「駄目」/と*言った。*そして*去*った"],
    ),
    "emphasis beside emphasis": ("<b>a</b><b>b</b><i>c</i><s>d</s><s>e</s>", ["*ab*/c/~de~"]),
    "emphasis around its spaces": ("a<b> b </b>c <i> d</i> e", ["a* b *c /d/ e"]),
    "marks of Markdown": (
        "1. a<br>- b<br>+ c<br>\\* d<br>`e` ~~f~~ <u>_g_</u>",
        ["1. a⏎- b⏎+ c⏎\\* d⏎`e` ~~f~~ _g_"],
    ),
    "quotation marks in code": ("<code>a`b</code> <code>``</code>", ["`a`b` ````"]),
    "ampersands": ("AT&T &amp;copy; &copy &lt;br&gt; R&amp;D", ["AT&T &copy; © <br> R&D"]),
    "words html2text knows": ("&amp;nbsp_place_holder;", ["&nbsp_place_holder;"]),
    "an address that is its own words": (
        "<a href='https://a.example/'>https://a.example/</a>",
        ["[https://a.example/](https://a.example/)"],
    ),
    "an address with marks in it": (
        "<a href='/a_(b)*c*?d=[e]&amp;f#g'>x</a>",
        ["[x](https://blog.example/a_(b)*c*?d=[e]&f#g)"],
    ),
    "a link to nothing": ("a<a href='/x'></a><a href='/y'> </a>b", ["a[ ](https://blog.example/y)b"]),
    "a link over two lines": (
        "<a href='/x'>a <br> b</a>",
        ["[a](https://blog.example/x)⏎[b](https://blog.example/x)"],
    ),
    "lines in cells": (
        "<table><tr><td>a<br>b <b>c<br></b>d<td><br>e<br><br>f<tr><td>g<td>h</table>",
        ["table[ll] a b *c* d | e f / g | h"],
    ),
    "white space around line ends": ("<b>a </b> <br> <i> <br></i>b<br>\n<br>", ["*a*", "b"]),
    "verse": (
        "<pre class=wp-block-verse>\xa0 a &amp;  b\n    <b>c</b>\n\n\u3000d &lt;</pre>",
        ["\xa0 a &  b⏎    c", "\u3000d <"],
    ),
    "accents piled up behind tags": ("e" + "<wbr>\u0301" * 40, ["e" + "\u0301" * 8]),
}


@pytest.mark.parametrize(("html", "expected"), CASES.values(), ids=CASES.keys())
def test_what_markdown_would_lose_is_kept(html: str, expected: list[str]) -> None:
    assert outline(document(html, BASE)) == expected


# As large as it took some libraries seconds, or gigabytes.
FLOODS = {
    "tags in tags": "<a " * 8_000,
    "lists in lists": "<ol>" * 18_000,
    "quotation marks that never close": "<a href='" * 2_700,
    "comments that never close": "<!--" * 32_000,
    "quotations in quotations": "<blockquote>" * 32_000,
    "sections that never close": "<![<![" * 20_000,
    "ampersands": "&" * 200_000,
    "tags that are words": "&lt;a &lt;a " * 20_000,
    "spaces": "\xa0 \u3000" * 60_000,
}


@pytest.mark.parametrize("html", FLOODS.values(), ids=FLOODS.keys())
def test_floods_are_read_within_the_time_that_a_document_may_take(html: str) -> None:
    document("<p>warm</p>", BASE)
    begun = time.process_time()
    document(html, BASE)
    assert time.process_time() - begun < 2.5


def test_strong_code_is_both_in_markdown() -> None:
    assert to_markdown("<p><b><code>x</code></b></p>", BASE) == "**`x`**"
