"""The whole text of a post that its feed cuts short, by a key or for a blog."""

from ui_fakes import reading, sample_services, shown_text, until

from tui_reader.content.blocks import Document, Paragraph, Span
from tui_reader.domain.text_state import TextState
from tui_reader.errors import ExtractionError, FetchError


def a_text(words):
    return Document(blocks=(Paragraph(spans=(Span(words),)),))


def cut_short(**more):
    """The first post is cut short, and its page has the whole of it."""
    services = sample_services()
    services.bodies[1] = services.full_texts.beginnings[1] = a_text("The ferry was […]")
    services.full_texts.whole[1] = a_text("The ferry was cancelled, and so we ate.")
    services.full_texts.states[1] = TextState(is_cut=True, **more)
    return services


async def settled(pilot, app):
    await until(pilot, lambda: app.reading.desk.is_open and not app.reading.desk.is_loading)


async def test_a_key_fetches_the_whole_text_and_goes_between_it_and_the_feeds():
    services = cut_short()
    async with reading(services) as (app, pilot):
        await until(pilot, lambda: "This may be only the beginning; F fetches" in shown_text(app))
        await pilot.press("enter")
        await settled(pilot, app)
        assert services.full_texts.fetched == []
        await pilot.press("F")
        await until(pilot, lambda: "and so we ate" in shown_text(app))
        assert "Full text from the page; F shows what the feed gives." in shown_text(app)
        await pilot.press("F")
        await until(pilot, lambda: "The ferry was […]" in shown_text(app))
        assert "The beginning, as the feed gives it; F shows" in shown_text(app)
        await pilot.press("F")
        await until(pilot, lambda: "and so we ate" in shown_text(app))
        assert services.full_texts.fetched == [1]


async def test_a_post_that_the_feed_gives_whole_is_not_fetched():
    services = sample_services()
    async with reading(services) as (app, pilot):
        await pilot.press("F")
        await until(pilot, lambda: app.reading.status_line.message == "The feed gives this post whole.")
        assert services.full_texts.fetched == []


async def test_what_goes_wrong_is_told_and_the_feeds_text_stays():
    services = cut_short()
    for error, why in (
        (ExtractionError("the page gives no more than the feed"), "the page gives no more than the feed"),
        (FetchError("https://harbour-notes.example/1/", "no answer"), "no answer"),
    ):
        services.full_texts.error = error
        async with reading(services) as (app, pilot):
            await pilot.press("F")
            told = f"No whole text, the feed's stays: {why}"
            await until(pilot, lambda told=told: app.reading.status_line.message == told)
            assert "The ferry was […]" in shown_text(app)


async def test_a_blog_of_which_whole_texts_are_wanted_gives_them_when_a_post_is_opened():
    services = cut_short(is_wanted=True)
    async with reading(services) as (app, pilot):
        # a preview asks nothing of a blog
        await until(pilot, lambda: "This may be only the beginning" in shown_text(app))
        assert services.full_texts.fetched == []
        await pilot.press("enter")
        await until(pilot, lambda: "and so we ate" in shown_text(app))
        assert services.full_texts.fetched == [1]


async def test_a_whole_text_that_is_outdated_is_fetched_anew():
    services = cut_short(has_full=True, is_from_page=True, is_outdated=True)
    services.bodies[1] = a_text("An older text.")
    async with reading(services) as (app, pilot):
        await pilot.press("F")
        await until(pilot, lambda: "and so we ate" in shown_text(app))


async def test_the_dialog_of_a_blog_says_whether_its_posts_are_read_from_their_pages():
    services = sample_services()
    async with reading(services) as (app, pilot):
        await pilot.press("E")
        await until(pilot, lambda: "f7 reads full texts" in shown_text(app))
        await pilot.press("f7")
        await until(pilot, lambda: services.blogs[1].wants_full_text)
        await pilot.press("E")
        await until(pilot, lambda: "the feed cuts short are read from their pages" in shown_text(app))
        await pilot.press("f7")
        await until(pilot, lambda: not services.blogs[1].wants_full_text)
        assert services.blogs[1] == services.blogs[1]._replace(wants_full_text=False)
