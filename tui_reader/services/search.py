"""Search over stored posts and comments."""

from tui_reader.content.one_line import text_of
from tui_reader.errors import NoRoomError
from tui_reader.storage import search
from tui_reader.storage.database import Database
from tui_reader.storage.search import Hit

__all__ = ["Hit", "Search"]

BATCH = 200


class Search:
    """Full-text search; what is new is indexed when it is first asked for, or in the background."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def find(self, query: str, limit: int = 50) -> tuple[Hit, ...]:
        """Posts and comments that hold every word of the query, newest first.

        Where the disk is full, of those that were indexed before.

        Raises:
            NoRoomError: the disk is full, and none of those holds them.
        """
        try:
            await self.index()
        except NoRoomError:
            if found := await self._database.read(search.find, query, limit=limit):
                return found
            raise
        return await self._database.read(search.find, query, limit=limit)

    async def index(self) -> None:
        """Indexes what is not yet, in small transactions so that nothing else waits."""
        while await self._database.run(search.index_pending, text_of, BATCH, is_aside=True):
            pass
