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
from tui_reader.ui.widgets.field import Field
from tui_reader.ui.widgets.pieces import cells

Act = Literal["change", "remove", "pause", "resume", "full text", "feed text"]


@dataclass(frozen=True, slots=True, kw_only=True)
class BlogWish:
    """What to do with the blog."""

    act: Act
    title: str
    """Empty: the blog's own again."""
    folder: str | None


class EditBlog(Dialog[BlogWish]):
    """Shows title, folder, addresses, and how the last refresh went."""

    TITLE_WORDS = N_("Blog")
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+s,f5", "keep", "Keep"),
        # else the field would take it, and cut
        Binding("ctrl+x", "remove", "Remove", priority=True),
        Binding("f6", "pause", "Pause or go on"),
        Binding("f7", "full_text", "Full text or the feed's"),
    ]

    def __init__(self, blog: Blog) -> None:
        super().__init__()
        self._blog = blog

    def compose_box(self) -> ComposeResult:
        blog = self._blog
        yield Static(Content(_("Title")), classes="label")
        # emptied, it is the blog's own again
        own = text.tame_line(blog.feed_title)
        yield Field(text.tame_line(blog.title), placeholder=own, id="title", select_on_focus=False)
        yield Static(Content(_("Folder")), classes="label")
        yield Field(text.tame_line(blog.folder or ""), id="folder", select_on_focus=False)
        yield Static(Content("\n").join(_facts(blog)), classes="words")

    def on_mount(self) -> None:
        is_paused, is_full = self._blog.is_paused, self._blog.wants_full_text
        told = [
            _("enter keeps the changes"),
            _("f6 lets it go on") if is_paused else _("f6 pauses it"),
            _("f7 reads the feed's texts") if is_full else _("f7 reads full texts"),
            _("ctrl+x removes it"),
            _("esc leaves"),
        ]
        self.say(Content(" · ".join(told)))
        self.query_one("#title", Input).focus()

    @on(Input.Submitted)
    def _submitted(self, event: Input.Submitted) -> None:
        event.stop()
        self.action_keep()

    def action_keep(self) -> None:
        self._answer("change")

    def action_remove(self) -> None:
        self._answer("remove")

    def action_pause(self) -> None:
        self._answer("resume" if self._blog.is_paused else "pause")

    def action_full_text(self) -> None:
        self._answer("feed text" if self._blog.wants_full_text else "full text")

    def _answer(self, act: Act) -> None:
        title = self.query_one("#title", Input).value.strip()
        folder = self.query_one("#folder", Input).value.strip()
        if not title and self._blog.own_title is None:
            title = self._blog.title
        self.dismiss(BlogWish(act=act, title=title, folder=folder or None))


def _facts(blog: Blog) -> list[Content]:
    facts = [
        (_("Page"), text.content_line(blog.url), "$text-muted"),
        (_("Feed"), text.content_line(blog.feed_url), "$text-muted"),
    ]
    if blog.comments_feed_url:
        facts.append((_("Comments"), text.content_line(blog.comments_feed_url), "$text-muted"))
    refreshed = _moment(blog.last_refreshed) if blog.last_refreshed else _("never")
    facts.append((_("Refreshed"), Content(refreshed), "$text-muted"))
    if blog.wants_full_text:
        told = _("posts that the feed cuts short are read from their pages")
        facts.append((_("Full text"), Content(told), "$text-muted"))
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
        if blog.advice:
            facts.append((_("Advice"), Content(blog.advice), "$text-muted"))
    width = max(10, *(cells(name) for name, _told, _style in facts))
    return [
        Content.assemble((f"{name}{' ' * (width - cells(name))} ", style), told)
        for name, told, style in facts
    ]


def _moment(moment: datetime) -> str:
    return f"{moment.astimezone():%Y-%m-%d %H:%M}"
