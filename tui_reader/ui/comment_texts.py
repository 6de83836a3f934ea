"""The texts of the comments of one conversation, each converted once while it is looked at."""

import asyncio
from collections.abc import Sequence
from typing import TYPE_CHECKING

from textual.cache import LRUCache

if TYPE_CHECKING:
    from tui_reader.content.blocks import Document
    from tui_reader.domain.comment import Comment
    from tui_reader.domain.thread import Thread

LARGE = 20_000
"""Characters of a comment's HTML from which it is converted off the event loop."""

TEXTS_KEPT = 512
"""Converted comments: many screens of them, and not all of ten thousand."""


class CommentTexts:
    """HTML to blocks, of those comments that come in sight."""

    def __init__(self) -> None:
        self._texts: LRUCache[tuple[str, str], Document] = LRUCache(TEXTS_KEPT)
        self._base_url = ""

    def __len__(self) -> int:
        return len(self._texts)

    def begin(self, base_url: str) -> None:
        """Another conversation is looked at, under the post at this address."""
        self._texts.clear()
        self._base_url = base_url

    async def read_large(self, thread: "Thread") -> None:
        """Converts the bodies that would hold up the screen; the others are when they come in sight."""
        rows = thread.rows
        large = [rows.comments[at] for at, size in enumerate(rows.sizes) if size > LARGE]
        # one that is this long is no longer kept than others: what is asked for again is converted again
        await self.of_all(large[: self._texts.maxsize // 2])

    async def of_all(self, comments: "Sequence[Comment]") -> "list[Document]":
        """The texts of these comments, those that are not converted yet off the event loop."""
        unread = [comment for comment in comments if (comment.id, comment.html) not in self._texts]
        if unread:
            texts = await asyncio.to_thread(lambda: [self._converted(comment) for comment in unread])
            for comment, text in zip(unread, texts, strict=True):
                self._texts.set((comment.id, comment.html), text)
        return [self.of(comment) for comment in comments]

    def of(self, comment: "Comment") -> "Document":
        """The text of one comment."""
        key = (comment.id, comment.html)
        if (text := self._texts.get(key)) is None:
            text = self._converted(comment)
            self._texts.set(key, text)
        return text

    def _converted(self, comment: "Comment") -> "Document":
        # not at the top: a start shows lists, and waits for no converter
        from tui_reader.content import readable

        return readable.document(comment.html, comment.url or self._base_url)
