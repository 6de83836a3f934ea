"""A conversation whose comments are read as they are looked at is the same conversation."""

from collections.abc import Callable, Mapping, Sequence
from datetime import timedelta
from sqlite3 import Connection

import pytest

from tests.conftest import NOW
from tui_reader.domain.comment import Comment, CommentKind, CommentState
from tui_reader.domain.post import Post
from tui_reader.domain.thread import Thread, in_reading_order
from tui_reader.errors import StorageError
from tui_reader.storage import comments
from tui_reader.storage.comment_windows import WINDOW, WindowedComments, windowed_thread


@pytest.fixture
def post(add_post: Callable[..., Post]) -> Post:
    return add_post()


class Reads:
    """The comments that were asked for."""

    def __init__(self, db: Connection) -> None:
        self.db = db
        self.keys: list[int] = []
        self.error: StorageError | None = None

    def __call__(self, keys: Sequence[int]) -> Mapping[int, Comment]:
        if self.error is not None:
            raise self.error
        self.keys += keys
        return comments.by_keys(self.db, keys)


def store(db: Connection, post: Post, count: int) -> None:
    loaded = [
        Comment(
            id=str(number),
            parent_id=str(number * 7 // 10) if number % 3 else None,
            author=f"Person {number % 11}",
            html=f"<p>Word {number}",
            published=NOW + timedelta(minutes=(number * 37) % 500) if number % 2 else NOW,
            kind=CommentKind.PINGBACK if number % 50 == 0 else CommentKind.COMMENT,
            url=f"https://a.example/1#comment-{number}",
        )
        for number in range(1, count + 1)
    ]
    comments.store_loaded(db, post.id, loaded, is_complete=True, now=NOW)
    comments.mark_seen(db, post.id, [str(number) for number in range(1, count, 4)])


def windows(thread: Thread) -> WindowedComments:
    assert isinstance(thread.rows.comments, WindowedComments)
    return thread.rows.comments


def test_it_is_the_conversation_that_is_read_at_once(db: Connection, post: Post) -> None:
    store(db, post, 700)
    thread = windowed_thread(db, post.id, Reads(db))
    assert thread.new_count > 0
    assert thread == in_reading_order(comments.comments_of(db, post.id))


def test_only_what_is_looked_at_is_read(db: Connection, post: Post) -> None:
    store(db, post, 2_000)
    reads = Reads(db)
    thread = windowed_thread(db, post.id, reads, near="1501")
    at = thread.rows.ids.index("1501")
    for here in (0, 20, at):
        assert thread.rows[here].comment.id == thread.rows.ids[here]
    assert (reads.keys, windows(thread).read_count <= 4 * WINDOW) == ([], True), (
        "these were read with the order"
    )
    before = windows(thread).read_count
    far = max(range(0, len(thread.rows), WINDOW), key=lambda here: min(here, abs(here - at)))
    assert thread.rows[far].comment.id == thread.rows.ids[far]
    assert 0 < len(reads.keys) <= WINDOW
    assert windows(thread).read_count == before + len(reads.keys)


def test_the_rest_is_read_piece_by_piece(db: Connection, post: Post) -> None:
    store(db, post, 450)
    reads = Reads(db)
    thread = windowed_thread(db, post.id, reads)
    while places := windows(thread).missing():
        assert len(places) <= WINDOW
        windows(thread).take(places, comments.by_keys(db, windows(thread).keys_at(places)))
    assert thread == in_reading_order(comments.comments_of(db, post.id))
    assert reads.keys == []


def test_what_somebody_waits_for_is_read_first_and_never_in_between(db: Connection, post: Post) -> None:
    store(db, post, 2_000)
    reads = Reads(db)
    thread = windowed_thread(db, post.id, reads)
    last = len(thread.rows) - 1
    for at in (700, last):
        assert windows(thread).if_read(at) is None
    assert reads.keys == []
    for at in (last, 700):
        places = windows(thread).missing()
        assert at in places
        windows(thread).take(places, comments.by_keys(db, windows(thread).keys_at(places)))
        comment = windows(thread).if_read(at)
        assert comment is not None
        assert comment.id == thread.rows.ids[at]
    assert windows(thread).missing()[0] < 700, "then from the first on"


def test_what_is_new_and_what_was_there_stay_as_the_order_was_read(db: Connection, post: Post) -> None:
    store(db, post, 450)
    thread = windowed_thread(db, post.id, Reads(db))
    new = thread.new_count
    gone = thread.rows.ids[400]
    comments.mark_seen(db, post.id)
    db.execute("DELETE FROM comments WHERE post_id = ? AND id = ?", (post.id, gone))
    assert sum(row.comment.is_new for row in thread.rows) + sum(p.is_new for p in thread.pings) == new
    assert (thread.rows[400].comment.id, thread.rows[400].comment.state) == (gone, CommentState.REMOVED)


def test_a_database_that_fails_is_told_in_the_comments_place_and_asked_again(
    db: Connection, post: Post
) -> None:
    store(db, post, 450)
    reads = Reads(db)
    thread = windowed_thread(db, post.id, reads)
    reads.error = StorageError("the disk <b> is gone")
    assert "the disk &lt;b&gt; is gone" in thread.rows[400].comment.html
    reads.error = None
    assert "Word" in thread.rows[400].comment.html


def test_a_post_without_comments_has_an_empty_thread(db: Connection, post: Post) -> None:
    assert windowed_thread(db, post.id, Reads(db)) == Thread()
