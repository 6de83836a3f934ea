"""Finds out, with as few and small requests as may be, under which stored posts of a blog there is new talk.

Three looks, each for what the one before cannot see (ARCHITECTURE.md says why these):

- the newest hundred comment ids of a WordPress: new ones, late approvals, removals, and by the total that
  something happened further back;
- the feed of comments, conditional where the ids were had: pings, and blogs without such an API;
- the counts in the posts feed, past its "not changed", when one of these says so or a while has passed.
"""

import json
import logging
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

from tui_reader.domain.blog import Blog
from tui_reader.domain.feed import ParsedComment
from tui_reader.domain.post import Post
from tui_reader.engines.wordpress_address import first_page, number_in, said_by
from tui_reader.engines.wordpress_newest import Newest, newest
from tui_reader.errors import FeedError, FetchError, HttpStatusError
from tui_reader.net.client import Http
from tui_reader.net.fetch import NotModified, Validators, fetch
from tui_reader.services import feedwork
from tui_reader.services.feedwork import FEED_TYPES
from tui_reader.storage import posts, schedule
from tui_reader.storage.database import Connection
from tui_reader.storage.grouped import GroupedWrites
from tui_reader.storage.schedule import Talk

log = logging.getLogger(__name__)

_COUNTS_DAILY = timedelta(days=1)
"""Where ids are listed, the counts only guard against what cancels out: one approved, another taken away."""
_COUNTS_WITHOUT_LIST = timedelta(hours=6)
_COUNTS_WHEN_ASKED = timedelta(minutes=10)
_COMMENT_FRAGMENT = re.compile(r"#comment-(\d+)$")
_WORDPRESS = "wordpress"
_FEED_OF_COMMENTS = 10
_LONG_AGO = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Seen:
    talk: Talk
    listed: Newest | None = None
    entries: tuple[ParsedComment, ...] | None = None
    """None: as they were the last time."""


async def look(
    http: Http, writes: GroupedWrites, blog: Blog, talk: Talk, *, is_asked: bool, now: datetime
) -> bool:
    """Looks for talk, and marks the posts whose conversation wants loading.

    Returns whether the counts in the posts feed have to be read, past its "not changed"; that is kept, too,
    until they are.

    Args:
        http: The way out.
        writes: The way into the database.
        blog: The blog.
        talk: What was seen the last time.
        is_asked: The user asks: past "not changed", where nothing else tells.
        now: The time.

    Raises:
        HttpStatusError: the blog wants to be left alone.
    """
    listed = await _listed(http, talk.api_root)
    seen = await _comment_feed(http, blog, talk, fresh=is_asked and listed is None)
    if listed is None and seen.talk.api_root and seen.talk.api_root != talk.api_root:
        listed = await _listed(http, seen.talk.api_root)
    return await writes.run(_note, blog, talk, replace(seen, listed=listed), is_asked, now)


async def _listed(http: Http, root: str | None) -> Newest | None:
    if root is None:
        return None
    try:
        return await newest(http, root)
    except FetchError as error:
        _unless_left_alone(error)
        # closed, moved or not there: the feeds tell most of it
        log.info("comments listed by %s: %s", root, error)
        return None


async def _comment_feed(http: Http, blog: Blog, talk: Talk, *, fresh: bool) -> _Seen:
    if not blog.comments_feed_url:
        return _Seen(talk=talk)
    validators = Validators(etag=talk.etag, last_modified=talk.last_modified)
    try:
        answer = await fetch(http, blog.comments_feed_url, validators, fresh=fresh, accept=FEED_TYPES)
        if isinstance(answer, NotModified):
            return _Seen(talk=talk)
        response = answer.response
        digest = feedwork.body_hash(response.body)
        talk = replace(
            talk,
            api_root=said_by(response.links, response.url).root or talk.api_root,
            etag=answer.validators.etag,
            last_modified=answer.validators.last_modified,
        )
        if digest == talk.body_hash:
            return _Seen(talk=talk)
        entries = await feedwork.parse_comments(
            response.body, response.url, response.headers.get("content-type", "")
        )
        return _Seen(talk=replace(talk, body_hash=digest), entries=entries)
    except (FetchError, FeedError) as error:
        _unless_left_alone(error)
        # the posts are in; counts in the posts feed still tell most of it
        log.info("comment feed of %s: %s", blog.title, error)
        return _Seen(talk=talk)


def _unless_left_alone(error: Exception) -> None:
    if isinstance(error, HttpStatusError) and error.asks_to_wait:
        raise error


def _note(db: Connection, blog: Blog, before: Talk, seen: _Seen, is_asked: bool, now: datetime) -> bool:
    """Marks the posts, keeps what was seen and says what else is to be asked: one transaction."""
    wanted, all_are_new = _named_by_feed(db, blog, seen.entries or ())
    talk, listed = seen.talk, seen.listed
    is_out_of_sight = False
    if listed is not None:
        if (listed.ids, listed.total) != (before.listed, before.total):
            wanted |= _named_by_list(db, blog, listed, before.listed)
        is_out_of_sight = before.total is not None and not listed.explains(before.listed, before.total)
        talk = replace(talk, listed=listed.ids, total=listed.total)
    # ten new ones in a feed of ten: who knows what fell off its end
    has_overflown = listed is None and all_are_new and len(seen.entries or ()) >= _FEED_OF_COMMENTS
    # a list tells of removals by itself
    taken = set() if listed is not None else _taken_from_feed(db, blog, seen.entries or ())
    schedule.want(db, wanted | taken)
    if is_out_of_sight or has_overflown:
        # it may be under a post that the feed names no more, and has no count of
        schedule.want_followed(db, blog.id)
    patience = _COUNTS_DAILY
    if listed is None:
        patience = _COUNTS_WHEN_ASKED if is_asked else _COUNTS_WITHOUT_LIST
    is_time = now - (before.counted_at or blog.added_at) >= patience
    may_differ = is_out_of_sight or has_overflown or bool(taken) or is_time
    needs_counts = may_differ and schedule.counts_comments(db, blog.id)
    if needs_counts:
        # whoever is killed before they are read reads them the next time
        talk = replace(talk, counted_at=_LONG_AGO)
    schedule.set_talk(db, blog.id, talk)
    return needs_counts


def _named_by_feed(db: Connection, blog: Blog, entries: Iterable[ParsedComment]) -> tuple[set[int], bool]:
    """The stored posts of which the feed names a comment that is not stored, and whether all are such."""
    found: set[int] = set()
    all_are_new = True
    for entry in entries:
        post = _post_of(db, entry)
        if post is None or post.blog_id != blog.id:
            continue
        is_known = schedule.shows(db, post.id, _names(entry))
        all_are_new = all_are_new and not is_known
        if not is_known and not _is_old(post, blog, entry.published):
            found.add(post.id)
    return found, all_are_new


def _taken_from_feed(db: Connection, blog: Blog, entries: Sequence[ParsedComment]) -> set[int]:
    """The stored posts that show a comment which the feed, though it names older ones, does not name."""
    dates = [entry.published for entry in entries if entry.published is not None]
    if len(dates) < len(entries) or not dates:
        return set()
    shown = schedule.shown_since(db, blog.id, min(dates))
    named = {name for entry in entries for name in _names(entry)}
    # where not one is known by what the feed calls it, nothing can be told from a name that is missing
    if named.isdisjoint(id for id, _ in shown):
        return set()
    return {post_id for id, post_id in shown if id not in named}


def _named_by_list(db: Connection, blog: Blog, listed: Newest, before: Sequence[int]) -> set[int]:
    """The stored posts under which the list shows a comment that is not stored, or one less than is."""
    by_number = _numbered(schedule.names(db, blog.id))
    shown = schedule.shown_comments(db, blog.id, _WORDPRESS)
    now_there = set(listed.ids)
    oldest = 0 if listed.is_all else min(now_there)
    found = {post_id for id, post_id in shown.items() if id >= oldest and id not in now_there}
    for comment in listed.comments:
        post_id = by_number.get(str(comment.post_number))
        if post_id is None or comment.id in shown or post_id in found:
            continue
        has_appeared = bool(before) and comment.id > before[-1] and comment.id not in before
        if has_appeared or not _is_old(posts.get_post(db, post_id), blog, comment.published):
            found.add(post_id)
    return found


def _is_old(post: Post, blog: Blog, published: datetime | None) -> bool:
    """Never opened and never answered in: what was said before the subscription is no news."""
    # blogs tell seconds: one that came in the second of the subscription may be news
    since = blog.added_at.replace(microsecond=0)
    return post.loaded_at is None and published is not None and published < since


def _numbered(named: Sequence[schedule.Named]) -> dict[str, int]:
    """WordPress's numbers of posts to ours."""
    numbers: dict[str, int] = {}
    for one in named:
        number = json.loads(one.facts).get("post_id") or number_in(one.guid) or number_in(one.url)
        if number:
            numbers.setdefault(str(number), one.post_id)
    return numbers


def _post_of(db: Connection, entry: ParsedComment) -> Post | None:
    """The stored post that a comment belongs to: by its link, without its comment page, or by guid."""
    places = [first_page(entry.post_url)] if entry.post_url else []
    if "://" in entry.guid:
        places.append(entry.guid.partition("#")[0])
    return next((post for place in places if (post := posts.find_post(db, place)) is not None), None)


def _names(entry: ParsedComment) -> tuple[str, ...]:
    """Every id under which the comment may be stored."""
    fragments = [_COMMENT_FRAGMENT.search(text) for text in (entry.guid, entry.url or "")]
    return (entry.guid, *(match[1] for match in fragments if match))
