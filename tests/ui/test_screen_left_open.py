"""After an unclean end: the draft is kept, the reader is told, and one key goes on with it."""

from dataclasses import replace

from ui_fakes import reading, sample_services, shown_text, until

from tui_reader.domain.reply import ReplyState
from tui_reader.ui.columns import Column


async def left(services, *places):
    """Drafts under these posts, to these comments, as a program that was killed left them."""
    drafts = []
    for post_id, to, words in places:
        reply = await services.replying.draft(post_id, to)
        drafts.append(replace(reply, text=words))
        services.replies[reply.id] = drafts[-1]
    services.replying.left = tuple(drafts)


async def test_it_is_told_and_one_key_goes_on_with_it():
    services = sample_services()
    await left(services, (5, "51", "Half a thou"))
    async with reading(services) as (app, pilot):
        told = "The reader ended while you wrote to Sam: the draft is kept; e goes on with it."
        await until(pilot, lambda: told in " ".join(shown_text(app).split()))
        await pilot.press("e")
        await until(pilot, lambda: app.reading.is_writing)
        assert app.reading.composer.text == "Half a thou"
        assert app.reading.desk.post.id == 5
        assert app.reading.column is Column.CONVERSATION


async def test_of_several_the_last_is_gone_to_and_the_outbox_has_all():
    services = sample_services()
    await left(services, (1, None, "One"), (5, "51", "Two"))
    async with reading(services, size=(200, 48)) as (app, pilot):
        await until(pilot, lambda: "1 more draft is kept; O lists all." in shown_text(app))
        assert "“Breakfast for a cancelled ferry”" in shown_text(app)
        await pilot.press("e")
        await until(pilot, lambda: app.reading.is_writing)
        assert app.reading.composer.text == "One"


async def test_what_the_reader_closes_is_let_go_and_what_the_system_ends_is_not():
    services = sample_services()
    async with reading(services) as (app, pilot):
        await pilot.press("enter", "r", *"tea")
        await until(pilot, lambda: services.replying.open)
        await pilot.press("escape")
        await until(pilot, lambda: not services.replying.open)
        await pilot.press("e", *"pot")
        await until(pilot, lambda: services.replying.open)
        await app.reading.settle(is_wished=False)
        assert services.replying.open


def sent_elsewhere(services):
    services.replies[1] = replace(services.replies[1], state=ReplyState.PUBLISHED)


async def test_what_is_written_in_a_reply_that_another_program_sent_is_a_draft_of_its_own():
    services = sample_services()
    async with reading(services) as (app, pilot):
        await pilot.press("enter", "r", *"tea")
        await until(pilot, lambda: services.replying.saves[-1:] == ["tea"])
        sent_elsewhere(services)
        await pilot.press(*" and")
        await until(pilot, lambda: services.replies.get(2) and services.replies[2].text == "tea and")
        assert "Another program sent this reply" in shown_text(app)
        await pilot.press(*" cake", "escape")
        await until(pilot, lambda: not app.reading.is_writing)
        assert services.replies[2].text == "tea and cake"
        assert (services.replies[1].text, services.replies[1].state) == ("tea", ReplyState.PUBLISHED)


async def test_an_emptied_composer_does_not_forget_what_another_program_sent():
    services = sample_services()
    async with reading(services) as (app, pilot):
        await pilot.press("enter", "r", *"t")
        await until(pilot, lambda: services.replying.saves)
        sent_elsewhere(services)
        await pilot.press("backspace", "escape")
        await until(pilot, lambda: not app.reading.is_writing)
        assert services.replies[1].state is ReplyState.PUBLISHED
