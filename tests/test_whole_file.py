"""A file that is written whole or not at all."""

import os
import resource
import stat
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from tui_reader import whole_file


@contextmanager
def small_disk(most: int) -> Iterator[None]:
    """No file grows beyond this; Python ignores the signal that goes with it."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (most, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


@pytest.mark.parametrize("is_there", [True, False], ids=["over an older one", "new"])
def test_a_disk_that_gets_full_leaves_what_was_there_and_nothing_else(tmp_path, is_there):
    path = tmp_path / "blogs.opml"
    if is_there:
        path.write_text("mine")
    with pytest.raises(OSError, match="File too large"), small_disk(100):
        whole_file.write(path, "x" * 200)
    assert [found.name for found in tmp_path.iterdir()] == (["blogs.opml"] if is_there else [])
    assert not is_there or path.read_text() == "mine"


def test_a_new_file_is_for_its_user_alone_and_an_old_one_keeps_its_rights(tmp_path):
    path = tmp_path / "blogs.opml"
    whole_file.write(path, "one")
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    path.chmod(0o644)
    whole_file.write(path, "two")
    assert (path.read_text(), stat.S_IMODE(path.stat().st_mode)) == ("two", 0o644)
    whole_file.write(path, "three", is_private=True)
    assert (path.read_text(), stat.S_IMODE(path.stat().st_mode)) == ("three", 0o600)


def test_a_link_still_leads_to_what_is_written(tmp_path):
    (tmp_path / "dotfiles").mkdir()
    link = tmp_path / "config.toml"
    link.symlink_to("dotfiles/mine.toml")
    whole_file.write(link, "one")
    whole_file.write(link, "two")
    assert link.is_symlink()
    assert (tmp_path / "dotfiles" / "mine.toml").read_text() == "two"


def test_what_is_no_file_is_written_to_as_it_is(tmp_path):
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    reader = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    whole_file.write(pipe, "words")
    assert os.read(reader, 10) == b"words"
    os.close(reader)
    assert stat.S_ISFIFO(pipe.stat().st_mode)


def test_read_only_is_the_users_own_word(tmp_path):
    path = tmp_path / "mine"
    path.write_text("mine")
    path.chmod(0o400)
    with pytest.raises(PermissionError, match="read-only"):
        whole_file.write(path, "yours")
    assert path.read_text() == "mine"
