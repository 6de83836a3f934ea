"""A draft in the reader itself: resized, killed while it is written, there again to the last saved letter."""

import json
import signal

import pytest
from pty_session import Session, environment, program

SIZES = ((132, 36), (80, 24), (200, 48))


@pytest.mark.timeout(180)
def test_a_draft_is_the_same_after_every_resize_and_after_kill_9(home, run, followed):
    written = ""
    for at, (columns, lines) in enumerate(SIZES):
        with Session(program(), environment(home), size=(columns, lines)) as session:
            session.wait_for("unread")
            if at:
                # the next run says so, and one key goes on with it
                session.wait_for("The reader ended")
                session.press("e", quiet=0.5)
            else:
                session.press("enter", quiet=0.5)
                session.press("r", quiet=0.5)
            session.wait_for("To ")
            for step, word in enumerate(("Nobody ", "quays ", "rope ")):
                session.type(word)
                written += word
                session.resize(*SIZES[(at + step + 1) % len(SIZES)])
                assert word.strip() in session.display
            session.wait_for("draft saved")
            session.process.send_signal(signal.SIGKILL)
            session.process.wait()
        drafts = [reply["text"] for reply in json.loads(run("outbox", "--json").stdout)]
        assert [draft.strip() for draft in drafts] == [written.strip()]
