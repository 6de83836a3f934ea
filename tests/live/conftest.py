"""A real WordPress for the tests of this folder, started once and put back in order before each test."""

from collections.abc import Iterator

import pytest
import wordpress_parts
from wordpress_server import WordPress


@pytest.fixture(scope="session")
def wordpress_server() -> Iterator[WordPress]:
    """The running blog, as the last test left it; tests want :func:`wordpress`."""
    source = wordpress_parts.find()
    if isinstance(source, str):
        pytest.skip(source)
    with WordPress(source) as server:
        yield server


@pytest.fixture
def wordpress(wordpress_server: WordPress) -> WordPress:
    """The blog as it was sown: "Le carnet du phare", see ``wordpress/content.json``."""
    wordpress_server.reset()
    return wordpress_server
