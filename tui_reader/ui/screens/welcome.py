"""The first thing that someone sees who follows no blog yet."""

from typing import ClassVar, Literal

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static

from tui_reader.language import _
from tui_reader.ui.screens.once import ClosesOnce

Wish = Literal["add", "demo", "quit"]


def _words() -> Content:
    return Content.assemble(
        ("tui reader", "bold $primary"),
        "\n\n",
        _(
            "Read blogs in the terminal, with the conversation under each post,\n"
            "and answer from the keyboard."
        ),
        "\n\n",
        (_("You follow no blog yet."), "$text-muted"),
        "\n\n",
        ("  a  ", "bold $accent"),
        _("add a first blog: the address of any page of it will do"),
        ("\n  d  ", "bold $accent"),
        _("look around in a demo, in five steps; needs no network"),
        ("\n  q  ", "bold $accent"),
        _("quit"),
        "\n\n",
        (_("A list from another reader comes in by"), "$text-muted"),
        "\n     tui-reader import FILE.opml\n\n",
        (_("Once inside, ? shows every key."), "$text-muted"),
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
            yield Static(_words())
