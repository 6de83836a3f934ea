"""Holds the terminal from the first frame until Textual takes it over: what is typed meanwhile is kept."""

import os
import termios

TYPE_CHECKING = False
if TYPE_CHECKING:  # as typing has it, which takes longer to load than all of this
    from types import FrameType
    from typing import Any

# the other screen without a cursor, and the frame on it at once
_ENTER = "\x1b[?1049h\x1b[?25l\x1b[?2026h"
_STANDS = "\x1b[?2026l"
_LEAVE = "\x1b[?1049l\x1b[?25h"


class Shown:
    """A frame that stands on the terminal, which is ours from here on."""

    def __init__(self, fd: int, before: "list[Any]") -> None:
        self._fd = fd
        self.before = before
        """How the terminal was."""
        self.is_taken = False
        """Textual has taken the terminal over, and gives it back itself."""
        # loaded when the frame stands: the module is a slow one
        import signal

        self._handlers = {number: signal.signal(number, _ended) for number in (signal.SIGTERM, signal.SIGHUP)}

    def leave(self) -> None:
        """Gives the terminal back as it was; a second time does nothing."""
        if self._fd < 0:
            return
        import signal

        fd, self._fd = self._fd, -1
        for number, handler in self._handlers.items():
            if signal.getsignal(number) is _ended:
                signal.signal(number, handler)
        try:
            if not self.is_taken:
                _write(fd, _LEAVE)
            termios.tcsetattr(0, termios.TCSANOW, self.before)
        except (OSError, termios.error):
            # the terminal is gone, and there is nothing to give back
            return


def _ended(number: int, _frame: "FrameType | None") -> None:
    # whoever is ended while Textual loads still gives the terminal back on the way out
    raise SystemExit(128 + number)


def put(drawn: str, fd: int) -> Shown | None:
    """Puts a drawn frame on the terminal, and lets nothing that is typed be echoed, changed or held back.

    None where the terminal does not let itself be held. Whoever calls it calls ``leave`` in the end.
    """
    try:
        before = termios.tcgetattr(0)
        # as Textual has it
        ours: list[Any] = [list(part) if isinstance(part, list) else part for part in before]
        ours[0] &= ~(termios.IXON | termios.IXOFF | termios.ICRNL | termios.INLCR | termios.IGNCR)
        ours[3] &= ~(termios.ECHO | termios.ICANON | termios.IEXTEN | termios.ISIG)
        ours[6][termios.VMIN] = 1
        termios.tcsetattr(0, termios.TCSANOW, ours)
    except termios.error:
        return None
    _write(fd, _ENTER + drawn + _STANDS)
    return Shown(fd, before)


def _write(fd: int, text: str) -> None:
    data = text.encode("utf-8", "replace")
    while data:
        data = data[os.write(fd, data) :]
