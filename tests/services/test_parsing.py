"""Parsing in processes with limits: what comes back, and what a hostile document costs."""

import asyncio
import os
import threading

import pytest

from tui_reader.errors import FeedError
from tui_reader.services import parsing
from tui_reader.services.parsing import Parsers

URL = "https://b.example/feed/"


def item(number, body="Words."):
    return (
        f"<item><title>Post {number}</title><link>https://b.example/{number}/</link><guid>g{number}</guid>"
        f"<pubDate>Mon, 03 Aug 2026 12:30:00 +0000</pubDate><description>{body}</description></item>"
    )


def rss(*items, head=""):
    return (
        f'<?xml version="1.0"?><rss version="2.0"><channel><title>B</title>'
        f"<link>https://b.example/</link>{head}{''.join(items)}</channel></rss>"
    ).encode()


@pytest.fixture
def parsers():
    made = Parsers(most=1, cpu_seconds=1.0, idle_seconds=30)
    yield made
    made.stop()


def is_running(pid):
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


def pids(parsers):
    return [child._process.pid for child in (*parsers._idle, *parsers._busy)]


async def test_a_feed_comes_back_with_its_hints(parsers):
    read = await parsers.feed(rss(item(2), item(1), head="<ttl>90</ttl>"), URL)
    assert [post.guid for post in read.feed.posts] == ["g2", "g1"]
    assert read.feed.posts[0].published is not None
    assert read.hints.least_wait.total_seconds() == 5400
    assert len(set(read.hashes)) == 2


async def test_known_entries_are_not_read_again(parsers):
    first = await parsers.feed(rss(item(2), item(1)), URL)
    again = await parsers.feed(rss(item(3), item(2), item(1, "Corrected.")), URL, known=first.hashes)
    assert [post.guid for post in again.feed.posts] == ["g3", "g1"]
    assert again.known == first.hashes[:1]
    assert again.feed.title == "B"


async def test_a_feed_of_comments_comes_back(parsers):
    (comment,) = await parsers.comments(rss(item(1)), URL)
    assert comment.guid == "g1"


async def test_what_is_no_feed_says_so(parsers):
    with pytest.raises(FeedError, match="not a feed"):
        await parsers.feed(b"nothing of the kind", URL)


async def test_a_document_that_takes_too_long_is_given_up_and_the_next_one_is_read(parsers, monkeypatch):
    slow = Parsers(most=1, cpu_seconds=0.02, idle_seconds=30)
    try:
        with pytest.raises(FeedError, match="too long"):
            await slow.feed(rss(*map(item, range(1_900))), URL)
        assert not pids(slow)
    finally:
        slow.stop()


async def test_a_document_that_takes_too_much_memory_is_given_up():
    small = Parsers(most=1, memory=20_000_000, cpu_seconds=10)
    try:
        with pytest.raises(FeedError, match=r"memory|damaged"):
            await small.feed(rss(item(1, "x" * 9_000_000)), URL)
        read = await small.feed(rss(item(1)), URL)
        assert len(read.feed.posts) == 1
    finally:
        small.stop()


async def test_a_process_that_went_home_is_replaced(parsers):
    short = Parsers(most=1, idle_seconds=0.01)
    try:
        await short.feed(rss(item(1)), URL)
        (gone,) = pids(short)
        short._idle[0]._process.wait(timeout=10)
        assert len((await short.feed(rss(item(1)), URL)).feed.posts) == 1
        assert pids(short) != [gone]
    finally:
        short.stop()


async def test_while_one_process_starts_no_second_one_takes_its_processor(monkeypatch):
    monkeypatch.setattr(parsing, "_PATIENCE", 0.001)
    monkeypatch.setattr(parsing, "_STARTING", 30)
    two = Parsers(most=2)
    try:
        await asyncio.gather(*(two.feed(rss(item(number)), URL) for number in range(2)))
        assert len(pids(two)) == 1
    finally:
        two.stop()


async def test_as_many_processes_start_ahead_as_are_wanted():
    two = Parsers(most=2)
    try:
        two.warm(1)
        (first,) = pids(two)
        two.warm()
        assert len(pids(two)) == 2
        assert first in pids(two)
    finally:
        two.stop()


async def test_a_process_stands_back_behind_a_screen_and_only_there(parsers):
    def niceness():
        (pid,) = pids(parsers)
        return os.getpriority(os.PRIO_PROCESS, pid)

    own = os.getpriority(os.PRIO_PROCESS, 0)
    await parsers.feed(rss(item(1)), URL)
    assert niceness() == min(own + 10, 19)
    parsers.stop()
    parsers.hurry()
    await parsers.feed(rss(item(1)), URL)
    assert niceness() == own


async def test_stopping_leaves_no_process(parsers):
    parsers.warm()
    (pid,) = pids(parsers)
    await parsers.feed(rss(item(1)), URL)
    parsers.stop()
    assert not is_running(pid)


async def test_who_waits_no_more_ends_the_work(parsers, monkeypatch):
    parsers.warm()
    (child,) = parsers._idle
    has_begun = threading.Event()
    ask = type(child).ask

    def told(self, request):
        has_begun.set()
        return ask(self, request)

    monkeypatch.setattr(type(child), "ask", told)
    asked = asyncio.create_task(parsers.feed(rss(*map(item, range(1_900))), URL))
    await asyncio.to_thread(has_begun.wait, 10)
    asked.cancel()
    with pytest.raises(asyncio.CancelledError):
        await asked
    assert await asyncio.to_thread(child._process.wait, 10) != 0
    assert len((await parsers.feed(rss(item(1)), URL)).feed.posts) == 1
