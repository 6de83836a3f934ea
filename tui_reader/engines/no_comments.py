"""Posts whose comments no engine can read: the answer is empty, and the browser is offered."""

from collections.abc import Mapping
from datetime import datetime
from typing import NoReturn

from tui_reader.domain.conversation import Letter, LoadedConversation, Place, ReplyForm
from tui_reader.domain.reply import Identity, Outcome, ReplyState
from tui_reader.errors import ReplyError
from tui_reader.language import N_, _

_NOTE = N_("this blog shows no comments to readers of its feed")
_BROWSER_ONLY = N_("this blog's comments can be read and answered in a browser only")


def nothing_here(facts: Mapping[str, str] | None = None) -> LoadedConversation:
    """The conversation of a post that shows none."""
    return LoadedConversation(engine=NoComments.name, note=_(_NOTE), facts=facts or {})


def browser_only(place: Place, why: str) -> NoReturn:
    """Refuses to answer from here, and says where a browser can.

    Raises:
        ReplyError: always.
    """
    raise ReplyError(why, browser_url=place.post.comments_url or place.post.url or None)


class NoComments:
    """Stands in where no engine serves a post; asks for nothing."""

    name = "none"
    refuses_duplicates = False

    def recognises(self, place: Place) -> bool:
        """It serves whatever is left."""
        return True

    async def load(self, place: Place) -> LoadedConversation:
        """Nothing, and why."""
        return nothing_here()

    async def prepare(self, place: Place, to: str | None, identity: Identity | None) -> ReplyForm:
        """Refuses.

        Raises:
            ReplyError: always.
        """
        browser_only(place, _(_BROWSER_ONLY))

    async def send(self, place: Place, form: ReplyForm, letter: Letter) -> Outcome:
        """Refuses: no form can have come from here."""
        return Outcome(state=ReplyState.REJECTED, reason=_(_BROWSER_ONLY))

    async def look_for(self, place: Place, letter: Letter, to: str | None, since: datetime) -> Outcome | None:
        """Sees nothing."""
        return None

    async def check(self, place: Place, comment_id: str) -> Outcome:
        """Cannot tell."""
        return Outcome(state=ReplyState.UNCERTAIN, reason=_(_NOTE), comment_id=comment_id)
