from datetime import timedelta

from tests.conftest import NOW
from tests.fakes import FakeEngine, desk, entry, followed
from tui_reader.domain.comment import Comment, CommentState


def said(number, minutes=0, **more):
    return Comment(
        id=str(number), author="Ann", published=NOW + timedelta(minutes=minutes), html="<p>Yes.</p>", **more
    )


class Clock:
    def __init__(self):
        self.time = NOW

    def __call__(self):
        return self.time

    def later(self, **span):
        self.time += timedelta(**span)


async def test_what_was_there_before_the_subscription_is_not_new(tmp_path):
    clock = Clock()
    place = await desk(tmp_path, clock, FakeEngine(comments=[said(1, -60), said(2, -30)]))
    conversation = await place.conversations.load(place.post_id)
    assert conversation.thread.new_count == 0


async def test_comments_that_come_later_are_new_until_five_minutes_after_the_visit(tmp_path):
    clock = Clock()
    place = await desk(tmp_path, clock, FakeEngine(comments=[said(1, -60)]))
    await place.conversations.load(place.post_id)
    place.engine.comments.append(said(2, 1))
    clock.later(hours=1)
    await place.conversations.enter(place.post_id)
    assert (await place.conversations.load(place.post_id)).thread.new_count == 1
    assert (await place.conversations.load(place.post_id)).thread.new_count == 1
    await place.conversations.leave(place.post_id)
    clock.later(minutes=4)
    await place.conversations.enter(place.post_id)
    assert (await place.conversations.stored(place.post_id)).thread.new_count == 1
    await place.conversations.leave(place.post_id)
    clock.later(minutes=6)
    await place.conversations.enter(place.post_id)
    assert (await place.conversations.stored(place.post_id)).thread.new_count == 0


async def test_what_came_while_away_stays_new_at_the_next_visit(tmp_path):
    clock = Clock()
    place = await desk(tmp_path, clock, FakeEngine(comments=[said(1, -60)]))
    await place.conversations.enter(place.post_id)
    await place.conversations.load(place.post_id)
    await place.conversations.leave(place.post_id)
    clock.later(hours=1)
    place.engine.comments.append(said(2, 50))
    await place.conversations.load(place.post_id)
    await place.conversations.enter(place.post_id)
    assert (await place.conversations.stored(place.post_id)).thread.new_count == 1


async def test_comments_once_seen_are_kept_when_the_blog_stops_listing_them(tmp_path, now):
    place = await desk(tmp_path, now, FakeEngine(comments=[said(1), said(2, parent_id="1")]))
    await place.conversations.load(place.post_id)
    place.engine.comments = [said(2, parent_id="1")]
    rows = (await place.conversations.load(place.post_id)).thread.rows
    assert [(row.comment.id, row.depth, row.comment.state) for row in rows] == [
        ("1", 0, CommentState.REMOVED),
        ("2", 1, CommentState.PUBLISHED),
    ]


async def test_an_incomplete_load_removes_nothing(tmp_path, now):
    place = await desk(tmp_path, now, FakeEngine(comments=[said(1), said(2)]))
    await place.conversations.load(place.post_id)
    place.engine.comments, place.engine.is_complete = [said(2)], False
    rows = (await place.conversations.load(place.post_id)).thread.rows
    assert {row.comment.state for row in rows} == {CommentState.PUBLISHED}


async def test_the_next_post_with_new_comments_is_found(tmp_path):
    clock = Clock()
    place = await desk(tmp_path, clock)
    _, (other,) = await followed(
        place.database,
        clock,
        [entry(7, guid="https://c.example/?p=7", url="https://c.example/7/")],
        url="https://c.example/",
    )
    await place.conversations.load(other)
    assert await place.conversations.next_post_with_new(place.post_id) is None
    clock.later(hours=1)
    place.engine.comments = [said(1, 30)]
    await place.conversations.load(other)
    found = await place.conversations.next_post_with_new(place.post_id)
    assert found is not None
    assert found.id == other
