"""The lines that are typed: a query over the list of posts, commands; on real services."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import httpx
from textual.pilot import Pilot
from textual.widgets import Input
from ui_fakes import shown_text, until

from tui_reader.bootstrap import open_services
from tui_reader.ui.app import ReaderApp
from tui_reader.ui.columns import Column
from tui_reader.ui.widgets.prompt_line import PromptLine

TITLES = {
    "quay": ("A ferry to nowhere", "The old timetable", "Eggs for breakfast"),
    "salt": ("Four kinds of salt", "A ferry full of salt"),
    "late": ("Line 4, the last stop",),
}


async def blogs(request: httpx.Request) -> httpx.Response:
    name = request.url.host.partition(".")[0]
    items = "".join(
        f"<item><title>{title}</title><link>https://{name}.example/{at}/</link>"
        f"<pubDate>Mon, {20 - at} Jul 2026 10:00:00 GMT</pubDate><description>Words.</description></item>"
        for at, title in enumerate(TITLES[name])
    )
    return httpx.Response(
        200,
        text=f'<rss version="2.0"><channel><title>The {name}</title>'
        f"<link>https://{name}.example/</link>{items}</channel></rss>",
        headers={"content-type": "application/rss+xml"},
    )


@asynccontextmanager
async def reading(home: Path) -> AsyncIterator[tuple[ReaderApp, Pilot[Any]]]:
    services = open_services(home, transport=httpx.MockTransport(blogs), throw_away=True)
    for name in ("quay", "salt"):
        await services.subscriptions.add(f"https://{name}.example/feed/")
    app = ReaderApp(services)
    async with app.run_test(size=(132, 36)) as pilot:
        await until(pilot, lambda: len(app.reading.shelf.posts) == 5)
        yield app, pilot
    await services.close()


def listed(app: ReaderApp) -> list[str]:
    return [post.title for post in app.reading.shelf.posts]


async def test_a_query_narrows_the_list_and_an_empty_one_shows_all_again(tmp_path: Path) -> None:
    async with reading(tmp_path) as (app, pilot):
        await pilot.press("&", *"ferry -blog:salt", "enter")
        await until(pilot, lambda: listed(app) == ["A ferry to nowhere"])
        assert "only ferry -blog:salt" in shown_text(app)
        assert app.focused is app.reading.post_list
        # what was read no longer passes, and stays for as long as the list is open
        await pilot.press("&", *[*["backspace"] * 16, *"unread ferry"], "enter")
        await until(pilot, lambda: len(listed(app)) == 2)
        await pilot.press("m")
        await app.reading.shelf.load()
        assert len(listed(app)) == 2
        await pilot.press("&", *["backspace"] * 12, "enter")
        await until(pilot, lambda: len(listed(app)) == 5)
        assert "only" not in str(app.reading.post_list.border_subtitle)


async def test_a_query_that_is_none_is_told_while_it_is_typed_and_changes_nothing(tmp_path: Path) -> None:
    async with reading(tmp_path) as (app, pilot):
        await pilot.press("&", *"is:red")
        await until(pilot, lambda: "a post is unread, read" in app.reading.status_line.message)
        await pilot.press("enter")
        assert app.query_one(PromptLine).is_open
        assert len(listed(app)) == 5
        await pilot.press("escape")
        assert not app.query_one(PromptLine).is_open
        assert app.focused is app.reading.post_list


async def test_a_list_that_a_query_leaves_empty_says_so_with_the_key_that_helps(tmp_path: Path) -> None:
    async with reading(tmp_path) as (app, pilot):
        await pilot.press("&", *"zebra", "enter")
        await until(pilot, lambda: "Nothing here is zebra" in shown_text(app))
        assert "& changes or clears the filter" in shown_text(app)


async def test_commands_do_what_keys_do_and_take_words(tmp_path: Path) -> None:
    async with reading(tmp_path) as (app, pilot):
        await pilot.press(":", *"blog salt", "enter")
        await until(pilot, lambda: listed(app) == list(TITLES["salt"]))
        await pilot.press(":", *"star", "enter")
        await until(pilot, lambda: app.reading.shelf.posts[0].is_starred)
        await pilot.press(":", *"theme pap", "tab", "enter")
        await until(pilot, lambda: app.theme == "paper")
        await pilot.press(":", *"add https://late.example/feed/", "enter")
        await until(pilot, lambda: "The late: followed" in app.reading.status_line.message)
        await pilot.press(":", *"column.blogs", "enter")
        await until(pilot, lambda: app.reading.column is Column.BLOGS)


async def test_a_command_that_is_none_names_what_may_be_meant(tmp_path: Path) -> None:
    async with reading(tmp_path) as (app, pilot):
        for line, words in (
            ("filtre", "is filter"),
            ("theme ikn", "is ink meant?"),
            ("blog the", "2 blogs have “the” in their title"),
            ("filter is:red", "a post is unread"),
        ):
            await pilot.press(":", *line, "enter")
            await until(pilot, lambda words=words: words in app.reading.status_line.message)


async def test_what_was_typed_before_comes_back(tmp_path: Path) -> None:
    async with reading(tmp_path) as (app, pilot):
        await pilot.press(":", *"blog salt", "enter", ":", *"blog quay", "enter", ":", "up")
        field = app.query_one(PromptLine).query_one(Input)
        assert field.value == "blog quay"
        await pilot.press("up")
        assert field.value == "blog salt"
        await pilot.press("down", "down")
        assert field.value == ""
