"""As whom the user writes; secrets are never here."""

from sqlite3 import Connection
from typing import Any

from tui_reader.domain.reply import Identity
from tui_reader.errors import NotFoundError, UsageError
from tui_reader.language import _
from tui_reader.storage.values import text, text_or_none

_SELECT = "SELECT id, name, email, site, blog_id, username FROM identities "


def add_identity(
    db: Connection,
    *,
    name: str,
    email: str,
    site: str = "",
    blog_id: int | None = None,
    username: str | None = None,
) -> Identity:
    """Keeps an identity; one of the same name, e-mail and blog is brought up to date instead."""
    values = {
        "name": text(name),
        "email": text(email),
        "site": text(site),
        "blog_id": blog_id,
        "username": text_or_none(username) or None,
    }
    known = db.execute(
        """UPDATE identities SET site = :site, username = COALESCE(:username, username)
           WHERE name = :name AND email = :email AND blog_id IS :blog_id RETURNING id""",
        values,
    ).fetchall()
    if known:
        return get_identity(db, known[0][0])
    added = db.execute(
        """INSERT INTO identities (name, email, site, blog_id, username)
           VALUES (:name, :email, :site, :blog_id, :username)""",
        values,
    )
    return get_identity(db, added.lastrowid or 0)


def change_identity(db: Connection, identity_id: int, *, name: str, email: str, site: str) -> Identity:
    """Gives it another name, e-mail and site; its blog, its account and its secret stay.

    Raises:
        NotFoundError: there is none.
        UsageError: there is one like that for the same blog, or a reply is on its way under its name.
    """
    before = get_identity(db, identity_id)
    if (before.name, before.email) != (text(name), text(email)):
        _refuse_on_its_way(db, identity_id)
    values = {"id": identity_id, "name": text(name), "email": text(email), "site": text(site)}
    same = db.execute(
        """SELECT id FROM identities
           WHERE id <> :id AND name = :name AND email = :email AND blog_id IS :blog_id""",
        values | {"blog_id": before.blog_id},
    ).fetchone()
    if same is not None:
        raise UsageError(
            _("identity {identity_id} has this name and this e-mail address already").format(
                identity_id=same[0]
            )
        )
    db.execute("UPDATE identities SET name = :name, email = :email, site = :site WHERE id = :id", values)
    return get_identity(db, identity_id)


def _refuse_on_its_way(db: Connection, identity_id: int) -> None:
    # it is looked for by name, and a blog that refuses doubles tells them by name and e-mail
    on_its_way = db.execute(
        """SELECT id FROM replies WHERE state IN ('sending', 'uncertain')
               AND COALESCE(identity_id, :id) = :id""",
        {"id": identity_id},
    ).fetchone()
    if on_its_way is not None:
        raise UsageError(
            _(
                "reply {reply_id} may be on its way under this name: change it when that is settled in the"
                " outbox"
            ).format(reply_id=on_its_way[0])
        )


def get_identity(db: Connection, identity_id: int) -> Identity:
    """The identity with this id.

    Raises:
        NotFoundError: there is none.
    """
    row = db.execute(_SELECT + "WHERE id = ?", (identity_id,)).fetchone()
    if row is None:
        raise NotFoundError(_("there is no identity {identity_id}").format(identity_id=identity_id))
    return _identity(row)


def all_identities(db: Connection) -> tuple[Identity, ...]:
    """All of them, those for every blog first."""
    rows = db.execute(_SELECT + "ORDER BY blog_id IS NOT NULL, blog_id, id")
    return tuple(map(_identity, rows))


def identity_for(db: Connection, blog_id: int) -> Identity | None:
    """As whom one writes on this blog: its own identity, else the one for every blog; the latest added."""
    row = db.execute(
        _SELECT
        + """WHERE blog_id = ? OR blog_id IS NULL
            ORDER BY blog_id IS NULL, id DESC LIMIT 1""",
        (blog_id,),
    ).fetchone()
    return None if row is None else _identity(row)


def remove_identity(db: Connection, identity_id: int) -> Identity:
    """Forgets an identity; replies written as it stay, as nobody's yet.

    Raises:
        NotFoundError: there is none.
    """
    identity = get_identity(db, identity_id)
    db.execute("DELETE FROM identities WHERE id = ?", (identity_id,))
    return identity


def _identity(row: tuple[Any, ...]) -> Identity:
    return Identity(id=row[0], name=row[1], email=row[2], site=row[3], blog_id=row[4], username=row[5])
