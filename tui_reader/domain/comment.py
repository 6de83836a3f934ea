"""A comment, as the blog gave it."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class CommentKind(StrEnum):
    """What sort of answer it is; all but ``comment`` are made by other sites, not typed by people."""

    COMMENT = "comment"
    PINGBACK = "pingback"
    TRACKBACK = "trackback"
    WEBMENTION = "webmention"


class CommentState(StrEnum):
    """Where a comment stands on its blog."""

    PUBLISHED = "published"
    HELD = "held"
    """Mine, and waiting for a moderator."""
    REMOVED = "removed"
    """The blog stopped showing it; what was stored is kept."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Comment:
    """One comment; its id is the blog's own and unique within its post."""

    id: str
    parent_id: str | None = None
    """The comment that it answers; the blog may never have sent that one."""
    author: str = ""
    author_url: str | None = None
    published: datetime | None = None
    html: str = ""
    """The body as the blog gave it: foreign, never shown as it is."""
    url: str | None = None
    """Its permalink."""
    kind: CommentKind = CommentKind.COMMENT
    state: CommentState = CommentState.PUBLISHED
    is_new: bool = False
    """It came since the last visit."""
    is_mine: bool = False
    is_by_post_author: bool = False
