"""Runs of words, as the first frame fits them into cells and tells them to the terminal."""

Run = tuple[str, str, str, bool]
"""Words, their colour, what lies under them, and whether they are bold."""

_MARKS = "▌●★◷▪▾…"
"""What we draw ourselves before words and after them: one cell each."""


# for what is in these no table of others is loaded; a test compares each letter with Textual's tables
_NARROW = (
    *(("\u2010", "\u2027"), ("\u0370", "\u0482"), ("\u048a", "\u052f")),  # Greek, Cyrillic
    *(("\u05d0", "\u05ea"), ("\u0621", "\u063a"), ("\u0641", "\u064a")),  # Hebrew, Arabic
)
"""From letter to letter: what takes one cell, besides Latin."""

_WIDE = (
    *(("\u3001", "\u3029"), ("\u3041", "\u3096"), ("\u309b", "\u30ff")),  # of Japanese
    *(("\u3400", "\u4dbf"), ("\u4e00", "\u9fff"), ("\uac00", "\ud7a3"), ("\uff01", "\uff60")),
    *(("\U0001f400", "\U0001f43e"), ("\U0001f442", "\U0001f4fc"), ("\U0001f600", "\U0001f64f")),
    *(("\U0001f680", "\U0001f6c5"), ("\U0001f910", "\U0001f93a")),
)
"""What takes two: Chinese, Japanese, Korean, full-width forms, and most of the little pictures."""


_found: dict[str, int] = {}


def is_plain(text: str) -> bool:
    """Letters that every terminal shows in one cell each, and nothing that one would obey.

    Latin with its accents, Greek, Cyrillic, bare Hebrew and Arabic, and the common punctuation: what of these
    is printable.
    """
    return text.isprintable() and (
        text.isascii() or all(char < "\u0300" or _cells_of(char) == 1 for char in text)
    )


def _is_known(text: str) -> bool:
    """Letters of one cell or of two, and nothing that a terminal would obey."""
    return text.isprintable() and all(map(_cells_of, text))


def _cells_of(char: str) -> int:
    """How many cells a printable character takes; 0 where only Textual's tables know."""
    if char not in _found:
        is_narrow = char < "\u0300" or any(first <= char <= last for first, last in _NARROW)
        is_wide = any(first <= char <= last for first, last in _WIDE)
        _found[char] = 1 if is_narrow else 2 * is_wide
    return _found[char]


def tame(text: str) -> str:
    """Foreign words on one line, as ``ui.text.tame_line`` gives them."""
    if "  " not in text and text == text.strip() and (is_plain(text) or _is_known(text)):
        return text
    # any other script waits for the tables that know it
    from tui_reader.ui.taming import tame_line

    return tame_line(text)


def cells(text: str) -> int:
    """How many terminal cells a text takes."""
    if text.strip(_MARKS).isascii() or is_plain(text):
        return len(text)
    if _is_known(text):
        return sum(map(_cells_of, text))
    from tui_reader.ui.widgets.pieces import cells as measured

    return measured(text)


def shortened(text: str, width: int) -> str:
    """The text, or as much of it as fits with ``…`` at its end."""
    if is_plain(text):
        if len(text) <= width:
            return text
        return text[: width - 1].rstrip() + "…" if width > 0 else ""
    if not _is_known(text):
        from tui_reader.ui.widgets.pieces import shortened as cut

        return cut(text, width)
    if cells(text) <= width:
        return text
    if width <= 0:
        return ""
    end, room = 0, width - 1
    while (wide := _cells_of(text[end])) <= room:
        end, room = end + 1, room - wide
    return text[:end].rstrip() + "…"


def long(line: list[Run]) -> int:
    """How many cells the runs of a line take."""
    return sum([len(run[0]) if run[0].isascii() else cells(run[0]) for run in line])


def filled(line: list[Run], width: int, text: str, ground: str) -> list[Run]:
    """The line with blanks up to the width."""
    return [*line, (" " * (width - long(line)), text, ground, False)]


def mixed(under: str, over: str, part: float) -> str:
    """A colour with a part of another laid over it."""
    mixed = (int(a + (b - a) * part) for a, b in zip(_rgb(under), _rgb(over), strict=True))
    return "#" + "".join(f"{value:02x}" for value in mixed)


def as_told(rows: list[list[Run]], depth: int) -> str:
    """The rows from the top of the screen, in 24 or 8 bits of colour; only what changes is told."""
    told = colour_told, ground_told, bold_told = ("", "", False)
    changes: dict[tuple[tuple[str, str, bool], tuple[str, str, bool]], str] = {}
    parts = ["\x1b[0m"]
    for number, row in enumerate(rows, start=1):
        parts.append(f"\x1b[{number};1H")
        for words, colour, ground, is_bold in row:
            # of blanks nothing is seen but what lies under them
            is_other = (colour != colour_told or is_bold != bold_told) and not words.isspace()
            if is_other or ground != ground_told:
                style = (colour, ground, is_bold) if is_other else (colour_told, ground, bold_told)
                if (told, style) not in changes:
                    changes[told, style] = _change(told, style, depth)
                parts.append(changes[told, style])
                told = colour_told, ground_told, bold_told = style
            parts.append(words)
    parts.append("\x1b[0m")
    return "".join(parts)


def _change(told: tuple[str, str, bool], style: tuple[str, str, bool], depth: int) -> str:
    codes = []
    if style[2] != told[2]:
        codes.append("1" if style[2] else "22")
    for layer, was, colour in (("38", told[0], style[0]), ("48", told[1], style[1])):
        if colour != was:
            number = f"5;{_of_256(colour)}" if depth == 8 else "2;" + ";".join(map(str, _rgb(colour)))
            codes.append(f"{layer};{number}")
    return f"\x1b[{';'.join(codes)}m"


def _rgb(colour: str) -> tuple[int, int, int]:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def _of_256(colour: str) -> int:
    """The nearest of the 256 colours, as Rich chooses it."""
    red, green, blue = (value / 255 for value in _rgb(colour))
    most, least = max(red, green, blue), min(red, green, blue)
    light = (most + least) / 2
    apart = most - least
    saturation = 0.0 if not apart else apart / (2 - most - least if light > 0.5 else most + least)
    if saturation < 0.15:
        grey = round(light * 25)
        return 16 if grey == 0 else 231 if grey == 25 else 231 + grey
    steps = [
        value * 255 / 95 if value * 255 < 95 else 1 + (value * 255 - 95) / 40 for value in (red, green, blue)
    ]
    return 16 + 36 * round(steps[0]) + 6 * round(steps[1]) + round(steps[2])
