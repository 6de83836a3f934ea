"""As whom one writes: on this blog, else anywhere."""

from collections.abc import Callable
from sqlite3 import Connection

import pytest

from tests.conftest import NOW
from tui_reader.domain.blog import Blog
from tui_reader.domain.post import Post
from tui_reader.domain.reply import Identity, Outcome, ReplyState
from tui_reader.errors import NotFoundError, UsageError
from tui_reader.storage import identities, outbox


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


def test_a_changed_one_keeps_its_blog_and_its_account(db: Connection, add_blog: Callable[..., Blog]) -> None:
    blog = add_blog()
    mine = identities.add_identity(db, name="Ann", email="ann@a.example", blog_id=blog.id, username="ann")
    changed = identities.change_identity(
        db, mine.id, name="Anne", email="anne@a.example", site="https://anne.example/"
    )
    assert (changed.id, changed.name, changed.email, changed.site) == (
        mine.id,
        "Anne",
        "anne@a.example",
        "https://anne.example/",
    )
    assert (changed.blog_id, changed.username) == (blog.id, "ann")
    with pytest.raises(NotFoundError):
        identities.change_identity(db, 99, name="", email="", site="")


def test_two_do_not_become_one(db: Connection) -> None:
    ann = identities.add_identity(db, name="Ann", email="ann@a.example")
    bea = identities.add_identity(db, name="Bea", email="bea@a.example")
    with pytest.raises(UsageError, match=f"identity {ann.id}"):
        identities.change_identity(db, bea.id, name="Ann", email="ann@a.example", site="")
    assert identities.get_identity(db, bea.id) == bea


def test_while_a_reply_may_be_on_its_way_the_name_stays(
    db: Connection, add_post: Callable[..., Post]
) -> None:
    """Else it would not be found, and the blog would take a second one for somebody else's."""
    ann = identities.add_identity(db, name="Ann", email="ann@a.example")
    reply = outbox.create_draft(db, add_post().id, None, now=NOW, text="words", identity_id=ann.id)
    outbox.begin_sending(db, reply.id, now=NOW)
    outbox.set_outcome(db, reply.id, Outcome(state=ReplyState.UNCERTAIN), now=NOW)
    with pytest.raises(UsageError, match="on its way"):
        identities.change_identity(db, ann.id, name="Anne", email=ann.email, site="")
    changed = identities.change_identity(
        db, ann.id, name=ann.name, email=ann.email, site="https://ann.example/"
    )
    assert changed.site == "https://ann.example/"
