"""What a feed said, before anything is known of what is stored."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class ParsedPost:
    """One entry of a posts feed. ``guid`` is never empty: the link stands in where the feed has none."""

    guid: str
    url: str
    title: str
    author: str | None = None
    published: datetime | None = None
    updated: datetime | None = None
    html: str = ""
    """The longest body that the entry has."""
    is_excerpt: bool = False
    """The feed gave a summary only."""
    comments_url: str | None = None
    comments_feed_url: str | None = None
    comment_count: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ParsedFeed:
    """A whole feed of posts."""

    title: str
    url: str
    """The blog's page; the feed's own address when it names none."""
    posts: tuple[ParsedPost, ...] = ()
    generator: str | None = None
    comments_feed_url: str | None = None
    older_url: str | None = None
    """Where the posts before these are, if the feed says so: its archive or its next page (RFC 5005)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ParsedComment:
    """One entry of a comment feed, of one post or of a whole blog."""

    guid: str
    url: str | None = None
    post_url: str | None = None
    """The post it belongs to, as far as the feed tells: its link without the fragment."""
    author: str = ""
    author_url: str | None = None
    published: datetime | None = None
    html: str = ""
    reply_to: tuple[str, ...] = ()
    """Guids of what it answers, comments or the post: each ``thr:in-reply-to`` ref (RFC 4685, section 3)."""
