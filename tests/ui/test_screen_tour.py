"""The tour: each step says its key, sees that it was done and goes on; it may be left at any time."""

import pytest
from test_screen_reply import ANOUK
from ui_fakes import reading, sample_services, shown_text, until

from tui_reader.ui import touring
from tui_reader.ui.screens.outbox import Outbox
from tui_reader.ui.widgets.tour_line import TourLine


def told(app):
    return str(app.reading.query_one(TourLine).render())


@pytest.mark.parametrize("size", [(80, 24), (132, 36)], ids=["narrow", "wide"])
async def test_each_step_goes_on_when_it_was_done(size):
    services = sample_services()
    services.replying.known.append(ANOUK)
    over = []
    async with reading(services, size=size, demo=True, after_tour=lambda: over.append(1)) as (app, pilot):
        at = lambda step: until(pilot, lambda: app.reading.tour is not None and app.reading.tour.step == step)  # noqa: E731
        await at(1)
        await until(pilot, lambda: "1 of 5" in shown_text(app))
        assert "j and k move, enter opens it" in told(app)
        await pilot.press("enter")
        await at(2)
        assert "✓ That is a post." in told(app)
        await pilot.press("pagedown")
        await at(3)
        assert "tab goes" in told(app)
        await pilot.press("tab")
        await at(4)
        assert "r answers the one under the cursor" in told(app)
        await pilot.press("j", "r")
        await until(pilot, lambda: "ctrl+s sends it" in told(app))
        assert "leaves the tour" not in told(app)
        await pilot.press(*"Well said")
        await pilot.press("escape", "r")
        assert app.reading.tour is not None
        await pilot.press("ctrl+s")
        await at(5)
        assert "O lists what waits" in told(app)
        assert over == []
        await pilot.press("O")
        await until(pilot, lambda: isinstance(app.screen, Outbox))
        await pilot.press("escape")
        await at(6)
        assert "? shows every key" in told(app)
        assert app.reading.desk.is_open
        await pilot.press("escape")
        await until(pilot, lambda: not app.reading.query(TourLine))
    assert over == [1]


async def test_a_post_that_fits_counts_as_read_after_a_while(monkeypatch):
    monkeypatch.setattr(touring, "READ_AFTER", 0.0)
    async with reading(size=(132, 120), after_tour=lambda: None) as (app, pilot):
        await until(pilot, lambda: app.reading.tour is not None)
        await pilot.press("enter")
        await until(pilot, lambda: app.reading.tour.step == 3)


async def test_it_can_be_left_at_once_and_the_key_means_what_it_did_again():
    over = []
    async with reading(after_tour=lambda: over.append(1)) as (app, pilot):
        await until(pilot, lambda: app.reading.query(TourLine))
        column = app.reading.column
        await pilot.press("escape")
        await until(pilot, lambda: not app.reading.query(TourLine))
        assert app.reading.column is column
        await pilot.press("escape")
        assert app.reading.column < column
    assert over == [1]


async def test_without_it_there_is_no_trace_of_it():
    async with reading(demo=True) as (app, _pilot):
        assert app.reading.tour is None
        assert not app.reading.query(TourLine)
