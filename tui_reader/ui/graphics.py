"""In which way the terminal in front of the reader shows pictures, and how large its cells are."""

import fcntl
import struct
import sys
import termios
from collections.abc import Mapping

from tui_reader.domain.picture import Form
from tui_reader.ui.terminal import PLAIN

# those that place pictures by characters, which scroll with the text
_KITTY_TERMS = frozenset({"xterm-kitty", "xterm-ghostty"})
_SIXEL_TERMS = ("foot", "mlterm", "contour", "yaft")
_SIXEL_PROGRAMS = frozenset({"WezTerm", "mintty", "iTerm.app", "rio"})
_USUAL_CELL = (10, 20)


def graphics(wanted: str, environment: Mapping[str, str]) -> Form | None:
    """In which way this terminal shows pictures; None where it cannot, or nobody wants colours.

    By what it says of itself, without asking it: an answer would come in among the keys.

    Args:
        wanted: ``auto``, or the form that the settings ask for.
        environment: The variables that terminals set.
    """
    term = environment.get("TERM", "")
    if term in PLAIN - {"linux"} or environment.get("NO_COLOR"):
        return None
    if wanted != "auto":
        return Form(wanted)
    if "TMUX" in environment or term.startswith(("screen", "tmux")) or "TEXTUAL_DRIVER" in environment:
        # what stands between passes no pictures on
        return Form.BLOCKS
    program = environment.get("TERM_PROGRAM", "")
    if "KITTY_WINDOW_ID" in environment or term in _KITTY_TERMS or program == "ghostty":
        # the characters name their picture by their colour, which has to arrive as it is
        return Form.KITTY if environment.get("COLORTERM") in {"truecolor", "24bit"} else Form.BLOCKS
    if program in _SIXEL_PROGRAMS or term.startswith(_SIXEL_TERMS) or "KONSOLE_VERSION" in environment:
        return Form.SIXEL
    return Form.BLOCKS


def cell_size() -> tuple[int, int]:
    """Pixels of one cell, across and down; a usual size where the terminal does not say."""
    try:
        answer = (
            fcntl.ioctl(sys.__stdout__.fileno(), termios.TIOCGWINSZ, b"\0" * 8)
            if sys.__stdout__
            else b"\0" * 8
        )
    except (OSError, ValueError):
        return _USUAL_CELL
    rows, columns, across, down = struct.unpack("HHHH", answer)
    if not (rows and columns and across >= columns and down >= rows):
        return _USUAL_CELL
    return min(64, across // columns), min(128, down // rows)
