"""Takes out of foreign words what a terminal would obey or trip over; what is drawn has gone through here."""

import re

from tui_reader.content.clean import clean, clean_line

# a letter with a hundred accents covers the lines above it; no script needs more than a few
_PILED = re.compile(
    r"([\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]{4})[\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]+"
)


def tame(text: str) -> str:
    """Foreign text without anything that moves, recolours or rewires a terminal; lines are kept."""
    if text.isascii() and text.isprintable():
        return text
    return _PILED.sub(r"\1", clean(text))


def tame_line(text: str) -> str:
    """The same on one line, white space folded: titles, names, reasons."""
    if text.isascii() and text.isprintable() and "  " not in text and text == text.strip():
        return text
    return _PILED.sub(r"\1", clean_line(text))
