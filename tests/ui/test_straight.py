"""What a key changes is drawn straight: little of it, the same as composed, and before anything else."""

import gc
import os
import pty
import termios
import threading
import time

import pyte
import pytest
from textual.app import App
from textual.drivers._writer_thread import WriterThread
from textual.geometry import Region
from ui_fakes import at_rest, reading, until

from tui_reader.content.blocks import Document, Paragraph, Span
from tui_reader.ui.columns import Column
from tui_reader.ui.rest import Hands
from tui_reader.ui.screens import reading as reading_screen
from tui_reader.ui.straight import StraightCompositor, StraightUpdate, _lines
from tui_reader.ui.takeover import PromptDriver, _Counted

SIZE = (132, 16)


@pytest.fixture
def updates(monkeypatch):
    """All that is sent to the terminal, as it comes."""
    sent = []
    monkeypatch.setattr(App, "_display", lambda self, screen, update: sent.append((self, screen, update)))
    return sent


def drawn_by(app, updates):
    terminal = pyte.Screen(*SIZE)
    stream = pyte.Stream(terminal)
    for update in updates:
        stream.feed(update.render_segments(app.console))
    return [[terminal.buffer[y][x] for x in range(SIZE[0])] for y in range(SIZE[1])]


async def test_what_is_drawn_straight_is_what_would_be_composed(updates):
    async with reading(size=SIZE) as (app, pilot):
        await pilot.press(*"jjjjjkkj", "G", *"kkkkkk", "enter")
        await until(pilot, lambda: app.reading.desk.is_open)
        await pilot.press(*"jjjj", "4", *"jjjjjj", "space", *"kk")
        await at_rest(pilot)
        screen = app.reading
        sent = [update for _, where, update in updates if where is screen and update is not None]
        assert sum(isinstance(update, StraightUpdate) for update in sent) > 20
        whole = screen._compositor.render_update(full=True, screen_stack=app._background_screens)
        assert drawn_by(app, sent) == drawn_by(app, [whole])


async def test_a_move_in_a_list_draws_two_rows_and_a_border(updates):
    async with reading(size=(132, 40)) as (app, pilot):
        await at_rest(pilot)
        updates.clear()
        await pilot.press("j")
        first = updates[0][2]
        assert isinstance(first, StraightUpdate)
        rows = {y for _, y, _ in first.lines}
        assert len(rows) <= 2 * app.reading.post_list.row_height
        assert {x for x, _, _ in first.lines} == {app.reading.post_list.content_region.x}


async def test_going_to_another_column_draws_the_two_and_not_the_screen(updates):
    async with reading(size=(200, 40)) as (app, pilot):
        await at_rest(pilot)
        updates.clear()
        app.reading.go(Column.POST)
        await at_rest(pilot)
        places = {(x, y) for lines in drawn(updates) for x, y, _ in lines}
        assert any(app.reading.article.region.contains(*place) for place in places)
        assert not any(app.reading.blog_list.region.contains(*place) for place in places)


def drawn(updates):
    """What was drawn, time after time: lines at their places."""
    return [update.lines for _, _, update in updates if update is not None]


def words_of(lines):
    return "".join(strip.text for _, _, strip in lines)


async def test_a_column_that_loses_the_focus_draws_its_border_and_its_cursor_only(updates):
    async with reading(size=(200, 40)) as (app, pilot):
        await at_rest(pilot)
        updates.clear()
        posts = app.reading.post_list
        app.reading.go(Column.BLOGS)
        await at_rest(pilot)
        lines = [line for lines in drawn(updates) for line in lines]
        of_posts = [(x, y, strip) for x, y, strip in lines if posts.region.contains(x, y)]
        within = {
            y for x, y, strip in of_posts if strip.cell_length > 1 and posts.content_region.contains(x, y)
        }
        assert within == {posts.content_region.y + row for row in range(posts.row_height)}
        corners = {(posts.region.x, posts.region.y), (posts.region.x, posts.region.bottom - 1)}
        assert corners <= {(x, y) for x, y, _ in of_posts}


async def test_the_words_of_a_post_come_first_then_what_is_told_about_it_and_what_is_said_of_it(
    updates, monkeypatch
):
    # however long it takes here
    monkeypatch.setattr(reading_screen, "HELD_FOR", 60)
    async with reading(size=(200, 40)) as (app, pilot):
        await at_rest(pilot)
        app.reading.post_list.put_cursor(1)
        opened, asked = app.reading.post_list.post, []
        stored = app.reading.services.conversations.stored

        async def noting(*about, **more):
            asked.append([words_of(lines) for lines in drawn(updates)])
            return await stored(*about, **more)

        app.reading.services.conversations.stored = noting
        updates.clear()
        app.reading.open_post(opened)
        await until(pilot, lambda: any(f"› {opened.title}" in words_of(lines) for lines in drawn(updates)))
        before_the_thread, path = asked[0], f"› {opened.title}"
        assert "The ferry was cancelled at six" in before_the_thread[0]
        assert path not in before_the_thread[0]


async def test_the_border_beside_a_pane_asks_for_one_line_of_it():
    async with reading(size=(200, 40)) as (app, pilot):
        await at_rest(pilot)
        article, asked = app.reading.article, []
        draw = article.render_line
        article.render_line = lambda y: asked.append(y) or draw(y)
        region = article.region
        for x in (region.x, region.right - 1):
            beside = Region(x, region.y + 1, 1, region.height - 2)
            assert len(list(_lines(article, region, beside))) == region.height - 2
        assert len(asked) <= 2


async def test_a_text_that_needs_a_scroll_bar_lays_nothing_out_anew(monkeypatch):
    async with reading(size=(200, 40)) as (app, pilot):
        await until(pilot, lambda: app.reading._has_desk and app.reading.desk.document is not None)
        await at_rest(pilot)
        laid_out = []
        monkeypatch.setattr(StraightCompositor, "reflow", lambda *_: laid_out.append(1))
        article = app.reading.article
        for words in (20, 2000):
            text = Document(blocks=(Paragraph(spans=(Span("word " * words),)),))
            article.show(app.reading.post_list.post, text, minutes=1, now=app.reading.services.now())
            await at_rest(pilot)
        assert article.max_scroll_y > 0
        assert laid_out == []


async def test_nothing_is_collected_while_keys_are_pressed_and_all_is_when_they_rest(monkeypatch):
    are_at_rest = False
    # the hands rest when we say so, and not where the machine was slow
    monkeypatch.setattr(Hands, "are_at_rest", property(lambda _: are_at_rest))
    async with reading(size=(132, 40)) as (_, pilot):
        await pilot.press("j")
        assert not gc.isenabled()
        are_at_rest = True
        await until(pilot, gc.isenabled)
        are_at_rest = False
        await pilot.press("k")
        assert not gc.isenabled()
    assert gc.isenabled()


async def test_a_move_in_a_list_reads_nothing_from_the_database(updates, monkeypatch):
    async with reading(size=(132, 40)) as (app, pilot):
        await at_rest(pilot)
        asked = []
        library = app.reading.services.library

        def counted(name):
            ask = getattr(library, name)
            return lambda *given, **more: asked.append(name) or ask(*given, **more)

        for name in ("posts", "post", "body", "blogs", "counts", "place"):
            setattr(library, name, counted(name))
        # what shows the post that is stood on comes later
        monkeypatch.setattr("tui_reader.ui.screens.reading.PREVIEW_AFTER", 3600)
        app.reading.post_list.action_row(1)
        await pilot.pause()
        assert asked == []


@pytest.fixture
def stalled():
    """A driver on a terminal that nobody reads, and the end that reads."""
    reader, terminal = pty.openpty()
    attributes = termios.tcgetattr(terminal)
    attributes[1] &= ~termios.OPOST
    termios.tcsetattr(terminal, termios.TCSANOW, attributes)
    file = os.fdopen(terminal, "w", encoding="utf-8")
    driver = PromptDriver.__new__(PromptDriver)
    driver._counted = _Counted(file)
    driver._handed = 0
    driver._writer_thread = WriterThread(driver._counted)
    driver._writer_thread.start()
    yield driver, reader
    driver._writer_thread.stop()
    file.close()
    os.close(reader)


def test_a_terminal_that_is_read_gets_it_at_once(stalled):
    driver, reader = stalled
    driver.write("é and more")
    assert driver._handed == 0
    assert os.read(reader, 100).decode() == "é and more"


def test_a_terminal_that_stalls_gets_everything_in_order(stalled):
    driver, reader = stalled
    lines = [f"{number} é {'─' * 1000}\n" for number in range(60)]
    whole = "".join(lines).encode()
    writing = threading.Thread(target=lambda: [driver.write(line) for line in lines])
    writing.start()
    time.sleep(0.05)
    found = b""
    while len(found) < len(whole):
        found += os.read(reader, 65536)
    writing.join()
    assert found == whole
    assert driver._handed > 0, "it did not stall, and nothing was tried"
