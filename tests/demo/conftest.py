"""A demo server for each test, with a clock that only the test moves."""

import io
from collections.abc import AsyncIterator, Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import feedparser
import httpx
import pytest

from tui_reader.demo import DemoServer


class Clock:
    """Stands still until it is told to go on."""

    def __init__(self) -> None:
        self.at = datetime(2026, 8, 3, 12, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.at

    def on(self, **time: float) -> None:
        self.at += timedelta(**time)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
async def server(clock: Clock) -> AsyncIterator[DemoServer]:
    async with DemoServer(now=clock) as server:
        yield server


@pytest.fixture
async def client(server: DemoServer) -> AsyncIterator[httpx.AsyncClient]:
    async with httpx.AsyncClient(base_url=server.url, timeout=5) as client:
        yield client


@pytest.fixture
def letter() -> Callable[..., dict[str, str]]:
    """The fields of a comment form, as a browser would send them."""

    def made(post_id: int = 44, text: str = "A word from the quay.", **fields: Any) -> dict[str, str]:
        form = {
            "comment": text,
            "author": "Noa",
            "email": "noa@example.org",
            "url": "",
            "comment_post_ID": str(post_id),
            "comment_parent": "0",
            "submit": "Post Comment",
        }
        return form | {name: str(value) for name, value in fields.items()}

    return made


@pytest.fixture
def read_feed() -> Callable[[bytes], Any]:
    """The feed as the reader's own parser sees it, which must find nothing to mend."""

    def read(source: bytes) -> Any:
        feed = feedparser.parse(io.BytesIO(source), sanitize_html=False, resolve_relative_uris=False)
        assert not feed.bozo, feed.get("bozo_exception")
        return feed

    return read
