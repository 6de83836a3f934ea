"""Themes: ours, the user's and the terminal's own; chosen while they show, kept where the user says so."""

import pytest
from textual.color import Color
from textual.widgets import OptionList
from ui_fakes import sample_services, until

from tui_reader import config
from tui_reader.config import Look, Settings
from tui_reader.ui.app import ReaderApp
from tui_reader.ui.own_themes import theme_faults
from tui_reader.ui.screens.themes import ChooseTheme
from tui_reader.ui.themes import HIGH_CONTRAST, HIGH_CONTRAST_LIGHT, THEMES, has_colours


def app_with(tmp_path=None, *, themes=None, **look) -> ReaderApp:
    services = sample_services()
    services.settings = Settings(look=Look(**look), themes=themes or {})
    if tmp_path is not None:
        services.config_file = tmp_path / "config.toml"
    return ReaderApp(services)


async def test_each_theme_shows_while_one_chooses_and_leaving_brings_the_first_back(tmp_path):
    app = app_with(tmp_path)
    async with app.run_test() as pilot:
        await pilot.press("ctrl+t")
        await until(pilot, lambda: isinstance(app.screen, ChooseTheme))
        await pilot.press("j")
        await until(pilot, lambda: app.theme == "paper")
        await pilot.press("down", "down")
        await until(pilot, lambda: app.theme == "high-contrast")
        await pilot.press("escape")
        await until(pilot, lambda: app.theme == "ink")
    assert not (tmp_path / "config.toml").exists()


async def test_enter_keeps_the_theme_for_every_start(tmp_path):
    app = app_with(tmp_path)
    async with app.run_test() as pilot:
        await pilot.press("ctrl+t")
        await until(pilot, lambda: isinstance(app.screen, ChooseTheme))
        await pilot.press("j", "enter")
        await until(pilot, lambda: not isinstance(app.screen, ChooseTheme))
        assert "is kept in" in app.reading.status_line.message
        assert app.theme == "paper"
    assert config.load(tmp_path / "config.toml").look.theme == "paper"


async def test_space_takes_it_for_now(tmp_path):
    app = app_with(tmp_path)
    async with app.run_test() as pilot:
        await pilot.press("ctrl+t")
        await until(pilot, lambda: isinstance(app.screen, ChooseTheme))
        await pilot.press("j", "space")
        await until(pilot, lambda: not isinstance(app.screen, ChooseTheme))
        assert app.theme == "paper"
    assert not (tmp_path / "config.toml").exists()


async def test_a_file_that_cannot_be_written_is_told_and_the_theme_shows_all_the_same(tmp_path):
    (tmp_path / "config.toml").write_text("[look\n")
    app = app_with(tmp_path)
    async with app.run_test() as pilot:
        await pilot.press("ctrl+t")
        await until(pilot, lambda: isinstance(app.screen, ChooseTheme))
        await pilot.press("j", "enter")
        await until(pilot, lambda: "nothing was written" in app.reading.status_line.message)
        assert app.theme == "paper"


async def test_dark_and_light_are_remembered_each(tmp_path):
    app = app_with(theme="gruvbox")
    async with app.run_test() as pilot:
        await pilot.press("T")
        await until(pilot, lambda: app.theme == "paper")
        await pilot.press("T")
        await until(pilot, lambda: app.theme == "gruvbox")


async def test_a_theme_of_ones_own_is_its_base_with_other_colours():
    mine = {"background": "#fffff0", "primary": "#004400"}
    app = app_with(theme="mine", themes={"mine": mine})
    async with app.run_test():
        assert app.theme == "mine"
        assert not app.current_theme.dark
        assert app.theme_variables["primary"] == "#004400"
        assert app.theme_variables["text"] == "#2b2a27"
        assert app.screen.styles.background == Color.parse("#fffff0")


async def test_faults_of_themes_are_told_at_the_start_and_the_reader_opens():
    app = app_with(theme="min", themes={"mine": {"base": "inc"}, "ink": {"primary": "#fff"}})
    async with app.run_test(notifications=True) as pilot:
        await until(pilot, lambda: len(app._notifications) == 1)
        told = next(iter(app._notifications)).message
        assert app.theme == "ink"
        assert "themes.mine.base: there is no theme 'inc'; is ink meant?" in told
        assert "themes.ink: is the name of a theme of the program" in told
        assert "look.theme: there is no theme 'min'; is mine meant?" in told


def test_every_theme_of_ours_is_without_fault():
    for theme in THEMES:
        assert theme_faults(Settings(look=Look(theme=theme.name))) == []


@pytest.mark.parametrize("theme", [HIGH_CONTRAST, HIGH_CONTRAST_LIGHT], ids=lambda theme: theme.name)
def test_high_contrast_is_seven_to_one_for_every_colour_of_words(theme):
    names = ("foreground", "primary", "secondary", "accent", "success", "warning", "error")
    for ground in (theme.background, theme.panel):
        under = Color.parse(ground)
        for name in names:
            # badges stand the other way round, and contrast is the same both ways
            assert _contrast(Color.parse(getattr(theme, name)), under) >= 7, (name, ground)


def _contrast(one: Color, other: Color) -> float:
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(color: Color) -> float:
    """As WCAG 2 has it."""
    parts = [
        value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4 for value in color.normalized
    ]
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]


async def test_no_color_shows_no_colour_and_offers_none(monkeypatch):
    monkeypatch.setenv("NO_COLOR", "1")
    app = app_with(theme="paper")
    async with app.run_test(size=(132, 36)) as pilot:
        await until(pilot, lambda: app.reading.desk.conversation is not None)
        colours = {
            str(colour)
            for strip in app.screen._compositor.render_strips()
            for segment in strip
            if segment.style is not None
            for colour in (segment.style.color, segment.style.bgcolor)
            if colour is not None and not colour.is_default
        }
        assert colours == set()
        await pilot.press("T")
        assert "NO_COLOR" in app.reading.status_line.message
        await pilot.press("ctrl+t")
        assert not isinstance(app.screen, ChooseTheme)


async def test_an_empty_no_color_asks_for_nothing(monkeypatch):
    monkeypatch.setenv("NO_COLOR", "")
    app = app_with(theme="paper")
    async with app.run_test():
        assert app.theme == "paper"
        assert not app.no_color


async def test_sixteen_colours_show_the_terminal_s_own():
    services = sample_services()
    app = ReaderApp(services, has_colours=False)
    async with app.run_test() as pilot:
        assert app.theme == "terminal"
        assert app.native_ansi_color
        await pilot.press("T")
        assert app.theme == "paper"
        await pilot.pause()
        assert not app.native_ansi_color


@pytest.mark.parametrize(
    ("environ", "is_so"),
    [
        ({"TERM": "xterm"}, False),
        ({"TERM": "screen"}, False),
        ({"TERM": "xterm-256color"}, True),
        ({"TERM": "tmux-256color"}, True),
        ({"TERM": "xterm-kitty"}, True),
        ({"TERM": "xterm", "COLORTERM": "truecolor"}, True),
        ({"TERM": "xterm-16color"}, False),
    ],
)
def test_a_terminal_says_how_many_colours_it_has(environ, is_so):
    assert has_colours(environ) is is_so


async def test_the_list_of_themes_has_ours_first_and_then_those_of_textual(tmp_path):
    app = app_with(tmp_path, themes={"mine": {"primary": "#abcdef"}})
    async with app.run_test() as pilot:
        await pilot.press("ctrl+t")
        await until(pilot, lambda: isinstance(app.screen, ChooseTheme))
        options = app.screen.query_one(OptionList).options
        names = [str(option.prompt) for option in options]
        assert names[:3] == ["mine", "ink", "paper"]
        assert {"gruvbox", "nord", "high-contrast"} <= set(names)
