"""The post itself, set in a measure that is good to read."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import accumulate
from typing import TYPE_CHECKING

from textual import events
from textual.message import Message
from textual.reactive import var

from tui_reader.language import _
from tui_reader.ui.manner import manner
from tui_reader.ui.text import tame, tame_line
from tui_reader.ui.widgets.block_pane import Source
from tui_reader.ui.widgets.block_view import BlockView
from tui_reader.ui.widgets.dates import day
from tui_reader.ui.widgets.hits import occurrences
from tui_reader.ui.widgets.pieces import Line, Piece

# loaded when a post is first shown: what sets one would cost a start that shows lists milliseconds
if TYPE_CHECKING:
    from tui_reader.content.blocks import Document, Image
    from tui_reader.content.citing import Sentence
    from tui_reader.domain.post_line import AnyPost
    from tui_reader.ui.widgets.article_source import Article


class ArticleView(BlockView):
    """Shows one post, or says why there is none."""

    pictures: var[Mapping[str, Sequence[Line]]] = var({}, init=False)
    """The lines of pictures that are shown, by their addresses."""

    @dataclass(eq=False, repr=False)
    class CitedClicked(Message):
        """The mark of a sentence was clicked that comments quote."""

        sentence: "Sentence"

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._head: tuple[Piece, ...] = ()
        self._byline: tuple[Piece, ...] = ()
        self._note = ""
        self._document: Document | None = None
        self._post_id: int | None = None
        self._cited: dict[Sentence, int] = {}
        self._cited_now: Sentence | None = None
        self._open_folds: set[int] = set()
        self._hidden: set[int] = set()
        self._minutes_from: Sequence[float] = (0.0,)
        """From the beginning of each block of the body to the end of the last."""

    def show(
        self,
        post: "AnyPost",
        document: "Document | None",
        *,
        minutes: int,
        now: datetime,
        note: str = "",
        pace: Sequence[float] = (),
    ) -> None:
        """Draw a post from its beginning; the same post again keeps its place.

        Args:
            post: Whose title and author stand at the top.
            document: Its body; None while it is being fetched.
            minutes: How long it takes to read; 0 leaves it out.
            now: For dates of this year, which go without it.
            note: A line of ours over the body: "the feed gives only the beginning".
            pace: Minutes that each block takes.
        """
        is_same = post.id == self._post_id
        if not is_same:
            self.marked = None
        if not is_same or document is not self._document:
            self._cited, self._cited_now = {}, None
        self._post_id = post.id
        self._head = (Piece(tame_line(post.title) or _("Without a title"), "title", post.url or None),)
        parts = (
            tame_line(post.author or ""),
            day(post.published, now, with_year=True) if post.published else "",
            _("{minutes} min").format(minutes=minutes) if minutes else "",
            tame_line(post.blog_title),
        )
        self._byline = (Piece(" · ".join(part for part in parts if part), "dim"),)
        self._note = note
        if document is not self._document or not is_same:
            from tui_reader.ui.widgets.article_source import left_open

            self._open_folds = left_open(document)
        self._document = document
        self._minutes_from = tuple(accumulate(reversed(pace), initial=0.0))[::-1]
        self.rebuild(*(self.place if is_same else (0, 0)))

    def show_empty(self, title: str, hint: str) -> None:
        """Say why nothing is here, and which key helps."""
        self._post_id = None
        self._head = (Piece(tame(title), "title"),)
        self._byline = (Piece(tame(hint), "dim"),)
        self._note = ""
        self._document = None
        self.rebuild()

    # Pictures

    def watch_pictures(self) -> None:
        self.keep_place()

    @property
    def text_width(self) -> int:
        """Cells of a line of text."""
        article = self._article
        return article.room if article is not None else self.pane_width

    def images_in_sight(self) -> "list[Image]":
        """The pictures of which anything is in sight, from the top."""
        from tui_reader.content.blocks import Image

        if self._document is None or not len(self.heights):
            return []
        first, _ = self.heights.at(self.top_line)
        last, _ = self.heights.at(min(self.heights.total, self.top_line + self.pane_height) - 1)
        blocks = self._document.blocks[max(0, first - 1) : max(0, last)]
        hidden = self._hidden
        return [
            block
            for at, block in enumerate(blocks, max(0, first - 1))
            if isinstance(block, Image) and at not in hidden
        ]

    def find_text(self) -> object:
        return self._document

    # Folds

    def toggle_fold(self, number: int) -> None:
        """Open or close what a line opens on demand; the line stays where it is, unless that is at the end.

        Args:
            number: Its block in the document.
        """
        row = self.heights.before(number + 1) - self.top_line
        self._open_folds ^= {number}
        if number in self._open_folds and row > self.pane_height * 2 // 3:
            row = self.pane_height // 3
        self.rebuild(number + 1, 0, row)

    def open_fold_in_sight(self) -> bool:
        """Open the first closed fold that is in sight; False when there is none."""
        if self._document is None:
            return False
        from tui_reader.content.blocks import Fold

        number, _ = self.heights.at(self.top_line)
        bottom = self.top_line + self.pane_height
        for block in range(max(0, number - 1), len(self._document.blocks)):
            first = self.heights.before(block + 1)
            if first >= bottom:
                break
            is_closed = isinstance(self._document.blocks[block], Fold) and block not in self._open_folds
            # the line itself, not the empty one before it
            if (
                is_closed
                and block not in self._hidden
                and first + self.heights[block + 1] - 1 >= self.top_line
            ):
                self.toggle_fold(block)
                return True
        return False

    def clicked(self, number: int, offset: int) -> None:
        if self._document is None or not 0 < number <= len(self._document.blocks):
            return
        from tui_reader.content.blocks import Fold

        if isinstance(self._document.blocks[number - 1], Fold):
            self.toggle_fold(number - 1)

    def put(self, number: int, offset: int, row: int = 0, *, may_overhang: bool = False) -> None:
        if number - 1 in self._hidden and self._document is not None:
            from tui_reader.content.blocks import Fold

            # someone leads there: what hides it opens
            for at, block in enumerate(self._document.blocks[:number]):
                if isinstance(block, Fold) and at + block.size >= number - 1 > at:
                    self._open_folds.add(at)
            self.rebuild(number, offset, row, may_overhang=may_overhang)
            return
        super().put(number, offset, row, may_overhang=may_overhang)

    def find_in(self, unit: int, pattern: re.Pattern[str]) -> int:
        if unit - 1 in self._hidden and (article := self._article) is not None:
            return sum(1 for _ in occurrences(article.all_lines(unit), pattern))
        return super().find_in(unit, pattern)

    def show_hit(self, unit: int, nth: int) -> None:
        if unit - 1 in self._hidden:
            self.put(unit, 0, self.pane_height // 3)
        super().show_hit(unit, nth)

    def follow(self, url: str) -> bool:
        """Go to a place of this text, if that is where an address leads: a note, or back from it."""
        if self._document is None or (block := self._document.places.get(url)) is None:
            return False
        self.tell_left()
        self.put(block + 1, 0, self.pane_height // 3)
        return True

    @property
    def position(self) -> tuple[int, int]:
        """The block at the top (0 is the title) and the line of it; for coming back to it."""
        return self.place

    @position.setter
    def position(self, position: tuple[int, int]) -> None:
        number, offset = max(0, position[0]), max(0, position[1])
        if number < len(self.heights):
            self.put(number, offset)
        else:
            # the body is still to come
            self._wanted = (number, offset, 0)

    @property
    def minutes_left(self) -> float:
        """How long what lies below the lower edge takes to read."""
        bottom = self.top_line + self.pane_height
        if bottom >= self.heights.total:
            return 0.0
        number, offset = self.heights.at(bottom)
        block = min(max(0, number - 1), len(self._minutes_from) - 1)
        ahead = self._minutes_from[block]
        if not 0 < number < len(self._minutes_from):
            return ahead
        within = ahead - self._minutes_from[block + 1]
        return ahead - within * offset / max(1, self.heights[number])

    def show_cited(self, cited: "Mapping[Sentence, int]", *, current: "Sentence | None") -> None:
        """Mark the sentences that comments quote, each with how many do; one of them stands out."""
        if cited == self._cited and current == self._cited_now:
            return
        self._cited, self._cited_now = dict(cited), current
        if (article := self._article) is not None:
            article.cited, article.cited_now = self._cited, current
        if manner().is_linear:
            # told in lines of their own
            self.keep_place()
        else:
            self.set_anew()

    def has_in_sight(self, sentence: "Sentence") -> bool:
        """Whether the line on which a sentence begins is; not when a fold hides it."""
        return (
            sentence.block not in self._hidden
            and self.top_line <= self._line_of(sentence) < self.top_line + self.pane_height
        )

    def show_sentence(self, sentence: "Sentence") -> None:
        """Scroll to where a sentence begins, unless that is in sight."""
        block = sentence.block + 1
        if block >= len(self.heights):
            # it is set when its column is shown for the first time
            self._wanted = (block, 0, self.pane_height // 3)
        elif not self.has_in_sight(sentence):
            self.put(block, self._line_of(sentence) - self.heights.before(block), self.pane_height // 3)

    def _line_of(self, sentence: "Sentence") -> int:
        """Its first line, counted from the top; -1 while the text is not there."""
        block = sentence.block + 1
        if self._article is None or block >= len(self.heights):
            return -1
        from tui_reader.ui.widgets.margin_marks import line_of

        self.measure(block)
        return self.heights.before(block) + line_of(sentence, self.lines_of(block))

    def on_click(self, event: events.Click) -> None:
        """The mark of a quoted sentence leads to who quotes it."""
        offset = event.get_content_offset(self)
        if offset is None or (article := self._article) is None:
            return
        y = offset.y + self.top_line
        if offset.x < article.margin and 0 <= y < self.heights.total:
            found = (sentence for sentence in self._cited if self._line_of(sentence) == y)
            sentence = next(found, None)
            if sentence is not None:
                event.prevent_default()
                event.stop()
                self.post_message(self.CitedClicked(sentence))

    def block_read(self) -> int:
        """The block that is read: the first that begins in the upper third, else the one at the top."""
        number, _ = self.place
        while (
            number + 1 < len(self.heights)
            and self.heights.before(number + 1) <= self.top_line + self.pane_height // 3
        ):
            number += 1
        return number

    @property
    def _article(self) -> "Article | None":
        """What is set of it."""
        if self._source is None:
            return None
        from tui_reader.ui.widgets.article_source import Article

        return self._source if isinstance(self._source, Article) else None

    def make_source(self, width: int) -> Source | None:
        if not self._head:
            return None
        from tui_reader.content.blocks import hidden_under
        from tui_reader.ui.widgets.article_source import Article

        blocks = self._document.blocks if self._document is not None else ()
        self._hidden = hidden_under(blocks, self._open_folds)
        article = Article(self._head, self._byline, tame(self._note), self._document, width)
        article.fold(self._open_folds, self._hidden)
        article.show_pictures(self.pictures)
        article.cited, article.cited_now = self._cited, self._cited_now
        return article


if __name__ == "__main__":
    from tui_reader.ui.widgets.samples import NOW, alone, sample_document, sample_post

    view = ArticleView()
    alone(view, lambda: view.show(sample_post(), sample_document(), minutes=4, now=NOW))
