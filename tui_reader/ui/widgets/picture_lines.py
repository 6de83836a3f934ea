"""A picture as lines of a pane: half a cell a pixel, or characters that a terminal fills; pure."""

from collections.abc import Sequence
from itertools import groupby

from tui_reader.domain.picture import Form, Picture
from tui_reader.ui.widgets.pieces import PIXEL, SILENT, Line, Piece

_PLACE = "\U0010eeee"
_CHUNK = 4_096
"""Characters of one message, at most (the graphics protocol of Kitty)."""


def lines_of(picture: Picture, number: int, href: str | None = None) -> list[Line]:
    """The lines of a picture.

    Args:
        picture: In blocks or for Kitty; what draws over the cells has only their room.
        number: Under which Kitty was sent it, 1 to 0xFFFFFF.
        href: Where a click on it leads.
    """
    match picture.form:
        case Form.BLOCKS:
            return [_blocks(picture, row, href) for row in range(picture.rows)]
        case Form.KITTY:
            marks, role = picture.marks, f"{PIXEL}{number:06x} {SILENT}"
            return [
                (Piece("".join(_PLACE + marks[row] + mark for mark in marks[: picture.columns]), role, href),)
                for row in range(picture.rows)
            ]
    return [(Piece(" " * picture.columns, SILENT, href),)] * picture.rows


def _blocks(picture: Picture, row: int, href: str | None) -> Line:
    across = picture.columns * 3
    upper = picture.data[2 * row * across : (2 * row + 1) * across].hex()
    lower = picture.data[(2 * row + 1) * across : (2 * row + 2) * across].hex()
    roles = (f"{PIXEL}{upper[at : at + 6]}:{lower[at : at + 6]} {SILENT}" for at in range(0, across * 2, 6))
    return tuple(Piece("▀" * len(list(run)), role, href) for role, run in groupby(roles))


def sent_to_kitty(picture: Picture, number: int) -> str:
    """What has Kitty keep a picture, to be placed by characters; it gives no answer."""
    data = picture.data.decode("ascii")
    chunks = [data[at : at + _CHUNK] for at in range(0, len(data), _CHUNK)]
    sent = [
        f"\x1b_Gi={number},m={int(at + 1 < len(chunks))},f=100,q=2;{chunk}\x1b\\"
        for at, chunk in enumerate(chunks)
    ]
    placed = f"\x1b_Ga=p,U=1,i={number},c={picture.columns},r={picture.rows},q=2\x1b\\"
    return "".join((*sent, placed))


def forgotten_by_kitty(numbers: Sequence[int]) -> str:
    """What has Kitty forget pictures."""
    return "".join(f"\x1b_Ga=d,d=I,i={number},q=2\x1b\\" for number in numbers)


def drawn_as_sixel(picture: Picture, column: int, row: int) -> str:
    """What draws a picture over the cells from this one on, the cursor coming back to where it was."""
    return f"\x1b7\x1b[{row + 1};{column + 1}H{picture.data.decode('ascii')}\x1b8"
