"""For screen readers: everything in words, no boxes, the terminal's cursor on the line that is read."""

import re

import pytest
from textual.widgets import TextArea
from ui_fakes import at_rest, sample_services, until

from tui_reader.config import Look, Settings
from tui_reader.content.blocks import Code, Document, Image, Paragraph, Rule, Span, Style, Table
from tui_reader.ui.app import ReaderApp
from tui_reader.ui.manner import Manner, use
from tui_reader.ui.widgets.layout import lay_out
from tui_reader.ui.widgets.pieces import text_of
from tui_reader.ui.widgets.spoken import place_of
from tui_reader.ui.widgets.thread_fold import Tree

BOXES = re.compile("[\u2500-\u259f\u25b0-\u25b9⟳▪◷]")


def linear_app() -> ReaderApp:
    services = sample_services()
    services.settings = Settings(look=Look(linear=True))
    return ReaderApp(services)


def shown(app) -> list[str]:
    """What the terminal is sent, line by line."""
    return [strip.text.rstrip() for strip in app.screen._compositor.render_strips()]


async def in_conversation(pilot) -> None:
    app = pilot.app
    await until(pilot, lambda: app.reading.desk.conversation is not None)
    await pilot.press("enter", "4")
    await until(pilot, lambda: app.reading.desk.is_open and not app.reading.desk.is_loading)


async def test_comments_are_introduced_by_words():
    app = linear_app()
    async with app.run_test(size=(80, 40)) as pilot:
        await in_conversation(pilot)
        await at_rest(pilot)
        told = [line.strip() for line in shown(app)]
        assert "Ilse, comment, level 1, new, 1 of 3, 2 Aug, 18:00, 2 replies below" in told
        assert any(line.startswith("Maud Keel, reply to Ilse, level 2, 1 of 1, ") for line in told)
        assert any(line.startswith("Ilse, reply to Maud Keel, level 3, new, 1 of 1, ") for line in told)
        assert any(
            line.startswith("you, comment, level 1, 3 of 3, ") and "awaiting moderation" in line
            for line in told
        )
        assert any(line.startswith("pingback, Breakfasts of the coast") for line in told)


async def test_a_folded_branch_says_so():
    app = linear_app()
    async with app.run_test(size=(80, 40)) as pilot:
        await in_conversation(pilot)
        await pilot.press("space")
        await until(pilot, lambda: any("Folded, 2 replies, 1 new" in line for line in shown(app)))


async def test_posts_and_blogs_are_sentences():
    app = linear_app()
    async with app.run_test(size=(80, 40)) as pilot:
        await until(
            pilot, lambda: any("Breakfast for a cancelled ferry, unread" in line for line in shown(app))
        )
        assert any("by Maud Keel, 20 h ago, 7 comments, 2 new" in line for line in shown(app))
        assert any("The shop that closes" in line and "starred" in line for line in shown(app))
        await pilot.press("1")
        await until(pilot, lambda: any("Harbour Notes, 2 unread" in line for line in shown(app)))
        assert any("Folder Coast, unfolded" in line for line in shown(app))
        assert any("fails: " in line for line in shown(app))


async def test_there_is_one_column_however_wide_the_terminal_is():
    app = linear_app()
    async with app.run_test(size=(200, 48)) as pilot:
        await in_conversation(pilot)
        assert app.reading.thread.display
        assert not app.reading.article.display
        assert not app.reading.post_list.display


SCREENS = {
    "library": [],
    "blogs": ["1"],
    "post": ["enter"],
    "conversation": ["enter", "4"],
    "reply": ["enter", "4", "r"],
    "help": ["question_mark"],
    "settings": ["comma"],
    "theme": ["ctrl+t"],
    "palette": ["ctrl+p"],
    "outbox": ["O"],
    "add": ["a"],
    "find": ["backslash"],
    "find here": ["slash"],
    "links": ["enter", "L"],
    "blog": ["1", "G", "E"],
}


@pytest.mark.parametrize("keys", SCREENS.values(), ids=SCREENS)
async def test_no_screen_draws_a_box(keys):
    app = linear_app()
    async with app.run_test(size=(80, 24)) as pilot:
        await until(pilot, lambda: app.reading.desk.conversation is not None)
        for key in keys:
            await pilot.press(key)
        await at_rest(pilot)
        lines = shown(app)
        assert "".join(lines).strip()
        assert [line for line in lines if BOXES.search(line)] == []


async def test_the_terminal_s_cursor_stands_where_one_reads():
    app = linear_app()
    async with app.run_test(size=(80, 24)) as pilot:
        await until(pilot, lambda: app.reading.desk.conversation is not None)
        for _ in range(3):
            assert "Breakfast" in shown(app)[app.cursor_position.y] or app.reading.post_list.cursor
            await pilot.press("j")
        row = app.reading.post_list
        assert shown(app)[app.cursor_position.y].strip().startswith(row.post.title)
        await pilot.press("g")
        await in_conversation(pilot)
        await pilot.press("j", "j")
        await at_rest(pilot)
        assert shown(app)[app.cursor_position.y].strip().startswith("Ilse, reply to Maud Keel")
        await pilot.press("comma")
        await pilot.press("j", "j")
        await at_rest(pilot)
        assert "measure" in shown(app)[app.cursor_position.y]


async def test_while_writing_the_cursor_is_in_the_text():
    app = linear_app()
    async with app.run_test(size=(80, 24)) as pilot:
        await in_conversation(pilot)
        await pilot.press("r")
        await until(pilot, lambda: app.reading.composer.display)
        await pilot.press(*"Well")
        area = app.reading.composer.query_one(TextArea)
        await until(pilot, lambda: app.cursor_position == area.cursor_screen_offset)


def test_a_document_is_told_in_words():
    use(Manner(is_linear=True))
    link = Span("the timetable", frozenset({Style.LINK}), "https://ferry.example/times")
    table = Table(
        rows=(((Span("Boat"),), (Span("Leaves"),)), ((Span("Early"),), (Span("06:10"),))),
        alignments=("left", "left"),
    )
    document = Document(
        blocks=(
            Paragraph(spans=(Span("See "), link)),
            Paragraph(quote=1, spans=(Span("One."),)),
            Paragraph(quote=1, spans=(Span("Two."),)),
            Paragraph(spans=(Span("Out."),)),
            Code(language="python", text="x = 1"),
            table,
            Image(alt="A bench", src="https://ferry.example/bench.jpg"),
            Rule(),
        ),
        links=("https://ferry.example/times",),
    )
    told = [text_of(line).strip() for line in lay_out(document, 60)]
    assert [line for line in told if line] == [
        "See the timetable¹",
        "Quotation:",
        "One.",
        "Two.",
        "End of the quotation.",
        "Out.",
        "Code, python:",
        "x = 1",
        "Boat: Early",
        "Leaves: 06:10",
        "Image: A bench",
        "* * *",
        "Links:",
        "¹ ferry.example/times",
    ]


def test_the_place_among_siblings_is_counted_within_the_parent():
    tree = Tree()
    for key, depth, below in (("a", 0, 3), ("b", 1, 1), ("c", 2, 0), ("d", 1, 0), ("e", 0, 0)):
        tree.keys.append(key)
        tree.depths.append(depth)
        tree.below.append(below)
    assert place_of(tree, 0, None, 5) == (1, 2)
    assert place_of(tree, 3, 0, 5) == (2, 2)
    assert place_of(tree, 2, 1, 5) == (1, 1)
    assert place_of(tree, 4, None, 5) == (2, 2)
