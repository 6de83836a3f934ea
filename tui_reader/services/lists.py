"""Lists of subscriptions taken into the stored blogs, and given out of them, with nothing lost between."""

import json
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import TYPE_CHECKING

from tui_reader.domain.blog import Blog
from tui_reader.storage import blogs, organising
from tui_reader.storage.database import Connection

if TYPE_CHECKING:
    from tui_reader.feeds.opml import OpmlFeed


def take(db: Connection, outlines: "Iterable[OpmlFeed]", *, now: datetime) -> tuple[int, int]:
    """Follows every feed of the list; gives how many are new and how many were followed already.

    One that is followed stays as the user has it. One that was removed comes back.
    """
    added = known = 0
    for outline in outlines:
        same = blogs.find_feed(db, outline.url)
        if same is not None and same.is_subscribed:
            known += 1
            continue
        blog = blogs.add_blog(
            db,
            url=outline.site_url or outline.url,
            feed_url=same.feed_url if same else outline.url,
            title=outline.title or outline.url,
            folder=organising.folder_path(outline.folder),
            now=now,
        )
        added += 1
        if outline.own_title is not None:
            blogs.rename_blog(db, blog.id, outline.own_title)
        if outline.is_paused:
            blogs.set_paused(db, blog.id)
        blogs.set_outline(db, blog.id, json.dumps(outline.more) if outline.more else None)
    return added, known


def give(db: Connection) -> tuple[tuple[Blog, ...], Mapping[int, Mapping[str, str]]]:
    """The followed blogs, and what the lists that they came in had said of them."""
    more = {blog_id: dict(json.loads(outline)) for blog_id, outline in blogs.outlines(db).items()}
    return blogs.all_blogs(db), more
