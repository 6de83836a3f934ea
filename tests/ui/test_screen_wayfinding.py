"""Contents, outline, jumps and the way back."""

import re
from dataclasses import replace

from textual.widgets import Input
from ui_fakes import a_comment, reading, sample_services, shown_text, until

from tui_reader.content.blocks import Document, Heading, Paragraph, Span
from tui_reader.content.outline import headings
from tui_reader.ui.columns import Column
from tui_reader.ui.screens.outline import Outline
from tui_reader.ui.screens.wayfinding import first_words
from tui_reader.ui.trail import Spot, Trail
from tui_reader.ui.widgets.outline_list import OutlineList


def a_heading(level, words):
    return Heading(level=level, spans=(Span(words),))


def long_post():
    """Three parts, the second with a part of its own."""
    filler = [Paragraph(spans=(Span(f"{number}. " + "Rope and weather. " * 20),)) for number in range(8)]
    return Document(
        blocks=(
            *filler,
            a_heading(2, "Of ropes"),
            *filler,
            a_heading(2, "Of [knots]"),
            a_heading(4, "The bowline"),
            *filler,
            a_heading(2, "Of weather"),
            *filler,
        )
    )


def with_long_post():
    services = sample_services()
    services.bodies[1] = long_post()
    return services


def test_headings_are_set_in_by_the_levels_that_are_used():
    document = Document(
        blocks=(*(a_heading(level, str(level)) for level in (3, 5, 5, 2, 4, 6)), a_heading(2, " "))
    )
    assert [(one.words, one.depth) for one in headings(document)] == [
        ("3", 0),
        ("5", 1),
        ("5", 1),
        ("2", 0),
        ("4", 1),
        ("6", 2),
    ]


def test_trail_goes_back_and_forward_and_a_new_jump_ends_the_way_forward():
    spots = [Spot(post_id=number, column=Column.POST) for number in range(4)]
    trail = Trail()
    assert trail.back(spots[0]) is None
    trail.leave(spots[0])
    trail.leave(spots[1])
    assert trail.back(spots[2]) == spots[1]
    assert trail.back(spots[1]) == spots[0]
    assert trail.forward(spots[0]) == spots[1]
    trail.leave(spots[1])
    assert trail.forward(spots[3]) is None
    # a jump that led to where it began is no step
    trail.leave(spots[3])
    assert trail.back(spots[3]) == spots[1]


def test_first_words_are_the_commenters_own():
    assert first_words("<blockquote><p>Yours</p></blockquote><p>Mine <b>now</b></p>") == "Mine now"
    assert first_words("<blockquote>Only yours</blockquote>") == "Only yours"


async def test_contents_mark_where_one_is_jump_and_the_way_back_leads_there():
    async with reading(with_long_post()) as (app, pilot):
        await pilot.press("enter")
        await until(pilot, lambda: app.reading.desk.is_open)
        article = app.reading.article
        article.position = (10, 0)
        began = article.place
        await pilot.press("t")
        await until(pilot, lambda: isinstance(app.screen, Outline) and "The bowline" in shown_text(app))
        text = shown_text(app)
        assert "▌▸ " in next(line for line in text.splitlines() if "Of ropes" in line)
        assert "Of [knots]" in text
        await pilot.press("down", "down", "enter")
        await until(pilot, lambda: app.screen is app.reading)
        assert article.place == (19, 0)
        assert "The bowline" in shown_text(app)
        await pilot.press("G")
        await pilot.press("backspace")
        await until(pilot, lambda: article.place == (19, 0))
        await pilot.press("backspace")
        await until(pilot, lambda: article.place == began)
        await pilot.press("apostrophe")
        await until(pilot, lambda: article.place == (19, 0))


async def test_contents_are_narrowed_down_by_typing():
    async with reading(with_long_post()) as (app, pilot):
        await pilot.press("enter", "t")
        await until(pilot, lambda: isinstance(app.screen, Outline))
        await pilot.press(*"weat")
        await until(pilot, lambda: "1 of 5" in shown_text(app))
        await pilot.press("enter")
        await until(pilot, lambda: app.screen is app.reading)
        assert app.reading.article.place == (28, 0)


async def test_post_without_headings_says_so():
    services = sample_services()
    services.bodies[1] = Document(blocks=(Paragraph(spans=(Span("Short."),)),))
    async with reading(services) as (app, pilot):
        await pilot.press("enter", "t")
        await until(pilot, lambda: app.reading.status_line.message == "This post has no headings.")


async def test_outline_tells_who_says_what_marks_what_is_new_and_unfolds_what_is_chosen():
    async with reading() as (app, pilot):
        await pilot.press("enter", "4", "-", "t")
        await until(pilot, lambda: isinstance(app.screen, Outline) and "Noor" in shown_text(app))
        lines = shown_text(app).splitlines()
        assert any("▸ ● Ilse  I had the eggs." in line for line in lines)
        assert any("Maud Keel  You brought them!" in line for line in lines)
        assert any("    ● Ilse  Then they were even better." in line for line in lines)
        await pilot.press(*"noor never")
        await until(pilot, lambda: "1 of 7" in shown_text(app))
        await pilot.press("enter")
        await until(pilot, lambda: app.reading.thread.cursor_key == "15")
        assert "Never, as far as I remember" in shown_text(app)
        await pilot.press("backspace")
        await until(pilot, lambda: app.reading.thread.cursor_key == "11")


async def test_outline_of_nothing_found_says_so_and_esc_leaves():
    async with reading() as (app, pilot):
        await pilot.press("enter", "4", "t")
        await until(pilot, lambda: isinstance(app.screen, Outline))
        await pilot.press(*"zzz")
        await until(pilot, lambda: "Nothing here has all these words." in shown_text(app))
        await pilot.press("enter")
        assert app.screen.query_one(Input).value == "zzz"
        await pilot.press("escape")
        assert app.screen is app.reading


async def test_outline_of_ten_thousand_comments_opens_and_narrows_at_once():
    services = sample_services()
    services.comments[1] = [
        a_comment(str(100 + at), f"Reader {at}", f"<p>Word {at}</p>", hours=1, to="100" if at else None)
        for at in range(10_000)
    ]
    services.posts[1] = replace(services.posts[1], comment_count=10_000)
    async with reading(services) as (app, pilot):
        await pilot.press("enter", "4", "t")
        await until(pilot, lambda: isinstance(app.screen, Outline) and "Reader 3 " in shown_text(app))
        await pilot.press(*"word 9876")
        await until(pilot, lambda: len(app.screen.query_one(OutlineList).found) == 1)
        await pilot.press("enter")
        await until(pilot, lambda: app.reading.thread.focused_comment.author == "Reader 9876")


async def test_parent_and_other_posts_are_jumps_that_lead_back():
    async with reading() as (app, pilot):
        await pilot.press("enter", "4")
        await until(pilot, lambda: app.reading.desk.is_open)
        app.reading.thread.focus_comment("13")
        await pilot.press("p")
        await until(pilot, lambda: app.reading.thread.cursor_key == "12")
        await pilot.press("backspace")
        await until(pilot, lambda: app.reading.thread.cursor_key == "13")
        app.reading.open_post(app.reading.shelf.posts[1])
        await until(pilot, lambda: app.reading.desk.post.id == 2 and app.reading.desk.is_open)
        await pilot.press("alt+left")
        await until(pilot, lambda: app.reading.desk.post.id == 1 and app.reading.desk.is_open)
        await until(pilot, lambda: app.reading.thread.cursor_key == "13")
        assert app.reading.column is Column.CONVERSATION
        await pilot.press("backspace", "backspace")
        await until(pilot, lambda: app.reading.status_line.message == "No jump to go back from.")


async def test_find_is_a_jump():
    async with reading(with_long_post()) as (app, pilot):
        await pilot.press("enter", "/", *"bowline", "enter")
        await until(pilot, lambda: app.reading.article.place != (0, 0))
        await pilot.press("escape", "backspace")
        await until(pilot, lambda: app.reading.article.place == (0, 0))


async def test_borders_tell_how_far_one_is_and_how_long_the_rest_takes():
    async with reading(with_long_post()) as (app, pilot):
        await pilot.press("enter")
        await until(pilot, lambda: app.reading.article.border_subtitle.endswith("min left"))
        percent, minutes = re.fullmatch(
            r"(\d+) % · (\d+) min left", str(app.reading.article.border_subtitle)
        ).groups()
        assert 0 < int(percent) < 30
        assert 6 <= int(minutes) <= 9
        await pilot.press("G")
        await until(pilot, lambda: app.reading.article.border_subtitle == "100 %")
        await pilot.press("4", "j", "j")
        await until(pilot, lambda: app.reading.thread.border_subtitle == "3 of 7 · 2 new")
