"""Foreign words become text that a terminal shows and never obeys; no other way leads to the screen.

Nothing here, and nothing that takes what this gives, reads markup: ``[bold]`` is eight characters.
"""

from textual.content import Content

from tui_reader.ui.taming import tame, tame_line

__all__ = ["content", "content_line", "tame", "tame_line"]


def content(text: str, style: str = "") -> Content:
    """Foreign text for any widget that takes Content; its brackets are brackets."""
    return Content.styled(tame(text), style) if style else Content(tame(text))


def content_line(text: str, style: str = "") -> Content:
    """The same on one line."""
    return Content.styled(tame_line(text), style) if style else Content(tame_line(text))
