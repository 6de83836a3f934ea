"""Keys that come in one breath: a screen closes once, and what is below it stays."""

import asyncio

import pytest
from textual import events
from textual.app import App
from textual.screen import Screen
from textual.widgets import Input
from ui_fakes import at_rest, reading, sample_services, until

from tui_reader.domain.reply import Identity, ReplyState
from tui_reader.ui import shelf
from tui_reader.ui.commands import Palette
from tui_reader.ui.keymap import Keymap
from tui_reader.ui.screens.blog import EditBlog
from tui_reader.ui.screens.confirm import Confirm
from tui_reader.ui.screens.help import Help
from tui_reader.ui.screens.welcome import Welcome
from tui_reader.ui.widgets.post_list import PostList


@pytest.mark.parametrize(
    "screen",
    [lambda: Confirm("Drop it?", "It is gone then.", yes="drop", no="keep"), lambda: Help(Keymap()), Welcome],
    ids=["question", "help", "welcome"],
)
async def test_a_screen_closes_once_however_often_it_is_told(screen):
    app = App()
    answers = []
    async with app.run_test() as pilot:
        below = Screen()
        await app.push_screen(below)
        await app.push_screen(screen(), answers.append)
        top = app.screen
        for _ in range(3):
            top.dismiss(None)
        await pilot.pause()
        assert app.screen is below
    assert len(answers) == 1


async def test_enter_and_escape_in_one_breath_close_the_palette_alone():
    async with reading() as (app, pilot):
        await pilot.press("ctrl+p")
        await until(pilot, lambda: isinstance(app.screen, Palette))
        palette = app.screen
        palette.dismiss()
        palette.dismiss()
        await until(pilot, lambda: app.screen is app.reading)
        assert app.is_running


async def test_a_key_in_one_breath_with_enter_is_meant_for_the_post():
    async with reading(size=(132, 14)) as (app, pilot):
        await at_rest(pilot)
        listed = app.reading.post_list.cursor
        for key, character in (("enter", "\r"), ("j", "j"), ("j", "j")):
            app.post_message(events.Key(key, character))
        await until(pilot, lambda: app.reading.desk.is_open)
        assert app.reading.post_list.cursor == listed
        assert app.reading.article.top_line == 2


def at_once(app, *keys):
    """Keys that were all typed before the first is looked at, as on a machine that is busy."""
    for key in keys:
        app.post_message(events.Key(key, key if len(key) == 1 else None))


async def test_what_is_corrected_in_haste_comes_out_as_it_was_typed():
    async with reading() as (app, pilot):
        await pilot.press("1", "G", "E")
        await until(pilot, lambda: isinstance(app.screen, EditBlog))
        title, folder = app.screen.query_one("#title", Input), app.screen.query_one("#folder", Input)
        await until(pilot, lambda: title.has_focus)
        at_once(app, "ctrl+u", *"abc", "backspace", "d", "left", "x", "tab", "ctrl+u", *"Sea")
        await until(pilot, lambda: (title.value, folder.value) == ("abxd", "Sea"))


async def test_a_reply_typed_in_haste_is_sent_as_it_was_typed():
    services = sample_services()
    services.replying.known.append(Identity(id=1, name="Anouk B.", email="anouk@mail.example"))
    async with reading(services) as (app, pilot):
        await pilot.press("enter")
        await until(pilot, lambda: app.reading.desk.is_open and not app.reading.desk.is_loading)
        await pilot.press("r")
        await until(pilot, lambda: app.reading.composer.has_focus_within)
        at_once(
            app,
            *"teh",
            "backspace",
            "backspace",
            *"he",
            "enter",
            *"eend",
            "home",
            "delete",
            "end",
            "!",
            "ctrl+s",
        )
        await until(pilot, lambda: services.replies and services.replies[1].state is not ReplyState.DRAFT)
        assert services.replies[1].text == "the\nend!"


async def test_the_end_of_a_list_is_the_end_of_all_that_is_stored(monkeypatch):
    monkeypatch.setattr(shelf, "AT_FIRST", 3)
    monkeypatch.setattr(shelf, "NEAR", 0)
    async with reading(size=(132, 36)) as (app, pilot):
        library = app.reading.services.library
        stored = library.posts
        everything = await stored()
        assert len(everything) > 3

        async def limited(filter):
            return (await stored(filter))[: filter.limit]

        library.posts = limited
        await app.reading.shelf.choose(app.reading.shelf.source, is_anew=True)
        assert len(app.reading.post_list.posts) == 3
        app.reading.post_list.focus()
        await pilot.press("G")
        await until(pilot, lambda: app.reading.post_list.post == everything[-1])


async def test_what_can_be_seen_of_a_list_comes_first_and_its_scroll_bar_stays(monkeypatch):
    monkeypatch.setattr(shelf, "BEFORE_DRAWN", 3)
    show, drawn = PostList.show, []

    def shown(self, posts, *given, **more):
        show(self, posts, *given, **more)
        drawn.append((len(posts), self.rows_with_room()))

    monkeypatch.setattr(PostList, "show", shown)
    services = sample_services()
    stored = services.library.posts
    everything = await stored()

    async def limited(filter):
        return (await stored(filter))[: filter.limit]

    services.library.posts = limited
    async with reading(services) as (app, pilot):
        await until(pilot, lambda: len(app.reading.shelf.posts) == len(everything))
        assert drawn[0] == (3, len(everything))
        assert drawn[-1] == (len(everything), len(everything))
        assert not app.reading.shelf._arrived


async def test_marks_in_one_breath_are_all_made_and_twice_is_there_and_back():
    services = sample_services()
    mark = services.library.mark

    async def stored_in_a_while(*given, **states):
        await asyncio.sleep(0.02)
        return await mark(*given, **states)

    services.library.mark = stored_in_a_while
    async with reading(services) as (app, pilot):
        for key in "swsmu":
            app.post_message(events.Key(key, key))
        await until(pilot, lambda: "Taken back" in app.reading.status_line.message)
        post = services.posts[1]
        assert (post.is_starred, post.is_later, post.is_read) == (False, True, False)
