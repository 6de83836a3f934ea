"""Memory of the reader at rest, beside newsboat's."""

import shutil

from tests.bench import homes
from tests.bench.start import command, stands
from tests.bench.tables import NOT_INSTALLED, row, scratch
from tests.bench.terminal import Terminal, environ


def at_rest(command, env, seen) -> float:
    with Terminal(command, env) as terminal:
        terminal.until(seen, 60)
        terminal.still(1.5)
        return terminal.memory()


def main() -> None:
    folder = scratch("memory")
    try:
        for blogs, posts, goal in ((100, 10, 2.0), (500, 200, 0.5)):
            home = homes.own_home(folder / "own", blogs=blogs, posts=posts)
            own = at_rest(command(), environ(home), stands)
            theirs = None
            if homes.has_newsboat():
                other = homes.newsboat_home(folder / "nb", blogs=blogs, posts=posts)
                theirs = at_rest(
                    homes.newsboat(other),
                    homes.newsboat_environ(other),
                    lambda text: "feeds" in text or "Feeds" in text,
                )
            row(
                f"at rest, {blogs * posts:,} posts : newsboat (RSS)",
                f"{own:.0f} MB",
                f"{theirs:.0f} MB" if theirs else NOT_INSTALLED,
                own / theirs if theirs else None,
                goal,
            )
    finally:
        shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    main()
