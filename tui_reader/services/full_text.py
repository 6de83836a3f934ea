"""The whole text of posts that a feed cuts short, taken from their pages and kept."""

import asyncio
import atexit
import re
from collections.abc import Callable
from typing import TYPE_CHECKING

from tui_reader.domain.blog import Blog
from tui_reader.errors import ExtractionError
from tui_reader.language import _
from tui_reader.services.parsing import Parsers
from tui_reader.storage import blogs, post_texts, posts
from tui_reader.storage.database import Database

if TYPE_CHECKING:
    from tui_reader.net.client import Http

PAGES = Parsers(most=1, loads=("trafilatura",))
"""They take main texts out of pages; they end when idle, and with the program.

Within the bounds of all parsing: a page of 80 KB takes 0.07 s and no memory to speak of, one with a thousand
comments 0.2 s and 12 MB, a book of 1 MB on one page 1.2 s and 54 MB; what takes more is no post.
"""
atexit.register(PAGES.stop)

MAX_PAGE = 5_000_000
_WORD = re.compile(r"[^\W_]{4,}")
_PAGE_TYPES = frozenset({"text/html", "application/xhtml+xml", ""})


class FullTexts:
    """Whole texts, fetched when they are asked for and kept."""

    def __init__(self, database: Database, http: "Callable[[], Http]", *, pages: Parsers = PAGES) -> None:
        self._database = database
        self._http = http
        self._pages = pages

    async def fetch(self, post_id: int) -> None:
        """Takes the whole text from the post's page and keeps it beside the feed's.

        Raises:
            FetchError: the page could not be asked.
            ExtractionError: the page has no such text, or no more than the feed gives.
        """
        from tui_reader.net.reach import on_behalf_of

        post = await self._database.read(posts.get_post, post_id)
        blog: Blog = await self._database.read(blogs.get_blog, post.blog_id)
        stored = await self._database.read(post_texts.texts, post_id)
        if not post.url:
            raise ExtractionError(_("the feed does not say where the post's page is"))
        # the page is what the feed names: a stranger's word, so it leads to no private address but the blog's
        with on_behalf_of(blog.feed_url):
            answer = await self._http().get(
                post.url.partition("#")[0], headers={"accept": "text/html, */*;q=0.1"}, max_bytes=MAX_PAGE
            )
        if answer.content_type not in _PAGE_TYPES:
            raise ExtractionError(
                _("the post's page is no page but {content_type}").format(content_type=answer.content_type)
            )
        found = await self._pages.page(answer.text(), answer.url)
        await asyncio.to_thread(_check, found, stored.html, post.url)
        await self._database.run(post_texts.keep_from_page, post_id, found, feed_html=stored.html)


def _check(found: str, feed_html: str, base_url: str) -> None:
    """The text of the page must be the feed's and more: else the feed's is the better one."""
    from tui_reader.content.readable import document, plain_text, words_and_minutes

    whole, beginning = document(found, base_url), document(feed_html, base_url)
    if words_and_minutes(whole)[0] <= words_and_minutes(beginning)[0]:
        raise ExtractionError(_("the page gives no more than the feed"))
    said = set(_WORD.findall(plain_text(beginning).lower()))
    there = set(_WORD.findall(plain_text(whole).lower()))
    # excerpts lose a word here and there, and the last one may be cut
    if len(said & there) < 0.6 * len(said):
        raise ExtractionError(_("the page's main text is another one than the feed's"))
