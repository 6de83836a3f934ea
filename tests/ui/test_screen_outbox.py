"""Drafts and outbox."""

from dataclasses import replace

import pytest
from ui_fakes import NOW, reading, sample_services, shown_text, until

from tui_reader.domain.reply import Identity, Refusal, Reply, ReplyState
from tui_reader.ui.columns import Column
from tui_reader.ui.screens.confirm import Confirm
from tui_reader.ui.screens.outbox import Outbox


def mine(id, state, text, **more):
    return Reply(
        id=id,
        post_id=1,
        to="14",
        text=text,
        state=state,
        created_at=NOW,
        updated_at=NOW,
        post_title="Breakfast for a cancelled ferry",
        post_url="https://harbour-notes.example/1/",
        blog_title="Harbour Notes",
        to_author="Pieter",
        **more,
    )


@pytest.fixture
def services():
    made = sample_services()
    made.replying.known.append(Identity(id=1, name="Anouk B.", email="anouk@mail.example"))
    made.replies = {
        1: mine(1, ReplyState.DRAFT, "Half past"),
        2: mine(2, ReplyState.REJECTED, "Ten", reason="Too short, [b]say more[/b]", refusal=Refusal.FIELD),
        3: mine(3, ReplyState.UNCERTAIN, "Perhaps ten", reason="no answer within 20 s"),
        4: mine(4, ReplyState.HELD, "Ten, I think", comment_id="16"),
    }
    return made


async def open_outbox(app, pilot, row=0):
    await pilot.press("O")
    await until(pilot, lambda: isinstance(app.screen, Outbox) and "Half past" in shown_text(app))
    await pilot.press(*["j"] * row)


async def test_each_reply_stands_there_with_its_state_and_the_reason(services):
    async with reading(services) as (app, pilot):
        await open_outbox(app, pilot)
        text = shown_text(app)
        for words in ("draft", "refused", "perhaps arrived", "held for moderation", "[b]say more[/b]"):
            assert words in text
        assert "Correct it, then send again." in text
        assert "draft  Breakfast for a cancelled ferry · to Pieter · Harbour Notes" in text
        await pilot.press("escape")
        assert app.screen is app.reading


async def test_enter_opens_the_conversation_there(services):
    async with reading(services, size=(80, 24)) as (app, pilot):
        await open_outbox(app, pilot, row=3)
        await pilot.press("enter")
        await until(pilot, lambda: app.screen is app.reading and app.reading.desk.is_open)
        await until(pilot, lambda: app.reading.column is Column.CONVERSATION)
        await until(pilot, lambda: app.reading.thread.focused_comment.id == "16")
        assert app.focused is app.reading.thread


async def test_draft_is_edited_on_its_post(services):
    async with reading(services) as (app, pilot):
        await open_outbox(app, pilot)
        await pilot.press("e")
        await until(pilot, lambda: app.reading.composer.is_open)
        assert app.reading.composer.text == "Half past"
        assert app.reading.desk.post.id == 1
        await pilot.press(*" ten")
        await until(pilot, lambda: services.replies[1].text == "Half past ten")


async def test_what_the_blog_may_have_is_not_edited(services):
    async with reading(services) as (app, pilot):
        await open_outbox(app, pilot, row=2)
        await pilot.press("e")
        assert isinstance(app.screen, Outbox)
        assert "cannot be changed" in shown_text(app)


async def test_refused_reply_is_sent_again(services):
    async with reading(services) as (app, pilot):
        await open_outbox(app, pilot, row=1)
        tell, told = app.reading.tell, []
        # what the comments that are read anew have to tell may come right behind
        app.reading.tell = lambda words, *how, **more: told.append(words) or tell(words, *how, **more)
        await pilot.press("s")
        await until(pilot, lambda: services.replying.sent == [(2, 1, {}, False, False)])
        await until(pilot, lambda: "Published." in told)


async def test_uncertain_reply_that_is_not_seen_is_sent_again_only_when_the_reader_says_so(services):
    async def not_seen(reply_id, **how):
        services.replying.sent.append(how["again"])
        reply = services.replies[reply_id]
        if how["again"]:
            reply = replace(reply, state=ReplyState.PUBLISHED, comment_id="14")
        services.replies[reply_id] = reply
        return reply

    services.replying.send = not_seen
    async with reading(services) as (app, pilot):
        await open_outbox(app, pilot, row=2)
        await pilot.press("s")
        await until(pilot, lambda: isinstance(app.screen, Confirm))
        assert "might be there twice" in " ".join(shown_text(app).split())
        await pilot.press("n")
        await until(pilot, lambda: app.screen is app.reading)
        assert services.replying.sent == [False]
        await open_outbox(app, pilot, row=2)
        await pilot.press("s")
        await until(pilot, lambda: isinstance(app.screen, Confirm))
        await pilot.press("y")
        await until(pilot, lambda: services.replying.sent == [False, False, True])
        await until(pilot, lambda: app.reading.status_line.message == "Published.")


async def test_reply_is_dropped_only_after_asking(services):
    async with reading(services) as (app, pilot):
        await open_outbox(app, pilot, row=1)
        await pilot.press("x")
        await until(pilot, lambda: isinstance(app.screen, Confirm))
        await pilot.press("escape")
        await until(pilot, lambda: isinstance(app.screen, Outbox))
        assert 2 in services.replies
        await pilot.press("x")
        await until(pilot, lambda: isinstance(app.screen, Confirm))
        await pilot.press("y")
        await until(pilot, lambda: 2 not in services.replies)
        await until(pilot, lambda: "say more" not in shown_text(app))


async def test_empty_outbox_says_so(services):
    services.replies = {}
    async with reading(services) as (app, pilot):
        await pilot.press("O")
        await until(pilot, lambda: "Nothing waits here" in shown_text(app))
        await pilot.press("x", "s", "e", "enter", "o", "q")
        assert app.screen is app.reading


async def test_browser_opens_the_post(services, monkeypatch):
    opened = []

    async def opening(_, url):
        opened.append(url)
        return "opened"

    monkeypatch.setattr("tui_reader.ui.screens.outbox.open_in_browser", opening)
    async with reading(services) as (app, pilot):
        await open_outbox(app, pilot)
        await pilot.press("o")
        await until(pilot, lambda: opened == ["https://harbour-notes.example/1/"])
