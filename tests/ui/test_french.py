"""The screens in French, and from one language to another while they stand."""

import time

import pytest
from textual.command import CommandPalette
from textual.widgets import Input
from ui_fakes import at_rest, reading, sample_services, shown_text, until

from tui_reader import language
from tui_reader.config import Look, Settings
from tui_reader.ui.app import ReaderApp
from tui_reader.ui.keymap import ACTS

SIZES = [(80, 24), (132, 36)]


@pytest.fixture
def _french(monkeypatch):
    monkeypatch.setenv("TZ", "UTC")
    time.tzset()
    language.use("fr")
    yield
    monkeypatch.undo()
    time.tzset()


async def opened(pilot):
    await until(pilot, lambda: pilot.app.reading.desk.conversation is not None)
    await pilot.press("enter", "4")
    await until(pilot, lambda: pilot.app.reading.desk.is_open and not pilot.app.reading.desk.is_loading)


def app() -> ReaderApp:
    services = sample_services()
    services.settings = Settings(look=Look(theme="ink"))
    return ReaderApp(services)


@pytest.mark.usefixtures("_french")
@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
class TestPictures:
    """What a French reader sees; nothing of it is English but what the blogs say."""

    def test_library(self, snap_compare, size):
        """Blogs, Billets, the counts, the hints."""

        async def go(pilot):
            await until(pilot, lambda: pilot.app.reading.desk.conversation is not None)
            await at_rest(pilot)

        assert snap_compare(app(), terminal_size=size, run_before=go)

    def test_conversation(self, snap_compare, size):
        """Responses, times, the author's badge."""

        async def go(pilot):
            await opened(pilot)
            await pilot.press("j")
            await at_rest(pilot)

        assert snap_compare(app(), terminal_size=size, run_before=go)

    def test_reply(self, snap_compare, size):
        """To whom and as whom is said, and what the keys do."""

        async def go(pilot):
            await opened(pilot)
            await pilot.press("j", "r")
            await until(pilot, lambda: pilot.app.reading.composer.display)
            await pilot.press(*"Oui.")
            await at_rest(pilot)

        assert snap_compare(app(), terminal_size=size, run_before=go)

    def test_help(self, snap_compare, size):
        """Every act with its key."""

        async def go(pilot):
            await until(pilot, lambda: pilot.app.reading.desk.conversation is not None)
            await pilot.press("?")
            await at_rest(pilot)

        assert snap_compare(app(), terminal_size=size, run_before=go)


async def test_a_command_of_the_palette_changes_every_word_in_sight_and_back(tmp_path):
    services = sample_services()
    services.config_file = tmp_path / "config.toml"
    async with reading(services) as (app, pilot):
        await until(pilot, lambda: "Blogs" in shown_text(app) and "1 of" in shown_text(app))
        english = shown_text(app)
        assert "Posts" in english
        await pilot.press("enter")
        await until(pilot, lambda: app.reading.desk.is_open)
        await pilot.press("1")

        async def choose(words):
            await pilot.press("ctrl+p")
            await until(pilot, lambda: isinstance(app.screen, CommandPalette))
            app.screen.query_one(Input).value = words
            await until(pilot, lambda: words in shown_text(app).replace("\u00a0", " ").split("━")[-1])
            await at_rest(pilot)
            await pilot.press("enter")
            await until(pilot, lambda: not isinstance(app.screen, CommandPalette))

        await choose("Français")
        await until(pilot, lambda: language.current() == "fr")
        await until(pilot, lambda: "Billets" in shown_text(app) and "Étoilés" in shown_text(app))
        await until(pilot, lambda: "bouger" in shown_text(app) and "il y a" in shown_text(app))
        french = shown_text(app)
        left = [word for word in (" Posts ", " Starred ", " unread", " ago", " refresh ") if word in french]
        assert left == []
        assert 'language = "fr"' in services.config_file.read_text()
        await choose("English")
        await until(pilot, lambda: "Posts" in shown_text(app) and "Starred" in shown_text(app))
        assert language.current() == "en"


@pytest.mark.usefixtures("_french")
@pytest.mark.parametrize("where", ["1", "2", "3", "4"])
async def test_the_hints_fit_eighty_columns(where):
    async with reading(size=(80, 24)) as (app, pilot):
        await opened(pilot)
        await pilot.press(where)
        await pilot.pause()
        line = shown_text(app).splitlines()[-1]
        # the most useful ones, the way out and the way to all keys among them
        assert len(line.split("  ")) >= 5
        hints = app.reading.status_line.hints
        assert all(len(words) <= 16 for _key, words in hints)


@pytest.mark.usefixtures("_french")
def test_every_act_says_what_it_does_in_french():
    said = {act.id: act.tooltip for act in ACTS}
    english = {act.id: act.says for act in ACTS}
    assert [id for id in said if said[id] == english[id]] == []
