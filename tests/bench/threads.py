"""From the key to a long conversation and to a long post."""

import shutil
from pathlib import Path

from tests.bench import homes
from tests.bench.start import command, stands
from tests.bench.tables import middle, row, scratch
from tests.bench.terminal import Terminal, environ


def opening(home, seen: str) -> float:
    """Milliseconds from the key that opens the second post to its words on the screen."""
    with Terminal(command(), environ(home), (200, 50)) as terminal:
        terminal.until(stands)
        return opened(terminal, seen)


def opening_again(home, seen: str) -> float:
    """The same of a post that was open before, another one having been looked at meanwhile."""
    with Terminal(command(), environ(home), (200, 50)) as terminal:
        terminal.until(stands)
        opened(terminal, seen)
        terminal.send("2k")
        return opened(terminal, seen)


def opened(terminal: Terminal, seen: str) -> float:
    """The same, the cursor standing on the first post."""
    terminal.still(0.6)
    terminal.draw()
    terminal.send("j")
    # shorter than a cursor rests before a preview: nothing of the post is on the screen yet
    terminal.still(0.02, 0.04)
    return terminal.answer("\r", lambda screen: any(seen in line for line in screen.display), quiet=1.0)


def home_of(root: Path, kilobytes: float, comments: int = 0) -> Path:
    """Ten posts, of which the second is so long, or has so many comments."""
    home = homes.own_home(root, blogs=1, posts=10)
    if comments:
        homes.add_thread(home, 1, comments)
    homes.add_bodies(home, [homes.body(1, 0), "<p>the beginning of it</p>" + homes.body(kilobytes, 1)])
    return home


def main(runs: int = 7) -> None:
    folder = scratch("threads")
    try:
        many, few = home_of(folder / "many", 1, 10_000), home_of(folder / "few", 1, 10)
        long = [opening(many, "10000 responses") for _ in range(runs)]
        short = [opening(few, "10 responses") for _ in range(runs)]
        row(
            "a thread of 10,000 comments, key to screen",
            f"{middle(long):.0f} ms",
            "",
            middle(long),
            100,
            " ms",
        )
        compared = middle(long) / middle(short)
        row("the same : a thread of ten", f"{middle(long):.0f} ms", f"{middle(short):.0f} ms", compared, 3)
        small = [opening(home_of(folder / "small", 6), "the beginning") for _ in range(runs)]
        large = [opening(home_of(folder / "large", 200), "the beginning") for _ in range(runs)]
        row("a post of 6 KB, never converted", f"{middle(small):.1f} ms", "", middle(small), 16.7, " ms")
        row("a post of 200 KB, never converted", f"{middle(large):.1f} ms", "", middle(large), 60, " ms")
        again = [opening_again(home_of(folder / "large", 200), "the beginning") for _ in range(runs)]
        row(
            "the same, converted before : one of 6 KB",
            f"{middle(again):.1f} ms",
            f"{middle(small):.1f} ms",
            middle(again) / middle(small),
            4,
        )
    finally:
        shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    main()
