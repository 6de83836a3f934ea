"""Adds blogs by any of their addresses, or a list of them, and says what was found or why nothing."""

import asyncio
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from textual import events, on, work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.content import Content
from textual.widgets import Input, Static

from tui_reader.errors import TuiReaderError
from tui_reader.language import N_, _, ngettext
from tui_reader.services.several import add_several
from tui_reader.ui import text
from tui_reader.ui.screens.dialog import Dialog
from tui_reader.ui.widgets.field import Field
from tui_reader.ui.widgets.pieces import cells

if TYPE_CHECKING:
    from tui_reader.services.subscriptions import Added, Subscriptions

_LARGEST_LIST = 20_000_000
"""Bytes of a list of blogs: more is no such list."""
_TOLD = 4
"""Problems that are told at most; the others are counted."""
_BESIDE = 19
"""Lines of the screen that other things take."""
_WIDTH = 66


@dataclass(frozen=True, slots=True, kw_only=True)
class Subscribed:
    """What came of it."""

    added: "tuple[Added, ...]" = ()
    summary: str = ""
    """In one sentence; holds foreign words."""
    address: str = ""
    """What was typed, when that was one address: it may be that of a post."""
    is_import: bool = False
    """A list was read; nothing of its blogs is here yet."""


class Addresses(Field):
    """Takes several lines when they are pasted: one address a line."""

    def _on_paste(self, event: events.Paste) -> None:
        event.stop()
        event.prevent_default()
        self.insert_text_at_cursor(" ".join(event.text.split()))


class Subscribe(Dialog[Subscribed]):
    """Answers with what was added."""

    TITLE_WORDS = N_("Add a blog")

    def __init__(self, subscriptions: "Subscriptions") -> None:
        super().__init__()
        self._subscriptions = subscriptions
        self._done: Subscribed | None = None
        self._asked: list[str] = []

    def compose_box(self) -> ComposeResult:
        yield Static(
            Content(
                _(
                    "The address of the blog, of its feed, or of any of its posts; several with blanks"
                    " between them; or the file of a list from another reader (OPML)."
                )
            ),
            classes="words label",
        )
        yield Addresses(placeholder="https://…", id="url", select_on_focus=False)
        yield Static(Content(_("Folder, if it should be in one")), classes="label")
        yield Field(id="folder", select_on_focus=False)

    def on_mount(self) -> None:
        self.say(Content(_("enter looks for its feed · esc leaves")))
        self.query_one("#url", Input).focus()

    @on(Input.Changed, "#url")
    def _another(self, event: Input.Changed) -> None:
        event.stop()
        self._done = None

    @on(Input.Submitted)
    def _submitted(self, event: Input.Submitted) -> None:
        event.stop()
        if self._done is not None:
            self.dismiss(self._done)
            return
        typed = self.query_one("#url", Input).value.strip()
        if not typed:
            self.say(
                Content(_("An address is needed: enter looks for its feed · esc leaves")), is_problem=True
            )
        else:
            self._look(typed)

    @work(exclusive=True, group="subscribe")
    async def _look(self, typed: str) -> None:
        if "://" not in typed:
            data = await asyncio.to_thread(_list_in, typed)
            if data is not None:
                await self._import(data)
                return
        urls = list(dict.fromkeys(typed.split()))
        self._asked = urls
        folder = self.query_one("#folder", Input).value.strip() or None

        def told(done: int) -> None:
            words = (
                _("Asking {url} …") if len(urls) == 1 else _("Asking {count} addresses, {done} answered …")
            )
            self.say(text.content_line(words.format(url=urls[0], count=len(urls), done=done)))

        told(0)
        came = await add_several(self._subscriptions, urls, folder=folder, told=told)
        errors = [one for one in came if isinstance(one, TuiReaderError)]
        self._tell(
            [one for one in came if not isinstance(one, TuiReaderError)],
            [error.in_full for error in errors],
        )

    def _tell(self, added: "list[Added]", problems: list[str]) -> None:
        if not added:
            # what was typed stays, to be corrected
            self.say(text.content(self._in_lines(problems)), is_problem=True)
            return
        if len(added) == 1 and not problems:
            one = added[0]
            told = (
                _("Added {title} · {posts}.")
                if one.is_new
                else _("You follow it already: {title} · {posts}.")
            )
            lines = [told.format(title=one.blog.title, posts=_posts(one.posts)), one.found]
            summary = _("{title}: {posts}.").format(title=one.blog.title, posts=_posts(one.posts))
        else:
            new = [one for one in added if one.is_new]
            titles = ", ".join(one.blog.title for one in new)
            summary = counted = _counted(len(new), len(added) - len(new))
            lines = [
                _("{counted}: {titles}.").format(counted=counted, titles=titles) if titles else f"{counted}."
            ]
            if problems:
                lines.append(self._in_lines(problems))
                count = len(problems)
                missing = ngettext("{count} not found", "{count} not found", count).format(count=count)
                summary = f"{counted}, {missing}"
            summary += "."
        address = self._asked[0] if len(self._asked) == 1 else ""
        self._done = Subscribed(added=tuple(added), summary=summary, address=address)
        lines.append(_("enter reads it · or type another address"))
        self.say(text.content("\n".join(lines)), is_problem=bool(problems))

    async def _import(self, data: bytes) -> None:
        try:
            result = await self._subscriptions.import_opml(data)
        except TuiReaderError as error:
            self.say(text.content(str(error)), is_problem=True)
            return
        summary = _counted(result.added, result.known)
        self._done = Subscribed(summary=f"{summary}.", is_import=True)
        told = self._in_lines([*result.problems, *result.notes])
        last = _("enter fetches their posts · or type an address")
        self.say(text.content("\n".join(part for part in (f"{summary}.", told, last) if part)))

    def _in_lines(self, problems: list[str]) -> str:
        """Those for which there is room: the last line says what to do next and must stay in sight."""
        room = self.app.size.height - _BESIDE
        shown: list[str] = []
        for problem in problems[:_TOLD]:
            room -= -(-cells(problem) // _WIDTH)
            if shown and room < 0:
                break
            shown.append(problem)
        if more := len(problems) - len(shown):
            shown.append(ngettext("… and {count} more", "… and {count} more", more).format(count=more))
        return "\n".join(shown)

    def action_dismiss_done(self) -> None:
        self.dismiss(self._done)

    BINDINGS: ClassVar[list[BindingType]] = [("escape", "dismiss_done", "Leave")]


def _list_in(typed: str) -> bytes | None:
    """The bytes of the file with this name; None when there is none, and it must be an address."""
    try:
        path = Path(typed.strip("'\"")).expanduser()
        if not path.is_file() or path.stat().st_size > _LARGEST_LIST:
            return None
        return path.read_bytes()
    except (OSError, ValueError, RuntimeError):
        return None


def _posts(count: int) -> str:
    return ngettext("{count} post", "{count} posts", count).format(count=count)


def _counted(new: int, known: int) -> str:
    added = ngettext("{count} added", "{count} added", new).format(count=new)
    before = ngettext("{count} followed already", "{count} followed already", known).format(count=known)
    return f"{added}, {before}"
