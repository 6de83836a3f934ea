"""Where the user is in a post and in the conversation below it."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadingPlace:
    """To come back to, also on a terminal of another width."""

    block: int = 0
    """The block of the post that stands topmost."""
    line: int = 0
    """The line of that block that does."""
    comment_id: str | None = None
    """The comment that has the cursor."""
    folded: tuple[str, ...] = ()
    """The comments whose answers are folded away."""
