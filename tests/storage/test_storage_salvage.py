"""A database file damaged in ways that happen: what can be read of it is there again, counted right."""

import asyncio
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tui_reader.domain.comment import Comment
from tui_reader.domain.feed import ParsedPost
from tui_reader.domain.update import PostUpdate
from tui_reader.errors import StorageError
from tui_reader.storage import (
    blogs,
    comments,
    identities,
    intake,
    mending,
    outbox,
    outlines,
    posts,
    salvage,
)
from tui_reader.storage.database import Connection, Database, check

NOW = datetime(2026, 8, 3, 12, 0, tzinfo=UTC)
BLOGS, POSTS = 8, 25


def fill(db: Connection) -> None:
    for number in range(BLOGS):
        home = f"https://blog{number}.example/"
        blog = blogs.add_blog(
            db, url=home, feed_url=f"{home}feed", title=f"Blog {number}", folder="A", now=NOW
        )
        new = tuple(
            ParsedPost(
                guid=f"{home}{at}",
                url=f"{home}{at}/",
                title=f"Post {at} of {number}",
                published=NOW - timedelta(hours=at),
                html=f"<p>{'Words of it. ' * 60}</p>",
            )
            for at in range(POSTS)
        )
        applied = intake.apply_update(db, blog.id, PostUpdate(new=new), now=NOW)
        posts.mark(db, applied.new[::2], read=True, starred=number == 3)
        said = [
            Comment(
                id=str(at), parent_id=str(at - 1) if at else None, author="Ann", html=f"<p>{'So. ' * 40}</p>"
            )
            for at in range(5)
        ]
        comments.store_loaded(db, applied.new[0], said, is_complete=True, now=NOW)
    identities.add_identity(db, name="Nadia", email="nadia@mail.example", site="", blog_id=None)
    outbox.create_draft(db, 7, None, text="Words of my own, not yet sent.", now=NOW)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "reader.db"
    database = Database.open(path)
    asyncio.run(database.run(fill))
    database.close_now()
    assert not Path(f"{path}-wal").exists()
    return path


def numbers(path: Path) -> tuple[int, ...]:
    with closing(sqlite3.connect(path)) as db:
        return tuple(
            db.execute(f"SELECT count(*) FROM {table}").fetchone()[0]
            for table in ("blogs", "posts", "comments", "replies", "identities")
        )


def recounted(path: Path) -> None:
    """What triggers keep must be what is there, and every row must point to one that is."""
    with closing(sqlite3.connect(path)) as db:
        for told, counted in (
            (
                "SELECT id, posts, unread, starred FROM blogs ORDER BY id",
                """SELECT b.id, count(p.id), COALESCE(sum(1 - p.is_read), 0), COALESCE(sum(p.is_starred), 0)
                   FROM blogs AS b LEFT JOIN posts AS p ON p.blog_id = b.id GROUP BY b.id ORDER BY b.id""",
            ),
            (
                "SELECT id, new_comments FROM posts ORDER BY id",
                """SELECT p.id, COALESCE(sum(1 - c.is_seen), 0)
                   FROM posts AS p LEFT JOIN comments AS c ON c.post_id = p.id GROUP BY p.id ORDER BY p.id""",
            ),
        ):
            assert db.execute(told).fetchall() == db.execute(counted).fetchall()
        assert not check(db)


def overwrite(path: Path, start: float, length: int) -> None:
    data = path.read_bytes()
    at = int(len(data) * start)
    path.write_bytes(data[:at] + (b"\xff\x13" * length)[:length] + data[at + length :])


def zero_head(path: Path) -> None:
    path.write_bytes(bytes(4_096) + path.read_bytes()[4_096:])


def cut(path: Path) -> None:
    data = path.read_bytes()
    path.write_bytes(data[: len(data) * 9 // 10 // 4_096 * 4_096])


@pytest.mark.parametrize(
    "damage",
    [zero_head, cut, *(lambda path, at=at: overwrite(path, at, 9_000) for at in (0.04, 0.3, 0.5, 0.7, 0.9))],
    ids=["no head", "cut", "its list of tables", "at 30 %", "at 50 %", "at 70 %", "at 90 %"],
)
def test_what_can_be_read_is_there_again_and_the_damaged_file_is_kept(path: Path, damage) -> None:
    before = numbers(path)
    damage(path)
    spoilt = path.read_bytes()
    with closing(sqlite3.connect(path)) as db:
        if not (faults := check(db)):
            pytest.fail("this damages nothing")
    assert faults
    path.with_name("reader.db.suspect").touch()
    database = Database.open(path)
    assert database.mended is not None
    assert database.mended.aside.read_bytes() == spoilt
    assert str(database.mended.aside) in str(database.mended)
    saved = database.mended.saved
    database.close_now()
    after = numbers(path)
    assert after[1] == saved.posts
    # of what there was, most is there; of nothing there is more than a stand-in for what is lost
    assert after[1] >= before[1] * 0.6
    assert all(now <= then + 1 for now, then in zip(after, before, strict=True))
    recounted(path)
    # and it is whole from here on
    again = Database.open(path)
    assert again.mended is None
    again.close_now()
    assert not path.with_name("reader.db.suspect").exists()


def test_without_its_head_nothing_at_all_is_lost(path: Path) -> None:
    before = numbers(path)
    zero_head(path)
    database = Database.open(path)
    assert database.mended is not None
    (draft,) = database.read_now(outbox.list_replies)
    assert draft.text == "Words of my own, not yet sent."
    database.close_now()
    assert numbers(path) == before


async def test_damage_met_while_running_is_mended_at_the_next_start(path: Path) -> None:
    overwrite(path, 0.5, 30_000)
    database = Database.open(path)
    with pytest.raises(StorageError, match="start the program again"):
        await database.read(
            lambda db: db.execute("SELECT sum(length(html)), count(*) FROM bodies").fetchall()
        )
    await database.close()
    database = Database.open(path)
    assert database.mended is not None
    assert not await database.read(check)
    await database.close()


def test_a_reply_outlives_its_post_and_an_identity_for_one_blog_never_becomes_one_for_all(path: Path) -> None:
    with closing(sqlite3.connect(path)) as db, db:
        db.execute("PRAGMA foreign_keys = OFF")
        db.execute("UPDATE identities SET blog_id = 99")
        db.execute("DELETE FROM posts WHERE id = 7")
    path.with_name("reader.db.suspect").touch()
    database = Database.open(path)
    (draft,) = database.read_now(outbox.list_replies)
    assert draft.text == "Words of my own, not yet sent."
    database.close_now()
    assert numbers(path)[4] == 0
    recounted(path)


def test_what_lists_said_of_folders_is_saved_and_half_of_it_is_not(path: Path) -> None:
    with closing(sqlite3.connect(path)) as db, db:
        db.execute("PRAGMA foreign_keys = OFF")
        db.execute("DELETE FROM posts WHERE id = 7")
        outlines.set_folder(db, "A", '{"more": {}}')
        outlines.set_folder(db, "B", '{"half')
        outlines.set_blog(db, 1, "{}")
        outlines.set_blog(db, 2, '{"half')
    path.with_name("reader.db.suspect").touch()
    database = Database.open(path)
    assert database.mended is not None
    assert database.read_now(outlines.of_folders) == {"A": '{"more": {}}'}
    assert database.read_now(outlines.of_blogs) == {1: "{}"}
    database.close_now()


def test_a_file_from_before_there_was_a_table_has_no_gap_for_want_of_it(path: Path, tmp_path: Path) -> None:
    with closing(sqlite3.connect(path)) as db, db:
        db.execute("DROP TABLE folders")
    whole = tmp_path / "whole.db"
    Database.open(whole).close_now()
    with closing(sqlite3.connect(whole, isolation_level=None)) as new:
        assert not salvage.salvage(path, whole, new).has_gaps


def test_a_file_of_which_nothing_can_be_read_stays_where_it_is(path: Path) -> None:
    path.write_bytes(b"not a database at all, but a letter to my aunt\n" * 200)
    before = path.read_bytes()
    with pytest.raises(StorageError, match="damaged, or no database"):
        Database.open(path)
    assert path.read_bytes() == before
    assert not list(path.parent.glob("*damaged*"))


class Killed(BaseException):
    """As a kill would, it passes every handler of errors."""


def test_a_mending_that_is_killed_anywhere_loses_nothing(
    path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    zero_head(path)
    expected = None
    for step in range(1, 40):
        home = tmp_path / str(step)
        home.mkdir()
        copy = shutil.copy2(path, home / "reader.db")
        left = step

        def stepped(work: Callable) -> Callable:
            def run(*args, **more):
                nonlocal left
                left -= 1
                if left <= 0:  # from here on nothing is done any more, by no handler either
                    raise Killed
                return work(*args, **more)

            return run

        with monkeypatch.context() as patched:
            patched.setattr(mending.shutil, "copy2", stepped(shutil.copy2))
            for name in ("replace", "unlink"):
                patched.setattr(mending.Path, name, stepped(getattr(Path, name)))
            patched.setattr(mending, "salvage", stepped(mending.salvage))
            try:
                Database.open(copy).close_now()
            except Killed:
                was_killed = True
            else:
                was_killed = False
        database = Database.open(copy)
        database.close_now()
        expected = expected or numbers(copy)
        assert numbers(copy) == expected
        assert any(aside.read_bytes() == path.read_bytes() for aside in home.glob("reader.db.damaged-*"))
        left_over = {file.name for file in home.iterdir()} - {"reader.db", ".reader.db.mending"}
        assert all(name.startswith("reader.db.damaged-") for name in left_over)
        assert len(left_over) <= 2
        if not was_killed:
            assert step > 8
            return
    pytest.fail("it never came to its end")
