"""Homes full of posts, for this program and for newsboat, made the same way from the same words."""

import random
import shutil
import sqlite3
import subprocess
from datetime import UTC, datetime, timedelta
from html import escape
from pathlib import Path

from tui_reader import paths
from tui_reader.storage.database import Database
from tui_reader.storage.values import stamp, url_key

NOW = datetime.now(UTC).replace(microsecond=0)
_WORDS = " ".join(
    (
        "harbour winter letter bridge copper garden morning signal ladder orchard",
        "river market window paper engine valley lantern button mirror thread",
        "island kettle forest needle pepper ribbon saddle timber",
    )
).split()


def words(count: int, seed: object) -> str:
    """So many words; the same seed gives the same ones."""
    rng = random.Random(str(seed))
    return " ".join(rng.choice(_WORDS) for _ in range(count))


def body(kilobytes: float, seed: object) -> str:
    """The HTML of a post: paragraphs, with a link, a quote and a list here and there."""
    rng = random.Random(str(seed))
    parts: list[str] = []
    size = 0
    while size < kilobytes * 1000:
        text = words(rng.randint(25, 70), rng.random())
        kind = rng.random()
        if kind < 0.08:
            part = f"<blockquote><p>{text}</p></blockquote>"
        elif kind < 0.16:
            part = "<ul>" + "".join(f"<li>{word} {word}</li>" for word in text.split()[:6]) + "</ul>"
        elif kind < 0.4:
            part = f'<p>{text} <a href="https://far.example/{rng.randint(1, 999)}">{text[:20]}</a> {text}</p>'
        else:
            part = f"<p>{text}</p>"
        parts.append(part)
        size += len(part)
    return "\n".join(parts)


def _published(blog: int, number: int) -> datetime:
    return NOW - timedelta(hours=2 + number * 7, minutes=blog * 3)


def own_home(root: Path, *, blogs: int, posts: int, kilobytes: float = 1.0) -> Path:
    """A home of this program with so many blogs of so many posts each."""
    shutil.rmtree(root, ignore_errors=True)
    places = paths.find(home=root)
    places.make()
    # nothing is to be asked for while something is measured: these blogs are nowhere
    places.config_file.write_text("[refresh]\nminutes = 0\n")
    Database.open(places.database_file).close_now()
    one = body(kilobytes, "body")
    with sqlite3.connect(places.database_file, isolation_level=None) as db:
        db.execute("BEGIN")
        for blog in range(1, blogs + 1):
            url = f"https://blog-{blog:04}.example/"
            db.execute(
                "INSERT INTO blogs (id, url, url_key, feed_url, feed_key, title, is_subscribed, added_at,"
                " last_refreshed, generator) VALUES (?, ?, ?, ?, ?, ?, 1, ?, ?, 'wordpress')",
                (
                    blog,
                    url,
                    url_key(url),
                    url + "feed/",
                    url_key(url + "feed/"),
                    f"{words(2, blog).title()} {blog}",
                    stamp(NOW - timedelta(days=900)),
                    stamp(NOW),
                ),
            )
            db.executemany(
                "INSERT INTO posts (blog_id, guid, url, url_key, title, author, published, first_seen,"
                " sort_at, content_hash, is_backlog, is_read, is_indexed, takes_comments)"
                " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, '', 0, ?, 1, 0)",
                [
                    (
                        blog,
                        f"{url}{number}/",
                        f"{url}{number}/",
                        url_key(f"{url}{number}/"),
                        words(6, (blog, number)).capitalize(),
                        f"Author {blog}",
                        stamp(_published(blog, number)),
                        stamp(NOW),
                        stamp(_published(blog, number)),
                        int(number % 2),
                    )
                    for number in range(posts)
                ],
            )
        db.execute(
            "INSERT INTO bodies (post_id, html, base_url, is_excerpt) SELECT id, ?, url, 0 FROM posts", (one,)
        )
        db.execute("COMMIT")
        db.execute("ANALYZE")
        db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    db.close()
    return root


def add_bodies(root: Path, bodies: list[str]) -> None:
    """Gives the newest posts of a home these bodies, the first to the newest."""
    with sqlite3.connect(paths.find(home=root).database_file) as db:
        ids = [
            row[0]
            for row in db.execute(
                "SELECT id FROM posts ORDER BY sort_at DESC, id DESC LIMIT ?", (len(bodies),)
            )
        ]
        for post_id, html in zip(ids, bodies, strict=True):
            db.execute("UPDATE bodies SET html = ? WHERE post_id = ?", (html, post_id))
    db.close()


def add_thread(root: Path, place: int, comments: int) -> None:
    """Puts a conversation under one of the newest posts, ``place`` 0 being the newest; oldest first."""
    rng = random.Random(place)
    with sqlite3.connect(paths.find(home=root).database_file) as db:
        (post_id,) = db.execute(
            "SELECT id FROM posts ORDER BY sort_at DESC, id DESC LIMIT 1 OFFSET ?", (place,)
        ).fetchone()
        db.executemany(
            "INSERT INTO comments (post_id, id, parent_id, author, published, html, kind, state, first_seen,"
            " is_mine, is_by_post_author, is_seen, is_indexed)"
            " VALUES (?, ?, ?, ?, ?, ?, 'comment', 'published', ?, 0, 0, 1, 1)",
            [
                (
                    post_id,
                    str(number),
                    str(rng.randrange(max(0, number - 60), number))
                    if number and rng.random() < 0.7
                    else None,
                    f"Reader {rng.randrange(400)}",
                    stamp(NOW - timedelta(minutes=comments - number)),
                    f"<p>{escape(words(rng.randint(8, 60), (place, number)))}</p>",
                    stamp(NOW),
                )
                for number in range(comments)
            ],
        )
        db.execute(
            "UPDATE posts SET loaded_at = ?, is_complete = 1, published_comments = ?, declared_count = ?"
            " WHERE id = ?",
            (stamp(NOW), comments, comments, post_id),
        )
    db.close()


def has_newsboat() -> bool:
    """Whether there is a newsboat to be measured beside."""
    return shutil.which("newsboat") is not None


def newsboat_home(
    root: Path, *, blogs: int, posts: int, kilobytes: float = 1.0, analysed: bool = True
) -> Path:
    """The same blogs in newsboat's own cache: one post of each from a file, the others rows beside it."""
    shutil.rmtree(root, ignore_errors=True)
    (root / "feeds").mkdir(parents=True)
    (root / ".newsboat").mkdir()
    addresses = []
    for blog in range(1, blogs + 1):
        file = root / "feeds" / f"{blog:04}.xml"
        title = f"{words(2, blog).title()} {blog}"
        file.write_text(
            f'<?xml version="1.0"?><rss version="2.0"><channel><title>{title}</title>'
            f"<link>https://blog-{blog:04}.example/</link><description/>"
            f"<item><title>{words(6, (blog, 0)).capitalize()}</title>"
            f"<guid>https://blog-{blog:04}.example/0/</guid>"
            f"<link>https://blog-{blog:04}.example/0/</link>"
            f"<pubDate>{_published(blog, 0):%a, %d %b %Y %H:%M:%S} +0000</pubDate>"
            f"<author>a{blog}@x.example (Author {blog})</author>"
            f"<description>{escape(body(kilobytes, 'body'))}</description></item></channel></rss>"
        )
        addresses.append(f"file://{file}")
    (root / "urls").write_text("\n".join(addresses) + "\n")
    (root / "config").write_text(
        "auto-reload no\nrefresh-on-startup no\nconfirm-exit no\nbind-key j down\nbind-key k up\n"
    )
    subprocess.run(
        [*newsboat(root), "-x", "reload"], check=True, env=newsboat_environ(root), capture_output=True
    )
    with sqlite3.connect(root / "cache.db") as db:
        columns = [row[1] for row in db.execute("PRAGMA table_info(rss_item)") if row[1] != "id"]
        for blog in range(1, blogs + 1):
            values = {
                "guid": "?1",
                "url": "?1",
                "title": "?2",
                "pubDate": "?3",
                "unread": "?4",
            }
            chosen = ", ".join(values.get(column, column) for column in columns)
            db.executemany(
                f"INSERT INTO rss_item ({', '.join(columns)}) SELECT {chosen} FROM rss_item WHERE guid = ?5",
                [
                    (
                        f"https://blog-{blog:04}.example/{number}/",
                        words(6, (blog, number)).capitalize(),
                        int(_published(blog, number).timestamp()),
                        int(number % 2 == 0),
                        f"https://blog-{blog:04}.example/0/",
                    )
                    for number in range(1, posts)
                ],
            )
        if analysed:
            db.execute("ANALYZE")
    db.close()
    return root


def newsboat(root: Path) -> list[str]:
    """The command that shows such a home."""
    return ["newsboat", "-q", "-u", f"{root}/urls", "-c", f"{root}/cache.db", "-C", f"{root}/config"]


def newsboat_environ(root: Path) -> dict[str, str]:
    """Its surroundings: nothing of the user's own."""
    return {
        "HOME": str(root),
        "PATH": "/usr/local/bin:/usr/bin:/bin",
        "LANG": "C.UTF-8",
        "TERM": "xterm-256color",
    }
