"""A hostile blog, and the program on a throw-away home that follows it."""

import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hostile_blog import HostileBlog, hostile_blog
from pty_session import environment, program


@pytest.fixture(scope="module")
def blog() -> Iterator[HostileBlog]:
    """The hostile blog, on loopback."""
    with hostile_blog() as served:
        yield served


@pytest.fixture(scope="module")
def home(tmp_path_factory) -> Path:
    """A throw-away home."""
    return tmp_path_factory.mktemp("home")


@pytest.fixture(scope="module")
def run(home) -> Callable[..., subprocess.CompletedProcess[bytes]]:
    """Runs the installed program, not on a terminal."""

    def call(*arguments: str, stdin: bytes = b"", **env: str) -> subprocess.CompletedProcess[bytes]:
        return subprocess.run(
            [*program(), *arguments],
            env=environment(home, **env),
            input=stdin,
            capture_output=True,
            timeout=60,
        )

    return call


@pytest.fixture(scope="module")
def followed(blog, run) -> HostileBlog:
    """The hostile blog, followed, with somebody to write as."""
    assert run("add", blog.url).returncode == 0
    assert run("identity", "add", "--name", "Nadia", "--email", "nadia@mail.example").returncode == 0
    return blog
