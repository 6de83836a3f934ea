"""Keys wait for no comment of a long thread that is still to be read."""

import asyncio
from dataclasses import replace

import pytest
from ui_fakes import FakeConversations, a_comment, reading, sample_services, shown_text, until

from tui_reader.domain.thread import ComesLater
from tui_reader.errors import StorageError

COUNT = 400
FIRST = 50


class StillToBeRead(ComesLater):
    """All but the first comments are on a disk that takes its time; nobody may stand and wait for it."""

    def __init__(self, comments):
        self.stored = comments
        self.read = [at < FIRST for at in range(len(comments))]
        self.wanted = []

    def __len__(self):
        return len(self.stored)

    def __getitem__(self, at):
        places = range(len(self))[at] if isinstance(at, slice) else [range(len(self))[at]]
        assert all(self.read[here] for here in places), "the event loop waits for the database"
        return self.stored[at]

    def if_read(self, at):
        if not self.read[at]:
            self.wanted.append(at)
            return None
        return self.stored[at]


@pytest.fixture
def slow(monkeypatch):
    """Services whose disk answers when the gate is open, and the comments that are on it."""
    services = sample_services()
    post_id = next(iter(services.posts))
    services.comments[post_id] = [
        a_comment(str(number), f"Person {number}", f"<p>Said {number}.</p>", hours=COUNT - number)
        for number in range(1, COUNT + 1)
    ]
    gate, kept = asyncio.Event(), {}
    stored = FakeConversations.stored

    async def slowly(self, asked, **more):
        found = await stored(self, asked, **more)
        if asked != post_id:
            return found
        rows = found.thread.rows
        comments = kept.setdefault("comments", StillToBeRead(rows.comments))
        return replace(found, thread=replace(found.thread, rows=replace(rows, comments=comments)))

    async def read_on(self, conversation):
        comments = conversation.thread.rows.comments
        if not isinstance(comments, StillToBeRead) or all(comments.read):
            return False
        await gate.wait()
        if kept.get("error") is not None:
            raise kept["error"]
        comments.read = [True] * len(comments)
        return True

    monkeypatch.setattr(FakeConversations, "stored", slowly)
    monkeypatch.setattr(FakeConversations, "read_on", read_on)
    return services, gate, kept


async def opened(app, pilot):
    await until(pilot, lambda: app.reading.post_list.post is not None)
    await pilot.press("enter", "4")
    await until(pilot, lambda: app.reading.desk.is_open and app.reading.thread.count == COUNT)
    await until(pilot, lambda: "Said 1." in shown_text(app))
    return app.reading.thread


async def test_a_jump_to_the_end_stands_there_at_once_and_the_words_come_when_they_are_read(slow):
    services, gate, _ = slow
    async with reading(services) as (app, pilot):
        thread = await opened(app, pilot)
        await pilot.press("G")
        assert thread.focused_id == str(COUNT)
        assert "…" in shown_text(app)
        assert "Said" not in shown_text(app)
        await pilot.press("k", "k", "space")
        assert thread.focused_id == str(COUNT - 2)
        gate.set()
        await until(pilot, lambda: f"Said {COUNT - 2}." in shown_text(app))
        assert thread.focused_id == str(COUNT - 2)
        assert thread.is_in_sight(thread.cursor_block)
        await pilot.press("G")
        assert f"Said {COUNT}." in shown_text(app)


async def test_a_find_and_an_outline_read_first_and_the_keys_go_on(slow):
    services, gate, _ = slow
    async with reading(services) as (app, pilot):
        thread = await opened(app, pilot)
        app.reading.finding.begin(thread)
        app.reading.finding.typed(f"Said {COUNT - 1}.")
        await pilot.pause()
        app.reading.finding.keep()
        await pilot.press("j")
        assert thread.focused_id == "2"
        gate.set()
        await until(pilot, lambda: thread.focused_id == str(COUNT - 1))


async def test_what_is_done_with_a_comment_is_done_when_it_is_read(slow):
    services, gate, _ = slow
    async with reading(services) as (app, pilot):
        thread = await opened(app, pilot)
        await pilot.press("G", "r", "k")
        assert thread.focused_id == str(COUNT - 1), "keys go on"
        await pilot.press("j")
        gate.set()
        await until(pilot, lambda: app.reading.is_writing)
        assert f"Person {COUNT}" in shown_text(app)


async def test_what_cannot_be_read_is_told_once_and_asked_for_again_when_it_is_looked_at(slow):
    services, gate, kept = slow
    async with reading(services) as (app, pilot):
        thread = await opened(app, pilot)
        kept["error"] = StorageError("the disk is gone")
        gate.set()
        await pilot.press("G")
        await until(pilot, lambda: "the disk is gone" in app.reading.status_line.message)
        kept["error"] = None
        await pilot.press("ctrl+u")
        await until(
            pilot, lambda: thread.focused_id is not None and f"Said {thread.focused_id}." in shown_text(app)
        )
