"""Runs the command line again and again, each time in a process of its own that may be killed at any step.

It loads the program once and forks: a hundred starts of the interpreter would take minutes. Reads one JSON
object a line from stdin, ``{"args": […], "kill_at": 7}``, and answers with what became of the process.
"""

import asyncio
import functools
import json
import os
import resource
import signal
import sys
import threading
import time
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from typing import Any

from tui_reader import bootstrap
from tui_reader.cli import main
from tui_reader.net.client import Http
from tui_reader.services import replying
from tui_reader.storage.database import Database

GRACE = timedelta(seconds=0.2)
"""In place of ten seconds: the demo blog stores at once, or never."""


class Steps:
    """Counts what the program does to the disk and to the network, before and after each, and kills there."""

    def __init__(self, kill_at: int | None) -> None:
        self.taken = 0
        self._kill_at = kill_at

    def step(self) -> None:
        self.taken += 1
        if self.taken == self._kill_at:
            os.kill(os.getpid(), signal.SIGKILL)

    def around(self, work: Callable[..., Awaitable[Any]]) -> Callable[..., Awaitable[Any]]:
        @functools.wraps(work)
        async def stepped(*args: Any, **more: Any) -> Any:
            self.step()
            try:
                return await work(*args, **more)
            finally:
                self.step()

        return stepped


def child(order: dict[str, Any], answer: int) -> None:
    steps = Steps(order.get("kill_at"))
    for owner, name in ((Database, "run"), (Database, "read"), (Http, "get"), (Http, "post")):
        setattr(owner, name, steps.around(getattr(owner, name)))
    replying.Replying = functools.partial(replying.Replying, grace=GRACE)
    if "kill_after" in order:  # in the midst of whatever it does then: while an answer is awaited
        timer = threading.Timer(order["kill_after"], os.kill, (os.getpid(), signal.SIGKILL))
        timer.daemon = True
        timer.start()
    if "clock" in order:
        shift = timedelta(seconds=order["clock"])
        bootstrap.utc_now = lambda: datetime.now(UTC) + shift
        bootstrap.open_services.__kwdefaults__["now"] = bootstrap.utc_now
    if "file_size" in order:  # a disk that is full
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (order["file_size"], order["file_size"]))
    out, err = os.dup(1), os.dup(2)
    for number, name in ((1, "out"), (2, "err")):
        target = os.open(order["folder"] + "/" + name, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        os.dup2(target, number)
    status = 99
    try:
        main(order["args"])
    except SystemExit as ended:
        status = ended.code if isinstance(ended.code, int) else 1
    finally:
        sys.stdout.flush()
        os.dup2(out, 1)
        os.dup2(err, 2)
        os.write(answer, json.dumps({"status": status, "steps": steps.taken}).encode())
        os._exit(0)


def serve() -> None:
    for line in sys.stdin:
        order = json.loads(line)
        reading, writing = os.pipe()
        began = time.monotonic()
        pid = os.fork()
        if pid == 0:
            os.close(reading)
            child(order, writing)
        os.close(writing)
        said = os.read(reading, 4_096)
        os.close(reading)
        _, state = os.waitpid(pid, 0)
        told = json.loads(said) if said else {}
        told["killed"] = os.WIFSIGNALED(state) and os.WTERMSIG(state) == signal.SIGKILL
        told["seconds"] = time.monotonic() - began
        print(json.dumps(told), flush=True)


if __name__ == "__main__":
    asyncio.set_event_loop_policy(None)
    serve()
