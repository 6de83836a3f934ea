"""Output that goes nowhere: a full disk, a reader that went away, none at all."""

import json
import os
import subprocess
import sys
from pathlib import Path

import click
import pytest

from tui_reader.cli.outlet import told
from tui_reader.cli.output import Rows

FULL = "error: the output could not be written: No space left on device\n"


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("TUI_READER_HOME", str(tmp_path))
    return tmp_path


def run(*arguments: str, to: "str | int" = subprocess.PIPE, **more) -> subprocess.CompletedProcess[str]:
    """The program as it is called, with its output led to this file."""
    command = [sys.executable, "-m", "tui_reader", *arguments]
    out = os.open(to, os.O_WRONLY) if isinstance(to, str) else to
    try:
        return subprocess.run(
            command, stdout=out, stderr=subprocess.PIPE, text=True, timeout=60, check=False, **more
        )
    finally:
        if isinstance(to, str):
            os.close(out)


def unread() -> int:
    """A pipe of which nobody reads."""
    read, write = os.pipe()
    os.close(read)
    return write


COMMANDS = [
    ("--version",),
    ("--help",),
    ("posts", "--help"),
    ("posts", "--json"),
    ("blogs",),
    ("export",),
    ("manual",),
    ("outbox", "--json"),
]


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_a_full_disk_is_told_in_one_line_and_a_reader_that_left_not_at_all(home, command):
    ran = run(*command, to="/dev/full")
    assert (ran.returncode, ran.stderr) == (1, FULL)
    pipe = unread()
    ran = run(*command, to=pipe)
    os.close(pipe)
    assert (ran.returncode, ran.stderr) == (0, "")


def test_what_fails_by_itself_keeps_its_exit_status(home):
    ran = run("show", "7", to="/dev/full")
    assert (ran.returncode, ran.stderr) == (1, "error: there is no post 7\n")
    pipe = unread()
    assert run("posts", "--limit", "none", to=pipe).returncode == 2
    os.close(pipe)


def test_without_standard_output_nothing_is_begun(home):
    def closed() -> None:
        os.close(1)

    ran = run("blogs", preexec_fn=closed)
    assert (ran.returncode, ran.stderr) == (
        1,
        "error: the output could not be written: Bad file descriptor\n",
    )
    assert not list(home.iterdir())


def test_what_was_asked_for_is_done_though_nobody_can_be_told(home, blog):
    one, two = blog.blogs
    pipe = unread()
    ran = run("add", one, two, to=pipe)
    os.close(pipe)
    assert (ran.returncode, ran.stderr) == (0, "")
    assert len(json.loads(run("blogs", "--json").stdout)) == 2


def test_a_reply_is_sent_once_and_its_fate_stored_though_it_cannot_be_told(home, blog):
    run("add", blog.blogs[0])
    run("identity", "add", "--name", "Ada", "--email", "ada@example.org")
    (post, *_rest) = json.loads(run("posts", "--json").stdout)
    ran = run("reply", str(post["id"]), "--message", "Said to a full disk, and only once.", to="/dev/full")
    assert (ran.returncode, ran.stderr) == (1, FULL)
    everything = json.loads(run("comments", str(post["id"]), "--json").stdout)["comments"]
    assert [one["mine"] for one in everything if "Said to a full disk" in one["text"]] == [True]


def test_a_list_of_which_nobody_reads_on_is_read_no_further(monkeypatch):
    """The whole of a hundred thousand posts takes a second and more; ``head`` waits for none of it."""
    pipe = unread()
    monkeypatch.setattr(sys, "stdout", os.fdopen(pipe, "w"))
    said = []

    def work() -> int:
        rows = Rows()
        try:
            for number in range(3):
                rows.say([{"id": number}])
                said.append(number)
        except click.exceptions.Exit as exit:
            return exit.exit_code
        return 1

    assert told(work) == 0
    assert said == [0]


def test_a_server_whose_address_nobody_learns_is_none(home):
    ran = run("serve", "--demo", to="/dev/full")
    assert (ran.returncode, ran.stderr) == (1, FULL)
    pipe = unread()
    assert run("serve", "--demo", to=pipe).returncode == 0
    os.close(pipe)


def test_an_export_that_cannot_be_written_is_told(home):
    ran = run("export", "/dev/full")
    assert (ran.returncode, ran.stderr) == (
        1,
        "error: /dev/full could not be written: No space left on device\n",
    )
