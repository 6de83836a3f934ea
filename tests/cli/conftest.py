"""The demo blog, for the command line to talk to."""

from collections.abc import Iterator

import pytest

from tui_reader.demo import DemoServer, running_demo


@pytest.fixture
def blog() -> Iterator[DemoServer]:
    """The demo blog, on loopback."""
    with running_demo() as server:
        yield server
