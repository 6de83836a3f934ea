"""Adding, changing, removing and refreshing blogs; the welcome."""

import asyncio
from dataclasses import replace

import pytest
from textual.events import Paste
from textual.widgets import Input
from ui_fakes import NOW, FakeServices, a_post, reading, sample_services, shown_text, until

from tui_reader.config import Refresh, Settings
from tui_reader.services.subscriptions import ImportResult
from tui_reader.ui.app import ReaderApp
from tui_reader.ui.screens.blog import EditBlog
from tui_reader.ui.screens.subscribe import Subscribe
from tui_reader.ui.screens.welcome import Welcome
from tui_reader.ui.widgets.blog_list import Source


async def test_what_was_found_is_told_and_its_posts_are_listed():
    services = sample_services()
    async with reading(services) as (app, pilot):
        await pilot.press("a", *"tram-diary.example", "enter")
        await until(pilot, lambda: "Added Tram Diary · 1 post" in shown_text(app))
        assert "An RSS feed: https://tram-diary.example/feed/" in shown_text(app)
        await pilot.press("enter")
        await until(pilot, lambda: [post.id for post in app.reading.post_list.posts] == [91])
        assert app.reading.blog_list.source == Source("blog", blog_id=9)
        assert app.focused is app.reading.post_list


async def test_where_nothing_is_found_it_says_why_and_keeps_what_was_typed():
    services = sample_services()
    services.subscriptions.found = None
    async with reading(services) as (app, pilot):
        await pilot.press("a", *"tram.example", "enter")
        await until(pilot, lambda: "no feed here" in shown_text(app))
        assert app.screen.query_one("#url", Input).value == "tram.example"
        await pilot.press("escape")
        assert app.screen is app.reading


async def test_address_goes_to_the_search_as_it_was_typed():
    """Which of https and http answers is found out there."""
    services = sample_services()
    asked = []
    found = services.subscriptions.add
    services.subscriptions.add = lambda url, folder=None: (asked.append(url), found(url, folder=folder))[1]
    async with reading(services) as (app, pilot):
        await pilot.press("a", *"tram.example", "enter")
        await until(pilot, lambda: "Added Tram Diary" in shown_text(app))
        assert asked == ["tram.example"]


@pytest.mark.parametrize("typed", ["https://tram.example/line-7", "tram.example/line-7"])
async def test_address_of_a_post_leads_to_that_post(typed):
    services = sample_services()
    found = services.subscriptions.add

    async def add(url, folder=None):
        added = await found(url, folder=folder)
        post = replace(a_post(92, added.blog, "Line 7", hours=90), url="https://tram.example/line-7")
        services.posts[post.id] = post
        return added

    services.subscriptions.add = add
    async with reading(services) as (app, pilot):
        await pilot.press("a")
        await until(pilot, lambda: isinstance(app.screen, Subscribe))
        app.screen.query_one("#url", Input).value = typed
        await pilot.press("enter")
        await until(pilot, lambda: "Added Tram Diary" in shown_text(app))
        await pilot.press("enter")
        await until(pilot, lambda: app.reading.post_list.post.id == 92)
        assert len(app.reading.post_list.posts) == 2


async def test_empty_address_is_not_asked_for():
    async with reading() as (app, pilot):
        await pilot.press("a", "enter")
        await until(pilot, lambda: "An address is needed" in shown_text(app))
        assert isinstance(app.screen, Subscribe)


async def test_blog_is_renamed_and_moved():
    services = sample_services()
    async with reading(services) as (app, pilot):
        await pilot.press("E")
        await until(pilot, lambda: "Refreshed" in shown_text(app))
        await pilot.press(*" II", "tab", "end", *"line", "enter")
        await until(pilot, lambda: services.blogs[1].title == "Harbour Notes II")
        await until(pilot, lambda: services.blogs[1].folder == "Coastline")
        await until(pilot, lambda: "Coastline" in shown_text(app))


async def test_removed_blog_comes_back_with_undo():
    services = sample_services()
    async with reading(services) as (app, pilot):
        await pilot.press("enter", "E")
        await until(pilot, lambda: isinstance(app.screen, EditBlog))
        await pilot.press("ctrl+x")
        await until(pilot, lambda: 1 not in services.blogs)
        await until(pilot, lambda: {post.blog_id for post in app.reading.post_list.posts} == {2, 3})
        await until(pilot, lambda: app.reading.desk.post is not None and app.reading.desk.post.blog_id != 1)
        assert "Removed: Harbour Notes" in app.reading.status_line.message
        await pilot.press("u")
        await until(pilot, lambda: "Harbour Notes” removed" in app.reading.status_line.message)
        assert {post.blog_id for post in app.reading.post_list.posts} == {1, 2, 3}


async def test_blog_is_paused_in_words_and_goes_on():
    services = sample_services()
    async with reading(services) as (app, pilot):
        for is_paused in (True, False):
            await pilot.press("E")
            await until(pilot, lambda: isinstance(app.screen, EditBlog))
            await pilot.press("f6")
            await until(pilot, lambda so=is_paused: services.blogs[1].is_paused is so)
            await until(
                pilot, lambda so=is_paused: ("paused" in app.reading.blog_list.render_line(7).text) is so
            )


async def test_several_addresses_are_asked_and_the_bad_one_is_told():
    services = sample_services()
    async with reading(services) as (app, pilot):
        await pilot.press("a")
        await until(pilot, lambda: isinstance(app.screen, Subscribe))
        app.screen.query_one("#url", Input).focus()
        app.screen.post_message(Paste("https://tram.example/\nnowhere.example\n"))
        await until(pilot, lambda: "nowhere" in app.screen.query_one("#url", Input).value)
        await pilot.press("enter")
        await until(pilot, lambda: "1 added, 0 followed already: Tram Diary." in shown_text(app))
        assert "nowhere.example: no feed here" in shown_text(app)
        await pilot.press("enter")
        await until(pilot, lambda: "1 not found" in app.reading.status_line.message)
        assert 91 in {post.id for post in app.reading.post_list.posts}


async def test_what_to_do_next_stays_in_sight_when_many_addresses_fail():
    services = sample_services()
    async with reading(services, size=(80, 24)) as (app, pilot):
        await pilot.press("a")
        await until(pilot, lambda: isinstance(app.screen, Subscribe))
        app.screen.query_one("#url", Input).value = " ".join(
            ["https://tram.example/", *(f"nowhere-{number}.example/{'x' * 90}" for number in range(6))]
        )
        await pilot.press("enter")
        await until(pilot, lambda: "1 added" in shown_text(app))
        assert "… and 5 more" in shown_text(app)
        assert "enter reads it · or type another address" in shown_text(app)


async def test_short_problems_of_a_list_are_all_told_on_a_small_screen(tmp_path):
    services = sample_services()
    problems = tuple(f"line {at}: the feed here cannot be read" for at in range(4))
    services.subscriptions.import_opml = lambda _: asyncio.sleep(
        0, ImportResult(added=1, known=0, problems=problems)
    )
    path = tmp_path / "blogs.opml"
    path.write_bytes(b"<opml/>")
    async with reading(services, size=(80, 24)) as (app, pilot):
        await pilot.press("a")
        await until(pilot, lambda: isinstance(app.screen, Subscribe))
        app.screen.query_one("#url", Input).value = str(path)
        await pilot.press("enter")
        await until(pilot, lambda: "1 added" in shown_text(app))
        assert all(problem in shown_text(app) for problem in problems)
        assert "enter fetches their posts" in shown_text(app)


async def test_file_of_a_list_is_imported_and_its_blogs_are_fetched(tmp_path):
    services = sample_services()
    path = tmp_path / "my blogs.opml"
    path.write_bytes(b"<opml/>")
    async with reading(services) as (app, pilot):
        await pilot.press("a")
        await until(pilot, lambda: isinstance(app.screen, Subscribe))
        app.screen.query_one("#url", Input).value = str(path)
        await pilot.press("enter")
        await until(pilot, lambda: "1 added, 2 followed already." in shown_text(app))
        assert services.subscriptions.imported == b"<opml/>"
        assert "line 4: no address" in shown_text(app)
        assert "stands in two folders" in shown_text(app)
        await pilot.press("enter")
        await until(pilot, lambda: services.refresh.asked == [(1, 2, 3, 9)])


async def test_emptied_title_is_the_blogs_own_again_and_changes_nothing_where_it_is():
    services = sample_services()
    services.blogs[3] = services.blogs[3]._replace(
        title="Mine", own_title="Mine", feed_title="Type and Press"
    )
    renamed = []
    services.subscriptions.rename = lambda *given: renamed.append(given) or asyncio.sleep(0)
    async with reading(services) as (app, pilot):
        for _ in range(2):
            await pilot.press("1", "G", "E")
            await until(pilot, lambda: isinstance(app.screen, EditBlog))
            await until(pilot, lambda: app.screen.query_one("#title", Input).has_focus)
            await pilot.press("ctrl+u")
            await until(pilot, lambda: "Type and Press" in shown_text(app))
            await pilot.press("enter")
            await until(pilot, lambda: app.screen is app.reading)
            services.blogs[3] = services.blogs[3]._replace(title="Type and Press", own_title=None)
            await app.reading.shelf.load()
    assert renamed == [(3, "")]


async def test_failing_blog_tells_its_whole_reason_when_it_is_opened():
    services = sample_services()
    services.blogs[3] = services.blogs[3]._replace(error="not found [b](404)[/b]", error_since=NOW)
    async with reading(services, size=(200, 48)) as (app, pilot):
        await pilot.press("1", "G", "enter")
        await until(
            pilot, lambda: "fails since 2026-08-03" in app.reading.status_line.message.replace("04", "03")
        )
        assert "not found [b](404)[/b]" in shown_text(app)


async def test_what_is_known_of_a_failing_blog_says_what_helps():
    services = sample_services()
    services.blogs[3] = services.blogs[3]._replace(error="gone away", advice="try again later [b]")
    async with reading(services, size=(120, 40)) as (app, pilot):
        await pilot.press("1", "G", "E")
        await until(pilot, lambda: "gone away" in shown_text(app))
        assert "try again later [b]" in shown_text(app)


async def test_blog_without_posts_says_why_it_has_none():
    services = sample_services()
    services.posts = {id: post for id, post in services.posts.items() if post.blog_id != 3}
    async with reading(services) as (app, pilot):
        await pilot.press("1", "G")
        await until(pilot, lambda: "No posts: not found (404)" in shown_text(app))
        assert "R asks again" in shown_text(app)


async def test_what_is_due_is_refreshed_by_itself_and_only_news_are_told():
    services = sample_services()
    services.refresh.are_due = (2,)
    async with reading(services) as (app, pilot):
        await until(pilot, lambda: services.refresh.asked == [(2,)] and services.subscriptions.tidied)
        await until(pilot, lambda: not app.reading.refreshing.is_running)
        assert app.reading.status_line.message == ""
        services.refresh.are_due = (1,)
        await app.reading.refreshing.look()
        await until(pilot, lambda: "1 new post" in app.reading.status_line.message)
        assert app.reading.post_list.post.id == 1
        assert "1 new above" in shown_text(app)
        await pilot.press("g")
        await until(pilot, lambda: "new above" not in shown_text(app))


async def test_what_another_program_has_stored_is_shown_while_nobody_asked():
    services = sample_services()
    async with reading(services) as (app, _):
        unread = app.reading.top_line.unread
        services.posts[1] = replace(services.posts[1], is_read=not services.posts[1].is_read)
        await app.reading.refreshing.look()
        assert app.reading.top_line.unread == unread
        services.library.is_written_by_others = True
        await app.reading.refreshing.look()
        assert abs(app.reading.top_line.unread - unread) == 1
        assert app.reading.post_list.post.id == 1


async def test_nothing_is_refreshed_by_itself_when_the_user_wants_none():
    services = sample_services(settings=Settings(refresh=Refresh(minutes=0)))
    services.refresh.are_due = (1,)
    async with reading(services) as (app, _):
        await app.reading.refreshing.look()
        assert services.refresh.asked == []


async def test_cursor_among_the_blogs_stays_while_a_refresh_fills_the_lists():
    services = sample_services()
    async with reading(services) as (app, pilot):
        await pilot.press("1", "j", "j", "j", "j", "j", "j")
        chosen = app.reading.blog_list.source
        await app.reading.shelf.load_blogs()
        assert app.reading.blog_list.source == chosen
        assert chosen.kind != "all"


async def test_failing_blog_says_why():
    async with reading() as (app, pilot):
        app.reading.post_list.focus_post(5)
        await pilot.press("E")
        await until(pilot, lambda: "not found (404)" in shown_text(app))


async def test_blog_under_the_cursor_lists_its_posts_without_leaving_the_blogs():
    async with reading() as (app, pilot):
        await pilot.press("1", "G")
        await until(pilot, lambda: [post.id for post in app.reading.post_list.posts] == [5, 6])
        assert app.focused is app.reading.blog_list
        await pilot.press("enter")
        assert app.focused is app.reading.post_list
        assert app.reading.top_line.path == ("Code", "Type and Press")


async def test_refresh_shows_progress_fills_the_list_and_tells_what_came():
    services = sample_services()
    services.refresh.gate.clear()
    services.refresh.errors[3] = "not found (404)"
    async with reading(services) as (app, pilot):
        await pilot.press("ctrl+r")
        await until(pilot, lambda: app.reading.top_line.progress == (1, 3))
        assert "⟳ 1/3 ▰▰▰▱▱▱▱▱" in shown_text(app)
        services.refresh.gate.set()
        await until(pilot, lambda: app.reading.top_line.progress is None)
        told = app.reading.status_line.message
        assert told == "2 of 3 blogs refreshed: 1 new post · failed: Type and Press (not found (404))"
        assert [post.id for post in app.reading.post_list.posts][:2] == [8, 1]
        assert app.reading.post_list.post.id == 1
        assert services.replying.flushed == 1


async def test_same_key_stops_the_refresh_and_another_can_begin():
    services = sample_services()
    services.refresh.gate.clear()
    async with reading(services) as (app, pilot):
        await pilot.press("ctrl+r")
        await until(pilot, lambda: app.reading.top_line.progress == (1, 3))
        await pilot.press("ctrl+r")
        await until(pilot, lambda: "Refresh stopped" in app.reading.status_line.message)
        assert app.reading.top_line.progress is None
        services.refresh.gate.set()
        await pilot.press("ctrl+r")
        await until(pilot, lambda: "3 blogs refreshed" in app.reading.status_line.message)


async def test_refresh_of_this_asks_only_the_blog_or_folder_under_the_cursor():
    services = sample_services()
    async with reading(services) as (app, pilot):
        await pilot.press("1", "G", "R")
        await until(pilot, lambda: services.refresh.asked == [(3,)])
        await until(pilot, lambda: not app.reading.refreshing.is_running)
        await pilot.press("g", "j", "j", "j", "j", "j", "R")
        await until(pilot, lambda: services.refresh.asked[1:] == [(1, 2)])
        await until(pilot, lambda: not app.reading.refreshing.is_running)
        await pilot.press("g", "R")
        await until(pilot, lambda: services.refresh.asked[2:] == [(1, 2, 3)])


async def test_refresh_does_not_take_the_open_conversation_away():
    services = sample_services()
    services.conversations.gate.clear()
    async with reading(services) as (app, pilot):
        await pilot.press("enter")
        await until(pilot, lambda: services.conversations.loads == [1])
        await pilot.press("ctrl+r")
        await until(pilot, lambda: "3 blogs refreshed" in app.reading.status_line.message)
        services.conversations.gate.set()
        await until(pilot, lambda: not app.reading.desk.is_loading)
        assert app.reading.desk.is_open
        assert services.posts[1].loaded_at is not None


async def test_someone_who_follows_nothing_is_welcomed_and_adds_a_first_blog():
    services = FakeServices()
    app = ReaderApp(services)
    async with app.run_test(size=(80, 24)) as pilot:
        await until(pilot, lambda: isinstance(app.screen, Welcome))
        assert "tui-reader import FILE.opml" in shown_text(app)
        await pilot.press("a")
        await until(pilot, lambda: isinstance(app.screen, Subscribe))
        await pilot.press("escape")
        await until(pilot, lambda: "No blogs yet" in shown_text(app))
        assert "a adds one" in shown_text(app)
        hints = shown_text(app).splitlines()[-1]
        assert hints.strip() == "a add blog  : command  , settings  Q quit  ? keys"


async def test_welcome_opens_the_demo_by_the_return_value():
    app = ReaderApp(FakeServices())
    async with app.run_test(size=(80, 24)) as pilot:
        await until(pilot, lambda: isinstance(app.screen, Welcome))
        await pilot.press("d")
        await until(pilot, lambda: app._exit)
    assert app.return_value == "demo"


async def test_demo_says_that_it_is_one():
    async with reading(demo=True) as (app, _):
        assert "tui reader demo" in shown_text(app).splitlines()[0]


async def test_a_refresh_that_runs_by_itself_gives_way_to_the_users():
    services = sample_services()
    services.refresh.gate.clear()
    async with reading(services) as (app, pilot):
        app.reading.refreshing.start([1, 2], is_automatic=True)
        await until(pilot, lambda: services.refresh.asked[-1:] == [(1, 2)])
        services.refresh.gate.set()
        await pilot.press("ctrl+r")
        await until(pilot, lambda: services.refresh.asked[-1] == (1, 2, 3))
        await until(pilot, lambda: not app.reading.refreshing.is_running)
