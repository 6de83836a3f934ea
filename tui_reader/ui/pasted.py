"""What is pasted is text and nothing else, whatever stands in it."""

from collections.abc import Iterable
from time import monotonic
from types import ModuleType

from textual._xterm_parser import XTermParser
from textual.message import Message

_BEGIN, _END = "\x1b[200~", "\x1b[201~"

_STALLED = 5.0
"""Seconds without a letter after which a paste is over, should its end be lost: keys must act again."""


class PasteParser(XTermParser):
    """Reads what a terminal sends; an escape within a paste is no beginning of a key.

    Textual takes it for one: words copied from a page, and what nobody sees between them, press escape, which
    closes the reply into which they are pasted, and then letters that act on the columns. Most terminals take
    escapes out of what they paste; tmux does not.
    """

    def __init__(self, debug: bool = False) -> None:
        super().__init__(debug)
        self._is_pasting = False
        self._heard = 0.0
        self._before = ""
        """The last letters outside of a paste: its mark may come in two parts."""
        self._held = ""
        """What may be the beginning of the mark of its end."""

    def feed(self, data: str) -> Iterable[Message]:
        if not data:
            return super().feed(data)
        now = monotonic()
        if self._is_pasting and now - self._heard > _STALLED:
            data = _END + data
        self._heard = now
        tamed = self._tamed(data)
        # nothing at all would be the end of all input
        return super().feed(tamed) if tamed else ()

    def _tamed(self, data: str) -> str:
        data, self._held = self._held + data, ""
        out: list[str] = []
        while data:
            if self._is_pasting:
                words, mark, data = data.partition(_END)
                if not mark:
                    self._held = next((_END[:n] for n in range(5, 0, -1) if words.endswith(_END[:n])), "")
                    words = words.removesuffix(self._held)
                out.append(words.replace("\x1b", "") + mark)
                self._is_pasting = not mark
                continue
            known = len(self._before)
            head, mark, _rest = (self._before + data).partition(_BEGIN)
            end = len(head) + len(mark) - known
            out.append(data[:end])
            self._before = "" if mark else (self._before + data)[-5:]
            self._is_pasting = bool(mark)
            data = data[end:]
        return "".join(out)


def use_in(drivers: ModuleType) -> None:
    """Has the drivers of this module read so; they make their parser in the midst of a method, by name."""
    setattr(drivers, XTermParser.__name__, PasteParser)
