"""The mouse everywhere: clicks, the wheel, the borders between columns, hints, titles, selected text."""

from contextlib import asynccontextmanager

import pytest
from textual import events
from ui_fakes import sample_services, until

from tui_reader.ui import widths
from tui_reader.ui.app import ReaderApp
from tui_reader.ui.columns import Column
from tui_reader.ui.screens.help import Help


@asynccontextmanager
async def reading(tmp_path, size=(200, 48)):
    services = sample_services()
    services.data_folder = str(tmp_path)
    app = ReaderApp(services)
    # two clicks in a row are a double one, on a slow machine as well, unless `later` is between them
    app.CLICK_CHAIN_TIME_THRESHOLD = 3600
    async with app.run_test(size=size) as pilot:
        await until(pilot, lambda: app.reading.desk.conversation is not None)
        await pilot.pause()
        yield app, pilot


def later(app):
    """So long after a click that the next one has nothing to do with it."""
    app._click_chain_last_time = None


async def drag(pilot, start, end) -> None:
    await pilot.mouse_down(offset=start)
    await pilot.hover(offset=end)
    await pilot.mouse_up(offset=end)
    await pilot.pause()


async def test_a_click_stands_on_a_row_and_a_click_on_the_row_of_the_cursor_opens_it(tmp_path):
    async with reading(tmp_path) as (app, pilot):
        posts = app.reading.post_list
        await pilot.click(posts, offset=(6, 4))
        await until(pilot, lambda: posts.cursor == 1)
        assert not app.reading.desk.is_open
        later(app)
        await pilot.click(posts, offset=(6, 4))
        await until(pilot, lambda: app.reading.desk.is_open)
        assert app.reading.desk.post.id == posts.post.id


async def test_a_double_click_opens_once(tmp_path):
    async with reading(tmp_path) as (app, pilot):
        posts = app.reading.post_list
        opened = []
        posts.opened = lambda: opened.append(posts.post.id)
        await pilot.click(posts, offset=(6, 4), times=2)
        assert len(opened) == 1
        later(app)
        await pilot.click(posts, offset=(6, 4), times=2)
        assert len(opened) == 2


async def test_the_wheel_scrolls_what_is_under_the_pointer_and_not_what_has_the_focus(tmp_path):
    async with reading(tmp_path, size=(200, 20)) as (app, pilot):
        assert app.reading.post_list.has_focus
        article = app.reading.article
        x, y = article.region.center
        article.post_message(
            events.MouseScrollDown(article, int(x), int(y), 0, 1, 0, False, False, False, int(x), int(y))
        )
        await until(pilot, lambda: article.top_line > 0)
        assert app.reading.post_list.scroll_y == 0


async def test_the_border_between_two_columns_is_dragged_and_remembered(tmp_path):
    async with reading(tmp_path) as (app, pilot):
        blogs = app.reading.blog_list
        edge = blogs.region.right - 1
        await drag(pilot, (edge, 10), (edge - 8, 10))
        assert blogs.region.width == 24
        assert widths.read(str(tmp_path)) == {"blogs": 24}
        assert (tmp_path / "columns").stat().st_mode & 0o777 == 0o600
        posts = app.reading.post_list
        # the left border of the next column is the same place to take hold of
        await drag(pilot, (posts.region.right, 10), (posts.region.right + 10, 10))
        assert posts.region.width == 44 + 11
        share = app.reading.article.region.right - 1
        await drag(pilot, (share, 10), (share + 15, 10))
        assert set(widths.read(str(tmp_path))) == {"blogs", "posts", "post"}
        kept = [app.reading.frame_of(column).region.width for column in Column]
    async with reading(tmp_path) as (app, pilot):
        assert [app.reading.frame_of(column).region.width for column in Column] == kept


async def test_a_column_keeps_a_width_in_which_words_can_be_read(tmp_path):
    async with reading(tmp_path) as (app, pilot):
        edge = app.reading.blog_list.region.right - 1
        await drag(pilot, (edge, 10), (1, 10))
        assert app.reading.blog_list.region.width == widths.LEAST
        edge = app.reading.article.region.right - 1
        await drag(pilot, (edge, 10), (199, 10))
        assert app.reading.frame_of(Column.CONVERSATION).region.width >= 12


async def test_keys_make_columns_wider_narrower_and_as_they_were(tmp_path):
    async with reading(tmp_path) as (app, pilot):
        posts, before = app.reading.post_list, app.reading.post_list.region.width
        await pilot.press("left_parenthesis", "left_parenthesis")
        await until(pilot, lambda: posts.region.width == before - 4)
        await pilot.press("right_parenthesis")
        await until(pilot, lambda: posts.region.width == before - 2)
        await pilot.press("4", "right_parenthesis")
        thread = app.reading.frame_of(Column.CONVERSATION)
        await until(pilot, lambda: thread.region.width > app.reading.article.region.width)
        await pilot.press("0")
        await until(pilot, lambda: posts.region.width == before)
        assert not (tmp_path / "columns").exists()


async def test_one_column_alone_has_the_whole_width_whatever_was_dragged(tmp_path):
    widths.write(str(tmp_path), {"blogs": 20, "posts": 30, "post": 70})
    async with reading(tmp_path, size=(80, 24)) as (app, pilot):
        assert app.reading.post_list.region.width == 80
        await pilot.press("right_parenthesis")
        await until(pilot, lambda: "one column" in app.reading.status_line.message)


async def test_widths_that_cannot_be_remembered_are_told(tmp_path):
    async with reading(tmp_path / "gone") as (app, pilot):
        await pilot.press("right_parenthesis")
        await until(pilot, lambda: "cannot be remembered" in app.reading.status_line.message)


@pytest.mark.parametrize("written", ["", "blogs", "blogs x\n", "\xff\xfe", "blogs -4 posts 99999 other 7"])
def test_a_broken_memory_of_widths_is_as_none(tmp_path, written):
    (tmp_path / "columns").write_bytes(written.encode("latin-1"))
    assert widths.read(str(tmp_path)) == {}


async def test_a_click_on_a_hint_is_its_key(tmp_path):
    async with reading(tmp_path) as (app, pilot):
        line = app.reading.status_line
        text = line.render().plain
        await pilot.click(line, offset=(1 + text.index("? keys") + 1, 0))
        await until(pilot, lambda: isinstance(app.screen, Help))


async def test_a_click_on_a_message_takes_it_away(tmp_path):
    async with reading(tmp_path) as (app, pilot):
        app.reading.tell("Something was said.")
        await pilot.pause()
        await pilot.click(app.reading.status_line, offset=(4, 0))
        await until(pilot, lambda: not app.reading.status_line.message)


async def test_twice_on_a_title_gives_the_column_the_window(tmp_path):
    async with reading(tmp_path) as (app, pilot):
        await pilot.click(app.reading.article, offset=(5, 0), times=2)
        await until(pilot, lambda: app.reading.is_zoomed)
        assert app.reading.column is Column.POST
        later(app)
        await pilot.click(app.reading.article, offset=(5, 0), times=2)
        await until(pilot, lambda: not app.reading.is_zoomed)


async def test_text_is_selected_with_the_mouse_and_copied_without_rails(tmp_path):
    async with reading(tmp_path) as (app, pilot):
        await pilot.press("enter", "4")
        await until(pilot, lambda: app.reading.desk.is_open and not app.reading.desk.is_loading)
        await pilot.pause()
        region = app.reading.thread.content_region
        await drag(pilot, (region.x + 1, region.y), (region.x + 24, region.y + 4))
        await pilot.press("ctrl+c")
        await until(pilot, lambda: "I had the eggs" in app.clipboard)
        assert "You brought them" in app.clipboard
        assert "│" not in app.clipboard


async def test_rows_of_a_list_are_selected_and_copied_too(tmp_path):
    async with reading(tmp_path) as (app, pilot):
        region = app.reading.post_list.content_region
        await drag(pilot, (region.x + 3, region.y), (region.x + 30, region.y))
        await pilot.press("ctrl+c")
        await until(pilot, lambda: app.clipboard.startswith("Breakfast for a cancelled"))
