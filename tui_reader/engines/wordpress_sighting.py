"""Asks a WordPress whether it shows a comment: by its number, or by its words."""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from tui_reader.content.links import absolute_web
from tui_reader.domain.comment import Comment, CommentState
from tui_reader.domain.conversation import Place
from tui_reader.engines.wordpress_address import Address, atom_feed, rest_url, root_guesses
from tui_reader.engines.wordpress_answer import object_in, said_in_json
from tui_reader.engines.wordpress_feed import read_feed
from tui_reader.engines.wordpress_page import read_page
from tui_reader.engines.wordpress_rest import as_comment
from tui_reader.engines.wordpress_words import gist
from tui_reader.errors import FeedError, FetchError, HttpStatusError
from tui_reader.net.client import Http
from tui_reader.net.response import Response

# caches on the way show what was there minutes ago; no validators are sent either
FRESH: Mapping[str, str] = {"Cache-Control": "no-cache", "Pragma": "no-cache"}
_PER_PAGE = 100
_MAX_PAGES = 5
_ANY_ANSWER = range(400, 500)


class Sight(StrEnum):
    """What the blog shows of a comment."""

    SHOWN = "shown"
    HIDDEN = "hidden"
    """It is there, and not for everybody: held, spam or in the bin."""
    HELD = "held"
    """The page itself says that it waits for a moderator."""
    GONE = "gone"
    UNSEEN = "unseen"
    """Not on the pages that were looked at, which says little."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sighting:
    """What was seen, and where."""

    sight: Sight
    comment_id: str | None = None
    url: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What a comment must have to be the one that is looked for."""

    gist: str
    author: str | None
    """None when the name is the account's, which the letter does not know."""
    parent_id: str | None
    since: datetime

    def is_like(self, comment: Comment) -> bool:
        """Whether a comment is the one; an undated one is taken for new."""
        return (
            (self.author is None or gist(comment.author) == self.author)
            and comment.parent_id == self.parent_id
            and (comment.published is None or comment.published >= self.since)
            and gist(comment.html) == self.gist
        )


async def by_number(
    http: Http, place: Place, address: Address, comment_id: str, page_url: str | None = None
) -> Sighting:
    """What the blog shows of the comment with this number.

    Args:
        http: Asks.
        place: The post.
        address: What is known of the API.
        comment_id: The comment.
        page_url: The page that should show it, if the blog named one.

    Raises:
        FetchError: the blog could not be asked.
    """
    for root in [address.root] if address.root else root_guesses(place):
        seen = await _by_api(http, root, comment_id)
        if seen is not None:
            return seen
    return await _by_pages(http, place, address, comment_id, page_url)


async def _by_api(http: Http, root: str, comment_id: str) -> Sighting | None:
    """None when the API is not for everybody here."""
    response = await http.get(rest_url(root, f"/wp/v2/comments/{comment_id}"), headers=FRESH, ok=_ANY_ANSWER)
    if response.status == 200:
        data = object_in(response)
        if data is None or str(data.get("id")) != comment_id:
            return None
        link = data.get("link")
        url = absolute_web(link, response.url) if isinstance(link, str) else None
        sight = Sight.SHOWN if data.get("status", "approved") == "approved" else Sight.HIDDEN
        return Sighting(sight=sight, comment_id=comment_id, url=url)
    code, _ = said_in_json(response)
    if code == "rest_cannot_read":
        return Sighting(sight=Sight.HIDDEN, comment_id=comment_id)
    if code == "rest_comment_invalid_id":
        return Sighting(sight=Sight.GONE, comment_id=comment_id)
    return None


async def _by_pages(
    http: Http, place: Place, address: Address, comment_id: str, page_url: str | None
) -> Sighting:
    page = await http.get(page_url or place.post.url, headers=FRESH)
    for comment in [*await _on_page(page), *await _in_feed(http, place, address)]:
        if comment.id == comment_id:
            sight = Sight.HELD if comment.state is CommentState.HELD else Sight.SHOWN
            return Sighting(sight=sight, comment_id=comment_id, url=comment.url)
    return Sighting(sight=Sight.UNSEEN, comment_id=comment_id)


async def by_words(http: Http, place: Place, address: Address, wanted: Wanted) -> Sighting | None:
    """The comment that has the wanted words, author and parent; None when it is not to be seen.

    Raises:
        FetchError: the blog could not be asked.
    """
    if address.post_id:
        for root in [address.root] if address.root else root_guesses(place):
            newest = await _newest_by_api(http, root, address.post_id, wanted.since)
            if newest is None:
                continue
            match = next(filter(wanted.is_like, newest), None)
            if match is not None:
                return _seen(match)
            # a number that was only guessed may be another post's
            if address.route:
                return None
            break
    page = await http.get(place.post.url, headers=FRESH)
    nearby = [*await _in_feed(http, place, address), *await _on_page(page)]
    match = next(filter(wanted.is_like, nearby), None)
    return _seen(match) if match is not None else None


def _seen(comment: Comment) -> Sighting:
    sight = Sight.HELD if comment.state is CommentState.HELD else Sight.SHOWN
    return Sighting(sight=sight, comment_id=comment.id, url=comment.url)


async def _newest_by_api(http: Http, root: str, post_id: str, since: datetime) -> list[Comment] | None:
    """Comments from the newest back to ``since``; None when the API is not for everybody here."""
    found: list[Comment] = []
    for number in range(1, _MAX_PAGES + 1):
        query = {
            "post": post_id,
            "per_page": str(_PER_PAGE),
            "order": "desc",
            "orderby": "date_gmt",
            "page": str(number),
        }
        response = await http.get(rest_url(root, "/wp/v2/comments", query), headers=FRESH, ok=_ANY_ANSWER)
        comments = _from_list(response)
        if comments is None:
            # past the end newer versions answer 400
            return found or None
        found += comments
        oldest = comments[-1].published if comments else None
        if len(comments) < _PER_PAGE or (oldest is not None and oldest < since):
            break
    return found


def _from_list(response: Response) -> list[Comment] | None:
    if response.status != 200:
        return None
    try:
        data = response.json()
    except FetchError:
        return None
    if not isinstance(data, list):
        return None
    return [found.comment for found in map(as_comment, data) if found is not None]


async def _on_page(page: Response) -> tuple[Comment, ...]:
    # parsing a page of megabytes takes a while: not on the loop
    return (await asyncio.to_thread(read_page, page.text(), page.url)).comments


async def _in_feed(http: Http, place: Place, address: Address) -> tuple[Comment, ...]:
    """The newest ten, from the post's own feed; none when there is no such feed: the page says more then."""
    feed = address.comment_feed or (place.post.comments_feed_url and atom_feed(place.post.comments_feed_url))
    if not feed:
        return ()
    try:
        return (await read_feed(http, feed)).comments
    except (HttpStatusError, FeedError):
        return ()
