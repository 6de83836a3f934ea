"""Draws the lists as they are stored before Textual is loaded, which then repaints them in place.

Only what Python has loaded anyway is imported: the frame is to stand after one glance at the database.
What is drawn here is what ``top_line``, ``blog_list`` and ``post_list`` draw; a test compares the two cell by
cell. Where anything is out of the ordinary nothing is drawn, and the reader simply appears a moment later.
"""

import os
import sys
import termios
import time

from tui_reader import language
from tui_reader.early_look import look_in
from tui_reader.language import _, ngettext
from tui_reader.storage.glance import look
from tui_reader.ui import day_words, widths
from tui_reader.ui.listing import AT_FIRST
from tui_reader.ui.palettes import DRAWN

TYPE_CHECKING = False
if TYPE_CHECKING:  # as typing has it, which takes longer to load than all of this
    from types import FrameType
    from typing import Any

    from tui_reader.storage.glance import BlogSeen, Glance, PostSeen

Run = tuple[str, str, str, bool]
"""Words, their colour, what lies under them, and whether they are bold."""

MIN_WIDTH, MIN_HEIGHT = 40, 8
_MIN_SOME, _MIN_FOUR = 100, 180
_LIKE_OTHERS = frozenset({"theme", "measure", "line_numbers", "language"})
"""Settings of the look that change nothing of what is drawn here."""
_MARKS = "▌●★◷▪▾"
"""What we draw ourselves before words: one cell each."""
_ENTER = "\x1b[?1049h\x1b[?25l"
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


def show() -> Shown | None:
    """Draws the frame and makes the terminal keep what is typed; None where there is nothing to draw.

    Whoever calls it calls ``leave`` in the end.
    """
    fd = 2  # where Textual writes
    if not all(os.isatty(number) for number in (0, 1, fd)) or os.environ.get("TERM") in {None, "", "dumb"}:
        return None
    try:
        width, height = os.get_terminal_size(fd)
        before = termios.tcgetattr(0)
    except (OSError, termios.error):
        return None
    drawn = of_home(dict(os.environ), width, height)
    if drawn is None:
        return None
    # as Textual has it: nothing that is typed from here on is echoed, changed, held back or lost
    ours: list[Any] = [list(part) if isinstance(part, list) else part for part in before]
    ours[0] &= ~(termios.IXON | termios.IXOFF | termios.ICRNL | termios.INLCR | termios.IGNCR)
    ours[3] &= ~(termios.ECHO | termios.ICANON | termios.IEXTEN | termios.ISIG)
    ours[6][termios.VMIN] = 1
    try:
        termios.tcsetattr(0, termios.TCSANOW, ours)
    except termios.error:
        return None
    _write(fd, drawn)
    return Shown(fd, before)


def of_home(environ: dict[str, str], width: int, height: int) -> str | None:
    """The bytes of the frame for this user's home; None where it cannot be drawn truthfully."""
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
    if not _is_plain(_("Conversations")):
        return None  # letters whose cells only Textual counts
    own = widths.read(os.path.dirname(database))  # noqa: PTH120
    rows = draw(glance, width, height, palette, time.time(), own)
    return _ENTER + "\x1b[?2026h" + _as_bytes(rows, depth) + "\x1b[?2026l"


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
    if environ.get("COLORTERM", "").strip().lower() in {"truecolor", "24bit"}:
        return 24
    return 8 if environ.get("TERM", "").lower().endswith("-256color") else None


# What is drawn


def draw(
    glance: "Glance", width: int, height: int, palette: dict[str, str], now: float, own: dict[str, int]
) -> list[list[Run]]:
    """The lines of the screen; ``own`` are the columns that the user made wider or narrower."""
    unread = sum(blog.unread for blog in glance.blogs)
    rows = [_top(glance, unread, width, palette)]
    inner = height - 4
    columns = _widths(width, own)
    panes: list[list[list[Run]]] = []
    lists = len(columns) > 1
    if lists:
        lines = _blog_lines(glance, unread, columns[0] - 3, palette, inner)
        panes.append(
            _pane(_("Blogs"), "", lines, columns[0], inner, len(_rows(glance, unread)), palette, "-blurred")
        )
    total = sum(blog.posts for blog in glance.blogs)
    posts_width = columns[1] if lists else columns[0]
    lines = _post_lines(glance.posts, posts_width - 3, palette, now)
    panes.append(
        _pane(
            _("Posts"),
            _("{at} of {total}").format(at=1, total=total),
            lines,
            posts_width,
            inner,
            min(total, AT_FIRST) * 3 - 1,
            palette,
            "",
        )
    )
    for title, column in zip((_("Preview"), _("Conversation")), columns[2:], strict=False):
        panes.append(_pane(title, "", [], column, inner, 0, palette, "-blurred"))
    rows += [[run for pane in panes for run in pane[number]] for number in range(inner + 2)]
    rows.append([(" " * width, palette["text"], palette["panel"], False)])
    return rows


def _widths(width: int, own: dict[str, int]) -> list[int]:
    """The columns of this terminal, as the style sheet shares them out; first what the user made of them."""
    if width < _MIN_SOME:
        return [width]
    shares = [(4, 32), (5, 44), (7, 0), (7, 0)][: 4 if width >= _MIN_FOUR else 3]
    fixed: set[int] = set()
    if "post" in own and len(shares) == 4:
        shares = [(part, most) for part, (_, most) in zip(widths.parts(own["post"]), shares, strict=True)]
    for number, name in enumerate(("blogs", "posts")):
        if name in own:
            shares[number] = (0, widths.shown(own[name], width))
            fixed.add(number)
    space = width - sum(shares[number][1] for number in fixed)
    parts = sum(share for share, _most in shares)
    changed = True
    while changed:
        changed = False
        unit = (space, parts)
        for number, (share, most) in enumerate(shares):
            if number not in fixed and most and share * unit[0] > most * unit[1]:
                fixed.add(number)
                space, parts, changed = space - most, parts - share, True
    at = 0
    found = []
    for number, (share, most) in enumerate(shares):
        left = at // parts
        at += most * parts if number in fixed else share * space
        found.append(at // parts - left)
    return found


def _top(glance: "Glance", unread: int, width: int, palette: dict[str, str]) -> list[Run]:
    text, panel, accent = palette["text"], palette["panel"], palette["accent"]
    inner = width - 2
    waiting = [ngettext("{count} unread", "{count} unread", unread).format(count=unread)] if unread else []
    if glance.answers:
        told = ngettext("{count} answer to you", "{count} answers to you", glance.answers)
        waiting.append(("{count}" if inner < 100 else told).format(count=glance.answers))
    right: list[Run] = [(" · ".join(waiting), accent, panel, False)] if waiting else []
    if glance.outbox:
        if right:
            right.append(("   ", text, panel, False))
        right.append((_("outbox {count}").format(count=glance.outbox), palette["warning"], panel, False))
    path = "  " + _("All")
    line: list[Run] = [
        (" ", text, panel, False),
        ("tui reader", text, panel, True),
        (path, text, panel, False),
    ]
    taken = 10 + len(path)
    if right:
        long = sum(len(run[0]) for run in right)
        gap = max(2, min(6, inner - taken - long)) if inner >= 100 else max(1, inner - taken - long)
        line += [(" " * gap, text, panel, False), *right]
        taken += gap + long
    line.append((" " * (width - 1 - taken), text, panel, False))
    return line


def _pane(
    title: str,
    foot: str,
    lines: list[list[Run]],
    width: int,
    height: int,
    content: int,
    palette: dict[str, str],
    blurred: str,
) -> list[list[Run]]:
    """Lines in a frame, with the scroll bar that stands beside as many as ``content``."""
    ground, edge = palette["background"], palette[f"border{blurred}"]
    side: Run = ("│", edge, ground, False)
    label: list[Run] = [(f" {title} ", palette["primary"], ground, False)]
    rest = width - 4 - len(title) - 2
    rows: list[list[Run]] = [[("╭─", edge, ground, False), *label, ("─" * rest + "─╮", edge, ground, False)]]
    bar = _scroll_bar(height, content, palette)
    empty: list[Run] = [(" " * (width - 3), palette["foreground"], ground, False)]
    for number in range(height):
        line = lines[number] if number < len(lines) else empty
        rows.append([side, *line, bar[number], side])
    if foot:
        below: list[Run] = [(f" {foot} ", palette["text-muted"], ground, False)]
        rest = width - 4 - len(foot) - 2
        rows.append([("╰─" + "─" * rest, edge, ground, False), *below, ("─╯", edge, ground, False)])
    else:
        rows.append([("╰" + "─" * (width - 2) + "╯", edge, ground, False)])
    return rows


def _scroll_bar(height: int, content: int, palette: dict[str, str]) -> list[Run]:
    """At the top of its way; nothing where everything is in sight."""
    bar, ground = palette["scrollbar"], palette["scrollbar-background"]
    if content <= height:
        return [(" ", bar, palette["background"], False)] * height
    end = -int(-max(1.0, height / (content / height)) * 8 // 1)
    whole, eighths = divmod(end, 8)
    cells: list[Run] = [(" ", ground, bar, False)] * whole
    if eighths and whole < height:
        # the lower part of the cell is ground, as Textual has it: drawn reversed
        cells.append(("▁▂▃▄▅▆▇ "[7 - eighths], ground, bar, False))
    cells += [(" ", bar, ground, False)] * (height - len(cells))
    return cells[:height]


_Row = tuple[str, str, int, str, str, bool, int]
"""Kind, title, count, fold mark, state, whether it fails, indent."""


def _rows(glance: "Glance", unread: int) -> list[_Row]:
    rows: list[_Row] = [
        ("strong", _("All"), unread, "", "", False, 0),
        ("text", _("Unread"), unread, "", "", False, 0),
        ("text", _("Conversations"), glance.answers, "", "", False, 0),
        ("calm", _("Starred"), glance.starred, "", "", False, 0),
        ("calm", _("Later"), glance.later, "", "", False, 0),
        ("gap", "", 0, "", "", False, 0),
    ]
    blogs = sorted(glance.blogs, key=lambda blog: (blog.title.casefold(), blog.id))
    rows += [_blog(blog, 0) for blog in blogs if blog.folder is None]
    folders = sorted({blog.folder for blog in blogs if blog.folder is not None}, key=str.casefold)
    for folder in folders:
        rows.append(("dim", folder, 0, "▾", "", False, 0))
        rows += [_blog(blog, 2) for blog in blogs if blog.folder == folder]
    return rows


def _blog(blog: "BlogSeen", indent: int) -> _Row:
    kind = "dim" if blog.is_paused else "text"
    state = _("paused") if blog.is_paused else _("gone") if blog.is_gone else _in_short(blog.error or "")
    fails = blog.error is not None and not blog.is_paused
    return (kind, blog.title or blog.url, blog.unread, "", state, fails, indent)


def _in_short(error: str) -> str:
    if not error:
        return ""
    import re

    status = re.search(r"\b([45]\d\d)\b\)?$", error)
    return status[1] if status else tame(re.sub(r"^https?://\S+: ", "", error))


def _blog_lines(
    glance: "Glance", unread: int, width: int, palette: dict[str, str], height: int
) -> list[list[Run]]:
    lines = []
    for number, (kind, title, count, fold, state, fails, indent) in enumerate(_rows(glance, unread)[:height]):
        ground = palette["panel"] if number == 0 else palette["background"]
        text, dim = palette["foreground"], palette["text-muted"]
        if kind == "gap":
            lines.append([(" " * width, text, ground, False)])
            continue
        # the cursor's bar takes the place of the first cell
        line: list[Run] = [("▌" if number == 0 else " ", dim if number == 0 else text, ground, False)]
        if indent:
            line.append((" " * indent, text, ground, False))
        if fold:
            line.append((f"{fold} ", dim, ground, False))
        if fails:
            line.append(("! ", palette["error"], ground, False))
        counted = str(count) if count else ""
        room = width - _long(line) - (len(counted) + 2 if counted else 1)
        kept = min(cells(state) + 2, room // 2) if state else 0
        title = shortened(tame(title), room - kept)
        line.append((title, dim if kind == "dim" else text, ground, kind == "strong"))
        if state and room - cells(title) > 5:
            line.append(("  " + shortened(state, room - cells(title) - 2), dim, ground, False))
        if counted:
            gap = width - 1 - _long(line) - len(counted)
            line.append((" " * max(1, gap), text, ground, False))
            line.append((counted, dim if kind == "calm" else palette["accent"], ground, False))
        lines.append(_filled(line, width, text, ground))
    return lines


def _post_lines(posts: "list[PostSeen]", width: int, palette: dict[str, str], now: float) -> list[list[Run]]:
    lines = []
    text, dim, accent = palette["foreground"], palette["text-muted"], palette["accent"]
    for number, post in enumerate(posts):
        ground = (
            _mixed(palette["background"], palette["primary"], 0.12) if number == 0 else palette["background"]
        )
        first: Run = ("▌" if number == 0 else " ", palette["primary"] if number == 0 else text, ground, False)
        title = [first, (" " if post.is_read else "●", accent if not post.is_read else text, ground, False)]
        title.append((" ", accent, ground, False))
        if post.is_starred:
            title.append(("★ ", accent, ground, False))
        if post.is_later:
            title.append(("◷ ", accent, ground, False))
        words = tame(post.title) or _("Without a title")
        title.append((shortened(words, width - _long(title) - 1), text, ground, not post.is_read))
        counts: list[Run] = []
        if post.comment_count or post.new_comment_count:
            counts.append(
                (f"▪ {post.comment_count or post.new_comment_count}", palette["primary"], ground, False)
            )
            if post.new_comment_count:
                counts.append((f" +{post.new_comment_count}", accent, ground, False))
        room = width - 4 - (_long(counts) + 2 if counts else 0)
        date = _date(post.published, now) if post.published is not None else ""
        below = _byline(tame(post.author or post.blog_title), date, room)
        second: list[Run] = [first, ("  ", text, ground, False), (below, dim, ground, False)]
        if counts:
            gap = width - 1 - _long(second) - _long(counts)
            second += [(" " * max(1, gap), text, ground, False), *counts]
        lines += [_filled(title, width, text, ground), _filled(second, width, text, ground)]
        lines.append([(" " * width, text, palette["background"], False)])
    return lines


def _byline(who: str, date: str, room: int) -> str:
    tail = f" · {date}" if date and who else date
    if len(tail) > room:
        return shortened(date, room)
    return shortened(who, room - len(tail)) + tail


def _date(published: int, now: float) -> str:
    if ago := day_words.ago(int((now - published) // 60)):
        return ago
    try:
        there, here = time.localtime(published), time.localtime(now)
    except (OverflowError, OSError, ValueError):
        return ""
    year = there.tm_year if there.tm_year != here.tm_year else None
    return day_words.day(there.tm_mday, there.tm_mon, year)


# Words and cells


def _is_plain(text: str) -> bool:
    """Letters that every terminal shows in one cell each, and nothing that one would obey.

    Latin with its accents and the common punctuation; everything printable below U+0300 is.
    """
    return text.isprintable() and all(char < "\u0300" or "\u2010" <= char <= "\u2027" for char in text)


def tame(text: str) -> str:
    """Foreign words on one line, as ``ui.text.tame_line`` gives them."""
    if _is_plain(text) and "  " not in text and "\xa0" not in text and text == text.strip():
        return text
    # any other script waits for the tables that know it
    from tui_reader.ui.taming import tame_line

    return tame_line(text)


def cells(text: str) -> int:
    """How many terminal cells a text takes."""
    if _is_plain(text) or text.strip(_MARKS).isascii():
        return len(text)
    from tui_reader.ui.widgets.pieces import cells as measured

    return measured(text)


def shortened(text: str, width: int) -> str:
    """The text, or as much of it as fits with ``…`` at its end."""
    if not _is_plain(text):
        from tui_reader.ui.widgets.pieces import shortened as cut

        return cut(text, width)
    if len(text) <= width:
        return text
    return text[: width - 1].rstrip() + "…" if width > 0 else ""


def _long(line: list[Run]) -> int:
    return sum(cells(run[0]) for run in line)


def _filled(line: list[Run], width: int, text: str, ground: str) -> list[Run]:
    return [*line, (" " * (width - _long(line)), text, ground, False)]


# Colours and bytes


def _rgb(colour: str) -> tuple[int, int, int]:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def _mixed(under: str, over: str, part: float) -> str:
    mixed = (int(a + (b - a) * part) for a, b in zip(_rgb(under), _rgb(over), strict=True))
    return "#" + "".join(f"{value:02x}" for value in mixed)


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


def _as_bytes(rows: list[list[Run]], depth: int) -> str:
    codes: dict[tuple[str, str, bool], str] = {}
    parts = []
    for number, row in enumerate(rows, start=1):
        parts.append(f"\x1b[{number};1H")
        for words, colour, ground, is_bold in row:
            key = (colour, ground, is_bold)
            if key not in codes:
                codes[key] = _code(colour, ground, depth, is_bold=is_bold)
            parts.append(codes[key] + words)
    return "".join(parts) + "\x1b[0m"


def _code(colour: str, ground: str, depth: int, *, is_bold: bool) -> str:
    bold = "1;" if is_bold else ""
    if depth == 8:
        return f"\x1b[0;{bold}38;5;{_of_256(colour)};48;5;{_of_256(ground)}m"
    red, green, blue = _rgb(colour)
    under = ";".join(map(str, _rgb(ground)))
    return f"\x1b[0;{bold}38;2;{red};{green};{blue};48;2;{under}m"


def _write(fd: int, text: str) -> None:
    data = text.encode("utf-8", "replace")
    while data:
        data = data[os.write(fd, data) :]
