"""Asks for an account on a blog, and says where its password will rest."""

from dataclasses import dataclass
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import Input, Static

from tui_reader.language import N_, _
from tui_reader.ui import text
from tui_reader.ui.screens.dialog import Dialog
from tui_reader.ui.widgets.field import Field


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """What was typed."""

    username: str
    password: str


class AccountScreen(Dialog[Account]):
    """Asks for the account's name and an application password.

    Args:
        blog_title: The blog that has the account; foreign words.
        rests_in: Where the password will be kept, in words.
    """

    TITLE_WORDS = N_("An account on this blog")
    BINDINGS: ClassVar[list[BindingType]] = [Binding("ctrl+s,f5", "done", "Go on")]

    def __init__(self, blog_title: str, *, rests_in: str) -> None:
        super().__init__()
        self._blog_title = blog_title
        self._rests_in = rests_in

    def compose_box(self) -> ComposeResult:
        yield Static(
            text.content_line(
                _(
                    "An application password is made on {blog_title} itself, under Users → Profile; it is not"
                    " the one that you sign in with. It is kept in {rests_in}, and sent to this blog alone."
                ).format(blog_title=self._blog_title, rests_in=self._rests_in)
            ),
            classes="words",
        )
        yield Static(Content(_("Name of the account")), classes="label")
        yield Field(id="username", max_length=100, select_on_focus=False)
        yield Static(Content(_("Application password")), classes="label")
        yield Field(id="password", max_length=200, password=True, select_on_focus=False)

    def on_mount(self) -> None:
        self.say(Content(_("enter goes on · esc leaves")))
        self.query_one("#username", Input).focus()

    @on(Input.Submitted)
    def _submitted(self, event: Input.Submitted) -> None:
        event.stop()
        if event.input.id == "password":
            self.action_done()
        else:
            self.focus_next(Input)

    def action_done(self) -> None:
        values = {name: self.query_one(f"#{name}", Input).value.strip() for name in ("username", "password")}
        missing = next((name for name, value in values.items() if not value), None)
        if missing is None:
            self.dismiss(Account(**values))
            return
        self.query_one(f"#{missing}", Input).focus()
        self.say(
            Content(_("Both are needed, the account's name and its application password.")), is_problem=True
        )
