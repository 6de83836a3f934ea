"""The tables, as an append-only list of the steps that made them."""

from pathlib import Path
from sqlite3 import Connection

from tui_reader.errors import StorageError
from tui_reader.language import _
from tui_reader.storage.tables import FIRST
from tui_reader.storage.tables_full_text import FULL_TEXT
from tui_reader.storage.tables_lists import LISTS
from tui_reader.storage.tables_reading import ANSWERS, READING
from tui_reader.storage.tables_schedule import SCHEDULE
from tui_reader.storage.tables_trouble import TROUBLE

APPLICATION_ID = 0x74526472
"""Written into the file's head ("tRdr"), so that ``file`` and we can tell whose it is."""

MIGRATIONS: tuple[tuple[str, ...], ...] = (FIRST, SCHEDULE, READING, ANSWERS, FULL_TEXT, LISTS, TROUBLE)
"""Step N brings a file of version N to N + 1. Never change a step that was released: add one."""

VERSION = len(MIGRATIONS)


def version_of(db: Connection, path: Path | str) -> int:
    """The version of the file's tables.

    Raises:
        StorageError: another program's file, or one made by a newer version of this one.
    """
    (application,) = db.execute("PRAGMA application_id").fetchone()
    (version,) = db.execute("PRAGMA user_version").fetchone()
    if application != APPLICATION_ID:
        raise StorageError(
            _("{path} is the database of another program; it is kept as it is: move it away first").format(
                path=path
            )
        )
    if version > VERSION:
        raise StorageError(
            _(
                "the database {path} was made by a newer tui-reader (its tables are of version {version},"
                " this one knows {VERSION}); get the newer program, or set TUI_READER_HOME to another"
                " folder"
            ).format(path=path, version=version, VERSION=VERSION)
        )
    return int(version)


def migrate(db: Connection) -> None:
    """Brings the tables to ``VERSION``; each step is kept with its number, or not at all."""
    while True:
        db.execute("BEGIN IMMEDIATE")
        with db:
            # read again under the lock: another program may have done the step in the meantime
            (version,) = db.execute("PRAGMA user_version").fetchone()
            if version >= VERSION:
                return
            # not executescript: it would commit before it begins
            for statement in MIGRATIONS[version]:
                db.execute(statement)
            db.execute(f"PRAGMA application_id = {APPLICATION_ID}")
            db.execute(f"PRAGMA user_version = {version + 1}")
