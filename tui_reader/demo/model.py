"""The values that the demo blog is made of."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum

AUTHOR_ID = 1
"""The account of who writes the blog."""


class Status(StrEnum):
    """Where a comment stands, by WordPress's own words."""

    APPROVED = "approved"
    HELD = "hold"
    SPAM = "spam"


class Verdict(StrEnum):
    """What the blog does with a comment that is handed in."""

    PUBLISHED = "published"
    HELD = "held"
    SPAM = "spam"
    """Stored out of sight; the sender is answered as if it were published."""
    UNKNOWN_POST = "unknown-post"
    CLOSED = "closed"
    LOCKED = "locked"
    """The post wants its password first."""
    MISSING_FIELDS = "missing-fields"
    BAD_EMAIL = "bad-email"
    EMPTY = "empty"
    LONG_NAME = "long-name"
    LONG_EMAIL = "long-email"
    LONG_SITE = "long-site"
    LONG_TEXT = "long-text"
    DUPLICATE = "duplicate"
    FLOOD = "flood"


STORED = frozenset({Verdict.PUBLISHED, Verdict.HELD, Verdict.SPAM})


@dataclass(frozen=True, slots=True, kw_only=True)
class DemoPost:
    """One post; ``html`` names the blog’s own address as ``%HOME%`` and the host’s as ``%ROOT%``."""

    id: int
    slug: str
    title: str
    html: str
    published: datetime
    modified: datetime
    categories: tuple[str, ...] = ()
    takes_comments: bool = True
    holds_comments: bool = False
    """Every comment waits for the moderator."""
    password: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DemoComment:
    """One comment or ping, as stored."""

    id: int
    post_id: int
    parent_id: int = 0
    author: str
    email: str = ""
    site: str = ""
    published: datetime
    text: str
    """What was typed, with all but the allowed tags taken out."""
    typed: str
    """What was typed, to the letter."""
    status: Status = Status.APPROVED
    kind: str = "comment"
    user_id: int = 0
    """The account that wrote it; 0 for a visitor."""

    @property
    def is_by_author(self) -> bool:
        """Whether it is by who writes the blog."""
        return self.user_id == AUTHOR_ID


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """Somebody who can log in, by an application password alone."""

    id: int
    username: str
    name: str
    email: str
    application_password: str = field(repr=False)


READER = Account(
    id=2,
    username="reader",
    name="Ada Reader",
    email="reader@demo.example",
    application_password="tide wall left right ebbs flow",  # noqa: S106  (it guards nothing)
)
"""The one account of each demo blog, for trying replies with an account."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Submission:
    """A comment as it is handed in."""

    post_id: int
    parent_id: int = 0
    author: str = ""
    email: str = ""
    site: str = ""
    text: str = ""
    user_id: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Added:
    """What became of a submission; ``comment`` is there when it was stored."""

    verdict: Verdict
    comment: DemoComment | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """A comment of the blog's own texts, with what was answered to it."""

    who: str
    after: timedelta
    """Since the post was published."""
    text: str
    replies: tuple["Said", ...] = ()
    site: str = ""
    kind: str = "comment"
    status: Status = Status.APPROVED


@dataclass(frozen=True, slots=True, kw_only=True)
class PostText:
    """A post of the blog's own texts; dated back from the moment the blog starts."""

    id: int
    slug: str
    title: str
    age: timedelta
    html: str
    talk: tuple[Said, ...] = ()
    categories: tuple[str, ...] = ()
    takes_comments: bool = True
    holds_comments: bool = False
    password: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class BlogText:
    """All that is written on one blog."""

    title: str
    tagline: str
    folder: str
    """Where it lives on the server: empty or ``/name``."""
    language: str
    author: str
    utc_offset: timedelta
    posts: tuple[PostText, ...]
    answers: tuple[str, ...]
    """What the author says to a visitor, in turn."""
