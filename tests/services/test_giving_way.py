"""Work keeps back while somebody waits, and goes on by itself when nobody does any more."""

import asyncio

from tui_reader.services import giving_way
from tui_reader.services.giving_way import BESIDE, Places


async def most_at_once(places, count):
    running = peak = 0

    async def one():
        nonlocal running, peak
        async with places.one():
            running += 1
            peak = max(peak, running)
            await asyncio.sleep(0)
            await asyncio.sleep(0)
            running -= 1

    await asyncio.gather(*[one() for _ in range(count)])
    return peak


async def test_all_places_are_taken_when_nobody_waits():
    assert await most_at_once(Places(8, lambda: False), 30) == 8


async def test_few_are_begun_while_somebody_waits(monkeypatch):
    monkeypatch.setattr(giving_way, "PAUSE", 0)
    held = asyncio.Event()
    begun = []
    is_typing = True
    places = Places(8, lambda: is_typing)

    async def one():
        async with places.one():
            begun.append(1)
            await held.wait()

    tasks = [asyncio.create_task(one()) for _ in range(20)]
    for _ in range(100):
        await asyncio.sleep(0)
    assert len(begun) == BESIDE
    is_typing = False
    for _ in range(100):
        await asyncio.sleep(0)
    assert len(begun) == 8
    held.set()
    await asyncio.gather(*tasks)
    assert len(begun) == 20


async def test_a_place_given_up_is_free_again():
    places = Places(1, lambda: False)
    waits = asyncio.Event()

    async def one():
        async with places.one():
            await waits.wait()

    first, second = asyncio.create_task(one()), asyncio.create_task(one())
    await asyncio.sleep(0)
    second.cancel()
    first.cancel()
    await asyncio.gather(first, second, return_exceptions=True)
    assert await most_at_once(places, 2) == 1
