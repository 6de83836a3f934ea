"""From the call to the first frame, and to a reader that answers keys."""

import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

from tests.bench import homes
from tests.bench.tables import NOT_INSTALLED, in_turn, middle, ratio, row, scratch
from tests.bench.terminal import READER, Terminal, environ

ONE_WIDGET = """
from textual.app import App
from textual.widget import Widget
class Only(Widget):
    def render(self): return "nothing yet"
class Program(App):
    def compose(self): yield Only()
Program().run()
"""


def reader(home, *, seen):
    def run() -> float:
        with Terminal(command(), environ(home)) as terminal:
            return terminal.until(seen)

    return run


def command() -> list[str]:
    """The installed script: the one that ``BENCH_READER`` names, else the one beside this Python.

    An environment for tests has more to do at each start of Python than a user's: coverage has a hook there.
    """
    script = os.environ.get("BENCH_READER") or shutil.which("tui-reader", path=sys.prefix + "/bin")
    return [script] if script else READER


def before_ours() -> str:
    """What runs before the first line that is ours, where that is more than it need be."""
    script = Path(command()[0])
    if command() is READER or b"import re\n" not in script.read_bytes():
        return ""
    return "the script that this pip made imports `re` first; those of pip 25.2, pipx and uv do not"


def stands(text: str) -> bool:
    """The keys that help are told when they are heard."""
    return "move" in text.splitlines()[-1]


def newsboat(home):
    def run() -> float:
        with Terminal(homes.newsboat(home), homes.newsboat_environ(home)) as terminal:
            return terminal.until(lambda text: "feeds" in text or "Feeds" in text, 60)

    return run


def one_widget() -> float:
    with Terminal([sys.executable, "-c", ONE_WIDGET], environ(Path("/nonexistent"))) as terminal:
        return terminal.until("nothing yet")


def quick(*arguments: str, home, **more: str) -> float:
    started = time.perf_counter()
    subprocess.run([*command(), *arguments], env=environ(home, **more), stdout=subprocess.DEVNULL, check=True)
    return (time.perf_counter() - started) * 1000


def main(runs: int = 9) -> None:
    folder = scratch("start")
    try:
        small = homes.own_home(folder / "small", blogs=100, posts=10)
        large = homes.own_home(folder / "large", blogs=500, posts=200)
        frame, alone = in_turn(runs, reader(small, seen="Posts"), one_widget)
        ready, alone = in_turn(runs, reader(small, seen=stands), one_widget)
        row(
            "interactive, 1,000 posts : a one-widget Textual",
            f"{middle(ready):.0f} ms",
            f"{middle(alone):.0f} ms",
            ratio(ready, alone),
            1.25,
        )
        many, few = in_turn(runs, reader(large, seen=stands), reader(small, seen=stands))
        row(
            "interactive, 100,000 posts : own start at 1,000",
            f"{middle(many):.0f} ms",
            f"{middle(few):.0f} ms",
            ratio(many, few),
            1.4,
        )
        if homes.has_newsboat():
            for name, goal, home, blogs, posts, seen in (
                ("first frame, 1,000 posts", 0.6, small, 100, 10, "Posts"),
                ("interactive, 100,000 posts", 0.45, large, 500, 200, stands),
            ):
                for analysed in (True, False):
                    if posts == 200 and not analysed:
                        # as it comes it takes half a minute here, each time
                        continue
                    theirs = homes.newsboat_home(folder / "nb", blogs=blogs, posts=posts, analysed=analysed)
                    ours, others = in_turn(runs, reader(home, seen=seen), newsboat(theirs))
                    kind = "newsboat" if analysed else "newsboat as it comes"
                    row(
                        f"{name} : {kind}",
                        f"{middle(ours):.0f} ms",
                        f"{middle(others):.0f} ms",
                        ratio(ours, others),
                        goal,
                    )
                if seen == "Posts" and before_ours():
                    print(f"  ({before_ours()})")
        else:
            row("first frame, 1,000 posts : newsboat", f"{middle(frame):.0f} ms", NOT_INSTALLED, None, 0.6)
        for arguments in (("--version",), ("posts", "--json"), ("posts", "--json", "--limit", "50")):
            took = [quick(*arguments, home=large) for _ in range(3)]
            print(f"{'tui-reader ' + ' '.join(arguments) + ', 100,000 posts':<52} {middle(took):>7.0f} ms")
        for line in ("tui-reader re", "tui-reader posts --"):
            asked = {"COMP_WORDS": line, "COMP_CWORD": str(line.count(" "))}
            took = [quick(home=large, _TUI_READER_COMPLETE="bash_complete", **asked) for _ in range(5)]
            print(f"{f'a shell completes `{line}`':<52} {middle(took):>7.0f} ms")
    finally:
        shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    main()
