"""From a key to the changed screen, in a list of 10,000 posts and in a thread of 10,000 comments."""

import shutil

from tests.bench import homes
from tests.bench.start import command, stands
from tests.bench.tables import NOT_INSTALLED, high, middle, row, scratch
from tests.bench.terminal import Terminal, environ


def presses(terminal: Terminal, key: str, count: int) -> list[float]:
    """Milliseconds to the changed screen, for each press; the first few are not counted."""
    return [terminal.key(key)[0] for _ in range(count + 5)][5:]


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


def main(count: int = 60) -> None:
    folder = scratch("keys")
    try:
        home = homes.own_home(folder / "own", blogs=1, posts=10_000)
        homes.add_thread(home, 0, 10_000)
        theirs: dict[str, list[float]] = {}
        if homes.has_newsboat():
            other = homes.newsboat_home(folder / "nb", blogs=1, posts=10_000)
            with newsboat(other) as terminal:
                theirs = {"moving": presses(terminal, "j", count)}
                # at the foot of the pane each move scrolls by a line
                for _ in range(40):
                    terminal.send("j")
                terminal.still()
                theirs["scrolling"] = presses(terminal, "j", count)
        for where, in_thread in (("list of 10,000 posts", False), ("thread of 10,000 comments", True)):
            with ours(home, in_thread=in_thread) as terminal:
                own = {"moving": presses(terminal, "j", 10)}
                for _ in range(40):
                    terminal.send("j")
                terminal.still()
                own["scrolling"] = presses(terminal, "j", count)
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
