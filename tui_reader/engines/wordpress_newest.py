"""What was said lately on a whole WordPress, in one small answer: the newest ids, and how many there are.

It costs the blog one query and a kilobyte, and tells what its feeds do not: a comment that was approved
late, one that was taken away, and by the total that something happened further back.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from tui_reader.engines.wordpress_address import rest_url
from tui_reader.engines.wordpress_rest import items_in
from tui_reader.feeds.dates import iso_moment
from tui_reader.net.client import Http

AT_MOST = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class NewComment:
    """A comment, without what it says."""

    id: int
    post_number: int
    published: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Newest:
    """The newest comments of a blog by id, the newest first; pings are not among them."""

    comments: tuple[NewComment, ...] = ()
    total: int | None = None
    """How many comments the blog shows in all."""

    @property
    def ids(self) -> tuple[int, ...]:
        """Their ids, newest first."""
        return tuple(comment.id for comment in self.comments)

    @property
    def is_all(self) -> bool:
        """There are no others."""
        return len(self.comments) < AT_MOST

    def explains(self, before: tuple[int, ...], total: int | None) -> bool:
        """Whether what this list shows makes the change of the total; else something happened further back.

        Args:
            before: The ids that an earlier list had, newest first.
            total: The total then.
        """
        if self.is_all:
            return True
        if self.total is None or total is None or not before:
            return False
        now, then = set(self.ids), set(before)
        appeared = sum(1 for id in now - then if id > min(then))
        gone = sum(1 for id in then - now if id >= min(now))
        return self.total - total == appeared - gone


async def newest(http: Http, root: str) -> Newest:
    """Asks for the newest comments of the blog.

    Raises:
        FetchError: the API is closed, or could not be asked.
    """
    query = {
        "per_page": str(AT_MOST),
        "orderby": "id",
        "order": "desc",
        "_fields": "id,post,date_gmt",
    }
    response = await http.get(
        rest_url(root, "/wp/v2/comments", query), headers={"accept": "application/json"}, max_bytes=200_000
    )
    items = items_in(response)
    total = response.headers.get("x-wp-total", "").strip()
    return Newest(
        comments=tuple(one for item in items[:AT_MOST] if (one := _comment(item)) is not None),
        total=int(total) if total.isascii() and total.isdigit() and len(total) < 10 else None,
    )


def _comment(item: object) -> NewComment | None:
    if not isinstance(item, Mapping):
        return None
    id, post = _number(item.get("id")), _number(item.get("post"))
    if id is None or post is None:
        return None
    return NewComment(id=id, post_number=post, published=iso_moment(item.get("date_gmt")))


def _number(value: object) -> int | None:
    is_id = isinstance(value, int) and not isinstance(value, bool) and 0 < value < 10**18
    return int(str(value)) if is_id else None
