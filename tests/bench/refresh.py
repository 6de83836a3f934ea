"""Refreshes of many blogs, side by side with newsboat in one run; prints ratios.

    python -m tests.bench.refresh [--blogs 500] [--pairs 5] [--only 304]

Whole processes are timed, imports and the database included, each pair one right after the other: a ratio
holds on a machine whose speed drifts, a time does not. Newsboat 2.21 makes SQLite's statistics while its
cache is empty and grows with the square of the feeds for that; "analysed" is the same newsboat after one
ANALYZE, the honest yardstick, "as it comes" is what people meet. Without newsboat only our own times are
printed.
"""

import argparse
import json
import os
import shutil
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from urllib.request import urlopen

from tests.bench.feed_server import ONE_IN, POSTS, feed_url

PORT = 8901
CASES = {
    "304, 100 ms": (100, 0.4),
    "304, no latency": (0, 1.9),
    "first fetch, 100 ms": (100, 1.0),
    "first fetch, no latency": (0, 2.5),
    "one in ten changed, no latency": (0, 1.6),
}
"""Latency in milliseconds, and how many times newsboat's time it may take at most."""
_YARDSTICK = 64
"""Requests under way at once by which it is said what the latency allows, however many there are."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reader:
    """A program under test: how it runs, and how it is put back before each run."""

    name: str
    command: list[str]
    home: Path
    environment: dict[str, str]

    def run(self) -> float:
        """Refreshes everything; seconds."""
        began = time.perf_counter()
        done = subprocess.run(
            self.command,
            env=self.environment,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            check=False,
        )
        took = time.perf_counter() - began
        if done.returncode:
            raise SystemExit(f"{self.name} ended with {done.returncode}: {' '.join(self.command)}")
        return took

    def keep(self, name: str) -> None:
        """Keeps its state under a name."""
        shutil.copytree(self.home, self.home.with_name(f"{self.home.name}-{name}"))

    def restore(self, name: str) -> None:
        """Puts the state of that name back."""
        shutil.rmtree(self.home)
        shutil.copytree(self.home.with_name(f"{self.home.name}-{name}"), self.home)


def ask(path: str) -> bytes:
    with urlopen(f"http://127.0.0.1:{PORT}/-/{path}") as answer:
        return answer.read()


def ours(folder: Path, blogs: int, at_once: int = 0) -> Reader:
    home = folder / "tui_reader"
    environment = {**os.environ, "TUI_READER_HOME": str(home)}
    # with it each run would compile the program anew, as nobody's does who installed it
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    command = [sys.executable, "-m", "tui_reader"]
    outlines = "".join(
        f'<outline type="rss" text="Blog {number}" xmlUrl="{feed_url(number, PORT)}"/>'
        for number in range(blogs)
    )
    opml = folder / "blogs.opml"
    opml.write_text(f'<opml version="2.0"><body>{outlines}</body></opml>', encoding="utf-8")
    subprocess.run([*command, "import", opml], env=environment, check=True, stdout=subprocess.DEVNULL)
    (config,) = [path.parent for path in home.rglob("config.toml")] or [home / "config"]
    config.mkdir(exist_ok=True, parents=True)
    if at_once:
        (config / "config.toml").write_text(f"[network]\nconnections = {at_once}\n", encoding="utf-8")
    reader = Reader(name="tui_reader", command=[*command, "refresh"], home=home, environment=environment)
    reader.keep("empty")
    reader.run()
    reader.keep("full")
    reader.run()
    return reader


def bare(ours: Reader) -> Reader:
    """The same program over a transport of our own, which is no part of it: what that would gain."""
    return Reader(
        name="tui_reader over a bare transport",
        command=[sys.executable, "-m", "tests.bench.bare_transport", "refresh"],
        home=ours.home,
        environment=ours.environment,
    )


def newsboat(folder: Path, blogs: int, *, is_analysed: bool) -> Reader | None:
    program = shutil.which("newsboat")
    if program is None:
        return None
    home = folder / ("newsboat-analysed" if is_analysed else "newsboat")
    (home / ".newsboat").mkdir(parents=True)
    urls, config, cache = home / "urls", home / "config", home / "cache.db"
    urls.write_text("\n".join(feed_url(number, PORT) for number in range(blogs)) + "\n", encoding="utf-8")
    config.write_text("reload-threads 16\nauto-reload no\nrefresh-on-startup no\n", encoding="utf-8")
    command = [program, "-q", "-u", str(urls), "-c", str(cache), "-C", str(config), "-x", "reload"]
    environment = {**os.environ, "HOME": str(home)}
    reader = Reader(
        name="newsboat, analysed" if is_analysed else "newsboat, as it comes",
        command=command,
        home=home,
        environment=environment,
    )
    if not is_analysed:
        reader.keep("empty")
    # it keeps validators only from its second full fetch on: the third is the first to be answered by 304
    reader.run()
    reader.run()
    if is_analysed:
        _sql(cache, "ANALYZE")
    reader.keep("full")
    if is_analysed:
        _sql(cache, "DELETE FROM rss_item", "DELETE FROM rss_feed", "VACUUM")
        reader.keep("empty")
        reader.restore("full")
    return reader


def _sql(path: Path, *statements: str) -> None:
    with closing(sqlite3.connect(path, isolation_level=None)) as db:
        for statement in statements:
            db.execute(statement)


def measure(readers: list[Reader], case: str, latency: int, pairs: int, blogs: int) -> dict[str, list[float]]:
    """The seconds of each reader, run in turn."""
    state = "empty" if case.startswith("first") else "full"
    changed = case.startswith("one in")
    times: dict[str, list[float]] = {reader.name: [] for reader in readers}
    for round_number in range(pairs):
        # who goes first changes: what the one leaves in the caches is no gift to the other
        for reader in readers if round_number % 2 else readers[::-1]:
            ask(f"set?latency_ms={latency}&revision={int(changed)}")
            if state == "empty" or changed or round_number == 0:
                reader.restore(state)
            ask("asked")
            times[reader.name].append(reader.run())
            _check(json.loads(ask("asked")), case, blogs, reader.name)
    ask("set?latency_ms=0&revision=0")
    return times


def _check(asked: dict[str, int], case: str, blogs: int, name: str) -> None:
    whole, unchanged = asked.get("200", 0), asked.get("304", 0)
    expected = {
        "304": (0, blogs),
        "fir": (blogs, 0),
        "one": (-(-blogs // ONE_IN), blogs - -(-blogs // ONE_IN)),
    }
    if (whole, unchanged) != expected[case[:3]]:
        print(
            f"  ! {name} was answered {whole} whole, {unchanged} not changed: expected {expected[case[:3]]}"
        )


def show(case: str, goal: float, latency: int, times: dict[str, list[float]], blogs: int) -> None:
    mine = times["tui_reader"]
    print(f"\n{case}: {blogs} blogs of {POSTS} posts, tui_reader {_spread(mine)}", end="")
    if latency:
        limit = -(-blogs // _YARDSTICK) * latency / 1000
        print(f" = {statistics.median(mine) / limit:.2f} × what the latency allows ({limit:.1f} s)", end="")
    print()
    analysed = times.get("newsboat, analysed")
    for name, theirs in times.items():
        if "bare" in name:
            beside = ""
            if analysed:
                ratio = statistics.median(own / other for own, other in zip(theirs, analysed, strict=True))
                beside = f" = {ratio:.2f} × newsboat, analysed"
            print(f"        {name}, for measuring only: {_spread(theirs)}{beside}")
        elif name != "tui_reader":
            ratio = statistics.median(own / other for own, other in zip(mine, theirs, strict=True))
            verdict = ""
            if name.endswith("analysed"):
                verdict = f"  (goal {goal:g}: {'met' if ratio <= goal else 'MISSED'})"
            print(f"  {ratio:5.2f} × {name}, {_spread(theirs)}{verdict}")


def _spread(times: list[float]) -> str:
    return f"{statistics.median(times):.2f} s ({min(times):.2f}-{max(times):.2f})"


def served(blogs: int, work: Callable[[], None]) -> None:
    """Does the work while the blogs are on the air."""
    command = [sys.executable, "-m", "tests.bench.feed_server", "--blogs", str(blogs), "--port", str(PORT)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as server:
        if server.stdout is None or server.stdout.readline() != b"ready\n":
            raise SystemExit("the feed server did not start")
        try:
            work()
        finally:
            server.communicate()


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--blogs", type=int, default=500)
    parser.add_argument("--pairs", type=int, default=5)
    parser.add_argument("--at-once", type=int, default=0, help="requests under way; else as it comes")
    parser.add_argument("--only", default="", help="only the cases whose name holds this")
    parser.add_argument("--skip-as-it-comes", action="store_true")
    chosen = parser.parse_args()

    def work() -> None:
        with tempfile.TemporaryDirectory(prefix="tui-reader-bench-") as folder:
            place = Path(folder)
            readers = [ours(place, chosen.blogs, chosen.at_once)]
            bare(readers[0]).run()
            for is_analysed in (True,) if chosen.skip_as_it_comes else (True, False):
                rival = newsboat(place, chosen.blogs, is_analysed=is_analysed)
                if rival is not None:
                    readers.append(rival)
            if len(readers) == 1:
                print("newsboat is not installed: only our own times")
            for case, (latency, goal) in CASES.items():
                if chosen.only in case:
                    others = [bare(readers[0])] if case.startswith("304") else []
                    times = measure([*readers, *others], case, latency, chosen.pairs, chosen.blogs)
                    show(case, goal, latency, times, chosen.blogs)

    served(chosen.blogs, work)


if __name__ == "__main__":
    main()
