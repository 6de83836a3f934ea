"""A conversation as one engine loaded it, and how the user may answer in it."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from tui_reader.domain.blog import Blog
from tui_reader.domain.comment import Comment
from tui_reader.domain.post import Post


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """The post whose conversation is meant, with its blog."""

    blog: Blog
    post: Post


@dataclass(frozen=True, slots=True, kw_only=True)
class LoadedConversation:
    """What an engine brought back."""

    engine: str
    comments: tuple[Comment, ...] = ()
    total: int | None = None
    """How many comments and pings the blog says there are; None when it does not say."""
    is_complete: bool = False
    """Nothing that the blog shows is missing from ``comments``."""
    note: str = ""
    """What the reader should know: "10 newest of 87", "the blog wants a password"."""
    takes_comments: bool | None = None
    """Whether more comments are taken; None when the blog did not say."""
    facts: Mapping[str, str] = field(default_factory=dict)
    """What was learned of the post and saves requests the next time."""
    post_html: str | None = None
    """The post's whole body, where the engine came by it and the feed may have cut it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedField:
    """One thing that the blog asks of whoever comments."""

    name: str
    """The form's own name for it."""
    label: str
    """The blog's words for it, cleaned."""
    is_required: bool = False
    max_length: int | None = None
    is_choice: bool = False
    """A box to tick."""
    value: str = "on"
    """What is sent when the box is ticked."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReplyForm:
    """All that is needed to send one reply, read from the blog just before."""

    action: str
    """Where it is posted to."""
    page_url: str
    """Where the form was found, for the Referer."""
    to: str | None = None
    """The comment it will hang under."""
    way: str = "form"
    """``form`` for the page's own form, ``rest`` for an API with an account."""
    fields: Mapping[str, str] = field(default_factory=dict)
    """What is sent as it was found: hidden inputs, traps left empty."""
    text_field: str = "comment"
    name_field: str | None = "author"
    email_field: str | None = "email"
    site_field: str | None = "url"
    needs_name: bool = False
    needs_email: bool = False
    max_length: int | None = None
    """Characters the text may have."""
    max_bytes: int | None = None
    """Bytes the text may have, in UTF-8."""
    person_lengths: Mapping[str, int] = field(default_factory=dict)
    """Characters that ``name``, ``email`` and ``site`` may have, where the form says so."""
    asked: tuple[AskedField, ...] = ()
    """What else must be filled in, and only the user can."""
    cookies: Mapping[str, str] = field(default_factory=dict)
    leaves_site: bool = False
    """The form posts to another site than the blog's: the user must agree first."""
    note: str = ""
    """What the user should know before sending: "comments are held for moderation here"."""
    facts: Mapping[str, str] = field(default_factory=dict)
    """What was learned of the post on the way, as in ``Post.engine_facts``."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """What is sent: the text and as whom."""

    text: str
    name: str
    email: str
    site: str = ""
    username: str | None = None
    secret: str | None = field(default=None, repr=False)
    """An application password, for the ``rest`` way; never logged."""
    answers: Mapping[str, str] = field(default_factory=dict)
    """The user's answers to ``ReplyForm.asked``."""
