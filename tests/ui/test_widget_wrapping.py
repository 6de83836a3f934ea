"""Lines are broken at words, then in addresses, then anywhere, and never longer than the room."""

from hypothesis import given
from hypothesis import strategies as st

from tui_reader.ui.widgets.pieces import Piece, cells, shortened, text_of, width_of
from tui_reader.ui.widgets.wrapping import breaks, wrap


def lines(text, width, first=None):
    return [text[start:end] for start, end in breaks(text, width, first)]


def test_words_are_kept_whole():
    assert lines("the harbour empties at four", 12) == ["the harbour", "empties at", "four"]


def test_first_line_may_be_shorter():
    assert lines("the harbour empties", 12, 5) == ["the", "harbour", "empties"]


def test_a_long_address_breaks_after_its_marks():
    assert lines("https://ferry.example/2024/01/coffee", 20) == [
        "https://ferry.",
        "example/2024/01/",
        "coffee",
    ]


def test_a_long_word_without_marks_breaks_where_the_line_is_full():
    assert lines("a" * 25, 10) == ["a" * 10, "a" * 10, "a" * 5]


def test_chinese_breaks_between_characters_and_not_before_a_full_stop():
    assert lines("今天天气很好。我们去海边吧", 10) == ["今天天气很", "好。我们去", "海边吧"]
    assert lines("今天天气好。我们", 10) == ["今天天气", "好。我们"]


def test_an_emoji_of_several_characters_stays_one():
    family = "👨\u200d👩\u200d👧"
    assert lines(family * 4, 5) == [family * 2, family * 2]


def test_a_french_no_break_space_holds_its_mark():
    assert lines("Vous venez\u202f? Oui", 10) == ["Vous", "venez\u202f?", "Oui"]


def test_a_line_end_in_the_text_is_kept():
    assert lines("one\ntwo three", 20) == ["one", "two three"]


def test_pieces_keep_their_role_over_a_break():
    pieces = [Piece("see "), Piece("the old timetable", "link", "https://x.example/"), Piece(" of it")]
    wrapped = wrap(pieces, 12)
    assert [text_of(line) for line in wrapped] == ["see the old", "timetable of", "it"]
    assert wrapped[1][0] == Piece("timetable", "link", "https://x.example/")
    assert wrapped[1][1] == Piece(" of", "text")


@given(st.text(alphabet=st.characters(exclude_categories=["Cc", "Cs", "Mn", "Me"])), st.integers(2, 40))
def test_no_line_is_wider_than_the_room_and_no_word_is_lost(text, width):
    found = lines(text, width)
    assert all(cells(line) <= width for line in found)
    assert "".join("".join(found).split()) == "".join(text.split())


@given(st.lists(st.text(max_size=12), max_size=6), st.integers(2, 30))
def test_pieces_wrap_as_their_joined_text_does(texts, width):
    pieces = [Piece(text, str(number)) for number, text in enumerate(texts)]
    assert [text_of(line) for line in wrap(pieces, width)] == lines("".join(texts), width)


def test_shortened_counts_cells():
    assert shortened("海边海边", 5) == "海边…"
    assert shortened("harbour", 7) == "harbour"
    assert shortened("harbour", 4) == "har…"
    assert width_of([Piece("海"), Piece("a")]) == 3
