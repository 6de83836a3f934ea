"""Runs a command that ends when whoever started it ends, however that happens.

    python end_with_parent.py [--remove FOLDER] COMMAND ARGUMENT…

Standard input must be a pipe that the parent holds open: when it closes, because the parent closed it or was
killed, the command and all its children are killed, and FOLDER is removed.
"""

import contextlib
import os
import select
import shutil
import signal
import subprocess
import sys


def end(child: subprocess.Popen[bytes]) -> None:
    # what it wrote is thrown away with it, so nothing is gained by asking first
    with contextlib.suppress(ProcessLookupError):
        os.killpg(child.pid, signal.SIGKILL)
    child.wait()


def main(arguments: list[str]) -> int:
    folder = None
    if arguments[0] == "--remove":
        folder, arguments = arguments[1], arguments[2:]
    # an interrupt from the keyboard is for the parent, which then closes the pipe
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    child = subprocess.Popen(arguments, stdin=subprocess.DEVNULL, start_new_session=True)
    ended = os.pidfd_open(child.pid)
    try:
        select.select([sys.stdin.fileno(), ended], [], [])
    finally:
        end(child)
        if folder is not None:
            shutil.rmtree(folder, ignore_errors=True)
    return child.returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
