"""A terminal that goes without saying so: the program ends in good order, and does not spin."""

import os
import signal
import sqlite3

from hostile_blog import hostile_blog
from pty_session import Session, environment, program


def test_a_program_whose_terminal_is_gone_ends_with_its_draft_kept(tmp_path):
    home = tmp_path / "home"
    with hostile_blog() as blog:
        with Session([*program(), "add", blog.url], environment(home)) as adding:
            assert adding.wait_for_end() == 0
        # a session without this terminal for its own: no signal says that it is gone
        with Session(program(), environment(home)) as session:
            session.wait_for("move")
            session.press("enter", "r", quiet=0.5)
            session.type("Words that nobody sent.", quiet=0.6)
            master, session._master = session._master, os.open(os.devnull, os.O_RDWR)
            os.close(master)
            assert session.process.wait(timeout=60) == 128 + signal.SIGHUP
    (file,) = home.rglob("reader.db")
    with sqlite3.connect(file) as db:
        (draft,) = db.execute("SELECT text FROM replies").fetchone()
    db.close()
    assert draft.strip() == "Words that nobody sent."
