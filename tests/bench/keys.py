"""From a key to the changed screen, in a list of 10,000 posts and in a thread of 10,000 comments."""

import itertools
import random
import shutil
from collections.abc import Callable

import pyte

from tests.bench import homes
from tests.bench.start import command, stands
from tests.bench.tables import NOT_INSTALLED, high, middle, row, scratch
from tests.bench.terminal import Terminal, environ


def cursor(screen: pyte.Screen) -> object:
    """Where this program's cursor stands and on which words: its bars, and what is beside them."""
    return [
        (y, x, line[x : x + 30])
        for y, line in enumerate(screen.display)
        for x, cell in enumerate(line)
        if cell == "▌"
    ]


def blue_line(screen: pyte.Screen) -> object:
    """The same for newsboat as it comes: a line on blue between its two bars, which are blue too."""
    return [(y, line) for y, line in enumerate(screen.display[1:-2], 1) if screen.buffer[y][0].bg == "blue"]


def presses(terminal: Terminal, keys: str, count: int, mark: Callable[[pyte.Screen], object]) -> list[float]:
    """Milliseconds until the cursor is drawn elsewhere, for each press; the first few are not counted.

    Pauses are of all lengths, from a key that is held down on: none is in step with what a program does by
    the clock, as a preview that is drawn 100 ms after a key.
    """
    pauses = random.Random("pauses")
    turns = itertools.islice(itertools.cycle(keys), count + 5)
    return [terminal.answer(key, mark, quiet=pauses.uniform(0.03, 0.3)) for key in turns][5:]


def moving_and_scrolling(
    terminal: Terminal, count: int, mark: Callable[[pyte.Screen], object]
) -> dict[str, list[float]]:
    """Both kinds of moves: to and fro at the top of the pane, and at its foot, where each move scrolls."""
    moving = presses(terminal, "jjkk", count, mark)
    for _ in range(40):
        terminal.send("j")
    terminal.still()
    return {"moving": moving, "scrolling": presses(terminal, "j", count, mark)}


def ours(home, *, in_thread: bool) -> Terminal:
    """The reader with the cursor in its long list, or in its long thread."""
    terminal = Terminal(command(), environ(home))
    terminal.until(stands)
    terminal.still(0.5)
    if in_thread:
        terminal.send("\r")
        terminal.still(1.0)
        terminal.send("4")
        terminal.still(0.5)
    return terminal


def newsboat(home) -> Terminal:
    terminal = Terminal(homes.newsboat(home), homes.newsboat_environ(home))
    terminal.until(lambda text: "feeds" in text or "Feeds" in text)
    terminal.send("\r")
    terminal.still(0.5)
    return terminal


def main(count: int = 45) -> None:
    folder = scratch("keys")
    try:
        home = homes.own_home(folder / "own", blogs=1, posts=10_000)
        homes.add_thread(home, 0, 10_000)
        theirs: dict[str, list[float]] = {}
        if homes.has_newsboat():
            other = homes.newsboat_home(folder / "nb", blogs=1, posts=10_000)
            with newsboat(other) as terminal:
                theirs = moving_and_scrolling(terminal, count, blue_line)
        for where, in_thread in (("list of 10,000 posts", False), ("thread of 10,000 comments", True)):
            with ours(home, in_thread=in_thread) as terminal:
                own = moving_and_scrolling(terminal, count, cursor)
            for kind, goal in (("moving", 1.0), ("scrolling", 1.5)):
                other_p50 = f"{middle(theirs[kind]):.1f} ms" if theirs else NOT_INSTALLED
                compared = middle(own[kind]) / middle(theirs[kind]) if theirs else None
                row(
                    f"{kind}, {where}, p50 : newsboat",
                    f"{middle(own[kind]):.1f} ms",
                    other_p50,
                    compared,
                    goal,
                )
                row(f"{kind}, {where}, p95", f"{high(own[kind]):.1f} ms", "", high(own[kind]), 16.7, " ms")
    finally:
        shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    main()
