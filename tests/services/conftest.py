"""Databases that a test opened are closed with it."""

from collections.abc import AsyncIterator

import pytest

from tui_reader.storage.database import Database


@pytest.fixture(autouse=True)
async def _databases_are_closed(monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[None]:
    opened: list[Database] = []
    really_open = Database.open

    def noted(path):
        opened.append(really_open(path))
        return opened[-1]

    monkeypatch.setattr(Database, "open", noted)
    yield
    for database in opened:
        await database.close()
