"""Foreign words become text that a terminal shows and never obeys; no other way leads to the screen.

Nothing here, and nothing that takes what this gives, reads markup: ``[bold]`` is eight characters.
"""

import re
from collections.abc import Mapping

from textual.content import Content

from tui_reader.ui.taming import tame, tame_line

__all__ = ["content", "content_line", "filled", "tame", "tame_line"]


def content(text: str, style: str = "") -> Content:
    """Foreign text for any widget that takes Content; its brackets are brackets."""
    return Content.styled(tame(text), style) if style else Content(tame(text))


def content_line(text: str, style: str = "") -> Content:
    """The same on one line."""
    return Content.styled(tame_line(text), style) if style else Content(tame_line(text))


def filled(message: str, style: str, parts: Mapping[str, Content]) -> Content:
    """A message of ours, its ``{places}`` taken by parts that keep their own style."""
    pieces = re.split(r"\{(\w+)\}", message)
    return Content.assemble(
        *(parts[piece] if at % 2 else Content.styled(piece, style) for at, piece in enumerate(pieces))
    )
