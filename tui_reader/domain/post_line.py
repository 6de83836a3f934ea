"""What a list tells of a post: of a hundred thousand at once nothing more is read."""

from datetime import datetime
from typing import NamedTuple


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
