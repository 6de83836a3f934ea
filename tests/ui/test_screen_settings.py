"""The settings screen: every setting and key, changed in place, written to the file, in force at once."""

from contextlib import asynccontextmanager

import pytest
from textual.widgets import Input, OptionList, Static
from ui_fakes import sample_services, until

from tui_reader import config, config_schema, language
from tui_reader.config import Look, Settings
from tui_reader.ui.app import ReaderApp
from tui_reader.ui.keymap import ACTS
from tui_reader.ui.manner import manner
from tui_reader.ui.screens.choose import Choose
from tui_reader.ui.screens.setting import Tick, Type
from tui_reader.ui.screens.settings import SettingsScreen
from tui_reader.ui.screens.themes import ChooseTheme


@asynccontextmanager
async def settings_open(tmp_path, *, search="", written="", size=(110, 36)):
    services = sample_services()
    services.config_file = tmp_path / "config.toml"
    if written:
        services.config_file.write_text(written)
        services.settings = config.load(services.config_file)
    app = ReaderApp(services)
    async with app.run_test(size=size) as pilot:
        await until(pilot, lambda: app.reading.post_list.posts)
        await pilot.press("comma")
        await until(pilot, lambda: isinstance(app.screen, SettingsScreen))
        if search:
            await pilot.press("slash", *search, "enter")
        yield app, pilot, services


def stored(services) -> Settings:
    return config.load(services.config_file)


def rows(app) -> list[str]:
    return [str(option.prompt) for option in app.screen.query_one(OptionList).options]


def problem(app) -> str:
    return str(app.screen.query_one("#problem", Static).content)


async def test_every_setting_and_every_act_is_listed(tmp_path):
    async with settings_open(tmp_path) as (app, _, _services):
        keys = {row.key for row in app.screen._rows if row is not None}
        assert {setting.key for setting in config_schema.schema()} <= keys
        assert {f"keys.{act.id}" for act in ACTS} <= keys


async def test_what_has_the_cursor_is_told_with_its_default(tmp_path):
    async with settings_open(tmp_path, search="measure") as (app, pilot, _):
        await pilot.pause()
        about = str(app.screen.query_one("#about", Static).content)
        assert "The most characters" in about
        assert "look.measure · default: 72 · shows at once" in about


async def test_a_switch_turns_and_what_was_changed_is_marked(tmp_path):
    async with settings_open(tmp_path, search="line numbers", written="# mine\n[look]\n") as (
        app,
        pilot,
        services,
    ):
        await pilot.press("enter")
        await until(
            pilot, lambda: services.config_file.read_text() == "# mine\n[look]\nline_numbers = true\n"
        )
        assert manner().has_line_numbers
        assert any(row.startswith("* line numbers") and "yes" in row for row in rows(app))
        await pilot.press("x")
        await until(pilot, lambda: services.config_file.read_text() == "# mine\n[look]\n")
        assert not manner().has_line_numbers
        assert services.settings.look.line_numbers is False


async def test_a_choice_is_made_from_a_list_and_shows_at_once(tmp_path):
    async with settings_open(tmp_path, search="spacing") as (app, pilot, services):
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, Choose))
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, SettingsScreen))
        assert stored(services).look.spacing == "compact"
        assert app.reading.post_list.row_height == 2


async def test_a_number_that_is_wrong_is_told_and_the_field_stays_open(tmp_path):
    async with settings_open(tmp_path, search="measure") as (app, pilot, services):
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, Type))
        app.screen.query_one(Input).value = "3"
        await pilot.press("enter")
        await until(pilot, lambda: "must be at least 24" in problem(app))
        app.screen.query_one(Input).value = "60"
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, SettingsScreen))
        assert stored(services).look.measure == manner().measure == 60


async def test_a_list_is_ticked_and_is_never_empty(tmp_path):
    async with settings_open(tmp_path, search="look.fields") as (app, pilot, services):
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, Tick))
        await pilot.press("space", "j", "j", "space", "j", "space", "enter")
        assert "at least" in problem(app)
        await pilot.press("k", "k", "space", "enter")
        await until(pilot, lambda: isinstance(app.screen, SettingsScreen))
        assert stored(services).look.fields == ("blog",)


async def test_themes_show_while_one_chooses(tmp_path):
    async with settings_open(tmp_path, search="look.theme") as (app, pilot, services):
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, ChooseTheme))
        await pilot.press("j")
        await until(pilot, lambda: app.theme == "paper")
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, SettingsScreen))
        assert stored(services).look.theme == app.theme == "paper"
        await pilot.press("x")
        await until(pilot, lambda: app.theme == "ink")


async def test_the_language_is_another_at_once(tmp_path):
    async with settings_open(tmp_path, search="language") as (app, pilot, services):
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, Choose))
        await pilot.press("end", "enter")
        await until(pilot, lambda: isinstance(app.screen, SettingsScreen))
        assert stored(services).look.language == language.current() == language.available()[-1]


async def test_a_key_is_another_at_once_and_a_clash_is_told(tmp_path):
    async with settings_open(tmp_path, search="app.help") as (app, pilot, services):
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, Type))
        app.screen.query_one(Input).value = "s"
        await pilot.press("enter")
        await until(pilot, lambda: "already the key of post.star" in problem(app))
        app.screen.query_one(Input).value = "f1"
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, SettingsScreen))
        assert stored(services).keys == {"app.help": "f1"}
        assert app.keys.keys("app.help") == ("f1",)
        await pilot.press("escape", "escape")
        await until(pilot, lambda: app.screen is app.reading)
        await pilot.press("f1")
        await until(pilot, lambda: type(app.screen).__name__ == "Help")


async def test_what_holds_from_the_next_start_says_so(tmp_path):
    async with settings_open(tmp_path, search="look.linear") as (app, pilot, services):
        await pilot.press("enter")
        await until(pilot, lambda: "holds from the next start on" in problem(app))
        assert stored(services).look.linear
        assert not manner().is_linear


@pytest.mark.parametrize(
    ("written", "mode", "why"), [("[look", 0o600, "not valid TOML"), ("", 0o400, "read-only")]
)
async def test_a_file_that_cannot_be_changed_is_told_and_nothing_changes(tmp_path, written, mode, why):
    async with settings_open(tmp_path, search="line numbers") as (app, pilot, services):
        services.config_file.write_text(written)
        services.config_file.chmod(mode)
        await pilot.press("enter")
        await until(pilot, lambda: why in problem(app))
        assert services.config_file.read_text() == written
        assert not manner().has_line_numbers
        assert app.is_running


async def test_a_search_without_a_hit_says_so_and_escape_takes_it_away(tmp_path):
    async with settings_open(tmp_path, search="zzz") as (app, pilot, _):
        assert rows(app) == []
        await pilot.press("enter", "x")
        await pilot.press("escape")
        await until(pilot, lambda: len(rows(app)) > 20)
        await pilot.press("escape")
        await until(pilot, lambda: app.screen is app.reading)


async def test_it_can_be_used_in_a_very_small_terminal(tmp_path):
    async with settings_open(tmp_path, size=(40, 12)) as (app, pilot, services):
        await pilot.press("j", "j", "j", "enter")
        await until(pilot, lambda: isinstance(app.screen, Choose))
        await pilot.press("enter")
        await until(pilot, lambda: stored(services).look == Look(spacing="compact"))
