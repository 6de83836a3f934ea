"""Where one was in a post and its conversation, after a restart and on a terminal of another size."""

from datetime import UTC, datetime, timedelta

import httpx
import pytest
from ui_fakes import shown_text, until

from tui_reader.bootstrap import open_services
from tui_reader.domain.comment import Comment
from tui_reader.storage import comments
from tui_reader.ui.app import ReaderApp
from tui_reader.ui.columns import Column

NOW = datetime(2026, 8, 3, 12, 0, tzinfo=UTC)
WORDS = "Rope and weather, weather and rope, as the days go by on a quay that nobody remembers. " * 6
BODY = "".join(f"<p>Part {number}. {WORDS}</p>" for number in range(30))
FEED = f"""<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel>
<title>Harbour</title><link>https://harbour.example/</link><item><title>Rope</title><guid>1</guid>
<link>https://harbour.example/rope/</link><pubDate>Mon, 01 Jun 2026 10:00:00 GMT</pubDate>
<content:encoded><![CDATA[{BODY}]]></content:encoded></item></channel></rss>"""


def answer(request: httpx.Request) -> httpx.Response:
    if request.url.path == "/feed/":
        return httpx.Response(200, text=FEED, headers={"content-type": "application/rss+xml"})
    return httpx.Response(404)


def talk() -> list[Comment]:
    """Forty comments, every fourth one answered by the three after it."""
    return [
        Comment(
            id=str(number),
            parent_id=str(number - number % 4) if number % 4 else None,
            author=f"Reader {number}",
            html=f"<p>Words of number {number}. {WORDS}</p>",
            published=NOW - timedelta(hours=100 - number),
        )
        for number in range(40)
    ]


def opened(home):
    return open_services(home, transport=httpx.MockTransport(answer), now=lambda: NOW)


@pytest.fixture
async def home(tmp_path):
    services = opened(tmp_path)
    await services.subscriptions.add("https://harbour.example/feed/")
    await services.database.run(comments.store_loaded, 1, talk(), is_complete=True, now=NOW, seen_before=None)
    await services.close()
    return tmp_path


async def run(home, size, what):
    """The reader on this home, its post opened."""
    services = opened(home)
    app = ReaderApp(services)
    async with app.run_test(size=size) as pilot:
        await until(pilot, lambda: app.reading.desk.conversation is not None)
        await pilot.press("enter")
        await until(pilot, lambda: app.reading.desk.is_open and not app.reading.desk.is_loading)
        await what(app, pilot)
        await app.action_quit()
    await services.close()


async def test_place_in_post_and_thread_and_folds_are_there_again_on_a_terminal_of_another_size(home):
    async def leave_it(app, pilot):
        app.reading.article.position = (17, 3)
        await pilot.press("4")
        app.reading.thread.focus_comment("20")
        await pilot.press("space", "j", "j")
        assert app.reading.thread.cursor_key == "25"
        assert app.reading.thread.fold_state == {"20"}

    await run(home, (132, 36), leave_it)
    for size in ((80, 24), (200, 48), (40, 16), (132, 36)):

        async def find_it(app, pilot):
            article, thread = app.reading.article, app.reading.thread
            await pilot.press("4")
            await until(pilot, lambda: thread.cursor_key == "25")
            assert thread.fold_state == {"20"}
            assert "Words of number 25" in shown_text(app)
            await pilot.press("3")
            await until(pilot, lambda: article.pane_height > 0)
            # the same part of the post is at the top
            assert article.place[0] == 17
            assert "Part 16" in "".join(piece.text for piece in article.lines_of(17)[1])

        await run(home, size, find_it)


async def test_place_stays_while_the_terminal_changes_its_size(home):
    async def turn(app, pilot):
        article = app.reading.article
        article.position = (17, 3)
        await pilot.press("4")
        app.reading.thread.focus_comment("25")
        for size in ((80, 24), (40, 16), (200, 48), (60, 20), (132, 36)):
            await pilot.resize_terminal(*size)
            await pilot.pause()
            assert app.reading.thread.cursor_key == "25"
            assert "Reader 25" in shown_text(app)
            assert app.reading.column is Column.CONVERSATION
            await pilot.press("3")
            await pilot.pause()
            assert article.place[0] == 17
            await pilot.press("4")

    await run(home, (132, 36), turn)
