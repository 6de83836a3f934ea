"""The seam for comment systems: recognise, load, prepare a reply, send it, look for it."""

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol, runtime_checkable

from tui_reader.domain.conversation import Letter, LoadedConversation, Place, ReplyForm
from tui_reader.domain.markup import Markup
from tui_reader.domain.reply import Identity, Outcome


class Engine(Protocol):
    """One comment system: it both reads and answers, since the two share what they know of a blog."""

    @property
    def name(self) -> str:
        """Its short name, as in the command line's JSON: ``wordpress``."""
        ...

    @property
    def refuses_duplicates(self) -> bool:
        """The system itself refuses the same text by the same person twice.

        Sending once more what is perhaps there already does no harm then.
        """
        ...

    def recognises(self, place: Place) -> bool:
        """Whether this system serves the post, by what is stored and with no request."""
        ...

    async def load(self, place: Place) -> LoadedConversation:
        """Fetches every comment that the blog gives, with parents.

        Raises:
            FetchError: the blog could not be asked.
        """
        ...

    async def prepare(self, place: Place, to: str | None, identity: Identity | None) -> ReplyForm:
        """Reads what a reply needs from the blog as it is now; sends nothing.

        Args:
            place: The post.
            to: The comment to answer, or None for the post itself.
            identity: As whom; one with a username takes the way with an account.

        Raises:
            ReplyError: the blog takes no answer here, or only a browser can give it.
            FetchError: the blog could not be asked.
        """
        ...

    async def send(self, place: Place, form: ReplyForm, letter: Letter) -> Outcome:
        """Posts the reply once, reads what the blog says and checks it by reading again.

        Expected trouble is an outcome, not an exception: ``queued`` when surely nothing left this
        machine, ``uncertain`` when it may have arrived.
        """
        ...

    async def look_for(self, place: Place, letter: Letter, to: str | None, since: datetime) -> Outcome | None:
        """Asks the blog whether this letter is there: same author, same text, not older than ``since``.

        Returns ``published`` or ``held`` when it is, None when it is not to be seen.

        Raises:
            FetchError: the blog could not be asked.
        """
        ...

    async def check(self, place: Place, comment_id: str) -> Outcome:
        """Asks what became of a comment of ours that had this id: ``published``, ``held`` or ``uncertain``.

        Raises:
            FetchError: the blog could not be asked.
        """
        ...


@runtime_checkable
class HasMarkup(Engine, Protocol):
    """A comment system of which it is known what it makes of a text."""

    @property
    def markup(self) -> Markup:
        """What it takes, and how it is shown."""
        ...


@runtime_checkable
class LoadsMany(Engine, Protocol):
    """A comment system that few requests ask for many conversations."""

    async def load_many(self, places: Sequence[Place]) -> dict[int, LoadedConversation]:
        """The conversations of one blog that came whole, by the stored id of their post.

        Raises:
            FetchError: the blog asks to be left alone for now.
        """
        ...
