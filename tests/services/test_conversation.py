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


async def test_what_i_wrote_is_mine_however_it_comes(tmp_path, now):
    place = await desk(tmp_path, now)
    reply = await place.replying.begin(place.post_id, None, "Well said.")
    await place.replying.send(reply.id)
    place.engine.comments = [said(900, author_url=None), said(901, parent_id="900")]
    conversation = await place.conversations.load(place.post_id)
    assert [row.comment.is_mine for row in conversation.thread.rows] == [True, False]


async def test_my_conversations_tell_what_was_answered_to_me(tmp_path):
    clock = Clock()
    place = await desk(tmp_path, clock)
    reply = await place.replying.begin(place.post_id, None, "Well said.")
    await place.replying.send(reply.id)
    clock.later(hours=1)
    place.engine.comments = [said(900), said(901, 30, parent_id="900"), said(902, 40)]
    await place.conversations.load(place.post_id)
    (thread,) = await place.conversations.mine()
    assert (thread.mine, thread.answers, thread.new_answers, thread.post.new_comment_count) == (1, 1, 1, 2)
    assert thread.post.is_followed
    (answer,) = await place.conversations.answers()
    assert answer.comment.is_new
    done = await place.conversations.mark_answers_seen([answer])
    assert done is not None
    assert done.what == "1 comment to you marked read"
    assert (await place.conversations.mine())[0].new_answers == 0
    assert await place.conversations.mark_answers_seen() is None
    assert await place.conversations.mark_seen(place.post_id, ["902"]) is not None
    assert (await place.conversations.stored(place.post_id)).thread.new_count == 0


async def test_what_is_muted_keeps_its_place_and_is_not_new(tmp_path):
    clock = Clock()
    place = await desk(tmp_path, clock)
    clock.later(hours=1)
    place.engine.comments = [said(1, 1), said(2, 2, parent_id="1"), said(3, 3, parent_id="2"), said(4, 4)]
    await place.conversations.load(place.post_id)
    await place.conversations.mute_branch(place.post_id, "2")
    conversation = await place.conversations.stored(place.post_id)
    assert [row.comment.id for row in conversation.thread.rows] == ["1", "2", "3", "4"]
    assert conversation.muted == {"2": "branch", "3": "branch"}
    assert conversation.thread.new_count == 2
    await place.conversations.mute_author(place.post_id, "4")
    conversation = await place.conversations.stored(place.post_id)
    assert (conversation.muted["1"], conversation.muted["3"]) == ("author", "branch")
    assert conversation.thread.new_count == 0
    author, branch = await place.conversations.mutes()
    assert (author.kind, branch.kind) == ("author", "branch")
    await place.conversations.remove_mute(branch.id)
    await place.conversations.unmute(place.post_id, "1")
    assert (await place.conversations.stored(place.post_id)).muted == {}
