"""The pages of a blog behind the one that its feed shows, newest first, each asked for when it is wanted.

The way is what the feed says of it: its archive, or its next page (RFC 5005), ``next_url`` of a JSON Feed;
WordPress, which says nothing, gives ``?paged=2``.
"""

from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from tui_reader.domain.feed import ParsedFeed, ParsedPost
from tui_reader.errors import HttpStatusError
from tui_reader.net.client import Http
from tui_reader.net.fetch import Fetched, fetch
from tui_reader.services import feedwork
from tui_reader.services.feedwork import FEED_TYPES

_GONE = frozenset({404, 410})


class OlderPages:
    """Where one blog's older posts are, as far as the way there is known.

    Args:
        http: The way out.
        feed_url: The feed that is followed.
        how_many: Gives how many of the blog's posts are stored, or of those since a moment.
    """

    def __init__(
        self,
        http: Http,
        feed_url: str,
        how_many: Callable[[datetime | None], Awaitable[int]],
    ) -> None:
        self._http = http
        self._feed_url = feed_url
        self._how_many = how_many
        self._has_begun = False
        self._next: str | None = None
        self._asked = {feed_url}
        self._last: frozenset[str] = frozenset()
        # WordPress: pages are sought downwards from where the stored ones should end
        self._is_seeking = False
        self._size = 1
        self._highest = 0
        self._is_beyond = False

    @property
    def has_more(self) -> bool:
        """Whether there may be another page."""
        return self._next is not None or not self._has_begun

    async def more(self) -> Sequence[ParsedPost]:
        """The posts of the next page; none where it turns out to be the end. After an error it may go on.

        Raises:
            FetchError: it could not be had.
            FeedError: what came is no feed.
        """
        if not self._has_begun:
            await self._begin()
        if self._next is None:
            return ()
        url = self._next
        page = await self._read(url)
        self._asked.add(url)
        number = _number_of(url)
        # a server that knows no pages gives the same one for each of them
        if page is not None and (not page.posts or _guids(page) <= self._last):
            page = None
        if number and self._is_seeking:
            await self._seek(number, page)
        else:
            self._next = None if page is None else self._after(page, number)
            self._last = self._last if page is None else _guids(page)
        return () if page is None else page.posts

    async def _begin(self) -> None:
        head = await self._read(self._feed_url) or ParsedFeed(title="", url=self._feed_url)
        self._has_begun = True
        self._last = _guids(head)
        self._next = self._after(head, 0)
        if self._next is None and head.posts and "wordpress" in (head.generator or "").lower():
            self._size = len(head.posts)
            number = max(2, await self._how_many(None) // self._size)
            self._is_seeking = True
            self._next = _on_page(self._feed_url, number)

    async def _seek(self, number: int, page: ParsedFeed | None) -> None:
        """Steps back over what is missing between the stored posts and this page, then goes on behind it."""
        if page is None:
            self._is_beyond = True
        else:
            self._highest = max(self._highest, number)
        if number > 2 and (page is None or not await self._is_joined(number, page)):
            self._next = _on_page(self._feed_url, number - 1)
            return
        self._is_seeking = False
        is_end = self._is_beyond or not self._highest
        self._next = None if is_end else _on_page(self._feed_url, self._highest + 1)

    async def _is_joined(self, number: int, page: ParsedFeed) -> bool:
        """Whether what comes before this page is stored, but for some posts that came just now."""
        dates = [post.published for post in page.posts if post.published]
        return not dates or await self._how_many(min(dates)) >= (number - 1) * self._size

    def _after(self, page: ParsedFeed, number: int) -> str | None:
        url = page.older_url or (_on_page(self._feed_url, number + 1) if number else None)
        return None if url in self._asked else url

    async def _read(self, url: str) -> ParsedFeed | None:
        """One page; None where there is none."""
        try:
            answer = await fetch(self._http, url, accept=FEED_TYPES)
        except HttpStatusError as error:
            if error.status in _GONE and url != self._feed_url:
                return None
            raise
        if not isinstance(answer, Fetched):
            return None
        response = answer.response
        return await feedwork.parse_feed(
            response.body, response.url, response.headers.get("content-type", "")
        )


def _guids(page: ParsedFeed) -> frozenset[str]:
    return frozenset(post.guid for post in page.posts)


def _on_page(feed_url: str, number: int) -> str:
    parts = urlsplit(feed_url)
    query = [
        (name, value) for name, value in parse_qsl(parts.query, keep_blank_values=True) if name != "paged"
    ]
    return urlunsplit(parts._replace(query=urlencode([*query, ("paged", str(number))])))


def _number_of(url: str) -> int:
    """The page that WordPress is asked for; 0 where the address names none."""
    said = dict(parse_qsl(urlsplit(url).query)).get("paged", "")
    return int(said) if said.isascii() and said.isdigit() and len(said) < 6 else 0
