"""Comments out of a WordPress post's comment feed: Atom names the parents, RSS has a notice in the text."""

import asyncio
import re
from collections.abc import Sequence
from dataclasses import dataclass

from tui_reader.domain.comment import Comment, CommentKind
from tui_reader.domain.feed import ParsedComment
from tui_reader.feeds.parse import parse_comments
from tui_reader.net.client import Http
from tui_reader.net.link_header import Link

_COMMENT = re.compile(r"#comment-(\d{1,18})$", re.ASCII)
# since 5.4 each answer begins with a line of WordPress's own, in the blog's language:
# <p>In reply to <a href="…#comment-128">Alice</a>.</p>
_NOTICE = re.compile(
    r"""\s*<p>[^<]{0,80}<a\s[^<>]{0,40}href=["'][^"'<>]{0,2000}\#comment-(\d{1,18})["'][^<>]{0,200}>"""
    r"""[^<]{0,300}</a>[^<]{0,80}</p>\s*""",
    re.ASCII,
)
# what WordPress makes of the place where another blog names the post
_PING_EXCERPT = re.compile(
    r"\s*(?:<p>)?\s*\[(?:…|&#8230;|&hellip;|\.\.\.)\].*\[(?:…|&#8230;|&hellip;|\.\.\.)\]\s*(?:</p>)?\s*",
    re.DOTALL,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedComments:
    """The newest comments and pings of a post, mostly ten."""

    comments: tuple[Comment, ...] = ()
    """Pings are told by their looks alone: the feed does not mark them."""
    links: tuple[Link, ...] = ()
    """The ``Link`` headers that came with it."""
    needs_password: bool = False


async def read_feed(http: Http, url: str) -> FeedComments:
    """Fetches and reads a post's comment feed, Atom or RSS.

    Raises:
        FetchError: the blog could not be asked.
        FeedError: what came is no feed.
    """
    response = await http.get(url)
    content_type = response.headers.get("content-type", "")
    # always fresh: a feed answers "not changed" although an older comment was approved meanwhile
    parsed = await asyncio.to_thread(parse_comments, response.body, response.url, content_type)
    return FeedComments(
        comments=as_comments(parsed),
        links=response.links,
        needs_password=any("action=postpass" in comment.html for comment in parsed),
    )


def as_comments(parsed: Sequence[ParsedComment]) -> tuple[Comment, ...]:
    """The feed's entries as comments with WordPress's own ids, once each; the rest is left out."""
    # in Atom every entry answers something, the post at least; in RSS none says so
    has_parents = any(entry.reply_to for entry in parsed)
    comments: dict[str, Comment] = {}
    for entry in parsed:
        comment_id = comment_number(entry.guid) or comment_number(entry.url)
        if comment_id is None or comment_id in comments:
            continue
        notice = _NOTICE.match(entry.html)
        parent_id = _parent(entry) if has_parents else notice and notice[1]
        html = entry.html
        if notice is not None and notice[1] == parent_id:
            html = html[notice.end() :]
        comments[comment_id] = Comment(
            id=comment_id,
            parent_id=parent_id if parent_id != comment_id else None,
            author=entry.author,
            author_url=entry.author_url,
            published=entry.published,
            html=html,
            url=entry.url,
            kind=_kind(entry),
        )
    return tuple(comments.values())


def comment_number(address: str | None) -> str | None:
    """WordPress's id of a comment: what follows ``#comment-`` in its guid and link."""
    match = _COMMENT.search(address or "")
    return match[1] if match else None


def _parent(entry: ParsedComment) -> str | None:
    # at top level the reference is the post's guid, which names no comment
    return next((number for ref in entry.reply_to if (number := comment_number(ref))), None)


def _kind(entry: ParsedComment) -> CommentKind:
    if entry.author_url and _PING_EXCERPT.fullmatch(entry.html[:5_000]):
        return CommentKind.PINGBACK
    return CommentKind.COMMENT
