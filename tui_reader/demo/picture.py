"""Draws the demo blog's one picture, a lighthouse at dusk, without an image library."""

import struct
import zlib
from functools import cache

WIDTH, HEIGHT = 480, 300
_HORIZON = 200

_Colour = tuple[int, int, int]


@cache
def lighthouse() -> bytes:
    """A PNG of 480 × 300 pixels."""
    rows = [bytearray(bytes(_backdrop(y)) * WIDTH) for y in range(HEIGHT)]
    _disc(rows, centre=(350, 178), radius=34, colour=(255, 214, 140), below=_HORIZON)
    for y in range(_HORIZON + 4, HEIGHT, 9):  # the light lies on the water in broken strips
        half = 12 + (y * 7) % 23
        _strip(rows, y, 350 - half, 350 + half, (240, 180, 120))
    for y in range(90, 205):  # the tower leans in as it rises
        half = 13 + (y - 90) // 14
        colour = (226, 226, 220) if (y - 90) // 23 % 2 else (176, 58, 46)
        _strip(rows, y, 120 - half, 120 + half, colour)
    for y in range(72, 90):
        _strip(rows, y, 112, 128, (255, 236, 160))
    for y in range(62, 72):
        _strip(rows, y, 120 - (y - 61) * 2, 120 + (y - 61) * 2, (60, 32, 40))
    for y in range(196, 226):  # the rock it stands on
        _strip(rows, y, 60 - (y - 196) * 2, 190 + (y - 196) * 2, (38, 34, 46))
    return _png(rows)


def _backdrop(y: int) -> _Colour:
    if y < _HORIZON:
        return _between((38, 44, 92), (240, 140, 92), y / _HORIZON)
    return _between((92, 74, 108), (18, 26, 58), (y - _HORIZON) / (HEIGHT - _HORIZON))


def _between(first: _Colour, last: _Colour, part: float) -> _Colour:
    red, green, blue = (round(a + (b - a) * part) for a, b in zip(first, last, strict=True))
    return red, green, blue


def _strip(rows: list[bytearray], y: int, left: int, right: int, colour: _Colour) -> None:
    left, right = max(left, 0), min(right, WIDTH)
    rows[y][left * 3 : right * 3] = bytes(colour) * (right - left)


def _disc(
    rows: list[bytearray], *, centre: tuple[int, int], radius: int, colour: _Colour, below: int
) -> None:
    x, middle = centre
    for y in range(middle - radius, min(middle + radius, below)):
        half = round((radius**2 - (y - middle) ** 2) ** 0.5)
        _strip(rows, y, x - half, x + half, colour)


def _png(rows: list[bytearray]) -> bytes:
    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    header = struct.pack(">IIBBBBB", WIDTH, HEIGHT, 8, 2, 0, 0, 0)
    pixels = zlib.compress(b"".join(b"\0" + bytes(row) for row in rows), 9)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", pixels) + chunk(b"IEND", b"")
