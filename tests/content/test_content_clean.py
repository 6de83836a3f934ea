import time
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui_reader.content.clean import MAX_MARKS, clean, clean_line
from tui_reader.content.one_line import text_of

NASTY = st.sampled_from(
    [
        *map(chr, range(0x20)),
        *map(chr, range(0x7F, 0xA0)),
        *"\u202a\u202e\u2066\u2069\u200b\u200c\u200d\u200e\ufeff\u2060\u00ad\u0301\u0489\ufe0f\ufffe\U0001fffe",
        "\ud800",
        "\udfff",
        "\U0001f3f4",
        "\U000e0067",
        "\U000e0062",
        "\U000e007f",
        "\U000e0001",
        "e\u0301",
        "é",
        "字",
        "\U0001f469",
        "a",
        " ",
    ]
)
TEXTS = st.one_of(st.text(), st.lists(NASTY).map("".join), st.text(alphabet=st.characters(codec=None)))


def may_stay(character: str) -> bool:
    code = ord(character)
    if code < 0x20:
        return character in "\n\t"
    return not (
        0x7F <= code < 0xA0
        or 0xD800 <= code < 0xE000
        or 0x202A <= code <= 0x202E
        or 0x2066 <= code <= 0x2069
        or 0xFDD0 <= code <= 0xFDEF
        or code & 0xFFFE == 0xFFFE
        or code in {0xAD, 0x200B, 0x2060, 0xFEFF, 0x2028, 0x2029, 0xE0001}
    )


@given(TEXTS)
def test_clean_text_holds_nothing_a_terminal_obeys(text: str) -> None:
    assert all(may_stay(character) for character in clean(text))


@given(TEXTS)
def test_cleaning_twice_changes_nothing_more(text: str) -> None:
    once = clean(text)
    assert clean(once) == once
    assert clean_line(clean_line(text)) == clean_line(text)
    once.encode()


@given(TEXTS)
def test_marks_never_pile_up(text: str) -> None:
    run = 0
    for character in clean(text):
        run = run + 1 if unicodedata.category(character) in {"Mn", "Me"} else 0
        assert run <= MAX_MARKS


@given(TEXTS)
def test_words_of_any_html_are_one_clean_line(html: str) -> None:
    line = text_of(f"<b>{html}</b>")
    assert "\n" not in line
    assert line == line.strip()
    assert all(may_stay(character) for character in line)


@pytest.mark.parametrize(
    "text",
    [
        "Plain words.\n\tand a tab",
        "naïve — “quoted” … №5",
        "می‌خواهم",
        "क्ष क्‌ष ശ്രീ‍",
        "שלום (עולם)\u200f!",
        "漢字とかな、ハングル 한국어",
        "👩‍👩‍👧‍👦 👍🏽 ❤️ 🇫🇷",
        "\U0001f3f4\U000e0067\U000e0062\U000e0073\U000e0063\U000e0074\U000e007f",
        "Tiếng Việt, e\u0323\u0302",
        "นี่คือภาษาไทย",
    ],
    ids=["ascii", "latin", "persian", "indic", "hebrew", "cjk", "emoji", "scotland", "vietnamese", "thai"],
)
def test_honest_writing_comes_through_unchanged(text: str) -> None:
    assert clean(text) == text


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a\x1b]0;pwned\x07b", "a]0;pwnedb"),
        ("a\x9d52;c;aGk=\x9cb", "a52;c;aGk=b"),
        ("one\r\ntwo\rthree", "one\ntwo\nthree"),
        ("one\u2028two\x85three", "one\ntwo\nthree"),
        ("user\u202egnp.exe", "usergnp.exe"),
        ("hidden\U000e0068\U000e0069", "hidden"),
        ("half\ud83d", "half"),
        ("no\u00ad b\u180eo\ufff9d\ufffby\ufdd0 sees\ufdef\uffff\ufffe\u2060", "no body sees"),
        ("\U0001f3f4\U000e0067\U000e0062\U000e007f two are no region", "\U0001f3f4 two are no region"),
        ("z" + "\u0353" * 40 + "o", "z" + "\u0353" * MAX_MARKS + "o"),
    ],
    ids=[
        "osc",
        "c1-osc",
        "line-ends",
        "separators",
        "override",
        "tags",
        "surrogate",
        "unseen",
        "flag",
        "zalgo",
    ],
)
def test_what_harms_is_taken_out(text: str, expected: str) -> None:
    assert clean(text) == expected


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("Tea &amp; <em>toast</em>", "Tea & toast"),
        ("1 < 2 & 3", "1 < 2 & 3"),
        ("I <3 you", "I <3 you"),
        ("wo<b>rd</b>", "word"),
        ("<p>one</p><p>two<br>three</p>", "one two three"),
        ("&amp;#27;[31mred", "&#27;[31mred"),
        ("&#27;[31mred &#157;0;t", "[31mred 0;t"),
        ("a<script>if (a<b) { }</script>b<style>p{}</style>", "ab"),
        ("<!-- no --> yes", "yes"),
        ('Party <img class="wp-smiley" alt="🎉" src="https://pics.example/1f389.png">', "Party 🎉"),
        ('<img src="https://pics.example/big.jpg" alt="a cat">Cats', "Cats"),
        ("<a title='a > b'>x</a>", "x"),
        ("&#" + "9" * 6000 + ";left", "left"),
        ("&#x110000; &bogus; &eacute;", "\ufffd &bogus; é"),
        ("&lt;b&gt;bold&lt;/b&gt;", "<b>bold</b>"),
        ("", ""),
    ],
)
def test_words_of_html(html: str, expected: str) -> None:
    assert text_of(html) == expected


@pytest.mark.parametrize(
    "text", ["plain text, many words\n" * 8000, "naïve — text, many words\n" * 7400], ids=["ascii", "latin"]
)
def test_cleaning_a_long_text_takes_milliseconds(text: str) -> None:
    best = min(_seconds(text) for _ in range(5))
    assert best < 0.05  # ten times what it takes here


def _seconds(text: str) -> float:
    begun = time.process_time()
    clean(text)
    return time.process_time() - begun
