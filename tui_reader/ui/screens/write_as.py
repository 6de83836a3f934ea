"""Asks as whom one writes, of those who are known; they are changed and forgotten here."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar, Literal

from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import OptionList

from tui_reader.domain.reply import Identity
from tui_reader.language import _
from tui_reader.ui import text
from tui_reader.ui.screens.choose import Choose


@dataclass(frozen=True, slots=True)
class Wish:
    """What is wanted, and of whom."""

    kind: Literal["known", "new", "account", "edit", "forget"]
    identity: Identity | None = None


class WriteAs(Choose[Wish]):
    """Lists the identities, and what else one may be.

    Args:
        known: Those who may write on this blog.
        has_accounts: The blog takes application passwords.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("e", "wish('edit')", show=False),
        Binding("x", "wish('forget')", show=False),
    ]

    def __init__(self, known: Sequence[Identity], *, has_accounts: bool) -> None:
        rows = [(_row(identity), Wish("known", identity)) for identity in known]
        rows.append((Content.styled(_("someone new…"), "$text-muted"), Wish("new")))
        if has_accounts:
            rows.append((Content.styled(_("with an account on this blog…"), "$text-muted"), Wish("account")))
        super().__init__(_("Write as"), rows, hint=_("enter chooses · e edits · x forgets · esc leaves"))

    def action_wish(self, kind: Literal["edit", "forget"]) -> None:
        """Wishes the one under the cursor otherwise, or gone; whoever asked makes sure of it."""
        at = self.query_one(OptionList).highlighted
        identity = self._rows[at][1].identity if at is not None else None
        if identity is not None:
            self.dismiss(Wish(kind, identity))


def _row(identity: Identity) -> Content:
    parts = [identity.email] if identity.email else []
    if identity.username:
        parts.append(_("account {name}").format(name=identity.username))
    if identity.blog_id is not None:
        parts.append(_("for its blog only"))
    more = text.content_line(" · ".join(parts), "$text-muted")
    return text.content_line(identity.name) + Content("  ") + more
