"""Walks over the comment pages of a WordPress post."""

import asyncio
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from tui_reader.domain.comment import Comment
from tui_reader.engines.wordpress_address import comment_page
from tui_reader.engines.wordpress_page import CommentPage, read_page
from tui_reader.errors import FetchError
from tui_reader.net.client import Http, Response

MAX_PAGES = 200
_AT_ONCE = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Walked:
    """What the pages show."""

    comments: tuple[Comment, ...] = ()
    is_whole: bool = False
    """Every page was read."""


async def page_of(response: Response) -> CommentPage:
    """A fetched page, read."""
    # parsing a page of megabytes takes a while: not on the loop
    return await asyncio.to_thread(read_page, response.text(), response.url)


async def walk(
    http: Http,
    post_url: str,
    first: CommentPage,
    is_enough: Callable[[Mapping[str, Comment]], bool],
    *,
    max_pages: int = MAX_PAGES,
) -> Walked:
    """Every comment that the post's pages show, each thread whole, since WordPress never parts one.

    Args:
        http: The way to the blog.
        post_url: The post's own address.
        first: The page at that address, which is the last one on most blogs.
        is_enough: Told what was found so far; whether nothing is missing any more.
        max_pages: Where to stop.
    """
    found = {comment.id: comment for comment in first.comments}
    named = set(first.numbers)
    # comments whose addresses name no page are on the only one there is
    read = {1} if named == {1} else {first.number} if first.number is not None else set()
    is_whole = True
    while named and is_whole:
        end = max(named | read)
        batch = [number for number in range(1, end + 1) if number not in read][:_AT_ONCE]
        is_past_end = not batch
        if is_past_end:
            # not every theme links to all pages: count on while something is missing and pages bring it
            if is_enough(found):
                break
            batch = [end + 1]
        if len(read) + len(batch) > max_pages:
            is_whole = False
            break
        pages = await _read(http, [comment_page(post_url, number) for number in batch])
        read.update(batch)
        before = len(found)
        for page in pages:
            found.update((comment.id, comment) for comment in page.comments)
            named |= page.numbers
        if is_past_end and len(found) == before:
            break  # past the end WordPress answers with a page that has no comment
        is_whole = len(pages) == len(batch)
    return Walked(comments=tuple(found.values()), is_whole=is_whole)


async def _read(http: Http, urls: Iterable[str]) -> list[CommentPage]:
    async def read_one(url: str) -> CommentPage | None:
        try:
            return await page_of(await http.get(url))
        except FetchError:
            return None  # what the other pages show is still worth showing, as not complete

    async with asyncio.TaskGroup() as group:
        tasks = [group.create_task(read_one(url)) for url in urls]
    return [page for task in tasks if (page := task.result()) is not None]
