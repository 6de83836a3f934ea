"""From the key to a long conversation and to a long post."""

import shutil

from tests.bench import homes
from tests.bench.start import command, stands
from tests.bench.tables import middle, row, scratch
from tests.bench.terminal import Terminal, environ


def opening(home, place: int, seen: str) -> float:
    """Milliseconds from the key that opens a post to its words on the screen."""
    with Terminal(command(), environ(home), (200, 50)) as terminal:
        terminal.until(stands)
        terminal.still(0.6)
        # in one breath: the cursor does not rest on it, and nothing of it is on the screen before
        terminal.send("j" * place)
        terminal.still(0.03)
        return terminal.answer("\r", lambda screen: any(seen in line for line in screen.display), quiet=1.0)


def main(runs: int = 7) -> None:
    folder = scratch("threads")
    try:
        home = homes.own_home(folder / "own", blogs=1, posts=20)
        homes.add_thread(home, 4, 10_000)
        homes.add_thread(home, 5, 10)
        marks = [f"<p>beginning{number} of it</p>" for number in range(10)]
        sizes = [1, 1, 1, 1, 1, 1, 6, 200, 1, 1]
        homes.add_bodies(
            home, [mark + homes.body(kb, n) for n, (mark, kb) in enumerate(zip(marks, sizes, strict=True))]
        )
        long = [opening(home, 4, "10000 responses") for _ in range(runs)]
        short = [opening(home, 5, "10 responses") for _ in range(runs)]
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
        small = [opening(home, 6, "beginning6") for _ in range(runs)]
        large = [opening(home, 7, "beginning7") for _ in range(runs)]
        row("a post of 6 KB, never converted", f"{middle(small):.0f} ms", "", middle(small), 16.7, " ms")
        row("a post of 200 KB, never converted", f"{middle(large):.0f} ms", "", middle(large), 60, " ms")
    finally:
        shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    main()
