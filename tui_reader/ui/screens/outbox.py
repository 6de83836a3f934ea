"""Drafts, and replies that wait, are held, were refused or may have arrived."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, Literal

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.screen import Screen
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from tui_reader.domain.reply import Reply, ReplyState
from tui_reader.errors import TuiReaderError
from tui_reader.language import _
from tui_reader.ui import text
from tui_reader.ui.browser import open_in_browser
from tui_reader.ui.keymap import ACTS, Keymap, Where, bindings
from tui_reader.ui.outcomes import STATES, what_now
from tui_reader.ui.screens.confirm import Confirm
from tui_reader.ui.screens.once import ClosesOnce
from tui_reader.ui.widgets.status_line import StatusLine
from tui_reader.ui.widgets.top_line import TopLine

if TYPE_CHECKING:
    from tui_reader.services.replying import Replying


@dataclass(frozen=True, slots=True)
class OutboxWish:
    """What is to be done, back among the columns."""

    act: Literal["open", "edit", "send"]
    reply: Reply


class Outbox(ClosesOnce, Screen[OutboxWish | None]):
    """Lists every reply that is not settled."""

    CSS_PATH = "outbox.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        *bindings(Where.OUTBOX),
        Binding("j", "move(1)", show=False),
        Binding("k", "move(-1)", show=False),
    ]

    def __init__(self, replying: "Replying", keymap: Keymap) -> None:
        super().__init__()
        self._replying = replying
        self._keymap = keymap
        self._replies: tuple[Reply, ...] = ()

    def compose(self) -> ComposeResult:
        yield TopLine()
        rows = OptionList(id="replies")
        rows.border_title = Content(_("Drafts and outbox"))
        yield rows
        yield StatusLine()

    def on_mount(self) -> None:
        self.query_one(TopLine).path = (_("Drafts and outbox"),)
        keys = [act for act in ACTS if act.where is Where.OUTBOX]
        self.query_one(StatusLine).hints = tuple((self._keymap.shown(act.id), act.hint) for act in keys)
        self._load()

    @work(exclusive=True, group="outbox")
    async def _load(self) -> None:
        try:
            self._replies = await self._replying.outbox()
        except TuiReaderError as error:
            self.query_one(StatusLine).tell(str(error), "bad")
            return
        rows = self.query_one(OptionList)
        at = rows.highlighted or 0
        if self._replies:
            rows.set_options([Option(_row(reply)) for reply in self._replies])
            rows.highlighted = min(at, len(self._replies) - 1)
        else:
            empty = Content.assemble(
                _("Nothing waits here."),
                "\n",
                (
                    _("{key} on a comment or a post begins a reply.").format(
                        key=self._keymap.shown("reply.write")
                    ),
                    "$text-muted",
                ),
            )
            rows.set_options([Option(empty, disabled=True)])
        rows.border_subtitle = Content(f"{len(self._replies)}" if self._replies else "")
        rows.focus()

    @property
    def _chosen(self) -> Reply | None:
        at = self.query_one(OptionList).highlighted
        return self._replies[at] if at is not None and at < len(self._replies) else None

    @on(OptionList.OptionSelected)
    def _opened(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        self.action_open()

    def action_open(self) -> None:
        self._wish("open")

    def action_edit(self) -> None:
        reply = self._chosen
        if reply is not None and reply.state in {ReplyState.HELD, ReplyState.UNCERTAIN, ReplyState.SENDING}:
            self.query_one(StatusLine).tell(
                _("The blog has it, or may have it: it cannot be changed from here.")
            )
            return
        self._wish("edit")

    def action_send(self) -> None:
        reply = self._chosen
        if reply is not None and reply.state is ReplyState.HELD:
            self.query_one(StatusLine).tell(_("The blog has it already and holds it for moderation."))
            return
        self._wish("send")

    def action_move(self, step: int) -> None:
        rows = self.query_one(OptionList)
        rows.action_cursor_down() if step > 0 else rows.action_cursor_up()

    @work(group="browser")
    async def action_browser(self) -> None:
        reply = self._chosen
        if reply is not None:
            told = await open_in_browser(self.app, reply.url or reply.post_url)
            self.query_one(StatusLine).tell(told)

    @work(group="drop")
    async def action_drop(self) -> None:
        reply = self._chosen
        if reply is None:
            return
        detail = reply.text.strip()[:300]
        if reply.state in {ReplyState.HELD, ReplyState.UNCERTAIN}:
            detail += "\n\n" + _("What the blog has of it stays there; only this note of it goes.")
        if not await self.app.push_screen_wait(Confirm(_("Drop this reply?"), detail, yes=_("drop"))):
            return
        try:
            await self._replying.drop(reply.id)
        except TuiReaderError as error:
            self.query_one(StatusLine).tell(str(error), "bad")
        self._load()

    def _wish(self, act: Literal["open", "edit", "send"]) -> None:
        reply = self._chosen
        if reply is not None:
            self.dismiss(OutboxWish(act, reply))


def _row(reply: Reply) -> Content:
    style = {ReplyState.REJECTED: "$error", ReplyState.UNCERTAIN: "$error"}.get(reply.state, "$accent")
    to = _("to {to_author}").format(to_author=reply.to_author) if reply.to_author else _("on the post")
    first = Content.assemble(
        (_(STATES[reply.state]), f"bold {style}"),
        "  ",
        text.content_line(reply.post_title or reply.post_url),
        (" · ", "$text-muted"),
        text.content_line(f"{to} · {reply.blog_title}", "$text-muted"),
    )
    words = text.content_line(reply.text[:400]).truncate(200, ellipsis=True)
    parts = [first, Content("  ") + words]
    if reply.reason:
        parts.append(Content("  ") + text.content_line(reply.reason, style))
    if now := what_now(reply):
        parts.append(Content.assemble("  ", (now, "$text-muted")))
    return Content("\n").join([*parts, Content()])
