"""What is known of one blog; its name and folder can be changed, and it can be removed."""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar, Literal

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import Input, Static

from tui_reader.domain.blog import Blog
from tui_reader.ui import text
from tui_reader.ui.screens.dialog import Dialog


@dataclass(frozen=True, slots=True, kw_only=True)
class BlogWish:
    """What to do with the blog."""

    act: Literal["change", "remove", "pause", "resume"]
    title: str
    folder: str | None


class EditBlog(Dialog[BlogWish]):
    """Shows title, folder, addresses, and how the last refresh went."""

    TITLE_WORDS = "Blog"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+s,f5", "keep", "Keep"),
        # else the field would take it, and cut
        Binding("ctrl+x", "remove", "Remove", priority=True),
        Binding("f6", "pause", "Pause or go on"),
    ]

    def __init__(self, blog: Blog) -> None:
        super().__init__()
        self._blog = blog

    def compose_box(self) -> ComposeResult:
        blog = self._blog
        yield Static(Content("Title"), classes="label")
        yield Input(text.tame_line(blog.title), id="title", select_on_focus=False)
        yield Static(Content("Folder"), classes="label")
        yield Input(text.tame_line(blog.folder or ""), id="folder", select_on_focus=False)
        yield Static(Content("\n").join(_facts(blog)), classes="words")

    def on_mount(self) -> None:
        pauses = "lets it go on" if self._blog.is_paused else "pauses it"
        self.say(Content(f"enter keeps the changes · f6 {pauses} · ctrl+x removes it · esc leaves"))
        self.query_one("#title", Input).focus()

    @on(Input.Submitted)
    def _submitted(self, event: Input.Submitted) -> None:
        event.stop()
        self.action_keep()

    def action_keep(self) -> None:
        if not self.query_one("#title", Input).value.strip():
            self.say(Content("A title is needed."), is_problem=True)
            return
        self._answer("change")

    def action_remove(self) -> None:
        self._answer("remove")

    def action_pause(self) -> None:
        self._answer("resume" if self._blog.is_paused else "pause")

    def _answer(self, act: Literal["change", "remove", "pause", "resume"]) -> None:
        title = self.query_one("#title", Input).value.strip()
        folder = self.query_one("#folder", Input).value.strip()
        self.dismiss(BlogWish(act=act, title=title or self._blog.title, folder=folder or None))


def _facts(blog: Blog) -> list[Content]:
    facts = [("Page", blog.url), ("Feed", blog.feed_url)]
    if blog.comments_feed_url:
        facts.append(("Comments", blog.comments_feed_url))
    facts.append(("Refreshed", _moment(blog.last_refreshed) if blog.last_refreshed else "never"))
    lines = [
        Content.assemble((f"{name:10} ", "$text-muted"), text.content_line(value)) for name, value in facts
    ]
    if blog.is_paused:
        lines.append(
            Content.assemble(("Paused     ", "$accent"), "it is not asked; its posts and comments stay")
        )
    if blog.gone_at:
        gone = f"since {_moment(blog.gone_at)} it says so; it is not asked any more, its posts stay"
        lines.append(Content.assemble(("Gone       ", "$error"), gone))
    elif blog.error:
        since = f"since {_moment(blog.error_since)}: " if blog.error_since else ""
        lines.append(
            Content.assemble(("Failing    ", "$error"), since, text.content_line(blog.error, "$error"))
        )
    return lines


def _moment(moment: datetime) -> str:
    return f"{moment.astimezone():%Y-%m-%d %H:%M}"
