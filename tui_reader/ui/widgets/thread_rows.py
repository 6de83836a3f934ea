"""The rows of a conversation as they are drawn: people's comments, my own replies in waiting, pings."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence, Set
from dataclasses import dataclass, field
from datetime import datetime

from tui_reader.content.blocks import Document, Paragraph, Span
from tui_reader.content.names import who
from tui_reader.domain.comment import Comment, CommentKind, CommentState
from tui_reader.domain.reply import Reply, ReplyState
from tui_reader.language import N_, _, ngettext
from tui_reader.ui.manner import manner
from tui_reader.ui.text import tame, tame_line
from tui_reader.ui.widgets import spoken
from tui_reader.ui.widgets.dates import recent_or_hour
from tui_reader.ui.widgets.layout import Typesetter, host_of
from tui_reader.ui.widgets.pieces import ASIDE, SILENT, Line, Piece, cells, shortened, text_of, width_of
from tui_reader.ui.widgets.thread_entries import Rows, is_ping
from tui_reader.ui.widgets.thread_fold import FoldedThread
from tui_reader.ui.widgets.wrapping import wrap

_STEP = 2
"""Cells that each level is set in."""

_LEAST = 24
"""Cells that the text keeps, however deep the thread."""

_RAILS = 4

_FOLDED_GUESS = 3

_REPLY_BADGES = {
    ReplyState.DRAFT: (N_("draft"), "badge"),
    ReplyState.QUEUED: (N_("waiting to be sent"), "badge"),
    ReplyState.SENDING: (N_("being sent"), "badge"),
    ReplyState.PUBLISHED: (N_("published"), "badge"),
    ReplyState.HELD: (N_("awaiting moderation"), "badge-accent"),
    ReplyState.REJECTED: (N_("refused by the blog"), "badge-error"),
    ReplyState.UNCERTAIN: (N_("perhaps sent"), "badge-error"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Remarks:
    """What is told of single comments besides what they say."""

    context: Set[str] = frozenset()
    """Ids of those that are there only so that others make sense."""
    answered: Mapping[str, str] = field(default_factory=dict)
    """By id whom it answers, where the order does not show it."""
    quoting: Set[str] = frozenset()
    """Ids of those that quote a sentence of the post."""


class Measured:
    """The heights of all nodes for one width, guessed until they are set."""

    def __init__(self, rows: Rows, width: int) -> None:
        room = max(_LEAST, min(manner().measure, width - 2))
        self.width = width
        self.open = [3 + size // room for size in rows.sizes]
        self.is_exact = bytearray(len(self.open))
        self.folded: dict[int, int] = {}

    def keep(self, at: int, height: int, *, is_folded: bool) -> None:
        """Remember what was counted."""
        if is_folded:
            self.folded[at] = height
        else:
            self.open[at], self.is_exact[at] = height, 1


@dataclass(frozen=True, slots=True, kw_only=True)
class ThreadSource:
    """The rows in sight, set for a width.

    What was measured once is kept in ``measured``, so that folding measures nothing twice.
    """

    rows: Rows
    folds: FoldedThread
    document_of: Callable[[Comment], Document]
    now: datetime
    note: str
    width: int
    measured: "Measured"
    muted: Set[str] = frozenset()
    """Ids of comments of which only the line with the name is shown."""
    remarks: Remarks = field(default_factory=Remarks)
    on_missing: Callable[[], None] = lambda: None
    """Called when a comment is to be set that is still to be read."""

    def __len__(self) -> int:
        return len(self.folds.visible) + 1

    def heights(self) -> tuple[list[int], bytearray]:
        measured, visible = self.measured, self.folds.visible
        heights = [measured.open[at] for at in visible]
        exact = bytearray([measured.is_exact[at] for at in visible])
        for row, at in enumerate(visible) if self.folds.folded else ():
            if self.folds.is_folded(at):
                known = measured.folded.get(at)
                heights[row], exact[row] = known or _FOLDED_GUESS, known is not None
        return [len(self._top()), *heights], bytearray([1]) + exact

    def lines(self, number: int) -> Sequence[Line]:
        if number == 0:
            return self._top()
        at = self.folds.visible[number - 1]
        entry = self.rows.entries.if_read(at)
        if entry is None or not self._hears_whom(at):
            self.on_missing()
            return self._still_to_come(at)
        if isinstance(entry, Comment) and is_ping(entry):
            lines = self._ping(at, entry)
        else:
            lines = self._answer(at, entry)
        self.measured.keep(at, len(lines), is_folded=self.folds.is_folded(at))
        return lines

    def cursor_lines(self, number: int, lines: int) -> range:
        """Which of a row's lines the cursor marks: not the rule above the pings, not the empty line below."""
        at = self.folds.visible[number - 1]
        if at >= self.rows.first_ping:
            return range(self._rule_lines(at), lines)
        return range(max(1, lines - 1))

    def _top(self) -> list[Line]:
        if not self.note:
            return []
        note = wrap([Piece(tame(self.note), "dim")], min(manner().measure, self.width - 2))
        return [*((Piece(" "), *line) for line in note), ()]

    def _hears_whom(self, at: int) -> bool:
        """Whether it can be told whom a comment answers, where that is told."""
        parent = self.folds.parent(at) if manner().is_linear else None
        return parent is None or self.rows.entries.if_read(parent) is not None

    def _still_to_come(self, at: int) -> list[Line]:
        """As many lines as are guessed, in place of a comment that is being read."""
        is_folded = self.folds.is_folded(at)
        height = self.measured.folded.get(at, _FOLDED_GUESS) if is_folded else self.measured.open[at]
        rails, _ = self._rails(self.rows.tree.depths[at])
        return [(*rails, Piece("…", "dim")), *[rails] * (height - 1)]

    def _answer(self, at: int, entry: Comment | Reply) -> list[Line]:
        depth = self.rows.tree.depths[at]
        rails, width = self._rails(depth)
        if manner().is_linear:
            head = self._spoken_head(at, entry)
        else:
            head = self._comment_head(entry) if isinstance(entry, Comment) else self._reply_head(entry)
        lines = _head(head, width)
        if self.folds.is_folded(at):
            lines.append(self._fold_line(at, entry, width))
        elif isinstance(entry, Comment) and entry.id in self.muted:
            pass
        elif isinstance(entry, Comment):
            is_dim = entry.state is CommentState.REMOVED or entry.id in self.remarks.context
            role = "dim" if is_dim else ""
            lines.extend(_set(self.document_of(entry), width, role))
        else:
            if entry.reason:
                lines.extend(wrap([Piece(tame_line(entry.reason), "dim")], width))
            lines.extend(_set(_typed(entry.text), width, ""))
        # the rails go on over the empty line below, since the branch does or ends there
        return [*((*rails, *line) for line in lines), rails if depth else ()]

    def _rails(self, depth: int) -> tuple[tuple[Piece, ...], int]:
        """What stands left of the text at a depth, the cursor's column first; and the width of the text."""
        room = self.width - 2
        if manner().is_linear:
            return (Piece(" ", SILENT),), max(8, min(manner().measure, room))
        most = max(0, (room - _LEAST) // _STEP)
        pieces = [Piece(" ", SILENT)]
        if depth <= most:
            pieces.extend(Piece("│ ", f"rail-{level % _RAILS} {SILENT}") for level in range(depth))
            return tuple(pieces), max(8, min(manner().measure, room - _STEP * depth))
        # too deep for a rail a level: the last cells say how deep
        mark = f"{depth}› "
        shown = max(0, most - (len(mark) + _STEP - 1) // _STEP)
        pieces.extend(Piece("│ ", f"rail-{level % _RAILS} {SILENT}") for level in range(shown))
        pieces.append(Piece(mark, f"rail-{depth % _RAILS} {SILENT}"))
        return tuple(pieces), max(8, min(manner().measure, room - _STEP * shown - len(mark)))

    def _spoken_head(self, at: int, entry: Comment | Reply) -> list[Piece]:
        """Who speaks to whom, and where in the thread that stands, in words."""
        tree, parent = self.rows.tree, self.folds.parent(at)
        above = self.rows.entries[parent] if parent is not None else None
        answered = None if above is None else _who(above) if isinstance(above, Comment) else _("you")
        if answered is None and isinstance(entry, Comment):
            answered = self.remarks.answered.get(entry.id)
        if isinstance(entry, Reply):
            words, _role = _REPLY_BADGES[entry.state]
            kind = spoken.kind_words(answered, tree.depths[at])
            when = recent_or_hour(entry.sent_at or entry.updated_at, self.now)
            return [Piece(spoken.sentence((_("you"), kind, _(words), when)), "author")]
        if entry.id in self.muted:
            return [Piece(spoken.sentence((tame_line(entry.author), _("muted"))), "author")]
        told = spoken.comment_words(
            entry,
            answered=answered,
            depth=tree.depths[at],
            place=spoken.place_of(tree, at, parent, self.rows.first_ping),
            below=tree.below[at],
            now=self.now,
        )
        if entry.id in self.remarks.quoting:
            told = spoken.sentence((told, _("quotes the post")))
        return [Piece(told, "author")]

    def _comment_head(self, comment: Comment) -> list[Piece]:
        name = _who(comment)
        if comment.id in self.muted:
            return [Piece(name, "author dim"), *_badge(_("muted"), "dim")]
        pieces = [Piece("● ", "new")] if comment.is_new else []
        if comment.is_mine:
            pieces.append(Piece(name, "me"))
        else:
            is_dim = comment.state is CommentState.REMOVED or comment.id in self.remarks.context
            pieces.append(Piece(name, "author dim" if is_dim else "author"))
        if (answered := self.remarks.answered.get(comment.id)) is not None:
            pieces.append(Piece(f" → {answered}", f"dim {ASIDE}"))
        if comment.published is not None:
            pieces.append(
                Piece(
                    f" {recent_or_hour(comment.published, self.now)}".replace(" ", "\u00a0"), f"dim {ASIDE}"
                )
            )
        if comment.id in self.remarks.quoting:
            pieces.extend(_badge(_("quotes the post"), "dim"))
        if comment.is_by_post_author:
            pieces.extend(_badge(_("author"), "badge"))
        if comment.state is CommentState.HELD:
            pieces.extend(_badge(_("awaiting moderation"), "badge-accent"))
        if comment.state is CommentState.REMOVED:
            pieces.extend(_badge(_("removed by the blog"), "dim"))
        return pieces

    def _reply_head(self, reply: Reply) -> list[Piece]:
        words, role = _REPLY_BADGES[reply.state]
        when = recent_or_hour(reply.sent_at or reply.updated_at, self.now)
        return [
            Piece(_("you"), "me"),
            Piece(f" {when}".replace(" ", "\u00a0"), f"dim {ASIDE}"),
            *_badge(_(words), role),
        ]

    def _fold_line(self, at: int, entry: Comment | Reply, width: int) -> Line:
        below, new = self.rows.tree.below[at], self.rows.tree.new_below[at]
        if manner().is_linear:
            return (Piece(spoken.fold_words(below, new)),)
        pieces = [
            Piece("▸ " + ngettext("{count} reply", "{count} replies", below).format(count=below), "dim")
        ]
        if new:
            pieces.append(Piece(ngettext(", {count} new", ", {count} new", new).format(count=new), "new"))
        room = width - width_of(pieces) - 3
        if room >= 12 and not (isinstance(entry, Comment) and entry.id in self.muted):
            document = self.document_of(entry) if isinstance(entry, Comment) else _typed(entry.text)
            first = _set(document, 400, "")
            if first:
                pieces.append(Piece(" · " + shortened(text_of(first[0]).strip(), room), "dim"))
        return tuple(pieces)

    def _rule_lines(self, at: int) -> int:
        if at != self.rows.first_ping:
            return 0
        return 1

    def _ping(self, at: int, ping: Comment) -> list[Line]:
        room = min(manner().measure, self.width - 2)
        if manner().is_linear:
            return self._spoken_ping(at, ping, room)
        lines: list[Line] = []
        if at == self.rows.first_ping:
            words = f"── {_ping_words(e for e in self.rows.entries[at:] if isinstance(e, Comment))} "
            rule = words + "─" * max(2, room - cells(words))
            lines.append((Piece(" ", SILENT), Piece(shortened(rule, room), f"dim {SILENT}")))
        address = ping.author_url or ping.url
        host = host_of(address)
        title = tame_line(ping.author) or host or _("A page")
        mark = Piece("● ", "new") if ping.is_new else Piece("↗ ", "dim")
        tail = f" · {host}" if host and host != title else ""
        words_room = max(8, room - 2 - cells(tail))
        line = [Piece(" ", SILENT), mark, Piece(shortened(title, words_room), "text", address)]
        if tail:
            line.append(Piece(shortened(tail, room - 2 - cells(line[2].text)), "dim"))
        return [*lines, tuple(line)]

    def _spoken_ping(self, at: int, ping: Comment, room: int) -> list[Line]:
        address = ping.author_url or ping.url
        told = (ping.kind.value, tame_line(ping.author), host_of(address), _("new") if ping.is_new else "")
        line = (Piece(" ", SILENT), Piece(shortened(spoken.sentence(told), room), "text", address))
        if at != self.rows.first_ping:
            return [line]
        counted = _ping_words(e for e in self.rows.entries[at:] if isinstance(e, Comment))
        return [(Piece(" ", SILENT), Piece(shortened(counted, room), "dim")), line]


def _who(comment: Comment) -> str:
    return who(tame_line(comment.author), is_mine=comment.is_mine)


def _ping_words(pings: Iterable[Comment]) -> str:
    """``2 pingbacks, 1 trackback``."""
    counts = Counter(ping.kind for ping in pings)
    return ", ".join(_counted(kind, count) for kind, count in counts.items())


def _counted(kind: CommentKind, count: int) -> str:
    match kind:
        case CommentKind.PINGBACK:
            words = ngettext("{count} pingback", "{count} pingbacks", count)
        case CommentKind.TRACKBACK:
            words = ngettext("{count} trackback", "{count} trackbacks", count)
        case CommentKind.WEBMENTION:
            words = ngettext("{count} webmention", "{count} webmentions", count)
        case CommentKind.COMMENT:
            words = ngettext("{count} comment", "{count} comments", count)
    return words.format(count=count)


def _head(pieces: Sequence[Piece], width: int) -> list[Line]:
    """Wrapped with its no-break spaces, which then have done their work: nobody wants to copy them."""
    lines = wrap(pieces, width)
    return [tuple(piece._replace(text=piece.text.replace("\u00a0", " ")) for piece in line) for line in lines]


def _badge(words: str, role: str) -> list[Piece]:
    # words and not colour alone say it; no-break spaces keep a badge in one piece
    text = words.replace(" ", "\u00a0")
    told = f"\u00a0{text}\u00a0" if role != "dim" else f"({text})"
    return [Piece(" "), Piece(told, f"{role} {ASIDE}")]


def _set(document: Document, width: int, role: str) -> list[Line]:
    setter = Typesetter(document, width)
    lines = [line for number in range(len(setter)) for line in setter.block(number)]
    lines.extend(tuple(_under(piece, ASIDE) for piece in line) for line in setter.footnotes()[2:])
    if role:
        lines = [tuple(_over(piece, role) for piece in line) for line in lines]
    return lines


def _under(piece: Piece, word: str) -> Piece:
    return piece._replace(role=f"{piece.role} {word}")


def _over(piece: Piece, role: str) -> Piece:
    """The piece in another look; what it is besides, its last word says."""
    look, _space, last = piece.role.rpartition(" ")
    return piece._replace(role=f"{look} {role} {last}" if last in {SILENT, ASIDE} else f"{piece.role} {role}")


def _typed(text: str) -> Document:
    """What I typed, as it stands: a paragraph for each line that is not empty."""
    parts = tame(text).split("\n\n")
    return Document(
        blocks=tuple(Paragraph(spans=(Span(part.strip("\n")),)) for part in parts if part.strip())
    )
