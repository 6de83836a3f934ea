"""Search: every word counts, nothing is an operator, the newest come first."""

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from sqlite3 import Connection

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from tests.conftest import NOW as NOON
from tui_reader.domain.comment import Comment
from tui_reader.domain.feed import ParsedPost
from tui_reader.domain.post import Post
from tui_reader.domain.update import PostUpdate
from tui_reader.storage import blogs, comments, intake, post_texts, posts, search
from tui_reader.storage.database import Database
from tui_reader.storage.search import Hit

DAY = timedelta(days=1)


def text_of(html: str) -> str:
    return re.sub(r"<[^>]*>", "", html)


def index(db: Connection) -> int:
    done = 0
    while more := search.index_pending(db, text_of, 3):
        done += more
    return done


def found(db: Connection, query: str) -> list[str]:
    index(db)
    return [hit.comment_id or hit.title for hit in search.find(db, query)]


def test_a_post_and_a_comment_are_found_with_their_surroundings(
    db: Connection, add_post: Callable[..., Post]
) -> None:
    post = add_post(
        title="A walk", author="Ann", html="<p>It rained, and we <b>walked</b> on.", published=NOON - DAY
    )
    comment = Comment(
        id="7", author="Ben", html="<p>You walked? Brave.", published=NOON, url="https://a.example/#7"
    )
    comments.store_loaded(db, post.id, [comment], is_complete=True, now=NOON)
    assert index(db) == 2
    now_with_comment = posts.get_post(db, post.id)
    assert search.find(db, "walked") == (
        Hit(
            kind="comment",
            post=now_with_comment,
            comment_id="7",
            title="A walk",
            author="Ben",
            snippet="You walked? Brave.",
            url="https://a.example/#7",
            published=NOON,
        ),
        Hit(
            kind="post",
            post=now_with_comment,
            comment_id=None,
            title="A walk",
            author="Ann",
            snippet="It rained, and we walked on.",
            url=post.url,
            published=NOON - DAY,
        ),
    )
    assert len(search.find(db, "walked", limit=1)) == 1


@pytest.mark.parametrize(
    ("query", "is_hit"),
    [
        ("ete", True),
        ("ÉTÉ", True),
        ("summer été", True),
        ("summer winter", False),
        ("summ", True),
        ("summ ", False),
        ("summ été", False),
        ('"long summer"', True),
        ('"summer long"', False),
        ('long "summer', True),
        ("NOT", False),
        ("summer NOT été", False),
        ("summer OR winter", False),
        ("title:été", False),
        ("sum*", True),
        ("sum* été", True),
        ("*", False),
        ("--", False),
        ("", False),
        ("summer --", True),
        ("(summer", True),
        ("summer\0", True),
    ],
)
def test_every_word_counts_and_nothing_is_an_operator(
    db: Connection, add_post: Callable[..., Post], query: str, is_hit: bool
) -> None:
    add_post(title="L'été", html="<p>A long summer.")
    assert found(db, query) == (["L'été"] if is_hit else [])


def test_the_newest_come_first_whenever_they_were_indexed(
    db: Connection, add_post: Callable[..., Post]
) -> None:
    for days in (3, 1, 4, 0, 2):
        add_post(title=f"{days} days ago", published=NOON - days * DAY, html="<p>snow")
        index(db)
    add_post(title="Long ago", published=datetime(1, 1, 1, tzinfo=UTC), html="<p>snow")
    assert found(db, "snow") == [*(f"{days} days ago" for days in range(5)), "Long ago"]


def test_texts_of_the_same_second_are_all_found(
    db: Connection, add_post: Callable[..., Post], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(search, "_ROOM", 2)
    for n in range(7):
        add_post(title=str(n), html="<p>snow")
    assert sorted(found(db, "snow")) == list("0123456")


def test_a_changed_text_is_found_by_its_new_words_only(db: Connection, add_post: Callable[..., Post]) -> None:
    post = add_post(html="<p>In short", is_excerpt=True)
    comments.store_loaded(db, post.id, [Comment(id="7", html="<p>old")], is_complete=True, now=NOON)
    assert found(db, "short") == ["A walk"]
    post_texts.set_full_body(db, post.id, "<p>At length")
    comments.store_loaded(db, post.id, [Comment(id="7", html="<p>young")], is_complete=True, now=NOON)
    assert index(db) == 2
    assert found(db, "short") == found(db, "old") == []
    assert found(db, "length") == ["A walk"]
    assert found(db, "young") == ["7"]


def test_marks_alone_index_nothing_again(db: Connection, add_post: Callable[..., Post]) -> None:
    post = add_post()
    comments.store_loaded(db, post.id, [Comment(id="7")], is_complete=True, now=NOON)
    assert index(db) == 2
    posts.mark(db, [post.id], read=True, starred=True)
    comments.mark_seen(db, post.id)
    post_texts.set_full_body(db, post.id, "<p>All")
    assert index(db) == 1
    post_texts.set_full_body(db, post.id, "<p>All")
    assert index(db) == 0


def test_what_was_removed_is_not_found(db: Connection, add_post: Callable[..., Post]) -> None:
    post = add_post(html="<p>snow")
    comments.store_loaded(db, post.id, [Comment(id="7", html="<p>snow")], is_complete=True, now=NOON)
    assert found(db, "snow") == ["7", "A walk"] or found(db, "snow") == ["A walk", "7"]
    blogs.remove_blog(db, post.blog_id)
    assert found(db, "snow") == []
    db.execute("INSERT INTO search (search, rank) VALUES ('integrity-check', 1)")


ANY_TEXT = st.text(st.characters(exclude_categories=()), max_size=30)


@settings(deadline=None, max_examples=60)
@given(ANY_TEXT | st.text('"*:^-+(){} ANDORT~\0', max_size=15), ANY_TEXT)
@example('"""', "")
@example("NEAR(a b, 2)", "a b")
@example('{title}: "a" *', "a")
def test_any_query_is_answered_over_any_text(query: str, html: str) -> None:
    database = Database.open(":memory:")
    db = database._connection
    blog = blogs.add_blog(db, url="https://a.example/", feed_url="", title="", now=NOON)
    entry = ParsedPost(guid="g", url="", title=query, html=html)
    intake.apply_update(db, blog.id, PostUpdate(new=(entry,)), now=NOON)
    assert index(db) == 1
    assert len(search.find(db, query)) <= 1
    for word in text_of(html).split():
        assert search.find(db, word) or not re.fullmatch("[a-z]+", word), word
    database.close_now()
