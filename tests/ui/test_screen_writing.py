"""Writing: plain text, the blog's own marks, its limits, quoting what is selected; no word is lost."""

from dataclasses import replace

import pytest
from textual import events
from textual.content import Content
from textual.geometry import Offset
from textual.selection import Selection
from textual.widgets import Input, Static, TextArea
from ui_fakes import reading, sample_services, shown_text, until

from tui_reader.cli.reader import _parting
from tui_reader.domain.reply import Identity, ReplyState
from tui_reader.ui.columns import Column
from tui_reader.ui.commands import Palette
from tui_reader.ui.selecting import unwrapped
from tui_reader.ui.widgets.field import Field


@pytest.fixture
def services():
    made = sample_services()
    made.replying.known.append(Identity(id=1, name="Anouk B.", email="anouk@mail.example"))
    return made


async def writing(app, pilot, *keys):
    """Answers Pieter."""
    await pilot.press("enter")
    await until(pilot, lambda: app.reading.desk.is_open and not app.reading.desk.is_loading)
    app.reading.thread.focus_comment("14")
    await pilot.press("4", "r")
    await until(pilot, lambda: app.reading.composer.is_open and app.reading.composer.has_focus_within)
    await pilot.press(*keys)


def title(app):
    return Content.from_markup(app.reading.composer.border_title).plain


def area(app):
    return app.reading.composer.query_one("#draft", TextArea)


async def test_text_stays_as_it_is_typed_wraps_and_can_be_undone(services):
    async with reading(services) as (app, pilot):
        await writing(app, pilot, *"- (c) it's 'so' ...", "enter", *"  two")
        assert app.reading.composer.text == "- (c) it's 'so' ...\n  two"
        await pilot.press("ctrl+left", "X")
        assert app.reading.composer.text.endswith("\n  Xtwo")
        await pilot.press("ctrl+z")
        assert app.reading.composer.text.endswith("\n  two")
        await pilot.press("ctrl+y")
        assert app.reading.composer.text.endswith("\n  Xtwo")
        area(app).insert("word " * 80)
        await pilot.pause()
        assert "\n" not in app.reading.composer.text.split("\n")[1].strip()
        assert area(app).max_scroll_x == 0


async def test_a_large_paste_is_taken_as_it_is_and_saved(services):
    text = "".join(f"Line {number}: rope & weather <3\n" for number in range(2000))
    async with reading(services) as (app, pilot):
        await writing(app, pilot)
        app.post_message(events.Paste(text))
        await until(pilot, lambda: services.replies[1].text == text)
        await pilot.press("!")
        await until(pilot, lambda: services.replies[1].text == text + "!")


OBEYED = "one\x1b]52;c;cHduZWQ=\x07 \x9b31mtwo\x9d0;x\x9c\u202e\u200b\x7f\x00three\ud800\r\nfour\x1bc"
"""What a page put beside its words for whoever copies them, and what is left of it."""
LEFT = "one]52;c;cHduZWQ= 31mtwo0;xthree\nfourc"


async def test_what_is_pasted_brings_no_control_character_into_a_reply(services):
    async with reading(services) as (app, pilot):
        await writing(app, pilot)
        app.post_message(events.Paste(OBEYED))
        await until(pilot, lambda: services.replies[1].text == LEFT)
        assert app.reading.composer.text == LEFT


async def test_what_an_editor_wrote_brings_none_either(services, monkeypatch):
    monkeypatch.setattr("tui_reader.ui.answering.edit", lambda *_: OBEYED)
    async with reading(services) as (app, pilot):
        await writing(app, pilot, "ctrl+e")
        await until(pilot, lambda: services.replies[1].text == LEFT)
        assert app.reading.composer.text == LEFT


async def test_nor_does_a_draft_that_another_program_stored(services):
    async with reading(services) as (app, pilot):
        draft = await services.replying.draft(1, "14")
        await services.replying.save(draft.id, OBEYED)
        await writing(app, pilot)
        assert app.reading.composer.text == LEFT
        await until(pilot, lambda: services.replies[draft.id].text == LEFT)


async def test_no_field_takes_control_characters(services):
    async with reading(services) as (app, pilot):
        for key, is_open in (("ctrl+p", lambda: isinstance(app.screen, Palette)), ("a", lambda: True)):
            await pilot.press(key)
            await until(pilot, is_open)
            await until(pilot, lambda: isinstance(app.focused, Input))
            app.post_message(events.Paste(OBEYED))
            await until(pilot, lambda: app.focused.value.startswith("one"))
            assert app.focused.value.isprintable()
            await pilot.press("escape")
            await until(pilot, lambda: app.screen is app.reading)


async def test_a_field_shows_no_control_character_whoever_fills_it(services):
    async with reading(services):
        assert Field(OBEYED + "\t!").value == LEFT.replace("\n", " ") + " !"


async def test_keys_put_the_blogs_own_marks_around_what_is_selected(services):
    async with reading(services) as (app, pilot):
        await writing(app, pilot, *"so true", "ctrl+shift+left", "f6")
        assert app.reading.composer.text == "so <em>true</em>"
        await pilot.press("f7", *"x")
        assert app.reading.composer.text == "so <em>true</em><code>x</code>"
        area(app).load_text("see here")
        area(app).selection = area(app).selection.__class__((0, 4), (0, 8))
        await pilot.press("f8", *"a.example")
        assert app.reading.composer.text == 'see <a href="https://a.example">here</a>'


async def test_blog_that_takes_plain_text_says_so(services):
    services.posts[1] = replace(services.posts[1], engine="other")
    async with reading(services) as (app, pilot):
        await writing(app, pilot, *"so", "f6")
        assert app.reading.composer.text == "so"
        await until(pilot, lambda: "This blog takes plain text only." in shown_text(app))


async def test_preview_tells_which_tags_will_be_words(services):
    async with reading(services, size=(132, 40)) as (app, pilot):
        await writing(app, pilot)
        area(app).insert("a < b, <u>c</u> and <b>d</b>")
        await pilot.press("f2")
        await until(
            pilot, lambda: "Shown as you typed it: <u> (the blog takes no such tag)" in shown_text(app)
        )
        assert "a < b, <u>c</u> and d" in shown_text(app)
        await pilot.press("f2")
        await until(pilot, lambda: "Shown as you typed it" not in shown_text(app))


async def test_room_is_counted_near_the_limit_and_what_is_over_it_is_refused_in_words(services):
    services.replying.form = replace(services.replying.form, max_length=40)
    async with reading(services) as (app, pilot):
        await writing(app, pilot, *"a" * 30)
        await until(pilot, lambda: services.replies[1].text == "a" * 30)
        assert title(app) == "Reply"
        await pilot.press(*"a" * 7)
        await until(pilot, lambda: title(app) == "Reply · 3 characters left")
        # what is counted is what leaves: <3 is sent as &lt;3
        await pilot.press(*"<3")
        await until(pilot, lambda: title(app) == "Reply · 2 characters too many")
        await pilot.press("ctrl+s")
        await until(pilot, lambda: "this is 2 characters too long" in shown_text(app))
        assert not services.replying.sent
        await pilot.press("backspace", "backspace")
        await until(pilot, lambda: title(app) == "Reply · 3 characters left")
        await pilot.press("ctrl+s")
        await until(pilot, lambda: services.replying.sent)


async def test_bytes_are_counted_where_the_blog_counts_them(services):
    services.replying.form = replace(services.replying.form, max_bytes=65_525)
    async with reading(services) as (app, pilot):
        await writing(app, pilot)
        area(app).insert("é" * 32_800)
        await until(pilot, lambda: title(app) == "Reply · 75 characters too many")


async def test_esc_keeps_the_draft_says_so_and_one_goes_on_where_one_was(services):
    async with reading(services) as (app, pilot):
        await writing(app, pilot, *"one two", "ctrl+left", "escape")
        await until(pilot, lambda: "The draft is kept: e goes on with it" in app.reading.status_line.message)
        await pilot.press("e")
        await until(pilot, lambda: app.reading.composer.is_open and app.reading.composer.has_focus_within)
        await pilot.press("X")
        assert app.reading.composer.text == "one Xtwo"


async def test_queued_reply_is_edited_where_it_was_and_a_held_one_is_not(services):
    async with reading(services) as (app, pilot):
        await writing(app, pilot, *"one two", "ctrl+left", "escape")
        await until(pilot, lambda: not app.reading.composer.is_open)
        services.replies[1] = replace(services.replies[1], state=ReplyState.QUEUED)
        await app.reading.desk.show_stored()
        app.reading.thread.focus_reply(1)
        await pilot.press("e")
        await until(pilot, lambda: app.reading.composer.is_open and app.reading.composer.has_focus_within)
        await pilot.press("X", "escape")
        await until(pilot, lambda: services.replies[1].text == "one Xtwo")
        services.replies[1] = replace(services.replies[1], state=ReplyState.HELD)
        await app.reading.desk.show_stored()
        app.reading.thread.focus_reply(1)
        await pilot.press("e")
        await until(pilot, lambda: "cannot be changed from here" in app.reading.status_line.message)


async def test_draft_and_cursor_survive_every_change_of_size(services):
    async with reading(services, size=(132, 36)) as (app, pilot):
        await writing(app, pilot, *"one two", "ctrl+left")
        for size in ((40, 16), (200, 48), (80, 24)):
            await pilot.resize_terminal(*size)
            await pilot.pause()
            assert app.reading.composer.is_open
            assert app.reading.composer.has_focus_within
        await pilot.press("X")
        assert app.reading.composer.text == "one Xtwo"
        await until(pilot, lambda: services.replies[1].text == "one Xtwo")


async def test_quitting_with_a_draft_says_that_it_is_kept(services):
    async with reading(services) as (app, pilot):
        await writing(app, pilot, *"Half", "escape")
        await until(pilot, lambda: not app.reading.composer.is_open)
        await pilot.press("Q")
        await until(pilot, lambda: app._exit)
    assert [reply.text for reply in app.unsent] == ["Half"]
    assert _parting(app.unsent).startswith("Your reply to Pieter is not sent: it is kept as a draft")
    assert _parting((*app.unsent, *app.unsent)).startswith("2 replies are not sent")
    assert _parting(()) == ""


async def test_quitting_with_nothing_written_says_nothing(services):
    services.replies[7] = replace(await services.replying.draft(1, None), id=7, text="Old")
    async with reading(services) as (app, pilot):
        await pilot.press("Q")
        await until(pilot, lambda: app._exit)
    assert app.unsent == ()


# Quoting what is selected


def select(app, view, words):
    """As the mouse would: from the beginning of these words on the screen to their end."""
    for y in range(view.heights.total):
        at = "".join(piece.text for piece in view.line_at(y)).find(words)
        if at >= 0:
            app.reading.selections = {view: Selection(Offset(at, y), Offset(at + len(words), y))}
            return
    raise AssertionError(f"{words} is not there")


async def test_selected_words_of_a_comment_are_quoted_to_whoever_said_them(services):
    async with reading(services) as (app, pilot):
        await pilot.press("enter", "4")
        await until(pilot, lambda: app.reading.desk.is_open and not app.reading.desk.is_loading)
        select(app, app.reading.thread, "What time did it stop")
        await pilot.press(">")
        await until(pilot, lambda: app.reading.composer.text != "")
        assert app.reading.composer.text == "<blockquote>What time did it stop</blockquote>\n\n"
        assert services.replies[1].to == "14"
        assert not app.reading.selections


async def test_selected_words_of_the_post_are_quoted_in_a_comment_on_it(services):
    async with reading(services) as (app, pilot):
        await pilot.press("enter")
        await until(pilot, lambda: app.reading.desk.is_open and not app.reading.desk.is_loading)
        select(app, app.reading.article, "cancelled at six")
        await pilot.press(">")
        await until(pilot, lambda: app.reading.composer.text != "")
        assert app.reading.composer.text == "<blockquote>cancelled at six</blockquote>\n\n"
        assert services.replies[1].to is None


async def test_while_writing_the_key_quotes_what_is_selected_anywhere(services):
    async with reading(services) as (app, pilot):
        await writing(app, pilot, *"Yes", "enter")
        select(app, app.reading.article, "cancelled at six")
        await pilot.press("f3")
        await until(pilot, lambda: "cancelled" in app.reading.composer.text)
        assert app.reading.composer.text == "Yes\n<blockquote>cancelled at six</blockquote>\n\n"
        assert services.replies[1].to == "14"


async def test_words_dragged_over_with_the_mouse_are_what_is_quoted(services):
    async with reading(services, size=(132, 36)) as (app, pilot):
        await pilot.press("enter", "4")
        await until(pilot, lambda: app.reading.desk.is_open and not app.reading.desk.is_loading)
        lines = shown_text(app).splitlines()
        y = next(at for at, line in enumerate(lines) if "I took the bus" in line)
        x = lines[y].index("took the bus")
        await pilot.mouse_down(offset=(x, y))
        await pilot.hover(offset=(x + 8, y))
        await pilot.hover(offset=(x + 12, y))
        await pilot.mouse_up(offset=(x + 12, y))
        await pilot.press(">")
        await until(pilot, lambda: app.reading.composer.text != "")
        assert "took the bus" in app.reading.composer.text
        assert "What time" not in app.reading.composer.text
        assert app.reading.column is Column.CONVERSATION


def test_lines_of_the_screen_become_paragraphs_again():
    assert unwrapped("one\n two  \n\n\nthree\nfour\n") == "one two\n\nthree four"
    assert unwrapped("船が欠\n航した") == "船が欠航した"
    assert unwrapped(" \n") == ""


async def test_quoted_signs_are_not_escaped_twice(services):
    services.comments[1][3] = replace(services.comments[1][3], html="<p>a &amp; b &lt; c</p>")
    async with reading(services, size=(132, 40)) as (app, pilot):
        await writing(app, pilot, "f3")
        await until(pilot, lambda: app.reading.composer.text == "<blockquote>a & b < c</blockquote>\n\n")
        await pilot.press("f2")
        await until(pilot, lambda: app.reading.composer.is_previewing)
        assert "&amp;" not in str(app.reading.composer.query_one("#note", Static).content)
        assert shown_text(app).count("a & b < c") == 2
