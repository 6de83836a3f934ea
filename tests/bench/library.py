"""What lists ask of the database over 100,000 posts of 500 blogs, beside the goals for it.

python -m tests.bench.library [--blogs 500] [--posts 200]
"""

import argparse
import asyncio
import statistics
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

from tui_reader.domain.feed import ParsedPost
from tui_reader.domain.update import PostUpdate
from tui_reader.storage import blogs, intake, post_lists, posts
from tui_reader.storage.database import Connection, Database
from tui_reader.storage.post_lists import PostFilter

NOW = datetime(2026, 8, 3, 12, 0, tzinfo=UTC)


def fill(db: Connection, number: int, each: int) -> None:
    """One blog with its posts; one post in three is read."""
    home = f"https://blog-{number}.example/"
    blog = blogs.add_blog(db, url=home, feed_url=f"{home}feed/", title=f"Blog {number}", now=NOW)
    entries = [
        ParsedPost(
            guid=f"{home}{post}",
            url=f"{home}{post}/",
            title=f"Post {post} of blog {number}",
            published=NOW - timedelta(hours=post * 7 + number % 7),
            html="<p>Some words.</p>",
        )
        for post in range(each)
    ]
    applied = intake.apply_update(db, blog.id, PostUpdate(new=tuple(entries)), now=NOW)
    posts.mark(db, applied.new[::3], read=True)


async def filled(database: Database, number: int, each: int) -> None:
    for blog in range(number):
        await database.run(fill, blog, each)


def measured(database: Database, ask: Callable[[Connection], object], times: int = 200) -> float:
    """Milliseconds, median, inside the database's own thread."""

    def run(db: Connection) -> list[float]:
        took = []
        for _ in range(times):
            began = time.perf_counter()
            ask(db)
            took.append((time.perf_counter() - began) * 1000)
        return took

    return statistics.median(database.read_now(run))


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--blogs", type=int, default=500)
    parser.add_argument("--posts", type=int, default=200, help="of each blog")
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="tui-reader-bench-") as folder:
        path = Path(folder) / "reader.db"
        database = Database.open(path)
        asyncio.run(filled(database, chosen.blogs, chosen.posts))
        # what is measured is a program that was started again: closing keeps the planner's statistics
        database.close_now()
        database = Database.open(path)
        print(
            f"{chosen.blogs} blogs, {chosen.blogs * chosen.posts:,} posts, {path.stat().st_size / 1e6:.0f} MB"
        )
        for name, goal, ask in (
            ("all counts of everything", 2.0, post_lists.counts),
            ("all blogs and all counts, as the screen lists them again", 2.0, _all_counts),
            ("the newest 200 posts of a blog, as the screen lists them", 1.0, _newest),
        ):
            took = measured(database, ask)
            print(f"  {name}: {took:.2f} ms = {took / goal:.2f} × the goal of {goal:g} ms")
        database.close_now()


def _all_counts(db: Connection) -> object:
    """What ``Shelf.load_blogs`` asks whenever a count may have changed."""
    return blogs.all_blogs(db), post_lists.counts(db)


def _newest(db: Connection) -> object:
    """What ``Library.posts`` calls for the list of posts on the screen, a blog chosen."""
    return post_lists.list_posts(db, PostFilter(blog_id=7, limit=200))


if __name__ == "__main__":
    main()
