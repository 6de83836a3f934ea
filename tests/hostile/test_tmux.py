"""In a real terminal multiplexer: a hostile blog leaves clipboard, title and panes alone."""

import os
import shlex
import shutil
import subprocess
import time

import pytest
from pty_session import environment, program

pytestmark = pytest.mark.skipif(shutil.which("tmux") is None, reason="tmux is not installed")


@pytest.fixture
def tmux(tmp_path):
    """A tmux of its own that lets programs set clipboard and title, ended with the test."""
    socket = f"tui-reader-test-{os.getpid()}"
    settings = tmp_path / "tmux.conf"
    settings.write_text("set -s set-clipboard on\nset -g allow-rename on\nset -g allow-passthrough on\n")

    def call(*words: str) -> str:
        done = subprocess.run(
            ["tmux", "-L", socket, "-f", str(settings), *words],
            capture_output=True,
            text=True,
            timeout=60,
            env={**os.environ, "LANG": "C.UTF-8", "TMUX": ""},
        )
        return done.stdout + done.stderr

    yield call
    call("kill-server")


def wait_until(tmux, sign):
    end = time.monotonic() + 60
    while sign not in (shown := tmux("capture-pane", "-p")):
        assert time.monotonic() < end, f"{sign!r} never came:\n{shown}"
        time.sleep(0.1)


def test_clipboard_and_title_are_unchanged_after_reading_a_hostile_post(followed, home, tmux):
    env = environment(home)
    words = " ".join(f"{name}={shlex.quote(value)}" for name, value in env.items() if name != "TERM")
    tmux("new-session", "-d", "-x", "140", "-y", "44", "sh")
    # what this tmux allows: else the test could not fail
    tmux("send-keys", r"printf '\033]52;c;bWluZQ==\007\033]2;mine\007'; echo do''ne", "Enter")
    wait_until(tmux, "done")
    assert tmux("show-buffer") == "mine"
    assert tmux("display", "-p", "#{pane_title}").strip() == "mine"

    tmux("send-keys", f"env -i TERM=$TERM {words} {shlex.join(program())}; echo status $?", "Enter")
    wait_until(tmux, "Post 1 ")
    for key in ("Enter", "4"):
        tmux("send-keys", key)
    wait_until(tmux, "EVsaid")
    for key in ("+", "j", "j", "j", "G", "]", "]", "["):
        tmux("send-keys", key)
        time.sleep(0.1)
    assert tmux("display", "-p", "#{alternate_on}").strip() == "1"
    tmux("send-keys", "Q")
    wait_until(tmux, "status 0")
    assert tmux("show-buffer") == "mine"
    assert tmux("display", "-p", "#{pane_title}").strip() == "mine"
    assert tmux("list-panes", "-a", "-F", "#{pane_id}").count("%") == 1
