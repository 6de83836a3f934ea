"""Feeds parsed off the event loop, shared by subscribing and refreshing."""

from collections.abc import Collection

from tui_reader.domain.feed import ParsedComment, ParsedFeed
from tui_reader.feeds.wire import ReadFeed
from tui_reader.services.parsing import PARSERS

FEED_TYPES = (
    "application/atom+xml, application/rss+xml, application/feed+json,"
    " application/xml;q=0.9, text/html;q=0.8, */*;q=0.5"
)
"""What is accepted where a feed is hoped for and a page may come."""


def body_hash(body: bytes) -> str:
    """The same for the same bytes: they need not be parsed again."""
    import hashlib  # loads OpenSSL: not where nothing changed

    return hashlib.blake2b(body, digest_size=16).hexdigest()


async def parse_feed(body: bytes, url: str, content_type: str) -> ParsedFeed:
    """Parses a posts feed in a process of its own: feedparser takes up to seconds.

    Raises:
        FeedError: no feed can be made of the bytes.
    """
    return (await read_feed(body, url, content_type)).feed


async def read_feed(body: bytes, url: str, content_type: str, known: Collection[str] = ()) -> ReadFeed:
    """Parses what is new in a posts feed, with what it says of itself.

    Args:
        body: The feed.
        url: Where it came from.
        content_type: What the server calls it.
        known: Hashes of entries that need not be read again.

    Raises:
        FeedError: no feed can be made of the bytes.
    """
    return await PARSERS.feed(body, url, content_type, known)


async def parse_comments(body: bytes, url: str, content_type: str) -> tuple[ParsedComment, ...]:
    """Parses a comment feed in a process of its own.

    Raises:
        FeedError: no feed can be made of the bytes.
    """
    return await PARSERS.comments(body, url, content_type)


def comments_feed_of(feed: ParsedFeed, feed_url: str) -> str | None:
    """The feed of all comments of the blog: the one it names, else WordPress's own place for it.

    WordPress: ``/feed/`` has ``/comments/feed/`` beside it, ``?feed=rss2`` has ``?feed=comments-rss2``.
    """
    if feed.comments_feed_url:
        return feed.comments_feed_url
    if "wordpress" not in (feed.generator or "").lower():
        return None
    if "?feed=" in feed_url:
        return feed_url.split("?feed=")[0] + "?feed=comments-rss2"
    head, slash, _ = feed_url.rpartition("/feed")
    return f"{head}/comments/feed/" if slash else None
