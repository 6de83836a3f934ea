"""Holds the terminal from the first frame until Textual takes it over: what is typed meanwhile is kept."""

# what is behind `signal`, which takes as long to load as the frame to draw; no stubs tell of it
import _signal  # type: ignore[import-not-found]
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
_ALL_OFF = (
    "\x1b[?2026l\x1b[?1000l\x1b[?1003l\x1b[?1004l\x1b[?1006l\x1b[?1015l\x1b[?1016l"
    "\x1b[?2004l\x1b[?2048l\x1b[?7h\x1b[<u"
)
"""What Textual may have turned on when it is stopped in the midst of it."""
_ENDING = (_signal.SIGTERM, _signal.SIGHUP, _signal.SIGINT)


class Guard:
    """Gives the terminal back when the system ends the program before the app stands and does so itself.

    Args:
        fd: The terminal, for writing.
        before: How it was.
    """

    def __init__(self, fd: int, before: "list[Any]") -> None:
        self._fd = fd
        self._before = before
        # bound once: what stands there now is compared with it
        self._ours = self._ended
        self._handlers = {number: _signal.signal(number, self._ours) for number in _ENDING}

    def lift(self) -> None:
        """From here on the signals do what they did before, where the app has not taken them over."""
        for number, handler in self._handlers.items():
            if _signal.getsignal(number) == self._ours:
                _signal.signal(number, handler)

    def _ended(self, number: int, _frame: "FrameType | None") -> None:
        # at once, and not by an exception: whatever is half loaded could keep it, or wait for its threads.
        # Nothing was typed yet, and the database stands being killed.
        try:
            if termios.tcgetattr(0) != self._before:
                _write(self._fd, _ALL_OFF + _LEAVE)
                termios.tcsetattr(0, termios.TCSANOW, self._before)
        except (OSError, termios.error):
            # the terminal is gone, and there is nothing to give back
            pass
        os._exit(128 + number)


class Shown:
    """A frame that stands on the terminal, which is ours from here on."""

    def __init__(self, fd: int, before: "list[Any]", guard: Guard) -> None:
        self._fd = fd
        self.before = before
        """How the terminal was."""
        self.is_taken = False
        """Textual has taken the terminal over, and gives it back itself."""
        self._guard = guard

    def leave(self) -> None:
        """Gives the terminal back as it was; a second time does nothing."""
        if self._fd < 0:
            return
        fd, self._fd = self._fd, -1
        try:
            if not self.is_taken:
                _write(fd, _LEAVE)
            termios.tcsetattr(0, termios.TCSANOW, self.before)
        except (OSError, termios.error):
            # the terminal is gone, and there is nothing to give back
            pass
        self._guard.lift()


def guarded() -> Guard | None:
    """A guard for where no frame is shown and the app takes the terminal as it finds it."""
    try:
        return Guard(2, termios.tcgetattr(0))
    except termios.error:
        return None


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
    except termios.error:
        return None
    guard = Guard(fd, before)
    try:
        termios.tcsetattr(0, termios.TCSANOW, ours)
        _write(fd, _ENTER + drawn + _STANDS)
    except (OSError, termios.error):
        guard.lift()
        return None
    return Shown(fd, before, guard)


def _write(fd: int, text: str) -> None:
    data = text.encode("utf-8", "replace")
    while data:
        data = data[os.write(fd, data) :]
