"""Comments out of a WordPress's REST API: all of them, with exact parents."""

import asyncio
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from tui_reader.content.links import absolute_web
from tui_reader.content.one_line import text_of
from tui_reader.domain.comment import Comment, CommentKind, CommentState
from tui_reader.engines.wordpress_address import rest_url
from tui_reader.errors import FetchError, HttpStatusError
from tui_reader.feeds.dates import iso_moment
from tui_reader.feeds.words import MAX_NAME
from tui_reader.language import _
from tui_reader.net.client import Http, Response

_JSON = {"Accept": "application/json"}
_PER_PAGE = 100
_MAX_PAGES = 200
_GONE = frozenset({401, 403, 404, 410})
_KINDS = {kind.value: kind for kind in CommentKind}


@dataclass(frozen=True, slots=True, kw_only=True)
class RestComment:
    """A comment with what the API adds to it."""

    comment: Comment
    post_id: str
    author_id: str | None = None
    """The account of whoever wrote it; None for a passer-by."""

    def under(self, post_author: str | None) -> Comment:
        """The comment, marked when the author of the post wrote it."""
        is_by_author = self.author_id is not None and self.author_id == post_author
        return replace(self.comment, is_by_post_author=is_by_author)


@dataclass(frozen=True, slots=True, kw_only=True)
class RestComments:
    """The comments of one post or of several, without pings: the API lists none."""

    comments: tuple[RestComment, ...] = ()
    total: int = 0
    is_whole: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class RestPost:
    """A post as the API tells of it."""

    id: str
    link: str = ""
    guid: str = ""
    author: str | None = None
    takes_comments: bool | None = None
    needs_password: bool = False
    html: str | None = None


def is_refusal(error: FetchError) -> bool:
    """Whether another way to the same comments is worth trying: not when the server asks to be left alone."""
    return not (isinstance(error, HttpStatusError) and error.asks_to_wait)


async def comments_of(http: Http, root: str, post_ids: Sequence[str]) -> RestComments:
    """Every comment of the posts, oldest id first, each once.

    Raises:
        FetchError: the first page could not be had, or is no list of comments.
    """
    first = await _page(http, root, post_ids, 1)
    items = items_in(first)
    total, pages = _count(first, "x-wp-total"), _count(first, "x-wp-totalpages")
    is_whole = True
    if pages is None:
        more, is_whole = await _until_short(http, root, post_ids, len(items))
    else:
        more, is_whole = await _numbered(http, root, post_ids, range(2, min(pages, _MAX_PAGES) + 1))
        is_whole = is_whole and pages <= _MAX_PAGES
    found = {one.comment.id: one for one in map(as_comment, [*items, *more]) if one is not None}
    count = len(found) if total is None else total
    # something deleted while the pages were read moves another comment over the edge between two of them
    return RestComments(
        comments=tuple(found.values()), total=count, is_whole=is_whole and len(found) >= count
    )


async def one_comment(http: Http, root: str, comment_id: str) -> RestComment | None:
    """A comment or ping by its id, with its kind; None when the blog does not show it.

    Raises:
        FetchError: the blog could not be asked.
    """
    try:
        response = await http.get(rest_url(root, f"/wp/v2/comments/{comment_id}"), headers=_JSON)
    except HttpStatusError as error:
        if error.status in _GONE:
            return None
        raise
    return as_comment(response.json())


async def post_of(http: Http, root: str, route: str) -> RestPost:
    """What the API says of a post.

    Raises:
        FetchError: the API does not tell, or could not be asked.
    """
    response = await http.get(rest_url(root, route), headers=_JSON)
    post = as_post(response.json())
    if post is None:
        raise FetchError(response.url, _("the answer is no post"))
    return post


async def posts_of(http: Http, root: str, post_ids: Sequence[str]) -> tuple[RestPost, ...]:
    """What the API says of several posts, without their bodies; at most 100, and only those it knows.

    Raises:
        FetchError: the API does not tell, or could not be asked.
    """
    query = {
        "include": ",".join(post_ids),
        "per_page": str(_PER_PAGE),
        "_fields": "id,link,guid,author,comment_status,content.protected",
    }
    response = await http.get(rest_url(root, "/wp/v2/posts", query), headers=_JSON)
    return tuple(post for item in items_in(response) if (post := as_post(item)) is not None)


def as_comment(item: object) -> RestComment | None:
    """One item of the API's list; None when it is not shaped like a comment, or not published."""
    if not isinstance(item, Mapping) or item.get("status", "approved") not in {"approved", "publish"}:
        return None
    comment_id = _number(item.get("id"))
    if comment_id is None:
        return None
    link = _text(item, "link")
    comment = Comment(
        id=comment_id,
        parent_id=_number(item.get("parent")),
        author=text_of(_text(item, "author_name")[: MAX_NAME * 4])[:MAX_NAME],
        author_url=absolute_web(_text(item, "author_url"), ""),
        # the API leaves the zone out of a time that is UTC
        published=iso_moment(_text(item, "date_gmt")),
        html=_text(item, "content", "rendered").strip(),
        url=absolute_web(link, ""),
        kind=_KINDS.get(_text(item, "type"), CommentKind.COMMENT),
        state=CommentState.PUBLISHED,
    )
    return RestComment(
        comment=comment, post_id=_number(item.get("post")) or "", author_id=_number(item.get("author"))
    )


def as_post(item: object) -> RestPost | None:
    """The API's answer for a post; None when it is not shaped like one."""
    if not isinstance(item, Mapping) or (post_id := _number(item.get("id"))) is None:
        return None
    content = item.get("content")
    status = _text(item, "comment_status")
    needs_password = isinstance(content, Mapping) and content.get("protected") is True
    return RestPost(
        id=post_id,
        link=_text(item, "link"),
        guid=text_of(_text(item, "guid", "rendered")),
        author=_number(item.get("author")),
        takes_comments={"open": True, "closed": False}.get(status),
        needs_password=needs_password,
        html=None if needs_password else _text(item, "content", "rendered") or None,
    )


async def _numbered(
    http: Http, root: str, post_ids: Sequence[str], numbers: Iterable[int]
) -> tuple[list[object], bool]:
    async def items_or_none(number: int) -> list[object] | None:
        try:
            return items_in(await _page(http, root, post_ids, number))
        except FetchError:
            return None  # what the other pages hold is still worth showing, as not complete

    async with asyncio.TaskGroup() as group:
        tasks = [group.create_task(items_or_none(number)) for number in numbers]
    pages = [task.result() for task in tasks]
    return [item for page in pages for item in page or ()], None not in pages


async def _until_short(
    http: Http, root: str, post_ids: Sequence[str], first: int
) -> tuple[list[object], bool]:
    """Where something on the way took the counts out of the headers, a page that is not full is the last."""
    found: list[object] = []
    size = first
    for number in range(2, _MAX_PAGES + 1):
        if size < _PER_PAGE:
            return found, True
        try:
            page = items_in(await _page(http, root, post_ids, number))
        except HttpStatusError as error:
            # newer versions answer so past the end
            return found, error.status == 400
        except FetchError:
            return found, False
        found += page
        size = len(page)
    return found, False


async def _page(http: Http, root: str, post_ids: Sequence[str], number: int) -> Response:
    query = {
        "post": ",".join(post_ids),
        "per_page": str(_PER_PAGE),
        "orderby": "id",
        "order": "asc",
        "page": str(number),
    }
    return await http.get(rest_url(root, "/wp/v2/comments", query), headers=_JSON)


def items_in(response: Response) -> list[object]:
    """The list that an answer holds.

    Raises:
        FetchError: it holds none.
    """
    data = response.json()
    if not isinstance(data, list):
        raise FetchError(response.url, _("the answer is no list"))
    return data


def _count(response: Response, header: str) -> int | None:
    value = response.headers.get(header, "").strip()
    return int(value) if value.isascii() and value.isdigit() and len(value) < 10 else None


def _number(value: object) -> str | None:
    """An id as text; None for 0, which stands for none, and for what is no id."""
    is_id = isinstance(value, int) and not isinstance(value, bool) and 0 < value < 10**18
    return str(value) if is_id else None


def _text(item: Mapping[str, object], *path: str) -> str:
    value: object = item
    for name in path:
        value = value.get(name) if isinstance(value, Mapping) else None
    return value if isinstance(value, str) else ""
