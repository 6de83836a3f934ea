from datetime import timedelta

import pytest

from tests.conftest import NOW
from tests.fakes import desk, entry, followed
from tui_reader.domain.place import ReadingPlace
from tui_reader.errors import NotFoundError
from tui_reader.services.library import Library, PostFilter
from tui_reader.storage import post_texts
from tui_reader.storage.database import Database


@pytest.fixture
async def database(tmp_path):
    database = Database.open(tmp_path / "reader.db")
    yield database
    await database.close()


@pytest.fixture
async def shelf(tmp_path, now, database):
    """A library of three posts, the first a week older than the others."""
    place = await desk(tmp_path, now, database=database)
    await followed(
        database,
        now,
        [entry(2, published=NOW), entry(3, published=NOW), entry(4, published=NOW - timedelta(days=7))],
    )
    return Library(place.database, lambda: pytest.fail("nothing is fetched"), now)


async def test_each_shelf_holds_what_was_put_there_and_counts_it(shelf):
    one, two, *_ = await shelf.posts()
    await shelf.mark([one.id], later=True, followed=True)
    await shelf.mark([two.id], starred=True)
    assert [post.id for post in await shelf.posts(PostFilter(is_later=True))] == [one.id]
    assert [post.id for post in await shelf.posts(PostFilter(is_followed=True))] == [one.id]
    counts = await shelf.counts()
    assert (counts.later, counts.followed, counts.starred) == (1, 1, 1)
    assert (await shelf.post(one.id)).is_later


async def test_what_another_program_wrote_is_noticed_once_and_our_own_never(shelf, database, tmp_path):
    one, *_ = await shelf.posts()
    assert not await shelf.others_wrote()
    await shelf.mark([one.id], starred=True)
    assert not await shelf.others_wrote()
    other = Database.open(tmp_path / "reader.db")
    assert not await shelf.others_wrote()
    await other.run(lambda db: db.execute("UPDATE posts SET is_read = 1") and None)
    assert await shelf.others_wrote()
    assert not await shelf.others_wrote()
    await other.close()


async def test_opening_a_post_is_nothing_to_undo(shelf):
    one, two, *_ = await shelf.posts()
    done = await shelf.mark([one.id], starred=True)
    await shelf.mark([two.id], read=True, is_act=False)
    assert await shelf.last_act() == done
    assert await shelf.undo() == done
    assert (await shelf.post(two.id)).is_read
    assert not (await shelf.post(one.id)).is_starred


async def test_all_and_older_ones_become_read_and_come_back(shelf):
    total = (await shelf.counts()).unread
    older = await shelf.mark_all(before=NOW - timedelta(days=6))
    assert older is not None
    assert (await shelf.counts()).unread == total - 1
    every = await shelf.mark_all()
    assert (await shelf.counts()).unread == 0
    assert await shelf.mark_all() is None
    await shelf.undo(older)
    assert (await shelf.counts()).unread == 1
    assert await shelf.undo() == every
    assert (await shelf.counts()).unread == total
    with pytest.raises(NotFoundError):
        await shelf.undo(every)


async def test_a_long_post_shows_its_beginning_first_unless_the_place_is_further_down(shelf, database):
    post = (await shelf.posts())[0]
    html = "".join(f"<p>Paragraph {number}, of a few words.</p>" for number in range(2000))
    await database.run(post_texts.set_full_body, post.id, html)
    shown = []
    await shelf.save_place(post.id, ReadingPlace(block=900))
    further_down = await shelf.text(post.id, shown.append)
    assert shown == []
    shelf._bodies.clear()
    await shelf.save_place(post.id, ReadingPlace(block=0, line=1))
    from_the_top = await shelf.text(post.id, shown.append)
    assert [document.blocks for document in shown] == [from_the_top.document.blocks[: len(shown[0].blocks)]]
    assert further_down.document == from_the_top.document
    assert len(from_the_top.pace) == len(from_the_top.document.blocks) == 2000


async def test_the_place_in_a_post_is_there_after_a_restart(shelf, database, tmp_path, now):
    post = (await shelf.posts())[0]
    place = ReadingPlace(block=12, line=3, comment_id="7", folded=("4", "5"))
    await shelf.save_place(post.id, place)
    done = await shelf.mark([post.id], read=True)
    await database.close()
    again = Database.open(tmp_path / "reader.db")
    library = Library(again, lambda: pytest.fail("nothing is fetched"), now)
    assert (await library.text(post.id)).place == place
    other = (await library.posts())[1]
    assert (await library.text(other.id)).place is None
    assert await library.undo() == done
    await again.close()
