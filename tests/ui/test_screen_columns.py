"""Which columns are in sight, and how one goes from one to the other."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from ui_fakes import reading, until

from tui_reader.ui.columns import Column, columns_in_sight


def in_sight(app):
    screen = app.reading
    places = {"#blogs": 1, "#posts": 2, "#post": 3, "#conversation": 4}
    return [number for name, number in places.items() if screen.query_one(name).display]


@given(st.integers(1, 500), st.sampled_from(Column), st.booleans())
def test_focused_column_is_always_among_neighbours_in_sight(width, focused, is_zoomed):
    seen = columns_in_sight(width, focused, is_zoomed=is_zoomed)
    assert focused in seen
    assert [int(column) for column in seen] == list(range(seen[0], seen[0] + len(seen)))


@pytest.mark.parametrize(
    ("width", "focused", "seen"),
    [
        (200, Column.POSTS, [1, 2, 3, 4]),
        (179, Column.POSTS, [1, 2, 3]),
        (132, Column.BLOGS, [1, 2, 3]),
        (132, Column.POST, [3, 4]),
        (100, Column.CONVERSATION, [3, 4]),
        (99, Column.CONVERSATION, [4]),
        (80, Column.BLOGS, [1]),
    ],
)
def test_as_many_as_fit(width, focused, seen):
    assert [int(column) for column in columns_in_sight(width, focused)] == seen


async def test_tab_numbers_enter_and_esc_lead_through_the_columns():
    async with reading(size=(80, 24)) as (app, pilot):
        assert in_sight(app) == [2]
        await pilot.press("1")
        assert in_sight(app) == [1]
        await pilot.press("tab", "enter")
        await until(pilot, lambda: app.reading.desk.is_open)
        assert in_sight(app) == [3]
        await pilot.press("enter")
        assert in_sight(app) == [4]
        await pilot.press("shift+tab", "shift+tab", "shift+tab", "shift+tab")
        assert in_sight(app) == [4]
        for column in (3, 2, 1):
            await pilot.press("escape")
            assert in_sight(app) == [column]
        await pilot.press("escape")
        assert app.is_running
        assert in_sight(app) == [1]


async def test_q_goes_back_and_quits_on_the_left_most():
    async with reading() as (app, pilot):
        await pilot.press("q")
        assert app.reading.column is Column.BLOGS
        await pilot.press("q")
        await until(pilot, lambda: app._exit)
        assert app.return_code == 0


async def test_zoom_gives_one_column_the_window_and_takes_it_back():
    async with reading() as (app, pilot):
        await pilot.press("Z")
        assert in_sight(app) == [2]
        await pilot.press("Z")
        assert in_sight(app) == [1, 2, 3]


async def test_nothing_is_lost_when_the_window_is_resized():
    async with reading(size=(200, 48)) as (app, pilot):
        await pilot.press("j", "enter")
        await until(pilot, lambda: app.reading.desk.is_open)
        await pilot.press("k", "tab")
        await pilot.resize_terminal(80, 24)
        await until(pilot, lambda: in_sight(app) == [4])
        await pilot.resize_terminal(120, 30)
        await until(pilot, lambda: in_sight(app) == [3, 4])
        assert app.reading.desk.post.id == 2
        assert app.reading.post_list.post.id == 2
        assert app.focused is app.reading.thread


async def test_titles_stand_in_the_borders():
    async with reading(size=(200, 48)) as (app, pilot):
        screen = app.reading
        assert screen.article.border_title == "Preview"
        await pilot.press("enter")
        await until(pilot, lambda: screen.desk.is_open and not screen.desk.is_loading)
        assert screen.article.border_title == "Post"
        assert screen.thread.border_title == "7 responses"
        assert screen.thread.border_subtitle == "1 of 7 · 2 new"
        assert screen.post_list.border_subtitle == "1 of 7"
        assert screen.top_line.path == ("Harbour Notes", "Breakfast for a cancelled ferry")
        # among the lists the path says what is listed, whatever stands open beside them
        await pilot.press("2")
        await until(pilot, lambda: screen.top_line.path == ("All",))
        await pilot.click(screen.article)
        await until(pilot, lambda: len(screen.top_line.path) == 2)
        await pilot.click(screen.blog_list, offset=(4, 8))
        await until(pilot, lambda: screen.top_line.path == ("Coast", "Harbour Notes"))


async def test_a_start_puts_up_the_lists_and_little_else():
    """Every widget of a start is styled, laid out and given a task of its own before anything is seen."""
    async with reading(size=(120, 40)) as (app, _):
        # the scroll bars of the two lists, the preview's, and what is mounted with the first preview
        assert len(app.reading.query("*")) <= 12, list(app.reading.query("*"))
