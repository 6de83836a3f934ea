"""Terminals that can do little, people who hear theirs, and no terminal at all: seen through a real pty."""

import re

import pytest
from pty_session import Session, environment, program

BOXES = re.compile("[\u2500-\u259f\u25b0-\u25b9]")
COLOURS = re.compile(rb"\x1b\[[0-9;]*\b(?:3[0-7]|4[0-7]|9[0-7]|10[0-7]|38|48)[;m]")
MIXED = re.compile(rb"\x1b\[[0-9;]*\b(?:38|48)[;:]")


@pytest.fixture
def demo(tmp_path):
    """Opens the demo in a terminal with this environment, and waits for its posts."""
    sessions = []

    def opened(*arguments, size=(80, 24), **env) -> Session:
        session = Session([*program(), "demo", *arguments], environment(tmp_path, **env), size)
        sessions.append(session)
        session.wait_for("First frost on the slip")
        session.settle(0.3)
        return session

    yield opened
    for session in sessions:
        session.__exit__()


def test_linear_mode_writes_no_box_and_puts_the_cursor_on_what_is_read(demo):
    session = demo("--linear")
    assert "First frost on the slip, unread" in session.display

    def line_of_cursor() -> str:
        lines = session.display.splitlines()
        return lines[session._screen.cursor.y].strip()

    assert b"\x1b[?25h" in session.written[session.written.rindex(b"\x1b[?25l") :]
    assert line_of_cursor().startswith("First frost on the slip")
    session.press("j", quiet=0.3)
    assert line_of_cursor().startswith("Le bac de sept heures")
    session.press("enter", "4", quiet=0.5)
    session.wait_for(", level 1, ")
    session.press("j", quiet=0.4)
    assert re.search(r"(comment|reply to .+), level \d", line_of_cursor())
    session.press("r", quiet=0.5)
    session.wait_for("To ")
    assert BOXES.search(bytes(session.written).decode(errors="replace")) is None


def test_no_color_writes_no_colour(demo):
    session = demo(NO_COLOR="1")
    session.press("j", "enter", "4", quiet=0.4)
    session.wait_for("responses")
    assert COLOURS.search(bytes(session.written)) is None
    # the row under the cursor is told by another attribute
    assert re.search(rb"\x1b\[[0-9;]*7[;m]", bytes(session.written))


def test_a_terminal_of_sixteen_colours_is_given_its_own_and_no_mixed_ones(demo):
    session = demo(TERM="xterm", COLORTERM="")
    session.press("enter", "4", quiet=0.4)
    assert MIXED.search(bytes(session.written)) is None
    assert COLOURS.search(bytes(session.written))


def test_256_colours_are_chosen_from_the_palette(demo):
    session = demo(COLORTERM="")
    session.press("enter", "4", quiet=0.4)
    assert b"38;5;" in session.written
    assert b"38;2;" not in session.written


def test_forty_columns_and_twelve_lines_are_enough_to_read_and_answer(demo):
    session = demo(size=(40, 12))
    session.press("j", "enter", "4", quiet=0.4)
    session.wait_for("response")
    session.press("r", quiet=0.5)
    session.wait_for("To ")
    session.type("Well said.", quiet=0.3)
    assert "Well said." in session.display
    session.press("escape", quiet=0.4)
    session.press("?", quiet=0.4)
    session.wait_for("type to search")


@pytest.mark.parametrize("term", ["dumb", "unknown", ""])
def test_a_terminal_that_cannot_place_words_is_told_so(tmp_path, term):
    with Session(program(), environment(tmp_path, TERM=term)) as session:
        assert session.wait_for_end() == 2
        told = bytes(session.written).decode()
    assert told.startswith("error: this terminal cannot place words on its screen")
    assert "`comments POST`" in told
    assert "TERM=xterm-256color" in told
    assert "\x1b" not in told


def test_what_works_without_a_terminal_works_on_a_dumb_one(tmp_path):
    with Session([*program(), "posts"], environment(tmp_path, TERM="dumb")) as session:
        assert session.wait_for_end() == 0
        assert b"\x1b" not in session.written


def test_without_a_terminal_one_line_says_what_works(run):
    ran = run()
    assert ran.returncode == 2
    assert ran.stdout == b""
    assert ran.stderr.decode().count("\n") == 1
    assert "needs a terminal" in ran.stderr.decode()
    assert "`tui-reader posts`" in ran.stderr.decode()
