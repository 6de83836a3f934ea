"""A post set for one width: its head, the blocks of its body, the addresses of its links."""

from collections.abc import Mapping, Sequence, Set
from typing import TYPE_CHECKING

from tui_reader.content.blocks import Document, Fold
from tui_reader.ui.manner import manner
from tui_reader.ui.widgets.layout import Typesetter
from tui_reader.ui.widgets.margin_marks import with_marks
from tui_reader.ui.widgets.pieces import BLANK, SILENT, Line, Piece
from tui_reader.ui.widgets.wrapping import wrap

if TYPE_CHECKING:
    from tui_reader.content.citing import Sentence


def _folds(document: Document | None) -> set[int]:
    return {at for at, block in enumerate(document.blocks) if isinstance(block, Fold)} if document else set()


def left_open(document: Document | None) -> set[int]:
    """The folds that the writer left open."""
    return (
        {at for at, block in enumerate(document.blocks) if isinstance(block, Fold) and block.is_open}
        if document
        else set()
    )


class Article:
    """Title and byline, the body's blocks, the addresses of its links."""

    def __init__(
        self, head: Sequence[Piece], byline: Sequence[Piece], note: str, document: Document | None, width: int
    ) -> None:
        self._head, self._byline, self._note = head, byline, note
        margin = 3 if width >= 48 else 1
        room = min(manner().measure, width - margin - 1)
        if width > room + 2 * margin + 24:
            # in a very wide pane the text stands in the middle, not at the edge
            margin = (width - room) // 2
        self.margin = margin
        self.cited: Mapping[Sentence, int] = {}
        self.cited_now: Sentence | None = None
        self._margin = (Piece(" " * margin, f"text {SILENT}"),)
        self.room = self._room = room
        """Cells of a line of text."""
        self._setter = Typesetter(document or Document(), room)
        self._blocks = len(self._setter)
        self._hidden: Set[int] = frozenset()

    def show_pictures(self, pictures: Mapping[str, Sequence[Line]]) -> None:
        """Set these in the place of their frames."""
        self._setter.pictures = pictures

    def fold(self, open_folds: Set[int], hidden: Set[int]) -> None:
        """Tell which folds are open, and which blocks are out of sight."""
        self._setter.closed = frozenset(_folds(self._setter.document) - open_folds)
        self._hidden = hidden

    def __len__(self) -> int:
        return self._blocks + 2

    def heights(self) -> tuple[list[int], bytearray]:
        body = (
            0 if number in self._hidden else self._setter.estimate(number) for number in range(self._blocks)
        )
        return [4, *body, len(self._setter.document.links) + 2], bytearray(len(self))

    def lines(self, number: int) -> Sequence[Line]:
        return () if number - 1 in self._hidden else self.all_lines(number)

    def all_lines(self, number: int) -> Sequence[Line]:
        """The lines of a block, whether it is in sight or not."""
        if number == 0:
            lines = [BLANK, *wrap(self._head, self._room), *wrap(self._byline, self._room), BLANK]
            if self._note:
                lines += [*wrap([Piece(self._note, "dim")], self._room), BLANK]
        elif number <= self._blocks:
            lines = self._setter.block(number - 1)
        else:
            lines = [*self._setter.footnotes(), BLANK]
        set_in = [(*self._margin, *line) if line else BLANK for line in lines]
        cited = [sentence for sentence in self.cited if sentence.block + 1 == number] if self.cited else ()
        return with_marks(set_in, self.margin, cited, self.cited, self.cited_now) if cited else set_in
