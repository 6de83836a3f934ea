"""Documents set in lines."""

import pytest

from tui_reader.content.blocks import (
    Code,
    Document,
    Fold,
    Heading,
    Image,
    Paragraph,
    Rule,
    Span,
    Style,
    Table,
)
from tui_reader.ui.widgets.layout import Typesetter, lay_out, short_address
from tui_reader.ui.widgets.pieces import text_of, width_of


def shown(*blocks, width=40, links=()):
    return [text_of(line).rstrip() for line in lay_out(Document(tuple(blocks), tuple(links)), width)]


def said(text, **more):
    return Paragraph(spans=(Span(text),), **more)


def test_paragraphs_stand_apart_and_keep_the_measure():
    lines = lay_out(Document((said("word " * 60), said("end"))), 200)
    assert max(width_of(line) for line in lines) <= 72
    assert text_of(lines[-2]) == ""
    assert text_of(lines[-1]) == "end"


def test_list_items_hang_and_numbers_align():
    assert shown(
        said("Bring:"),
        said("a coat that is very warm", indent=1, marker="9."),
        said("gloves", indent=1, marker="10.", is_tight=True),
        said("of wool", indent=2, marker="•", is_tight=True),
        width=24,
    ) == ["Bring:", "", "   9. a coat that is", "      very warm", "  10. gloves", "      ◦ of wool"]


def test_quotations_have_a_bar_a_level_that_runs_through_the_gap():
    assert shown(said("One.", quote=1), said("Two.", quote=2), said("Out.")) == [
        "▎ One.",
        "▎",
        "▎ ▎ Two.",
        "",
        "Out.",
    ]


def test_a_deep_list_leaves_room_for_its_words():
    lines = shown(said("somewhere far below", indent=30, marker="•"), width=24)
    assert len(lines) == 2
    assert all(len(line) <= 24 for line in lines)


def test_code_is_kept_and_long_lines_go_on_marked():
    lines = shown(Code(text="if x:\n\ty = 1\n" + "z" * 30), width=24)
    assert lines[0] == "│ if x:"
    assert lines[1] == "│     y = 1"
    assert lines[2] == "│ " + "z" * 21
    assert lines[3] == "│ ↪ " + "z" * 9


@pytest.mark.parametrize("language", ["python", "no-such-language", ""])
def test_code_says_the_same_in_every_language(language):
    text = 'def f(x):\n\n    return "a" # why'
    assert shown(Code(text=text, language=language)) == [f"│ {line}".rstrip() for line in text.split("\n")]


def test_code_is_coloured_by_its_language():
    line = lay_out(Document((Code(text="return 1", language="python"),)), 40)[0]
    assert [(piece.text, piece.role) for piece in line][1:3] == [
        ("return", "code code-keyword"),
        (" ", "code"),
    ]


def table(*rows, **more):
    return Table(rows=tuple(tuple((Span(cell),) for cell in row) for row in rows), **more)


def test_a_table_that_fits_is_a_table():
    assert shown(table(["Boat", "Seats"], ["Early", "40"], alignments=("left", "right"))) == [
        "Boat   Seats",
        "────────────",
        "Early     40",
    ]


def test_a_wide_table_wraps_its_cells():
    lines = shown(table(["Boat", "What is said"], ["Early", "it never waits for anyone at all"]), width=20)
    assert lines[2:] == ["Early  it never", "       waits for", "       anyone at all"]
    assert all(len(line) <= 20 for line in lines)


def test_a_table_too_narrow_becomes_label_and_value():
    rows = (
        ["Boat", "Leaves at", "Seats inside", "Captain"],
        ["Early One", "ten past six", "forty", "Ingeborg"],
    )
    assert shown(table(*rows), width=24) == [
        "Boat: Early One",
        "Leaves at: ten past six",
        "Seats inside: forty",
        "Captain: Ingeborg",
    ]


def test_a_picture_is_its_words_in_a_box():
    lines = shown(Image(alt="A bench", src="https://x.example/img/bench%20one.jpg?w=2"), width=26)
    assert lines == [
        "╭────────────────────────╮",
        "│ ▣ A bench              │",
        "│   bench one.jpg        │",
        "╰────────────────────────╯",
    ]


def test_a_picture_without_words_is_its_file():
    assert "bench.jpg" in shown(Image(alt="", src="https://x.example/bench.jpg"))[1]


def test_links_are_numbered_and_their_places_stand_at_the_end():
    url = "https://ferry.example/2024/coffee"
    block = Paragraph(spans=(Span("the "), Span("coffee", frozenset({Style.LINK}), url), Span(" is far")))
    lines = lay_out(Document((block,), (url,)), 40)
    assert [text_of(line) for line in lines] == [
        "the coffee¹ is far",
        "",
        "────",
        "¹ ferry.example/2024/coffee",
    ]
    assert [piece.href for piece in lines[0]] == [None, url, url, None]
    assert lines[3][1].href == url


def test_a_link_that_is_its_own_address_has_no_footnote():
    url = "https://ferry.example/coffee/"
    block = Paragraph(spans=(Span("ferry.example/coffee", frozenset({Style.LINK}), url),))
    assert shown(block, links=[url]) == ["ferry.example/coffee"]


def test_a_link_in_two_styles_has_one_number():
    url = "https://x.example/"
    spans = (Span("good ", frozenset({Style.LINK}), url), Span("tea", frozenset({Style.EMPHASIS}), url))
    assert shown(Paragraph(spans=spans), links=[url])[0] == "good tea¹"


def test_raised_and_lowered_letters():
    spans = (
        Span("x"),
        Span("2", frozenset({Style.SUPERSCRIPT})),
        Span(" H"),
        Span("2", frozenset({Style.SUBSCRIPT})),
    )
    assert shown(Paragraph(spans=spans)) == ["x² H₂"]


def test_roles_tell_headings_quotations_and_styles():
    document = Document(
        (
            Heading(level=2, spans=(Span("Head"),)),
            Paragraph(quote=1, spans=(Span("so", frozenset({Style.STRONG})),)),
            Rule(),
        )
    )
    lines = lay_out(document, 20)
    assert lines[0][0].role == "heading"
    assert lines[3][1].role == "quote strong"
    assert text_of(lines[1]) == "────"
    assert text_of(lines[5]) == "─" * 20


def test_hostile_words_come_out_as_words():
    text = "[bold]x[/bold] \x1b]0;t\x07 \x9b31m"
    lines = shown(said(text), Code(text=text), Image(alt=text, src="https://x.example/\x1b[2J.jpg"))
    assert lines[0].startswith("[bold]x[/bold]")
    assert not any(
        ord(character) < 32 or 0x7F <= ord(character) < 0xA0 for line in lines for character in line
    )


def test_every_width_is_kept():
    document = Document(
        (
            said("A word and a veryveryverylongone " * 3, indent=2, marker="•", quote=1),
            Code(text="x" * 50),
            table(["a", "b", "c"], ["word " * 5, "海边" * 9, "z"]),
            Image(alt="An alternative text", src="https://x.example/a/long-name-of-a-file.jpeg"),
        )
    )
    for width in range(20, 80):
        assert max(width_of(line) for line in lay_out(document, width)) <= width


def test_addresses_are_said_short():
    assert short_address("https://ferry.example/a/") == "ferry.example/a"
    assert short_address("mailto:ada@ferry.example") == "ada@ferry.example"


def heading(level, text):
    return Heading(level=level, spans=(Span(text),))


def test_ranks_of_headings_show_without_colours_and_parts_begin_after_more_air():
    assert shown(heading(1, "One"), said("a"), heading(2, "Two"), heading(3, "Three"), said("b")) == [
        "One",
        "━━━",
        "",
        "a",
        "",
        "",
        "Two",
        "───",
        "",
        "Three",
        "",
        "b",
    ]


def test_a_blog_that_begins_with_the_third_level_has_parts_too():
    assert shown(heading(3, "Part"), heading(4, "In it")) == ["Part", "────", "", "In it"]


def test_lists_in_lists_have_bullets_of_their_own():
    items = [said(word, indent=depth, marker="•", is_tight=depth > 1) for depth, word in enumerate("abcd", 1)]
    assert [line.strip() for line in shown(*items)] == ["• a", "◦ b", "▪ c", "• d"]


def test_a_long_line_of_code_is_broken_after_a_space_if_one_is_near():
    assert shown(Code(text="say the words aloud"), width=17) == ["│ say the words", "│ ↪ aloud"]


def test_verse_keeps_its_insets():
    assert shown(Paragraph(spans=(Span("round,\n   and back"),))) == ["round,", "\u00a0\u00a0\u00a0and back"]


def test_the_number_of_a_note_is_told_from_that_of_a_link():
    url, note = "https://x.example/", "https://f.example/#n1"
    spans = (
        Span("tea", frozenset({Style.LINK}), url),
        Span(" is."),
        Span("1", frozenset({Style.LINK, Style.SUPERSCRIPT}), note),
    )
    document = Document((Paragraph(spans=spans),), (url,), {note: 0})
    line = lay_out(document, 40)[0]
    assert text_of(line) == "tea¹ is.⁽¹⁾"
    assert line[-1].href == note


def test_folds_say_how_they_open_and_a_rail_stands_beside_what_is_in_them():
    blocks = (Fold(spans=(Span("Who?"),), size=1), said("The cat."), said("After."))
    setter = Typesetter(Document(blocks), 40)
    assert [text_of(line) for line in setter.block(0)] == ["▾ Who?"]
    assert [text_of(line) for line in setter.block(1)][-1] == "┊ The cat."
    assert [text_of(line) for line in setter.block(2)][-1] == "After."
    setter.closed = {0}
    assert [text_of(line) for line in setter.block(0)] == ["▸ Who? · enter opens"]


def test_rows_with_wrapped_cells_stand_apart_and_no_word_is_broken_for_a_narrow_column():
    rows = (["Port", "Said"], ["Kingdom", "it never waits for anyone"], ["Island", "bread"])
    assert shown(table(*rows), width=24) == [
        "Port     Said",
        "────────────────────────",
        "Kingdom  it never waits",
        "         for anyone",
        "",
        "Island   bread",
    ]
