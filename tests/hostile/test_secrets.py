"""A password, a token and an e-mail address go through everything, and are where they belong alone."""

import sqlite3
import stat
import subprocess
import sys

import pytest
from hostile_blog import hostile_blog
from pty_session import environment, program
from terminal_audit import audit

PASSWORD = "pass WORD sesame 4242"
TOKEN = "toktoktok77"
EMAIL = "nobody.else@mail.example"


@pytest.fixture
def call(tmp_path):
    """The program, telling its log everything."""
    home = tmp_path / "home"
    (home / "config").mkdir(parents=True, mode=0o700)
    (home / "config" / "config.toml").write_text('[log]\nlevel = "debug"\n[network]\ntimeout = 5\n')

    def run(*words, stdin=""):
        ran = subprocess.run(
            [*program(), *words],
            env=environment(home),
            input=stdin,
            capture_output=True,
            text=True,
            timeout=60,
        )
        run.said += ran.stdout + ran.stderr
        return ran

    run.said = ""
    run.home = home
    return run


def test_a_password_a_token_and_an_address_are_nowhere_but_where_they_belong(call):
    with hostile_blog() as mine, hostile_blog() as other:
        assert call("add", f"{mine.url}feed/?token={TOKEN}").returncode == 0
        assert call("add", other.url).returncode == 0
        added = call(
            *("identity", "add", "--name", "Bo", "--email", EMAIL, "--blog", "1"),
            *("--username", "bo", "--password-stdin"),
            stdin=f"{PASSWORD}\n",
        )
        assert added.returncode == 0
        assert "keyring" in added.stderr  # none here: said, with where the password rests now
        assert "secrets.json" in added.stderr
        assert call("identity", "add", "--name", "Bo", "--email", EMAIL).returncode == 0
        mine_post = f"{mine.url}p/1/"
        call("reply", mine_post, "--message", "As the account.", "--json")
        call("reply", mine_post, "--message", "As anybody.", "--as", "2", "--answer", "quiz=4", "--json")
        mine.fails = True
        for words in (
            ["refresh"],
            ["refresh", "--json"],
            ["doctor"],
            ["doctor", "--json"],
            ["outbox", "--json"],
            ["outbox", "send"],
            ["posts", "--json"],
            ["comments", mine_post, "--json"],
            ["comments", f"{other.url}p/1/", "--json"],
            ["config", "show"],
        ):
            call(*words)

        assert PASSWORD not in call.said
        assert TOKEN not in call.said
        files = [found for found in call.home.rglob("*") if found.is_file()]
        holders = {found.name for found in files if PASSWORD.encode() in found.read_bytes()}
        assert holders == {"secrets.json"}
        assert not [f for f in files if f.suffix in {".log", ".txt"} and TOKEN.encode() in f.read_bytes()]
        for found in call.home.rglob("*"):
            assert stat.S_IMODE(found.stat().st_mode) == (0o700 if found.is_dir() else 0o600) or (
                found.name in {"config.toml", "config"}  # written by this test
            )
        with sqlite3.connect(next(f for f in files if f.suffix == ".db")) as db:
            assert PASSWORD not in "\n".join(db.iterdump())
        db.close()

        # the letter itself went to the blog that was answered, and to nobody else
        bodies = [asked.body.decode() for asked in mine.asked if asked.method == "POST"]
        assert any("nobody.else%40mail.example" in body for body in bodies)
        for asked in other.asked:
            everything = f"{asked.path} {asked.headers} {asked.body!r}"
            assert "nobody.else" not in everything
            assert "uthorization" not in everything
            assert TOKEN not in everything
        for asked in mine.asked:
            if asked.method == "GET":
                assert "nobody.else" not in f"{asked.path} {asked.headers}"


def test_a_bug_in_a_command_is_one_line_and_a_report_that_holds_no_secrets(call):
    """What nobody expected: the report says where, and not what was held there."""
    with hostile_blog() as blog:
        assert call("add", f"{blog.url}feed/?token={TOKEN}").returncode == 0
    (bad,) = call.home.joinpath("data").glob("*.db")
    with sqlite3.connect(bad) as db:
        db.execute("PRAGMA writable_schema = ON")
        db.execute("ALTER TABLE posts RENAME COLUMN title TO title_gone")
    db.close()
    ran = call("posts")
    assert ran.returncode == 1
    (line,) = ran.stderr.splitlines()
    assert line.startswith("error: the reader ended by a fault of its own")
    (report,) = call.home.joinpath("data").glob("crash-*.txt")
    assert str(report) in line
    written = report.read_text()
    assert "OperationalError: no such column" in written
    assert TOKEN not in call.said + written
    assert "dict(" not in written
    assert stat.S_IMODE(report.stat().st_mode) == 0o600


def test_a_bug_whose_words_are_a_strangers_does_nothing_to_the_terminal(call):
    hostile = "raise ValueError('\\x1b]0;EV\\x07\\x9d0;EV\\x9c https://me:s3cret@blog.example/?token=t0k')"
    patched = f"import tui_reader.config as c\ndef bad(*_):\n    {hostile}\nc.load = bad\n"
    patched += "from tui_reader.cli.program import main\nmain(['config', 'show'])"
    ran = subprocess.run(
        [sys.executable, "-c", patched], env=environment(call.home), capture_output=True, timeout=60
    )
    assert ran.returncode == 1
    assert b"by a fault of its own" in ran.stderr
    assert audit(ran.stdout + ran.stderr, is_terminal=False).findings == []


def test_what_asyncio_warns_of_goes_to_the_log_and_not_to_the_terminal(call):
    """A task that failed unseen: Python itself would write what it held to the terminal."""
    patched = (
        "import asyncio, gc, tui_reader.cli.reading as r\n"
        "work = r.with_services\n"
        "async def bad():\n    raise ValueError('\\x1b]0;EV\\x07 https://me:s3cret@blog.example/?token=t0k')\n"
        "async def unseen():\n    task = asyncio.create_task(bad())\n    await asyncio.sleep(0)\n"
        "    del task\n    gc.collect()\n"
        "def worked(what):\n    async def both(services):\n        await unseen()\n"
        "        return await what(services)\n    return work(both)\n"
        "r.with_services = worked\n"
        "from tui_reader.cli.program import main\nmain(['search', 'x'])"
    )
    ran = subprocess.run(
        [sys.executable, "-c", patched], env=environment(call.home), capture_output=True, timeout=60
    )
    assert b"ValueError" not in ran.stderr
    assert b"s3cret" not in ran.stderr
    assert audit(ran.stdout + ran.stderr, is_terminal=False).findings == []
    (log,) = call.home.joinpath("data").glob("reader.log")
    told = log.read_text()
    assert "asyncio" in told
    assert "ValueError" in told
    assert "s3cret" not in told
    assert "t0k" not in told
    assert "\x1b" not in told
