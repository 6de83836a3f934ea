"""Any blog whose feed names comment feeds: threads as far as those tell (RFC 4685), answers in a browser."""

import asyncio
import re
from collections.abc import Callable, Container, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from tui_reader.domain.comment import Comment
from tui_reader.domain.conversation import LoadedConversation, Place
from tui_reader.domain.feed import ParsedComment
from tui_reader.engines.no_comments import ReadOnly
from tui_reader.errors import FeedError, FetchError
from tui_reader.feeds.address import web_address
from tui_reader.feeds.fields import links_of
from tui_reader.feeds.parse import parse_comments
from tui_reader.feeds.reading import Fields, read
from tui_reader.feeds.words import MAX_COMMENTS, guid_of
from tui_reader.language import N_, _
from tui_reader.net.client import Http
from tui_reader.net.response import Response

_BROWSER_ONLY = N_("this blog's comments can be answered in a browser only")
_MAX_PAGES = 40
_MORE_TO_READ = re.compile(rb"""rel\s*=\s*["'](?:next|related)["']""")
_BLOGGER_COMMENT = re.compile(r"/comments/default/(\d{1,30})$", re.ASCII)
_BLOGGER_GUID = re.compile(r"(?<=post-)\d{1,30}$", re.ASCII)
# a feed with a round number of entries has probably been cut there
_ROUND = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class _Page:
    """One fetched page of a comment feed."""

    entries: tuple[ParsedComment, ...]
    parents: dict[str, str]
    """Guids of comments to those of what they answer, where the feed says so in Blogger's own way."""
    next_url: str | None


class AtomThread(ReadOnly):
    """Reads the post's comment feed; most such feeds hold only the newest comments."""

    name = "atom"
    browser_words = unsure_words = _BROWSER_ONLY

    def __init__(self, http: Http, now: Callable[[], datetime]) -> None:
        self._http = http
        self._now = now

    def recognises(self, place: Place) -> bool:
        """By the comment feed that the post names; so ask the engines that know their blogs first."""
        return bool(place.post.comments_feed_url)

    async def load(self, place: Place) -> LoadedConversation:
        """Fetches the comments that the feed holds, over all its pages where it has more than one.

        Raises:
            FetchError: the blog could not be asked, or what it gave is no feed.
        """
        entries: dict[str, ParsedComment] = {}
        parents: dict[str, str] = {}
        asked: set[str] = set()
        url = place.post.comments_feed_url
        is_cut = False
        while url is not None and url not in asked:
            try:
                page = await self._page(url)
            except FetchError:
                if not asked:
                    raise
                is_cut = True
                break
            asked.add(url)
            brings_more = any(entry.guid not in entries for entry in page.entries)
            entries = {entry.guid: entry for entry in page.entries} | entries
            parents |= page.parents
            is_cut = brings_more and len(asked) >= _MAX_PAGES
            # a blog that ignores the page's number gives the same entries for ever
            url = page.next_url if brings_more and not is_cut else None
        comments = as_comments(entries.values(), parents, {place.post.guid, place.post.url})
        return _conversation(place, comments, is_paged=len(asked) > 1, is_cut=is_cut)

    async def _page(self, url: str) -> _Page:
        response = await self._http.get(url)
        try:
            return await asyncio.to_thread(_read, response)
        except FeedError as error:
            raise FetchError(url, _("what came is no comment feed")) from error


def as_comments(
    entries: Iterable[ParsedComment], parents: Mapping[str, str], post_names: Container[str]
) -> tuple[Comment, ...]:
    """The feed's entries as comments named by their guids.

    Args:
        entries: The feed's.
        parents: Guids of comments to those of their parents, where they are known better than by the entries.
        post_names: The post's own guid and address: what refers to them is at top level.
    """
    entries = tuple(entries)
    by_url = {entry.url: entry.guid for entry in entries if entry.url}
    guids = {entry.guid for entry in entries}
    return tuple(
        Comment(
            id=entry.guid,
            parent_id=parents.get(entry.guid) or _parent(entry, guids, by_url, post_names),
            author=entry.author,
            author_url=entry.author_url,
            published=entry.published,
            html=entry.html,
            url=entry.url,
        )
        for entry in entries
    )


def _parent(
    entry: ParsedComment, guids: Container[str], by_url: Mapping[str, str], post_names: Container[str]
) -> str | None:
    """Of several references the one that is a comment; else one to a comment that left the feed."""
    refs = [by_url.get(ref, ref) for ref in entry.reply_to]
    refs = [ref for ref in refs if ref != entry.guid and ref not in post_names]
    return next((ref for ref in refs if ref in guids), refs[0] if refs else None)


def _read(response: Response) -> _Page:
    content_type = response.headers.get("content-type", "")
    entries = parse_comments(response.body, response.url, content_type)
    next_url = next((link.url for link in response.links if link.rel == "next"), None)
    parents: dict[str, str] = {}
    if _MORE_TO_READ.search(response.body):
        raw = read(response.body, response.url, content_type, MAX_COMMENTS)
        heads = (link.get("href") for link in links_of(raw.head) if link.get("rel") == "next")
        next_url = next((url for href in heads if (url := web_address(href, response.url))), next_url)
        parents = _blogger_parents(raw.entries)
    return _Page(entries=entries, parents=parents, next_url=next_url)


def _blogger_parents(entries: Iterable[Fields]) -> dict[str, str]:
    """Blogger's ``thr:in-reply-to`` names the post alone; a related link names the comment."""
    parents: dict[str, str] = {}
    for entry in entries:
        guid = guid_of(entry.get("id"))
        hrefs = [str(link.get("href")) for link in links_of(entry) if link.get("rel") == "related"]
        numbers = (match[1] for href in hrefs if (match := _BLOGGER_COMMENT.search(href.partition("?")[0])))
        number = next(numbers, None)
        if number is not None and _BLOGGER_GUID.search(guid):
            parents[guid] = _BLOGGER_GUID.sub(number, guid)
    return {guid: parent for guid, parent in parents.items() if parent != guid}


def _is_oldest_first(comments: tuple[Comment, ...]) -> bool:
    """Whether what is missing is the newest, and not the oldest as in most feeds."""
    dates = [comment.published for comment in comments if comment.published is not None]
    return len(dates) > 1 and dates[0] < dates[-1]


def _conversation(
    place: Place, comments: tuple[Comment, ...], *, is_paged: bool, is_cut: bool
) -> LoadedConversation:
    count, shown = place.post.comment_count, len(comments)
    looks_cut = is_cut or (not is_paged and shown > 0 and shown % _ROUND == 0)
    note = ""
    if count is not None and count > shown:
        told = _("{shown} of {total}") if _is_oldest_first(comments) else _("{shown} newest of {total}")
        note = told.format(shown=shown, total=count)
        if not shown:
            note = _("none of {total} are in the feed").format(total=count)
    elif looks_cut and (count is None or is_cut):
        told = _("the first {shown}") if _is_oldest_first(comments) else _("the newest {shown}")
        note = told.format(shown=shown)
    return LoadedConversation(
        engine=AtomThread.name,
        comments=comments,
        total=None if count is None else max(count, shown),
        # the count may be older than the feed, so a feed that looks cut is not taken for whole
        is_complete=not looks_cut and count is not None and count <= shown,
        note=note,
    )
