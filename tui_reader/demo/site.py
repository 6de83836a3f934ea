"""Leads each request to the part of the demo blog that answers it; pure but for the clock it is given."""

import hashlib
import re
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime, parsedate_to_datetime
from urllib.parse import quote

from tui_reader.demo import feeds, form, pages, rest
from tui_reader.demo.addresses import Addresses
from tui_reader.demo.blog import DemoBlog
from tui_reader.demo.model import DemoComment, DemoPost, Status
from tui_reader.demo.picture import lighthouse
from tui_reader.demo.wire import Request, Response

PICTURE = "/wp-content/uploads/lighthouse.png"
_RSS, _ATOM = "application/rss+xml", "application/atom+xml"
_OWN_COMMENT_IS_SHOWN = timedelta(minutes=10)


class DemoSite:
    """Some blogs on one host, as a function from request to answer.

    Args:
        blogs: At most one with an empty folder.
        root: The host's address, without a slash at its end.
        now: The clock.
    """

    def __init__(self, blogs: Sequence[DemoBlog], *, root: str, now: Callable[[], datetime]) -> None:
        self.blogs = tuple(blogs)
        self.root = root
        self.is_rest_off = False
        self._now = now
        # the deepest folder first, so that the blog at the top gets what no other one wants
        self._by_folder = sorted(
            (Addresses(blog, root) for blog in blogs), key=lambda to: -len(to.blog.folder)
        )

    def answer(self, request: Request) -> Response:
        """The answer to one request; changes the blog when it hands in a comment."""
        for to in self._by_folder:
            if request.path == to.blog.folder:
                return _moved(to, "/")
            if request.path.startswith(to.blog.folder + "/"):
                to.blog.advance(self._now())
                return self._on_blog(to, request.path.removeprefix(to.blog.folder), request)
        return Response(status=404, headers=(("Content-Type", "text/plain"),), body=b"Not found\n")

    def addresses(self, blog: DemoBlog) -> Addresses:
        """Where everything of one of the blogs is."""
        return next(to for to in self._by_folder if to.blog is blog)

    def is_submission(self, request: Request) -> bool:
        """Whether the request hands in a comment."""
        where = request.get("rest_route") or request.path
        return request.method == "POST" and where.endswith(("/wp-comments-post.php", "/wp/v2/comments"))

    def _on_blog(self, to: Addresses, path: str, request: Request) -> Response:
        if path == "/wp-comments-post.php":
            return form.take_comment(to, request, self._now())
        if path == "/wp-login.php" and request.get("action") == "postpass":
            return form.take_password(to, request)
        route = request.get("rest_route")
        if route is not None and path in {"/", "/index.php"}:
            return self._rest(to, route, request)
        if path == "/wp-json" or path.startswith("/wp-json/"):
            return self._rest(to, path.removeprefix("/wp-json"), request)
        if request.method not in {"GET", "HEAD"}:
            return Response(status=405, headers=(("Allow", "GET, HEAD"), ("Content-Type", "text/plain")))
        if path == PICTURE:
            return Response(headers=(("Content-Type", "image/png"),), body=lighthouse())
        return self._page_or_feed(to, path, request)

    def _rest(self, to: Addresses, route: str, request: Request) -> Response:
        return rest.switched_off(to) if self.is_rest_off else rest.answer(to, route, request, self._now())

    def _page_or_feed(self, to: Addresses, path: str, request: Request) -> Response:
        plain = _from_plain_permalink(to, path, request)
        if plain is not None:
            return plain
        if not path.endswith("/"):
            return _not_found(to) if "." in path else _moved(to, path + "/")
        feed = re.fullmatch(r"/(comments/)?feed/(?:(rss2|atom)/)?", path)
        if feed is not None:
            return _blog_feed(to, request, of_comments=feed[1] is not None, is_atom=feed[2] == "atom")
        if path == "/":
            return _html(to, pages.home_page(to))
        place = re.fullmatch(
            r"(/\d{4}/\d{2}/([^/]+)/)(?:feed/(?:(rss2|atom)/)?|comment-page-(\d{1,6})/)?", path
        )
        post = None if place is None else to.blog.post_called(place[2])
        if place is None or post is None or to.at(place[1]) != to.post(post):
            return _not_found(to)
        if path.removeprefix(place[1]).startswith("feed/"):
            return _post_feed(to, post, request, is_atom=place[3] == "atom")
        return self._post_page(to, post, request, None if place[4] is None else int(place[4]))

    def _post_page(self, to: Addresses, post: DemoPost, request: Request, page: int | None) -> Response:
        own = _own_comment(to, post, request, self._now())
        reply_to = request.get("replytocom") or ""
        html = pages.post_page(
            to,
            post,
            page=page,
            reply_to=int(reply_to) if re.fullmatch(r"[0-9]{1,18}", reply_to) else 0,
            own=own,
            is_unlocked=form.is_unlocked(to, post, request),
        )
        headers = _links_of(to, post)
        if own is not None:
            headers += (("Cache-Control", "max-age=600, must-revalidate"),)
        return _html(to, html, headers=headers)


def _own_comment(to: Addresses, post: DemoPost, request: Request, now: datetime) -> DemoComment | None:
    """The held comment that the asker can name with its hash, while it is fresh."""
    number = request.get("unapproved") or ""
    comment = to.blog.comment(int(number)) if re.fullmatch(r"[0-9]{1,18}", number) else None
    if comment is None or comment.post_id != post.id or comment.status is not Status.HELD:
        return None
    is_theirs = request.get("moderation-hash") == to.blog.moderation_hash(comment)
    return comment if is_theirs and now - comment.published <= _OWN_COMMENT_IS_SHOWN else None


def _from_plain_permalink(to: Addresses, path: str, request: Request) -> Response | None:
    """Leads ``?p=`` and ``?feed=`` to the pretty address of the same thing."""
    if path not in {"/", "/index.php"}:
        return None
    number, kind = request.get("p"), request.get("feed")
    if number is not None:
        post = to.blog.post(int(number)) if re.fullmatch(r"[0-9]{1,18}", number) else None
        if post is None:
            return _not_found(to)
        end = "" if kind is None else "feed/atom/" if kind.endswith("atom") else "feed/"
        return _moved(to, to.post(post).removeprefix(to.home) + end)
    if kind is not None:
        start = "/comments/feed/" if kind.startswith("comments-") else "/feed/"
        return _moved(to, start + ("atom/" if kind.endswith("atom") else ""))
    return _moved(to, "/") if path == "/index.php" else None


def _blog_feed(to: Addresses, request: Request, *, of_comments: bool, is_atom: bool) -> Response:
    kind = _ATOM if is_atom else _RSS
    number = request.get("paged") or "1"
    page = int(number) if re.fullmatch(r"[0-9]{1,9}", number) else 1
    if of_comments:
        if page > 1:
            return _not_found(to)
        make = feeds.comments_atom if is_atom else feeds.comments_rss
        return _feed(to, request, make(to, None), kind, to.blog.comments_changed)
    source = feeds.posts_atom(to, page=page) if is_atom else feeds.posts_rss(to, page=page)
    return _not_found(to) if source is None else _feed(to, request, source, kind, to.blog.posts_changed)


def _post_feed(to: Addresses, post: DemoPost, request: Request, *, is_atom: bool) -> Response:
    make = feeds.comments_atom if is_atom else feeds.comments_rss
    source = make(to, post, is_unlocked=form.is_unlocked(to, post, request))
    kind = _ATOM if is_atom else _RSS
    # every comment feed has the validators of the newest comment on the whole blog
    return _feed(to, request, source, kind, to.blog.comments_changed, headers=_links_of(to, post))


def _feed(
    to: Addresses,
    request: Request,
    source: str,
    kind: str,
    changed: datetime,
    *,
    headers: Sequence[tuple[str, str]] = (),
) -> Response:
    last_modified = format_datetime(changed.astimezone(UTC), usegmt=True)
    etag = f'"{hashlib.sha256(last_modified.encode()).hexdigest()[:32]}"'
    validators = (("Last-Modified", last_modified), ("ETag", etag))
    if _is_unchanged(request, etag, changed):
        return Response(status=304, headers=validators)
    return Response(
        headers=(*validators, _api_link(to), *headers, ("Content-Type", f"{kind}; charset=UTF-8")),
        body=source.encode(),
    )


def _is_unchanged(request: Request, etag: str, changed: datetime) -> bool:
    """As WordPress compares: the ETag to the letter, and both when both are sent."""
    theirs, since = request.headers.get("if-none-match"), request.headers.get("if-modified-since")
    try:
        is_not_newer = since is not None and parsedate_to_datetime(since).astimezone(UTC) >= changed
    except (ValueError, OverflowError):
        is_not_newer = False
    return (is_not_newer and theirs == etag) if theirs and since else (is_not_newer or theirs == etag)


def _api_link(to: Addresses) -> tuple[str, str]:
    return ("Link", f'<{to.rest()}>; rel="https://api.w.org/"')


def _links_of(to: Addresses, post: DemoPost) -> tuple[tuple[str, str], ...]:
    return (
        ("Link", f'<{to.rest(f"/wp/v2/posts/{post.id}")}>; rel="alternate"; type="application/json"'),
        ("Link", f"<{to.guid(post)}>; rel=shortlink"),
    )


def _html(
    to: Addresses, source: str, *, status: int = 200, headers: Sequence[tuple[str, str]] = ()
) -> Response:
    return Response(
        status=status,
        headers=(("Content-Type", "text/html; charset=UTF-8"), _api_link(to), *headers),
        body=source.encode(),
    )


def _not_found(to: Addresses) -> Response:
    return _html(to, pages.not_found_page(to), status=404)


def _moved(to: Addresses, path: str) -> Response:
    # escaped anew: a line break in the path would begin a header of its own
    where = to.at(quote(path, errors="replace"))
    return Response(
        status=301,
        headers=(
            ("Content-Type", "text/html; charset=UTF-8"),
            ("X-Redirect-By", "WordPress"),
            ("Location", where),
        ),
    )
