"""The driver by which Textual takes over a terminal on which the first frame stands already."""

import os
import select
from typing import TYPE_CHECKING, Any, TextIO, cast

from textual.app import App
from textual.drivers import linux_driver
from textual.drivers.linux_driver import LinuxDriver

from tui_reader.ui import pasted

if TYPE_CHECKING:
    from tui_reader.ui.first_hold import Shown

pasted.use_in(linux_driver)

_ALTERNATE_SCREEN = "\x1b[?1049h"

_AT_ONCE = 4096
"""Characters that are written at a time: a terminal that takes anything takes as many."""


class _Counted:
    """The file of Textual's writing thread; knows how many texts have gone through."""

    def __init__(self, file: TextIO) -> None:
        self._file = file
        self.taken = 0
        self.gone = 0

    def write(self, text: str) -> None:
        self.taken += 1
        self._file.write(text)

    def flush(self) -> None:
        self._file.flush()
        self.gone = self.taken

    def fileno(self) -> int:
        return self._file.fileno()


class PromptDriver(LinuxDriver):
    """Writes at once what the terminal takes at once.

    Textual hands all output to a thread, which waits up to five milliseconds for its turn while the program
    goes on with what follows a key. Here the thread writes only for a terminal that does not keep up.
    """

    def __init__(self, app: App[Any], **settings: Any) -> None:
        super().__init__(app, **settings)
        self._handed = 0
        self._counted = _Counted(cast("TextIO", self._file))
        self._file = cast("Any", self._counted)

    def write(self, data: str) -> None:
        """Write it now, or after what the thread still has to write."""
        rest = self._written(data) if self._counted.gone == self._handed else data
        if rest:
            self._handed += 1
            super().write(rest)

    def _sigcont_application(self, *told: object) -> None:
        """Goes on; also where it was only frozen, or held by a signal that nobody can hear."""
        if self._auto_restart and not self._must_signal_resume:
            # what is turned on stands still: begun once more, a terminal would count two and forget one
            self.suspend_application_mode()
        super()._sigcont_application(*told)

    def _written(self, data: str) -> str:
        """Writes while the terminal takes it; returns what is left."""
        terminal = self._counted.fileno()
        ready = select.poll()
        ready.register(terminal, select.POLLOUT)
        at = 0
        while at < len(data):
            if ready.poll(0) != [(terminal, select.POLLOUT)]:
                break
            part = data[at : at + _AT_ONCE].encode()
            try:
                while part:
                    part = part[os.write(terminal, part) :]
            except OSError:
                # it is gone, or wants to be waited for: the thread meets the same
                return part.decode(errors="ignore") + data[at + _AT_ONCE :]
            at += _AT_ONCE
        return data[at:]


def has_hung_up(terminal: int) -> bool:
    """Whether nobody is at the other end of a terminal any more."""
    looked_at = select.poll()
    looked_at.register(terminal, 0)
    return any(event & (select.POLLHUP | select.POLLERR | select.POLLNVAL) for _, event in looked_at.poll(0))


def taking_over(frame: "Shown") -> type[LinuxDriver]:
    """A driver for one app that repaints this frame in place, and in the end gives back what was before."""

    class InPlace(PromptDriver):
        def __init__(self, app: App[Any], **settings: Any) -> None:
            super().__init__(app, **settings)
            self._standing: Shown | None = frame

        def start_application_mode(self) -> None:
            super().start_application_mode()  # type: ignore[no-untyped-call]
            if self._standing is not None:
                # what Textual found is the frame's own mode, not the user's
                self.attrs_before = self._standing.before
                self._standing.is_taken = True
                self._standing = None

        def write(self, data: str) -> None:
            if self._standing is not None and data == _ALTERNATE_SCREEN:
                # asked for twice, many terminals clear it: the frame would go before the app comes
                return
            super().write(data)

    return InPlace
