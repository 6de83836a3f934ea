"""Turns at a host: one at a time, more while it is fast, and none is lost."""

import asyncio

import pytest

from tui_reader.net.turns import FAST, HostTurns


class Host:
    def __init__(self, most=3):
        self.time = 0.0
        self.running = 0
        self.most_running = 0
        self.turns = HostTurns(most, lambda: self.time)
        self.place = asyncio.Semaphore(100)

    async def ask(self, takes=0.0, gate=None):
        async with self.turns.one(self.place):
            self.running += 1
            self.most_running = max(self.most_running, self.running)
            await (gate.wait() if gate else asyncio.sleep(0))
            self.time += takes
            self.running -= 1


async def test_the_first_request_is_alone():
    host, gate = Host(), asyncio.Event()
    asked = [asyncio.create_task(host.ask(gate=gate)) for _ in range(5)]
    for _ in range(10):
        await asyncio.sleep(0)
    assert host.running == 1
    gate.set()
    await asyncio.gather(*asked)


async def test_a_host_that_answers_fast_is_asked_several_things_at_once():
    host = Host(most=3)
    await asyncio.gather(*(host.ask() for _ in range(12)))
    assert host.most_running == 3


async def test_a_slow_host_is_asked_one_thing_at_a_time():
    host = Host(most=3)
    await asyncio.gather(*(host.ask(takes=FAST) for _ in range(12)))
    assert host.most_running == 1


async def test_a_host_that_fails_is_asked_one_thing_at_a_time():
    host = Host()
    await host.ask()

    async def failing():
        async with host.turns.one(host.place):
            raise OSError

    with pytest.raises(OSError):  # noqa: PT011
        await failing()
    host.most_running = 0
    gate = asyncio.Event()
    asked = [asyncio.create_task(host.ask(gate=gate)) for _ in range(3)]
    for _ in range(10):
        await asyncio.sleep(0)
    assert host.most_running == 1
    gate.set()
    await asyncio.gather(*asked)


async def test_who_gives_up_waiting_takes_no_turn_along():
    host, gate = Host(most=1), asyncio.Event()
    asked = [asyncio.create_task(host.ask(gate=gate)) for _ in range(4)]
    for _ in range(5):
        await asyncio.sleep(0)
    asked[1].cancel()
    gate.set()
    # cancelled in the same moment as its turn comes
    asked[2].cancel()
    await asyncio.gather(*asked, return_exceptions=True)
    await asyncio.wait_for(host.ask(), 5)
    assert host.running == 0
