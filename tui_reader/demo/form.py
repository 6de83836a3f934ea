"""The demo blog's two forms: handing in a comment, and opening a post that has a password."""

import hashlib
import hmac
import json
from datetime import datetime
from urllib.parse import urlsplit

from tui_reader.demo.addresses import Addresses
from tui_reader.demo.model import DemoPost, Submission, Verdict
from tui_reader.demo.pages import failure_page
from tui_reader.demo.wire import Request, Response

_NO_CACHE = (
    ("Expires", "Wed, 11 Jan 1984 05:00:00 GMT"),
    ("Cache-Control", "no-cache, must-revalidate, max-age=0"),
)
_STATUS = {Verdict.CLOSED: 403, Verdict.DUPLICATE: 409, Verdict.FLOOD: 429}
"""Of the refusals; WordPress answers all others with 200."""
_SILENT = frozenset({Verdict.UNKNOWN_POST, Verdict.LOCKED})
"""WordPress answers these with nothing at all."""


def take_comment(to: Addresses, request: Request, now: datetime) -> Response:
    """Answers ``wp-comments-post.php``."""
    if request.method != "POST":
        return Response(status=405, headers=(("Allow", "POST"), ("Content-Type", "text/plain;charset=UTF-8")))
    form = request.form
    post = to.blog.post(_number(form.get("comment_post_ID", "")))
    added = to.blog.add_comment(
        Submission(
            post_id=0 if post is None else post.id,
            parent_id=_number(form.get("comment_parent", "")),
            author=form.get("author", ""),
            email=form.get("email", ""),
            site=form.get("url", ""),
            text=form.get("comment", ""),
        ),
        now,
        unlocked=post is not None and is_unlocked(to, post, request),
    )
    if added.verdict in _SILENT:
        return Response(headers=(("Content-Type", "text/html; charset=UTF-8"), *_NO_CACHE))
    comment = added.comment
    if comment is None or post is None:
        return _refusal(to, added.verdict, request)
    page = to.blog.layout(post.id).page_of.get(comment.id, 1)
    where = to.comment(post, comment.id, page)
    # who ticks the box keeps a cookie instead, and sees the held comment by that
    if added.verdict is Verdict.HELD and "wp-comment-cookies-consent" not in form:
        where = to.held(post, comment)
    forgotten = "; expires=Thu, 01 Jan 1970 00:00:00 GMT; Max-Age=0; path=/"
    cookies = tuple(
        ("Set-Cookie", f"{name}_{_cookie_name(to)}=%20{forgotten}")
        for name in ("comment_author", "comment_author_email", "comment_author_url")
    )
    return Response(
        status=302,
        headers=(
            ("Content-Type", "text/html; charset=UTF-8"),
            *_NO_CACHE,
            *cookies,
            ("X-Redirect-By", "WordPress"),
            ("Location", where),
        ),
    )


def take_password(to: Addresses, request: Request) -> Response:
    """Answers ``wp-login.php?action=postpass``: a cookie, and back to where the form stood."""
    if request.method != "POST":
        return Response(status=405, headers=(("Allow", "POST"), ("Content-Type", "text/plain;charset=UTF-8")))
    back = request.headers.get("referer", "")
    if urlsplit(back).netloc != urlsplit(to.root).netloc:
        back = to.at("/")
    name, value = f"wp-postpass_{_cookie_name(to)}", _ticket(to, request.form.get("post_password", ""))
    return Response(
        status=302,
        headers=(
            ("Content-Type", "text/html; charset=UTF-8"),
            *_NO_CACHE,
            ("Set-Cookie", f"{name}={value}; path={to.blog.folder}/"),
            ("Location", back),
        ),
    )


def is_unlocked(to: Addresses, post: DemoPost, request: Request) -> bool:
    """Whether the asker may read the post: it has no password, or they gave it before."""
    if post.password is None:
        return True
    ticket = request.cookies.get(f"wp-postpass_{_cookie_name(to)}", "")
    return hmac.compare_digest(ticket.encode(), _ticket(to, post.password).encode())


def _refusal(to: Addresses, verdict: Verdict, request: Request) -> Response:
    message, status = to.blog.words.refusal(verdict), _STATUS.get(verdict, 200)
    if "application/json" in request.headers.get("accept", ""):
        error = {
            "code": "wp_die",
            "message": f"<p>{message}</p>",
            "data": {"status": status},
            "additional_errors": [],
        }
        kind, body = "application/json", json.dumps(error)
    else:
        kind, body = "text/html", failure_page(to, message)
    headers = (("Content-Type", f"{kind}; charset=UTF-8"), *_NO_CACHE)
    return Response(status=status, headers=headers, body=body.encode())


def _cookie_name(to: Addresses) -> str:
    return hashlib.sha256(to.home.encode()).hexdigest()[:32]


def _ticket(to: Addresses, password: str) -> str:
    return hmac.new(to.blog.title.encode(), password.encode(), "sha256").hexdigest()


def _number(value: str) -> int:
    """As PHP reads a number out of a field: 0 when there is none."""
    value = value.strip()
    return int(value) if value.isascii() and value.isdigit() and len(value) < 19 else 0
