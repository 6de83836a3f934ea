"""From a key to the changed screen while 500 blogs refresh, beside the same list at rest.

    python -m tests.bench.busy [--blogs 500]

Every blog has a new post, and the servers answer at once: the most work that a refresh can be, with the
servers, the parsers and this terminal on the same processors as the reader.
"""

import argparse
import time
from pathlib import Path

from tests.bench import refresh
from tests.bench.start import command, stands
from tests.bench.tables import high, middle, row, scratch
from tests.bench.terminal import Terminal, environ

GOAL = 2.0
_PAUSE = 0.033
"""Seconds from key to key: a key that is held."""
_CTRL_R = "\x12"
_KEYS = 100


def picture(terminal: Terminal) -> tuple[str, ...]:
    """Where colours lie behind the text, but for the first and the last lines, which tell of progress."""
    lines = terminal.screen.buffer
    return tuple(lines[y][x].bg for y in range(2, terminal.height - 2) for x in range(0, terminal.width, 6))


def press(terminal: Terminal, key: str) -> float:
    """Milliseconds until the cursor stands elsewhere."""
    before = picture(terminal)
    at = time.perf_counter()
    terminal.send(key)
    seen = len(terminal.chunks)
    while time.perf_counter() < at + 5:
        if terminal.drain(0.5) and picture(terminal) != before:
            # what came in one go was drawn in one go: the first of it is when it began to show
            return (terminal.chunks[-1][0] - at) * 1000
        seen = len(terminal.chunks)
    raise TimeoutError(f"{key!r} moved nothing after {seen} chunks:\n{terminal.text()}")


def presses(terminal: Terminal, is_over) -> list[float]:
    """Down and up again, so that the list never scrolls, until it is over."""
    took = []
    while not is_over(took):
        took.append(press(terminal, "jjjjjjkkkkkk"[len(took) % 12]))
        until = time.perf_counter() + _PAUSE
        while (left := until - time.perf_counter()) > 0:
            terminal.drain(left)
    return took


def measured(home: Path, blogs: int, latency: int) -> tuple[list[float], list[float]]:
    """At rest, and while all is refreshed."""
    with Terminal(command(), environ(home)) as terminal:
        terminal.until(stands)
        terminal.still(1.0)
        presses(terminal, lambda took: len(took) >= 12)
        rest = presses(terminal, lambda took: len(took) >= _KEYS)
        refresh.ask(f"set?latency_ms={latency}&revision=1&one_in=1")
        terminal.send(_CTRL_R)
        busy = presses(terminal, lambda _: f"{blogs} blogs refreshed" in terminal.text())
        refresh.ask("set?latency_ms=0&revision=0&one_in=10")
        return rest, busy


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--blogs", type=int, default=500)
    chosen = parser.parse_args()

    def work() -> None:
        reader = refresh.ours(scratch("busy"), chosen.blogs)
        for latency in (0, 100):
            reader.restore("full")
            rest, busy = measured(reader.home, chosen.blogs, latency)
            what = f"{latency} ms latency" if latency else "no latency"
            for name, pick in (("p50", middle), ("p95", high)):
                row(
                    f"a key while {chosen.blogs} blogs refresh, {what}, {name} : at rest",
                    f"{pick(busy):.1f} ms",
                    f"{pick(rest):.1f} ms",
                    pick(busy) / pick(rest),
                    GOAL,
                )
            print(f"  {len(busy)} keys, the longest {max(busy):.0f} ms")

    refresh.served(chosen.blogs, work)


if __name__ == "__main__":
    main()
