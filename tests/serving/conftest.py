"""The served demo, shared by the tests of a process."""

from collections.abc import Iterator

import pytest
from serving_process import Served, serve


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    with serve(tmp_path_factory.mktemp("home"), "--demo") as served:
        yield served
