"""The list of blogs is put in order, and nothing that the user does to it is for good at once."""

from collections.abc import Callable
from datetime import timedelta
from sqlite3 import Connection

import pytest

from tests.conftest import NOW as NOON
from tui_reader.domain.blog import Blog
from tui_reader.domain.comment import Comment
from tui_reader.domain.post import Post
from tui_reader.errors import NotFoundError
from tui_reader.storage import (
    acts,
    blogs,
    comments,
    identities,
    marks,
    organising,
    outbox,
    post_lists,
    posts,
    search,
)
from tui_reader.storage.post_lists import PostFilter

DAY = timedelta(days=1)


def everything(db: Connection) -> list[list[tuple]]:
    """All rows but the acts themselves."""
    tables = ("blogs", "posts", "bodies", "comments", "replies", "identities", "places", "mutes")
    return [db.execute(f"SELECT * FROM {table} ORDER BY 1").fetchall() for table in tables]


@pytest.fixture
def blog(add_blog: Callable[..., Blog]) -> Blog:
    return add_blog(title="Sea", folder="Old")


@pytest.fixture
def lived_in(db: Connection, blog: Blog, add_post: Callable[..., Post]) -> tuple[Post, ...]:
    """Posts with everything that can hang on them."""
    one, two = add_post(blog=blog, title="Tides"), add_post(blog=blog, title="Nets")
    marks.mark(db, [one.id], now=NOON, read=True, starred=True, later=True)
    loaded = [Comment(id="1", is_mine=True), Comment(id="2", parent_id="1", author="Ann"), Comment(id="3")]
    comments.store_loaded(db, one.id, loaded, is_complete=True, now=NOON)
    identities.add_identity(db, name="Nadia", email="n@mail.example", blog_id=blog.id)
    outbox.create_draft(db, two.id, None, now=NOON, text="half a thought")
    search.index_pending(db, lambda html: html)
    return one, two


@pytest.mark.parametrize(
    ("act", "words"),
    [
        (lambda db, blog_id: organising.rename(db, blog_id, "Shore", now=NOON), "“Sea” is now “Shore”"),
        (lambda db, blog_id: organising.move(db, blog_id, " A /  B", now=NOON), "“Sea” is now in “A / B”"),
        (lambda db, blog_id: organising.move(db, blog_id, None, now=NOON), "“Sea” is in no folder now"),
        (lambda db, blog_id: organising.pause(db, blog_id, now=NOON), "“Sea” paused"),
        (lambda db, blog_id: organising.set_aside(db, blog_id, now=NOON), "“Sea” removed"),
    ],
    ids=["rename", "move", "move out", "pause", "remove"],
)
def test_each_act_is_told_and_taken_back_whole(db: Connection, blog: Blog, lived_in, act, words) -> None:
    before = everything(db)
    counts = post_lists.counts(db)
    done = act(db, blog.id)
    assert done is not None
    assert done.what == words
    assert everything(db) != before
    assert act(db, blog.id) is None or words == "“Sea” removed"
    acts.undo(db, done.id)
    assert everything(db) == before
    assert post_lists.counts(db) == counts


def test_an_act_on_no_blog_says_so(db: Connection) -> None:
    for act in (organising.set_aside, organising.pause):
        with pytest.raises(NotFoundError):
            act(db, 7, now=NOON)


def test_a_removed_blog_is_in_no_list_count_or_search(db: Connection, blog: Blog, lived_in) -> None:
    organising.set_aside(db, blog.id, now=NOON)
    assert blogs.all_blogs(db) == ()
    assert blogs.find_blog(db, blog.url) is None
    for wanted in (
        PostFilter(),
        PostFilter(is_starred=True),
        PostFilter(is_later=True),
        PostFilter(is_followed=True),
        PostFilter(has_new_comments=True),
        PostFilter(blog_id=blog.id),
    ):
        assert post_lists.list_posts(db, wanted) == ()
    assert comments.answers(db) == ()
    assert search.find(db, "rained") == ()
    assert posts.next_post_with_new(db) is None
    counts = post_lists.counts(db)
    assert (counts.posts, counts.starred, counts.later, counts.followed, counts.answers) == (0, 0, 0, 0, 0)
    assert counts.outbox == 1


def test_what_was_removed_is_forgotten_after_a_month_but_for_the_users_words(
    db: Connection, blog: Blog, lived_in
) -> None:
    one, two = lived_in
    organising.set_aside(db, blog.id, now=NOON)
    assert organising.purge(db, now=NOON + 29 * DAY) == ()
    (removed,) = organising.purge(db, now=NOON + 31 * DAY)
    assert (removed.blog.id, removed.posts_kept) == (blog.id, 1)
    assert [reply.post_id for reply in outbox.list_replies(db)] == [two.id]
    with pytest.raises(NotFoundError):
        posts.get_post(db, one.id)
    assert organising.purge(db, now=NOON + 99 * DAY) == ()


def test_following_again_what_was_removed_finds_all_as_it_was(db: Connection, blog: Blog, lived_in) -> None:
    organising.set_aside(db, blog.id, now=NOON)
    again = blogs.add_blog(
        db, url=blog.url, feed_url=blog.feed_url, title="Sea", now=NOON + DAY, folder="New"
    )
    assert (again.id, again.folder, again.added_at) == (blog.id, "New", blog.added_at)
    assert posts.get_post(db, lived_in[0].id).is_starred
    assert organising.purge(db, now=NOON + 99 * DAY) == ()


def test_folders_are_those_that_have_blogs(db: Connection, add_blog: Callable[..., Blog]) -> None:
    for folder in ("b", None, "A / C", "b", "A"):
        add_blog(folder=folder)
    assert organising.folders(db) == ("A", "A / C", "b")


def test_a_title_that_turns_out_to_be_the_feeds_is_no_title_of_mine(db: Connection, blog: Blog) -> None:
    organising.rename(db, blog.id, "Shore", now=NOON)
    blogs.set_refreshed(db, blog.id, now=NOON, title="Sea")
    assert (blogs.get_blog(db, blog.id).title, blogs.get_blog(db, blog.id).own_title) == ("Shore", "Shore")
    blogs.set_refreshed(db, blog.id, now=NOON, title="Shore")
    blogs.set_refreshed(db, blog.id, now=NOON, title="The Shore")
    assert (blogs.get_blog(db, blog.id).title, blogs.get_blog(db, blog.id).own_title) == ("The Shore", None)


@pytest.mark.parametrize(
    "address",
    ["http://b.example", "https://www.b.example/", "https://b.example/feed", "http://WWW.b.example/feed/"],
)
def test_a_blog_is_known_by_any_form_of_its_address(db: Connection, add_blog, address: str) -> None:
    known = add_blog(url="https://b.example/", feed_url="https://b.example/feed/")
    found = blogs.find_blog(db, address)
    assert found is not None
    assert found.id == known.id
