"""Reading along: which sentences of the post are quoted below it, and the way between the two."""

import asyncio
from collections.abc import Sequence
from typing import TYPE_CHECKING

from tui_reader.language import _
from tui_reader.ui.columns import Column
from tui_reader.ui.rest import HANDS

if TYPE_CHECKING:
    from tui_reader.content.blocks import Document
    from tui_reader.content.citing import Sentence, Sentences
    from tui_reader.domain.comment import Comment
    from tui_reader.ui.screens.reading import ReadingScreen

_REST = 0.3
"""Seconds after a post was shown: what the reader does first goes first."""
_AT_ONCE = 20
"""Comments that are read in one go, off the event loop."""


class Along:
    """Finds quotations in the background; what was read once of a comment is not read again."""

    def __init__(self, screen: "ReadingScreen") -> None:
        self._screen = screen
        self._document: Document | None = None
        self._sentences: Sentences | None = None
        self._known: dict[tuple[str, str], tuple[int, ...]] = {}
        self._quoted_by: dict[int, tuple[str, ...]] = {}
        """For each quoted sentence the comments that quote it, in reading order."""
        self._quotes: dict[str, tuple[int, ...]] = {}
        self._sentence: int | None = None
        """Where the last step led."""
        self._comment: str | None = None
        """From where, or where to, it led."""

    async def look(self) -> None:
        """Works out anew what is quoted, and marks it in both columns."""
        desk = self._screen.desk
        await asyncio.sleep(_REST)
        document, conversation = desk.document, desk.conversation
        if document is None or conversation is None or not desk.is_open:
            return
        from tui_reader.content.citing import Sentences, may_quote

        if document is not self._document:
            self._sentences = await asyncio.to_thread(Sentences, document)
            self._document = document
            self._known.clear()
            self._sentence = self._comment = None
        sentences = self._sentences
        if sentences is None:
            return
        # what was not looked at yet comes piece by piece, while the hands rest
        is_more = True
        while is_more:
            if HANDS.are_at_rest:
                is_more = await self._screen.services.conversations.read_on(conversation)
                await asyncio.sleep(0)
            else:
                await asyncio.sleep(_REST)
        comments = list(conversation.thread.rows.comments)
        new = [comment for comment in comments if (comment.id, comment.html) not in self._known]
        may = await asyncio.to_thread(lambda: [may_quote(comment.html) for comment in new])
        self._known |= {
            (one.id, one.html): () for one, is_worth_it in zip(new, may, strict=True) if not is_worth_it
        }
        unread = [comment for comment, is_worth_it in zip(new, may, strict=True) if is_worth_it]
        for at in range(0, len(unread), _AT_ONCE):
            await self._read(unread[at : at + _AT_ONCE], sentences)
        if desk.document is document and desk.conversation is conversation:
            self._mark([comment for comment in comments if comment.id not in conversation.muted], sentences)

    # what was read once is known, so that a reload reads what is new only
    async def _read(self, comments: "Sequence[Comment]", sentences: "Sentences") -> None:
        documents = await self._screen.desk.documents_of(comments)
        found = await asyncio.to_thread(lambda: [sentences.quoted_in(one) for one in documents])
        for comment, numbers in zip(comments, found, strict=True):
            self._known[comment.id, comment.html] = numbers

    def _mark(self, comments: "Sequence[Comment]", sentences: "Sentences") -> None:
        self._quotes, by = {}, dict[int, list[str]]()
        for comment in comments:
            numbers = self._known[comment.id, comment.html]
            if numbers:
                self._quotes[comment.id] = numbers
            for number in numbers:
                by.setdefault(number, []).append(comment.id)
        self._quoted_by = {number: tuple(ids) for number, ids in sorted(by.items())}
        self._screen.thread.show_quoting(frozenset(self._quotes))
        self._show_marks(sentences)

    def _show_marks(self, sentences: "Sentences") -> None:
        self._screen.article.show_cited(
            {sentences.all[number]: len(ids) for number, ids in self._quoted_by.items()},
            current=None if self._sentence is None else sentences.all[self._sentence],
        )

    def jump(self) -> None:
        """From a comment to the sentence that it quotes, from a sentence to who quotes it, in turn."""
        sentences = self._sentences
        if sentences is None or not self._quoted_by or self._screen.desk.document is not self._document:
            self._screen.tell(_("No comment quotes a sentence of this post."))
        elif self._screen.column is Column.CONVERSATION:
            self._to_sentence(sentences)
        else:
            self._to_comment(sentences)

    def show_comments_of(self, sentence: "Sentence") -> None:
        """The same from a sentence whose mark was clicked."""
        sentences = self._sentences
        if sentences is not None and sentence in sentences.all:
            self._sentence = sentences.all.index(sentence)
            self._to_next_quoting(self._sentence)

    def _to_sentence(self, sentences: "Sentences") -> None:
        key = self._screen.thread.cursor_key
        numbers = self._quotes.get(key or "", ())
        if not numbers:
            self._screen.tell(_("This comment quotes no sentence of the post."))
            return
        # once more from a comment that quotes several: to the next one
        last = self._sentence if key == self._comment else None
        number = numbers[(numbers.index(last) + 1) % len(numbers)] if last in numbers else numbers[0]
        self._screen.jumping.leave()
        self._sentence, self._comment = number, key
        self._screen.enter(Column.POST)
        self._show_marks(sentences)
        self._screen.article.show_sentence(sentences.all[number])

    def _to_comment(self, sentences: "Sentences") -> None:
        article = self._screen.article
        number = self._sentence
        if number is None or number not in self._quoted_by or not article.has_in_sight(sentences.all[number]):
            seen = (n for n in self._quoted_by if article.has_in_sight(sentences.all[n]))
            number = next(seen, None)
        if number is not None:
            self._sentence = number
            self._show_marks(sentences)
            self._to_next_quoting(number)
            return
        # none in sight: first to the next one below, or to the very first
        below = (n for n in self._quoted_by if sentences.all[n].block + 1 >= article.place[0])
        self._sentence = next(below, next(iter(self._quoted_by)))
        self._comment = None
        self._screen.jumping.leave()
        self._show_marks(sentences)
        article.show_sentence(sentences.all[self._sentence])

    def _to_next_quoting(self, number: int) -> None:
        ids = self._quoted_by[number]
        at = ids.index(self._comment) if self._comment in ids else -1
        self._comment = ids[(at + 1) % len(ids)]
        self._screen.jumping.leave()
        self._screen.go(Column.CONVERSATION)
        self._screen.desk.focus_key(self._comment)
        if len(ids) > 1:
            told = _("{place} of {count} that quote this sentence")
            self._screen.tell(told.format(place=ids.index(self._comment) + 1, count=len(ids)))
