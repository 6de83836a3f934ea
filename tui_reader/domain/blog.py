"""A blog that is followed."""

from datetime import datetime
from typing import NamedTuple


class Blog(NamedTuple):
    """One blog as it is stored, with its counts as of the reading."""

    id: int
    url: str
    """The blog's own page, for people."""
    feed_url: str
    title: str
    """What is shown: the user's own title, else the feed's."""
    added_at: datetime
    folder: str | None = None
    """``A / B`` is B inside A."""
    own_title: str | None = None
    """The title that the user gave it."""
    feed_title: str = ""
    """The feed's own."""
    is_subscribed: bool = True
    """False for a blog of which only single posts were asked for by their address."""
    comments_feed_url: str | None = None
    """The feed of all comments of the blog, where it has one."""
    generator: str | None = None
    """What made the feed, in its own words: ``https://wordpress.org/?v=6.1.9``."""
    etag: str | None = None
    last_modified: str | None = None
    body_hash: str | None = None
    """Of the feed's bytes as last read: the same bytes are not parsed again."""
    last_refreshed: datetime | None = None
    """The last time that the blog answered well."""
    error: str | None = None
    """Why the last refresh failed, in plain words."""
    advice: str = ""
    """What can be done about it; empty where nobody knows."""
    error_since: datetime | None = None
    is_paused: bool = False
    """It is followed and not asked."""
    wants_full_text: bool = False
    """Posts that the feed cuts short are read from their pages, each time one is opened."""
    gone_at: datetime | None = None
    """Since when it says that it is gone for good (410)."""
    unread: int = 0
    new_comments: int = 0
