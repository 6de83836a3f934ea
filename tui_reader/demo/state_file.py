"""Keeps what visitors wrote in a file, so that it outlives the demo server."""

import json
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from tui_reader.demo.blog import DemoBlog, Due
from tui_reader.demo.model import DemoComment, Status

_FORMAT = 1


def save(path: Path, start: datetime, blogs: Sequence[DemoBlog]) -> None:
    """Writes everything anew beside the old file and then puts it in its place."""
    document = {
        "format": _FORMAT,
        "start": start.isoformat(),
        "blogs": {
            blog.folder: {
                "comments": [_from_comment(comment) for comment in blog.comments],
                "due": [{"at": d.at.isoformat(), "act": d.act, "comment_id": d.comment_id} for d in blog.due],
            }
            for blog in blogs
        },
    }
    fresh = path.with_name(path.name + ".new")
    fresh.write_text(json.dumps(document), encoding="utf-8")
    fresh.replace(path)


def start_of(path: Path) -> datetime | None:
    """When the blog in this file was begun; None when there is no file yet."""
    return datetime.fromisoformat(_read(path)["start"]) if path.exists() else None


def restore(path: Path, blogs: Sequence[DemoBlog]) -> None:
    """Gives the blogs back what was written on them."""
    kept = _read(path)["blogs"]
    for blog in blogs:
        if blog.folder in kept:
            blog.restore(
                [_to_comment(comment) for comment in kept[blog.folder]["comments"]],
                [
                    Due(at=datetime.fromisoformat(due["at"]), act=due["act"], comment_id=due["comment_id"])
                    for due in kept[blog.folder]["due"]
                ],
            )


def stored_count(path: Path, text: str) -> int:
    """How often this very text was stored, read from the file of a server in another process."""
    if not path.exists():
        return 0
    return sum(
        comment["typed"].strip() == text.strip()
        for blog in _read(path)["blogs"].values()
        for comment in blog["comments"]
    )


def _read(path: Path) -> Any:
    return json.loads(path.read_text(encoding="utf-8"))


def _from_comment(comment: DemoComment) -> dict[str, Any]:
    return {
        "id": comment.id,
        "post_id": comment.post_id,
        "parent_id": comment.parent_id,
        "author": comment.author,
        "email": comment.email,
        "site": comment.site,
        "published": comment.published.isoformat(),
        "text": comment.text,
        "typed": comment.typed,
        "status": comment.status.value,
        "kind": comment.kind,
        "user_id": comment.user_id,
    }


def _to_comment(kept: dict[str, Any]) -> DemoComment:
    published = datetime.fromisoformat(kept["published"])
    return DemoComment(**{**kept, "published": published, "status": Status(kept["status"])})
