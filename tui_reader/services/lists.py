"""Lists of subscriptions taken into the stored blogs, and given out of them, with nothing lost between."""

import json
from datetime import datetime
from typing import TYPE_CHECKING

from tui_reader.domain.blog import Blog
from tui_reader.domain.folders import folder_path
from tui_reader.storage import blogs, outlines
from tui_reader.storage.database import Connection

if TYPE_CHECKING:
    from tui_reader.feeds.opml import OpmlResult, Said


def take(db: Connection, result: "OpmlResult", *, now: datetime) -> tuple[int, int]:
    """Follows every feed of the list; gives how many are new and how many were followed already.

    One that is followed stays as the user has it. One that was removed comes back. What the list says of
    itself is kept where nothing was followed before: who adds a list of somebody else's goes on with his own.
    """
    added = known = 0
    is_first = not blogs.how_many(db)
    for outline in result.outlines:
        same = blogs.find_feed(db, outline.url)
        if same is not None and same.is_subscribed:
            known += 1
            continue
        blog = blogs.add_blog(
            db,
            url=outline.site_url or outline.url,
            feed_url=same.feed_url if same else outline.url,
            title=outline.title or outline.url,
            folder=folder_path(outline.folder),
            now=now,
        )
        added += 1
        if outline.own_title is not None:
            blogs.rename_blog(db, blog.id, outline.own_title)
        if outline.is_paused:
            blogs.set_paused(db, blog.id)
        outlines.set_blog(db, blog.id, json.dumps(outline.more) if outline.more else None)
    _take_folders(db, result, has_head=is_first)
    return added, known


def give(db: Connection) -> "tuple[tuple[Blog, ...], Said]":
    """The followed blogs, and what the lists that they came in had said of them."""
    from tui_reader.feeds.opml import OpmlFolder, Said

    more = {blog_id: dict(json.loads(outline)) for blog_id, outline in outlines.of_blogs(db).items()}
    folders = []
    head: list[list[str]] = []
    for path, told in outlines.of_folders(db).items():
        said = json.loads(told)
        folders.append(
            OpmlFolder(path=path, more=said["more"], links=tuple(said["links"]), is_empty=said["is_empty"])
        )
        head += said.get("head", [])
    return blogs.all_blogs(db), Said(
        feeds=more, folders=tuple(folders), head=tuple((name, value) for name, value in head)
    )


def _take_folders(db: Connection, result: "OpmlResult", *, has_head: bool) -> None:
    known = {path: json.loads(told) for path, told in outlines.of_folders(db).items()}
    came = {folder_path(folder.path) or "": folder for folder in result.folders}
    if has_head and result.head:
        known.setdefault("", {"more": {}, "links": [], "is_empty": False})["head"] = result.head
    for path, folder in came.items():
        said = known.setdefault(path, {"more": {}, "links": [], "is_empty": False})
        # where two lists differ the first is believed
        said["more"] = {**folder.more, **said["more"]}
        said["links"] += [dict(link) for link in folder.links if dict(link) not in said["links"]]
        said["is_empty"] = said["is_empty"] or folder.is_empty
    for path in {"", *came} & known.keys():
        outlines.set_folder(db, path, json.dumps(known[path]))
