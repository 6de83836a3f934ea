"""One visitor's reader: a process that speaks Textual's packets, and that ends with the visit."""

import asyncio
import sys
from asyncio.subprocess import Process
from collections.abc import Sequence

from textual_serve.app_service import AppService

from tui_reader.serving import DRIVER

_ENDS_WITHIN = 10.0
"""Seconds that a reader has to store what is written and to wait for a blog's answer."""


class Session(AppService):
    """Runs ``python -m tui_reader`` for one page.

    Args:
        arguments: What the program is called with.
    """

    def __init__(self, arguments: Sequence[str], **settings: object) -> None:
        super().__init__("", **settings)  # type: ignore[arg-type]
        self._arguments = arguments

    async def _open_app_process(self, width: int = 80, height: int = 24) -> Process:
        environment = self._build_environment(width, height)
        environment["TEXTUAL_DRIVER"] = DRIVER
        # the terminal is the page's, not the one in which the server was started
        environment |= {"TERM": "xterm-256color", "COLORTERM": "truecolor"}
        self._process = process = await asyncio.create_subprocess_exec(
            sys.executable,
            "-m",
            "tui_reader",
            *self._arguments,
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.PIPE,
            env=environment,
            # ctrl+c is for the server, which then ends its readers in good order
            start_new_session=True,
        )
        self._stdin = process.stdin
        return process

    async def run(self) -> None:
        """Hands on what the reader draws until it ends, which ends the visit."""
        await super().run()
        await self.remote_close()

    async def stop(self) -> None:
        """Asks the reader to end, waits, and sees to it that it has ended."""
        process, task = self._process, self._task
        self._task = None
        if process is None or task is None:
            return
        await self._download_manager.cancel_app_downloads(app_service_id=self.app_service_id)
        await self.send_meta({"type": "quit"})
        try:
            await asyncio.wait_for(process.wait(), _ENDS_WITHIN)
        except TimeoutError:
            process.kill()
            await process.wait()
        await task
