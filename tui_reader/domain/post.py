"""A post of a blog, as it is stored."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Post:
    """One post, without its body, which is asked for when it is opened."""

    id: int
    blog_id: int
    blog_title: str
    url: str
    guid: str
    """The feed's own name for the post (RSS ``guid``, Atom ``id``)."""
    title: str
    author: str | None = None
    published: datetime | None = None
    updated: datetime | None = None
    first_seen: datetime
    is_backlog: bool = False
    """It was there when the blog was subscribed to."""
    is_read: bool = False
    is_starred: bool = False
    is_later: bool = False
    """To be read later."""
    is_followed: bool = False
    """What is said under it matters to the user: he wrote there, or said so."""
    comments_url: str | None = None
    """The page where people comment (RSS ``comments``)."""
    comments_feed_url: str | None = None
    """The feed of this post's comments (``wfw:commentRss``, Atom ``link rel=replies``)."""
    comment_count: int | None = None
    """How many comments there are, by the best that is known; None when nothing is."""
    new_comment_count: int = 0
    """Stored comments that came since the last visit."""
    engine: str | None = None
    """The comment system that served the conversation last."""
    engine_facts: Mapping[str, str] = field(default_factory=dict)
    """What that system learned of the post: its id, its API's address."""
    loaded_at: datetime | None = None
    """When the conversation was last fetched."""
    is_complete: bool = False
    """Every comment that the blog shows was fetched then."""
    conversation_note: str = ""
    """What the reader should know of it: "10 newest of 87", "needs a password"."""
    takes_comments: bool | None = None
    """Whether the blog takes more comments here; None when it did not say."""
