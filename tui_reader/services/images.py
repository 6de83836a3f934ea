"""Pictures in posts: fetched when wanted, kept on disk for a while, decoded where they can do no harm."""

import asyncio
import atexit
import hashlib
import json
import os
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from tui_reader.domain.picture import Form, Frame, Picture
from tui_reader.errors import ExtractionError
from tui_reader.language import _
from tui_reader.services.parsing import Parsers
from tui_reader.storage import blogs
from tui_reader.storage.database import Database

if TYPE_CHECKING:
    from tui_reader.config import Images as ImageSettings
    from tui_reader.net.client import Http

PIXELS = Parsers(most=1, cpu_seconds=4.0, memory=500_000_000, loads=("PIL.Image", "PIL.ImageOps"))
"""They decode pictures; they end when idle, and with the program."""
atexit.register(PIXELS.stop)

_ACCEPTED = "image/webp, image/png, image/jpeg, image/gif"
_TYPES = frozenset({"", "application/octet-stream", "binary/octet-stream"})
_MEGABYTE = 1_000_000


class Images:
    """Pictures made ready for the terminal.

    Args:
        database: Knows on whose behalf they are fetched.
        http: Fetches them.
        folder: Where they are kept; what was not looked at for longest goes first.
        settings: The limits.
        pixels: The processes that decode.
    """

    def __init__(
        self,
        database: Database,
        http: "Callable[[], Http]",
        folder: Path,
        settings: "Callable[[], ImageSettings]",
        *,
        pixels: Parsers = PIXELS,
    ) -> None:
        self._database = database
        self._http = http
        self._folder = folder
        self._settings = settings
        self._pixels = pixels

    async def picture(self, url: str, blog_id: int, frame: Frame, form: Form) -> Picture:
        """The picture at an address, as large as the frame allows and no larger than it is.

        Raises:
            FetchError: it could not be fetched.
            ExtractionError: it is no picture, or too large a one.
        """
        body = await self._bytes(url, blog_id)
        wanted = {
            "form": form.value,
            "columns": frame.columns,
            "rows": frame.rows,
            "cell": frame.cell,
            "background": frame.background,
            "max_pixels": self._settings().megapixels * 1_000_000,
        }
        return await self._pixels.picture(body, url, json.dumps(wanted), form)

    async def _bytes(self, url: str, blog_id: int) -> bytes:
        kept = self._folder / hashlib.blake2b(url.encode(), digest_size=16).hexdigest()
        found = await asyncio.to_thread(_read, kept)
        if found is not None:
            return found
        from tui_reader.net.reach import on_behalf_of

        settings = self._settings()
        blog = await self._database.read(blogs.get_blog, blog_id)
        # what a post names is a stranger's word: no private address but that of the blog itself
        with on_behalf_of(blog.feed_url):
            answer = await self._http().get(
                url, headers={"accept": _ACCEPTED}, max_bytes=settings.megabytes * _MEGABYTE
            )
        if not (answer.content_type.startswith("image/") or answer.content_type in _TYPES):
            raise ExtractionError(_("this is no picture but {kind}").format(kind=answer.content_type))
        await asyncio.to_thread(_keep, kept, answer.body, settings.cache_megabytes * _MEGABYTE)
        return answer.body


def _read(path: Path) -> bytes | None:
    try:
        body = path.read_bytes()
        os.utime(path)
    except OSError:
        return None  # not kept, or taken away by another program of ours
    return body


def _keep(path: Path, body: bytes, most: int) -> None:
    """Writes it whole or not at all, then takes the oldest away until the rest fits."""
    if len(body) > most:
        return
    # a cache that cannot be written is no reason to show nothing
    with suppress(OSError):
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        fresh = path.with_name(f"{path.name}.{os.getpid()}")
        fresh.touch(mode=0o600)
        fresh.write_bytes(body)
        fresh.replace(path)
        kept = sorted(
            ((found.stat(), found) for found in path.parent.iterdir()), key=lambda one: one[0].st_mtime
        )
        total = sum(stat.st_size for stat, _ in kept)
        for stat, found in kept:
            if total <= most:
                break
            found.unlink(missing_ok=True)
            total -= stat.st_size
