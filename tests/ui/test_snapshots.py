"""Pictures of the screens at three sizes and in two themes; each says what is to be seen.

``python -m pytest tests/ui/test_snapshots.py --snapshot-update`` takes them anew: look at them before they
are committed.
"""

import time

import pytest
from textual.pilot import Pilot
from ui_fakes import at_rest, sample_services, until

from tui_reader.config import Look, Settings
from tui_reader.ui.app import ReaderApp

SIZES = [(80, 24), (132, 36), (200, 48)]
THEMES = ["ink", "paper"]

pytestmark = [
    pytest.mark.parametrize("theme", THEMES),
    pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}"),
]


@pytest.fixture(autouse=True)
def _greenwich(monkeypatch):
    """The same hours wherever the pictures are taken."""
    monkeypatch.setenv("TZ", "UTC")
    time.tzset()
    yield
    monkeypatch.undo()
    time.tzset()


def app_in(theme: str, services=None) -> ReaderApp:
    services = services or sample_services()
    services.settings = Settings(look=Look(theme=theme))
    return ReaderApp(services)


async def shown(pilot: Pilot) -> None:
    """Waits for the first post's preview."""
    await until(pilot, lambda: pilot.app.reading.desk.conversation is not None)
    await at_rest(pilot)


async def opened(pilot: Pilot) -> None:
    """Opens the first post and goes to its conversation."""
    await shown(pilot)
    await pilot.press("enter", "4")
    await until(pilot, lambda: pilot.app.reading.desk.is_open and not pilot.app.reading.desk.is_loading)
    await at_rest(pilot)


def test_library(snap_compare, size, theme):
    """Blogs with folders and counts, posts with dots, stars and comment counts, a preview where it fits."""
    assert snap_compare(app_in(theme), terminal_size=size, run_before=shown)


def test_conversation(snap_compare, size, theme):
    """The thread: rails, new marks, the author's badge, the cursor; the post beside it if there is room."""

    async def go(pilot):
        await opened(pilot)
        await pilot.press("j")
        await at_rest(pilot)

    assert snap_compare(app_in(theme), terminal_size=size, run_before=go)


def test_reply(snap_compare, size, theme):
    """The composer under the thread; what is answered stays in sight; to whom and as whom is said."""

    async def go(pilot):
        await opened(pilot)
        await pilot.press("j", "r")
        await until(pilot, lambda: pilot.app.reading.composer.display)
        await pilot.press(*"Rocks first.")
        await at_rest(pilot)

    assert snap_compare(app_in(theme), terminal_size=size, run_before=go)


def test_help(snap_compare, size, theme):
    """Every key by its group, with a field to search."""

    async def go(pilot):
        await shown(pilot)
        await pilot.press("question_mark")
        await at_rest(pilot)

    assert snap_compare(app_in(theme), terminal_size=size, run_before=go)


def test_welcome(snap_compare, size, theme):
    """Nothing is followed yet: what this is, and the keys for a first blog or the demo."""

    async def go(pilot):
        await until(pilot, lambda: len(pilot.app.screen_stack) > 1)
        await at_rest(pilot)

    services = sample_services()
    services.blogs.clear()
    services.posts.clear()
    assert snap_compare(app_in(theme, services), terminal_size=size, run_before=go)
