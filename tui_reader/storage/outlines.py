"""What lists of subscriptions said of blogs and of folders beside what is used of it, as JSON."""

from sqlite3 import Connection

from tui_reader.storage.values import text, text_or_none


def set_blog(db: Connection, blog_id: int, said: str | None) -> None:
    """Keeps what a list said of a blog."""
    db.execute("UPDATE blogs SET outline = ? WHERE id = ?", (text_or_none(said), blog_id))


def of_blogs(db: Connection) -> dict[int, str]:
    """What was kept so, by blog."""
    return dict(db.execute("SELECT id, outline FROM blogs WHERE outline IS NOT NULL AND is_subscribed = 1"))


def set_folder(db: Connection, path: str, said: str) -> None:
    """Keeps what a list said of a folder; of the one without a name: of itself."""
    db.execute(
        """INSERT INTO folders (path, said) VALUES (?, ?)
           ON CONFLICT (path) DO UPDATE SET said = excluded.said""",
        (text(path), text(said)),
    )


def of_folders(db: Connection) -> dict[str, str]:
    """What was kept so, by folder, in the order of its coming."""
    return dict(db.execute("SELECT path, said FROM folders ORDER BY rowid"))
