"""Draws the lists of blogs and posts in their panes for the first frame, as the widgets will draw them.

What is drawn here is what ``top_line``, ``blog_list`` and ``post_list`` draw; a test compares the two cell by
cell.
"""

import time

from tui_reader.language import _, ngettext
from tui_reader.ui import day_words
from tui_reader.ui.first_cells import Run, cells, filled, long, mixed, shortened, tame

TYPE_CHECKING = False
if TYPE_CHECKING:  # as typing has it, which takes longer to load than all of this
    from tui_reader.storage.glance import BlogSeen, Glance, PostSeen

AT_FIRST = 2000
"""Posts that a list begins with; it grows when the cursor nears its end."""
_MIN_SOME, _MIN_FOUR = 100, 180


def draw(
    glance: "Glance", width: int, height: int, palette: dict[str, str], now: float, own: dict[str, int]
) -> list[list[Run]]:
    """The lines of the screen; ``own`` are the columns that the user made wider or narrower."""
    unread = sum(blog.unread for blog in glance.blogs)
    inner = height - 4
    shares = columns(width, own)
    panes: list[list[list[Run]]] = []
    lists = len(shares) > 1
    if lists:
        blogs, count = _rows(glance, unread, inner)
        lines = _blog_lines(blogs, shares[0] - 3, palette)
        panes.append(_pane(_("Blogs"), "", lines, shares[0], inner, count, palette, "-blurred"))
    total = sum(blog.posts for blog in glance.blogs)
    posts_width = shares[1] if lists else shares[0]
    panes.append(
        _pane(
            _("Posts"),
            _("{at} of {total}").format(at=1, total=total),
            _post_lines(glance.posts, posts_width - 3, palette, now),
            posts_width,
            inner,
            min(total, AT_FIRST) * 3 - 1,
            palette,
            "",
        )
    )
    for title, share in zip((_("Preview"), _("Conversation")), shares[2:], strict=False):
        panes.append(_pane(title, "", [], share, inner, 0, palette, "-blurred"))
    rows = [_top(glance, unread, width, palette)]
    rows += [[run for pane in panes for run in pane[number]] for number in range(inner + 2)]
    rows.append([(" " * width, palette["text"], palette["panel"], False)])
    return rows


def columns(width: int, own: dict[str, int]) -> list[int]:
    """The columns of this terminal, as the style sheet shares them out; first what the user made of them."""
    if width < _MIN_SOME:
        return [width]
    shares = [(4, 32), (5, 44), (7, 0), (7, 0)][: 4 if width >= _MIN_FOUR else 3]
    fixed: set[int] = set()
    if own:
        # not at the top: most have made none wider
        from tui_reader.ui import widths
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
        room = sum(len(run[0]) for run in right)
        gap = max(2, min(6, inner - taken - room)) if inner >= 100 else max(1, inner - taken - room)
        line += [(" " * gap, text, panel, False), *right]
        taken += gap + room
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
    ends = [[cell, side] for cell in _scroll_bar(height, content, palette)]
    if not ends:
        ends = [[(" │", edge, ground, False)]] * height
    rows += [[side, *line, *end] for line, end in zip(lines, ends, strict=False)]
    empty = ("│" + " " * (width - 3), edge, ground, False)
    rows += [[empty, *end] for end in ends[len(lines) :]]
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
        return []
    end = -int(-max(1.0, height / (content / height)) * 8 // 1)
    whole, eighths = divmod(end, 8)
    drawn: list[Run] = [(" ", ground, bar, False)] * whole
    if eighths and whole < height:
        # the lower part of the cell is ground, as Textual has it: drawn reversed
        drawn.append(("▁▂▃▄▅▆▇ "[7 - eighths], ground, bar, False))
    drawn += [(" ", bar, ground, False)] * (height - len(drawn))
    return drawn[:height]


_Row = tuple[str, str, int, str, str, bool, int]
"""Kind, title, count, fold mark, state, whether it fails, indent."""


def _rows(glance: "Glance", unread: int, most: int) -> tuple[list[_Row], int]:
    """The first rows of the list of blogs, and how many it has in all."""
    rows: list[_Row] = [
        ("strong", _("All"), unread, "", "", False, 0),
        ("text", _("Unread"), unread, "", "", False, 0),
        ("text", _("Conversations"), glance.answers, "", "", False, 0),
        ("calm", _("Starred"), glance.starred, "", "", False, 0),
        ("calm", _("Later"), glance.later, "", "", False, 0),
        ("gap", "", 0, "", "", False, 0),
    ]
    alone: list[BlogSeen] = []
    folders: dict[str, list[BlogSeen]] = {}
    for blog in sorted(glance.blogs, key=lambda blog: (blog.title.casefold(), blog.id)):
        (alone if blog.folder is None else folders.setdefault(blog.folder, [])).append(blog)
    count = len(rows) + len(glance.blogs) + len(folders)
    rows += [_blog(blog, 0) for blog in alone[:most]]
    for folder in sorted(folders, key=str.casefold):
        rows.append(("dim", folder, 0, "▾", "", False, 0))
        rows += [_blog(blog, 2) for blog in folders[folder][:most]]
        if len(rows) >= most:
            break
    return rows[:most], count


def _blog(blog: "BlogSeen", indent: int) -> _Row:
    kind = "dim" if blog.is_paused else "text"
    if blog.is_paused or blog.is_gone:
        state = _("paused") if blog.is_paused else _("gone")
    else:
        state = tame(in_short(blog.error)) if blog.error else ""
    fails = blog.error is not None and not blog.is_paused
    return (kind, blog.title or blog.url, blog.unread, "", state, fails, indent)


def in_short(error: str) -> str:
    """The status of a failed refresh where there is one, else its words without the address.

    Not by patterns: the module for them takes as long to load as all that is drawn here.
    """
    told = error.removesuffix(")")
    before, status = told[-4:-3], told[-3:]
    is_status = len(status) == 3 and status.isascii() and status.isdecimal() and status[0] in "45"
    if is_status and not (before.isalnum() or before == "_"):
        return status
    address, blank, why = error.partition(" ")
    is_address = address.startswith(("http://", "https://")) and address.endswith(":")
    return why if blank and is_address else error


def _blog_lines(rows: list[_Row], width: int, palette: dict[str, str]) -> list[list[Run]]:
    lines = []
    for number, (kind, title, count, fold, state, fails, indent) in enumerate(rows):
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
        room = width - long(line) - (len(counted) + 2 if counted else 1)
        kept = min(cells(state) + 2, room // 2) if state else 0
        title = shortened(tame(title), room - kept)
        line.append((title, dim if kind == "dim" else text, ground, kind == "strong"))
        if state and room - cells(title) > 5:
            line.append(("  " + shortened(state, room - cells(title) - 2), dim, ground, False))
        if counted:
            gap = width - 1 - long(line) - len(counted)
            line.append((" " * max(1, gap), text, ground, False))
            line.append((counted, dim if kind == "calm" else palette["accent"], ground, False))
        lines.append(filled(line, width, text, ground))
    return lines


def _post_lines(posts: "list[PostSeen]", width: int, palette: dict[str, str], now: float) -> list[list[Run]]:
    lines = []
    text, dim, accent = palette["foreground"], palette["text-muted"], palette["accent"]
    for number, post in enumerate(posts):
        ground = (
            mixed(palette["background"], palette["primary"], 0.12) if number == 0 else palette["background"]
        )
        first: Run = ("▌" if number == 0 else " ", palette["primary"] if number == 0 else text, ground, False)
        title = [first, (" " if post.is_read else "●", accent if not post.is_read else text, ground, False)]
        title.append((" ", accent, ground, False))
        if post.is_starred:
            title.append(("★ ", accent, ground, False))
        if post.is_later:
            title.append(("◷ ", accent, ground, False))
        words = tame(post.title) or _("Without a title")
        title.append((shortened(words, width - long(title) - 1), text, ground, not post.is_read))
        counts: list[Run] = []
        if post.comment_count or post.new_comment_count:
            counts.append(
                (f"▪ {post.comment_count or post.new_comment_count}", palette["primary"], ground, False)
            )
            if post.new_comment_count:
                counts.append((f" +{post.new_comment_count}", accent, ground, False))
        room = width - 4 - (long(counts) + 2 if counts else 0)
        date = _date(post.published, now) if post.published is not None else ""
        below = _byline(tame(post.author or post.blog_title), date, room)
        second: list[Run] = [first, ("  ", text, ground, False), (below, dim, ground, False)]
        if counts:
            gap = width - 1 - long(second) - long(counts)
            second += [(" " * max(1, gap), text, ground, False), *counts]
        lines += [filled(title, width, text, ground), filled(second, width, text, ground)]
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
