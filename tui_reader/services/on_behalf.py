"""An engine's requests, made on behalf of the blog that the user named."""

from datetime import datetime
from urllib.parse import urlsplit

from tui_reader.domain.conversation import Letter, LoadedConversation, Place, ReplyForm
from tui_reader.domain.reply import Identity, Outcome
from tui_reader.engines.base import Engine
from tui_reader.net.reach import on_behalf_of


class OnBehalf(Engine):
    """The engine itself, but for private addresses: it reaches only those that the user named.

    What a post, a page or a feed gives as addresses is a stranger's word.
    """

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    @property
    def name(self) -> str:
        """As the engine's."""
        return self._engine.name

    @property
    def refuses_duplicates(self) -> bool:
        """As the engine's."""
        return self._engine.refuses_duplicates

    def recognises(self, place: Place) -> bool:
        """As the engine does, with no request."""
        return self._engine.recognises(place)

    async def load(self, place: Place) -> LoadedConversation:
        """As the engine does."""
        with on_behalf_of(*named(place)):
            return await self._engine.load(place)

    async def prepare(self, place: Place, to: str | None, identity: Identity | None) -> ReplyForm:
        """As the engine does."""
        with on_behalf_of(*named(place)):
            return await self._engine.prepare(place, to, identity)

    async def send(self, place: Place, form: ReplyForm, letter: Letter) -> Outcome:
        """As the engine does."""
        with on_behalf_of(*named(place)):
            return await self._engine.send(place, form, letter)

    async def look_for(self, place: Place, letter: Letter, to: str | None, since: datetime) -> Outcome | None:
        """As the engine does."""
        with on_behalf_of(*named(place)):
            return await self._engine.look_for(place, letter, to, since)

    async def check(self, place: Place, comment_id: str) -> Outcome:
        """As the engine does."""
        with on_behalf_of(*named(place)):
            return await self._engine.check(place, comment_id)


def named(place: Place) -> tuple[str, ...]:
    """The addresses that the user named, or that were reached from there: never one that was only read."""
    feed_url = place.blog.feed_url
    if place.blog.is_subscribed:
        return (feed_url,)
    # a single post: its page was asked for, what the page calls its feed was not
    is_same = place.post.url and urlsplit(place.post.url).hostname == urlsplit(feed_url).hostname
    return (feed_url,) if is_same else ()
