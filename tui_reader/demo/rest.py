"""The demo blog's REST API: what WordPress shows of posts and comments to whoever is not logged in."""

import json
import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple
from urllib.parse import urlencode

from tui_reader.demo.addresses import Addresses
from tui_reader.demo.markup import comment_html
from tui_reader.demo.model import DemoComment, DemoPost, Status
from tui_reader.demo.pages import excerpt, shown_title
from tui_reader.demo.wire import Request, Response

_ORDERS: Mapping[str, Callable[[DemoComment], tuple[Any, ...]]] = {
    "date": lambda comment: (comment.published, comment.id),
    "date_gmt": lambda comment: (comment.published, comment.id),
    "id": lambda comment: (comment.id,),
    "include": lambda comment: (comment.id,),
    "post": lambda comment: (comment.post_id, comment.id),
    "parent": lambda comment: (comment.parent_id, comment.id),
    "type": lambda comment: (comment.kind, comment.id),
}


class Refusal(NamedTuple):
    """An error as WordPress's API words it."""

    status: int
    code: str
    message: str
    params: Mapping[str, str] | None = None


def answer(to: Addresses, route: str, request: Request) -> Response:
    """What the API says to a request for ``route``, as ``/wp/v2/comments``."""
    result = _route(to, route.rstrip("/") or "/", request)
    return _refuse(to, result) if isinstance(result, Refusal) else result


def switched_off(to: Addresses) -> Response:
    """What a blog says whose API is closed by a plugin."""
    return _refuse(
        to, Refusal(401, "rest_login_required", "DRA: Only authenticated users can access the REST API.")
    )


def _route(to: Addresses, route: str, request: Request) -> Response | Refusal:
    if request.method == "POST" and route == "/wp/v2/comments":
        return Refusal(401, "rest_comment_login_required", "Sorry, you must be logged in to comment.")
    if request.method not in {"GET", "HEAD"}:
        return Refusal(404, "rest_no_route", "No route was found matching the URL and request method.")
    if route == "/":
        return _reply(to, _root(to))
    if route == "/wp/v2/users/me":
        return Refusal(401, "rest_not_logged_in", "You are not currently logged in.")
    if route == "/wp/v2/comments":
        return _comments(to, request)
    if route == "/wp/v2/posts":
        return _posts(to, request)
    match = re.fullmatch(r"/wp/v2/(posts|comments)/(\d{1,18})", route)
    if match is None:
        return Refusal(404, "rest_no_route", "No route was found matching the URL and request method.")
    return (_one_post if match[1] == "posts" else _one_comment)(to, int(match[2]), request)


def _root(to: Addresses) -> dict[str, Any]:
    blog = to.blog
    routes = (
        "/",
        "/wp/v2",
        "/wp/v2/posts",
        "/wp/v2/posts/(?P<id>[\\d]+)",
        "/wp/v2/comments",
        "/wp/v2/users/me",
    )
    return {
        "name": blog.title,
        "description": blog.tagline,
        "url": to.home,
        "home": to.home,
        "gmt_offset": blog.utc_offset.total_seconds() / 3600,
        "timezone_string": "",
        "namespaces": ["wp/v2"],
        "authentication": {},
        "routes": {route: {"namespace": "wp/v2", "methods": ["GET"]} for route in routes},
    }


def _one_post(to: Addresses, post_id: int, request: Request) -> Response | Refusal:
    post = to.blog.post(post_id)
    if post is None:
        return Refusal(404, "rest_post_invalid_id", "Invalid post ID.")
    password = request.get("password")
    if password and post.password and password != post.password:
        return Refusal(403, "rest_post_incorrect_password", "Incorrect post password.")
    return _reply(
        to,
        _post_json(to, post, is_open=post.password in {None, password}),
        [("Link", f'<{to.post(post)}>; rel="alternate"; type=text/html')],
    )


def _posts(to: Addresses, request: Request) -> Response | Refusal:
    paging = _paging(request)
    if isinstance(paging, Refusal):
        return paging
    slugs = request.all("slug")
    found = [post for post in to.blog.posts if not slugs or post.slug in slugs]
    items = [_post_json(to, post, is_open=post.password is None) for post in found]
    return _listing(to, "/wp/v2/posts", request, items, paging)


def _one_comment(to: Addresses, comment_id: int, request: Request) -> Response | Refusal:
    comment = to.blog.comment(comment_id)
    post = None if comment is None else to.blog.post(comment.post_id)
    if comment is None or post is None:
        return Refusal(404, "rest_comment_invalid_id", "Invalid comment ID.")
    if comment.status is not Status.APPROVED or post.password not in {None, request.get("password")}:
        return Refusal(401, "rest_cannot_read", "Sorry, you are not allowed to read this comment.")
    return _reply(to, _comment_json(to, post, comment, to.blog.layout(post.id).page_of))


def _comments(to: Addresses, request: Request) -> Response | Refusal:
    paging = _paging(request)
    if isinstance(paging, Refusal):
        return paging
    for name in ("type", "status", "author_email"):
        if request.get(name) not in {None, "comment" if name == "type" else "approve"}:
            return Refusal(401, "rest_forbidden_param", f"Query parameter not permitted: {name}")
    order_by, order = request.get("orderby") or "date_gmt", request.get("order") or "desc"
    if order_by not in _ORDERS:
        message = "orderby is not one of date, date_gmt, id, include, post, parent, and type."
        return _invalid("orderby", message)
    if order not in {"asc", "desc"}:
        return _invalid("order", "order is not one of asc and desc.")
    numbers: dict[str, tuple[int, ...]] = {}
    for name in ("post", "include", "parent"):
        values = request.all(name)
        wrong = next((at for at, value in enumerate(values) if not re.fullmatch(r"\d{1,18}", value)), None)
        if wrong is not None:
            return _invalid(name, f"{name}[{wrong}] is not of type integer.")
        numbers[name] = tuple(map(int, values))
    password = request.get("password")
    named = [post for post_id in numbers["post"] if (post := to.blog.post(post_id)) is not None]
    if any(post.password not in {None, password} for post in named):
        message = "Sorry, you are not allowed to read the post for this comment."
        return Refusal(401, "rest_cannot_read_post", message)
    posts = named if numbers["post"] else [post for post in to.blog.posts if post.password is None]
    found = [
        comment
        for post in posts
        for comment in to.blog.comments_on(post.id)
        if comment.kind == "comment"  # lists never show pings
        and (not numbers["include"] or comment.id in numbers["include"])
        and (not numbers["parent"] or comment.parent_id in numbers["parent"])
    ]
    found.sort(key=_ORDERS[order_by], reverse=order == "desc")
    by_id = {post.id: post for post in posts}
    pages = {post.id: to.blog.layout(post.id).page_of for post in posts}
    items = [_comment_json(to, by_id[comment.post_id], comment, pages[comment.post_id]) for comment in found]
    return _listing(to, "/wp/v2/comments", request, items, paging)


def _paging(request: Request) -> tuple[int, int] | Refusal:
    per_page, page = request.get("per_page") or "10", request.get("page") or "1"
    if not re.fullmatch(r"\d{1,9}", per_page) or not 1 <= int(per_page) <= 100:
        return _invalid("per_page", "per_page must be between 1 (inclusive) and 100 (inclusive)")
    if not re.fullmatch(r"\d{1,9}", page) or int(page) < 1:
        return _invalid("page", "page must be greater than or equal to 1")
    return int(per_page), int(page)


def _invalid(name: str, message: str) -> Refusal:
    return Refusal(400, "rest_invalid_param", f"Invalid parameter(s): {name}", {name: message})


def _listing(
    to: Addresses, route: str, request: Request, items: Sequence[dict[str, Any]], paging: tuple[int, int]
) -> Response:
    per_page, page = paging
    pages = -(-len(items) // per_page)
    others = [(key, value) for key, value in request.query if key not in {"page", "rest_route"}]

    def link(number: int, rel: str) -> str:
        return f'<{to.rest(route)}?{urlencode([*others, ("page", str(number))])}>; rel="{rel}"'

    links = [link(min(page - 1, pages), "prev")] if page > 1 and pages else []
    if page < pages:
        links.append(link(page + 1, "next"))
    headers = [("X-WP-Total", str(len(items))), ("X-WP-TotalPages", str(pages))]
    if links:
        headers.append(("Link", ", ".join(links)))
    return _reply(to, list(items[(page - 1) * per_page : page * per_page]), headers)


def _post_json(to: Addresses, post: DemoPost, *, is_open: bool) -> dict[str, Any]:
    own = to.rest(f"/wp/v2/posts/{post.id}")
    return {
        "id": post.id,
        "date": to.local(post.published).isoformat(),
        "date_gmt": post.published.replace(tzinfo=None).isoformat(),
        "guid": {"rendered": to.guid(post)},
        "modified": to.local(post.modified).isoformat(),
        "modified_gmt": post.modified.replace(tzinfo=None).isoformat(),
        "slug": post.slug,
        "status": "publish",
        "type": "post",
        "link": to.post(post),
        "title": {"rendered": shown_title(to, post)},
        "content": {"rendered": to.html(post) if is_open else "", "protected": post.password is not None},
        "excerpt": {
            "rendered": f"<p>{excerpt(to, post)}</p>\n" if is_open else "",
            "protected": post.password is not None,
        },
        "author": 1,
        "comment_status": "open" if post.takes_comments else "closed",
        "ping_status": "closed",
        "format": "standard",
        "_links": {
            "self": [{"href": own}],
            "replies": [{"embeddable": True, "href": to.rest(f"/wp/v2/comments?post={post.id}")}],
        },
    }


def _comment_json(
    to: Addresses, post: DemoPost, comment: DemoComment, page_of: Mapping[int, int]
) -> dict[str, Any]:
    links: dict[str, Any] = {
        "self": [{"href": to.rest(f"/wp/v2/comments/{comment.id}")}],
        "up": [{"embeddable": True, "post_type": "post", "href": to.rest(f"/wp/v2/posts/{post.id}")}],
    }
    if comment.parent_id:
        links["in-reply-to"] = [{"embeddable": True, "href": to.rest(f"/wp/v2/comments/{comment.parent_id}")}]
    return {
        "id": comment.id,
        "post": comment.post_id,
        "parent": comment.parent_id,
        "author": 1 if comment.is_by_author else 0,
        "author_name": comment.author,
        "author_url": comment.site,
        "date": to.local(comment.published).isoformat(),
        "date_gmt": comment.published.replace(tzinfo=None).isoformat(),
        "content": {"rendered": comment_html(comment.text)},
        "link": to.comment(post, comment.id, page_of.get(comment.id, 1)),
        "status": comment.status.value,
        "type": comment.kind,
        "meta": [],
        "_links": links,
    }


def _reply(
    to: Addresses, value: object, headers: Sequence[tuple[str, str]] = (), *, status: int = 200
) -> Response:
    return Response(
        status=status,
        headers=(
            ("Content-Type", "application/json; charset=UTF-8"),
            ("X-Robots-Tag", "noindex"),
            ("X-Content-Type-Options", "nosniff"),
            ("Link", f'<{to.rest()}>; rel="https://api.w.org/"'),
            *headers,
            ("Allow", "GET"),
        ),
        body=json.dumps(value, separators=(",", ":")).encode(),
    )


def _refuse(to: Addresses, refusal: Refusal) -> Response:
    data: dict[str, Any] = {"status": refusal.status}
    if refusal.params is not None:
        data["params"] = dict(refusal.params)
    body = {"code": refusal.code, "message": refusal.message, "data": data}
    return _reply(to, body, status=refusal.status)
