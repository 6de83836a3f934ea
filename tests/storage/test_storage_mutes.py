"""What is muted stays stored and in its place, and is never news."""

from collections.abc import Callable
from datetime import timedelta
from sqlite3 import Connection

import pytest

from tests.conftest import NOW as NOON
from tui_reader.domain.blog import Blog
from tui_reader.domain.comment import Comment, CommentKind
from tui_reader.domain.mute import MuteKind, muted_in
from tui_reader.domain.post import Post
from tui_reader.domain.thread import in_reading_order
from tui_reader.errors import NotFoundError, UsageError
from tui_reader.storage import acts, blogs, comments, marks, mutes, post_lists, posts, undoing
from tui_reader.storage.comment_windows import windowed_thread


def said(id: str, author: str = "Ann", parent: str | None = None, **more) -> Comment:
    return Comment(
        id=id, author=author, parent_id=parent, published=NOON + timedelta(minutes=int(id)), **more
    )


def load(db: Connection, post: Post, *loaded: Comment):
    return comments.store_loaded(db, post.id, loaded, is_complete=False, now=NOON)


def new(db: Connection, post: Post) -> set[str]:
    return {comment.id for comment in comments.comments_of(db, post.id) if comment.is_new}


@pytest.fixture
def blog(add_blog: Callable[..., Blog]) -> Blog:
    return add_blog(title="Sea")


@pytest.fixture
def post(add_post: Callable[..., Post], blog: Blog) -> Post:
    return add_post(blog=blog, title="A walk")


def test_a_muted_author_is_no_news_on_his_blog_now_and_later(db, blog, post, add_post) -> None:
    second, elsewhere = add_post(blog=blog), add_post()
    for one in (post, second, elsewhere):
        load(db, one, said("1", "Troll"), said("2", "Ann", "1"))
    done = mutes.mute_author(db, post.id, "1", now=NOON)
    assert done.what == "Troll muted"
    assert new(db, post) == new(db, second) == {"2"}
    assert new(db, elsewhere) == {"1", "2"}
    assert mutes.muted_ids(db, post.id) == {"1": MuteKind.AUTHOR}
    loaded = load(db, post, said("3", "  troll "), said("4"))
    assert (loaded.new, loaded.unseen) == (("3", "4"), ("4",))
    assert posts.get_post(db, post.id).new_comment_count == 2


def test_undoing_a_mute_brings_back_the_news(db, post) -> None:
    load(db, post, said("1", "Troll"), said("2"))
    mutes.mute_author(db, post.id, "1", now=NOON)
    acts.undo(db)
    assert new(db, post) == {"1", "2"}
    assert mutes.all_mutes(db) == ()


def test_everywhere_is_every_blog(db, post, add_post) -> None:
    elsewhere = add_post()
    for one in (post, elsewhere):
        load(db, one, said("1", "Troll"))
    assert mutes.mute_author(db, post.id, "1", now=NOON, everywhere=True).what == "Troll muted everywhere"
    assert new(db, elsewhere) == set()
    assert mutes.muted_ids(db, elsewhere.id) == {"1": MuteKind.AUTHOR}


def test_a_muted_branch_takes_all_below_it_and_nothing_beside_it(db, post) -> None:
    load(db, post, said("1"), said("2", parent="1"), said("3", parent="2"), said("4"))
    assert mutes.mute_branch(db, post.id, "1", now=NOON).what == "the branch of Ann muted"
    assert new(db, post) == {"4"}
    assert set(mutes.muted_ids(db, post.id)) == {"1", "2", "3"}
    assert load(db, post, said("5", parent="3"), said("6", parent="4")).unseen == ("6",)
    with pytest.raises(UsageError, match="already"):
        mutes.mute_branch(db, post.id, "3", now=NOON)


def test_my_own_words_are_never_muted(db, post) -> None:
    load(db, post, said("1"), said("2", "Me", "1", is_mine=True))
    mutes.mute_branch(db, post.id, "1", now=NOON)
    assert set(mutes.muted_ids(db, post.id)) == {"1"}
    with pytest.raises(UsageError, match="your own"):
        mutes.mute_author(db, post.id, "2", now=NOON)


def test_what_cannot_be_muted_says_why(db, post) -> None:
    load(db, post, said("1", "Troll"), said("2", ""))
    mutes.mute_author(db, post.id, "1", now=NOON)
    with pytest.raises(UsageError, match="muted already"):
        mutes.mute_author(db, post.id, "1", now=NOON)
    with pytest.raises(UsageError, match="no author"):
        mutes.mute_author(db, post.id, "2", now=NOON)
    with pytest.raises(NotFoundError):
        mutes.mute_branch(db, post.id, "9", now=NOON)
    assert len(mutes.all_mutes(db)) == 1


def test_whatever_mutes_a_comment_is_lifted_the_branch_first(db, post) -> None:
    load(db, post, said("1"), said("2", "Troll", "1"))
    mutes.mute_author(db, post.id, "2", now=NOON)
    mutes.mute_branch(db, post.id, "1", now=NOON)
    assert mutes.muted_ids(db, post.id)["2"] is MuteKind.BRANCH
    mutes.unmute(db, post.id, "2", now=NOON)
    assert mutes.muted_ids(db, post.id) == {"2": MuteKind.AUTHOR}
    mutes.unmute(db, post.id, "2", now=NOON)
    assert mutes.muted_ids(db, post.id) == {}
    assert mutes.unmute(db, post.id, "2", now=NOON) is None
    acts.undo(db)
    assert mutes.muted_ids(db, post.id) == {"2": MuteKind.AUTHOR}


def test_pings_of_a_muted_site_are_muted(db, post) -> None:
    load(db, post, said("1", "Spam Site", kind=CommentKind.PINGBACK))
    mutes.mute_author(db, post.id, "1", now=NOON)
    assert mutes.muted_ids(db, post.id) == {"1": MuteKind.AUTHOR}
    assert new(db, post) == set()


def test_the_list_says_who_and_where(db, blog, post) -> None:
    load(db, post, said("1", "Troll"), said("2"))
    mutes.mute_author(db, post.id, "1", now=NOON)
    mutes.mute_branch(db, post.id, "2", now=NOON + timedelta(minutes=1))
    branch, author = mutes.all_mutes(db)
    assert (branch.kind, branch.author, branch.post_title, branch.comment_id) == (
        MuteKind.BRANCH,
        "Ann",
        "A walk",
        "2",
    )
    assert (author.kind, author.author, author.blog_id, author.blog_title) == (
        MuteKind.AUTHOR,
        "Troll",
        blog.id,
        "Sea",
    )


def test_with_its_blog_a_mute_goes_and_cannot_be_brought_back(db, blog, post) -> None:
    load(db, post, said("1", "Troll"))
    mutes.mute_author(db, post.id, "1", now=NOON)
    mutes.remove(db, mutes.all_mutes(db)[0].id, now=NOON)
    blogs.remove_blog(db, blog.id)
    acts.undo(db)
    assert mutes.all_mutes(db) == ()


def test_an_answer_of_a_muted_author_is_not_told(db, post) -> None:
    load(db, post, said("1", "Me", is_mine=True), said("2", "Troll", "1"), said("3", "Ann", "1"))
    assert post_lists.counts(db).answers == 2
    mutes.mute_author(db, post.id, "2", now=NOON)
    assert [answer.comment.id for answer in comments.answers(db)] == ["3"]
    assert post_lists.counts(db).answers == 1


def test_what_comes_back_by_undo_is_not_new_where_it_is_muted(db, post) -> None:
    load(db, post, said("1", "Troll"), said("2"))
    seen = marks.mark_seen(db, comments.keys_of(db, post.id), now=NOON)
    assert seen is not None
    mutes.mute_author(db, post.id, "1", now=NOON)
    undoing.undo(db, seen.id)
    assert new(db, post) == {"2"}
    mutes.unmute(db, post.id, "1", now=NOON)
    load(db, post, said("3", "Troll"))
    assert new(db, post) == {"2", "3"}
    undoing.undo(db)
    assert new(db, post) == {"2"}


def test_what_is_muted_of_a_long_thread_is_known_without_reading_it(db, post) -> None:
    names = ("Ann", "Troll", "  troll ", "Ben")
    load(
        db,
        post,
        *(
            said(str(n), names[n % 4], str(n - 3) if n % 7 else None, is_mine=n % 5 == 0)
            for n in range(1, 600)
        ),
        said("600", "Troll", kind=CommentKind.PINGBACK),
    )
    mutes.mute_author(db, post.id, "1", now=NOON)
    for branch in ("7", "301"):
        mutes.mute_branch(db, post.id, branch, now=NOON)
    thread = windowed_thread(db, post.id, lambda keys: comments.by_keys(db, keys))
    muted = mutes.muted_in_order(db, post.id, thread)
    assert thread.rows.comments.read_count < 300
    whole = in_reading_order(comments.comments_of(db, post.id))
    assert muted == muted_in(whole, mutes.of_post(db, post.id)) == mutes.muted_ids(db, post.id)
    assert set(muted.values()) == {MuteKind.AUTHOR, MuteKind.BRANCH}
