"""Which stored post, or comment under it, a web address leads to."""

import re
from sqlite3 import Connection
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from tui_reader.domain.post import Post
from tui_reader.storage.posts import SELECT, from_row
from tui_reader.storage.values import text, url_key

_FRAGMENT = re.compile(r"(?:li-|div-)?comment-(\d{1,18})", re.ASCII)
_PAGE = re.compile(r"/comment-page-\d+/?$")
# a place within the page, not another page
_PLACES = frozenset({"replytocom", "cpage", "showcomment"})

_AT_ADDRESS = f"""{SELECT} WHERE p.url_key = ? AND b.is_subscribed = 1 AND b.removed_at IS NULL
    ORDER BY p.url = ? DESC, p.sort_at DESC, p.id DESC LIMIT 1"""
# the short address of a WordPress post, which is its name in the feed; blog by blog, as names are indexed
_FOLLOWED = "(SELECT id FROM blogs WHERE is_subscribed = 1 AND removed_at IS NULL)"
_NAMED = f"{SELECT} WHERE p.guid IN (?, ?) AND p.blog_id IN {_FOLLOWED} LIMIT 1"


def linked(db: Connection, url: str) -> tuple[Post, str | None] | None:
    """The post of a followed blog at this address, and the id of the comment that is meant, if one is.

    The comment need not be stored yet.
    """
    url = text(url).strip()
    try:
        parts = urlsplit(url)
        asked = parse_qsl(parts.query, keep_blank_values=True)
    except ValueError:
        return None
    left = [(name, value) for name, value in asked if name.lower() not in _PLACES]
    query = urlencode(left) if len(left) < len(asked) else parts.query
    page = urlunsplit(parts._replace(path=_PAGE.sub("/", parts.path), query=query, fragment=""))
    row = db.execute(_AT_ADDRESS, (url_key(page), page)).fetchone()
    if row is None and any(name == "p" for name, _ in left):
        row = db.execute(_NAMED, (page, page.replace("https://", "http://", 1))).fetchone()
    if row is None:
        return None
    post = from_row(row)
    return post, _comment(db, post.id, url, parts.fragment, dict(asked))


def _comment(db: Connection, post_id: int, url: str, fragment: str, asked: dict[str, str]) -> str | None:
    stored = db.execute(
        "SELECT id FROM comments WHERE post_id = ? AND url = ? LIMIT 1", (post_id, url)
    ).fetchone()
    if stored is not None:
        return str(stored[0])
    named = _FRAGMENT.fullmatch(fragment)
    if named is not None:
        return named[1]
    answered = asked.get("replytocom", "")
    return answered if answered.isdecimal() and len(answered) < 19 else None
