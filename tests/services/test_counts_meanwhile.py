"""The numbers on the screen while blogs are refreshed and the user marks: one state of the file, always."""

import asyncio
import random

from tests.conftest import NOW
from tests.fakes import FakeEngine, desk, entry, followed
from tui_reader.domain.comment import Comment
from tui_reader.domain.update import decide
from tui_reader.services.library import Library, PostFilter
from tui_reader.storage import blogs, intake, post_lists
from tui_reader.storage.database import Database


def both(db):
    """What is told, and what a count gives, at one moment."""
    told = post_lists.counts(db)
    every = post_lists.list_posts(db)
    unread, later, new = (
        sum(not post.is_read for post in every),
        len(post_lists.list_posts(db, PostFilter(is_later=True))),
        sum(post.new_comment_count for post in every),
    )
    by_blog = sum(blog.unread for blog in blogs.all_blogs(db))
    return (
        (told.posts, told.unread, told.later, told.new_comments, told.unread),
        (len(every), unread, later, new, by_blog),
    )


async def test_counts_are_right_at_every_moment_of_a_refresh(tmp_path, now):
    chance = random.Random(7)
    database = Database.open(tmp_path / "reader.db")
    place = await desk(tmp_path, now, FakeEngine(), database)
    library = Library(database, lambda: None, now)
    places = [
        await followed(
            database,
            now,
            [entry(n, guid=f"{b}/{n}", url=f"https://b{b}.example/{n}/", published=NOW) for n in range(10)],
            url=f"https://b{b}.example/",
        )
        for b in range(8)
    ]

    async def refresh(blog, post_ids):
        for round in range(5):
            place.engine.comments = [Comment(id=str(n), author="Ann") for n in range(round * 2)]
            await place.conversations.fetch(chance.choice(post_ids))
            fresh = entry(100 + round, guid=f"new {blog.id}/{round}", url=f"{blog.url}new/{round}/")
            known = await database.read(intake.known_posts, blog.id)
            await database.run(intake.apply_update, blog.id, decide(known, [fresh]), now=NOW)

    async def read(blog, post_ids):
        for _ in range(5):
            await library.mark([chance.choice(post_ids)], read=True, later=True)
            await library.mark_all(PostFilter(blog_id=blog.id))
            await library.undo()
            await place.conversations.mark_seen(chance.choice(post_ids))

    moments = []

    async def look():
        for _ in range(60):
            moments.append(await database.read(both))
            await asyncio.sleep(0)

    await asyncio.gather(*(refresh(*one) for one in places), *(read(*one) for one in places), look())
    moments.append(await database.read(both))
    assert [told for told, _ in moments] == [counted for _, counted in moments]
    assert len({told for told, _ in moments}) > 10
    await database.close()
