"""The first thing that someone sees who follows no blog yet."""

from typing import ClassVar, Literal

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static

from tui_reader.ui.screens.once import ClosesOnce

Wish = Literal["add", "demo", "quit"]

_WORDS = Content.assemble(
    ("tui reader\n", "bold $primary"),
    "\nRead blogs in the terminal, with the conversation under each post,\nand answer from the keyboard.\n\n",
    ("You follow no blog yet.\n\n", "$text-muted"),
    ("  a  ", "bold $accent"),
    "add a first blog: the address of any page of it will do\n",
    ("  d  ", "bold $accent"),
    "look around in a demo: a small blog on this computer, no network\n",
    ("  q  ", "bold $accent"),
    "quit\n\n",
    ("A list from another reader comes in by\n", "$text-muted"),
    "     tui-reader import FILE.opml\n\n",
    ("Once inside, ? shows every key.", "$text-muted"),
)


class Welcome(ClosesOnce, ModalScreen[Wish]):
    """Answers with what is wanted first."""

    CSS_PATH = "welcome.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("a,enter", "dismiss('add')", "Add a blog"),
        Binding("d", "dismiss('demo')", "Demo"),
        Binding("q,Q,escape", "dismiss('quit')", "Quit"),
    ]

    def compose(self) -> ComposeResult:
        with Vertical(id="box"):
            yield Static(_WORDS)
