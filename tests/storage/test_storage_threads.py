"""The user's own conversations, answers to him first."""

from collections.abc import Callable
from datetime import timedelta
from sqlite3 import Connection

from tests.conftest import NOW as NOON
from tui_reader.domain.comment import Comment
from tui_reader.domain.place import ReadingPlace
from tui_reader.domain.post import Post
from tui_reader.domain.reply import ReplyState
from tui_reader.storage import comments, marks, outbox, places, posts, threads


def said(id: int, **more) -> Comment:
    return Comment(id=str(id), author="Ann", published=NOON + timedelta(minutes=id), **more)


def load(db: Connection, post: Post, *loaded: Comment) -> None:
    comments.store_loaded(db, post.id, loaded, is_complete=False, now=NOON)


def test_conversations_with_answers_to_me_come_first_then_new_ones_then_the_latest(
    db: Connection, add_post: Callable[..., Post]
) -> None:
    answered, talked, quiet, older, strange = (add_post() for _ in range(5))
    load(db, answered, said(1, is_mine=True), said(2, parent_id="1"), said(3, parent_id="1"), said(4))
    load(db, talked, said(50, is_mine=True), said(60))
    load(db, quiet, said(200, is_mine=True))
    load(db, older, said(100))
    comments.mark_seen(db, older.id)
    marks.mark(db, [older.id], now=NOON, followed=True)
    load(db, strange, said(300))
    found = threads.mine(db)
    assert [one.post.id for one in found] == [answered.id, talked.id, quiet.id, older.id]
    first = found[0]
    assert (first.mine, first.answers, first.new_answers, first.post.new_comment_count) == (1, 2, 2, 3)
    assert first.my_last is not None
    assert first.my_last.id == "1"
    assert first.latest == NOON + timedelta(minutes=4)
    assert (found[3].mine, found[3].my_last, found[3].waiting) == (0, None, ())
    assert [one.post.id for one in threads.mine(db, limit=1)] == [answered.id]


def test_seen_answers_count_and_are_not_new(db: Connection, add_post: Callable[..., Post]) -> None:
    post = add_post()
    load(db, post, said(1, is_mine=True), said(2, parent_id="1"))
    marks.mark_seen(db, comments.answer_keys(db), now=NOON)
    (one,) = threads.mine(db)
    assert (one.answers, one.new_answers) == (1, 0)


def test_what_is_not_followed_on_purpose_is_left_out(db: Connection, add_post: Callable[..., Post]) -> None:
    post = add_post()
    load(db, post, said(1, is_mine=True))
    marks.mark(db, [post.id], now=NOON, followed=False)
    outbox.create_draft(db, post.id, None, now=NOON, text="half a thought")
    assert threads.mine(db) == ()


def test_a_reply_that_waits_makes_the_conversation_mine(
    db: Connection, add_post: Callable[..., Post]
) -> None:
    post, blank = add_post(), add_post()
    outbox.create_draft(db, post.id, None, now=NOON, text="half a thought")
    outbox.create_draft(db, blank.id, None, now=NOON, text=" ")
    (one,) = threads.mine(db)
    assert one.post.id == post.id
    assert [reply.state for reply in one.waiting] == [ReplyState.DRAFT]


def test_a_place_is_kept_until_a_later_one(db: Connection, add_post: Callable[..., Post]) -> None:
    post = add_post()
    assert places.get(db, post.id) is None
    places.save(db, post.id, ReadingPlace(block=7, line=2))
    whole = ReadingPlace(block=9, line=0, comment_id="12", folded=("3", "\ud800x"))
    places.save(db, post.id, whole)
    assert places.get(db, post.id) == ReadingPlace(block=9, line=0, comment_id="12", folded=("3", "\ufffdx"))
    assert posts.get_post(db, post.id) == post


def test_a_place_in_a_post_that_is_gone_is_not_kept(db: Connection) -> None:
    places.save(db, 99, ReadingPlace(block=1))
    assert places.get(db, 99) is None
