"""One look at a blog's posts feed, by the cheapest step that will do.

304 → the same bytes → known entries cut out → the parser.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import partial

from tui_reader.domain import trouble
from tui_reader.domain.apart import told_apart
from tui_reader.domain.blog import Blog
from tui_reader.domain.schedule import Hints
from tui_reader.domain.update import decide
from tui_reader.errors import FeedError
from tui_reader.feeds.wire import ReadFeed
from tui_reader.net.client import Http
from tui_reader.net.fetch import Fetched, NotModified, Validators, fetch
from tui_reader.services import feedwork
from tui_reader.services.feedwork import FEED_TYPES
from tui_reader.storage import blogs, intake, schedule
from tui_reader.storage.database import Connection, Database
from tui_reader.storage.grouped import GroupedWrites


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedResult:
    """What a look at the feed brought."""

    keep: Callable[[Connection], None]
    """Stores what is not stored yet: that the feed was as before."""
    has_changed: bool = False
    is_whole: bool = False
    """All of it came, with the counts of comments as they are now."""
    new_posts: int = 0
    has_validators: bool = True
    max_age: timedelta | None = None
    hints: Hints | None = None
    """None: as they were."""


class FeedRefresh:
    """Looks at posts feeds."""

    def __init__(
        self, database: Database, http: Http, writes: GroupedWrites, now: Callable[[], datetime]
    ) -> None:
        self._database = database
        self._http = http
        self._writes = writes
        self._now = now

    async def fetch(self, blog: Blog, *, fresh: bool = False) -> FeedResult:
        """Fetches the feed and stores what is new in it.

        Args:
            blog: The blog as it is stored.
            fresh: All of it, whatever the validators say.

        Raises:
            FetchError: it could not be had.
            FeedError: it is no feed, or one that cannot be read within the limits.
        """
        validators = Validators(etag=blog.etag, last_modified=blog.last_modified)
        answer = await fetch(self._http, blog.feed_url, validators, fresh=fresh, accept=FEED_TYPES)
        if answer.moved_to:
            await self._refuse_double(blog, answer.moved_to)
        now = self._now()
        if isinstance(answer, NotModified):
            return FeedResult(
                keep=partial(_keep_unchanged, blog_id=blog.id, answer=answer, now=now),
                max_age=answer.max_age,
            )
        response = answer.response
        digest = feedwork.body_hash(response.body)
        came = FeedResult(
            keep=partial(_keep_same, blog_id=blog.id, answer=answer, digest=digest, now=now),
            is_whole=True,
            has_validators=bool(answer.validators.etag or answer.validators.last_modified),
            max_age=answer.max_age,
        )
        if digest == blog.body_hash:
            return came
        known = await self._database.read(schedule.known_items, blog.id)
        read = await feedwork.read_feed(
            response.body, response.url, response.headers.get("content-type", ""), known
        )
        new, has_changed = await self._writes.run(_keep_new, blog, read, answer, digest, known, now)
        return replace(came, keep=_is_kept, has_changed=has_changed, new_posts=new, hints=read.hints)

    async def _refuse_double(self, blog: Blog, moved_to: str) -> None:
        """Two blogs became one: every post would come twice."""
        other = await self._database.read(blogs.find_feed, moved_to)
        if other is not None and other.is_subscribed and other.id != blog.id:
            code = f"doubled {other.title}"
            raise FeedError(trouble.reason(code), trouble=code)


def _is_kept(_db: Connection) -> None:
    """All of it is stored already."""


def _keep_unchanged(db: Connection, blog_id: int, answer: NotModified, now: datetime) -> None:
    if answer.moved_to:
        blogs.set_feed_url(db, blog_id, answer.moved_to)
    given = answer.validators
    blogs.set_unchanged(db, blog_id, now=now, etag=given.etag, last_modified=given.last_modified)


def _keep_same(db: Connection, blog_id: int, answer: Fetched, digest: str, now: datetime) -> None:
    if answer.moved_to:
        blogs.set_feed_url(db, blog_id, answer.moved_to)
    given = answer.validators
    blogs.set_refreshed(
        db, blog_id, now=now, etag=given.etag, last_modified=given.last_modified, body_hash=digest
    )
    schedule.set_counted(db, blog_id, now=now)


def _keep_new(
    db: Connection,
    blog: Blog,
    read: ReadFeed,
    answer: Fetched,
    digest: str,
    known_items: dict[str, int],
    now: datetime,
) -> tuple[int, bool]:
    """Posts, counts, validators and what was read, in one transaction; how many posts are new."""
    if answer.moved_to:
        blogs.set_feed_url(db, blog.id, answer.moved_to)
    feed = read.feed
    still_there = {known_items[hash] for hash in read.known if hash in known_items}
    stored = intake.known_posts(db, blog.id)
    posts = told_apart(stored, feed.posts, still_there)
    update = decide(stored, posts, still_there)
    applied = intake.apply_update(db, blog.id, update, now=now, is_backlog=blog.last_refreshed is None)
    given = answer.validators
    blogs.set_refreshed(
        db,
        blog.id,
        now=now,
        etag=given.etag,
        last_modified=given.last_modified,
        body_hash=digest,
        title=feed.title or None,
        url=feed.url or None,
        generator=feed.generator,
        comments_feed_url=blog.comments_feed_url or feedwork.comments_feed_of(feed, blog.feed_url),
    )
    guids = {hash: post.guid for hash, post in zip(read.hashes, posts, strict=False)}
    schedule.keep_items(db, blog.id, read.known, guids)
    schedule.set_counted(db, blog.id, now=now)
    return len(applied.new), bool(update.new or update.changed or update.counted)
