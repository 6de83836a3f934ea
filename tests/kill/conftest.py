"""A home, and the program on it in many processes that are killed."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from kill_places import Program


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A home."""
    place = tmp_path / "home"
    (place / "config").mkdir(parents=True, mode=0o700)
    return place


@pytest.fixture
def impatient(home: Path) -> Callable[[], None]:
    """From then on the program does not wait long for servers that hang; a busy one may seem to."""

    def begin() -> None:
        (home / "config" / "config.toml").write_text("[network]\ntimeout = 1\n", encoding="utf-8")

    return begin


@pytest.fixture
def start(home: Path, tmp_path: Path) -> Iterator[Callable[[], Program]]:
    """Starts the program on the home; more than once makes two programs of it."""
    running: list[Program] = []

    def begin() -> Program:
        folder = tmp_path / f"said-{len(running)}"
        folder.mkdir()
        running.append(Program(home, folder))
        return running[-1]

    yield begin
    for one in running:
        one.close()


@pytest.fixture
def program(start: Callable[[], Program]) -> Program:
    """The program on the home."""
    return start()
