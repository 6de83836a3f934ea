"""Opening posts, their conversations, marks, and running on to what is new."""

import asyncio
from dataclasses import replace

from ui_fakes import NOW, a_comment, reading, sample_services, shown_text, until

from tui_reader.content.blocks import Document, Paragraph, Span
from tui_reader.domain.text_state import TextState
from tui_reader.errors import FetchError, NotSentError
from tui_reader.services.library import Text
from tui_reader.ui.columns import Column
from tui_reader.ui.comment_texts import TEXTS_KEPT
from tui_reader.ui.widgets.block_pane import MEASURED_AROUND


def is_settled(app):
    return app.reading.desk.is_open and not app.reading.desk.is_loading


async def test_preview_neither_marks_read_nor_fetches_nor_visits():
    services = sample_services()
    async with reading(services) as (app, pilot):
        await pilot.press("j")
        await until(pilot, lambda: app.reading.desk.post.id == 2)
        assert not services.posts[2].is_read
        assert services.conversations.loads == []
        assert services.conversations.visits == []
        assert "The ferry was cancelled" in shown_text(app)


async def test_running_down_the_list_previews_only_where_the_cursor_rests():
    services = sample_services()
    read = []
    text = services.library.text

    async def noting(post_id, at_first=None, *, of_feed=False):
        read.append(post_id)
        return await text(post_id, at_first, of_feed=of_feed)

    services.library.text = noting
    async with reading(services) as (app, pilot):
        read.clear()
        app.reading.post_list.focus_post(2)
        app.reading.post_list.focus_post(3)
        app.reading.post_list.focus_post(4)
        await until(pilot, lambda: app.reading.desk.post.id == 4)
        assert read == [4]


async def test_opening_shows_what_is_stored_while_the_blog_is_asked():
    services = sample_services()
    services.conversations.gate.clear()
    async with reading(services) as (app, pilot):
        await pilot.press("enter")
        await until(pilot, lambda: services.conversations.loads == [1])
        assert "I had the eggs" in shown_text(app)
        assert app.reading.thread.border_subtitle == "1 of 7 · fetching…"
        assert services.posts[1].is_read
        assert services.conversations.visits == [("enter", 1)]
        services.conversations.gate.set()
        await until(pilot, lambda: is_settled(app))


async def test_thread_grows_without_losing_the_place():
    services = sample_services()
    services.conversations.gate.clear()
    services.conversations.arriving[1] = [a_comment("18", "Gil", "<p>First!</p>", hours=300, is_new=True)]
    async with reading(services) as (app, pilot):
        await pilot.press("enter", "tab", "j", "j", "j")
        assert app.reading.thread.focused_comment.id == "14"
        services.conversations.gate.set()
        await until(pilot, lambda: app.reading.thread.border_title == "8 responses")
        assert app.reading.thread.focused_comment.id == "14"


async def test_blog_that_cannot_be_asked_is_told_and_what_is_stored_stays():
    services = sample_services()
    services.conversations.error = NotSentError("https://harbour-notes.example", "no connection")
    async with reading(services) as (app, pilot):
        await pilot.press("enter")
        await until(pilot, lambda: services.conversations.loads == [1] and is_settled(app))
        await until(pilot, lambda: "no connection" in app.reading.status_line.message)
        assert "I had the eggs" in shown_text(app)
        assert app.reading.top_line.is_offline
        services.conversations.error = None
        await pilot.press("R")
        await until(pilot, lambda: not app.reading.top_line.is_offline)
        assert services.conversations.loads == [1, 1]


async def test_empty_conversation_says_why_and_which_key_helps():
    services = sample_services()
    services.conversations.error = FetchError(
        "https://letters-on-salt.example", "the certificate is [b]old[/b]"
    )
    async with reading(services, size=(200, 48)) as (app, pilot):
        app.reading.post_list.focus_post(3)
        await until(pilot, lambda: "Not fetched yet" in shown_text(app))
        await pilot.press("enter")
        await until(pilot, lambda: "the certificate is [b]old[/b]" in shown_text(app))
        assert "R tries again" in shown_text(app)
        services.conversations.error = None
        await pilot.press("R")
        await until(pilot, lambda: "No comments yet" in shown_text(app))


async def test_visit_ends_when_another_post_is_opened():
    services = sample_services()
    async with reading(services) as (app, pilot):
        await pilot.press("enter")
        await until(pilot, lambda: is_settled(app))
        await pilot.press("]")
        await until(pilot, lambda: is_settled(app) and app.reading.desk.post.id == 2)
        assert services.conversations.visits == [("enter", 1), ("leave", 1), ("enter", 2)]
        assert app.reading.post_list.post.id == 2
        await pilot.press("[")
        await until(pilot, lambda: is_settled(app) and app.reading.desk.post.id == 1)
        await pilot.press("[")
        assert "first post" in app.reading.status_line.message


async def test_visit_ends_with_the_program():
    services = sample_services()
    async with reading(services) as (app, pilot):
        await pilot.press("enter")
        await until(pilot, lambda: is_settled(app))
        await pilot.press("Q")
        await until(pilot, lambda: app._exit)
    assert services.conversations.visits[-1] == ("leave", 1)


async def test_place_in_the_text_is_kept_when_one_comes_back():
    async with reading(size=(80, 24)) as (app, pilot):
        await pilot.press("enter")
        await until(pilot, lambda: is_settled(app))
        await pilot.press("ctrl+d", "ctrl+d")
        place = app.reading.article.position
        assert place != (0, 0)
        await pilot.press("]")
        await until(pilot, lambda: app.reading.desk.post.id == 2 and is_settled(app))
        assert app.reading.article.position == (0, 0)
        await pilot.press("[")
        await until(pilot, lambda: app.reading.desk.post.id == 1 and is_settled(app))
        assert app.reading.article.position == place
        told = f"{app.reading.article.percent} %"
        await until(pilot, lambda: app.reading.article.border_subtitle.startswith(told))


async def test_n_goes_to_the_next_unread_post_in_posts_and_in_the_post():
    async with reading() as (app, pilot):
        await pilot.press("n")
        assert app.reading.post_list.post.id == 2
        await pilot.press("N")
        assert app.reading.post_list.post.id == 1
        await pilot.press("enter")
        await until(pilot, lambda: is_settled(app))
        await pilot.press("n")
        await until(pilot, lambda: is_settled(app) and app.reading.desk.post.id == 2)
        assert app.reading.column is Column.POST
        await pilot.press("n")
        await until(pilot, lambda: is_settled(app) and app.reading.desk.post.id == 5)
        await pilot.press("n")
        assert "Nothing unread" in app.reading.status_line.message


async def test_n_walks_what_is_new_in_the_conversation_and_runs_on_into_the_next_post():
    async with reading() as (app, pilot):
        await pilot.press("enter")
        await until(pilot, lambda: is_settled(app))
        await pilot.press("tab", "j", "n")
        assert app.reading.thread.focused_comment.id == "13"
        await pilot.press("n")
        await until(pilot, lambda: app.reading.desk.post.id == 5 and is_settled(app))
        assert app.reading.column is Column.CONVERSATION
        assert app.reading.thread.focused_comment.id == "52"
        await pilot.press("N")
        assert "No new comment above" in app.reading.status_line.message


async def test_last_new_comment_of_all_is_told():
    services = sample_services()
    services.posts[5] = replace(services.posts[5], new_comment_count=0)
    async with reading(services) as (app, pilot):
        await pilot.press("enter")
        await until(pilot, lambda: is_settled(app))
        await pilot.press("tab", "n", "n")
        await until(pilot, lambda: "No more new comments" in app.reading.status_line.message)


async def test_marks_are_made_and_taken_back():
    services = sample_services()
    async with reading(services) as (app, pilot):
        await pilot.press("m")
        await until(pilot, lambda: services.posts[1].is_read)
        await pilot.press("s")
        await until(pilot, lambda: services.posts[1].is_starred)
        await pilot.press("M")
        await until(pilot, lambda: "All posts are read" in shown_text(app))
        await pilot.press("enter")
        await until(pilot, lambda: all(post.is_read for post in services.posts.values()))
        await until(pilot, lambda: app.reading.top_line.unread == 0)
        assert "2 posts marked read" in app.reading.status_line.message
        await pilot.press("u")
        await until(
            pilot, lambda: [post.id for post in services.posts.values() if not post.is_read] == [2, 5]
        )
        await pilot.press("u")
        await until(pilot, lambda: not services.posts[1].is_starred)
        await pilot.press("u")
        await until(pilot, lambda: not services.posts[1].is_read)
        await pilot.press("u")
        await until(pilot, lambda: "nothing to take back" in app.reading.status_line.message)


async def test_nothing_leaves_a_list_while_it_is_open():
    services = sample_services()
    async with reading(services) as (app, pilot):
        await pilot.press("U")
        await until(pilot, lambda: [post.id for post in app.reading.post_list.posts] == [1, 2, 5])
        await pilot.press("enter")
        await until(pilot, lambda: is_settled(app))
        await pilot.press("ctrl+r")
        await until(pilot, lambda: [post.id for post in app.reading.post_list.posts] == [8, 1, 2, 5])
        assert services.posts[1].is_read
        assert app.reading.post_list.post.id == 1
        assert "unread only" in app.reading.post_list.border_subtitle
        await pilot.press("U")
        await until(pilot, lambda: len(app.reading.post_list.posts) == 8)


async def test_list_with_nothing_unread_says_so_and_which_key_helps():
    services = sample_services()
    services.posts = {id: replace(post, is_read=True) for id, post in services.posts.items()}
    async with reading(services) as (app, pilot):
        await pilot.press("U")
        await until(pilot, lambda: "Nothing unread here" in shown_text(app))
        assert "U shows all" in shown_text(app)
        await pilot.press("enter", "r", "o", "]", "n", "m", "s", "y", "Y", "L", "tab", "n", "r", "escape")
        assert app.is_running


async def test_links_are_copied_and_opened_and_only_web_addresses(monkeypatch):
    opened = []

    async def opening(_, url):
        opened.append(url)
        return f"Opened in the browser: {url}"

    monkeypatch.setattr("tui_reader.ui.following.open_in_browser", opening)
    async with reading() as (app, pilot):
        await pilot.press("y")
        assert app.clipboard == "https://harbour-notes.example/1/"
        await pilot.press("o")
        await until(pilot, lambda: opened == ["https://harbour-notes.example/1/"])
        assert "Opened in the browser" in app.reading.status_line.message
        await pilot.press("enter", "tab", "j", "y")
        assert app.clipboard.endswith("#comment-12")
        await pilot.press("Y")
        assert app.clipboard == "You brought them!"
        await pilot.press("shift+tab", "Y")
        assert app.clipboard.startswith("The ferry was cancelled")
        await pilot.press("L")
        await until(pilot, lambda: "1  the old timetable" in shown_text(app))
        await pilot.press("j", "enter")
        await until(pilot, lambda: opened[-1] == "https://harbour-notes.example/map")


async def test_foreign_words_are_shown_as_they_are_and_obeyed_nowhere():
    services = sample_services()
    nasty = "[@click=app.quit]x[/] \x1b]0;owned\x07 [/b] [link=file:///etc]"
    services.blogs[1] = services.blogs[1]._replace(title=nasty, folder=nasty)
    services.posts[1] = replace(services.posts[1], title=nasty, author=nasty, blog_title=nasty)
    services.comments[1] = [a_comment("1[/]", nasty, "<p>[/b]</p>", hours=1)]
    services.posts[1] = replace(services.posts[1], conversation_note=nasty)
    async with reading(services, size=(200, 48)) as (app, pilot):
        await pilot.press("enter")
        await until(pilot, lambda: is_settled(app))
        text = shown_text(app)
        assert "[@click=app.quit]x[/]" in text
        assert "\x1b" not in text
        await pilot.press("4", "r", "h", "i", "f2")
        await until(pilot, lambda: app.reading.composer.is_open)
        await pilot.press("escape", "escape", "O")
        await until(pilot, lambda: "Drafts and outbox" in shown_text(app))
        await pilot.press("escape", "1", "j", "j", "j", "j", "j", "j", "E")
        await until(pilot, lambda: "Refreshed" in shown_text(app))


async def test_text_is_drawn_at_the_time_it_is_given():
    async with reading() as (app, _):
        assert app.reading.post_list.now == NOW.astimezone()
        assert "20 h ago" in shown_text(app)


async def test_opening_twice_in_a_hurry_ends_at_the_last():
    services = sample_services()
    services.conversations.gate.clear()
    async with reading(services) as (app, pilot):
        await pilot.press("enter")
        await until(pilot, lambda: services.conversations.loads == [1])
        app.reading.action_step_post(1)
        await asyncio.sleep(0)
        app.reading.action_step_post(1)
        services.conversations.gate.set()
        await until(pilot, lambda: is_settled(app) and services.conversations.loads[-1] != 1)
        shown = app.reading.desk.post.id
        assert app.reading.desk.conversation.post.id == shown
        assert app.reading.post_list.post.id == shown
        assert services.conversations.visits[-1] == ("enter", shown)


async def test_of_a_thread_of_ten_thousand_only_what_is_near_the_reader_is_converted():
    services = sample_services()
    services.comments[1] = [
        a_comment(str(number), "Ann", f"<p>Word {number}.</p>", hours=10 - number / 9_000)
        for number in range(1, 10_001)
    ]
    async with reading(services) as (app, pilot):
        desk, thread = app.reading.desk, app.reading.thread
        converted = []
        convert = desk._texts._converted
        desk._texts._converted = lambda comment: converted.append(comment.id) or convert(comment)
        await desk.leave()
        await desk.show(services.posts[1])
        app.reading.go(Column.CONVERSATION)
        await until(pilot, lambda: thread.count == 10_000 and thread._measuring is None)
        assert len(set(converted)) <= MEASURED_AROUND + 50
        assert "Word 1." in shown_text(app)
        thread.focus_comment("7000")
        await until(pilot, lambda: "Word 7000." in shown_text(app))
        await until(pilot, lambda: thread._measuring is None)
        assert len(set(converted)) <= 3 * MEASURED_AROUND + 100
        assert len(desk._texts) <= TEXTS_KEPT


async def test_scrolling_while_the_rest_of_a_long_post_comes_keeps_the_place():
    services = sample_services()
    whole = Document(blocks=tuple(Paragraph(spans=(Span(f"Paragraph {n}."),)) for n in range(200)))
    gate = asyncio.Event()

    async def text(post_id, at_first=None, *, of_feed=False):
        if at_first is not None:
            at_first(Document(blocks=whole.blocks[:40]))
        await gate.wait()
        return Text(whole, (), TextState(is_cut=False), None)

    async with reading(services) as (app, pilot):
        services.library.text = text
        await pilot.press("j", "enter")
        article = app.reading.article
        await until(pilot, lambda: "Paragraph 3." in shown_text(app))
        await pilot.press("j", "j", "j", "j", "j", "j", "j")
        place, top = article.place, article.top_line
        assert top >= 7
        gate.set()
        await until(pilot, lambda: len(article.heights) > 200)
        assert (article.place, article.top_line) == (place, top)
        assert "Paragraph 199." in [block.spans[0].text for block in app.reading.desk.document.blocks][-1]
