"""The demo blog's REST API: what WordPress shows of posts and comments, and takes from its account."""

import json
import re
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any, NamedTuple
from urllib.parse import urlencode

from tui_reader.demo.addresses import Addresses
from tui_reader.demo.model import Added, DemoComment, Status, Verdict
from tui_reader.demo.rest_account import account_of, add_comment
from tui_reader.demo.rest_entries import comment_entry, post_entry
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


_REFUSALS = {
    Verdict.UNKNOWN_POST: Refusal(
        403,
        "rest_comment_invalid_post_id",
        "Sorry, you are not allowed to create this comment without a post.",
    ),
    Verdict.LOCKED: Refusal(
        403, "rest_cannot_read_post", "Sorry, you are not allowed to read the post for this comment."
    ),
    Verdict.CLOSED: Refusal(403, "rest_comment_closed", "Sorry, comments are closed for this item."),
    Verdict.EMPTY: Refusal(400, "rest_comment_content_invalid", "Invalid comment content."),
    Verdict.LONG_TEXT: Refusal(400, "comment_content_column_length", "Your comment is too long."),
    Verdict.DUPLICATE: Refusal(
        409,
        "comment_duplicate",
        "Duplicate comment detected; it looks as though you&#8217;ve already said that!",
    ),
    Verdict.FLOOD: Refusal(400, "comment_flood", "You are posting comments too quickly. Slow down."),
}


def answer(to: Addresses, route: str, request: Request, now: datetime) -> Response:
    """What the API says to a request for ``route``, as ``/wp/v2/comments``."""
    result = _route(to, route.rstrip("/") or "/", request, now)
    return _refuse(to, result) if isinstance(result, Refusal) else result


def switched_off(to: Addresses) -> Response:
    """What a blog says whose API is closed by a plugin."""
    return _refuse(
        to, Refusal(401, "rest_login_required", "DRA: Only authenticated users can access the REST API.")
    )


def _route(to: Addresses, route: str, request: Request, now: datetime) -> Response | Refusal:
    account = account_of(request)
    if request.method == "POST" and route == "/wp/v2/comments":
        if account is None:
            return Refusal(401, "rest_comment_login_required", "Sorry, you must be logged in to comment.")
        return _new_comment(to, add_comment(to, request, account, now))
    if request.method not in {"GET", "HEAD"}:
        return Refusal(404, "rest_no_route", "No route was found matching the URL and request method.")
    if route == "/":
        return _reply(to, _root(to))
    if route == "/wp/v2/users/me":
        if account is None:
            return Refusal(401, "rest_not_logged_in", "You are not currently logged in.")
        return _reply(to, {"id": account.id, "name": account.name, "slug": account.username})
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
        post_entry(to, post, is_open=post.password in {None, password}),
        [("Link", f'<{to.post(post)}>; rel="alternate"; type=text/html')],
    )


def _posts(to: Addresses, request: Request) -> Response | Refusal:
    paging = _paging(request)
    if isinstance(paging, Refusal):
        return paging
    slugs = request.all("slug")
    found = [post for post in to.blog.posts if not slugs or post.slug in slugs]
    items = [post_entry(to, post, is_open=post.password is None) for post in found]
    return _listing(to, "/wp/v2/posts", request, items, paging)


def _one_comment(to: Addresses, comment_id: int, request: Request) -> Response | Refusal:
    comment = to.blog.comment(comment_id)
    post = None if comment is None else to.blog.post(comment.post_id)
    if comment is None or post is None:
        return Refusal(404, "rest_comment_invalid_id", "Invalid comment ID.")
    account = account_of(request)
    is_own = account is not None and account.id == comment.user_id
    if not (comment.status is Status.APPROVED or is_own) or post.password not in {
        None,
        request.get("password"),
    }:
        return Refusal(401, "rest_cannot_read", "Sorry, you are not allowed to read this comment.")
    return _reply(to, comment_entry(to, post, comment, to.blog.layout(post.id).page_of))


def _new_comment(to: Addresses, added: Added) -> Response | Refusal:
    comment = added.comment
    post = None if comment is None else to.blog.post(comment.post_id)
    if comment is None or post is None:
        return _REFUSALS[added.verdict]
    value = comment_entry(to, post, comment, to.blog.layout(post.id).page_of)
    return _reply(to, value, [("Location", to.rest(f"/wp/v2/comments/{comment.id}"))], status=201)


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
    items = [comment_entry(to, by_id[comment.post_id], comment, pages[comment.post_id]) for comment in found]
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
