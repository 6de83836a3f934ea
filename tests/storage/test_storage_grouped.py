"""Writes that go together are kept each on its own."""

import asyncio

import pytest

from tui_reader.errors import NotFoundError, StorageError
from tui_reader.storage import grouped
from tui_reader.storage.database import Database
from tui_reader.storage.grouped import GroupedWrites


@pytest.fixture
async def database():
    opened = Database.open(":memory:")
    await opened.run(lambda db: db.execute("CREATE TABLE words (word TEXT)") and None)
    yield opened
    await opened.close()


def add(db, word, error=None):
    db.execute("INSERT INTO words VALUES (?)", (word,))
    if error is not None:
        raise error
    return word.upper()


def words(db):
    return [word for (word,) in db.execute("SELECT word FROM words ORDER BY rowid")]


async def test_each_gets_what_its_own_write_gave(database):
    writes = GroupedWrites(database)
    asked = [f"w{n}" for n in range(3 * grouped.AT_MOST)]
    assert await asyncio.gather(*(writes.run(add, word) for word in asked)) == [w.upper() for w in asked]
    assert await database.read(words) == asked


async def test_many_at_once_are_few_transactions(database, monkeypatch):
    run, transactions = database.run, []

    async def counted(*given, **more):
        transactions.append(given)
        return await run(*given, **more)

    monkeypatch.setattr(database, "run", counted)
    writes = GroupedWrites(database)
    await asyncio.gather(*(writes.run(add, f"w{n}") for n in range(2 * grouped.AT_MOST)))
    assert len(transactions) == 2


@pytest.mark.parametrize(
    "error", [NotFoundError("no such"), ZeroDivisionError()], ids=["expected", "a fault"]
)
async def test_what_raises_undoes_itself_alone(database, error):
    writes = GroupedWrites(database)
    results = await asyncio.gather(
        writes.run(add, "one"), writes.run(add, "bad", error), writes.run(add, "two"), return_exceptions=True
    )
    assert results == ["ONE", error, "TWO"]
    assert await database.read(words) == ["one", "two"]


async def test_who_gives_up_waiting_stops_no_other(database):
    writes = GroupedWrites(database)
    tasks = [asyncio.create_task(writes.run(add, word)) for word in ("one", "two")]
    await asyncio.sleep(0)
    tasks[0].cancel()
    assert await tasks[1] == "TWO"
    await writes.finish()
    assert "two" in await database.read(words)


async def test_a_closed_database_is_told_to_everybody():
    opened = Database.open(":memory:")
    await opened.close()
    writes = GroupedWrites(opened)
    results = await asyncio.gather(
        *(writes.run(add, word) for word in ("one", "two")), return_exceptions=True
    )
    assert [type(result) for result in results] == [StorageError, StorageError]
