"""A picture made ready for a terminal."""

from dataclasses import dataclass
from enum import StrEnum


class Form(StrEnum):
    """In which way a terminal is given a picture."""

    BLOCKS = "blocks"
    """Half a cell a pixel, in colours: every terminal with colours."""
    KITTY = "kitty"
    """Sent once and placed by characters that scroll with the text."""
    SIXEL = "sixel"
    """Drawn over the cells; does not scroll with them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """The room that there is for a picture."""

    columns: int
    rows: int
    cell: tuple[int, int] = (10, 20)
    """Pixels of one cell, across and down."""
    background: tuple[int, int, int] = (0, 0, 0)
    """What lies under a picture that can be seen through."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """A picture of so many cells."""

    form: Form
    columns: int
    rows: int
    data: bytes
    """Blocks: three bytes a pixel, two rows of pixels in a row of cells. Kitty: PNG in base 64. Sixel."""
    marks: str = ""
    """Kitty: the combining marks that number rows and columns, the first for 0."""
