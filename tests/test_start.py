"""The start: a true first frame, no key lost, and a terminal that is given back however it ends."""

import os
import re
import signal
import sqlite3
import stat
import subprocess
import sys
import termios
import time

import pyte
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from tests.bench import homes
from tests.bench.terminal import READER, Terminal, environ
from tui_reader import paths
from tui_reader.storage import blogs, glance, post_lists
from tui_reader.storage.database import Database
from tui_reader.ui import first_cells, first_frame, first_lists, widths
from tui_reader.ui.taming import tame_line
from tui_reader.ui.widgets import pieces
from tui_reader.ui.widgets.pieces import cells as cells_of

FAR = "港の朝、船が着く。부두의 아침 😀 שלום سلام"
"""Titles in letters of one cell and of two."""

SIZES = [(60, 20), (100, 30), (120, 40), (133, 33), (180, 45), (211, 50)]


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    """A library with everything that a row can show."""
    root = homes.own_home(tmp_path_factory.mktemp("home") / "own", blogs=12, posts=9)
    with sqlite3.connect(paths.find(home=root).database_file) as db:
        db.execute("UPDATE blogs SET folder = 'Coast' WHERE id IN (3, 4)")
        db.execute("UPDATE blogs SET folder = 'élan' WHERE id = 5")
        db.execute("UPDATE blogs SET error = 'https://x.example/: not found (404)' WHERE id = 6")
        db.execute("UPDATE blogs SET error = 'no such host', trouble = 'name' WHERE id = 3")
        db.execute("UPDATE blogs SET error = 'https://x.example/: gone (410)' WHERE id = 4")
        db.execute("UPDATE blogs SET gone_at = 1, error = 'gone (410)' WHERE id = 9")
        db.execute("UPDATE blogs SET is_paused = 1 WHERE id = 7")
        db.execute("UPDATE blogs SET own_title = 'Où l’on va — «\u00a0ici\u00a0»' WHERE id = 8")
        ids = [row[0] for row in db.execute("SELECT id FROM posts ORDER BY sort_at DESC, id DESC LIMIT 6")]
        db.execute("UPDATE posts SET is_starred = 1, is_later = 1 WHERE id = ?", (ids[0],))
        db.execute("UPDATE posts SET declared_count = 1234, new_comments = 5 WHERE id = ?", (ids[1],))
        db.execute(
            "UPDATE posts SET title = '東京の朝 and \u202eevil \x1b[31m', author = NULL WHERE id = ?",
            (ids[2],),
        )
        db.execute("UPDATE posts SET title = '', published = NULL WHERE id = ?", (ids[3],))
        db.execute("UPDATE posts SET title = '  é  two  spaces ', is_read = 1 WHERE id = ?", (ids[4],))
        db.execute("UPDATE posts SET title = ?, author = '山田' WHERE id = ?", (f"{FAR} " * 3 + FAR, ids[5]))
        db.execute("UPDATE blogs SET own_title = ? WHERE id = 2", (FAR,))
    db.close()
    return root


def cells(screen, x, y):
    cell = screen.buffer[y][x]
    fore, ground = (cell.bg, cell.fg) if cell.reverse else (cell.fg, cell.bg)
    return (cell.data, "" if cell.data == " " else fore, ground, cell.bold and cell.data != " ")


@pytest.fixture(autouse=True)
def as_it_was(home):
    """What a test sets is not what the next one finds, in whatever order they come."""
    places = paths.find(home=home)
    kept = places.config_file.read_text()
    yield
    places.config_file.write_text(kept)
    widths.write(str(places.data_dir), {})


@pytest.mark.parametrize(
    ("size", "theme", "spoken"),
    [
        *((size, theme, "en") for size in SIZES for theme in ("ink", "paper")),
        ((100, 30), "ink", "fr"),
        ((180, 45), "ink", "fr"),
    ],
    ids=str,
)
def test_the_first_frame_is_what_the_reader_draws(home, size, theme, spoken):
    # the columns as everybody has them, and as someone dragged them
    own = {"blogs": 23, "posts": 51, "post": 61} if theme == "paper" else {}
    width, height = size
    places = paths.find(home=home)
    widths.write(str(places.data_dir), own)
    places.config_file.write_text(
        f'[refresh]\nminutes = 0\n[look]\ntheme = "{theme}"\nlanguage = "{spoken}"\n'
    )
    drawn = first_frame.of_home(environ(home), width, height)
    with Terminal(READER, environ(home), size) as terminal:
        terminal.until(lambda text: {"en": "move", "fr": "bouger"}[spoken] in text.splitlines()[-1])
        terminal.still()
        columns = first_lists.columns(width, own)
        seen = columns[0] if len(columns) == 1 else columns[0] + columns[1]
        # an hour, or a day, may have passed while the reader started: it is as before or as after that
        both = {drawn, first_frame.of_home(environ(home), width, height)}
        unlike = [difference(frame, terminal.screen, seen) for frame in both]
        assert "" in unlike, "\n".join(unlike)


def difference(drawn, screen, seen):
    """The first place where the frame is not what stands on the screen, and both lines; empty for none."""
    frame = pyte.Screen(screen.columns, screen.lines)
    pyte.ByteStream(frame).feed(drawn.encode())
    for y in range(screen.lines - 1):
        for x in range(screen.columns if y == 0 else seen):
            if cells(frame, x, y) != cells(screen, x, y):
                return f"column {x} of\n{frame.display[y]}\n{screen.display[y]}"
    return ""


LOADED = """
import sys
before = set(sys.modules)
import os
from tui_reader.ui import first_frame
assert first_frame.of_home(dict(os.environ), 120, 40)
print(*set(sys.modules) - before)
import gc, sqlite3
from functools import lru_cache
print(*map(type, gc.get_referents(sqlite3.connect(":memory:"))), type(lru_cache(print)), sep="|")
"""


def test_a_frame_with_failing_blogs_is_drawn_by_what_python_has_loaded(tmp_path):
    root = homes.own_home(tmp_path / "own", blogs=3, posts=9)
    with sqlite3.connect(paths.find(home=root).database_file) as db:
        db.execute("UPDATE blogs SET error = 'https://x.example/: not found (404)', trouble = 'status 404'")
        db.execute("UPDATE blogs SET own_title = ?", (FAR,))
        db.execute("UPDATE posts SET title = ?", (f"{FAR} {FAR}",))
    db.close()
    ran = subprocess.run(
        [sys.executable, "-c", LOADED], env=environ(root), capture_output=True, text=True, check=True
    )
    loaded, referred = ran.stdout.splitlines()
    assert "_sqlite3" in loaded.split()
    assert not {"functools", "collections", "re", "enum", "typing", "signal"}.intersection(loaded.split())
    # a connection that is opened later keeps its statements, as anywhere
    *kinds, keeping = referred.split("|")
    assert keeping in kinds


WORDS = st.sampled_from(
    [*"45 40", "404", "٤٠٤", "(", ")", ": ", "https://x.example/", "http://", ":", "_", "é", "no"]
)


@given(st.lists(WORDS, max_size=7).map("".join))
@example("https://x.example/: not found (404)")
@example("https://x.example/: no such host")
@example("status 1404")
@example("http://: empty")
@example("https://x.example/:")
def test_why_a_blog_fails_is_said_in_short(error):
    # what it does without patterns is what these say
    status = re.search(r"\b([45][0-9]{2})\)?\Z", error)
    said = status[1] if status else re.sub(r"^https?://\S*: ", "", error)
    assert first_lists.in_short(error) == said


def test_what_was_drawn_never_goes_before_the_reader_stands(home):
    with Terminal(READER, environ(home)) as terminal:
        terminal.until("Posts")
        while "move" not in terminal.text().splitlines()[-1]:
            assert "Posts" in terminal.text()
            assert "Blogs" in terminal.text()
            terminal.drain(0.5)
    # a terminal that is asked for its other screen a second time may clear it
    assert terminal.written.count(b"\x1b[?1049h") == 1


def test_keys_typed_at_the_first_frame_are_not_lost(home):
    with Terminal(READER, environ(home)) as terminal:
        terminal.until("Posts")
        terminal.send("jj")
        terminal.until(lambda text: "3 of" in text)
        # nor are they echoed
        assert b"jj" not in terminal.written


def test_a_glance_sees_what_the_storage_gives(home):
    file = paths.find(home=home).database_file
    seen = glance.look(str(file), 200)
    database = Database.open(file)
    counts = database.read_now(post_lists.counts)
    listed = database.read_now(post_lists.list_posts)
    followed = database.read_now(blogs.all_blogs)
    database.close_now()
    assert (seen.starred, seen.later, seen.answers, seen.outbox) == (
        counts.starred,
        counts.later,
        counts.answers,
        counts.outbox,
    )
    assert sum(blog.unread for blog in seen.blogs) == counts.unread
    assert {(b.id, b.title, b.folder, b.unread, b.error, b.is_paused) for b in seen.blogs} == {
        (b.id, b.title, b.folder, b.unread, b.error, b.is_paused) for b in followed
    }
    names = ("title", "author", "blog_title", "is_read", "is_starred", "is_later", "comment_count")
    assert [[getattr(p, name) for name in names] for p in seen.posts] == [
        [getattr(p, name) for name in names] for p in listed
    ]


@pytest.fixture
def library(tmp_path):
    """A database that nobody has open, and that was written some time ago."""
    file = paths.find(home=homes.own_home(tmp_path / "a?b#50%", blogs=2, posts=3)).database_file
    os.utime(file, (1, 1))
    os.utime(file.parent, (1, 1))
    return file


def retitled(file, title):
    db = sqlite3.connect(file)
    with db:
        db.execute("UPDATE posts SET title = ?", (title,))
    return db


def test_a_glance_makes_nothing_beside_a_library_at_rest(library):
    assert len(glance.look(str(library), 9).posts) == 6
    assert library.parent.stat().st_mtime == 1


def test_a_glance_sees_what_a_program_that_has_it_open_stored(library):
    db = retitled(library, "newer")
    # it is in the log alone
    assert b"newer" not in library.read_bytes()
    assert {post.title for post in glance.look(str(library), 9).posts} == {"newer"}
    db.close()


def test_a_glance_into_which_somebody_wrote_is_taken_again(library, monkeypatch):
    opened = []

    def opening(name, **settings):
        db = sqlite3.connect(name, **settings)
        if not opened:
            assert db.execute("SELECT count(*) FROM posts").fetchone() == (6,)
            retitled(library, "newer").close()
        opened.append(name)
        return db

    monkeypatch.setattr(glance, "connect", opening)
    assert {post.title for post in glance.look(str(library), 9).posts} == {"newer"}
    assert len(opened) == 2


@pytest.mark.parametrize("content", [b"", b"no database", None], ids=["empty", "garbage", "missing"])
def test_a_file_that_is_no_library_draws_nothing(tmp_path, content):
    places = paths.find(home=tmp_path)
    places.make()
    if content is not None:
        places.database_file.write_bytes(content)
    assert first_frame.of_home(environ(tmp_path), 120, 40) is None
    assert places.database_file.exists() == (content is not None)


def test_every_plain_letter_takes_one_cell_and_stays_as_it_is():
    plain = [char for char in map(chr, range(sys.maxunicode + 1)) if first_cells.is_plain(char)]
    assert {"z", "é", "Ω", "Ж", "’"} <= set(plain)
    assert [c for c in plain if cells_of(c) != 1 or tame_line(f"a{c}a") != f"a{c}a"] == []


def test_every_wide_letter_takes_two_cells_and_stays_as_it_is():
    wide = [char for char in map(chr, range(0x300, sys.maxunicode + 1)) if first_cells._is_known(char)]
    wide = [char for char in wide if not first_cells.is_plain(char)]
    assert {"港", "の", "부", "、", "Ａ", "😀"} <= set(wide)
    assert [c for c in wide if cells_of(c) != 2 or tame_line(f"a{c}a") != f"a{c}a"] == []


@given(st.text("aé港の부、😀ש …", max_size=20), st.integers(-1, 30))
def test_wide_letters_are_measured_and_cut_as_by_the_tables(text, width):
    assert first_cells.tame(text) == tame_line(text)
    assert first_cells.cells(text) == cells_of(text)
    assert first_cells.shortened(text, width) == pieces.shortened(text, width)


RESET = (b"\x1b[?1049l", b"\x1b[?25h", b"\x1b[?1000l", b"\x1b[?1003l", b"\x1b[?2004l")


@pytest.mark.parametrize("ending", [signal.SIGTERM, signal.SIGHUP, signal.SIGINT], ids=lambda one: one.name)
def test_a_signal_gives_the_terminal_back(home, ending):
    with Terminal(READER, environ(home)) as terminal:
        before = termios.tcgetattr(terminal.fd)
        terminal.until(lambda text: "move" in text.splitlines()[-1])
        os.kill(terminal.pid, ending)
        assert terminal.wait() == 128 + ending
        for mode in RESET:
            assert terminal.written.rfind(mode) > terminal.written.rfind(
                mode[:-1] + (b"h" if mode[-1:] == b"l" else b"l")
            )
        after = termios.tcgetattr(terminal.fd)
        assert after[3] & (termios.ECHO | termios.ICANON | termios.ISIG) == before[3] & (
            termios.ECHO | termios.ICANON | termios.ISIG
        )
        assert after[3] & termios.ECHO


@pytest.mark.parametrize("ending", [signal.SIGTERM, signal.SIGHUP, signal.SIGINT], ids=lambda one: one.name)
@pytest.mark.parametrize("seconds", [0.0, 0.02, 0.08, 0.15])
def test_a_signal_while_the_reader_loads_gives_the_terminal_back(home, ending, seconds):
    """From the frame's first byte on, whatever is being loaded or turned on just then."""
    with Terminal(READER, environ(home)) as terminal:
        before = termios.tcgetattr(terminal.fd)
        terminal.until(lambda _: b"\x1b[?1049h" in terminal.written)
        time.sleep(seconds)
        os.kill(terminal.pid, ending)
        assert terminal.wait() == 128 + ending
        assert termios.tcgetattr(terminal.fd)[3] == before[3]
    for mode in (*RESET, b"\x1b[?2026l", b"\x1b[?1004l"):
        on = mode[:-1] + (b"h" if mode[-1:] == b"l" else b"l")
        assert terminal.written.rfind(mode) >= terminal.written.rfind(on)
    assert b"Traceback" not in terminal.written


def test_going_on_without_having_stopped_turns_nothing_on_twice(home):
    """Frozen and thawed: who pushes the keyboard's mode a second time leaves it to the shell."""
    pushed, popped = re.compile(rb"\x1b\[>\d+u"), re.compile(rb"\x1b\[<u")
    with Terminal(READER, environ(home)) as terminal:
        terminal.until(lambda text: "move" in text.splitlines()[-1])
        for times in (2, 3):
            os.kill(terminal.pid, signal.SIGCONT)
            terminal.until(lambda _, times=times: len(pushed.findall(terminal.written)) == times)
            assert len(popped.findall(terminal.written)) == times - 1
        terminal.until(lambda text: "move" in text.splitlines()[-1])
        os.kill(terminal.pid, signal.SIGTERM)
        assert terminal.wait() == 128 + signal.SIGTERM
    assert len(pushed.findall(terminal.written)) == len(popped.findall(terminal.written))


BUG = [
    *READER[:2],
    "import sys; sys.argv = ['tui-reader']\n"
    "from tui_reader.ui.screens.reading import ReadingScreen\n"
    "def action_row(self):\n"
    "    application_password = 'hunter2 secret words'\n"
    "    raise RuntimeError('https://maud:pw123@blog.example/x?token=t0k3n of nadia@mail.example')\n"
    "from tui_reader.ui.app import ReaderApp\n"
    "ReaderApp.action_keys = action_row\n"
    "from tui_reader.cli import main; main()",
]


def test_a_bug_ends_with_one_message_and_a_report_without_secrets(home):
    with Terminal(BUG, environ(home)) as terminal:
        terminal.until(lambda text: "move" in text.splitlines()[-1])
        terminal.send("?")
        assert terminal.wait() == 1
        left = terminal.written[terminal.written.rfind(b"\x1b[?1049l") :].decode()
    assert "the reader ended by a fault of its own" in left
    assert "Traceback" not in terminal.written.decode()
    (report,) = paths.find(home=home).data_dir.glob("crash-*.txt")
    assert report.name in left.replace("\r\n", "")
    assert stat.S_IMODE(report.stat().st_mode) == 0o600
    words = report.read_text()
    assert "RuntimeError" in words
    assert "action_row" in words
    log = (paths.find(home=home).data_dir / "reader.log").read_text()
    for secret in ("hunter2", "pw123", "t0k3n", "nadia"):
        assert secret not in words
        assert secret not in log
        assert secret not in terminal.written.decode()
    report.unlink()


def test_wrong_settings_are_said_on_the_terminal_that_was_given_back(home):
    places = paths.find(home=home)
    kept = places.config_file.read_text()
    places.config_file.write_text("[look]\nmeasure = 3\n")
    try:
        with Terminal(READER, environ(home)) as terminal:
            assert terminal.wait() == 1
            assert b"look.measure" in terminal.written[terminal.written.rfind(b"\x1b[?1049l") :]
    finally:
        places.config_file.write_text(kept)
