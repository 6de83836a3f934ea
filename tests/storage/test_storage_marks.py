"""What is marked can be taken back, row by row to what it was."""

import asyncio
from collections.abc import Callable
from datetime import timedelta
from sqlite3 import Connection

import pytest

from tests.conftest import NOW as NOON
from tui_reader.domain.blog import Blog
from tui_reader.domain.comment import Comment
from tui_reader.domain.post import Post
from tui_reader.errors import NotFoundError
from tui_reader.storage import acts, blogs, comments, marks, post_lists, posts
from tui_reader.storage.database import Database
from tui_reader.storage.post_lists import PostFilter

DAY = timedelta(days=1)


def unread(db: Connection) -> set[int]:
    return {post.id for post in post_lists.list_posts(db, PostFilter(is_unread=True))}


def say(db: Connection, post: Post, *ids: str, now=NOON, **more) -> None:
    comments.store_loaded(db, post.id, [Comment(id=id, **more) for id in ids], is_complete=False, now=now)


def test_each_mark_is_told_in_words_and_taken_back(db: Connection, add_post: Callable[..., Post]) -> None:
    post = add_post(title="A walk")
    for wanted, words in (
        ({"read": True}, "“A walk” marked read"),
        ({"starred": True}, "“A walk” starred"),
        ({"later": True}, "“A walk” kept for later"),
        ({"followed": True}, "“A walk” followed"),
    ):
        done = marks.mark(db, [post.id], now=NOON, **wanted)
        assert done is not None
        assert done.what == words
        assert posts.get_post(db, post.id) != post
        assert acts.undo(db) == done
        assert posts.get_post(db, post.id) == post
    assert acts.undo(db) is None


def test_only_what_changed_is_taken_back(db: Connection, add_post: Callable[..., Post]) -> None:
    read, one, two = add_post(), add_post(), add_post()
    marks.mark(db, [read.id], now=NOON, read=True, is_act=False)
    done = marks.mark(db, [read.id, one.id, two.id], now=NOON, read=True)
    assert done is not None
    assert done.what == "2 posts marked read"
    acts.undo(db, done.id)
    assert unread(db) == {one.id, two.id}


def test_what_changes_nothing_is_no_act(db: Connection, add_post: Callable[..., Post]) -> None:
    post = add_post()
    assert marks.mark(db, [post.id, 99], now=NOON, read=False) is None
    assert marks.mark(db, [post.id], now=NOON, read=True, is_act=False) is None
    assert marks.mark_all(db, PostFilter(), now=NOON) is None
    assert acts.last(db) is None


def test_acts_are_taken_back_last_first_or_by_name_and_once(
    db: Connection, add_post: Callable[..., Post]
) -> None:
    one, two = add_post(), add_post()
    first = marks.mark(db, [one.id], now=NOON, starred=True)
    second = marks.mark(db, [two.id], now=NOON, starred=True)
    assert first is not None
    assert acts.last(db) == second
    acts.undo(db, first.id)
    assert [post.id for post in post_lists.list_posts(db, PostFilter(is_starred=True))] == [two.id]
    with pytest.raises(NotFoundError, match="already"):
        acts.undo(db, first.id)
    assert acts.undo(db) == second
    assert acts.last(db) is None


def test_acts_of_a_month_ago_are_forgotten(db: Connection, add_post: Callable[..., Post]) -> None:
    one, two = add_post(), add_post()
    marks.mark(db, [one.id], now=NOON, read=True)
    marks.mark(db, [two.id], now=NOON + 31 * DAY, read=True)
    acts.undo(db)
    assert acts.undo(db) is None


def test_all_of_a_list_becomes_read_beyond_its_end_and_comes_back(
    db: Connection, add_blog: Callable[..., Blog], add_post: Callable[..., Post]
) -> None:
    blog, other = add_blog(folder="Sea"), add_blog()
    mine = [add_post(blog=blog) for _ in range(5)]
    elsewhere = add_post(blog=other)
    say(db, mine[0], "1", "2")
    done = marks.mark_all(db, PostFilter(folder="Sea", limit=2, offset=1), now=NOON)
    assert done is not None
    assert done.what == "5 posts and 2 comments marked read"
    assert unread(db) == {elsewhere.id}
    assert blogs.get_blog(db, blog.id).new_comments == 0
    acts.undo(db)
    assert unread(db) == {elsewhere.id, *(post.id for post in mine)}
    assert blogs.get_blog(db, blog.id).new_comments == 2


def test_a_post_that_is_read_still_has_its_new_comments_seen(
    db: Connection, add_post: Callable[..., Post]
) -> None:
    post = add_post()
    marks.mark(db, [post.id], now=NOON, read=True, is_act=False)
    say(db, post, "1")
    assert marks.mark_all(db, PostFilter(), now=NOON, with_comments=False) is None
    done = marks.mark_all(db, PostFilter(), now=NOON)
    assert done is not None
    assert done.what == "1 comment marked read"
    assert posts.get_post(db, post.id).new_comment_count == 0


def test_older_than_leaves_what_is_younger(db: Connection, add_post: Callable[..., Post]) -> None:
    old, young = add_post(published=NOON - 9 * DAY), add_post(published=NOON - DAY)
    say(db, old, "1", now=NOON - 8 * DAY)
    say(db, old, "2", now=NOON)
    marks.mark_all(db, PostFilter(), now=NOON, before=NOON - 7 * DAY)
    assert unread(db) == {young.id}
    assert [comment.id for comment in comments.comments_of(db, old.id) if comment.is_new] == ["2"]


def test_a_comment_that_became_mine_stays_seen(db: Connection, add_post: Callable[..., Post]) -> None:
    post = add_post()
    say(db, post, "1")
    marks.mark_all(db, PostFilter(), now=NOON)
    comments.add_mine(db, post.id, Comment(id="1"), now=NOON)
    acts.undo(db)
    assert posts.get_post(db, post.id).new_comment_count == 0
    assert not posts.get_post(db, post.id).is_read


def test_later_and_followed_have_lists_and_counts_of_their_own(
    db: Connection, add_blog: Callable[..., Blog], add_post: Callable[..., Post]
) -> None:
    later, followed, plain = add_post(), add_post(), add_post()
    alone = add_post(blog=add_blog(is_subscribed=False))
    marks.mark(db, [later.id, alone.id], now=NOON, later=True)
    marks.mark(db, [followed.id, alone.id], now=NOON, followed=True)
    assert [post.id for post in post_lists.list_posts(db, PostFilter(is_later=True))] == [alone.id, later.id]
    assert [post.id for post in post_lists.list_posts(db, PostFilter(is_followed=True))] == [
        alone.id,
        followed.id,
    ]
    counts = post_lists.counts(db)
    assert (counts.later, counts.followed) == (2, 2)
    assert not posts.get_post(db, plain.id).is_later


def test_who_writes_follows_unless_he_says_that_he_does_not(
    db: Connection, add_post: Callable[..., Post]
) -> None:
    post, quiet = add_post(), add_post()
    marks.mark(db, [quiet.id], now=NOON, followed=False)
    for one in (post, quiet):
        comments.add_mine(db, one.id, Comment(id="1"), now=NOON)
    assert posts.get_post(db, post.id).is_followed
    assert not posts.get_post(db, quiet.id).is_followed


def test_what_is_read_or_followed_is_watched(db: Connection, add_blog, add_post) -> None:
    blog = add_blog()
    read, followed, left, plain = (add_post(blog=blog) for _ in range(4))
    marks.mark(db, [read.id, left.id], now=NOON, read=True)
    marks.mark(db, [followed.id], now=NOON, followed=True)
    marks.mark(db, [left.id], now=NOON, followed=False)
    assert posts.watched(db, blog.id) == {read.id, followed.id}
    assert plain.id not in posts.watched(db, blog.id)


def test_undo_outlives_the_program(tmp_path) -> None:
    def start(db: Connection) -> int:
        blog = blogs.add_blog(
            db, url="https://a.example/", feed_url="https://a.example/f", title="A", now=NOON
        )
        db.execute(
            """INSERT INTO posts (blog_id, guid, url, url_key, title, first_seen, sort_at, content_hash,
                   is_backlog) VALUES (?, 'g', '', '', 'One', 0, 0, '', 0)""",
            (blog.id,),
        )
        marks.mark_all(db, PostFilter(), now=NOON)
        return len(unread(db))

    first = Database.open(tmp_path / "reader.db")
    assert asyncio.run(first.run(start)) == 0
    first.close_now()
    second = Database.open(tmp_path / "reader.db")
    undone = asyncio.run(second.run(acts.undo))
    assert undone.what == "“One” marked read"
    assert len(second.read_now(unread)) == 1
    second.close_now()
