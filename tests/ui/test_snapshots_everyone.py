"""Pictures for everyone: without a colour, in the terminal's own colours, in high contrast, in words alone.

``python -m pytest tests/ui/test_snapshots_everyone.py --snapshot-update`` takes them anew: look at them
before they are committed.
"""

import time

import pytest
from textual.pilot import Pilot
from ui_fakes import at_rest, sample_services, until

from tui_reader.config import Look, Settings
from tui_reader.ui.app import ReaderApp


@pytest.fixture(autouse=True)
def _greenwich(monkeypatch):
    """The same hours wherever the pictures are taken."""
    monkeypatch.setenv("TZ", "UTC")
    time.tzset()
    yield
    monkeypatch.undo()
    time.tzset()


@pytest.fixture
def _colourless(monkeypatch):
    monkeypatch.setenv("NO_COLOR", "1")


def app_with(**look) -> ReaderApp:
    services = sample_services()
    services.settings = Settings(look=Look(**look))
    return ReaderApp(services)


def pressing(*keys: str, opened: bool = False):
    """Waits for the first post, opens its conversation where that is asked for, and presses keys."""

    async def go(pilot: Pilot) -> None:
        reading = pilot.app.reading
        await until(pilot, lambda: reading.desk.conversation is not None)
        if opened:
            await pilot.press("enter", "4")
            await until(pilot, lambda: reading.desk.is_open and not reading.desk.is_loading)
        await pilot.press(*keys)
        await at_rest(pilot)

    return go


SCREENS = {
    "library": pressing(),
    "conversation": pressing("j", opened=True),
    "reply": pressing("r", *"Rocks first.", opened=True),
    "found": pressing("slash", *"egg", "enter", opened=True),
    # searched for, so that a setting or a key more is not another picture
    "help": pressing("question_mark", *"fold all"),
    "settings": pressing("comma", "slash", *"numbers beside", "enter"),
    "outbox": pressing("O"),
    "links": pressing("3", "L", opened=True),
}


@pytest.mark.usefixtures("_colourless")
@pytest.mark.parametrize("screen", SCREENS.values(), ids=SCREENS)
def test_without_colours(snap_compare, screen):
    """Each state is still told: cursor, new, held, found, mine, and which column has the focus."""
    assert snap_compare(app_with(), terminal_size=(110, 30), run_before=screen)


@pytest.mark.parametrize("theme", ["terminal", "high-contrast", "high-contrast-light"])
@pytest.mark.parametrize("screen", ["library", "conversation", "settings"])
def test_in_other_themes(snap_compare, screen, theme):
    """Nothing that cannot be read on its ground."""
    assert snap_compare(app_with(theme=theme), terminal_size=(132, 36), run_before=SCREENS[screen])


@pytest.mark.parametrize("screen", ["library", "conversation", "reply", "settings"])
def test_in_words_alone(snap_compare, screen):
    """No box, no rail, no mark: sentences."""
    assert snap_compare(app_with(linear=True), terminal_size=(80, 24), run_before=SCREENS[screen])


@pytest.mark.parametrize("theme", ["ink", "paper"])
@pytest.mark.parametrize("size", [(80, 24), (132, 36)], ids=lambda size: f"{size[0]}x{size[1]}")
def test_settings(snap_compare, size, theme):
    """Every setting in its section, its value beside it, what it does and its default below."""
    assert snap_compare(app_with(theme=theme), terminal_size=size, run_before=SCREENS["settings"])


@pytest.mark.parametrize("screen", ["library", "conversation", "reply", "settings"])
def test_in_forty_columns_and_twelve_lines(snap_compare, screen):
    """The least terminal that is promised."""
    assert snap_compare(app_with(), terminal_size=(40, 12), run_before=SCREENS[screen])


def test_compact_with_dates_of_ones_own(snap_compare):
    """No empty lines between posts, paragraphs set in as in a book, dates by a pattern."""
    app = app_with(spacing="compact", dates="yyyy-MM-dd", fields=("blog", "date"), line_numbers=True)
    assert snap_compare(app, terminal_size=(132, 36), run_before=SCREENS["library"])
