"""As whom one writes: on this blog, else anywhere."""

from collections.abc import Callable
from sqlite3 import Connection

import pytest

from tui_reader.domain.blog import Blog
from tui_reader.domain.reply import Identity
from tui_reader.errors import NotFoundError
from tui_reader.storage import identities


def test_an_identity_comes_back_as_it_was_added(db: Connection, add_blog: Callable[..., Blog]) -> None:
    blog = add_blog()
    mine = identities.add_identity(
        db, name="Ann", email="ann@a.example", site="https://ann.example/", blog_id=blog.id, username="ann"
    )
    assert mine == Identity(
        id=mine.id,
        name="Ann",
        email="ann@a.example",
        site="https://ann.example/",
        blog_id=blog.id,
        username="ann",
    )
    assert identities.get_identity(db, mine.id) == mine


def test_the_same_one_again_is_brought_up_to_date(db: Connection, add_blog: Callable[..., Blog]) -> None:
    first = identities.add_identity(db, name="Ann", email="ann@a.example", username="ann")
    again = identities.add_identity(db, name="Ann", email="ann@a.example", site="https://ann.example/")
    assert (again.id, again.site, again.username) == (first.id, "https://ann.example/", "ann")
    own = identities.add_identity(db, name="Ann", email="ann@a.example", blog_id=add_blog().id)
    assert own.id != first.id
    assert identities.all_identities(db) == (again, own)


def test_a_blogs_own_identity_goes_before_the_general_one(
    db: Connection, add_blog: Callable[..., Blog]
) -> None:
    blog, other = add_blog(), add_blog()
    assert identities.identity_for(db, blog.id) is None
    own = identities.add_identity(db, name="A", email="a@a.example", blog_id=blog.id)
    assert identities.identity_for(db, other.id) is None
    identities.add_identity(db, name="B", email="b@a.example")
    general = identities.add_identity(db, name="C", email="c@a.example")
    assert identities.identity_for(db, blog.id) == own
    assert identities.identity_for(db, other.id) == general


def test_a_removed_identity_is_gone(db: Connection) -> None:
    mine = identities.add_identity(db, name="Ann", email="ann@a.example")
    assert identities.remove_identity(db, mine.id) == mine
    assert identities.all_identities(db) == ()
    with pytest.raises(NotFoundError, match="no identity"):
        identities.remove_identity(db, mine.id)
