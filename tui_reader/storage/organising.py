"""What the user does to the list of his blogs, each so that it can be taken back."""

from datetime import datetime
from sqlite3 import Connection

from tui_reader.domain.folders import folder_path
from tui_reader.language import _
from tui_reader.storage import acts, blogs
from tui_reader.storage.acts import Kind, Undo
from tui_reader.storage.blogs import Removed
from tui_reader.storage.values import stamp, text_or_none


def rename(db: Connection, blog_id: int, title: str | None, *, now: datetime) -> Undo | None:
    """Gives the blog a title of the user's own; None or an empty one: the feed's again.

    Raises:
        NotFoundError: there is no such blog.
    """
    was = blogs.get_blog(db, blog_id).title
    changes = acts.change(db, Kind.OWN_TITLE, [blog_id], text_or_none(title) or None)
    return acts.record(db, _renamed(was, blogs.get_blog(db, blog_id).title), changes, now=now)


def move(db: Connection, blog_id: int, folder: str | None, *, now: datetime) -> Undo | None:
    """Puts the blog into a folder, or out of any.

    Raises:
        NotFoundError: there is no such blog.
    """
    title = blogs.get_blog(db, blog_id).title
    path = folder_path(folder)
    changes = acts.change(db, Kind.FOLDER, [blog_id], text_or_none(path))
    return acts.record(db, _moved(title, path), changes, now=now)


def rename_and_move(
    db: Connection, blog_id: int, title: str | None, folder: str | None, *, now: datetime
) -> Undo | None:
    """Both in one act, as one dialog or one command asks for it: one undo takes both back.

    Raises:
        NotFoundError: there is no such blog.
    """
    before = blogs.get_blog(db, blog_id)
    path = folder_path(folder)
    renamed = acts.change(db, Kind.OWN_TITLE, [blog_id], text_or_none(title) or None)
    moved = acts.change(db, Kind.FOLDER, [blog_id], text_or_none(path))
    title = blogs.get_blog(db, blog_id).title
    if not renamed or not moved:
        told = _renamed(before.title, title) if renamed else _moved(title, path)
    else:
        within = _("“{was}” is now “{title}”, in “{folder}”")
        told = within if path else _("“{was}” is now “{title}”, in no folder")
        told = told.format(was=before.title, title=title, folder=path)
    return acts.record(db, told, [*renamed, *moved], now=now)


def pause(db: Connection, blog_id: int, *, now: datetime, is_paused: bool = True) -> Undo | None:
    """The blog is not asked until the user says so; or it is asked again.

    Raises:
        NotFoundError: there is no such blog.
    """
    title = blogs.get_blog(db, blog_id).title
    changes = acts.change(db, Kind.IS_PAUSED, [blog_id], int(is_paused))
    told = _("“{title}” paused") if is_paused else _("“{title}” is asked again")
    return acts.record(db, told.format(title=title), changes, now=now)


def want_full_text(db: Connection, blog_id: int, *, now: datetime, is_wanted: bool) -> Undo | None:
    """The whole text of every post that the feed cuts short is fetched, or only when it is asked for.

    Raises:
        NotFoundError: there is no such blog.
    """
    title = blogs.get_blog(db, blog_id).title
    changes = acts.change(db, Kind.WANTS_FULL_TEXT, [blog_id], int(is_wanted))
    what = "full text of" if is_wanted else "the feed's text of"
    return acts.record(db, f"{what} “{title}”", changes, now=now)


def set_aside(db: Connection, blog_id: int, *, now: datetime) -> Undo | None:
    """Removes the blog from every list, with all that hangs on it; it is kept while this can be undone.

    The user's own replies stay in the outbox.

    Raises:
        NotFoundError: there is no such blog.
    """
    title = blogs.get_blog(db, blog_id).title
    changes = [
        *acts.change(db, Kind.IS_SUBSCRIBED, [blog_id], 0),
        *acts.change(db, Kind.REMOVED_AT, [blog_id], stamp(now)),
    ]
    return acts.record(db, _("“{title}” removed").format(title=title), changes, now=now)


def purge(db: Connection, *, now: datetime) -> tuple[Removed, ...]:
    """Forgets the blogs whose removal cannot be undone any more; never words of the user's."""
    over = db.execute(
        "SELECT id FROM blogs INDEXED BY blogs_removed WHERE removed_at < ?", (stamp(now - acts.KEPT_FOR),)
    ).fetchall()
    gone = []
    for (blog_id,) in over:
        gone.append(blogs.remove_blog(db, blog_id))
        # what is left of it, for the sake of a reply, is as a single post's
        db.execute("UPDATE blogs SET removed_at = NULL WHERE id = ?", (blog_id,))
    return tuple(gone)


def folders(db: Connection) -> tuple[str, ...]:
    """The folders that have blogs, in the order of the list; ``A / B`` is B inside A."""
    return tuple(dict.fromkeys(blog.folder for blog in blogs.all_blogs(db) if blog.folder))


def _renamed(was: str, title: str) -> str:
    return _("“{was}” is now “{title}”").format(was=was, title=title)


def _moved(title: str, folder: str | None) -> str:
    told = _("“{title}” is now in “{folder}”") if folder else _("“{title}” is in no folder now")
    return told.format(title=title, folder=folder)
