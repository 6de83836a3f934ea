import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from tui_reader.content.clean import clean
from tui_reader.content.raised import lowered, raised
from tui_reader.content.widths import cells


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2", "²"),
        ("n+1", "ⁿ⁺¹"),
        ("nd", "ⁿᵈ"),
        ("−3", "⁻³"),
        ("[12]", "¹²"),
        ("1,2", "¹,²"),
        ("q", "^q"),
        ("Q+1", "^(Q+1)"),
        ("®", "®"),
        (" 2 ", " ² "),
        ("", ""),
        ("a whole sentence in small print", "a whole sentence in small print"),
    ],
)
def test_letters_are_raised_as_far_as_there_are_such(text: str, expected: str) -> None:
    assert raised(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"), [("2", "₂"), ("ij", "ᵢⱼ"), ("max, q", "_(max, q)"), ("b", "_b")]
)
def test_letters_are_lowered_as_far_as_there_are_such(text: str, expected: str) -> None:
    assert lowered(text) == expected


@given(st.text(alphabet="aé漢カ한👩👍🏽🇫🇷\u200d\ufe0fe\u0301שָׁمُ ❤☎1️⃣\u1112\u1161\u11ab").map(clean))
def test_columns_are_counted_as_the_screens_count_them(text: str) -> None:
    for word in text.split():
        if not any(mark in word for mark in "\u200d\ufe0f🏽🇫🇷"):
            assert cells(word) == cell_len(word)


@pytest.mark.parametrize(
    "sign", ["👩‍👩‍👧‍👦", "🇫🇷", "👍🏽", "☎️", "❤️", "1️⃣", "🏳️‍🌈", "🏴󠁧󠁢󠁳󠁣󠁴󠁿", "한", "\u1112\u1161\u11ab", "שָׁ", "कि", "↩︎"]
)
def test_signs_of_many_parts_are_as_wide_as_the_screens_have_them(sign: str) -> None:
    assert cells(sign) == cell_len(sign)
