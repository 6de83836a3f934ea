"""Loads a WordPress conversation by the best ways that the blog leaves open."""

import asyncio
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from tui_reader.domain.comment import Comment
from tui_reader.domain.conversation import LoadedConversation, Place
from tui_reader.engines import wordpress_address as address_book
from tui_reader.engines import wordpress_merge as merge
from tui_reader.engines.no_comments import nothing_here
from tui_reader.engines.wordpress_address import Address
from tui_reader.engines.wordpress_feed import FeedComments, read_feed
from tui_reader.engines.wordpress_page import CommentPage
from tui_reader.engines.wordpress_rest import (
    RestComments,
    RestPost,
    comments_of,
    is_refusal,
    one_comment,
    post_of,
)
from tui_reader.engines.wordpress_walk import MAX_PAGES, Walked, page_of, walk
from tui_reader.errors import FeedError, FetchError
from tui_reader.language import _
from tui_reader.net.client import Http

_MAX_ASKED_PINGS = 10
_MAX_PAGES_FOR_PINGS = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class _Answer:
    """What the API gave; not both parts are missing."""

    post: RestPost | None
    comments: RestComments | None

    def is_of(self, place: Place) -> bool:
        """Whether it tells of this post, and not of another one with the number that a guid suggested."""
        if self.post is not None:
            return (
                address_book.is_same_post(self.post.link, place.post.url) or self.post.guid == place.post.guid
            )
        links = [one.comment.url for one in self.comments.comments] if self.comments is not None else []
        return any(link and address_book.is_same_post(link, place.post.url) for link in links)


async def load(http: Http, place: Place) -> LoadedConversation:
    """Every comment and ping of the post that the blog gives.

    Raises:
        FetchError: the blog could not be asked.
    """
    return await _Loading(http, place).run()


class _Loading:
    """One load; it remembers what was fetched, so that nothing is asked for twice."""

    def __init__(self, http: Http, place: Place) -> None:
        self._http = http
        self._place = place
        self._expected = place.post.comment_count
        self._address = address_book.known(place)
        self._has_no_api = merge.has_no_api(place.post.engine_facts)
        self._feed: FeedComments | None = None
        self._tried_feeds: set[str] = set()
        self._page: CommentPage | None = None
        self._page_address = Address()
        self._page_error: FetchError | None = None

    async def run(self) -> LoadedConversation:
        """The conversation."""
        answer = await self._ask_where_known() or await self._ask_after_search()
        post = answer.post if answer is not None else None
        if post is not None and post.needs_password:
            return merge.protected(self._expected, self._facts(()))
        if answer is None or answer.comments is None:
            return await self._by_pages(post)
        return await self._by_api(post, answer.comments)

    async def _ask_where_known(self) -> _Answer | None:
        """Asks where the API was the last time, and for the feed meanwhile."""
        address = self._address
        if not (address.root and address.post_id):
            return None
        async with asyncio.TaskGroup() as group:
            asked = group.create_task(self._ask(address))
            if address.comment_feed or self._place.post.comments_feed_url:
                group.create_task(self._read_feed())
        return _unless_told_to_leave(*asked.result())

    async def _ask_after_search(self) -> _Answer | None:
        """Looks for the API's root and the post's number: in headers first, they cost nothing."""
        tried, self._address = self._address, Address(comment_feed=self._address.comment_feed)
        if self._place.post.comments_feed_url or tried.comment_feed:
            await self._read_feed()
        if not (self._address.root and self._address.route):
            await self._read_page()
        if self._is_no_wordpress():
            return None
        self._address = self._address.completed_by(address_book.guessed(self._place))
        for root in self._roots():
            address = replace(self._address, root=root)
            if not address.post_id or (root, address.post_id) == (tried.root, tried.post_id):
                continue
            answer = _unless_told_to_leave(*await self._ask(address))
            if answer is not None and (address.route or answer.is_of(self._place)):
                self._address = address
                return answer
        self._has_no_api = self._address.root is None
        return None

    def _roots(self) -> tuple[str, ...]:
        if self._address.root:
            return (self._address.root,)
        return () if self._has_no_api else address_book.root_guesses(self._place)

    async def _ask(self, address: Address) -> tuple[RestPost | FetchError, RestComments | FetchError]:
        root, post_id = address.root or "", address.post_id or ""

        async def post() -> RestPost | FetchError:
            try:
                return await post_of(self._http, root, address.route or f"/wp/v2/posts/{post_id}")
            except FetchError as error:
                return error

        async def comments() -> RestComments | FetchError:
            try:
                return await comments_of(self._http, root, [post_id])
            except FetchError as error:
                return error

        async with asyncio.TaskGroup() as group:
            told, listed = group.create_task(post()), group.create_task(comments())
        return told.result(), listed.result()

    async def _by_api(self, post: RestPost | None, listed: RestComments) -> LoadedConversation:
        author = post.author if post is not None else None
        comments = {one.comment.id: one.under(author) for one in listed.comments}
        if self._feed is None and (self._expected is None or self._expected > len(comments)):
            await self._read_feed()
        feed = self._feed.comments if self._feed is not None else ()
        strangers = [comment for comment in feed if comment.id not in comments]
        for comment in await self._confirmed(strangers, author):
            comments[comment.id] = comment
        is_complete = listed.is_whole
        # a feed that shows as many as there are leaves no place for older pings: the count is out of date
        if self._expected is not None and len(feed) < len(comments) < self._expected:
            walked = await self._walk(_MAX_PAGES_FOR_PINGS, comments)
            is_complete = is_complete and walked.is_whole
            comments = {comment.id: comment for comment in walked.comments} | comments
        shown = tuple(comments.values())
        total = len(shown) if is_complete else max(len(shown), self._expected or 0, listed.total)
        return LoadedConversation(
            engine=merge.ENGINE,
            comments=shown,
            total=total,
            is_complete=is_complete,
            note="" if is_complete else merge.count_note(len(shown), total, is_newest=False),
            takes_comments=post.takes_comments if post is not None else None,
            facts=self._facts(shown),
            post_html=post.html if post is not None else None,
        )

    async def _confirmed(self, strangers: Sequence[Comment], author: str | None) -> list[Comment]:
        """What the feed has and the API does not list: pings, and what came in between."""
        kinds = merge.known_pings(self._place.post.engine_facts)
        root = self._address.root or ""

        async def asked(comment: Comment) -> Comment | None:
            if (kind := kinds.get(comment.id)) is not None:
                return replace(comment, kind=kind)
            try:
                one = await one_comment(self._http, root, comment.id)
            except FetchError:
                return comment  # its looks must do
            return one.under(author) if one is not None else None

        async with asyncio.TaskGroup() as group:
            tasks = [group.create_task(asked(comment)) for comment in strangers[:_MAX_ASKED_PINGS]]
        answers = [task.result() for task in tasks]
        return [c for c in answers if c is not None] + list(strangers[_MAX_ASKED_PINGS:])

    async def _by_pages(self, post: RestPost | None) -> LoadedConversation:
        await self._read_page()
        if self._is_no_wordpress():
            return nothing_here()
        if self._feed is None:
            await self._read_feed()
        if (self._page is not None and self._page.needs_password) or (
            self._feed is not None and self._feed.needs_password
        ):
            return merge.protected(self._expected, self._facts(()))
        walked = await self._walk(MAX_PAGES, {})
        if self._feed is None and not walked.comments:
            await self._read_feed(self._place.post.comments_feed_url)
        if self._page_error is not None and self._feed is None:
            raise self._page_error
        shown = merge.page_and_feed(walked.comments, self._feed.comments if self._feed is not None else ())
        is_complete, note = merge.how_much(walked, len(shown), self._expected)
        told = post.takes_comments if post is not None else None
        if told is None and self._page is not None:
            told = self._page.takes_comments
        return LoadedConversation(
            engine=merge.ENGINE,
            comments=shown,
            total=len(shown) if is_complete else self._expected,
            is_complete=is_complete,
            note=note,
            takes_comments=told,
            facts=self._facts(shown),
            post_html=post.html if post is not None else None,
        )

    async def _walk(self, max_pages: int, others: Mapping[str, Comment]) -> Walked:
        """The comment pages, until together with ``others`` nothing is missing."""
        await self._read_page()
        if self._page is None:
            return Walked()

        def is_enough(found: Mapping[str, Comment]) -> bool:
            return self._expected is None or len(found.keys() | others.keys()) >= self._expected

        post_url = address_book.first_page(self._place.post.url)
        return await walk(self._http, post_url, self._page, is_enough, max_pages=max_pages)

    def _facts(self, shown: Iterable[Comment]) -> Mapping[str, str]:
        return self._address.facts() | merge.more_facts(shown, has_no_api=self._has_no_api)

    def _is_no_wordpress(self) -> bool:
        page = self._page
        signs = self._address.root or self._feed is not None or address_book.is_wordpress(self._place)
        return not (signs or page is None or page.is_wordpress or page.comments)

    async def _read_feed(self, url: str | None = None) -> None:
        """Reads the post's comment feed once; a feed that cannot be had is no fault: there are other ways."""
        said = self._place.post.comments_feed_url
        url = url or self._address.comment_feed or (said and address_book.atom_feed(said)) or said
        url = url or address_book.derived_feed(self._place)
        if self._feed is None and url not in self._tried_feeds:
            self._tried_feeds.add(url)
            try:
                self._feed = await read_feed(self._http, url)
            except (FetchError, FeedError):
                return
            self._address = replace(self._address, comment_feed=url)
        if self._feed is not None:
            said_here = address_book.said_by(self._feed.links, url)
            self._address = self._address.completed_by(said_here)

    async def _read_page(self) -> None:
        """Reads the post's page once."""
        if self._page is None and self._page_error is None:
            url = address_book.first_page(self._place.post.url)
            try:
                response = await self._http.get(url)
            except FetchError as error:
                self._page_error = error
                return
            said = address_book.said_by(response.links, response.url)
            home = self._place.blog.url
            if address_book.is_same_post(response.url, home) and not address_book.is_same_post(url, home):
                self._page_error = FetchError(url, _("the blog leads to its front page instead of the post"))
                self._page_address = Address(root=said.root)  # the front page may be a post of its own
            else:
                self._page = await page_of(response)
                self._page_address = said.completed_by(self._page.address)
        self._address = self._address.completed_by(self._page_address)


def _unless_told_to_leave(post: RestPost | FetchError, comments: RestComments | FetchError) -> _Answer | None:
    """What there is of an answer; None when the API is closed.

    Raises:
        FetchError: the blog asks to be left alone for now.
    """
    for result in (post, comments):
        if isinstance(result, FetchError) and not is_refusal(result):
            raise result
    told = None if isinstance(post, FetchError) else post
    listed = None if isinstance(comments, FetchError) else comments
    return _Answer(post=told, comments=listed) if told or listed else None
