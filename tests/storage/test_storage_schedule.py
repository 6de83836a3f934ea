"""What wants loading is said by what is stored, and when blogs are asked survives every restart."""

from dataclasses import replace
from datetime import timedelta

import pytest

from tests.conftest import NOW
from tests.fakes import entry, followed
from tui_reader.domain.conversation import LoadedConversation
from tui_reader.domain.schedule import Came, Hints
from tui_reader.domain.update import decide
from tui_reader.storage import intake, posts, schedule
from tui_reader.storage.database import Database
from tui_reader.storage.schedule import Talk

HOUR = timedelta(hours=1)


class Stored:
    def __init__(self, database):
        self.database = database
        self.blog_id = 0

    async def feed(self, *entries, is_backlog=False):
        def apply(db):
            update = decide(intake.known_posts(db, self.blog_id), entries)
            return intake.apply_update(db, self.blog_id, update, now=NOW, is_backlog=is_backlog)

        return await self.database.run(apply)

    async def wanting(self, *, is_asked=False):
        return await self.database.read(schedule.wanting, self.blog_id, is_asked=is_asked)

    async def load(self, post_id):
        await self.database.run(posts.set_conversation, post_id, LoadedConversation(engine="fake"), now=NOW)

    async def now(self):
        return (await self.database.read(schedule.schedules))[self.blog_id]


@pytest.fixture
async def stored():
    made = Stored(Database.open(":memory:"))
    blog, _ = await followed(made.database, lambda: NOW, [entry(1, comment_count=3), entry(2)])
    made.blog_id = blog.id
    yield made
    await made.database.close()


async def test_what_was_there_at_the_subscription_wants_no_loading(stored):
    assert await stored.wanting() == ()


async def test_a_count_that_moves_wants_loading_until_it_is_loaded(stored):
    await stored.feed(entry(1, comment_count=4))
    (post_id,) = await stored.wanting()
    await stored.feed(entry(1, comment_count=4))
    assert await stored.wanting() == (post_id,)
    await stored.load(post_id)
    assert await stored.wanting() == ()


async def test_a_new_post_wants_loading_when_it_comes_with_comments(stored):
    applied = await stored.feed(entry(3, comment_count=2), entry(4, comment_count=0), entry(5))
    assert await stored.wanting() == applied.new[:1]


async def test_what_fails_again_and_again_waits_for_the_user(stored):
    await stored.feed(entry(1, comment_count=4))
    (post_id,) = await stored.wanting()
    for _ in range(schedule.MOST_FAILURES):
        await stored.database.run(schedule.load_failed, post_id)
    assert await stored.wanting() == ()
    assert await stored.wanting(is_asked=True) == (post_id,)
    await stored.feed(entry(1, comment_count=5))
    assert await stored.wanting() == (post_id,)


async def test_blogs_with_something_to_load_are_told(stored):
    assert await stored.database.read(schedule.blogs_wanting) == frozenset()
    await stored.feed(entry(1, comment_count=4))
    assert await stored.database.read(schedule.blogs_wanting) == {stored.blog_id}


async def test_entries_are_known_as_long_as_their_post_is(stored):
    run, read = stored.database.run, stored.database.read
    await run(
        schedule.keep_items, stored.blog_id, (), {"h1": entry(1).guid, "h2": entry(2).guid, "h9": "none"}
    )
    known = await read(schedule.known_items, stored.blog_id)
    assert set(known) == {"h1", "h2"}
    await run(schedule.keep_items, stored.blog_id, ("h2",), {"h3": entry(1).guid})
    assert set(await read(schedule.known_items, stored.blog_id)) == {"h2", "h3"}
    await run(lambda db: db.execute("DELETE FROM posts WHERE id = ?", (known["h2"],)) and None)
    assert set(await read(schedule.known_items, stored.blog_id)) == {"h3"}


async def test_opened_posts_that_left_the_feed_are_wanted(stored):
    await stored.database.run(schedule.keep_items, stored.blog_id, (), {"h1": entry(1).guid})
    ids = await stored.database.read(
        lambda db: [id for (id,) in db.execute("SELECT id FROM posts ORDER BY guid")]
    )
    for post_id in ids:
        await stored.load(post_id)
    assert await stored.database.run(schedule.want_followed, stored.blog_id) == (ids[1],)
    assert await stored.database.read(schedule.in_feed, stored.blog_id) == {ids[0]}


async def test_failures_are_counted_until_it_answers(stored):
    run = stored.database.run
    for expected in (1, 2):
        await run(schedule.set_checked, stored.blog_id, Came.FAILED, now=NOW, next_check=NOW + HOUR)
        assert (await stored.now()).habits.failures == expected
    await run(schedule.set_checked, stored.blog_id, Came.UNCHANGED, now=NOW, next_check=NOW + HOUR)
    assert (await stored.now()).habits.failures == 0


async def test_hints_stay_until_a_feed_says_others(stored):
    hints = Hints(least_wait=HOUR, skip_hours=frozenset({0, 23}), skip_days=frozenset({6}))
    run = stored.database.run
    await run(schedule.set_checked, stored.blog_id, Came.CHANGED, now=NOW, next_check=NOW + HOUR, hints=hints)
    await run(schedule.set_checked, stored.blog_id, Came.UNCHANGED, now=NOW, next_check=NOW + HOUR)
    assert (await stored.now()).habits.hints == hints


async def test_when_it_changed_last_is_kept(stored):
    run = stored.database.run
    await run(schedule.set_checked, stored.blog_id, Came.CHANGED, now=NOW, next_check=None)
    await run(schedule.set_checked, stored.blog_id, Came.UNCHANGED, now=NOW + HOUR, next_check=None)
    assert (await stored.now()).habits.changed_at == NOW


async def test_what_was_seen_of_the_comments_is_kept(stored):
    talk = Talk(
        api_root="https://b.example/wp-json/",
        etag='"1"',
        last_modified="today",
        body_hash="ab",
        listed=(3, 2, 1),
        total=3,
        counted_at=NOW,
    )
    await stored.database.run(schedule.set_talk, stored.blog_id, talk)
    assert (await stored.now()).talk == talk
    await stored.database.run(schedule.set_counted, stored.blog_id, now=NOW + HOUR)
    assert (await stored.now()).talk == replace(talk, counted_at=NOW + HOUR)


async def test_a_server_that_wants_no_request_is_not_due(stored):
    read = stored.database.read
    assert await read(schedule.due, now=NOW) == (stored.blog_id,)
    await stored.database.run(schedule.leave_alone, stored.blog_id, NOW + HOUR)
    await stored.database.run(schedule.leave_alone, stored.blog_id, NOW)
    assert await read(schedule.due, now=NOW) == ()
    assert await read(schedule.due, now=NOW + HOUR) == (stored.blog_id,)


async def test_blogs_of_old_posts_that_were_never_opened_are_silent(stored):
    read = stored.database.read
    assert await read(schedule.talked_about, since=NOW) == {stored.blog_id}
    later = NOW + timedelta(days=400)
    assert await read(schedule.talked_about, since=later) == frozenset()
    await stored.load(1)
    assert await read(schedule.talked_about, since=later) == {stored.blog_id}
