"""Ways to look at a conversation: an order loses nothing, a part holds what its comments answer."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from tui_reader.domain.comment import Comment, CommentKind
from tui_reader.domain.thread import in_reading_order
from tui_reader.domain.views import View, viewed

NOW = datetime(2026, 8, 3, 12, 0, tzinfo=UTC)


def said(id, to=None, **more):
    moment = NOW + timedelta(minutes=int(id))
    return Comment(**({"id": id, "parent_id": to, "author": f"P{id}", "published": moment} | more))


TALK = in_reading_order(
    [
        said("1"),
        said("2", "1"),
        said("3", "2", is_new=True),
        said("4", "1", is_by_post_author=True),
        said("5"),
        said("6", "5", is_by_post_author=True, published=None),
        said("7", "6", is_new=True),
        said("8", kind=CommentKind.PINGBACK, is_new=True),
        said("9", kind=CommentKind.PINGBACK),
    ]
)


def shape(view):
    return [(row.comment.id, row.depth, row.replies, row.new_replies) for row in view.thread.rows]


def test_only_new_keeps_what_it_answers_and_counts_anew():
    view = viewed(TALK, View.NEW)
    assert shape(view) == [
        ("1", 0, 2, 1),
        ("2", 1, 1, 1),
        ("3", 2, 0, 0),
        ("5", 0, 2, 1),
        ("6", 1, 1, 1),
        ("7", 2, 0, 0),
    ]
    assert view.context == {"1", "2", "5", "6"}
    assert [ping.id for ping in view.thread.pings] == ["8"]


def test_what_was_new_when_the_view_was_chosen_stays_in_it():
    assert [
        row[0] for row in shape(viewed(in_reading_order([said("1"), said("2")]), View.NEW, new={"2"}))
    ] == ["2"]


def test_only_the_author_with_what_that_answers():
    view = viewed(TALK, View.AUTHOR)
    assert [row[0] for row in shape(view)] == ["1", "4", "5", "6"]
    assert view.context == {"1", "5"}


def test_orders_by_date_lose_nothing_and_put_the_undated_last():
    assert [row[0] for row in shape(viewed(TALK, View.NEWEST))] == ["7", "5", "4", "3", "2", "1", "6"]
    assert [row[0] for row in shape(viewed(TALK, View.OLDEST))] == ["1", "2", "3", "4", "5", "7", "6"]
    assert viewed(TALK, View.OLDEST).thread.pings == TALK.pings


@given(st.lists(st.tuples(st.integers(-1, 30), st.booleans(), st.booleans()), max_size=30))
def test_every_part_is_a_thread_of_its_own(links):
    comments = [
        said(str(number), str(to) if 0 <= to < number else None, is_new=is_new, is_by_post_author=is_author)
        for number, (to, is_new, is_author) in enumerate(links)
    ]
    whole = in_reading_order(comments)
    for view in (View.NEW, View.AUTHOR):
        part = viewed(whole, view)
        # read anew from its comments alone it is the same: no parent is missing, every number is right
        assert in_reading_order([row.comment for row in part.thread.rows]).rows == part.thread.rows
        wanted = {c.id for c in comments if (c.is_new if view is View.NEW else c.is_by_post_author)}
        assert wanted == {row.comment.id for row in part.thread.rows} - part.context
    for view in (View.NEWEST, View.OLDEST):
        assert sorted(row.comment.id for row in viewed(whole, view).thread.rows) == sorted(
            c.id for c in comments
        )
