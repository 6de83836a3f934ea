"""Keys that come in one breath: a screen closes once, and what is below it stays."""

import pytest
from textual.app import App
from textual.screen import Screen
from ui_fakes import reading, until

from tui_reader.ui.commands import Palette
from tui_reader.ui.keymap import Keymap
from tui_reader.ui.screens.confirm import Confirm
from tui_reader.ui.screens.help import Help
from tui_reader.ui.screens.welcome import Welcome


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
