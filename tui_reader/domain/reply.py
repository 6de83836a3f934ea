"""A reply of the user's own, from the first keystroke to what became of it."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum


class ReplyState(StrEnum):
    """Where a reply stands. The last four are what a blog made of it, or could not say."""

    DRAFT = "draft"
    """Being written; nothing was asked of the blog."""
    QUEUED = "queued"
    """To be sent, and surely not sent yet."""
    SENDING = "sending"
    """Committed before the first byte leaves; found at a start, it means: perhaps sent."""
    PUBLISHED = "published"
    HELD = "held"
    REJECTED = "rejected"
    UNCERTAIN = "uncertain"
    """It may have arrived; the blog is asked before anything is sent again."""


class Refusal(StrEnum):
    """Why a blog refused, as far as it can be told apart."""

    DUPLICATE = "duplicate"
    TOO_FAST = "too fast"
    FIELD = "field"
    """A field is missing or not valid."""
    TOO_LONG = "too long"
    CLOSED = "closed"
    LOGIN = "login"
    UNKNOWN_POST = "unknown post"
    PASSWORD = "password"  # noqa: S105  (a word, not a secret)
    OTHER = "other"


@dataclass(frozen=True, slots=True, kw_only=True)
class Identity:
    """As whom one writes. A secret that goes with it rests in the keyring, never here."""

    id: int
    name: str
    email: str
    site: str = ""
    blog_id: int | None = None
    """For this blog only; None for every blog that has none of its own."""
    username: str | None = None
    """The account whose application password is in the keyring, if there is one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What became of a reply, as told by the blog and checked."""

    state: ReplyState
    reason: str = ""
    """The blog's own words where it gave any, cleaned; else ours, in plain words."""
    comment_id: str | None = None
    url: str | None = None
    """Where the comment is, or would be."""
    refusal: Refusal | None = None
    retry_after: timedelta | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """One row of the outbox."""

    id: int
    post_id: int
    to: str | None = None
    """The id of the comment it answers; None for a comment on the post itself."""
    text: str
    identity_id: int | None = None
    state: ReplyState = ReplyState.DRAFT
    reason: str = ""
    refusal: Refusal | None = None
    comment_id: str | None = None
    url: str | None = None
    created_at: datetime
    updated_at: datetime
    sent_at: datetime | None = None
    """When the last attempt began."""
    attempts: int = 0
    is_given_up: bool = False
    """It was looked for for so long that it will not appear: held or uncertain for good."""
    post_title: str = ""
    post_url: str = ""
    blog_title: str = ""
    to_author: str = ""
    """Who wrote the comment it answers, for people."""
