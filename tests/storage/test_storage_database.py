"""One file, one thread that writes and one that reads: what is kept, what is refused, and who may read it."""

import asyncio
import os
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from sqlite3 import Connection
from threading import Event, get_ident
from time import monotonic

import pytest

from tests.conftest import NOW as NOON
from tui_reader.domain.feed import ParsedPost
from tui_reader.domain.update import PostUpdate
from tui_reader.errors import StorageError
from tui_reader.storage import blogs, intake, opening, outbox
from tui_reader.storage.database import Database, check
from tui_reader.storage.failures import in_plain_words


def add_name(db: Connection, name: str) -> int:
    return db.execute("INSERT INTO identities (name, email, site) VALUES (?, '', '')", (name,)).lastrowid or 0


def names(db: Connection) -> list[str]:
    return [name for (name,) in db.execute("SELECT name FROM identities ORDER BY id")]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "reader.db"


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(opening, "_BUSY_SECONDS", 0.01)


async def test_what_was_run_is_there_the_next_time(path: Path) -> None:
    database = Database.open(path)
    assert await database.run(add_name, "Ann") == 1
    await database.close()
    database = Database.open(str(path))
    assert await database.read(names) == ["Ann"]
    await database.close()


async def test_what_raises_leaves_nothing_behind() -> None:
    def half(db: Connection) -> None:
        add_name(db, "Ann")
        raise ZeroDivisionError

    database = Database.open(":memory:")
    with pytest.raises(ZeroDivisionError):
        await database.run(half)
    await database.run(add_name, "Ben")
    assert await database.read(names) == ["Ben"]
    await database.close()


async def test_what_a_reading_writes_is_not_kept() -> None:
    database = Database.open(":memory:")
    await database.read(add_name, "Ann")
    assert await database.read(names) == []
    await database.close()


async def test_a_statement_that_is_wrong_is_seen_as_the_bug_it_is() -> None:
    database = Database.open(":memory:")
    with pytest.raises(sqlite3.OperationalError, match="no such table"):
        await database.run(lambda db: db.execute("SELECT 1 FROM nowhere"))
    with pytest.raises(sqlite3.IntegrityError):
        await database.run(
            lambda db: db.execute(
                "INSERT INTO bodies (post_id, html, base_url, is_excerpt) VALUES (9, '', '', 0)"
            )
        )
    await database.close()


async def test_all_work_is_done_on_one_other_thread() -> None:
    database = Database.open(":memory:")
    threads = {await database.run(lambda _: get_ident()) for _ in range(3)}
    threads |= set(await asyncio.gather(*(database.read(lambda _: get_ident()) for _ in range(3))))
    assert len(threads) == 1
    assert get_ident() not in threads
    await database.close()


async def test_the_loop_goes_on_while_the_database_works() -> None:
    database = Database.open(":memory:")
    may_end = Event()
    waiting = asyncio.create_task(database.run(lambda _: may_end.wait(30)))
    await asyncio.sleep(0)
    may_end.set()  # reached only because the loop is free
    assert await waiting is True
    await database.close()


async def test_a_cancelled_caller_leaves_the_work_whole() -> None:
    def slow(db: Connection) -> None:
        add_name(db, "Ann")
        began.set()
        may_end.wait(30)
        add_name(db, "Ben")

    database = Database.open(":memory:")
    began, may_end = Event(), Event()
    task = asyncio.create_task(database.run(slow))
    await asyncio.to_thread(began.wait, 30)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    may_end.set()
    assert await database.read(names) == ["Ann", "Ben"]
    await database.close()


async def test_a_durable_run_is_synced_and_the_next_one_is_not() -> None:
    def synchronous(db: Connection) -> int:
        return int(db.execute("PRAGMA synchronous").fetchone()[0])

    database = Database.open(":memory:")
    assert await database.run(synchronous, durable=True) == 2
    assert await database.run(synchronous) == 1
    with pytest.raises(ZeroDivisionError):
        await database.run(lambda _: 1 // 0, durable=True)
    assert await database.run(synchronous) == 1
    await database.close()


async def test_a_closed_database_says_so(path: Path) -> None:
    database = Database.open(path)
    await database.close()
    await database.close()
    with pytest.raises(StorageError, match=r"reader\.db is closed"):
        await database.read(names)
    with pytest.raises(StorageError, match="closed"):
        database.read_now(names)


async def test_closing_waits_for_what_was_begun(path: Path) -> None:
    database = Database.open(path)
    writing = asyncio.create_task(database.run(add_name, "Ann"))
    await asyncio.sleep(0)
    await database.close()
    await writing
    reopened = Database.open(path)
    assert reopened.read_now(names) == ["Ann"]
    reopened.close_now()


def test_it_can_be_read_before_there_is_an_event_loop(path: Path) -> None:
    database = Database.open(path)
    assert database.read_now(names) == []
    database.close_now()
    database.close_now()


@pytest.mark.parametrize("mask", [0o000, 0o022, 0o077])
def test_nobody_else_may_read_any_of_its_files(path: Path, mask: int) -> None:
    before = os.umask(mask)
    try:
        database = Database.open(path)
        database._writer().execute("INSERT INTO identities (name, email, site) VALUES ('', '', '')")
        modes = {file.name: file.stat().st_mode & 0o777 for file in path.parent.iterdir()}
        database.close_now()
    finally:
        os.umask(before)
    assert modes == {"reader.db": 0o600, "reader.db-wal": 0o600, "reader.db-shm": 0o600}


def test_a_file_that_others_may_read_is_closed_to_them(path: Path) -> None:
    Database.open(path).close_now()
    path.chmod(0o644)
    Database.open(path).close_now()
    assert path.stat().st_mode & 0o777 == 0o600


def test_nothing_lies_about_after_a_file_was_made(path: Path) -> None:
    Database.open(path).close_now()
    assert [file.name for file in path.parent.iterdir()] == ["reader.db"]


def test_where_there_are_no_hard_links_a_file_is_made_all_the_same(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise PermissionError

    monkeypatch.setattr(os, "link", refuse)
    Database.open(path).close_now()
    assert [file.name for file in path.parent.iterdir()] == ["reader.db"]


def test_of_two_that_make_the_file_at_once_both_use_the_first(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    link = os.link

    def late(source: str, target: Path) -> None:
        monkeypatch.setattr(os, "link", link)
        first = Database.open(path)
        first._writer().execute("INSERT INTO identities (name, email, site) VALUES ('first', '', '')")
        first.close_now()
        link(source, target)

    monkeypatch.setattr(os, "link", late)
    second = Database.open(path)
    assert second.read_now(names) == ["first"]
    second.close_now()
    assert [file.name for file in path.parent.iterdir()] == ["reader.db"]


def damage_head(path: Path) -> None:
    path.write_bytes(b"not a database at all" + path.read_bytes()[21:])


def empty(path: Path) -> None:
    path.write_bytes(b"")


def make_newer(path: Path) -> None:
    with closing(sqlite3.connect(path)) as db:
        db.execute("PRAGMA user_version = 999")


def make_foreign(path: Path) -> None:
    path.unlink()
    with closing(sqlite3.connect(path)) as db:
        db.execute("CREATE TABLE songs (title TEXT)")


def make_folder(path: Path) -> None:
    path.unlink()
    path.mkdir()


@pytest.mark.parametrize(
    ("spoil", "words"),
    [
        (damage_head, "is damaged, or no database"),
        (empty, "is empty"),
        (make_newer, "newer tui-reader"),
        (make_foreign, "another program"),
        (make_folder, "cannot be opened"),
    ],
    ids=["damaged", "emptied", "newer", "foreign", "folder"],
)
def test_a_file_that_cannot_be_used_is_refused_and_kept(
    path: Path, spoil: Callable[[Path], None], words: str
) -> None:
    Database.open(path).close_now()
    spoil(path)
    before = path.read_bytes() if path.is_file() else b""
    with pytest.raises(StorageError, match=words) as caught:
        Database.open(path)
    assert str(path) in str(caught.value)
    assert (path.read_bytes() if path.is_file() else b"") == before


def damage_end(path: Path) -> None:
    whole = path.read_bytes()
    path.write_bytes(whole[: len(whole) // 2] + b"\xff" * (len(whole) - len(whole) // 2))


async def test_damage_inside_is_told_when_it_is_met(path: Path) -> None:
    database = Database.open(path)
    for _ in range(500):
        await database.run(add_name, "n" * 500)
    await database.close()
    damage_end(path)
    database = Database.open(path)
    with pytest.raises(StorageError, match="is damaged"):
        await database.read(names)
    assert await database.read(check)
    await database.close()


async def test_closing_does_not_wait_for_another_program(path: Path) -> None:
    database = Database.open(path)
    for _ in range(50):
        await database.run(add_name, "Ann")
    # a query that statistics might help: they are to be made at the end
    await database.read(lambda db: db.execute("SELECT 1 FROM identities WHERE blog_id = 1").fetchall())
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    began = monotonic()
    await database.close()
    assert monotonic() - began < opening._BUSY_SECONDS
    assert other.execute("SELECT name FROM sqlite_schema WHERE name = 'sqlite_stat1'").fetchall() == []
    other.execute("ROLLBACK")
    other.close()


async def test_closing_makes_the_planners_statistics(path: Path) -> None:
    database = Database.open(path)
    for _ in range(50):
        await database.run(add_name, "Ann")
    await database.read(lambda db: db.execute("SELECT 1 FROM identities WHERE blog_id = 1").fetchall())
    await database.close()
    with closing(sqlite3.connect(path)) as db:
        assert db.execute("SELECT count(*) FROM sqlite_stat1 WHERE tbl = 'identities'").fetchone()[0] > 0


async def test_a_sound_file_has_no_faults(path: Path) -> None:
    database = Database.open(path)
    assert await database.read(check) == ()
    await database.close()


async def test_a_row_that_points_nowhere_is_a_fault(path: Path) -> None:
    Database.open(path).close_now()
    with closing(sqlite3.connect(path)) as db, db:
        db.execute("INSERT INTO bodies (post_id, html, base_url, is_excerpt) VALUES (9, '', '', 0)")
    database = Database.open(path)
    assert await database.read(check) == ("bodies row 9 points to no row of posts",)
    await database.close()


def test_a_sqlite_that_is_too_old_is_told(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sqlite3, "sqlite_version_info", (3, 36, 0))
    with pytest.raises(StorageError, match="is too old"):
        Database.open(path)
    assert not path.exists()


def test_a_folder_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(StorageError, match="cannot be opened"):
        Database.open(tmp_path / "missing" / "reader.db")


@pytest.mark.usefixtures("impatient")
async def test_a_file_that_another_holds_is_told_and_then_used_again(path: Path) -> None:
    database = Database.open(path)
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(StorageError, match=r"reader\.db is in use by another program"):
        await database.run(add_name, "Ann")
    assert await database.read(names) == []
    other.execute("ROLLBACK")
    other.close()
    await database.run(add_name, "Ben")
    assert await database.read(names) == ["Ben"]
    await database.close()


async def test_a_full_disk_is_told_and_loses_nothing(path: Path) -> None:
    database = Database.open(path)
    await database.run(add_name, "Ann")
    (pages,) = database._writes_to.execute("PRAGMA page_count").fetchone()
    database._writes_to.execute(f"PRAGMA max_page_count = {pages}")
    with pytest.raises(StorageError, match="the disk is full"):
        await database.run(add_name, "n" * 100_000)
    assert await database.read(names) == ["Ann"]
    await database.close()


async def test_a_file_that_cannot_be_written_is_told(path: Path) -> None:
    database = Database.open(path)
    database._writer().execute("PRAGMA query_only = ON")
    with pytest.raises(StorageError, match="cannot be written to; look at the rights"):
        await database.run(add_name, "Ann")
    await database.close()


async def test_two_programs_share_one_file(path: Path) -> None:
    one, two = Database.open(path), Database.open(path)
    await asyncio.gather(*(database.run(add_name, "Ann") for database in (one, two) for _ in range(20)))
    assert len(await one.read(names)) == len(await two.read(names)) == 40
    await one.close()
    assert len(await two.read(names)) == 40
    await two.close()


async def test_of_two_programs_only_one_takes_a_reply(path: Path) -> None:
    def prepare(db: Connection) -> int:
        blog = blogs.add_blog(db, url="https://a.example/", feed_url="", title="A", now=NOON)
        entry = ParsedPost(guid="g", url="https://a.example/1", title="One")
        (post_id,) = intake.apply_update(db, blog.id, PostUpdate(new=(entry,)), now=NOON).new
        return outbox.create_draft(db, post_id, None, now=NOON, text="words").id

    one, two = Database.open(path), Database.open(path)
    reply_id = await one.run(prepare)
    taken = await asyncio.gather(
        *(database.run(outbox.begin_sending, reply_id, now=NOON, durable=True) for database in (one, two) * 3)
    )
    assert sorted(taken) == [False] * 5 + [True]
    assert (await two.read(outbox.get_reply, reply_id)).attempts == 1
    await one.close()
    await two.close()


async def test_one_reading_sees_one_state(path: Path) -> None:
    def twice(db: Connection) -> tuple[list[str], list[str]]:
        first = names(db)
        other.execute("INSERT INTO identities (name, email, site) VALUES ('Ann', '', '')")
        return first, names(db)

    database = Database.open(path)
    other = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
    assert await database.read(twice) == ([], [])
    assert await database.read(names) == ["Ann"]
    other.close()
    await database.close()


_DIES = """
import os, signal, sys
from tui_reader.storage.database import Database

def die(db, when):
    db.execute("INSERT INTO identities (name, email, site) VALUES ('half', '', '')")
    if when == "within":
        os.kill(os.getpid(), signal.SIGKILL)

import asyncio

async def main(path, when):
    database = Database.open(path)
    await database.run(die, when, durable=True)
    os.kill(os.getpid(), signal.SIGKILL)

asyncio.run(main(*sys.argv[1:]))
"""


@pytest.mark.parametrize(("when", "kept"), [("within", []), ("after", ["half"])])
def test_a_killed_program_leaves_all_of_a_transaction_or_nothing(
    path: Path, when: str, kept: list[str]
) -> None:
    ended = subprocess.run([sys.executable, "-c", _DIES, str(path), when], check=False, timeout=60)
    assert ended.returncode == -9
    database = Database.open(path)
    assert database.read_now(names) == kept
    assert database.read_now(check) == ()
    database.close_now()


def test_opening_loads_nothing_heavy(path: Path) -> None:
    script = (
        "import sys; import tui_reader.storage.blogs, tui_reader.storage.posts, tui_reader.storage.database\n"
    )
    script += "print(*sorted({name.partition('.')[0] for name in sys.modules}))"
    loaded = subprocess.run(
        [sys.executable, "-c", script], check=True, capture_output=True, text=True, timeout=60
    ).stdout.split()
    assert "sqlite3" in loaded
    assert not {"httpx", "feedparser", "textual", "selectolax", "html2text", "platformdirs"} & set(loaded)


class Gate:
    """A write that is under way until it is let go."""

    def __init__(self) -> None:
        self.begun, self.opened = Event(), Event()

    def __call__(self, db: Connection) -> None:
        add_name(db, "slow")
        self.begun.set()
        assert self.opened.wait(10)


async def under_way(write: asyncio.Task[None], gate: Gate) -> None:
    await asyncio.to_thread(gate.begun.wait, 10)
    assert not write.done()


async def test_a_read_does_not_wait_for_what_a_refresh_writes(path: Path) -> None:
    database, gate = Database.open(path), Gate()
    await database.run(add_name, "Ann")
    write = asyncio.create_task(database.run(gate, is_aside=True))
    await under_way(write, gate)
    assert await database.read(names) == ["Ann"]
    gate.opened.set()
    await write
    assert await database.read(names) == ["Ann", "slow"]
    await database.close()


async def test_a_read_sees_what_the_user_did_before_it_though_nobody_waited_for_that(path: Path) -> None:
    database, gate = Database.open(path), Gate()
    aside = asyncio.create_task(database.run(gate, is_aside=True))
    await under_way(aside, gate)
    typed = asyncio.create_task(database.run(add_name, "typed"))
    await asyncio.sleep(0)
    read = asyncio.create_task(database.read(names))
    await asyncio.sleep(0)
    gate.opened.set()
    assert await read == ["slow", "typed"]
    await asyncio.gather(aside, typed)
    await database.close()


async def test_closing_ends_what_was_begun_first(path: Path) -> None:
    database, gate = Database.open(path), Gate()
    slow = asyncio.create_task(database.run(gate))
    await under_way(slow, gate)
    queued = asyncio.create_task(database.run(add_name, "Ann"))
    await asyncio.sleep(0)
    closing_down = asyncio.create_task(database.close())
    await asyncio.sleep(0)
    gate.opened.set()
    await asyncio.gather(slow, queued, closing_down)
    with pytest.raises(StorageError, match="closed already"):
        await database.run(add_name, "Ben")
    reopened = Database.open(path)
    assert await reopened.read(names) == ["slow", "Ann"]
    await reopened.close()
    assert [beside.name for beside in path.parent.iterdir()] == [path.name]


async def test_a_read_cannot_write(path: Path) -> None:
    database = Database.open(path)
    with pytest.raises(StorageError):
        await database.read(add_name, "Ann")
    assert await database.read(names) == []
    await database.close()


@pytest.mark.parametrize(("blocks", "told"), [(0, "the disk is full"), (1000, "reports an error")])
def test_a_disk_without_room_for_the_file_beside_it_is_said_to_be_full(tmp_path, monkeypatch, blocks, told):
    """SQLite itself calls it an error of the disk, and people would look for a broken one."""
    disk = os.statvfs(tmp_path)
    seen = os.statvfs_result([*disk[:4], blocks, *disk[5:]])
    monkeypatch.setattr(os, "statvfs", lambda _: seen)
    error = sqlite3.OperationalError("disk I/O error")
    error.sqlite_errorcode = sqlite3.SQLITE_IOERR_SHMSIZE
    with pytest.raises(StorageError, match=told), in_plain_words(str(tmp_path / "reader.db")):
        raise error
