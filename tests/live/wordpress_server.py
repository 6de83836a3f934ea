"""A real WordPress on loopback for the tests: its own database, its own content, and hands to change both.

Everything lives in one temporary folder, the database listens on a socket there, and both servers end with
the process that started them, even when that one is killed.
"""

import contextlib
import json
import os
import random
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self

from wordpress_parts import program

HERE = Path(__file__).parent / "wordpress"
GUARD = Path(__file__).parent / "end_with_parent.py"
_PATIENCE = 120.0
_DATABASE = (
    "--no-defaults",
    "--skip-networking",
    "--skip-log-bin",
    "--innodb-flush-log-at-trx-commit=0",
    "--innodb-doublewrite=0",
    "--innodb-log-file-size=4M",
    "--innodb-buffer-pool-size=32M",
    "--character-set-server=utf8mb4",
    "--collation-server=utf8mb4_unicode_520_ci",
)


@dataclass(frozen=True)
class SeededPost:
    """One post of the content."""

    id: int
    url: str
    title: str


@dataclass(frozen=True)
class Account:
    """Somebody who may sign in."""

    username: str
    application_password: str


class WordPress:
    """A running blog.

    Attributes:
        url: Its home, with the slash.
        posts: By their keys in ``content.json``.
        comments: Comment ids by their keys in ``content.json``.
        keeper: The account of who writes the blog.
        maelle: A reader's account.
        themes: What may be given to :meth:`theme`.
    """

    def __init__(self, source: Path) -> None:
        # not pytest's own folder: a socket's path has room for 107 bytes
        self._home = Path(tempfile.mkdtemp(prefix="tr-wp-", dir=short_folder()))
        self._site, self._log = self._home / "site", self._home / "log"
        self._data, self._socket = self._home / "data", self._home / "db.sock"
        self._servers: dict[str, subprocess.Popen[bytes]] = {}
        self._port = _free_port()
        self.url = f"http://127.0.0.1:{self._port}/"
        try:
            self._build(source)
        except BaseException:
            self.close()
            raise

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    # Changing the blog

    def option(self, name: str, value: Any) -> None:
        """Sets one of WordPress's options, or a switch of ``switches.php``."""
        self._order("option", name=name, value=value)

    def theme(self, name: str) -> None:
        """Changes the looks, and with them the markup."""
        assert name in self.themes
        self._order("theme", name=name)

    def comment(
        self, post: str, text: str, *, author: str = "Odile Kerbrat", parent: int = 0, **more: Any
    ) -> int:
        """Stores a comment behind WordPress's doors; returns its id."""
        return self._order(
            "comment", post=self.posts[post].id, text=text, author=author, parent=parent, **more
        )

    def approve(self, comment_id: int | str) -> None:
        """What a moderator does with a comment that is held."""
        self._order("status", id=int(comment_id), status="approve")

    def hold(self, comment_id: int | str) -> None:
        """Takes a comment back from the page."""
        self._order("status", id=int(comment_id), status="hold")

    def trash(self, comment_id: int | str) -> None:
        """Throws a comment away; it stays in the bin."""
        self._order("status", id=int(comment_id), status="trash")

    def php(self, code: str, **args: Any) -> Any:
        """Runs PHP with WordPress loaded; ``$args`` holds the arguments, and what it returns comes back."""
        return self._order("php", code=code, args=args)

    # Looking into it

    def count(self, post: str) -> int:
        """How many comments and pings of the post are published."""
        return sum(row["comment_approved"] == "1" for row in self.all_of(post))

    def stored(self, comment_id: int | str) -> dict[str, str]:
        """The comment's row as it is in the database."""
        return self.php("return get_comment( $args['id'] )->to_array();", id=int(comment_id))

    def all_of(self, post: str) -> list[dict[str, str]]:
        """Every row of the post, spam and bin too, the oldest first."""
        return self._order("rows", post=self.posts[post].id)

    # Starting and ending

    def reset(self) -> None:
        """Puts everything back as it was sown, and the blog on the air."""
        self._order("tables", what="restore")
        self._go_on_the_air()

    @contextmanager
    def offline(self) -> Iterator[None]:
        """Nobody answers at the blog's address meanwhile."""
        self._end("php")
        try:
            yield
        finally:
            self._go_on_the_air()

    def close(self) -> None:
        """Ends both servers and removes all they wrote."""
        for name in ("php", "db"):
            self._end(name)
        shutil.rmtree(self._home, ignore_errors=True)

    def _build(self, source: Path) -> None:
        self._log.mkdir()
        _copy(source, self._site)
        content = json.loads((HERE / "content.json").read_text())
        live = {"socket": str(self._socket), "url": self.url.rstrip("/")}
        (self._site / "live.json").write_text(json.dumps(live))
        shutil.copy(HERE / "wp-config.php", self._site)
        plugins = self._site / "wp-content/mu-plugins"
        plugins.mkdir(exist_ok=True)
        shutil.copy(HERE / "switches.php", plugins)
        shutil.copytree(HERE / "old-markup", self._site / "wp-content/themes/old-markup")
        self.themes = sorted(style.parent.name for style in self._site.glob("wp-content/themes/*/style.css"))
        self._start_database()
        self._order("install", title=content["title"])
        sown = self._order("seed", content=content)
        self.theme("twentytwentyone" if "twentytwentyone" in self.themes else "old-markup")
        self._order("tables", what="keep")
        self.posts = {key: SeededPost(**post) for key, post in sown["posts"].items()}
        self.comments: dict[str, int] = sown["comments"]
        self.keeper = Account("keeper", sown["passwords"]["keeper"])
        self.maelle = Account("maelle", sown["passwords"]["maelle"])
        self._go_on_the_air()

    def _start_database(self) -> None:
        as_root = ("--user=root",) if os.geteuid() == 0 else ()
        place = (f"--datadir={self._data}", *as_root)
        as_named = ("--auth-root-authentication-method=normal", "--skip-test-db")
        _run([program("mariadb-install-db"), *_DATABASE, *place, *as_named])
        self._start("db", [program("mariadbd"), *_DATABASE, *place, f"--socket={self._socket}"])
        self._wait("db", lambda: _connects(socket.AF_UNIX, str(self._socket)))

    def _go_on_the_air(self) -> None:
        if "php" in self._servers:
            return
        settings = ("-d", "memory_limit=256M", "-d", "opcache.enable_cli=1", "-d", "display_errors=0")
        where = ("-S", f"127.0.0.1:{self._port}", "-t", str(self._site), str(HERE / "router.php"))
        self._start("php", [program("php"), *settings, *where], PHP_CLI_SERVER_WORKERS="4")
        self._wait("php", lambda: _connects(socket.AF_INET, ("127.0.0.1", self._port)))

    def _start(self, name: str, command: list[Any], **environment: str) -> None:
        removal = ["--remove", self._home] if name == "db" else []
        with (self._log / name).open("ab") as log:
            self._servers[name] = subprocess.Popen(
                [sys.executable, GUARD, *removal, *command],
                stdin=subprocess.PIPE,
                stdout=log,
                stderr=log,
                start_new_session=True,
                env={**os.environ, **environment},
            )

    def _end(self, name: str) -> None:
        server = self._servers.pop(name, None)
        if server is not None and server.stdin is not None:
            server.stdin.close()
            server.wait(_PATIENCE)

    def _wait(self, name: str, is_up: Any) -> None:
        until = time.monotonic() + _PATIENCE
        while time.monotonic() < until and self._servers[name].poll() is None:
            if is_up():
                return
            time.sleep(0.02)
        raise RuntimeError(f"{name} did not start:\n{(self._log / name).read_text()[-2000:]}")

    def _order(self, do: str, **order: Any) -> Any:
        answer = _run(
            [
                program("php"),
                "-d",
                "memory_limit=512M",
                "-d",
                "display_errors=stderr",
                HERE / "control.php",
                self._site,
            ],
            input=json.dumps({"do": do, **order}),
        )
        return json.loads(answer)


def _run(command: list[Any], **more: Any) -> str:
    done = subprocess.run(
        list(map(str, command)), capture_output=True, text=True, check=False, timeout=300, **more
    )
    if done.returncode:
        raise RuntimeError(f"{command[0]} failed ({done.returncode}):\n{(done.stdout + done.stderr)[-3000:]}")
    return done.stdout


def _copy(source: Path, target: Path) -> None:
    """The WordPress's files without its owner's settings, uploads and the languages that no test speaks."""

    def unwanted(folder: str, names: list[str]) -> set[str]:
        here = Path(folder)
        if here.name == "languages":
            return {name for name in names if "fr_FR" not in name}
        if here == source:
            return {"wp-config.php", ".htaccess", "readme.html"} & set(names)
        return {"uploads", "mu-plugins"} & set(names) if here.name == "wp-content" else set()

    shutil.copytree(source, target, ignore=unwanted, ignore_dangling_symlinks=True)
    for folder, _, _ in os.walk(target):
        Path(folder).chmod(0o700)  # what came read-only could not be removed again
    (target / "wp-content/uploads").mkdir(parents=True)
    (target / "wp-content/themes").mkdir(exist_ok=True)


def short_folder() -> str | None:
    """Where paths of sockets have room; None for the usual folder."""
    return "/tmp" if len(os.fsencode(tempfile.gettempdir())) > 60 else None


def _free_port() -> int:
    """One that no other program is given meanwhile: the system hands out those from 32768 on by itself.

    The blog goes off the air and comes back, and its address stays.
    """
    while True:
        with socket.socket() as probe, contextlib.suppress(OSError):
            probe.bind(("127.0.0.1", random.SystemRandom().randrange(10_240, 32_768)))
            return int(probe.getsockname()[1])


def _connects(family: socket.AddressFamily, address: Any) -> bool:
    with socket.socket(family) as probe:
        try:
            probe.connect(address)
        except OSError:
            return False
    return True
