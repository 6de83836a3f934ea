"""Sets a document in lines of at most so many cells, with a role on every piece and no colours yet."""

import re
from collections.abc import Collection, Iterable, Mapping, Sequence

from tui_reader.content import links
from tui_reader.content.addresses import shown
from tui_reader.content.blocks import (
    Block,
    Code,
    Document,
    Fold,
    Heading,
    Image,
    Paragraph,
    Rule,
    Span,
    Style,
    Table,
    spans_of,
)
from tui_reader.content.raised import lowered, raised
from tui_reader.language import _
from tui_reader.ui.manner import manner
from tui_reader.ui.text import tame
from tui_reader.ui.widgets.code_roles import code_lines
from tui_reader.ui.widgets.pieces import (
    ASIDE,
    BLANK,
    SILENT,
    Line,
    Piece,
    cells,
    graphemes,
    shortened,
    width_of,
)
from tui_reader.ui.widgets.spoken import block_words
from tui_reader.ui.widgets.table_layout import lay_out_table
from tui_reader.ui.widgets.wrapping import wrap

_LEAST = 16
"""Cells that lists and quotations leave to the text, however deep they are."""

_MOST_FOLDS = 8
"""Folds in folds that are shown as such."""

_STYLE_ROLES = {
    Style.STRONG: "strong",
    Style.EMPHASIS: "emphasis",
    Style.CODE: "inline-code",
    Style.STRUCK: "struck",
}
_BULLETS = "•◦▪"
"""A list, one in it, one in that."""

_INSET = re.compile("(?<=\n) +")

_UNDERLINES = {1: "━", 2: "─"}
"""What stands under the headings of the first ranks: bold letters and colours alone tell nothing to some."""


def lay_out(document: Document, width: int, *, measure: int | None = None) -> list[Line]:
    """The whole document, with the addresses of its links at the end."""
    setter = Typesetter(document, min(width, measure or manner().measure))
    lines: list[Line] = []
    for number in range(len(setter)):
        lines.extend(setter.block(number))
    lines.extend(setter.footnotes())
    return lines


class Typesetter:
    """Sets the blocks of one document one at a time, so that a long one need not be set whole.

    Args:
        document: What is set.
        width: Cells of a line.
    """

    def __init__(self, document: Document, width: int) -> None:
        self.document = document
        self.width = max(8, width)
        self._numbers = {url: number for number, url in enumerate(document.links, 1)}
        self._columns = _list_columns(document.blocks)
        self._fold_depths = _fold_depths(document.blocks)
        self._shift = _shift(document.blocks)
        self.pictures: Mapping[str, Sequence[Line]] = {}
        """The lines of pictures that are shown, by their addresses."""
        self.closed: Collection[int] = ()
        """The folds that are closed, by number; what is under them is the view's to leave out."""

    def __len__(self) -> int:
        return len(self.document.blocks)

    def estimate(self, number: int) -> int:
        """About how many lines a block takes; cheap."""
        block = self.document.blocks[number]
        match block:
            case Paragraph(spans=spans):
                return sum(len(span.text) for span in spans) // self.width + 2
            case Heading():
                return 2 + len(self._air(number)) if self.rank(block) <= 2 else 2
            case Code(text=text):
                return text.count("\n") + 4
            case Table(rows=rows):
                return len(rows) + 2
            case Image():
                return 5
        return 2

    def block(self, number: int) -> list[Line]:
        """The lines of one block, the empty one before it included."""
        block = self.document.blocks[number]
        bars, column, hang = self._prefix(block, number)
        fold = "┊ " * self._folds(number)
        if manner().is_linear:
            bars, fold = 0, ""
        room = max(_LEAST // 2, self.width - bars - hang - len(fold))
        if isinstance(block, Paragraph) and self._goes_on(block, number):
            lines = self._run_on(block, room)
        else:
            lines = self._body(block, room, is_closed=number in self.closed)
        marker = ""
        if block.marker:
            bullet = (
                _BULLETS[(block.indent - 1) % 3] if block.marker == "•" and block.indent else block.marker
            )
            marker = " " * (hang - column - 1 - cells(bullet)) + bullet + " "
        if manner().is_linear and (told := self._told_before(block, number)):
            lines = [(Piece(told, "dim"),), *lines]
        prefixed: list[Line] = []
        for at, line in enumerate(lines):
            start: list[Piece] = []
            if fold:
                start.append(Piece(fold, f"dim {SILENT}"))
            if bars:
                start.append(Piece("▎ " * (bars // 2), f"bar {SILENT}"))
            if at == 0 and marker:
                if column:
                    start.append(Piece(" " * column, f"text {SILENT}"))
                start.append(Piece(marker, "marker"))
            elif hang:
                start.append(Piece(" " * hang, f"text {SILENT}"))
            prefixed.append((*start, *line))
        if number == 0 or block.is_tight or not prefixed:
            return prefixed
        if self._goes_on(block, number):
            return prefixed
        return [*self._air(number), *prefixed]

    def _told_before(self, block: Block, number: int) -> str:
        """What bars and grounds show to those who see, in words."""
        rank = self.rank(block) if isinstance(block, Heading) else 0
        before = self.document.blocks[number - 1] if number else None
        return block_words(block, before, rank=rank, is_closed=number in self.closed)

    def _goes_on(self, block: Block, number: int) -> bool:
        """Whether this is a paragraph of running text that no empty line parts from the one before."""
        before = self.document.blocks[number - 1] if number else None
        return (
            not manner().gap
            and isinstance(block, Paragraph)
            and isinstance(before, Paragraph)
            and not block.marker
            and (block.quote, block.indent) == (before.quote, before.indent)
        )

    def _run_on(self, block: Paragraph, room: int) -> list[Line]:
        # as in a book: the first line is set in, which tells where a paragraph begins
        role = "quote" if block.quote else "text"
        lines = wrap([Piece("\u00a0\u00a0", f"text {SILENT}"), *self.pieces(block.spans, role)], room)
        first = lines[0][0]._replace(text="  ") if lines else Piece("  ")
        return [(first, *lines[0][1:]), *lines[1:]] if lines else []

    def footnotes(self) -> list[Line]:
        """Where the numbered links lead: host and path, one a line, cut to the width."""
        shown = {
            span.href
            for block in self.document.blocks
            for span in spans_of(block)
            if span.href and not _says_its_address(span)
        }
        lines: list[Line] = []
        for url, number in self._numbers.items():
            if url in shown:
                mark = raised(str(number))
                place = shortened(short_address(url), self.width - cells(mark) - 1)
                lines.append((Piece(f"{mark} ", "dim"), Piece(place, "dim", url)))
        rule = _("Links:") if manner().is_linear else "────"
        return [BLANK, (Piece(rule, "dim"),), *lines] if lines else []

    def rank(self, heading: Heading) -> int:
        """The level of a heading among those of the document: blogs begin with the second or the third."""
        return max(1, heading.level - self._shift)

    def _air(self, number: int) -> list[Line]:
        """The empty lines before a block: a part begins with more of them than a paragraph."""
        block, before = self.document.blocks[number], self.document.blocks[number - 1]
        folds = min(self._folds(number), self._folds(number - 1)) if number else 0
        # between two paragraphs of one quotation the bar goes on
        if manner().is_linear:
            return [BLANK] * max(1, manner().gap)
        shared = min(block.quote, before.quote, self.width // 4)
        gap: list[Piece] = [Piece("┊ " * folds, f"dim {SILENT}")] if folds else []
        gap += [Piece("▎ " * shared, f"bar {SILENT}")] if shared else []
        is_part = isinstance(block, Heading) and self.rank(block) <= 2 and not isinstance(before, Heading)
        return [tuple(gap) if gap else BLANK] * (max(1, manner().gap) + is_part)

    def _folds(self, number: int) -> int:
        """How many rails stand beside a block for the folds that it is in."""
        return min(self._fold_depths.get(number, 0), self.width // 12)

    def _prefix(self, block: Block, number: int) -> tuple[int, int, int]:
        bars = 2 * min(block.quote, max(0, (self.width - _LEAST) // 4))
        column, hang = self._columns[number]
        most = max(0, self.width - bars - 2 * self._folds(number) - _LEAST)
        if hang > most:
            marker = cells(block.marker) + 1 if block.marker else 0
            hang = max(marker, most)
            column = hang - marker
        return bars, column, hang

    def _body(self, block: Block, room: int, *, is_closed: bool = False) -> list[Line]:
        role = "quote" if block.quote else "text"
        match block:
            case Paragraph(spans=spans):
                return wrap(self.pieces(spans, role), room) or ([BLANK] if block.marker else [])
            case Heading():
                return self._heading(block, room)
            case Fold(spans=spans):
                if manner().is_linear:
                    return wrap(self.pieces(spans, f"{role} strong"), room)
                sign = Piece("▸ " if is_closed else "▾ ", f"marker {SILENT}")
                words = self.pieces(spans, f"{role} strong")
                if is_closed:
                    words.append(Piece(" · " + _("enter opens"), f"dim {SILENT}"))
                lines = wrap(words, room - 2)
                return [
                    ((Piece("  ", f"text {SILENT}") if at else sign), *line) for at, line in enumerate(lines)
                ]
            case Code():
                return _code(block, room)
            case Table():
                rows = [[self.pieces(cell, role) for cell in row] for row in block.rows]
                fits = not manner().is_linear
                return lay_out_table(rows, block.alignments, room, has_head=block.has_head, is_grid=fits)
            case Image():
                return self._image(block, room, role)
            case Rule():
                return [(Piece("* * *" if manner().is_linear else "─" * room, "dim"),)]
        raise TypeError(f"no way to set a {type(block).__name__}")

    def _heading(self, heading: Heading, room: int) -> list[Line]:
        rank = self.rank(heading)
        role = "heading" if rank <= 3 else "subheading" if rank == 4 else "subheading emphasis"
        lines = wrap(self.pieces(heading.spans, role), room)
        if (line := _UNDERLINES.get(rank)) and not manner().is_linear:
            lines.append((Piece(line * max(map(width_of, lines), default=0), f"heading {SILENT}"),))
        return lines

    def pieces(self, spans: Sequence[Span], role: str) -> list[Piece]:
        """Spans as pieces, a raised number after each link whose words do not say where it leads."""
        pieces: list[Piece] = []
        for at, span in enumerate(spans):
            text = tame(span.text)
            if "\n " in text:
                # the inset of a line of verse; where lines are wrapped white space goes
                text = _INSET.sub(_kept, text)
            if Style.SUPERSCRIPT in span.styles:
                # the number of a note is told from that of a link, which is ours
                is_note = span.href is not None and span.href in self.document.places
                text = raised(f"({text.strip('[]()')})" if is_note else text)
            elif Style.SUBSCRIPT in span.styles:
                text = lowered(text)
            words = [role, *(word for style, word in _STYLE_ROLES.items() if style in span.styles)]
            if span.href:
                words.append("link")
            pieces.append(Piece(text, " ".join(words), span.href))
            is_last = at + 1 == len(spans) or spans[at + 1].href != span.href
            if span.href and is_last and span.href in self._numbers and not _says_its_address(span):
                pieces.append(Piece(raised(str(self._numbers[span.href])), f"{role} {ASIDE}", span.href))
        return pieces

    def _image(self, block: Image, room: int, role: str) -> list[Line]:
        href = block.href or block.src or None
        name = tame(links.file_name(block.src)).replace("\n", " ")
        if block.src in self.pictures and not manner().is_linear:
            alt = wrap([Piece(tame(block.alt).strip(), "dim", href)], room) if block.alt.strip() else []
            below = wrap(self.pieces(block.caption, "dim"), room) if block.caption else []
            return [*self.pictures[block.src], *alt, *below]
        if manner().is_linear:
            told = _("Image: {words}").format(words=tame(block.alt).strip() or name)
            caption = self.pieces(block.caption, "text") if block.caption else []
            return [*wrap([Piece(told, role, href)], room), *(wrap(caption, room) if caption else [])]
        inner = max(4, room - 4)
        words = tame(block.alt).strip()
        body = wrap([Piece(words or name, role, href)], inner - 2)
        if words and name:
            body.append((Piece(shortened(name, inner - 2), "dim", href),))
        if block.caption:
            body.extend(wrap(self.pieces(block.caption, "dim"), inner - 2))
        lines: list[Line] = [(Piece("╭" + "─" * (inner + 2) + "╮", f"dim {SILENT}"),)]
        for at, line in enumerate(body):
            lead = "▣ " if at == 0 else "  "
            rest = " " * max(0, inner - 2 - width_of(line))
            lines.append(
                (Piece(f"│ {lead}", f"dim {SILENT}"), *line, Piece(f"{rest} │", f"dim {SILENT}")),
            )
        lines.append((Piece("╰" + "─" * (inner + 2) + "╯", f"dim {SILENT}"),))
        return lines


def _code(block: Code, room: int) -> list[Line]:
    inner = max(4, room - 3)
    lines: list[Line] = []
    all_lines = list(code_lines(tame(block.text), block.language))
    digits = len(str(len(all_lines))) if manner().has_line_numbers else 0
    inner = max(4, inner - digits - 1) if digits else inner
    for number, line in enumerate(all_lines, start=1):
        for at, part in enumerate(_chopped(line, inner)):
            rest = inner - width_of(part) + 1
            # a line beside it, since the ground is a colour and no more
            start = [Piece("  " if manner().is_linear else "│ ", f"code code-dim {SILENT}")]
            if digits:
                # never copied along: a program with numbers in front does not run
                told = str(number) if at == 0 else ""
                start.append(Piece(f"{told:>{digits}} ", f"code code-dim {SILENT}"))
            lines.append((*start, *part, Piece(" " * rest, f"code {SILENT}")))
    return lines


def _chopped(line: Line, width: int) -> Iterable[Line]:
    """A line of code is kept as it is; what does not fit goes on below, marked."""
    if width_of(line) <= width:
        yield line
        return
    text = "".join(piece.text for piece in line)
    start = used = space = 0
    room = width
    for first, stop, wide in graphemes(text):
        if used + wide > room:
            # after a space rather than in a word, if one is near
            end = space if space > start and first - space < width // 3 else first
            yield tuple(_cut(line, start, end, goes_on=start > 0))
            used = cells(text[end:first])
            start, room = end, width - 2
        used += wide
        if text[first] == " ":
            space = stop
    yield tuple(_cut(line, start, len(text), goes_on=start > 0))


def _cut(line: Line, start: int, end: int, *, goes_on: bool) -> Iterable[Piece]:
    if goes_on:
        yield Piece("↪ ", f"code code-dim {SILENT}")
    at = 0
    for piece in line:
        part = piece.text[max(0, start - at) : max(0, end - at)]
        at += len(piece.text)
        if part:
            yield piece._replace(text=part)


def _fold_depths(blocks: Sequence[Block]) -> dict[int, int]:
    """In how many folds each block is, for those that are in any."""
    depths: dict[int, int] = {}
    for number, block in enumerate(blocks):
        if isinstance(block, Fold) and depths.get(number, 0) < _MOST_FOLDS:
            for under in range(number + 1, min(number + 1 + block.size, len(blocks))):
                depths[under] = depths.get(under, 0) + 1
    return depths


def _shift(blocks: Sequence[Block]) -> int:
    """How many levels lie above the first that the document uses; a part is of the second rank."""
    return max(0, min((block.level for block in blocks if isinstance(block, Heading)), default=2) - 2)


def _list_columns(blocks: Sequence[Block]) -> list[tuple[int, int]]:
    """For each block the column of its marker and of its text, aligned within each list."""
    widths: list[int] = []
    open_lists: list[int] = []
    chains: list[tuple[int, ...]] = []
    for block in blocks:
        depth = min(block.indent, 40)
        del open_lists[depth:]
        while len(open_lists) < depth:
            open_lists.append(len(widths))
            widths.append(1)
        if depth and block.marker:
            widths[open_lists[-1]] = max(widths[open_lists[-1]], cells(block.marker))
        chains.append(tuple(open_lists))
    columns: list[tuple[int, int]] = []
    for chain in chains:
        column = text = 0
        for at, number in enumerate(chain):
            column = text if at else 2
            text = column + widths[number] + 1
        columns.append((column, text))
    return columns


def _kept(spaces: re.Match[str]) -> str:
    return "\u00a0" * len(spaces[0])


def _says_its_address(span: Span) -> bool:
    """Whether the words of a link are its address, so that a footnote would repeat it."""
    if not span.href:
        return False
    words = (
        span.text.strip().rstrip("/").removeprefix("https://").removeprefix("http://").removeprefix("www.")
    )
    place = short_address(span.href).removeprefix("www.")
    return bool(words) and (place == words or (words.endswith("…") and place.startswith(words[:-1])))


def short_address(url: str) -> str:
    """An address as people say it: host and path."""
    url = tame(shown(url))
    if url.startswith("mailto:"):
        return url[len("mailto:") :]
    return url.partition("://")[2].rstrip("/") or url


def host_of(url: str | None) -> str:
    """The host of an address, without ``www.``; empty when there is none."""
    return tame(links.host_of(url or ""))
