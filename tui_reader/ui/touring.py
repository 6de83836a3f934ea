"""The tour: five steps through a first post, each going on by itself when it was done."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from textual.timer import Timer

from tui_reader.domain.reply import ReplyState
from tui_reader.language import _
from tui_reader.ui.columns import Column
from tui_reader.ui.widgets.tour_line import TourLine

if TYPE_CHECKING:
    from tui_reader.ui.screens.reading import ReadingScreen

LOOKS_EVERY = 0.25
"""Seconds between two looks at how far the reader is."""
READ_AFTER = 4.0
"""Seconds after which a post that is in sight as a whole counts as read."""

_SENT = frozenset({ReplyState.PUBLISHED, ReplyState.HELD, ReplyState.QUEUED, ReplyState.UNCERTAIN})


@dataclass(frozen=True, slots=True)
class _Step:
    words: Callable[[], str]
    """What to do now; asked again and again, since it may depend on where the reader is."""
    is_done: Callable[[], bool]
    done: Callable[[], str]
    """What is said when it was done."""


class Touring:
    """Leads through the steps; looks at the screen and changes nothing of it but its own line.

    Args:
        screen: Where the reader is.
        over: Called once, when it was done or left.
    """

    def __init__(self, screen: "ReadingScreen", over: Callable[[], None]) -> None:
        self._screen = screen
        self._over = over
        self._at = 0
        self._since = time.monotonic()
        self._line = TourLine(id="tour")
        self._timer: Timer | None = None
        self._said_before = 0
        self._has_looked = False
        self._steps = (
            _Step(self._choose, lambda: screen.desk.is_open, lambda: _("That is a post.")),
            _Step(self._read, self._has_read, lambda: _("So you read.")),
            _Step(self._talk, self._is_in_talk, lambda: _("Here is what was said.")),
            _Step(self._answer, self._has_answered, self._what_became),
            _Step(self._see, self._has_seen, lambda: _("Now you know your way.")),
        )

    async def begin(self) -> None:
        """Puts the line on the screen."""
        await self._screen.mount(self._line, before="#status")
        self._line.leaving = self._key("column.left")
        self._show("")
        self._timer = self._screen.set_interval(LOOKS_EVERY, self._look)

    def leave(self) -> None:
        """Ends it."""
        if self._timer is not None:
            self._timer.stop()
            self._timer = None
            self._line.remove()
            self._screen.tour = None
            self._over()

    @property
    def step(self) -> int:
        """Which one is on, from 1; past the last when all are done."""
        return self._at + 1

    def _look(self) -> None:
        if self._at == len(self._steps):
            return
        # there the same key puts the draft away
        is_writing = self._screen.is_writing and self._screen.composer.has_focus_within
        self._line.leaving = "" if is_writing else self._key("column.left")
        step = self._steps[self._at]
        if not step.is_done():
            self._line.words = step.words()
            return
        self._at += 1
        self._has_looked = False
        self._since = time.monotonic()
        self._said_before = self._said
        self._show(step.done())

    def _show(self, done: str) -> None:
        count = len(self._steps)
        self._line.done = done
        self._line.step = (min(self._at + 1, count), count)
        if self._at < count:
            self._line.words = self._steps[self._at].words()
        else:
            told = _("{help} shows every key, {quit} ends the demo; `tui-reader add ADDRESS` follows a blog.")
            self._line.words = told.format(help=self._key("app.help"), quit=self._key("app.quit"))

    def _key(self, act: str) -> str:
        return self._screen.keymap.shown(act)

    # Choosing

    def _choose(self) -> str:
        if self._screen.column is Column.BLOGS:
            told = _("{open} goes to the posts of this blog.")
        else:
            told = _("Choose a post, best one with ▪ comments: {down} and {up} move, {open} opens it.")
        return told.format(down=self._key("move.down"), up=self._key("move.up"), open=self._key("move.open"))

    # Reading

    def _read(self) -> str:
        told = _("Read: {page} turns the page, {down} goes a line further; what fits needs no key.")
        return told.format(page=self._key("move.page_down"), down=self._key("move.down"))

    def _has_read(self) -> bool:
        article = self._screen.article
        has_moved = article.scroll_y > 0
        is_whole = article.max_scroll_y == 0 and time.monotonic() - self._since >= READ_AFTER
        return has_moved or is_whole or self._is_in_talk()

    # The conversation

    def _talk(self) -> str:
        told = _("{key} goes to the conversation beside it, and back.")
        if not self._screen.query_one("#conversation").display:
            told = _("{key} goes on to the conversation.")
        return told.format(key=self._key("column.next"))

    def _is_in_talk(self) -> bool:
        return self._screen.column is Column.CONVERSATION

    # Answering

    def _answer(self) -> str:
        if self._screen.is_writing:
            told = _("Write a line or two, then {send} sends it. Here nobody is bothered.")
            return told.format(send=self._key("compose.send"))
        conversation = self._screen.desk.conversation
        if conversation is None or not conversation.thread.rows:
            return _("{reply} writes the first comment.").format(reply=self._key("reply.write"))
        told = _("{down} and {up} go from comment to comment; {reply} answers the one under the cursor.")
        return told.format(
            down=self._key("move.down"), up=self._key("move.up"), reply=self._key("reply.write")
        )

    @property
    def _said(self) -> int:
        """What the blog has of mine, here."""
        conversation = self._screen.desk.conversation
        if conversation is None:
            return 0
        mine = sum(row.comment.is_mine for row in conversation.thread.rows)
        return mine + sum(reply.state in _SENT for reply in conversation.replies)

    def _has_answered(self) -> bool:
        return not self._screen.answering.is_sending and self._said > self._said_before

    def _what_became(self) -> str:
        conversation = self._screen.desk.conversation
        replies = conversation.replies if conversation is not None else ()
        if any(reply.state is ReplyState.HELD for reply in replies):
            return _("The blog has it, and shows it when it was looked at.")
        if any(reply.state in _SENT for reply in replies):
            return _("It is kept, and its way is followed.")
        return _("It stands in the thread.")

    # What became of it

    def _see(self) -> str:
        told = _(
            "Look what became of it: {outbox} lists what waits or is held, {mine} what was answered to you."
        )
        return told.format(outbox=self._key("reply.outbox"), mine=self._key("answers.mine"))

    def looked(self) -> None:
        """The reader has looked at the outbox or at the conversations."""
        self._has_looked = True

    def _has_seen(self) -> bool:
        # said when the reader is back: over the outbox nobody would see it
        return self._has_looked and self._screen.app.screen is self._screen
