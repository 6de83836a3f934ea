"""The whole way on a real WordPress, by the keys of the screens."""

import asyncio

import pytest

from tui_reader.bootstrap import open_services
from tui_reader.ui.app import ReaderApp
from tui_reader.ui.widgets.composer import Composer
from tui_reader.ui.widgets.thread_view import ThreadView

pytestmark = pytest.mark.live


async def until(pilot, holds, seconds=60):
    """Waits for the screens to come to a state; what they wait for is a real server."""
    for _ in range(seconds * 20):
        await pilot.pause()
        if holds():
            return
        await asyncio.sleep(0.05)
    raise AssertionError("the screens did not get there")


@pytest.mark.parametrize("key", ["marees", "boite-aux-lettres"], ids=["published", "held"])
async def test_read_and_answer_with_keys_alone(wordpress, tmp_path, key):
    services = open_services(tmp_path / "home", throw_away=True)
    await services.replying.add_identity(name="Nolwenn Tanguy", email="nolwenn@readers.example")
    await services.subscriptions.add(wordpress.url)
    app = ReaderApp(services)
    async with app.run_test(size=(132, 36)) as pilot:
        await until(pilot, lambda: app.reading.query("PostList").first().posts)
        await pilot.press("2")
        titles = [post.title for post in app.reading.query("PostList").first().posts]
        for _ in range(titles.index(wordpress.posts[key].title)):
            await pilot.press("j")
        await pilot.press("enter")
        await until(pilot, lambda: app.reading.query(ThreadView) and app.reading.thread.count)
        thread = app.reading.thread
        await pilot.press("4", "g", "r")
        await until(pilot, lambda: app.reading.query(Composer))
        await pilot.press(*"Oui")
        await pilot.press("ctrl+s")
        await until(pilot, lambda: any("Oui" in row["comment_content"] for row in wordpress.all_of(key)))
        await until(pilot, lambda: not app.reading.query(Composer).first().display)
        await until(pilot, lambda: thread.focused_comment is not None and thread.focused_comment.is_mine)
        mine = thread.focused_comment
    await services.close()
    assert mine.state == ("held" if key == "boite-aux-lettres" else "published")
    row = wordpress.stored(mine.id)
    assert row["comment_parent"] == mine.parent_id
