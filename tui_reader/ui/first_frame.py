"""Draws the lists as they are stored before Textual is loaded, which then repaints them in place.

Only what Python has loaded anyway is imported: the frame is to stand after one glance at the database.
``first_lists`` draws it of ``first_cells``, ``first_hold`` puts it on the terminal and keeps what is typed.
Where anything is out of the ordinary nothing is drawn, and the reader simply appears a moment later.
"""

import os
import sys
import time

from tui_reader import language
from tui_reader.early_look import look_in
from tui_reader.language import _
from tui_reader.storage.glance import look
from tui_reader.ui import first_hold
from tui_reader.ui.first_cells import as_told, is_plain
from tui_reader.ui.first_lists import draw
from tui_reader.ui.palettes import DRAWN

MIN_WIDTH, MIN_HEIGHT = 40, 8
_LIKE_OTHERS = frozenset({"theme", "measure", "line_numbers", "language"})
"""Settings of the look that change nothing of what is drawn here."""


def show() -> first_hold.Shown | None:
    """Draws the frame and makes the terminal keep what is typed; None where there is nothing to draw.

    Whoever calls it calls ``leave`` in the end.
    """
    fd = 2  # where Textual writes
    if not all(os.isatty(number) for number in (0, 1, fd)) or os.environ.get("TERM") in {None, "", "dumb"}:
        return None
    try:
        width, height = os.get_terminal_size(fd)
    except OSError:
        return None
    drawn = of_home(dict(os.environ), width, height)
    return None if drawn is None else first_hold.put(drawn, fd)


def of_home(environ: dict[str, str], width: int, height: int) -> str | None:
    """The frame for this user's home; None where it cannot be drawn truthfully."""
    if width < MIN_WIDTH or height < MIN_HEIGHT or sys.platform != "linux":
        return None
    config, database = _places(environ)
    theme, spoken = _look(config)
    palette = DRAWN.get(theme)
    depth = _depth(environ)
    if palette is None or depth is None:
        return None
    try:
        if os.stat(database).st_size == 0:  # noqa: PTH116
            return None
    except OSError:
        return None
    glance = look(database, (height - 4 + 2) // 3)
    if glance is None or not glance.blogs or not glance.posts:
        return None
    language.use(spoken, environ)
    if not is_plain(_("Conversations")):
        return None  # letters whose cells only Textual counts
    own = _own_columns(os.path.dirname(database))  # noqa: PTH120
    return as_told(draw(glance, width, height, palette, time.time(), own), depth)


def _own_columns(folder: str) -> dict[str, int]:
    """How wide the reader made the columns; most never did, and nothing is loaded for it."""
    if not os.path.exists(f"{folder}/columns"):  # noqa: PTH110
        return {}
    from tui_reader.ui import widths

    return widths.read(folder)


def _places(environ: dict[str, str]) -> tuple[str, str]:
    """The settings and the database, as ``paths.find`` finds them on Linux."""
    if home := environ.get("TUI_READER_HOME"):
        root = os.path.abspath(os.path.expanduser(home))  # noqa: PTH100, PTH111 (pathlib is not loaded yet)
        return f"{root}/config/config.toml", f"{root}/data/reader.db"
    user = os.path.expanduser("~")  # noqa: PTH111
    config = environ.get("XDG_CONFIG_HOME", "").strip() or f"{user}/.config"
    data = environ.get("XDG_DATA_HOME", "").strip() or f"{user}/.local/share"
    return f"{config}/tui-reader/config.toml", f"{data}/tui-reader/reader.db"


def _look(config: str) -> tuple[str, str]:
    """The theme and the language of the settings; no theme where another manner than ours is wanted."""
    look = look_in(config, "look")
    # lists that are set in a manner of one's own are drawn once, by those who know how
    if look is None or not _LIKE_OTHERS.issuperset(look):
        return "", ""
    theme, spoken = look.get("theme", "ink"), look.get("language", "")
    return (theme, spoken) if isinstance(theme, str) and isinstance(spoken, str) else ("", "")


def _depth(environ: dict[str, str]) -> int | None:
    """24 or 8 bits of colour, as Textual finds out; None where it would draw in another way."""
    if environ.get("NO_COLOR") or environ.get("TEXTUAL_COLOR_SYSTEM", "auto") not in {"", "auto"}:
        return None
    if environ.get("UNICODE_VERSION"):
        return None  # other letters take two cells then
    if environ.get("COLORTERM", "").strip().lower() in {"truecolor", "24bit"}:
        return 24
    return 8 if environ.get("TERM", "").lower().endswith("-256color") else None
