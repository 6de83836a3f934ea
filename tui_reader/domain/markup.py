"""What a blog makes of the text that is typed into a reply."""

from dataclasses import dataclass
from enum import StrEnum
from html import escape
from typing import Protocol

from tui_reader.domain.conversation import ReplyForm


class Format(StrEnum):
    """How emphasis, links and quotations are written for a blog."""

    HTML = "html"
    MARKDOWN = "markdown"
    PLAIN = "plain"


class Why(StrEnum):
    """Why a tag is shown as it was typed, and does nothing."""

    UNKNOWN = "unknown"
    """The blog takes no such tag."""
    ALONE = "alone"
    """It has no partner."""
    ATTRIBUTE = "attribute"
    """Something in it is not taken: an attribute, or an address of another kind."""


@dataclass(frozen=True, slots=True)
class ShownAsTyped:
    """A tag that will stand there as words."""

    tag: str
    why: Why


@dataclass(frozen=True, slots=True)
class Shown:
    """A text as the blog would show it."""

    html: str
    as_typed: tuple[ShownAsTyped, ...] = ()


class Markup(Protocol):
    """What one comment system takes, and what it makes of it; pure, with no request."""

    @property
    def format(self) -> Format:
        """How marks are written."""
        ...

    def sent(self, text: str) -> str:
        """The text as it leaves: this is what a limit counts."""
        ...

    def shown(self, text: str) -> Shown:
        """The text as it would be shown."""
        ...


class PlainMarkup:
    """Text is text: paragraphs and line ends are kept, everything else is words."""

    format = Format.PLAIN

    def sent(self, text: str) -> str:
        """The text, as it is."""
        return text.strip()

    def shown(self, text: str) -> Shown:
        """Paragraphs."""
        parts = (part.strip("\n") for part in escape(text.strip(), quote=False).split("\n\n"))
        return Shown("".join(f"<p>{part}</p>".replace("\n", "<br>\n") for part in parts if part.strip()))


def room_left(form: ReplyForm, sent: str) -> int | None:
    """How many characters the blog still takes, less than none when it is too long; None without a limit.

    Args:
        form: What the blog said.
        sent: The text as it would leave.
    """
    rooms: list[int] = []
    if form.max_length is not None:
        rooms.append(form.max_length - len(sent))
    if form.max_bytes is not None:
        rooms.append(form.max_bytes - len(sent.encode()))
    return min(rooms, default=None)
