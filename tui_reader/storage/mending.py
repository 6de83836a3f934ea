"""A damaged database file: kept aside, what can be read of it put in its place, whoever dies meanwhile."""

import fcntl
import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from sqlite3 import Connection

from tui_reader.language import _
from tui_reader.storage.failures import acquit
from tui_reader.storage.salvage import Salvaged, salvage

_JOURNALS = ("-wal", "-shm")


@dataclass(frozen=True, slots=True, kw_only=True)
class Mended:
    """A database that was damaged and is whole again."""

    aside: Path
    """The damaged file, byte for byte as it was, with its journal beside it."""
    saved: Salvaged

    def __str__(self) -> str:
        saved = self.saved
        words = _(
            "The database was damaged. Saved from it: {blogs} blogs, {posts} posts, {comments} comments and"
            " {replies} replies; the damaged file is kept as {file}."
        ).format(
            blogs=saved.blogs,
            posts=saved.posts,
            comments=saved.comments,
            replies=saved.replies,
            file=self.aside,
        )
        return f"{words} {_('Some of it could not be read.')}" if saved.has_gaps else words


def finish(path: Path) -> None:
    """Ends a mending that was cut short after all was saved."""
    if _saved(path).exists():
        with _alone(path):
            _put_in_place(path)


def mend(path: Path, create: Callable[[Path], None], connect: Callable[[str], Connection]) -> Mended | None:
    """Keeps the damaged file aside and puts what can be read of it in its place.

    A kill at any moment leaves the damaged file, or the saved one, under its name; a second program waits.

    Args:
        path: The damaged file.
        create: Makes a whole, empty database.
        connect: Opens one.

    Returns:
        What was done; None when there was nothing to be saved, and when another program did it meanwhile.

    Raises:
        OSError: the disk does not take it; nothing has changed then.
    """
    before = path.stat().st_ino
    with _alone(path):
        if path.stat().st_ino != before:
            return None
        # under one name while it is not done: who is killed again and again leaves no heap of copies
        copy = path.with_name(f".{path.name}.aside")
        _remove(copy)
        for left in path.parent.glob(f"..{path.name}.fresh.*"):
            left.unlink()
        for more in (*_JOURNALS, ""):
            if (part := Path(f"{path}{more}")).exists():
                shutil.copy2(part, Path(f"{copy}{more}"))
        # read from a copy: reading writes into journals, and the head may have to be made anew
        scratch = path.with_name(f".{path.name}.scratch")
        fresh = path.with_name(f".{path.name}.fresh")
        try:
            for name in (scratch, fresh):
                _remove(name)
            for more in (*_JOURNALS, ""):
                if (part := Path(f"{copy}{more}")).exists():
                    shutil.copy2(part, Path(f"{scratch}{more}"))
            create(fresh)
            with closing(connect(str(fresh))) as new:
                saved = salvage(scratch, fresh, new)
                if not saved.has_anything:
                    # it may be something else altogether: it stays where it is
                    return None
                new.execute("PRAGMA optimize")
                new.execute("PRAGMA journal_mode = DELETE")
            aside = _free_name(path)
            for more in (*_JOURNALS, ""):
                if (part := Path(f"{copy}{more}")).exists():
                    part.replace(f"{aside}{more}")
            # before the next step, after which nobody would look for it
            _remove(scratch)
            fresh.replace(_saved(path))
            _on_disk(path.parent)
            _put_in_place(path)
        finally:
            for name in (scratch, fresh, copy):
                _remove(name)
    return Mended(aside=aside, saved=saved)


def _put_in_place(path: Path) -> None:
    saved = _saved(path)
    if saved.exists():
        # first the journals: SQLite would play those of the damaged file into the new one
        for more in _JOURNALS:
            Path(f"{path}{more}").unlink(missing_ok=True)
        saved.replace(path)
        acquit(path)
        _on_disk(path.parent)


@contextmanager
def _alone(path: Path) -> Iterator[None]:
    """One program at a time mends; the lock goes with the process that holds it."""
    handle = os.open(path.with_name(f".{path.name}.mending"), os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)


def _free_name(path: Path) -> Path:
    number = 1
    while (name := path.with_name(f"{path.name}.damaged-{number}")).exists():
        number += 1
    return name


def _saved(path: Path) -> Path:
    return path.with_name(f"{path.name}.saved")


def _remove(path: Path) -> None:
    for more in ("", *_JOURNALS, "-journal"):
        Path(f"{path}{more}").unlink(missing_ok=True)


def _on_disk(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
