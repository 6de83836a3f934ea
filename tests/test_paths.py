"""Where things are, and that they are the user's alone."""

import os
from pathlib import Path

import pytest

from tui_reader import paths
from tui_reader.errors import StorageError


def test_one_variable_puts_all_under_one_folder(tmp_path: Path) -> None:
    found = paths.find({"TUI_READER_HOME": str(tmp_path)})
    assert found == paths.find({}, home=tmp_path)
    assert found.config_file == tmp_path / "config" / "config.toml"
    assert found.database_file == tmp_path / "data" / "reader.db"
    assert found.cache_dir == tmp_path / "cache"


def test_a_given_home_goes_before_the_variable(tmp_path: Path) -> None:
    assert paths.find({"TUI_READER_HOME": "/elsewhere"}, home=tmp_path).cache_dir == tmp_path / "cache"


def test_a_relative_home_is_meant_from_here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert paths.find({"TUI_READER_HOME": "here"}).data_dir == tmp_path / "here" / "data"


def test_a_tilde_is_the_users_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    assert paths.find({"TUI_READER_HOME": "~/blogs"}).data_dir == tmp_path / "blogs" / "data"


def test_the_tilde_of_nobody_is_a_folder_of_that_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    found = paths.find({"TUI_READER_HOME": "~nobody-of-that-name/blogs"})
    assert found.data_dir == tmp_path / "~nobody-of-that-name" / "blogs" / "data"


@pytest.mark.parametrize("environ", [{}, {"TUI_READER_HOME": ""}], ids=["unset", "empty"])
def test_else_the_systems_own_places_are_used(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, environ: dict[str, str]
) -> None:
    for name in ("config", "data", "cache"):
        monkeypatch.setenv(f"XDG_{name.upper()}_HOME", str(tmp_path / name))
    found = paths.find(environ)
    assert found.config_dir == tmp_path / "config" / "tui-reader"
    assert found.data_dir == tmp_path / "data" / "tui-reader"
    assert found.cache_dir == tmp_path / "cache" / "tui-reader"


def test_finding_makes_nothing(tmp_path: Path) -> None:
    paths.find({}, home=tmp_path / "home")
    assert not (tmp_path / "home").exists()


def test_folders_are_made_for_the_user_alone(tmp_path: Path) -> None:
    home = tmp_path / "new" / "home"
    before = os.umask(0)
    try:
        paths.find({}, home=home).make()
    finally:
        os.umask(before)
    made = [home.parent, home, home / "config", home / "data", home / "cache"]
    assert [folder.stat().st_mode & 0o777 for folder in made] == [0o700] * 5


def test_a_folder_that_is_there_stays_as_it_is(tmp_path: Path) -> None:
    shared = tmp_path / "data"
    shared.mkdir(mode=0o750)
    shared.chmod(0o750)
    found = paths.find({}, home=tmp_path)
    found.make()
    found.make()
    assert shared.stat().st_mode & 0o777 == 0o750


def test_a_folder_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    (tmp_path / "data").write_text("a file is in the way", encoding="utf-8")
    with pytest.raises(StorageError, match="data cannot be made: file exists"):
        paths.find({}, home=tmp_path).make()


def test_a_folder_that_another_program_makes_at_the_same_moment_is_no_error(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    mkdir = Path.mkdir

    def late(folder: Path, mode: int = 0o777, **given: bool) -> None:
        mkdir(folder, mode=mode, exist_ok=True)
        mkdir(folder, mode=mode, **given)

    monkeypatch.setattr(Path, "mkdir", late)
    paths.find({}, home=tmp_path / "home").make()
    assert (tmp_path / "home" / "cache").is_dir()
