"""The views of a conversation: only new, only the author, by date; and the way back."""

from dataclasses import replace

from ui_fakes import a_comment, reading, sample_services, shown_text, until

from tui_reader.domain.views import View
from tui_reader.ui.screens.choose import Choose


async def opened(app, pilot):
    await pilot.press("enter", "4")
    await until(pilot, lambda: app.reading.desk.is_open and not app.reading.desk.is_loading)


def keys(app):
    return [key for key, _, _ in app.reading.thread.entries()]


async def test_only_new_shows_what_it_answers_says_so_and_leads_back_to_the_same_comment():
    async with reading() as (app, pilot):
        await opened(app, pilot)
        app.reading.thread.focus_comment("13")
        await pilot.press("v", "j", "enter")
        await until(pilot, lambda: app.reading.desk.viewing.view is View.NEW)
        assert keys(app) == ["11", "12", "13"]
        assert app.reading.thread.cursor_key == "13"
        assert app.reading.thread.border_title == "7 responses · only new"
        assert "I took the bus" not in shown_text(app)
        await pilot.press("v", "k", "enter")
        await until(pilot, lambda: app.reading.desk.viewing.view is View.THREAD)
        assert len(keys(app)) == 7
        assert app.reading.thread.cursor_key == "13"
        assert app.reading.thread.border_title == "7 responses"


async def test_what_was_new_stays_in_the_view_when_it_is_marked_and_new_comments_come_in():
    services = sample_services()
    async with reading(services) as (app, pilot):
        await opened(app, pilot)
        app.reading.look(View.NEW)
        await pilot.press("M")
        await until(pilot, lambda: "takes it back" in app.reading.status_line.message)
        assert keys(app) == ["11", "12", "13"]
        services.conversations.arriving[1] = [
            a_comment("19", "Noor", "<p>And now?</p>", hours=0, to="15", is_new=True)
        ]
        await pilot.press("R")
        await until(pilot, lambda: keys(app) == ["11", "12", "13", "14", "15", "19"])


async def test_folds_of_the_whole_thread_survive_another_view_and_are_kept():
    services = sample_services()
    async with reading(services) as (app, pilot):
        await opened(app, pilot)
        app.reading.thread.focus_comment("14")
        await pilot.press("space")
        assert app.reading.thread.fold_state == {"14"}
        app.reading.look(View.AUTHOR)
        assert keys(app) == ["11", "12"]
        await pilot.press("]")
        await until(pilot, lambda: app.reading.desk.post.id == 2)
        assert services.places[1].folded == ("14",)
        # a part ends with its post
        assert app.reading.desk.viewing.view is View.THREAD


async def test_by_date_tells_whom_each_answers_and_p_leads_there():
    async with reading() as (app, pilot):
        await opened(app, pilot)
        app.reading.look(View.NEWEST)
        assert keys(app)[:6] == ["16", "15", "14", "13", "12", "11"]
        assert "Noor → Pieter" in shown_text(app)
        app.reading.thread.focus_comment("13")
        await pilot.press("p")
        await until(pilot, lambda: app.reading.thread.cursor_key == "12")
        await pilot.press("]")
        await until(pilot, lambda: app.reading.desk.post.id == 2)
        # an order holds until another is chosen
        assert app.reading.desk.viewing.view is View.NEWEST


async def test_n_says_that_a_view_leaves_something_new_out():
    async with reading() as (app, pilot):
        await opened(app, pilot)
        app.reading.look(View.AUTHOR)
        await pilot.press("n", "n")
        await until(pilot, lambda: "1 new comment is left out by this view; v shows all." in shown_text(app))
        assert app.reading.desk.post.id == 1


async def test_view_with_nothing_in_it_is_not_shown():
    services = sample_services()
    services.comments[1] = [replace(one, is_new=False) for one in services.comments[1]]
    async with reading(services) as (app, pilot):
        await opened(app, pilot)
        app.reading.look(View.NEW)
        assert app.reading.status_line.message == "Nothing here is new."
        assert app.reading.desk.viewing.view is View.THREAD


async def test_a_comment_that_the_view_leaves_out_is_shown_when_one_is_led_to_it():
    async with reading() as (app, pilot):
        await opened(app, pilot)
        app.reading.look(View.NEW)
        app.reading.open_post(app.reading.desk.post, at_comment="15")
        await until(pilot, lambda: app.reading.thread.cursor_key == "15")
        assert app.reading.desk.viewing.view is View.THREAD


async def test_palette_knows_the_views():
    async with reading() as (app, pilot):
        await opened(app, pilot)
        await pilot.press("ctrl+p", *"newest first")
        await until(pilot, lambda: "All, the newest first" in shown_text(app))
        await pilot.press("enter")
        await until(pilot, lambda: app.reading.desk.viewing.view is View.NEWEST)


async def test_chooser_stands_on_the_view_in_force():
    async with reading() as (app, pilot):
        await opened(app, pilot)
        app.reading.look(View.OLDEST)
        await pilot.press("v")
        await until(pilot, lambda: isinstance(app.screen, Choose))
        await pilot.press("enter")
        await until(pilot, lambda: app.screen is app.reading)
        assert app.reading.desk.viewing.view is View.OLDEST
