"""Asks as whom one writes, once, and says where that goes."""

from dataclasses import dataclass
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import Input, Static

from tui_reader.domain.email import is_address
from tui_reader.domain.reply import Identity
from tui_reader.language import N_, _
from tui_reader.ui import text
from tui_reader.ui.screens.dialog import Dialog
from tui_reader.ui.widgets.field import Field


@dataclass(frozen=True, slots=True, kw_only=True)
class NewIdentity:
    """What was typed."""

    name: str
    email: str
    site: str


class IdentityScreen(Dialog[NewIdentity]):
    """Asks name, e-mail address and website.

    Args:
        blog_title: The blog that will get them; foreign words.
        needs_email: The blog does not take a comment without an address.
        known: Who is changed; None for someone new.
    """

    TITLE_WORDS = N_("As whom?")
    BINDINGS: ClassVar[list[BindingType]] = [Binding("ctrl+s,f5", "done", "Go on")]

    def __init__(self, blog_title: str, *, needs_email: bool = True, known: Identity | None = None) -> None:
        super().__init__()
        self._known = known
        self._blog_title = blog_title
        self._needs_email = needs_email

    def compose_box(self) -> ComposeResult:
        known = self._known
        told = (
            _(
                "{blog_title} asks who writes, as blogs do. Your name and website are shown there; the"
                " e-mail address is sent to the blog and is not published."
            ).format(blog_title=self._blog_title)
            if known is None
            else _("What you write from now on is sent so; what blogs have already stays as it is.")
        )
        yield Static(text.content_line(told), classes="words")
        yield Static(Content(_("Name")), classes="label")
        yield Field(known.name if known else "", id="name", max_length=245, select_on_focus=False)
        yield Static(
            Content(
                _("E-mail (not published)") if self._needs_email else _("E-mail (not published), if you like")
            ),
            classes="label",
        )
        yield Field(known.email if known else "", id="email", max_length=100, select_on_focus=False)
        yield Static(Content(_("Website, if you like")), classes="label")
        yield Field(
            known.site if known else "",
            id="site",
            max_length=200,
            placeholder="https://…",
            select_on_focus=False,
        )

    def on_mount(self) -> None:
        self.say(Content(_("enter goes on · kept on this computer for the next replies · esc leaves")))
        self.query_one("#name", Input).focus()

    @on(Input.Submitted)
    def _submitted(self, event: Input.Submitted) -> None:
        event.stop()
        if event.input.id == "site":
            self.action_done()
        else:
            self.focus_next(Input)

    def action_done(self) -> None:
        fields = {name: self.query_one(f"#{name}", Input) for name in ("name", "email", "site")}
        values = {name: field.value.strip() for name, field in fields.items()}
        fault = self._fault(values)
        if fault is None:
            self.dismiss(NewIdentity(**values))
            return
        name, words = fault
        fields[name].focus()
        self.say(Content(words), is_problem=True)

    def _fault(self, values: dict[str, str]) -> tuple[str, str] | None:
        if not values["name"]:
            return "name", _("A name is needed; it is shown beside your comments.")
        if not values["email"] and self._needs_email:
            return "email", _("An e-mail address is needed; it is not published.")
        if values["email"] and not is_address(values["email"]):
            return "email", _("This is no e-mail address that blogs take: it wants name@host.example.")
        if values["site"] and not values["site"].startswith(("http://", "https://")):
            return "site", _("A website's address begins with https:// or http://.")
        return None
