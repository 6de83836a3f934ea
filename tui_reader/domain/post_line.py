"""What a list tells of a post: of hundreds at once nothing more is read."""

from datetime import datetime
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

if TYPE_CHECKING:
    from tui_reader.domain.post import Post

AnyPost: TypeAlias = "PostLine | Post"
"""A post as a list has it, or one that was looked up."""


class PostLine(NamedTuple):
    """A part of ``Post``, by the same names."""

    id: int
    blog_id: int
    title: str
    author: str | None
    url: str
    published: datetime | None
    is_read: bool
    is_starred: bool
    comment_count: int | None
    new_comment_count: int
    blog_title: str
    is_later: bool
    is_followed: bool
