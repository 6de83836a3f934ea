"""A disk without any room: what is stored can be read, and is said to be all that can be done."""

import json
import os
import shutil
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from tui_reader.storage import opening
from tui_reader.storage.database import Database

# SQLite's index of the log has 32 KiB, and no file may grow so large here, as on a full disk; what a full
# disk says of itself is said by hand
PROGRAM = """
import asyncio, json, os, resource, sys
from tui_reader.errors import NoRoomError
from tui_reader.storage.database import Database

async def add(database, value):
    try:
        await database.run(lambda db: db.execute("INSERT INTO kept VALUES (?)", (value,)))
    except NoRoomError as error:
        return str(error)
    return "kept"

async def main(path, is_direct):
    _, most = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (16_384, most))
    real, disk = os.statvfs, os.statvfs(path)
    os.statvfs = lambda _: os.statvfs_result([*disk[:4], 0, *disk[5:]])
    database = Database.open(path, is_direct=is_direct)
    read = lambda: database.read_now(lambda db: [row[0] for row in db.execute("SELECT length(a) FROM kept")])
    told = {"has_no_room": database.has_no_room, "before": read(), "while": await add(database, "x" * 40_000)}
    told["read"] = read()
    os.statvfs = real
    resource.setrlimit(resource.RLIMIT_FSIZE, (most, most))
    told["with room"] = await add(database, "x" * 40_000)
    told["after"] = read()
    await database.close()
    print(json.dumps(told))

asyncio.run(main(sys.argv[1], sys.argv[2] == "direct"))
"""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A file with one row, and another one in the log that a killed program left beside it."""
    path = tmp_path / "reader.db"
    Database.open(path).close_now()
    with closing(opening.connect(str(path))) as db:
        db.execute("CREATE TABLE kept (a TEXT)")
        db.execute("INSERT INTO kept VALUES ('a')")
    with closing(opening.connect(str(path))) as db:
        db.execute("INSERT INTO kept VALUES ('bb')")
        for more in ("", "-wal"):
            shutil.copy(f"{path}{more}", tmp_path / f"killed{more}")
    for more in ("", "-wal"):
        (tmp_path / f"killed{more}").replace(f"{path}{more}")
    return path


@pytest.mark.parametrize("way", ["direct", "on threads"])
def test_without_room_for_sqlites_own_file_all_is_read_and_kept_again_as_soon_as_there_is(
    path: Path, way: str
) -> None:
    ended = subprocess.run(
        [sys.executable, "-c", PROGRAM, path, way], capture_output=True, text=True, check=False, timeout=60
    )
    assert ended.stderr == ""
    told = json.loads(ended.stdout)
    assert "the disk is full" in told.pop("while")
    assert told == {
        "has_no_room": True,
        "before": [1, 2],
        "read": [1, 2],
        "with room": "kept",
        "after": [1, 2, 40_000],
    }
    database = Database.open(path)
    assert not database.has_no_room
    assert database.read_now(lambda db: db.execute("SELECT count(*) FROM kept").fetchone()) == (3,)
    database.close_now()


def test_with_room_two_programs_still_share_the_file(path: Path) -> None:
    one, two = Database.open(path), Database.open(path)
    assert not one.has_no_room
    assert os.path.exists(f"{path}-shm")  # noqa: PTH110 (a name is put together here)
    one.close_now()
    two.close_now()
