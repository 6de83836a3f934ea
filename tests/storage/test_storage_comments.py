"""Comments: once seen they are kept, and what is new stays marked until it was seen."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from sqlite3 import Connection

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.conftest import NOW as NOON
from tui_reader.domain.comment import Comment, CommentKind, CommentState
from tui_reader.domain.feed import ParsedPost
from tui_reader.domain.post import Post
from tui_reader.domain.reply import Outcome, ReplyState
from tui_reader.domain.update import PostUpdate
from tui_reader.errors import NotFoundError
from tui_reader.storage import blogs, comments, intake, outbox
from tui_reader.storage.comments import StoreResult
from tui_reader.storage.database import Database
from tui_reader.storage.values import text, text_or_none

HOUR = timedelta(hours=1)
WHOLE = Comment(
    id="7",
    parent_id="3",
    author="Ann",
    author_url="https://ann.example/",
    published=NOON - HOUR,
    html="<p>Well said.",
    url="https://a.example/1#comment-7",
    is_by_post_author=True,
)


@pytest.fixture
def post(add_post: Callable[..., Post]) -> Post:
    return add_post()


def load(db: Connection, post: Post, *loaded: Comment, is_complete: bool = True, **given) -> StoreResult:
    return comments.store_loaded(db, post.id, loaded, is_complete=is_complete, now=NOON, **given)


def stored(db: Connection, post: Post) -> dict[str, Comment]:
    return {comment.id: comment for comment in comments.comments_of(db, post.id)}


def test_a_comment_comes_back_as_it_was_loaded_and_new(db: Connection, post: Post) -> None:
    assert load(db, post, WHOLE) == StoreResult(new=("7",), unseen=("7",))
    assert stored(db, post)["7"] == replace(WHOLE, is_new=True)


def test_a_second_load_of_the_same_changes_nothing(db: Connection, post: Post) -> None:
    load(db, post, WHOLE, Comment(id="8"))
    assert load(db, post, WHOLE, Comment(id="8")) == StoreResult()
    assert load(db, post, WHOLE, is_complete=False) == StoreResult()


def test_an_edited_comment_is_changed_and_as_new_as_it_was(db: Connection, post: Post) -> None:
    load(db, post, WHOLE)
    comments.mark_seen(db, post.id)
    edited = replace(WHOLE, html="<p>Well put.", parent_id=None, author="")
    assert load(db, post, edited) == StoreResult(changed=("7",))
    assert stored(db, post)["7"] == edited


def test_a_comment_that_is_shown_no_more_is_kept_as_removed_and_comes_back(
    db: Connection, post: Post
) -> None:
    load(db, post, WHOLE, Comment(id="8"))
    assert load(db, post, Comment(id="8"), is_complete=False) == StoreResult()
    assert load(db, post, Comment(id="8")) == StoreResult(removed=("7",))
    assert stored(db, post)["7"] == replace(WHOLE, state=CommentState.REMOVED, is_new=True)
    assert load(db, post, Comment(id="8")) == StoreResult()
    assert load(db, post, WHOLE, Comment(id="8")) == StoreResult(changed=("7",))
    assert stored(db, post)["7"].state is CommentState.PUBLISHED


def test_what_a_poorer_source_leaves_out_is_not_forgotten(db: Connection, post: Post) -> None:
    ping = replace(WHOLE, id="9", kind=CommentKind.PINGBACK)
    load(db, post, WHOLE, ping)
    assert load(db, post, Comment(id="7"), Comment(id="9"), is_complete=False) == StoreResult()
    assert stored(db, post)["9"].kind is CommentKind.PINGBACK
    richer = replace(WHOLE, parent_id="4", html="<p>Mended.")
    assert load(db, post, richer, is_complete=False) == StoreResult(changed=("7",))
    assert stored(db, post)["7"].parent_id == "4"


def test_of_two_comments_with_one_id_the_later_counts(db: Connection, post: Post) -> None:
    load(db, post, replace(WHOLE, html="first"), replace(WHOLE, html="second"))
    assert [comment.html for comment in comments.comments_of(db, post.id)] == ["second"]


@pytest.mark.parametrize(
    ("comment", "seen_before", "is_new"),
    [
        (Comment(id="1", published=NOON - HOUR), None, True),
        (Comment(id="1", published=NOON - HOUR), NOON, False),
        (Comment(id="1", published=NOON), NOON, False),
        (Comment(id="1", published=NOON + HOUR), NOON, True),
        (Comment(id="1"), NOON, False),
        (Comment(id="1"), None, True),
        (Comment(id="1", is_mine=True), None, False),
    ],
    ids=["no subscription", "before", "at", "after", "undated backlog", "undated", "mine"],
)
def test_what_was_there_at_the_subscription_and_what_is_mine_is_not_new(
    db: Connection, post: Post, comment: Comment, seen_before, is_new: bool
) -> None:
    result = load(db, post, comment, seen_before=seen_before)
    assert result == StoreResult(new=("1",), unseen=("1",) if is_new else ())
    assert stored(db, post)["1"].is_new is is_new


def test_a_reload_never_wipes_the_marks(db: Connection, post: Post) -> None:
    load(db, post, WHOLE)
    load(db, post, replace(WHOLE, html="<p>Edited."), seen_before=NOON + HOUR)
    assert stored(db, post)["7"].is_new


def test_seen_comments_are_new_no_more(db: Connection, post: Post) -> None:
    load(db, post, *(Comment(id=str(n)) for n in range(4)))
    assert comments.mark_seen(db, post.id, ["1", "2", "unknown"]) == 2
    assert comments.mark_seen(db, post.id, ["1"]) == 0
    assert [comment.is_new for comment in comments.comments_of(db, post.id)] == [True, False, False, True]
    assert comments.mark_seen(db, post.id) == 2


def test_a_comment_of_mine_that_was_held_is_published_when_it_appears(db: Connection, post: Post) -> None:
    held = Comment(id="7", html="<p>Mine.", state=CommentState.HELD, is_mine=True)
    comments.add_mine(db, post.id, held, now=NOON)
    assert stored(db, post)["7"] == held
    assert load(db, post) == StoreResult()
    assert stored(db, post)["7"].state is CommentState.HELD
    assert load(db, post, replace(WHOLE, html="<p>Mine.")) == StoreResult(changed=("7",))
    appeared = stored(db, post)["7"]
    assert (appeared.state, appeared.is_mine, appeared.is_new) == (CommentState.PUBLISHED, True, False)


def test_what_the_blog_shows_of_my_comment_is_better_than_what_i_sent(db: Connection, post: Post) -> None:
    load(db, post, WHOLE)
    sent = Comment(id="7", html="Well said.", author="ann", state=CommentState.HELD)
    comments.add_mine(db, post.id, sent, now=NOON)
    assert stored(db, post)["7"] == replace(WHOLE, is_mine=True)


def test_a_comment_of_mine_that_was_removed_and_sent_again_is_there(db: Connection, post: Post) -> None:
    load(db, post, WHOLE)
    load(db, post)
    comments.add_mine(db, post.id, Comment(id="7", state=CommentState.HELD), now=NOON)
    assert stored(db, post)["7"].state is CommentState.HELD


def test_a_reply_that_arrived_is_mine_also_when_a_reload_brings_it(db: Connection, post: Post) -> None:
    reply = outbox.create_draft(db, post.id, None, now=NOON, text="Well said.")
    outbox.begin_sending(db, reply.id, now=NOON)
    outbox.set_outcome(db, reply.id, Outcome(state=ReplyState.PUBLISHED, comment_id="7"), now=NOON)
    assert load(db, post, WHOLE) == StoreResult(new=("7",))
    assert stored(db, post)["7"] == replace(WHOLE, is_mine=True)


def test_a_reload_that_was_quicker_than_the_outcome_does_no_harm(db: Connection, post: Post) -> None:
    reply = outbox.create_draft(db, post.id, None, now=NOON, text="Well said.")
    outbox.begin_sending(db, reply.id, now=NOON)
    load(db, post, WHOLE)
    outbox.set_outcome(db, reply.id, Outcome(state=ReplyState.PUBLISHED, comment_id="7"), now=NOON)
    assert stored(db, post)["7"] == replace(WHOLE, is_mine=True)


def test_answers_are_others_comments_under_mine_newest_first(
    db: Connection, post: Post, add_post: Callable[..., Post]
) -> None:
    other = add_post()
    for place in (post, other):
        comments.add_mine(db, place.id, Comment(id="1"), now=NOON)
    load(
        db,
        post,
        Comment(id="1"),
        Comment(id="2", parent_id="1", published=NOON - HOUR),
        Comment(id="3", parent_id="2"),
        Comment(id="4", parent_id="1", is_mine=True),
    )
    load(db, other, Comment(id="1"), Comment(id="5", parent_id="1", published=NOON - 2 * HOUR))
    found = comments.answers(db)
    assert [(answer.post.id, answer.comment.id) for answer in found] == [(post.id, "2"), (other.id, "5")]
    assert len(comments.answers(db, limit=1)) == 1


def test_what_hangs_on_nothing_is_told(db: Connection, post: Post) -> None:
    with pytest.raises(NotFoundError, match="no post 99"):
        comments.store_loaded(db, 99, [WHOLE], is_complete=True, now=NOON)
    with pytest.raises(NotFoundError, match="no post 99"):
        comments.add_mine(db, 99, WHOLE, now=NOON)


NASTY = st.text(st.characters(exclude_categories=()), max_size=12)
LOADED = st.builds(
    Comment,
    id=NASTY,
    parent_id=st.none() | NASTY,
    author=NASTY,
    author_url=st.none() | NASTY,
    published=st.none() | st.datetimes(timezones=st.just(NOON.tzinfo)),
    html=NASTY,
    url=st.none() | NASTY,
    kind=st.sampled_from(CommentKind),
    state=st.sampled_from([CommentState.PUBLISHED, CommentState.HELD]),
    is_mine=st.booleans(),
    is_by_post_author=st.booleans(),
)


@settings(deadline=None, max_examples=40)
@given(st.lists(LOADED, max_size=6))
def test_any_comments_come_back_as_they_were_but_for_what_cannot_be_stored(loaded: list[Comment]) -> None:
    database = Database.open(":memory:")
    db = database._connection
    blog = blogs.add_blog(db, url="https://a.example/", feed_url="", title="", now=NOON)
    update = PostUpdate(new=(ParsedPost(guid="g", url="", title=""),))
    (post_id,) = intake.apply_update(db, blog.id, update, now=NOON).new
    comments.store_loaded(db, post_id, loaded, is_complete=True, now=NOON)
    expected = {
        text(comment.id): replace(
            comment,
            id=text(comment.id),
            parent_id=text_or_none(comment.parent_id),
            author=text(comment.author),
            author_url=text_or_none(comment.author_url),
            html=text(comment.html),
            url=text_or_none(comment.url),
            is_new=not comment.is_mine,
        )
        for comment in loaded
    }
    assert {comment.id: comment for comment in comments.comments_of(db, post_id)} == expected
    assert comments.store_loaded(db, post_id, loaded, is_complete=True, now=NOON) == StoreResult()
    assert comments.store_loaded(db, post_id, loaded, is_complete=False, now=NOON) == StoreResult()
    database.close_now()
