"""Where a reply is written: under the thread, with the draft kept at every keystroke."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.message import Message
from textual.reactive import reactive
from textual.widgets import ContentSwitcher, Static, TextArea

from tui_reader.domain.comment import Comment
from tui_reader.domain.reply import Identity, Reply
from tui_reader.domain.thread import in_reading_order
from tui_reader.language import _
from tui_reader.ui import text as foreign
from tui_reader.ui.keymap import Where, bindings
from tui_reader.ui.widgets.draft_area import ComposeAct, DraftArea
from tui_reader.ui.widgets.thread_view import ThreadView

if TYPE_CHECKING:
    from tui_reader.content.blocks import Document


@dataclass(frozen=True, slots=True)
class Enclosing:
    """What is put around words; the cursor goes behind it all, or between when there were no words."""

    before: str
    after: str
    caret_before: int | None = None
    """Characters from the end of ``before`` where the cursor goes instead."""
    caret_after: int | None = None
    """Characters from the end of ``after`` where the cursor goes instead."""


class Composer(Vertical):
    """Shows one reply being written. It knows no service: the screen saves and sends."""

    BINDINGS: ClassVar[list[BindingType]] = bindings(Where.COMPOSER)

    @dataclass
    class Changed(Message):
        """The text is another one now."""

        reply_id: int
        text: str

    is_sending: reactive[bool] = reactive(False)

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.reply: Reply | None = None
        self._identity: Identity | None = None
        self._known = ""
        """The text as it was last told."""
        self._carets: dict[int, tuple[int, int]] = {}
        """Reply by reply where the cursor was, for going on there."""
        self._note: tuple[str, bool] = ("", False)
        """What is told under the text, while the preview tells something else."""
        self._room: tuple[str, bool] = ("", False)
        """How much more the blog takes, and whether that is less than nothing."""

    def compose(self) -> ComposeResult:
        yield Static(id="to")
        with ContentSwitcher(initial="draft", id="sheets"):
            yield DraftArea(id="draft")
            yield ThreadView(id="as-shown")
        yield Static(id="note")

    def on_mount(self) -> None:
        self.border_title = Content(_("Reply"))

    @property
    def is_open(self) -> bool:
        """Whether a reply is being written."""
        return self.reply is not None

    @property
    def reply_id(self) -> int | None:
        """Which reply that is."""
        return self.reply.id if self.reply is not None else None

    @property
    def text(self) -> str:
        """The text as it stands."""
        return self.query_one(DraftArea).text

    def open(self, reply: Reply, identity: Identity | None) -> None:
        """Goes on with a draft where it was left, or at its end."""
        self._known = reply.text  # what is loaded below is no change of the reader's
        area = self.query_one(DraftArea)
        area.load_text(reply.text)
        area.move_cursor(self._carets.get(reply.id, area.document.end))
        self.reply = reply
        self.is_sending = False
        self.border_subtitle = Content(_("draft")) if reply.text else Content()
        self._room = ("", False)
        self.show_identity(identity)
        self.show_note("")
        self._show_sheet("draft")
        self.display = True

    def close(self) -> None:
        """Goes out of sight."""
        if self.reply is not None:
            self._carets[self.reply.id] = self.query_one(DraftArea).cursor_location
        self.reply = None
        self.display = False

    def write(self, words: str) -> None:
        """Puts words in at the cursor, as if typed."""
        self.query_one(DraftArea).insert(words)

    def enclose(self, marks: Enclosing) -> None:
        """Puts marks around what is selected, or where the cursor is."""
        area = self.query_one(DraftArea)
        words = area.selected_text
        start, end = sorted((area.selection.start, area.selection.end))
        put = f"{marks.before}{words}{marks.after}"
        area.replace(put, start, end)
        caret = len(put) if words else len(marks.before)
        if marks.caret_before is not None:
            caret = len(marks.before) - marks.caret_before
        elif marks.caret_after is not None:
            caret = len(put) - marks.caret_after
        area.move_cursor(_moved(start, put[:caret]))

    def replace(self, words: str) -> None:
        """Takes another text for the whole, as if typed."""
        area = self.query_one(DraftArea)
        area.replace(words, area.document.start, area.document.end)

    def respeak(self) -> None:
        """Says to whom and as whom one writes in the language that is in force now."""
        self.show_identity(self._identity)

    def show_identity(self, identity: Identity | None) -> None:
        """Says to whom and as whom one writes."""
        self._identity = identity
        if self.reply is None:
            return
        to = self.reply.to_author or (
            _("a comment") if self.reply.to else self.reply.blog_title or _("the blog")
        )
        if identity is None:
            words = _("To {to} · your name is asked when you send")
        elif identity.email:
            words = _("To {to} · as {identity} (not published)")
        else:
            words = _("To {to} · as {identity}")
        foreigners = {"to": foreign.content_line(to)}
        if identity is not None:
            who = f"{identity.name} <{_masked(identity.email)}>" if identity.email else identity.name
            foreigners["identity"] = foreign.content_line(who)
        self.query_one("#to", Static).update(foreign.filled(words, "$text-muted", foreigners))

    def show_note(self, words: str, *, is_problem: bool = False) -> None:
        """Says something under the text: what the blog asks, or why it refused."""
        self._note = (words, is_problem)
        self._tell(words, is_problem=is_problem)

    def _tell(self, words: str, *, is_problem: bool) -> None:
        note = self.query_one("#note", Static)
        note.set_class(is_problem, "-bad")
        note.display = bool(words)
        note.update(foreign.content(words))

    def show_room(self, words: str, *, is_over: bool = False) -> None:
        """Says how much more the blog takes; nothing while there is plenty."""
        self._room = (words, is_over)
        self._show_title()

    def _show_title(self) -> None:
        if self.reply is None:
            return
        title = Content(_("Reply") if self.reply.to else _("Comment"))
        if self.is_previewing:
            title += Content(" · ") + Content(_("as the blog would show it"))
        words, is_over = self._room
        if words:
            title += Content(" · ") + Content.styled(words, "bold $error" if is_over else "")
        self.border_title = title

    def show_saved(self) -> None:
        """The draft is safe."""
        if not self.is_sending:
            self.border_subtitle = Content(_("draft saved"))

    @property
    def is_previewing(self) -> bool:
        """Whether the reply is shown as the blog would."""
        return self.query_one(ContentSwitcher).current == "as-shown"

    def show_draft(self) -> None:
        """Shows the text again."""
        self._tell(self._note[0], is_problem=self._note[1])
        self._show_sheet("draft")

    def show_preview(self, html: str, remarks: str) -> None:
        """Shows the reply as the blog would, and what there is to say of that."""
        reply = self.reply
        if reply is None:
            return
        mine = Comment(id="preview", html=html, is_mine=True)
        view = self.query_one("#as-shown", ThreadView)
        view.show(
            in_reading_order([mine]),
            document_of=lambda comment: _document(comment.html, reply.post_url),
            now=reply.created_at,
            keep=False,
        )
        self._tell(remarks, is_problem=False)
        self._show_sheet("as-shown")

    def focus_text(self) -> None:
        """The next key is typed into it."""
        self.query_one(f"#{self.query_one(ContentSwitcher).current}").focus()

    def action_compose(self, act: str) -> None:
        self.post_message(ComposeAct(act))

    def watch_is_sending(self, is_sending: bool) -> None:
        if not self.is_mounted:
            return
        # what leaves is what is seen: no typing while it is under way
        self.query_one(DraftArea).read_only = is_sending
        self.set_class(is_sending, "-sending")
        if is_sending:
            self.show_note("")
            self.border_subtitle = Content(_("sending…"))
        else:
            self.border_subtitle = Content(_("draft saved"))

    @on(TextArea.Changed)
    def _typed(self, event: TextArea.Changed) -> None:
        event.stop()
        if self.reply is not None and event.text_area.text != self._known:
            self._known = event.text_area.text
            self.border_subtitle = Content("…")
            self.post_message(self.Changed(self.reply.id, self._known))

    def _show_sheet(self, name: str) -> None:
        had_focus = self.has_focus_within
        self.query_one(ContentSwitcher).current = name
        self._show_title()
        if had_focus:
            self.focus_text()


def _moved(start: tuple[int, int], over: str) -> tuple[int, int]:
    """Row and column after some text that stands there."""
    rows, is_over_lines, last = over.rpartition("\n")
    if not is_over_lines:
        return start[0], start[1] + len(over)
    return start[0] + rows.count("\n") + 1, len(last)


def _masked(email: str) -> str:
    """Enough to know it by: ``n…@mail.example``."""
    name, at, host = email.partition("@")
    return f"{name[:1]}…{at}{host}"


def _document(html: str, base_url: str) -> "Document":
    from tui_reader.content.readable import document

    return document(html, base_url)
