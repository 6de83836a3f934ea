"""Pictures: decoded in a real process with limits, fetched once, never from where they must not come."""

import io
import struct
import zlib

import httpx
import pytest
from PIL import Image

from tests.fakes import desk
from tui_reader.config import Images as Limits
from tui_reader.domain.picture import Form, Frame
from tui_reader.errors import ExtractionError, FetchError
from tui_reader.net.client import Http
from tui_reader.services.images import PIXELS, Images
from tui_reader.services.parsing import Parsers
from tui_reader.storage.database import Database

URL = "https://b.example/boat.png"
FRAME = Frame(columns=8, rows=4, cell=(10, 20), background=(10, 20, 30))


def a_picture(size=(80, 80), color=(200, 40, 40), form="PNG", mode="RGB", **more):
    written = io.BytesIO()
    Image.new(mode, size, color).save(written, form, **more)
    return written.getvalue()


def a_bomb(width=60_000, height=60_000):
    """A small file that says it is very large, and is."""

    def chunk(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    rows = zlib.compress(b"\0" * (width // 8) * 200, 9)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


@pytest.fixture
async def place(tmp_path, now):
    """A followed blog whose one picture a test sets."""

    class Place:
        body: object = a_picture()
        asked: list[httpx.Request]

        def answer(self, request):
            self.asked.append(request)
            if isinstance(self.body, httpx.Response):
                return self.body
            return httpx.Response(200, content=self.body, headers={"content-type": "image/png"})

        async def picture(self, url=URL, frame=FRAME, form=Form.BLOCKS):
            return await self.images.picture(url, self.blog_id, frame, form)

    found = Place()
    found.asked = []
    database = Database.open(tmp_path / "reader.db")
    found.blog_id = (await desk(tmp_path, now, database=database)).blog.id
    http = Http(transport=httpx.MockTransport(found.answer))
    found.limits = Limits(megapixels=10, megabytes=1)
    found.folder = tmp_path / "cache" / "images"
    found.images = Images(database, lambda: http, found.folder, lambda: found.limits)
    yield found
    await http.aclose()
    PIXELS.stop()


async def test_pixels_become_half_blocks_in_the_shape_of_the_picture(place):
    split = Image.new("RGB", (80, 80), (200, 40, 40))
    split.paste((40, 200, 40), (0, 40, 80, 80))
    written = io.BytesIO()
    split.save(written, "PNG")
    place.body = written.getvalue()
    picture = await place.picture()
    assert (picture.columns, picture.rows) == (8, 4)
    pixels = [picture.data[at : at + 3] for at in range(0, len(picture.data), 3)]
    assert len(pixels) == 8 * 8
    assert pixels[0] == bytes((200, 40, 40))
    assert pixels[-1] == bytes((40, 200, 40))


@pytest.mark.parametrize(
    ("size", "cells"),
    [((800, 400), (8, 2)), ((400, 1600), (2, 4)), ((20, 20), (2, 1)), ((30_00, 3), (8, 1))],
    ids=["wide", "high", "small ones stay small", "a line"],
)
async def test_a_picture_fits_its_frame_and_is_not_blown_up(place, size, cells):
    place.body = a_picture(size)
    picture = await place.picture()
    assert (picture.columns, picture.rows) == cells


@pytest.mark.parametrize("form", ["PNG", "JPEG", "GIF", "WEBP"])
async def test_the_kinds_of_pictures_that_blogs_have_are_read(place, form):
    place.body = a_picture(form=form)
    assert (await place.picture()).rows == 4


async def test_what_can_be_seen_through_shows_the_ground_below(place):
    place.body = a_picture(color=(0, 0, 0, 0), mode="RGBA")
    assert (await place.picture()).data[:3] == bytes(FRAME.background)


async def test_kitty_gets_a_png_and_marks_and_sixel_gets_sixels(place):
    kitty = await place.picture(form=Form.KITTY)
    assert kitty.data.startswith(b"iVBORw0KGgo")
    assert len(kitty.marks) == 8
    sixel = await place.picture(form=Form.SIXEL)
    assert sixel.data.startswith(b"\x1bP")
    assert sixel.data.endswith(b"\x1b\\")
    assert sixel.data.count(b"\x1b") == 2


@pytest.mark.parametrize(
    ("body", "why"),
    [
        (a_bomb(), "too many pixels"),
        (a_bomb(5_000, 5_000), "too many pixels"),
        (a_picture((1, 1)), "counts readers"),
        (a_picture((600, 2)), "counts readers"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "no picture"),
        (a_picture()[:70], "no picture|damaged"),
        (a_picture(form="BMP"), "no picture"),
        (b"", "no picture"),
    ],
    ids=["bomb", "smaller bomb", "pixel", "line", "svg", "cut off", "another kind", "nothing"],
)
async def test_what_is_no_picture_or_too_much_of_one_is_refused(place, body, why):
    place.body = body
    with pytest.raises(ExtractionError, match=why):
        await place.picture()
    place.body = a_picture()
    assert (await place.picture("https://b.example/other.png")).rows == 4


async def test_a_picture_that_takes_too_long_ends_its_process_alone(place):
    place.images._pixels = Parsers(most=1, cpu_seconds=0.001, memory=500_000_000, loads=("PIL.Image",))
    try:
        place.body = a_picture((3000, 3000))
        with pytest.raises(ExtractionError, match="too long"):
            await place.picture()
    finally:
        place.images._pixels.stop()


@pytest.mark.parametrize(
    ("answer", "error"),
    [
        (httpx.Response(404), FetchError),
        (httpx.Response(200, content=b"x" * 1_000_001, headers={"content-type": "image/png"}), FetchError),
        (httpx.Response(200, html="<p>Log in first</p>"), ExtractionError),
    ],
    ids=["gone", "too large", "a page"],
)
async def test_what_cannot_be_had_says_why_and_is_not_kept(place, answer, error):
    place.body = answer
    with pytest.raises(error):
        await place.picture()
    assert not place.folder.exists()


async def test_a_picture_is_fetched_once_and_asked_for_as_by_nobody(place):
    await place.picture()
    await place.picture(frame=Frame(columns=4, rows=2))
    (request,) = place.asked
    assert {"referer", "cookie", "authorization"}.isdisjoint(request.headers)
    (kept,) = place.folder.iterdir()
    assert kept.stat().st_mode & 0o777 == 0o600


async def test_what_was_not_looked_at_for_longest_makes_room(place):
    import os

    place.limits = Limits(cache_megabytes=1, megabytes=1)
    for number in range(4):
        place.body = a_picture() + b"\0" * 400_000
        await place.picture(f"https://b.example/{number}.png")
        for at, path in enumerate(sorted(place.folder.iterdir(), key=lambda path: path.stat().st_mtime_ns)):
            os.utime(path, (at, at))
    assert sum(path.stat().st_size for path in place.folder.iterdir()) <= 1_000_000
    place.asked.clear()
    await place.picture("https://b.example/3.png")
    assert place.asked == []


async def test_a_post_cannot_have_private_addresses_asked(place, tmp_path):
    from tui_reader.storage.database import Database

    http = Http()
    database = place.images._database
    assert isinstance(database, Database)
    images = Images(database, lambda: http, place.folder, lambda: place.limits)
    with pytest.raises(FetchError, match="private"):
        await images.picture("http://127.0.0.1:9/router.png", place.blog_id, FRAME, Form.BLOCKS)
    await http.aclose()
