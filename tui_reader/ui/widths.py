"""How wide the reader made the columns; kept beside the data, since it is no setting but a habit of the hand.

Nothing is imported that takes time: the first frame asks too.
"""

import os

TYPE_CHECKING = False
if TYPE_CHECKING:  # as typing has it, which takes longer to load than the first frame to draw
    from collections.abc import Mapping

NAME = "columns"
"""The file, in the folder of the data."""

LEAST = 16
"""Cells that a column keeps."""
_NAMES = ("blogs", "posts", "post")
_MOST = 999


def read(folder: str) -> "dict[str, int]":
    """Column by column the cells; of ``post`` how many of a hundred it has of the room for the text.

    What cannot be read is as if it were not there: the columns are then as they are for everybody.
    """
    try:
        with open(os.path.join(folder, NAME), encoding="ascii") as file:  # noqa: PTH118, PTH123 (pathlib is not loaded yet)
            words = file.read(200).split()
    except (OSError, UnicodeDecodeError):
        return {}
    pairs = zip(words[::2], words[1::2], strict=False)
    return {
        name: int(cells)
        for name, cells in pairs
        if name in _NAMES and cells.isdecimal() and int(cells) <= _MOST
    }


def shown(cells: int, width: int) -> int:
    """How many cells a list has in a terminal that may be narrower than when it was made so wide."""
    return max(LEAST, min(cells, width * 40 // 100))


def parts(post: int) -> tuple[int, int, int, int]:
    """How the columns share the room, as the style sheet has it, but post and conversation by a hundred."""
    return (400, 500, 14 * post, 14 * (100 - post))


def write(folder: str, widths: "Mapping[str, int]") -> None:
    """Keeps them, or forgets all when there are none.

    Raises:
        OSError: the folder cannot be written to.
    """
    path = os.path.join(folder, NAME)  # noqa: PTH118
    if not widths:
        if os.path.exists(path):  # noqa: PTH110
            os.remove(path)  # noqa: PTH107
        return
    text = "".join(f"{name} {widths[name]}\n" for name in _NAMES if name in widths)
    new = f"{path}.new"
    with open(os.open(new, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="ascii") as file:  # noqa: PTH123
        file.write(text)
    os.replace(new, path)  # noqa: PTH105
