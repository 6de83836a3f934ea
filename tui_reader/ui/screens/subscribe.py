"""Adds a blog by any of its addresses, and says what was found or why nothing."""

from typing import TYPE_CHECKING, ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.content import Content
from textual.widgets import Input, Static

from tui_reader.errors import TuiReaderError
from tui_reader.ui import text
from tui_reader.ui.screens.dialog import Dialog

if TYPE_CHECKING:
    from tui_reader.services.subscriptions import Added, Subscriptions


class Subscribe(Dialog["Added"]):
    """Answers with what was added."""

    TITLE_WORDS = "Add a blog"

    def __init__(self, subscriptions: "Subscriptions") -> None:
        super().__init__()
        self._subscriptions = subscriptions
        self._added: Added | None = None

    def compose_box(self) -> ComposeResult:
        yield Static(
            Content("The address of the blog, of its feed, or of any of its posts."), classes="words label"
        )
        yield Input(placeholder="https://…", id="url", select_on_focus=False)
        yield Static(Content("Folder, if it should be in one"), classes="label")
        yield Input(id="folder", select_on_focus=False)

    def on_mount(self) -> None:
        self.say(Content("enter looks for its feed · esc leaves"))
        self.query_one("#url", Input).focus()

    @on(Input.Changed, "#url")
    def _another(self, event: Input.Changed) -> None:
        event.stop()
        self._added = None

    @on(Input.Submitted)
    def _submitted(self, event: Input.Submitted) -> None:
        event.stop()
        if self._added is not None:
            self.dismiss(self._added)
            return
        url = self.query_one("#url", Input).value.strip()
        if not url:
            self.say(Content("An address is needed: enter looks for its feed · esc leaves"), is_problem=True)
            return
        self._look(url if "://" in url else f"https://{url}")

    @work(exclusive=True, group="subscribe")
    async def _look(self, url: str) -> None:
        self.say(text.content_line(f"Asking {url} …"))
        folder = self.query_one("#folder", Input).value.strip() or None
        try:
            added = await self._subscriptions.add(url, folder=folder)
        except TuiReaderError as error:
            # what was typed stays, to be corrected
            self.say(text.content(str(error)), is_problem=True)
            return
        self._added = added
        what = "Added" if added.is_new else "You follow it already:"
        posts = f"{added.posts} post" if added.posts == 1 else f"{added.posts} posts"
        self.say(
            text.content(
                f"{what} {added.blog.title} · {posts}.\n{added.found}\n"
                "enter reads it · or type another address"
            )
        )

    def action_dismiss_added(self) -> None:
        self.dismiss(self._added)

    BINDINGS: ClassVar[list[BindingType]] = [("escape", "dismiss_added", "Leave")]
