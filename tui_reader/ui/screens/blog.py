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
from tui_reader.language import N_, _
from tui_reader.ui import text
from tui_reader.ui.screens.dialog import Dialog
from tui_reader.ui.widgets.pieces import cells


@dataclass(frozen=True, slots=True, kw_only=True)
class BlogWish:
    """What to do with the blog."""

    act: Literal["change", "remove", "pause", "resume"]
    title: str
    folder: str | None


class EditBlog(Dialog[BlogWish]):
    """Shows title, folder, addresses, and how the last refresh went."""

    TITLE_WORDS = N_("Blog")
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
        yield Static(Content(_("Title")), classes="label")
        yield Input(text.tame_line(blog.title), id="title", select_on_focus=False)
        yield Static(Content(_("Folder")), classes="label")
        yield Input(text.tame_line(blog.folder or ""), id="folder", select_on_focus=False)
        yield Static(Content("\n").join(_facts(blog)), classes="words")

    def on_mount(self) -> None:
        if self._blog.is_paused:
            told = _("enter keeps the changes · f6 lets it go on · ctrl+x removes it · esc leaves")
        else:
            told = _("enter keeps the changes · f6 pauses it · ctrl+x removes it · esc leaves")
        self.say(Content(told))
        self.query_one("#title", Input).focus()

    @on(Input.Submitted)
    def _submitted(self, event: Input.Submitted) -> None:
        event.stop()
        self.action_keep()

    def action_keep(self) -> None:
        if not self.query_one("#title", Input).value.strip():
            self.say(Content(_("A title is needed.")), is_problem=True)
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
    facts = [
        (_("Page"), text.content_line(blog.url), "$text-muted"),
        (_("Feed"), text.content_line(blog.feed_url), "$text-muted"),
    ]
    if blog.comments_feed_url:
        facts.append((_("Comments"), text.content_line(blog.comments_feed_url), "$text-muted"))
    refreshed = _moment(blog.last_refreshed) if blog.last_refreshed else _("never")
    facts.append((_("Refreshed"), Content(refreshed), "$text-muted"))
    if blog.is_paused:
        facts.append((_("Paused"), Content(_("it is not asked; its posts and comments stay")), "$accent"))
    if blog.gone_at:
        gone = _("since {moment} it says so; it is not asked any more, its posts stay")
        facts.append((_("Gone"), Content(gone.format(moment=_moment(blog.gone_at))), "$error"))
    elif blog.error:
        error = text.content_line(blog.error, "$error")
        if blog.error_since:
            since = _("since {moment}:").format(moment=_moment(blog.error_since))
            error = Content(f"{since} ") + error
        facts.append((_("Failing"), error, "$error"))
    width = max(10, *(cells(name) for name, _told, _style in facts))
    return [
        Content.assemble((f"{name}{' ' * (width - cells(name))} ", style), told)
        for name, told, style in facts
    ]


def _moment(moment: datetime) -> str:
    return f"{moment.astimezone():%Y-%m-%d %H:%M}"
