"""Blogs: added once, found by any of their addresses, removed without losing the user's own words."""

from collections.abc import Callable
from datetime import timedelta
from sqlite3 import Connection

import pytest

from tests.conftest import NOW as NOON
from tui_reader.domain.blog import Blog
from tui_reader.domain.comment import Comment
from tui_reader.domain.post import Post
from tui_reader.domain.reply import Outcome, ReplyState
from tui_reader.errors import NotFoundError
from tui_reader.storage import blogs, comments, identities, outbox, post_lists, posts

LATER = NOON + timedelta(hours=1)


def test_a_blog_comes_back_as_it_was_added(db: Connection) -> None:
    blog = blogs.add_blog(
        db,
        url="https://a.example/",
        feed_url="https://a.example/feed",
        title="A",
        now=NOON,
        folder="News",
        comments_feed_url="https://a.example/comments/feed",
        generator="https://wordpress.org/?v=6.1.9",
    )
    assert blog == Blog(
        id=blog.id,
        url="https://a.example/",
        feed_url="https://a.example/feed",
        title="A",
        feed_title="A",
        added_at=NOON,
        folder="News",
        comments_feed_url="https://a.example/comments/feed",
        generator="https://wordpress.org/?v=6.1.9",
    )
    assert blogs.get_blog(db, blog.id) == blog


def test_a_feed_is_followed_once(db: Connection, add_blog: Callable[..., Blog]) -> None:
    blog = add_blog(feed_url="https://a.example/feed", title="First")
    assert add_blog(feed_url="https://a.example/feed", title="Second") == blog
    assert blogs.all_blogs(db) == (blog,)


def test_blogs_without_a_feed_do_not_stand_in_each_others_way(add_blog: Callable[..., Blog]) -> None:
    assert add_blog(feed_url="", is_subscribed=False).id != add_blog(feed_url="", is_subscribed=False).id


def test_a_blog_of_single_posts_is_followed_when_it_is_added(
    db: Connection, add_blog: Callable[..., Blog]
) -> None:
    single = add_blog(feed_url="https://a.example/feed", is_subscribed=False)
    assert blogs.all_blogs(db) == ()
    again = add_blog(feed_url="https://a.example/feed", is_subscribed=False)
    assert again == single
    followed = add_blog(feed_url="https://a.example/feed", now=LATER, folder="News")
    assert (followed.id, followed.is_subscribed, followed.added_at) == (single.id, True, LATER)
    assert followed.folder == "News"
    assert blogs.all_blogs(db) == (followed,)
    assert blogs.subscribe(db, followed.id, now=LATER + timedelta(days=1)) == followed


def test_an_unknown_blog_is_told(db: Connection) -> None:
    with pytest.raises(NotFoundError, match="no blog 7"):
        blogs.get_blog(db, 7)
    with pytest.raises(NotFoundError):
        blogs.remove_blog(db, 7)


def test_the_list_is_by_folder_and_title_as_people_sort(
    db: Connection, add_blog: Callable[..., Blog]
) -> None:
    for folder, title in [
        ("b", "Zoo"),
        (None, "éclair"),
        (None, "Zebra"),
        ("A", "x"),
        (None, "eagle"),
        (None, "Fox"),
    ]:
        add_blog(folder=folder, title=title)
    listed = [(blog.folder, blog.title) for blog in blogs.all_blogs(db)]
    assert listed == [
        (None, "eagle"),
        (None, "éclair"),
        (None, "Fox"),
        (None, "Zebra"),
        ("A", "x"),
        ("b", "Zoo"),
    ]


@pytest.mark.parametrize(
    "url", ["http://a.example", "https://a.example/#top", "https://a.example/feed/", "http://A.example/feed"]
)
def test_a_blog_is_found_by_page_and_feed(db: Connection, add_blog: Callable[..., Blog], url: str) -> None:
    add_blog()
    blog = add_blog(url="https://a.example/", feed_url="https://a.example/feed")
    assert blogs.find_blog(db, url) == blog
    assert blogs.find_blog(db, "https://b.example/") is None


def test_the_followed_blog_is_found_before_one_of_single_posts(
    db: Connection, add_blog: Callable[..., Blog]
) -> None:
    add_blog(url="https://a.example/", feed_url="", is_subscribed=False)
    followed = add_blog(url="https://a.example/", feed_url="https://a.example/feed")
    assert blogs.find_blog(db, "https://a.example/") == followed


def test_a_blog_without_a_feed_is_not_found_by_no_address(
    db: Connection, add_blog: Callable[..., Blog]
) -> None:
    add_blog(feed_url="", is_subscribed=False)
    assert blogs.find_blog(db, "") is None


def test_a_refresh_is_kept_and_clears_the_error(db: Connection, add_blog: Callable[..., Blog]) -> None:
    blog = add_blog(title="Old")
    blogs.set_error(db, blog.id, "the host is not known", now=NOON)
    blogs.set_refreshed(
        db,
        blog.id,
        now=LATER,
        etag='"x"',
        last_modified="Mon",
        body_hash="h",
        title="New",
        url="https://n.example/",
    )
    stored = blogs.get_blog(db, blog.id)
    assert (stored.etag, stored.last_modified, stored.body_hash) == ('"x"', "Mon", "h")
    assert (stored.title, stored.url, stored.last_refreshed) == ("New", "https://n.example/", LATER)
    assert (stored.error, stored.error_since) == (None, None)
    assert blogs.find_blog(db, "http://n.example") == stored
    blogs.set_refreshed(db, blog.id, now=LATER)
    stored = blogs.get_blog(db, blog.id)
    assert (stored.title, stored.etag, stored.last_modified, stored.body_hash) == ("New", None, None, None)


def test_unchanged_keeps_the_validators(db: Connection, add_blog: Callable[..., Blog]) -> None:
    blog = add_blog()
    blogs.set_refreshed(db, blog.id, now=NOON, etag='"x"', last_modified="Mon", body_hash="h")
    blogs.set_error(db, blog.id, "no answer", now=NOON)
    blogs.set_unchanged(db, blog.id, now=LATER, etag='"y"')
    stored = blogs.get_blog(db, blog.id)
    assert (stored.etag, stored.last_modified, stored.body_hash) == ('"y"', "Mon", "h")
    assert (stored.last_refreshed, stored.error) == (LATER, None)


def test_since_when_it_fails_is_kept_from_the_first_failure(
    db: Connection, add_blog: Callable[..., Blog]
) -> None:
    blog = add_blog()
    blogs.set_error(db, blog.id, "no answer", now=NOON)
    blogs.set_error(db, blog.id, "not found", now=LATER)
    stored = blogs.get_blog(db, blog.id)
    assert (stored.error, stored.error_since) == ("not found", NOON)


def test_a_title_of_the_users_own_outlives_refreshes(db: Connection, add_blog: Callable[..., Blog]) -> None:
    blog = add_blog(title="Feed's")
    blogs.rename_blog(db, blog.id, "Mine")
    blogs.set_refreshed(db, blog.id, now=NOON, title="Feed's new")
    assert blogs.get_blog(db, blog.id).title == "Mine"
    blogs.rename_blog(db, blog.id, None)
    assert blogs.get_blog(db, blog.id).title == "Feed's new"


def test_a_feed_that_moved_is_read_anew_at_its_new_place(
    db: Connection, add_blog: Callable[..., Blog]
) -> None:
    blog, other = add_blog(), add_blog()
    blogs.set_refreshed(db, blog.id, now=NOON, etag='"x"', body_hash="h")
    assert not blogs.set_feed_url(db, blog.id, other.feed_url)
    assert blogs.get_blog(db, blog.id).feed_url == blog.feed_url
    assert blogs.set_feed_url(db, blog.id, "https://moved.example/feed")
    moved = blogs.find_blog(db, "https://moved.example/feed")
    assert moved is not None
    assert (moved.id, moved.etag, moved.body_hash) == (blog.id, None, None)


def test_a_removed_blog_takes_all_that_hangs_on_it(
    db: Connection, add_blog: Callable[..., Blog], add_post: Callable[..., Post]
) -> None:
    blog, other = add_blog(), add_blog()
    post, kept = add_post(blog=blog), add_post(blog=other)
    comments.store_loaded(db, post.id, [Comment(id="1")], is_complete=True, now=NOON)
    mine = identities.add_identity(db, name="Ann", email="ann@a.example", blog_id=blog.id)
    published = outbox.create_draft(db, post.id, None, now=NOON, text="Hello")
    outbox.begin_sending(db, published.id, now=NOON)
    outbox.set_outcome(db, published.id, Outcome(state=ReplyState.PUBLISHED), now=NOON)
    outbox.create_draft(db, post.id, "1", now=NOON, text=" \n")
    removed = blogs.remove_blog(db, blog.id)
    assert (removed.blog.id, removed.blog.unread, removed.posts_kept) == (blog.id, 1, 0)
    assert removed.identities == (mine,)
    assert [listed.id for listed in blogs.all_blogs(db)] == [other.id]
    assert [listed.id for listed in post_lists.list_posts(db)] == [kept.id]
    for table in ("bodies", "comments", "replies", "identities"):
        assert db.execute(f"SELECT count(*) FROM {table}").fetchone()[0] == (1 if table == "bodies" else 0)


@pytest.mark.parametrize("state", [state for state in ReplyState if state is not ReplyState.PUBLISHED])
def test_words_that_are_not_published_are_never_removed_with_a_blog(
    db: Connection, add_blog: Callable[..., Blog], add_post: Callable[..., Post], state: ReplyState
) -> None:
    blog = add_blog()
    answered, other = add_post(blog=blog), add_post(blog=blog)
    reply = outbox.create_draft(db, answered.id, None, now=NOON, text="My words")
    if state is not ReplyState.DRAFT:
        outbox.begin_sending(db, reply.id, now=NOON)
        outbox.set_outcome(db, reply.id, Outcome(state=state), now=NOON)
    blogs.set_refreshed(db, blog.id, now=NOON, etag='"x"', body_hash="h")
    removed = blogs.remove_blog(db, blog.id)
    assert removed.posts_kept == 1
    assert outbox.get_reply(db, reply.id).text == "My words"
    assert blogs.all_blogs(db) == ()
    assert post_lists.list_posts(db) == ()
    assert [post.id for post in post_lists.list_posts(db, post_lists.PostFilter(blog_id=blog.id))] == [
        answered.id
    ]
    with pytest.raises(NotFoundError):
        posts.get_post(db, other.id)
    again = add_blog(feed_url=blog.feed_url)
    assert (again.id, again.is_subscribed, again.etag, again.body_hash) == (blog.id, True, None, None)
