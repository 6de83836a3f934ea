"""Going back in a blog, beyond what its feed holds."""

from ui_fakes import reading, sample_services, shown_text, until

from tui_reader.errors import FetchError


async def test_older_posts_come_below_as_read_and_the_reader_is_told_how_far_back():
    services = sample_services()
    async with reading(services) as (app, pilot):
        before = len(app.reading.post_list.posts)
        await pilot.press("B")
        await until(pilot, lambda: "2 older posts of Harbour Notes, back to 27 Jun" in shown_text(app))
        assert services.older.asked == [1]
        assert "B fetches more" in shown_text(app)
        assert len(app.reading.post_list.posts) == before + 2
        assert "new above" not in shown_text(app)
        await pilot.press("B")
        await until(pilot, lambda: "1 older post of Harbour Notes" in shown_text(app))
        assert "the blog gives no more" in shown_text(app)
        await pilot.press("B")
        await until(pilot, lambda: "Harbour Notes gives no older posts than these." in shown_text(app))


async def test_the_blog_under_the_cursor_is_meant():
    services = sample_services()
    async with reading(services) as (app, pilot):
        await pilot.press("1", "G", "B")
        meant = app.reading.blog_list.source.blog_id
        assert meant != 1
        await until(pilot, lambda: services.older.asked == [meant])
        await pilot.press("g", "B")
        await until(pilot, lambda: "Put the cursor on a blog" in shown_text(app))


async def test_the_end_of_a_blogs_list_says_how_it_goes_on():
    async with reading(sample_services()) as (app, pilot):
        await pilot.press("1", "G", "enter")
        await until(pilot, lambda: app.reading.shelf.source.kind == "blog")
        await until(pilot, lambda: app.reading.post_list.posts)
        assert "fetches older" not in shown_text(app)
        await pilot.press("G")
        await until(pilot, lambda: "B fetches older" in shown_text(app))


async def test_the_same_key_stops_it_and_what_came_is_listed():
    services = sample_services()
    services.older.gate.clear()
    async with reading(services) as (app, pilot):
        before = len(app.reading.post_list.posts)
        await pilot.press("B")
        await until(pilot, lambda: "2 so far; B stops it" in shown_text(app))
        await pilot.press("B")
        await until(pilot, lambda: "Stopped; what came is here." in shown_text(app))
        assert len(app.reading.post_list.posts) == before + 2


async def test_why_none_came_is_told():
    services = sample_services()
    services.older.left = 0
    services.older.error = FetchError("https://harbour-notes.example/feed/", "no such host")
    async with reading(services) as (app, pilot):
        await pilot.press("B")
        await until(pilot, lambda: "No older posts of Harbour Notes: no such host" in shown_text(app))
