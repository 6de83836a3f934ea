"""Feeds of posts: RSS 0.9x to 2.0, Atom and JSON Feed, turned into the domain's words."""

import hashlib
from urllib.parse import urlsplit

from tui_reader.content.cut import is_cut
from tui_reader.domain.feed import ParsedFeed, ParsedPost
from tui_reader.feeds import enclosed, json_feed
from tui_reader.feeds.address import web_address
from tui_reader.feeds.comments import parse_comments
from tui_reader.feeds.dates import moment
from tui_reader.feeds.fields import author_name, body, link_of, older, replies
from tui_reader.feeds.kinds import is_json_feed, kind_of
from tui_reader.feeds.reading import Fields, RawFeed, read
from tui_reader.feeds.words import beginning_of, count_of, guid_of, title_of

__all__ = ["kind_of", "parse_comments", "parse_feed"]

_THREAD = "http://purl.org/syndication/thread/1.0"
_SLASH = "http://purl.org/rss/1.0/modules/slash/"


def parse_feed(body: bytes, url: str, content_type: str = "") -> ParsedFeed:
    """Reads a feed of posts.

    Args:
        body: What the server sent.
        url: Where it came from, after redirects.
        content_type: The header, with the charset that it may name.

    Raises:
        FeedError: it is no feed.
    """
    if is_json_feed(body, content_type):
        return json_feed.parse_feed(body, url)
    raw = read(body, url, content_type)
    page = link_of(raw.head, url) or url
    title = title_of(raw.head.get("title"), (raw.head.get("title_detail") or {}).get("type"))
    posts = (_post(entry, raw, url, page) for entry in raw.entries)
    return ParsedFeed(
        title=title or urlsplit(page).hostname or page,
        url=page,
        posts=tuple(post for post in posts if post),
        generator=_generator(raw.head),
        comments_feed_url=replies(raw.head, url).feed_url,
        older_url=older(raw.head, url),
    )


def _post(entry: Fields, raw: RawFeed, feed_url: str, page: str) -> ParsedPost | None:
    link = web_address(entry.get("feedburner_origlink"), feed_url) or link_of(entry, feed_url)
    title = title_of(entry.get("title"), (entry.get("title_detail") or {}).get("type"))
    files = enclosed.of_entry(entry, link or page)
    html = enclosed.below(body(entry, is_atom=raw.is_atom, base=link or page), files)
    if not (link or title or html):
        return None
    published = moment(entry.get("published_parsed"), entry.get("published"))
    updated = moment(entry.get("updated_parsed"), entry.get("updated"))
    guid = guid_of(entry.get("id")) or link or _stand_in(title, str(entry.get("published", "")), html)
    answers = replies(entry, feed_url)
    author = author_name(entry) or (author_name(raw.head) if raw.is_atom else "")
    return ParsedPost(
        guid=guid,
        url=link or page,
        title=title or beginning_of(html),
        author=author or None,
        # an entry that says only when it was changed is best placed there
        published=published or updated,
        updated=updated,
        html=html,
        is_excerpt=bool(html)
        and not any(part.get("value") for part in entry.get("content") or ())
        # a note, which has no title, and the words beside a recording are all that there is
        and ((bool(title) and not enclosed.is_played(files)) or is_cut(html, is_description=False)),
        comments_url=web_address(entry.get("comments"), feed_url) or answers.page_url,
        comments_feed_url=answers.feed_url,
        comment_count=_comment_count(entry, raw, answers.count),
    )


def _comment_count(entry: Fields, raw: RawFeed, by_link: int | None) -> int | None:
    for key in (
        f"{raw.prefixes.get(_SLASH, 'slash')}_comments",
        "slash_comments",
        f"{raw.prefixes.get(_THREAD, 'thr')}_total",
        "thr_total",
    ):
        count = count_of(entry.get(key))
        if count is not None:
            return count
    return by_link


def _generator(head: Fields) -> str | None:
    """Name, version and address, as far as given: RSS has ``https://wordpress.org/?v=6.1.9`` in one."""
    detail = head.get("generator_detail") or {}
    parts = [detail.get("name") or head.get("generator"), detail.get("version"), detail.get("href")]
    return title_of(" ".join(str(part) for part in parts if part), "text/plain") or None


def _stand_in(title: str, published: str, html: str) -> str:
    """A name for an entry that has none; the body counts only where nothing else tells it apart."""
    words = "\0".join((title, published) if title or published else (html,))
    return "urn:sha256:" + hashlib.sha256(words.encode("utf-8", "replace")).hexdigest()
