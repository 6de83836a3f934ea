"""What feeds bring: kept, brought up to date, never doubled."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from sqlite3 import Connection

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.conftest import NOW as NOON
from tui_reader.domain.blog import Blog
from tui_reader.domain.feed import ParsedPost
from tui_reader.domain.post import Post
from tui_reader.domain.update import PostUpdate, decide
from tui_reader.errors import NotFoundError
from tui_reader.storage import blogs, intake, post_lists, post_texts, posts
from tui_reader.storage.database import Database
from tui_reader.storage.intake import Applied
from tui_reader.storage.values import text

ENTRY = ParsedPost(
    guid="g1",
    url="https://a.example/1",
    title="One",
    author="Ann",
    published=NOON - timedelta(days=1),
    updated=NOON,
    html="<p>x",
    comments_url="https://a.example/1#comments",
    comments_feed_url="https://a.example/1/feed",
    comment_count=3,
)


def refresh(db: Connection, blog: Blog, *entries: ParsedPost) -> Applied:
    return intake.apply_update(db, blog.id, decide(intake.known_posts(db, blog.id), entries), now=NOON)


def test_an_entry_becomes_a_post(db: Connection, add_blog: Callable[..., Blog]) -> None:
    blog = add_blog(title="A")
    (id,) = intake.apply_update(db, blog.id, PostUpdate(new=(ENTRY,)), now=NOON, is_backlog=True).new
    assert posts.get_post(db, id) == Post(
        id=id,
        blog_id=blog.id,
        blog_title="A",
        url=ENTRY.url,
        guid="g1",
        title="One",
        author="Ann",
        published=ENTRY.published,
        updated=NOON,
        first_seen=NOON,
        is_backlog=True,
        comments_url=ENTRY.comments_url,
        comments_feed_url=ENTRY.comments_feed_url,
        comment_count=3,
    )
    assert post_texts.body(db, id) == post_texts.Body(html="<p>x", base_url=ENTRY.url, is_excerpt=False)


def test_new_posts_are_given_in_the_feeds_order(db: Connection, add_blog: Callable[..., Blog]) -> None:
    undated = [ParsedPost(guid=f"g{n}", url=f"https://a.example/{n}", title=str(n)) for n in range(3)]
    applied = refresh(db, add_blog(), *undated)
    assert [posts.get_post(db, id).title for id in applied.new] == ["0", "1", "2"]
    assert [post.title for post in post_lists.list_posts(db)] == ["0", "1", "2"]


def test_a_changed_entry_changes_its_post_and_leaves_its_marks(
    db: Connection, add_blog: Callable[..., Blog]
) -> None:
    blog = add_blog()
    (id,) = refresh(db, blog, ENTRY).new
    posts.mark(db, [id], read=True, starred=True)
    changed = replace(ENTRY, guid="g2", title="Two", html="<p>y", published=None, comment_count=5)
    assert refresh(db, blog, changed) == Applied(changed=(id,))
    post = posts.get_post(db, id)
    assert (post.guid, post.title, post.comment_count) == ("g2", "Two", 5)
    assert (post.published, post.is_read, post.is_starred) == (ENTRY.published, True, True)
    assert post_texts.body(db, id).html == "<p>y"


def test_posts_that_left_the_feed_stay(db: Connection, add_blog: Callable[..., Blog]) -> None:
    blog = add_blog()
    refresh(db, blog, ENTRY)
    assert refresh(db, blog) == Applied()
    assert len(post_lists.list_posts(db)) == 1


def test_what_another_program_stored_meanwhile_is_not_doubled(
    db: Connection, add_blog: Callable[..., Blog]
) -> None:
    blog = add_blog()
    update = PostUpdate(new=(ENTRY,))
    (id,) = intake.apply_update(db, blog.id, update, now=NOON).new
    assert intake.apply_update(db, blog.id, update, now=NOON) == Applied()
    later = PostUpdate(new=(replace(ENTRY, title="Two"),))
    assert intake.apply_update(db, blog.id, later, now=NOON) == Applied(changed=(id,))
    assert [post.title for post in post_lists.list_posts(db)] == ["Two"]


def test_a_post_that_is_gone_is_not_changed(db: Connection, add_blog: Callable[..., Blog]) -> None:
    assert intake.apply_update(db, add_blog().id, PostUpdate(changed=((7, ENTRY),)), now=NOON) == Applied()


def test_a_blog_that_is_gone_takes_nothing(db: Connection) -> None:
    with pytest.raises(NotFoundError):
        intake.apply_update(db, 7, PostUpdate(new=(ENTRY,)), now=NOON)


def test_a_guid_that_another_post_has_is_not_taken_over(
    db: Connection, add_blog: Callable[..., Blog]
) -> None:
    blog = add_blog()
    other = replace(ENTRY, guid="g2", url="https://a.example/2")
    first, _ = refresh(db, blog, ENTRY, other).new
    stale = PostUpdate(changed=((first, replace(ENTRY, guid="g2", title="Two")),))
    assert intake.apply_update(db, blog.id, stale, now=NOON).changed == (first,)
    assert (posts.get_post(db, first).guid, posts.get_post(db, first).title) == ("g1", "Two")


@pytest.mark.parametrize(
    ("html", "is_excerpt", "survives"), [("<p>y", True, True), ("<p>y", False, False), ("<p>x", False, True)]
)
def test_the_whole_text_outlives_a_changed_excerpt_but_not_a_changed_text(
    db: Connection, add_blog: Callable[..., Blog], html: str, is_excerpt: bool, survives: bool
) -> None:
    blog = add_blog()
    (id,) = refresh(db, blog, ENTRY).new
    post_texts.set_full_body(db, id, "<p>all of it")
    refresh(db, blog, replace(ENTRY, title="Two", html=html, is_excerpt=is_excerpt))
    assert post_texts.body(db, id).is_full is survives


def guids(db: Connection) -> list[str]:
    return [posts.get_post(db, line.id).guid for line in post_lists.list_posts(db)]


def test_a_date_far_ahead_does_not_hold_a_post_on_top(db: Connection, add_blog: Callable[..., Blog]) -> None:
    ahead = replace(ENTRY, guid="g2", url="https://a.example/2", published=NOON + timedelta(days=3650))
    soon = replace(ENTRY, guid="g3", url="https://a.example/3", published=NOON + timedelta(hours=5))
    blog = add_blog()
    refresh(db, blog, ahead, soon, ENTRY)
    assert guids(db) == ["g3", "g2", "g1"]
    assert post_lists.list_posts(db)[1].published == ahead.published
    refresh(db, blog, replace(ahead, published=NOON - timedelta(days=9), title="Mended"))
    assert guids(db) == ["g3", "g1", "g2"]


NASTY = st.text(st.characters(exclude_categories=()), max_size=12)
NASTY_URL = NASTY | st.sampled_from(["https://a.example/1", "https://a.example/1/", "http://[", "?p=1"])
ENTRIES = st.builds(
    ParsedPost,
    guid=NASTY | st.sampled_from(["g", "g\0", "g\ufffd", "g\ud800"]),
    url=NASTY_URL,
    title=NASTY,
    author=st.none() | NASTY,
    published=st.none() | st.datetimes(timezones=st.just(NOON.tzinfo)),
    updated=st.none() | st.datetimes(timezones=st.just(NOON.tzinfo)),
    html=NASTY,
    is_excerpt=st.booleans(),
    comments_url=st.none() | NASTY_URL,
    comments_feed_url=st.none() | NASTY_URL,
    comment_count=st.none() | st.integers(),
    # as feeds are parsed: no half characters in names
).map(lambda entry: replace(entry, guid=text(entry.guid), url=text(entry.url)))


@settings(deadline=None, max_examples=40)
@given(st.lists(st.lists(ENTRIES, max_size=4), min_size=1, max_size=3))
def test_any_feed_can_be_stored_and_brings_nothing_the_second_time(feeds: list[list[ParsedPost]]) -> None:
    database = Database.open(":memory:")
    db = database._connection
    blog = blogs.add_blog(db, url="https://a.example/", feed_url="", title="", now=NOON)
    for feed in feeds:
        refresh(db, blog, *feed)
    again = refresh(db, blog, *feeds[-1])
    assert again.new == ()
    stored = post_lists.list_posts(db, post_lists.PostFilter(blog_id=blog.id))
    assert len(stored) == len(intake.known_posts(db, blog.id)) == blogs.get_blog(db, blog.id).unread
    for post in stored:
        assert post_texts.body(db, post.id).base_url == post.url
    database.close_now()


@settings(deadline=None, max_examples=40)
@given(ENTRIES)
def test_sound_values_come_back_as_they_were(entry: ParsedPost) -> None:
    database = Database.open(":memory:")
    db = database._connection
    blog = blogs.add_blog(db, url="https://a.example/", feed_url="", title="", now=NOON)
    (id,) = refresh(db, blog, entry).new
    post = posts.get_post(db, id)
    for name in (
        "guid",
        "url",
        "title",
        "author",
        "published",
        "updated",
        "comments_url",
        "comments_feed_url",
    ):
        said = getattr(entry, name)
        is_sound = not isinstance(said, str) or not any(c == "\0" or "\ud800" <= c <= "\udfff" for c in said)
        assert getattr(post, name) == said or not is_sound
    database.close_now()
