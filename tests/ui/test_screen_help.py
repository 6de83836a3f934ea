"""Help, palette, themes, keys of one's own, finding; the two lines at the edges."""

import pytest
from textual.command import CommandPalette
from textual.widgets import Input
from ui_fakes import a_post, reading, sample_services, shown_text, until

from tui_reader.config import Look, Settings
from tui_reader.errors import ConfigError
from tui_reader.ui.app import ReaderApp
from tui_reader.ui.columns import Column
from tui_reader.ui.keymap import ACTS
from tui_reader.ui.screens.help import Help


async def test_help_names_every_key_by_group_and_typing_searches():
    async with reading(size=(132, 200)) as (app, pilot):
        await pilot.press("?")
        await until(pilot, lambda: isinstance(app.screen, Help))
        text = shown_text(app)
        assert all(act.tooltip in text and act.id in text for act in ACTS)
        await pilot.press(*"star")
        await until(pilot, lambda: "Reply and quote it" not in shown_text(app))
        assert "post.star" in shown_text(app)
        await pilot.press("escape")
        await until(pilot, lambda: "Reply and quote it" in shown_text(app))
        await pilot.press("escape")
        assert app.screen is app.reading


@pytest.mark.parametrize("size", [(40, 12), (80, 24), (132, 36)])
async def test_what_a_key_does_stays_in_its_column_however_narrow(size):
    async with reading(size=(132, 36)) as (app, pilot):
        await pilot.press("?")
        await pilot.resize_terminal(*size)
        await pilot.pause()
        keys = app.screen.query_one("#keys")
        lines = [keys.render_line(y).text.rstrip() for y in range(keys.size.height)]
        heads = {act.group for act in ACTS}
        for line in lines:
            # what is no heading is set in, what goes on from the line above as far as the words
            assert not line or line.startswith("  ") or any(line.startswith(head) for head in heads)
        indent = 18 if size[0] > 60 else 4
        assert any(line.startswith(" " * indent + "conversation") for line in lines) or size[0] > 60


async def test_help_finds_an_act_by_its_key_and_says_when_there_is_none():
    async with reading() as (app, pilot):
        await pilot.press("?", "Z")
        await until(pilot, lambda: "column.zoom" in shown_text(app) and "column.next" not in shown_text(app))
        await pilot.press(*"zzz")
        await until(pilot, lambda: "No key does that." in shown_text(app))


async def test_keys_of_the_user_are_in_force_in_hints_and_help():
    services = sample_services(settings=Settings(keys={"post.star": "f7", "app.help": "f1"}))
    async with reading(services) as (app, pilot):
        assert "f7 star" in shown_text(app)
        await pilot.press("s")
        assert not services.posts[1].is_starred
        await pilot.press("f7")
        await until(pilot, lambda: services.posts[1].is_starred)
        await pilot.press("f1", *"take the star")
        await until(pilot, lambda: "f7" in shown_text(app) and "post.star" in shown_text(app))


def test_wrong_keys_are_told_before_anything_is_drawn():
    with pytest.raises(ConfigError, match=r"keys\.post\.start: no such act"):
        ReaderApp(sample_services(settings=Settings(keys={"post.start": "x"})))


async def test_theme_goes_from_ink_to_paper_and_back():
    async with reading() as (app, pilot):
        assert app.theme == "ink"
        await pilot.press("T")
        assert app.theme == "paper"
        await pilot.press("T")
        assert app.theme == "ink"


async def test_unknown_theme_is_told_and_ours_taken():
    services = sample_services(settings=Settings(look=Look(theme="[sepia]")))
    async with reading(services) as (app, _):
        assert app.theme == "ink"
        (note,) = app._notifications
        assert note.message.startswith("look.theme: there is no theme '[sepia]'; there are ink, paper, ")


async def test_palette_does_what_keys_do_and_goes_to_blogs_and_posts():
    services = sample_services()
    services.posts[6] = a_post(6, services.blogs[3], "[/nonsense] in a title", hours=120)
    async with reading(services) as (app, pilot):
        await pilot.press("ctrl+p")
        await until(pilot, lambda: isinstance(app.screen, CommandPalette))
        await until(pilot, lambda: "Next column" in shown_text(app))
        await pilot.press(*"nonsense")
        await until(pilot, lambda: "[/nonsense] in a title" in shown_text(app))
        await pilot.press("enter")
        await until(pilot, lambda: app.reading.desk.is_open and app.reading.desk.post.id == 6)
        await pilot.press("ctrl+p", *"type and press")
        await until(pilot, lambda: "Type and Press" in shown_text(app))
        await pilot.press("enter")
        await until(pilot, lambda: [post.id for post in app.reading.post_list.posts] == [5, 6])
        await pilot.press("ctrl+p", *"Drafts and out")
        await until(pilot, lambda: "reply.outbox" in shown_text(app))
        await pilot.press("enter")
        await until(pilot, lambda: "Half" not in shown_text(app) and "Nothing waits here" in shown_text(app))


async def test_finding_opens_the_comment_where_it_stands():
    async with reading() as (app, pilot):
        await pilot.press("backslash", *"hurry")
        await until(pilot, lambda: "2 found" in shown_text(app))
        await pilot.press("down", "enter")
        await until(pilot, lambda: app.reading.desk.is_open and app.reading.desk.post.id == 5)
        await until(pilot, lambda: app.reading.thread.focused_comment.id == "51")
        assert app.reading.column is Column.CONVERSATION


async def test_finding_nothing_says_so():
    async with reading() as (app, pilot):
        await pilot.press("backslash", *"xyzzy")
        await until(pilot, lambda: "Nothing that is stored holds all these words" in shown_text(app))
        await pilot.press("enter")
        assert app.screen.query_one(Input).value == "xyzzy"
        await pilot.press("escape")
        assert app.screen is app.reading


async def test_top_line_tells_what_waits_and_gives_way_in_a_narrow_window():
    services = sample_services(answers=2)
    async with reading(services) as (app, pilot):
        assert "3 unread · 2 answers to you" in shown_text(app).splitlines()[0]
        await pilot.resize_terminal(80, 24)
        await until(pilot, lambda: not app.reading.article.display)
        app.reading.top_line.outbox = 1
        app.reading.top_line.is_offline = True
        app.reading.top_line.path = (
            "A blog with a very long name indeed " * 3,
            "And a post with a longer one " * 4,
        )
        await pilot.pause()
        line = shown_text(app).splitlines()[0]
        assert line.rstrip().endswith("3 unread · 2   offline · outbox 1")
        assert "A blog with" in line
        assert "And a post" in line
        assert len(line) <= 80


async def test_hints_that_do_not_fit_are_left_out_whole():
    async with reading(size=(60, 20)) as (app, _):
        line = shown_text(app).splitlines()[-1]
        assert line.strip() == "j k move  enter read  n next new  m read/unread  ? keys"
