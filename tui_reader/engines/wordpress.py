"""WordPress: reads comments by API, feed and pages, and answers by the page's form or with an account."""

from collections.abc import Callable, Sequence
from datetime import datetime

from tui_reader.domain.conversation import Letter, LoadedConversation, Place, ReplyForm
from tui_reader.domain.markup import Markup
from tui_reader.domain.reply import Identity, Outcome
from tui_reader.engines.wordpress_address import is_wordpress
from tui_reader.net.client import Http


class WordPress:
    """The engine of most blogs."""

    name = "wordpress"
    refuses_duplicates = True

    def __init__(self, http: Http, now: Callable[[], datetime]) -> None:
        self._http = http
        self._now = now

    # each part is imported where it is used: the HTML parser and the feed reader are not for the first screen

    def recognises(self, place: Place) -> bool:
        """By the feed's generator, by facts of an earlier load, or by the shape of the post's addresses."""
        return is_wordpress(place)

    @property
    def markup(self) -> Markup:
        """A little HTML."""
        from tui_reader.engines.wordpress_markup import WordPressMarkup

        return WordPressMarkup()

    async def load(self, place: Place) -> LoadedConversation:
        """Fetches every comment and ping that the blog gives.

        Raises:
            FetchError: the blog could not be asked.
        """
        from tui_reader.engines.wordpress_load import load

        return await load(self._http, place)

    async def load_many(self, places: Sequence[Place]) -> dict[int, LoadedConversation]:
        """The conversations of posts of one blog that few requests bring whole, by the post's stored id.

        Raises:
            FetchError: the blog asks to be left alone for now.
        """
        from tui_reader.engines.wordpress_many import load_many

        return await load_many(self._http, places)

    async def prepare(self, place: Place, to: str | None, identity: Identity | None) -> ReplyForm:
        """Reads the post's comment form, or finds the way with an account.

        Raises:
            ReplyError: the blog takes no answer here, or only a browser can give it.
            FetchError: the blog could not be asked.
        """
        from tui_reader.engines.wordpress_reply import prepare

        return await prepare(self._http, place, to, identity)

    async def send(self, place: Place, form: ReplyForm, letter: Letter) -> Outcome:
        """Posts the reply once, reads the answer and checks it by asking for the comment."""
        from tui_reader.engines.wordpress_reply import send

        return await send(self._http, self._now, place, form, letter)

    async def look_for(self, place: Place, letter: Letter, to: str | None, since: datetime) -> Outcome | None:
        """Asks the blog whether this letter is there.

        Raises:
            FetchError: the blog could not be asked.
        """
        from tui_reader.engines.wordpress_reply import look_for

        return await look_for(self._http, self._now, place, letter, to, since)

    async def check(self, place: Place, comment_id: str) -> Outcome:
        """Asks what became of a comment of ours.

        Raises:
            FetchError: the blog could not be asked.
        """
        from tui_reader.engines.wordpress_reply import check

        return await check(self._http, place, comment_id)
