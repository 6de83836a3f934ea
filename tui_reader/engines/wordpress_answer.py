"""Reads what a WordPress, or what stands in front of it, answered to a reply. Pure.

The status alone tells little: an error may come with 200, a spam filter answers like success. Messages are
in the blog's language, so they are shown and never understood.
"""

import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from urllib.parse import parse_qs, urlsplit

from tui_reader.content.clean import clean_line
from tui_reader.content.links import absolute_web
from tui_reader.content.one_line import text_of
from tui_reader.content.tree import tree_of
from tui_reader.domain.reply import Refusal
from tui_reader.domain.trouble import status_reason
from tui_reader.errors import FetchError
from tui_reader.language import _
from tui_reader.net.failures import retry_after
from tui_reader.net.response import Response

FLOOD_WAIT = timedelta(seconds=15)
"""WordPress takes one comment in 15 seconds from an address, and does not say so."""
_COMMENT = re.compile(r"#comment-(\d{1,18})$", re.ASCII)
_MAX_REASON = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class Accepted:
    """The blog took it, which says little of whether it shows it."""

    comment_id: str | None
    """None when a plugin leads to a page of its own."""
    location: str
    is_held: bool
    """It said so itself: ``unapproved=`` is in the address."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Refused:
    """The blog did not take it."""

    reason: str
    """The blog's own words, or empty."""
    refusal: Refusal | None = None
    """None when only the blog's pages can tell why."""
    retry_after: timedelta | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Unclear:
    """It may have been stored or not."""

    reason: str
    retry_after: timedelta | None = None


def read(response: Response, action: str, now: datetime) -> Accepted | Refused | Unclear:
    """What the answer to the form at ``action`` means, as far as it tells alone."""
    status = response.status
    if 300 <= status < 400:
        return _redirect(response, action)
    code, words = _words(response)
    wait = retry_after(response.headers.get("retry-after"), now)
    if status == 200:
        if words:
            return Refused(reason=words, refusal=Refusal.FIELD)
        if not response.body.strip():
            return Refused(reason="")
        return Unclear(reason=_("the blog's answer is none that WordPress gives"))
    if status == 429:
        return Refused(reason=words, refusal=Refusal.TOO_FAST, retry_after=wait or FLOOD_WAIT)
    if status == 500 and code == "wp_die" and words:
        # the blog ended the request with words of its own; a crash has another code
        return Refused(reason=words, refusal=Refusal.OTHER)
    if status == 408 or status >= 500 or status < 300:
        said = (
            words or f"{status_reason(status)} ({status})"
            if status >= 400
            else _("an odd answer ({status})").format(status=status)
        )
        return Unclear(reason=said, retry_after=wait)
    if not words:
        return Refused(reason=_from_the_front(response), refusal=Refusal.OTHER)
    if status == 409:
        return Refused(reason=words, refusal=Refusal.DUPLICATE)
    return Refused(reason=words, refusal=None if status == 403 else Refusal.OTHER)


def _redirect(response: Response, action: str) -> Accepted | Refused | Unclear:
    # it is stored as the reply's own address, and saved, opened and told as such
    location = absolute_web(response.headers.get("location") or response.url, response.url)
    if location is None:
        return Unclear(reason=_("the blog led to an address that is none"))
    parts = urlsplit(location)
    fragment = _COMMENT.search(location)
    waiting = parse_qs(parts.query).get("unapproved", [""])[0]
    if fragment or waiting.isdecimal():
        return Accepted(
            comment_id=fragment[1] if fragment else waiting,
            location=location,
            is_held=waiting.isdecimal(),
        )
    if parts.path.endswith("/wp-login.php"):
        return Refused(reason=_("the blog wants a login to comment"), refusal=Refusal.LOGIN)
    if parts.path.rstrip("/") == urlsplit(action).path.rstrip("/"):
        # the server sent us to the same form elsewhere before the blog saw a word
        return Refused(
            reason=_("the comment form has moved to {netloc}").format(netloc=parts.netloc),
            refusal=Refusal.OTHER,
        )
    return Accepted(comment_id=None, location=location, is_held=False)


def _words(response: Response) -> tuple[str, str]:
    """WordPress's code and message, from JSON or its error page; empty when somebody else speaks."""
    code = words = ""
    if response.content_type.endswith("json"):
        code, words = said_in_json(response)
    elif response.body.strip():
        tree = tree_of(response.text())
        message = tree.css_first("body#error-page .wp-die-message") or tree.css_first("body#error-page")
        if message is not None:
            for link in message.css("a[href^='javascript:']"):
                link.decompose()  # "« Back"
            words = text_of(message.html or "")
    return code, words[:_MAX_REASON]


def object_in(response: Response) -> dict[str, object] | None:
    """The object that an answer holds as JSON; None when it holds none."""
    try:
        data = response.json()
    except FetchError:
        return None
    return data if isinstance(data, dict) else None


def said_in_json(response: Response) -> tuple[str, str]:
    """The code and the message of an error that WordPress tells as JSON; empty when it is none."""
    data = object_in(response) or {}
    code, message = data.get("code"), data.get("message")
    if not isinstance(code, str) or not isinstance(message, str):
        return "", ""
    return code, text_of(message)[:_MAX_REASON]


def _from_the_front(response: Response) -> str:
    """A refusal that WordPress did not write: a firewall's, a proxy's, the web server's."""
    title = ""
    if response.content_type in {"text/html", "application/xhtml+xml"}:
        heading = tree_of(response.text()).css_first("title, h1")
        title = clean_line(heading.text())[:120] if heading is not None else ""
    told = (
        _("the server in front of the blog refused it ({status}: “{title}”); a browser may get through")
        if title
        else _("the server in front of the blog refused it ({status}); a browser may get through")
    )
    return told.format(status=response.status, title=title)
