"""Lists of posts, narrowed by a query."""

import sqlite3
from datetime import UTC, datetime, timedelta

import pytest

from tui_reader.domain.feed import ParsedPost
from tui_reader.domain.query import parse
from tui_reader.domain.update import PostUpdate
from tui_reader.storage import blogs, intake, post_lists, posts
from tui_reader.storage.post_lists import PostFilter

NOW = datetime(2026, 8, 3, 12, 0, tzinfo=UTC)
ROWS = (
    ("Über den Hafen", "Maud", 1, 0),
    ("100% of the harbour", None, 3, 4),
    ("The old timetable", "Pieter", 30, 12),
    ("Eggs_and_bread", "maud keel", 300, None),
)


@pytest.fixture
def stored(db: sqlite3.Connection) -> sqlite3.Connection:
    blog = blogs.add_blog(
        db, url="https://a.example/", feed_url="https://a.example/feed/", title="Notes", folder="Sea", now=NOW
    )
    new = tuple(
        ParsedPost(
            guid=title,
            url=f"https://a.example/{number}/",
            title=title,
            author=author,
            published=NOW - timedelta(days=days),
            html="<p>x</p>",
            comment_count=comments,
        )
        for number, (title, author, days, comments) in enumerate(ROWS)
    )
    ids = intake.apply_update(db, blog.id, PostUpdate(new=new), now=NOW).new
    posts.mark(db, ids, read=True)
    posts.mark(db, [posts.find_post(db, "https://a.example/2/").id], read=False, starred=True)
    return db


def titles(db: sqlite3.Connection, text: str, **more: object) -> list[str]:
    return [post.title for post in post_lists.list_posts(db, PostFilter(query=parse(text, NOW), **more))]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("harbour", [1]),
        ("HARBOUR", [1]),
        ("über", [0]),
        ("ÜBER", [0]),
        ("100%", [1]),
        ("s_a", [3]),
        ("0_", []),
        ("author:maud", [0, 3]),
        ("-author:maud", [1, 2]),
        ("maud -über", [3]),
        ("blog:notes", [0, 1, 2, 3]),
        ("notes -blog:notes", []),
        ("folder:sea unread", [2]),
        ("read", [0, 1, 3]),
        ("starred -unread", []),
        ("newer:1w", [0, 1]),
        ("older:2m", [3]),
        ("comments:>3", [1, 2]),
        ("comments:0", [0, 3]),
        ("comments:<=4", [0, 1, 3]),
        ('"the old"', [2]),
        ("answered", []),
    ],
)
def test_only_what_the_query_lets_through_is_listed(stored, text: str, found: list[int]) -> None:
    assert titles(stored, text) == [ROWS[at][0] for at in found]


def test_what_an_open_list_shows_stays_in_its_place(stored) -> None:
    shown = frozenset(post.id for post in post_lists.list_posts(stored, PostFilter(query=parse("maud", NOW))))
    assert titles(stored, "harbour", also=shown) == [ROWS[0][0], ROWS[1][0], ROWS[3][0]]


def test_among_certain_posts_others_are_not_looked_for(stored) -> None:
    one = posts.find_post(stored, "https://a.example/0/").id
    assert titles(stored, "notes", ids=frozenset({one})) == [ROWS[0][0]]
    assert titles(stored, "timetable", ids=frozenset({one})) == []
