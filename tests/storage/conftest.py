"""A database in memory, with blogs and posts to hang things on."""

from collections.abc import Callable, Iterator
from datetime import datetime
from itertools import count
from sqlite3 import Connection

import pytest

from tests.conftest import NOW as NOON
from tui_reader.domain.blog import Blog
from tui_reader.domain.feed import ParsedPost
from tui_reader.domain.post import Post
from tui_reader.domain.update import PostUpdate
from tui_reader.storage import blogs, intake, posts
from tui_reader.storage.database import Database


@pytest.fixture
def db() -> Iterator[Connection]:
    """Every statement is its own transaction, as no test here needs another."""
    database = Database.open(":memory:")
    yield database._connection
    database.close_now()


@pytest.fixture
def add_blog(db: Connection) -> Callable[..., Blog]:
    """Stores a blog with an address of its own."""
    numbers = count(1)

    def add(**values) -> Blog:
        host = f"https://blog{next(numbers)}.example"
        return blogs.add_blog(
            db, **{"url": f"{host}/", "feed_url": f"{host}/feed", "title": host, "now": NOON} | values
        )

    return add


@pytest.fixture
def add_posts(db: Connection, add_blog: Callable[..., Blog]) -> Callable[..., tuple[Post, ...]]:
    """Stores entries of a feed; without a blog, of a new one."""

    def add(*entries: ParsedPost, blog: Blog | None = None, now: datetime = NOON) -> tuple[Post, ...]:
        blog = blog or add_blog()
        applied = intake.apply_update(db, blog.id, PostUpdate(new=entries), now=now)
        return tuple(posts.get_post(db, post_id) for post_id in applied.new)

    return add


@pytest.fixture
def add_post(add_posts: Callable[..., tuple[Post, ...]]) -> Callable[..., Post]:
    """Stores one entry with an address of its own."""
    numbers = count(1)

    def add(*, blog: Blog | None = None, now: datetime = NOON, **values) -> Post:
        url = f"https://posts.example/{next(numbers)}/"
        entry = ParsedPost(**{"guid": url, "url": url, "title": "A walk", "html": "<p>It rained."} | values)
        return add_posts(entry, blog=blog, now=now)[0]

    return add
