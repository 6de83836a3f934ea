"""The driver of a reader whose terminal is a page in a browser."""

import os
from functools import partial
from typing import Any

from textual.app import App
from textual.drivers import web_driver
from textual.drivers.web_driver import WebDriver

from tui_reader.ui import pasted

pasted.use_in(web_driver)

_PRELUDE = b"__GANGLION__\n"
"""What the server waits for before the first packet."""


class ServedDriver(WebDriver):
    """Ends the reader in good order when the page is closed or the server is gone."""

    _is_greeted = False
    """For the whole process: one reader may follow another in it, as the demo does the welcome."""

    def __init__(self, app: App[Any], **settings: Any) -> None:
        super().__init__(app, **settings)
        written = self._write

        def write(data: bytes) -> int:
            if data == _PRELUDE:
                if ServedDriver._is_greeted:
                    return 0
                ServedDriver._is_greeted = True
            return written(data)

        self._write = partial(write)

    def on_meta(self, packet_type: str, payload: dict[str, object]) -> None:
        """What the server tells: the size, the end, a part of a file that is wanted."""
        if packet_type == "quit":
            self._end()
            return
        if packet_type == "resize":
            # for whoever comes after this reader
            os.environ |= {"COLUMNS": str(payload["width"]), "ROWS": str(payload["height"])}
        super().on_meta(packet_type, payload)

    def run_input_thread(self) -> None:
        """Reads until the reader ends; when nothing more can come, nobody looks on and it ends, too."""
        super().run_input_thread()
        if not self.exit_event.is_set():
            self._end()

    def stop_application_mode(self) -> None:
        """Leaves the packets to the next; the server sees by the end of the process that it is over."""
        self.exit_event.set()
        self._input_reader.close()
        self._key_thread.join()

    def _end(self) -> None:
        self._app.call_later(self._app.run_action, "app.quit")
