"""A visit ends five minutes after leaving; only then is what was there new no more."""

from collections.abc import Callable
from datetime import datetime, timedelta
from sqlite3 import Connection

import pytest

from tests.conftest import NOW as NOON
from tui_reader.domain.comment import Comment
from tui_reader.domain.post import Post
from tui_reader.storage import comments, visits


def at(minutes: float) -> datetime:
    return NOON + timedelta(minutes=minutes)


@pytest.fixture
def post(db: Connection, add_post: Callable[..., Post]) -> Post:
    post = add_post()
    comes(db, post, "early", 0)
    return post


def comes(db: Connection, post: Post, id: str, minutes: float) -> None:
    comments.store_loaded(db, post.id, [Comment(id=id)], is_complete=False, now=at(minutes))


def new(db: Connection, post: Post) -> list[str]:
    return [comment.id for comment in comments.comments_of(db, post.id) if comment.is_new]


def test_nothing_is_settled_while_the_reader_is_there(db: Connection, post: Post) -> None:
    visits.enter(db, post.id, now=at(1))
    assert visits.settle(db, now=at(600)) == ()
    assert new(db, post) == ["early"]


def test_a_visit_ends_five_minutes_after_leaving(db: Connection, post: Post) -> None:
    visits.enter(db, post.id, now=at(1))
    visits.leave(db, post.id, now=at(2))
    assert visits.settle(db, now=at(6.9)) == ()
    assert new(db, post) == ["early"]
    assert visits.settle(db, now=at(7)) == (post.id,)
    assert new(db, post) == []
    assert visits.settle(db, now=at(8)) == ()


def test_what_came_after_leaving_stays_new(db: Connection, post: Post) -> None:
    visits.enter(db, post.id, now=at(1))
    comes(db, post, "during", 2)
    comes(db, post, "at the leaving", 3)
    visits.leave(db, post.id, now=at(3))
    comes(db, post, "after", 4)
    visits.settle(db, now=at(9))
    assert new(db, post) == ["after"]


def test_coming_back_within_five_minutes_goes_on_with_the_visit(db: Connection, post: Post) -> None:
    visits.enter(db, post.id, now=at(1))
    visits.leave(db, post.id, now=at(2))
    visits.enter(db, post.id, now=at(6))
    assert visits.settle(db, now=at(20)) == ()
    assert new(db, post) == ["early"]
    comes(db, post, "late", 21)
    visits.leave(db, post.id, now=at(22))
    assert visits.settle(db, now=at(27)) == (post.id,)
    assert new(db, post) == []


def test_coming_back_later_begins_a_new_visit(db: Connection, post: Post) -> None:
    visits.enter(db, post.id, now=at(1))
    visits.leave(db, post.id, now=at(2))
    comes(db, post, "later", 5)
    visits.enter(db, post.id, now=at(8))
    assert new(db, post) == ["later"]


def test_a_program_that_died_does_not_keep_a_visit_open_for_ever(db: Connection, post: Post) -> None:
    visits.enter(db, post.id, now=at(1))
    comes(db, post, "later", 30)
    assert visits.settle(db, now=at(12 * 60)) == ()
    assert visits.settle(db, now=at(12 * 60 + 1)) == (post.id,)
    assert new(db, post) == ["later"]


def test_a_clock_that_was_set_back_does_not_keep_a_visit_open(db: Connection, post: Post) -> None:
    visits.enter(db, post.id, now=at(1))
    visits.leave(db, post.id, now=at(100))
    assert visits.settle(db, now=at(50)) == (post.id,)
    assert new(db, post) == []


def test_leaving_twice_does_not_lengthen_the_visit(db: Connection, post: Post) -> None:
    visits.enter(db, post.id, now=at(1))
    visits.leave(db, post.id, now=at(2))
    visits.leave(db, post.id, now=at(6))
    assert visits.settle(db, now=at(7)) == (post.id,)


def test_each_post_has_its_own_visit(db: Connection, post: Post, add_post: Callable[..., Post]) -> None:
    other = add_post()
    comes(db, other, "elsewhere", 0)
    visits.enter(db, post.id, now=at(1))
    visits.leave(db, post.id, now=at(2))
    visits.enter(db, other.id, now=at(2))
    assert visits.settle(db, now=at(10)) == (post.id,)
    assert new(db, other) == ["elsewhere"]


def test_a_visit_to_a_post_that_is_gone_is_nothing(db: Connection) -> None:
    visits.enter(db, 99, now=at(1))
    visits.leave(db, 99, now=at(2))
    assert visits.settle(db, now=at(99)) == ()
