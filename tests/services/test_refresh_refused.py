"""Who is left alone when a server asks for it, and what does not suffer from that; blogs that became one."""

from datetime import timedelta

import httpx
import pytest

from tests.conftest import NOW
from tests.fakes import entry, followed
from tests.services.blog_server import BlogServer, Item
from tests.services.test_refresh_manners import HOUR, World, feed
from tui_reader import language
from tui_reader.storage import blogs, post_lists, schedule


@pytest.fixture
async def world():
    made = World()
    yield made
    await made.http.aclose()
    await made.database.close()


def busy(status, **headers):
    return lambda _: httpx.Response(status, headers=headers)


async def host_of_ten(world, answer):
    world.answers["crowd.example"] = answer
    return [
        (await followed(world.database, world.now, [], url=f"https://crowd.example/{n}/"))[0].id
        for n in range(10)
    ]


async def test_a_host_that_has_had_too_much_is_left_alone_by_all_of_its_blogs(world):
    crowd = await host_of_ten(world, busy(429, **{"retry-after": "7200"}))
    other = await world.follow("other.example", feed())
    done = await world.run()
    assert [url for url in world.asked if "crowd" in url][2:] == []
    assert {done[id].outcome for id in crowd} == {"failed"}
    assert sum("left alone until" in done[id].error for id in crowd) >= 8
    assert done[other].outcome == "unchanged"
    world.clock += HOUR
    assert set(await world.service.due()) & set(crowd) == set()
    world.asked.clear()
    await world.run()
    assert world.asked == ["https://other.example/feed/"]
    # what was never asked is no failure of the blog
    assert sum(blog.error is not None for blog in await world.database.read(blogs.all_blogs)) <= 2
    world.clock += HOUR
    world.answers["crowd.example"] = feed()
    assert {one.outcome for one in (await world.run()).values()} == {"unchanged"}


async def test_one_blog_that_is_being_mended_says_nothing_of_its_neighbours(world):
    await host_of_ten(world, busy(503, **{"retry-after": "7200"}))
    await world.run()
    assert len(world.asked) == 10


@pytest.mark.parametrize("status", [429, 503])
async def test_comments_that_are_refused_are_no_fault_of_the_posts_and_are_left_alone(world, status):
    server = BlogServer(items=[Item(2), Item(1)])

    def answer(request):
        if request.url.path.startswith("/comments"):
            return httpx.Response(status, headers={"retry-after": "7200"})
        return server(request)

    world.answers["b.example"] = answer
    blog, _ = await followed(
        world.database, world.now, [entry(1)], comments_feed_url="https://b.example/comments/feed/"
    )
    (done,) = (await world.run()).values()
    assert (done.outcome, done.new_posts, done.error) == ("changed", 1, None)
    assert (await world.database.read(blogs.get_blog, blog.id)).error is None
    known = (await world.database.read(schedule.schedules))[blog.id]
    assert known.not_before == NOW + 2 * HOUR
    world.clock += HOUR
    world.asked.clear()
    assert "left alone until" in (await world.run())[blog.id].error
    assert world.asked == []
    world.clock += HOUR + timedelta(seconds=1)
    assert (await world.run())[blog.id].error is None


async def test_a_conversation_that_is_refused_leaves_the_blog_alone(world, monkeypatch):
    server = BlogServer(items=[Item(1, comments=3)])
    blog_id = await world.follow("b.example", server)

    async def refused(*_):
        from tui_reader.errors import HttpStatusError

        raise HttpStatusError("https://b.example/", 429, "too many", retry_after=2 * HOUR)

    monkeypatch.setattr(world.conversations, "fetch", refused)
    done = await world.run()
    assert done[blog_id].new_posts == 1
    assert (await world.database.read(schedule.schedules))[blog_id].not_before == NOW + 2 * HOUR


async def test_a_blog_that_became_one_that_is_followed_says_so_and_doubles_nothing(world):
    server = BlogServer(items=[Item(2), Item(1)])
    stays = await world.follow("b.example", server)
    world.answers["old.example"] = lambda _: httpx.Response(
        301, headers={"location": "https://www.b.example/feed"}
    )
    moved = (await followed(world.database, world.now, [entry(9, guid="old")], url="https://old.example/"))[
        0
    ].id
    world.answers["www.b.example"] = lambda _: httpx.Response(
        308, headers={"location": "https://b.example/feed/"}
    )
    done = await world.run()
    assert (done[stays].outcome, done[stays].new_posts) == ("changed", 2)
    assert done[moved].outcome == "failed"
    assert "moved for good to a feed that you follow already, “The Blog”" in done[moved].error
    assert len(await world.database.read(post_lists.list_posts)) == 3
    assert (await world.database.read(blogs.get_blog, moved)).error == done[moved].error
    # it may be another blog's again
    world.answers["old.example"] = feed()
    assert (await world.run())[moved].error is None


async def test_why_a_blog_fails_and_what_helps_are_stored_and_told_in_the_language_of_the_moment(world):
    missing = await world.follow("missing.example", lambda _: httpx.Response(404))
    page = await world.follow("page.example", lambda _: httpx.Response(200, html="<html>no</html>"))
    away = await world.follow(
        "away.example", lambda _: httpx.Response(302, headers={"location": "https://page.example/x"})
    )
    done = await world.run()
    stored = await world.database.read(blogs.get_blog, missing)
    assert stored.error == done[missing].error == "there is no such page (404)"
    assert stored.advice == "check the address; the front page of the site often leads on"
    try:
        language.use("fr")
        told = await world.database.read(blogs.get_blog, missing)
        assert told.error not in {stored.error, ""}
        assert told.error.endswith("(404)")
        assert told.advice not in {stored.advice, ""}
        told = await world.database.read(blogs.get_blog, page)
        assert told.error == language._("that is a web page, not a feed") != done[page].error
        # where more is told than the kind knows it stays as it was said
        kept = await world.database.read(blogs.get_blog, away)
        assert (kept.error, kept.advice) == (done[away].error, "")
        # another failure is another one, and none is none
        world.answers["missing.example"] = lambda _: httpx.Response(200)
        await world.run()
        told = await world.database.read(blogs.get_blog, missing)
        assert (told.error, told.advice) == (language._("the answer is empty"), "")
    finally:
        language.use("en")
    world.answers["missing.example"] = feed()
    await world.run()
    well = await world.database.read(blogs.get_blog, missing)
    assert (well.error, well.advice) == (None, "")


async def test_a_reason_does_not_repeat_the_address_of_the_blog(world):
    blog_id = await world.follow("page.example", lambda _: httpx.Response(200, html="<html>no</html>"))
    away = await world.follow(
        "away.example", lambda _: httpx.Response(302, headers={"location": "https://page.example/x"})
    )
    done = await world.run()
    assert done[blog_id].error == "that is a web page, not a feed"
    assert done[away].error == "https://page.example/x: that is a web page, not a feed"
