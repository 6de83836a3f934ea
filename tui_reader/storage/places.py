"""Where the user was in each post, to come back to."""

import json
from sqlite3 import Connection

from tui_reader.domain.place import ReadingPlace
from tui_reader.storage.values import text, text_or_none

_MOST_FOLDED = 10_000


def save(db: Connection, post_id: int, place: ReadingPlace) -> None:
    """Keeps where the user is; of a post that is gone nothing is kept."""
    db.execute(
        """INSERT INTO places (post_id, block, line, comment_id, folded)
           SELECT id, :block, :line, :comment_id, :folded FROM posts WHERE id = :post_id
           ON CONFLICT (post_id) DO UPDATE SET block = excluded.block, line = excluded.line,
               comment_id = excluded.comment_id, folded = excluded.folded""",
        {
            "post_id": post_id,
            "block": max(0, place.block),
            "line": max(0, place.line),
            "comment_id": text_or_none(place.comment_id),
            "folded": json.dumps([text(id) for id in place.folded[:_MOST_FOLDED]]),
        },
    )


def get(db: Connection, post_id: int) -> ReadingPlace | None:
    """Where the user was; None where he never was."""
    row = db.execute(
        "SELECT block, line, comment_id, folded FROM places WHERE post_id = ?", (post_id,)
    ).fetchone()
    if row is None:
        return None
    return ReadingPlace(block=row[0], line=row[1], comment_id=row[2], folded=tuple(json.loads(row[3])))
