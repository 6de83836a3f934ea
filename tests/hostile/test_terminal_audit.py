"""No byte of a stranger's acts on the terminal: every byte of every screen is read."""

import stat
import subprocess
from pathlib import Path

import pytest
from pty_session import Session, environment, program
from terminal_audit import audit

from tui_reader.ui.keymap import ACTS, Where

LEAVES = {"app.quit", "app.suspend", "column.back"}


@pytest.fixture
def env(blog, tmp_path):
    """A home of its own, whose browser is a script that only notes what it was called with."""
    home = tmp_path / "home"
    for arguments in (
        ("add", blog.url),
        ("identity", "add", "--name", "Nadia", "--email", "nadia@mail.example"),
    ):
        subprocess.run(
            [*program(), *arguments], env=environment(home), check=True, capture_output=True, timeout=60
        )
    opened = tmp_path / "opened"
    browser = tmp_path / "browser"
    browser.write_text(f'#!/bin/sh\nprintf "%s\\n" "$#:$1" >> "{opened}"\n')
    browser.chmod(browser.stat().st_mode | stat.S_IXUSR)
    return environment(home, BROWSER=f"{browser} %s", EDITOR="true", VISUAL="true")


def test_the_parser_of_this_audit_finds_what_it_should():
    own = b"\x1b[?1049h\x1b[1;2H\x1b[38;2;1;2;3mwords\x1b[0m\x1b[>1u\x1b[?2026$p\r\n"
    link = b"\x1b]8;id=1;https://a.example/%20?q\x1b\\"
    assert audit(own + link + b"words\x1b]8;;\x1b\\").linked == ["https://a.example/%20?q"]
    assert audit(own + link + b"words\x1b]8;;\x1b\\").findings == []
    assert audit(own).findings == []
    kept = b"\x1b_Gi=7,m=0,f=100,q=2;QUJD\x1b\\"
    sixel = b'\x1b7\x1b[3;4H\x1bP0;0;0q"1;1;2;2#0;2;1;1;1#0~~\x1b\\\x1b8'
    assert audit(own + kept + b"\x1b_Ga=p,U=1,i=7,c=8,r=2,q=2\x1b\\" + sixel).findings == []
    for hostile in (
        kept.replace(b"f=100", b"t=f"),
        kept.replace(b"QUJD", b"QU JD"),
        kept.replace(b"q=2", b"q=1"),
        sixel.replace(b"#0~~", b"#0\x07~"),
        sixel[2:],
        b"\x1b]0;EV\x07",
        b"\x1b]52;c;EV",
        b"\x1b]8;;http://evil.example\x1b\\",
        link,
        link + link + b"\x1b]8;;\x1b\\",
        b"\x1b]8;;\x1b\\",
        link.replace(b"https", b"file"),
        link.replace(b"%20", b" "),
        link.replace(b"%20", b"\x07"),
        link.replace(b"id=1", b"id=1:x=2"),
        link.replace(b"%20", "é".encode()),
        b"\x1bPq",
        b"\x1b_G",
        b"\x1bc",
        b"\x1b",
        b"\x07",
        b"\x9d",
        "\x9b31m".encode(),
        "\u202e".encode(),
        "\u200b".encode(),
        ("a" + "\u0301" * 9).encode(),
    ):
        assert audit(own + hostile).findings, hostile
    assert audit(b"\x1b[31mred", is_terminal=False).findings


def test_every_byte_of_a_tour_through_the_program_is_its_own(followed, env, tmp_path):
    """Reads, folds, finds, fails, answers and is refused, each time with a stranger's words on the screen."""
    blog = followed
    with Session(program(), env, folder=tmp_path) as session:
        session.wait_for("Post 1 ")
        session.press("j", "k", "enter")
        session.press("4")
        session.wait_for("EVwho")
        session.press("j", "J", "K", "p", "h", "l", "-", "+", "=", "}", "{", "n", "N", "G", "g", "pagedown")
        session.press("y", "Y", "o", "Z", "Z", "T", "T", "m", "s")
        for key, sign in {
            "L": "evil.example",
            "?": "─ Keys",
            "E": "─ Blog ─",
            "O": "Drafts and outbox",
        }.items():
            session.press("3", key)
            session.wait_for(sign)
            session.press("3", "j")
            session.leave(sign if key != "L" else "esc leaves")
        session.press("backslash")
        session.wait_for("─ Find")
        session.type("EVsaid")
        session.wait_for("EVwho")
        session.leave("─ Find")
        session.press("ctrl+p")
        session.type("EVtitle")
        session.wait_for("›")
        session.press("escape", "escape", quiet=0.3)
        session.press("2", "slash")
        session.type("EVtitle")
        session.press("enter", "n", "N")
        session.press("escape", quiet=0.3)
        session.press("a")
        session.wait_for("─ Add")
        session.type(f"{blog.url}nothing/\r", quiet=0.5)
        session.leave("─ Add")
        blog.fails = True
        try:
            session.press("1", "G", "R", quiet=0.5)
            session.wait_for("busy")
            session.press("ctrl+r", quiet=0.5)
        finally:
            blog.fails = False
        session.press("g", "enter", "g", "enter", "4")
        session.wait_for("EVwho")
        session.press("r")
        session.wait_for("as Nadia")
        session.type("A fair point.")
        session.press("f2", "f3", "f4")
        session.press("escape", quiet=0.3)
        session.press("ctrl+s")
        session.wait_for("EVask")
        session.type("four\r")
        session.wait_for("EVrefused")
        session.press("escape", quiet=0.3)
        session.press("escape", "i", "S", quiet=0.3)
        session.press("escape", quiet=0.3)
        session.press("Q")
        assert session.wait_for_end() == 0
        found = audit(bytes(session.written))
    assert found.findings == []
    shown = {"EVname", "EVtitle", "EVauthor", "EVbody", "EValt", "EVwho", "EVsaid", "EVrefused"}
    assert shown <= found.markers
    assert found.copied
    assert found.linked
    assert all(text.isprintable() or "\n" in text for text in found.copied)
    _check_opened(tmp_path / "opened")


@pytest.mark.parametrize("column", ["2", "4"], ids=["in the list of posts", "in the conversation"])
def test_every_byte_that_any_key_brings_to_the_screen_is_its_own(followed, env, tmp_path, column):
    """Each key of the keymap, then enter for whatever it asked."""
    keys = [
        act.keys.split(",")[0]
        for act in ACTS
        if act.where in {Where.READING, Where.COLUMN, Where.THREAD} and act.id not in LEAVES
    ]
    with Session(program(), env, folder=tmp_path) as session:
        session.wait_for("Post 1 ")
        session.press("2", "g", "enter", "4")
        session.wait_for("EVwho")
        for key in keys:
            session.type(f"2g\r{column}", quiet=0.03)
            session.press(key, quiet=0.05)
            session.press("enter", quiet=0.05)
            session.press("escape", "escape", quiet=0.12)  # an escape with a letter behind it is another key
            assert session.is_running, f"{key} ended the program:\n{session.display}"
        session.press("escape", "escape", quiet=0.4)
        session.press("Q")
        assert session.wait_for_end() == 0
        found = audit(bytes(session.written))
    assert found.findings == []
    assert {"EVname", "EVtitle", "EVwho", "EVsaid", "EVbody"} <= found.markers
    _check_opened(tmp_path / "opened")


@pytest.mark.parametrize(
    ("terminal", "in_text", "large"),
    [
        ({"TERM": "xterm-kitty", "KITTY_WINDOW_ID": "1"}, "f=100", "f=100"),
        ({"TERM": "foot"}, None, "\x1bP"),
        ({"TERM": "xterm-256color"}, None, None),
        ({"TERM": "xterm-kitty", "NO_COLOR": "1"}, None, None),
    ],
    ids=["kitty", "sixel", "blocks", "no colours"],
)
def test_every_byte_of_a_strangers_picture_was_made_by_us(followed, env, tmp_path, terminal, in_text, large):
    """In the text, where the terminal knows how, and large; its comments and what is behind it are gone."""
    with Session(program(), {**env, **terminal}, folder=tmp_path) as session:
        session.wait_for("Post 1 ")
        session.press("2", "g", "enter", "4")
        session.wait_for("EVwho")
        session.press("3", "G")
        session.press("I", quiet=1.0)
        shown = audit(bytes(session.written)).pictures
        assert any(in_text in part for part in shown) if in_text else not shown
        assert ("▀▀▀" in session.display) is (in_text is None and "NO_COLOR" not in terminal)
        session.press("V", quiet=1.0)
        shown = audit(bytes(session.written)).pictures
        assert any(large in part for part in shown) if large else not shown
        session.press("escape", quiet=0.3)
        session.press("Q")
        assert session.wait_for_end() == 0
        found = audit(bytes(session.written))
    assert found.findings == []
    assert not found.markers & {"EVpicture", "EVbehind"}


def _check_opened(noted: Path) -> None:
    """What the browser was called with: one argument each, a web address, and no option."""
    for line in noted.read_text().splitlines() if noted.exists() else ():
        count, _, address = line.partition(":")
        assert count == "1"
        assert address.startswith(("http://", "https://"))
        assert address.isprintable()


@pytest.mark.parametrize(
    "arguments",
    [
        ["add", "{url}"],
        ["add", "{url}nothing/"],
        ["add", "{url}away/"],
        ["add", "{url}not-http/"],
        ["blogs"],
        ["blogs", "--json"],
        ["posts"],
        ["posts", "--json"],
        ["posts", "--blog", "EVname", "--json"],
        ["show", "{url}p/1/"],
        ["show", "{url}p/1/", "--json"],
        ["show", "{url}p/35/"],
        ["comments", "{url}p/1/"],
        ["comments", "{url}p/1/", "--plain"],
        ["comments", "{url}p/1/", "--md"],
        ["comments", "{url}p/1/", "--json"],
        ["comments", "{url}p/1/", "--cached"],
        ["comments", "{url}p/999/"],
        ["comments", "{url}missing/"],
        ["search", "EVsaid"],
        ["search", "EVtitle", "--json"],
        ["refresh"],
        ["refresh", "--json"],
        ["reply", "{url}p/1/", "--message", "Well said."],
        ["reply", "{url}p/1/", "--message", "Well said.", "--answer", "quiz=4"],
        ["reply", "{url}p/1/", "--to", "3", "--message", "Well said, too.", "--answer", "quiz=4", "--json"],
        ["reply", "{url}p/1/", "--to", "\x1b]0;EV\x07", "--message", "x"],
        ["outbox"],
        ["outbox", "--json"],
        ["outbox", "send"],
        ["identity", "list"],
        ["export"],
        ["config", "show"],
        ["config", "check"],
        ["doctor"],
        ["show", "no such \x1b]0;EV\x07 post"],
        ["remove", "\x1b]52;c;EV\x07"],
    ],
    ids=" ".join,
)
@pytest.mark.parametrize("fails", [False, True], ids=["well", "failing"])
def test_the_command_line_writes_no_control_characters_of_strangers(followed, run, arguments, fails):
    followed.fails = fails
    try:
        ran = run(*(word.format(url=followed.url) if "{url}" in word else word for word in arguments))
    finally:
        followed.fails = False
    found = audit(ran.stdout + ran.stderr, is_terminal=False)
    assert found.findings == []
    assert ran.returncode in range(6)
    assert b"Traceback" not in ran.stderr


def test_on_a_terminal_the_command_line_writes_only_its_own_sequences(followed, env):
    for arguments in (
        ["posts"],
        ["show", f"{followed.url}p/1/"],
        ["comments", f"{followed.url}p/1/"],
        ["search", "EVsaid"],
        ["refresh"],
        ["add", f"{followed.url}nothing/"],
        ["doctor"],
        ["outbox"],
    ):
        with Session([*program(), *arguments], env) as session:
            session.wait_for_end(30)
            session.settle()
            found = audit(bytes(session.written))
        assert found.findings == [], arguments
