"""A post with notes and spoilers, by keys and mouse on the whole screen."""

from ui_fakes import reading, sample_services, shown_text, until

from tui_reader.content.readable import document
from tui_reader.ui.columns import Column

ADDRESS = "https://harbour-notes.example/1/"
BODY = (
    '<p>As said.<sup><a href="#fn1" id="r1">1</a></sup></p>'
    "<details><summary>Who lit it?</summary><p>The cat did.</p></details>"
    + f"{'<p>Words and words.</p>' * 60}"
    + '<ol><li id="fn1">Not quite. <a href="#r1">↩</a></li></ol>'
)


def services_with_notes():
    services = sample_services()
    services.bodies[1] = document(BODY, ADDRESS)
    return services


async def test_enter_opens_the_spoiler_in_sight_before_it_goes_right():
    async with reading(services_with_notes()) as (app, pilot):
        await pilot.press("enter")
        await until(pilot, lambda: app.reading.column is Column.POST and "Who lit it?" in shown_text(app))
        assert "The cat did." not in shown_text(app)
        await pilot.press("enter")
        await until(pilot, lambda: "The cat did." in shown_text(app))
        assert app.reading.column is Column.POST
        await pilot.press("enter")
        await until(pilot, lambda: app.reading.column is Column.CONVERSATION)


async def test_a_find_opens_the_spoiler_that_has_the_words():
    async with reading(services_with_notes()) as (app, pilot):
        await pilot.press("enter")
        await until(pilot, lambda: app.reading.column is Column.POST and "Who lit it?" in shown_text(app))
        await pilot.press("slash", *"cat did", "enter")
        await until(pilot, lambda: "The cat did." in shown_text(app))


async def test_a_note_is_gone_to_and_left_by_its_arrow_or_by_jumping_back():
    async with reading(services_with_notes()) as (app, pilot):
        await pilot.press("enter")
        await until(pilot, lambda: app.reading.column is Column.POST and "As said.⁽¹⁾" in shown_text(app))
        await app.reading.open_link(f"{ADDRESS}#fn1")
        await until(pilot, lambda: "1. Not quite." in shown_text(app))
        assert "As said." not in shown_text(app)
        await pilot.press("backspace")
        await until(pilot, lambda: "As said." in shown_text(app))
        await app.reading.open_link(f"{ADDRESS}#fn1")
        await until(pilot, lambda: "1. Not quite." in shown_text(app))
        await app.reading.open_link(f"{ADDRESS}#r1")
        await until(pilot, lambda: "As said." in shown_text(app))


async def test_letters_beside_the_links_reach_a_note():
    async with reading(services_with_notes()) as (app, pilot):
        await pilot.press("enter")
        await until(pilot, lambda: app.reading.column is Column.POST and "As said.⁽¹⁾" in shown_text(app))
        await pilot.press("f")
        await until(pilot, lambda: bool(app.reading.article.lettered))
        letters = app.reading.article.lettered[f"{ADDRESS}#fn1"]
        await pilot.press(*letters)
        await until(pilot, lambda: "1. Not quite." in shown_text(app))
