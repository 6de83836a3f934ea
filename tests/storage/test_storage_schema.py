"""Every old file becomes what a new one is, or stays what it was."""

import sqlite3
from contextlib import closing
from pathlib import Path
from sqlite3 import Connection

import pytest

from tui_reader.storage import schema
from tui_reader.storage.database import Database

HERE = Path(__file__).parent

RELEASED = sorted(HERE.glob("schema_v*.sql"))
"""The tables of each version as they were released; one file more with each step of MIGRATIONS."""


def tables(db: Connection) -> list[str]:
    """What was said to make them; FTS5's own tables are its own business."""
    rows = db.execute(
        """SELECT sql FROM sqlite_schema WHERE name NOT LIKE 'sqlite_%'
               AND name NOT IN ('search_data', 'search_idx', 'search_docsize', 'search_config')
           ORDER BY name"""
    )
    return [sql for (sql,) in rows]


def version(db: Connection) -> int:
    return int(db.execute("PRAGMA user_version").fetchone()[0])


def make_released(path: Path, file: Path) -> None:
    """A file as the program of that version left it, with a reply in it."""
    with closing(sqlite3.connect(path)) as db:
        db.executescript(f"BEGIN; {file.read_text(encoding='utf-8')} COMMIT;")
        db.execute(f"PRAGMA application_id = {schema.APPLICATION_ID}")
        db.execute(f"PRAGMA user_version = {file.stem.removeprefix('schema_v')}")
        db.execute(
            """INSERT INTO blogs (url, url_key, feed_url, feed_key, title, is_subscribed, added_at)
               VALUES ('https://a.example/', 'a.example', '', '', 'A', 1, 0)"""
        )
        db.execute(
            """INSERT INTO posts (blog_id, guid, url, url_key, title, first_seen, sort_at, content_hash,
                   is_backlog)
               VALUES (1, 'g', 'https://a.example/1', 'a.example/1', 'One', 0, 0, '', 0)"""
        )
        db.execute(
            """INSERT INTO replies (post_id, text, state, created_at, updated_at)
               VALUES (1, 'My own words.', 'draft', 0, 0)"""
        )
        db.commit()


def test_each_released_version_is_on_record() -> None:
    assert [file.stem for file in RELEASED] == [f"schema_v{n}" for n in range(1, schema.VERSION + 1)]


@pytest.mark.parametrize("file", RELEASED, ids=lambda file: file.stem)
def test_every_released_version_becomes_what_a_new_file_is(tmp_path: Path, file: Path) -> None:
    make_released(tmp_path / "old.db", file)
    old, new = Database.open(tmp_path / "old.db"), Database.open(tmp_path / "new.db")
    assert old.read_now(tables) == new.read_now(tables)
    assert old.read_now(version) == new.read_now(version) == schema.VERSION
    words = old.read_now(lambda db: db.execute("SELECT text FROM replies").fetchall())
    assert words == [("My own words.",)]
    old.close_now()
    new.close_now()


@pytest.fixture
def older(tmp_path: Path) -> Path:
    path = tmp_path / "reader.db"
    make_released(path, RELEASED[-1])
    return path


def add_step(monkeypatch: pytest.MonkeyPatch, *statements: str) -> None:
    monkeypatch.setattr(schema, "MIGRATIONS", (*schema.MIGRATIONS, statements))
    monkeypatch.setattr(schema, "VERSION", schema.VERSION + 1)


def test_a_file_is_copied_before_a_step_changes_it(older: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = schema.VERSION
    add_step(monkeypatch, "ALTER TABLE blogs ADD COLUMN colour TEXT", "UPDATE replies SET text = 'changed'")
    Database.open(older).close_now()
    with closing(sqlite3.connect(older)) as db:
        assert version(db) == before + 1
        assert db.execute("SELECT colour FROM blogs").fetchall() == [(None,)]
    copy = older.with_name(f"reader.db.v{before}.backup")
    assert {file.name for file in older.parent.iterdir()} == {older.name, copy.name}
    assert copy.stat().st_mode & 0o777 == 0o600
    with closing(sqlite3.connect(copy)) as db:
        assert version(db) == before
        assert db.execute("SELECT text FROM replies").fetchall() == [("My own words.",)]


def test_a_step_that_fails_leaves_the_file_as_it_was(older: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = schema.VERSION
    with closing(sqlite3.connect(older)) as db:
        tables_before = tables(db)
    add_step(monkeypatch, "ALTER TABLE blogs ADD COLUMN colour TEXT", "UPDATE nowhere SET text = ''")
    with pytest.raises(sqlite3.OperationalError, match="nowhere"):
        Database.open(older)
    with closing(sqlite3.connect(older)) as db:
        assert (version(db), tables(db)) == (before, tables_before)


def test_a_step_that_another_program_did_meanwhile_is_not_done_twice(
    older: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    add_step(monkeypatch, "ALTER TABLE blogs ADD COLUMN colour TEXT")
    with closing(sqlite3.connect(older, isolation_level=None)) as slow:
        assert version(slow) == schema.VERSION - 1
        Database.open(older).close_now()
        schema.migrate(slow)
        assert version(slow) == schema.VERSION


def test_a_file_that_is_up_to_date_is_not_copied(older: Path) -> None:
    Database.open(older).close_now()
    assert [file.name for file in older.parent.iterdir()] == [older.name]
