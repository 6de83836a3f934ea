"""Takes back what the user did; what is muted by then is no news all the same."""

from sqlite3 import Connection

from tui_reader.storage import acts, mutes
from tui_reader.storage.acts import Undo


def undo(db: Connection, act_id: int | None = None) -> Undo | None:
    """Takes back this act, or the last one; None when there is nothing to take back.

    Raises:
        NotFoundError: this act was undone already, or is too long ago.
    """
    undone = acts.undo(db, act_id)
    if undone is not None:
        # marks that come back may be of somebody who was muted since; a mute that comes back finds what came
        mutes.hush_all(db)
    return undone
