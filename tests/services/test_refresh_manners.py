"""When blogs are asked, what they may ask for, and that nothing is left behind."""

import asyncio
from datetime import timedelta

import httpx
import pytest

from tests.conftest import NOW
from tests.fakes import FakeEngine, followed
from tests.services.blog_server import BlogServer, Item
from tui_reader.net.client import Http
from tui_reader.services.conversation import Conversations
from tui_reader.services.refresh import Refresh
from tui_reader.storage import blogs, schedule
from tui_reader.storage.database import Database

HOUR = timedelta(hours=1)


class World:
    """Blogs on the net, each answered by a function, and a reader that follows them."""

    def __init__(self):
        self.clock = NOW
        self.answers = {}
        self.asked = []
        self.http = Http(transport=httpx.MockTransport(self._answer))
        self.database = Database.open(":memory:")
        now = lambda: self.clock  # noqa: E731
        self.now = now
        self.conversations = Conversations(self.database, (FakeEngine(),), now)
        self.service = Refresh(
            self.database,
            self.http,
            lambda: self.conversations,
            now,
            at_once=8,
            interval=HOUR,
            chance=lambda: 0.0,
        )

    async def _answer(self, request):
        self.asked.append(str(request.url))
        answer = self.answers[request.url.host](request)
        return await answer if asyncio.iscoroutine(answer) else answer

    async def follow(self, name, answer):
        self.answers[name] = answer
        blog, _ = await followed(self.database, self.now, [], url=f"https://{name}/")
        return blog.id

    async def run(self, ids=None, **more):
        return {
            step.latest.blog_id: step.latest async for step in self.service.run(ids, **more) if step.latest
        }

    async def wait(self, blog_id):
        known = (await self.database.read(schedule.schedules))[blog_id]
        return known.next_check and known.next_check - self.clock


@pytest.fixture
async def world():
    made = World()
    yield made
    await made.http.aclose()
    await made.database.close()


def feed(head="", **headers):
    body = f"<rss version='2.0'><channel><title>B</title>{head}</channel></rss>"
    return lambda request: httpx.Response(200, text=body, headers={"etag": '"1"', **headers})


async def test_a_blog_that_is_gone_says_so_and_is_not_asked_again_by_itself(world):
    blog_id = await world.follow("gone.example", lambda _: httpx.Response(410))
    done = await world.run()
    assert "gone for good" in done[blog_id].error
    (blog,) = await world.database.read(blogs.all_blogs)
    assert blog.gone_at == NOW
    world.clock += timedelta(days=90)
    assert await world.service.due() == ()
    world.answers["gone.example"] = feed()
    assert (await world.run())[blog_id].outcome == "unchanged"
    (blog,) = await world.database.read(blogs.all_blogs)
    assert blog.gone_at is None
    assert blog.error is None


@pytest.mark.parametrize("status", [429, 503])
async def test_who_asks_to_be_left_alone_is_left_alone_even_when_the_user_asks(world, status):
    blog_id = await world.follow(
        "busy.example", lambda _: httpx.Response(status, headers={"retry-after": "7200"})
    )
    await world.run()
    world.asked.clear()
    world.clock += HOUR
    done = await world.run()
    assert world.asked == []
    assert "left alone until" in done[blog_id].error
    world.clock += HOUR
    await world.run()
    assert world.asked == ["https://busy.example/feed/"]


async def test_a_blog_that_fails_is_asked_less_and_less_by_itself_but_always_when_told_to(world):
    blog_id = await world.follow("down.example", lambda _: httpx.Response(500))
    waits = []
    for _ in range(3):
        await world.run()
        waits.append(await world.wait(blog_id))
    assert waits == [2 * HOUR, 4 * HOUR, 8 * HOUR]
    assert len(world.asked) == 3
    world.answers["down.example"] = feed()
    await world.run()
    assert await world.wait(blog_id) == HOUR


@pytest.mark.parametrize(
    "answer",
    [feed("<ttl>300</ttl>"), feed(**{"cache-control": "public, max-age=18000"})],
    ids=["ttl", "max-age"],
)
async def test_what_a_blog_asks_for_counts_for_refreshes_nobody_asked_for(world, answer):
    blog_id = await world.follow("calm.example", answer)
    await world.run()
    assert await world.wait(blog_id) == 5 * HOUR
    world.clock += 2 * HOUR
    assert await world.service.due() == ()
    world.asked.clear()
    await world.run()
    assert len(world.asked) == 1


async def test_what_is_due_is_found_the_longest_waiting_first(world):
    first = await world.follow("a.example", feed("<title>x</title>"))
    second = await world.follow("b.example", feed())
    assert await world.service.due() == (first, second)
    await world.run([second])
    world.clock += timedelta(minutes=30)
    await world.run([first])
    assert await world.service.due() == ()
    world.clock += 2 * HOUR
    assert await world.service.due() == (second, first)


async def test_a_paused_blog_is_asked_only_when_it_is_named(world):
    blog_id = await world.follow("quiet.example", feed())
    await world.database.run(
        lambda db: db.execute("UPDATE blogs SET is_paused = 1 WHERE id = ?", (blog_id,)) and None
    )
    assert await world.run() == {}
    assert await world.service.due() == ()
    assert world.asked == []
    assert blog_id in await world.run([blog_id])


async def test_a_dead_blog_delays_nobody(world):
    gate = asyncio.Event()

    async def never(_):
        await gate.wait()
        return httpx.Response(500)

    dead = await world.follow("dead.example", never)
    others = [await world.follow(f"b{n}.example", feed()) for n in range(20)]
    seen = []
    progress = world.service.run()
    async for step in progress:
        if step.latest:
            seen.append(step.latest.blog_id)
        if len(seen) == len(others):
            break
    assert dead not in seen
    gate.set()
    await progress.aclose()


async def test_a_hundred_blogs_of_one_slow_host_do_not_hold_the_places_of_others(world):
    gate = asyncio.Event()

    async def slow(_):
        await gate.wait()
        return httpx.Response(500)

    world.answers["slow.example"] = slow
    for n in range(30):
        await followed(world.database, world.now, [], url=f"https://slow.example/{n}/")
    quick = await world.follow("quick.example", feed())
    progress = world.service.run()
    async for step in progress:
        if step.latest:
            assert step.latest.blog_id == quick
            break
    await progress.aclose()


async def test_who_stops_listening_leaves_nothing_running(world):
    gate, is_asked = asyncio.Event(), asyncio.Event()

    async def never(_):
        is_asked.set()
        await gate.wait()
        return httpx.Response(500)

    for n in range(20):
        await world.follow(f"b{n}.example", never)
    before = asyncio.all_tasks()
    progress = world.service.run()
    assert (await anext(progress)).total == 20
    waiting = asyncio.create_task(anext(progress))
    await is_asked.wait()
    waiting.cancel()
    with pytest.raises(asyncio.CancelledError):
        await waiting
    await progress.aclose()
    assert asyncio.all_tasks() == before


async def test_a_fault_of_ours_in_one_blog_is_seen_in_the_log_and_stops_nobody(world, monkeypatch, caplog):
    bad = await world.follow("bad.example", feed("<ttl>1</ttl>"))
    good = await world.follow("good.example", feed())
    keep = schedule.keep_items

    def broken(db, blog_id, *rest):
        if blog_id == bad:
            raise ZeroDivisionError
        return keep(db, blog_id, *rest)

    monkeypatch.setattr(schedule, "keep_items", broken)
    done = await world.run()
    assert (done[bad].outcome, done[good].outcome) == ("failed", "unchanged")
    assert "ZeroDivisionError" in caplog.text


async def test_only_what_is_new_in_a_changed_feed_is_parsed(world, monkeypatch):
    server = BlogServer(items=[Item(2), Item(1)])
    blog_id = await world.follow("b.example", server)
    await world.run()
    from tui_reader.services import feedwork

    read_feed, read = feedwork.read_feed, []

    async def told(*given):
        read.append(await read_feed(*given))
        return read[-1]

    monkeypatch.setattr(feedwork, "read_feed", told)
    server.items = [Item(3), Item(2), Item(1, title="Corrected")]
    done = await world.run()
    assert (done[blog_id].new_posts, done[blog_id].outcome) == (1, "changed")
    assert [post.title for post in read[0].feed.posts] == ["Post 3", "Corrected"]
    assert len(read[0].known) == 1
    titles = await world.database.read(lambda db: {t for (t,) in db.execute("SELECT title FROM posts")})
    assert titles == {"Corrected", "Post 2", "Post 3"}
