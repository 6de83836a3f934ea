"""Posts whose comments no engine can read: the answer is empty, and the browser is offered."""

from collections.abc import Mapping
from datetime import datetime

from tui_reader.domain.conversation import Letter, LoadedConversation, Place, ReplyForm
from tui_reader.domain.reply import Identity, Outcome, ReplyState
from tui_reader.errors import ReplyError
from tui_reader.language import N_, _

_NOTE = N_("this blog shows no comments to readers of its feed")
_BROWSER_ONLY = N_("this blog's comments can be read and answered in a browser only")


def nothing_here(facts: Mapping[str, str] | None = None) -> LoadedConversation:
    """The conversation of a post that shows none."""
    return LoadedConversation(engine=NoComments.name, note=_(_NOTE), facts=facts or {})


class ReadOnly:
    """What every engine has in common that can load at the most: who wants to answer is sent to a browser."""

    refuses_duplicates = False
    browser_words = _BROWSER_ONLY
    """Why nothing can be sent from here; marked for the catalogues."""
    unsure_words = _BROWSER_ONLY
    """Why nobody knows what became of a comment."""

    async def prepare(self, place: Place, to: str | None, identity: Identity | None) -> ReplyForm:
        """Refuses, and offers the browser.

        Raises:
            ReplyError: always.
        """
        browser_url = place.post.comments_url or place.post.url or None
        raise ReplyError(_(self.browser_words), browser_url=browser_url)

    async def send(self, place: Place, form: ReplyForm, letter: Letter) -> Outcome:
        """Refuses: no form can have come from here."""
        return Outcome(state=ReplyState.REJECTED, reason=_(self.browser_words))

    async def look_for(self, place: Place, letter: Letter, to: str | None, since: datetime) -> Outcome | None:
        """Sees nothing: nothing was ever sent from here."""
        return None

    async def check(self, place: Place, comment_id: str) -> Outcome:
        """Cannot tell: an old comment leaves a feed without being gone."""
        return Outcome(state=ReplyState.UNCERTAIN, reason=_(self.unsure_words), comment_id=comment_id)


class NoComments(ReadOnly):
    """Stands in where no engine serves a post; asks for nothing."""

    name = "none"
    unsure_words = _NOTE

    def recognises(self, place: Place) -> bool:
        """It serves whatever is left."""
        return True

    async def load(self, place: Place) -> LoadedConversation:
        """Nothing, and why."""
        return nothing_here()
