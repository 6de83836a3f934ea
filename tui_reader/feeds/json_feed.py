"""JSON Feed 1.0 and 1.1 (jsonfeed.org), which feedparser does not read."""

import json
from typing import Any
from urllib.parse import urlsplit

from tui_reader.domain.feed import ParsedComment, ParsedFeed, ParsedPost
from tui_reader.feeds import enclosed
from tui_reader.feeds.address import web_address, without_fragment
from tui_reader.feeds.dates import iso_moment
from tui_reader.feeds.unread import unread
from tui_reader.feeds.words import MAX_COMMENTS, MAX_POSTS, beginning_of, body_of, guid_of, name_of, title_of

Item = dict[str, Any]


def parse_feed(body: bytes, url: str) -> ParsedFeed:
    """Reads a feed of posts.

    Raises:
        FeedError: it is no JSON feed.
    """
    feed, items = _read(body, url, MAX_POSTS)
    page = web_address(feed.get("home_page_url"), url) or url
    return ParsedFeed(
        title=title_of(feed.get("title"), "text/plain") or urlsplit(page).hostname or page,
        url=page,
        posts=tuple(post for item in items if (post := _post(item, feed, url, page))),
        older_url=web_address(feed.get("next_url"), url),
    )


def parse_comments(body: bytes, url: str) -> tuple[ParsedComment, ...]:
    """Reads a feed of comments; the format has no word for parents.

    Raises:
        FeedError: it is no JSON feed.
    """
    _, items = _read(body, url, MAX_COMMENTS)
    return tuple(comment for item in items if (comment := _comment(item, url)))


def _read(body: bytes, url: str, most: int) -> tuple[Item, list[Item]]:
    try:
        feed = json.loads(body.decode("utf-8-sig", "replace"))
    # RecursionError: a hundred thousand brackets
    except (ValueError, RecursionError) as error:
        raise unread(url, "damaged") from error
    items = feed.get("items") if isinstance(feed, dict) else None
    if not isinstance(items, list):
        raise unread(url, "no-feed")
    return feed, [item for item in items[:most] if isinstance(item, dict)]


def _post(item: Item, feed: Item, feed_url: str, page: str) -> ParsedPost | None:
    link = web_address(item.get("url"), feed_url)
    guid = _id(item) or link
    if not guid:
        return None
    updated = iso_moment(item.get("date_modified"))
    html = _html(item)
    files = enclosed.of_item(item, link or page)
    shown = enclosed.below(html or body_of(item.get("summary"), is_plain=True), files)
    return ParsedPost(
        guid=guid,
        url=link or page,
        title=title_of(item.get("title"), "text/plain") or beginning_of(shown),
        author=_author(item)[0] or _author(feed)[0] or None,
        published=iso_moment(item.get("date_published")) or updated,
        updated=updated,
        html=shown,
        is_excerpt=not html and bool(item.get("summary")),
    )


def _comment(item: Item, feed_url: str) -> ParsedComment | None:
    link = web_address(item.get("url"), feed_url)
    guid = _id(item) or link
    if not guid:
        return None
    name, site = _author(item)
    return ParsedComment(
        guid=guid,
        url=link,
        post_url=without_fragment(link) if link else None,
        author=name,
        author_url=web_address(site, feed_url),
        published=iso_moment(item.get("date_published")) or iso_moment(item.get("date_modified")),
        html=_html(item),
    )


def _id(item: Item) -> str:
    # the format wants a string; numbers are met all the same
    value = item.get("id")
    return guid_of(str(value) if isinstance(value, int | float) else value)


def _html(item: Item) -> str:
    return body_of(item.get("content_html")) or body_of(item.get("content_text"), is_plain=True)


def _author(item: Item) -> tuple[str, object]:
    """The first author (1.1), else the only one (1.0): name and site."""
    authors = item.get("authors")
    first = authors[0] if isinstance(authors, list) and authors else item.get("author")
    if not isinstance(first, dict):
        return "", None
    return name_of(first.get("name")), first.get("url")
