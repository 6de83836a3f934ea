"""Disks that are full, read-only or damaged, databases of the future, clocks that are set back."""

import os
import shutil
import sqlite3
import subprocess
from contextlib import suppress
from pathlib import Path

import pytest
from kill_places import demo_blog
from test_kill_refresh import database_of, facts

from tui_reader.demo.state_file import stored_count


@pytest.fixture
def used(program, tmp_path):
    """A home with a blog, somebody to write as, and a reply that is being written."""
    with demo_blog(tmp_path / "state.json") as url:
        assert program("add", url).status == 0
        assert program("identity", "add", "--name", "Nadia", "--email", "nadia@mail.example").status == 0
        program.url = url
        program.post = program("posts", "--json").json()[0]["id"]
        program.state = tmp_path / "state.json"
        yield program


def said_plainly(ended, *words):
    """An expected failure: one line, a status, no traceback."""
    assert ended.status == 1
    assert ended.err.startswith("error: ")
    assert "Traceback" not in ended.err + ended.out
    for word in words:
        assert word in ended.err


def test_a_full_disk_is_said_and_loses_nothing(used):
    before = facts(database_of(used.home))
    text = "Written on a full disk. " * 2_000
    # room for the index of the journal, and not for the words
    ended = used("reply", used.post, "--message", text, file_size=40_000)
    said_plainly(ended, "database")
    assert facts(database_of(used.home)) == before
    # nothing left: what could not be written down was not sent
    assert stored_count(used.state, text) == 0
    assert used("reply", used.post, "--message", "There is room again.").status == 0
    assert stored_count(used.state, "There is room again.") == 1


@pytest.fixture
def full(used, tmp_path):
    """The same home with its data on a disk that has no room at all, until its file ``filler`` goes."""
    assert used("search", "frost").status == 0
    data = database_of(used.home).parent
    kept = shutil.copytree(data, tmp_path / "kept")
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=4m,mode=700", "tmpfs", data], capture_output=True, check=False
    )
    if mounted.returncode:
        pytest.skip("this user may not mount a small disk; tests/storage/test_storage_no_room.py needs none")
    try:
        shutil.copytree(kept, data, dirs_exist_ok=True)
        used.filler = data / "filler"
        with used.filler.open("wb", buffering=0) as file, suppress(OSError):
            while True:
                file.write(bytes(4_096))
        yield used
    finally:
        subprocess.run(["umount", "-l", data], check=True)


def test_a_disk_without_any_room_can_be_read_and_is_said_to_be_full(full):
    for command in (["posts"], ["show", full.post], ["comments", full.post, "--cached"], ["search", "frost"]):
        ended = full(*command)
        assert ended.status == 0, ended.err
        assert ended.err.count("\n") == 1, ended.err
        assert "frost" in (ended.out.lower() if command[0] == "search" else "frost")
        assert ended.err.startswith("warning: The disk is full: what is stored can be read")
    for command in (["mark", "star", full.post], ["refresh"], ["reply", full.post, "--message", "No room."]):
        ended = full(*command)
        assert ended.status == 1
        assert "the disk is full; make room" in ended.err.splitlines()[-1]
        assert "Traceback" not in ended.err
    assert stored_count(full.state, "No room.") == 0
    full.filler.unlink()
    assert full("reply", full.post, "--message", "There is room.").err == ""
    assert stored_count(full.state, "There is room.") == 1


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_home_that_is_read_only_is_said(used):
    folder = database_of(used.home).parent
    folder.chmod(0o500)
    try:
        said_plainly(used("refresh"), "rights")
    finally:
        folder.chmod(0o700)


@pytest.mark.parametrize(
    ("damage", "is_mended"),
    [
        (lambda data: b"\0" * 4_096 + data[4_096:], True),
        (lambda data: data[: len(data) // 2], True),
        (lambda data: b"not a database at all, but a letter to my aunt\n" * 200, False),
        (lambda data: data[:20_000] + bytes(range(256)) * 160 + data[60_960:], True),
    ],
    ids=["no header", "cut", "a letter", "garbage within"],
)
def test_a_damaged_database_is_kept_salvaged_and_said(used, damage, is_mended):
    path = database_of(used.home)
    for more in ("-wal", "-shm"):
        Path(f"{path}{more}").unlink(missing_ok=True)
    spoilt = damage(path.read_bytes())
    path.write_bytes(spoilt)
    ended = used("refresh")
    if is_mended:
        assert "warning: The database was damaged. Saved from it:" in ended.err
        assert "Traceback" not in ended.err
        # it goes on from there, and says it once
        assert "damaged" not in used("refresh").err
    else:
        said_plainly(ended, "damaged")
    kept = [found.read_bytes() for found in path.parent.iterdir() if found.is_file() and found.stat().st_size]
    assert spoilt in kept  # under its own name or beside it, byte for byte


def test_a_database_of_a_newer_program_is_left_alone(used):
    path = database_of(used.home)
    with sqlite3.connect(path) as db:
        db.execute("PRAGMA user_version = 999")
    db.close()
    before = path.read_bytes()
    said_plainly(used("posts"), "newer")
    assert path.read_bytes() == before


def test_a_clock_that_is_set_back_doubles_no_reply_and_hides_no_post(used):
    assert used("reply", used.post, "--message", "Said tomorrow.", clock=86_400).status == 0
    killed = used("reply", used.post, "--message", "Cut off tomorrow.", clock=86_400, kill_after=0.4)
    for _ in range(3):
        used("outbox", "send", clock=-3_600)
        if not killed.killed or stored_count(used.state, "Cut off tomorrow.") == 0:
            used("reply", used.post, "--message", "Cut off tomorrow.", clock=-3_600)
    assert stored_count(used.state, "Said tomorrow.") == 1
    assert stored_count(used.state, "Cut off tomorrow.") == 1
    assert used("refresh", clock=-3_600).status == 0
    assert len(used("posts", "--json", clock=-3_600).json()) > 5


def test_a_database_that_vanishes_under_the_program_begins_anew(used):
    shutil.rmtree(database_of(used.home).parent)
    assert used("blogs", "--json").json() == []
