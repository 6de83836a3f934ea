"""How text and lists are set: what the settings say of it, in force for the whole process.

One reference, replaced as a whole, as the language is: whoever draws asks for it, and what is drawn after a
change is drawn in the new manner. The screens draw anew what stands there (``ReadingScreen.restyle``).
"""

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from tui_reader.config import Look


class Manner(NamedTuple):
    """Everything of the look that is no colour; the defaults are those of the settings."""

    measure: int = 72
    """Characters in a line of text, at most; longer ones tire the eye."""
    gap: int = 1
    """Empty lines between posts of a list and between paragraphs."""
    has_line_numbers: bool = False
    """Whether the lines of code are numbered."""
    dates: str = "relative"
    """``relative``, ``absolute`` or a pattern of Unicode's date patterns."""
    fields: frozenset[str] = frozenset({"author", "date", "comments"})
    """What the list of posts tells below a title."""
    columns: frozenset[str] = frozenset({"blogs", "posts", "post", "conversation"})
    """The columns that stand side by side."""
    is_linear: bool = False
    """For screen readers: words instead of boxes, rails and marks."""


_GAPS = {"compact": 0, "normal": 1, "airy": 2}
_in_force = Manner()


def manner() -> Manner:
    """What is in force."""
    return _in_force


def use(wanted: Manner) -> None:
    """Puts a manner in force."""
    global _in_force
    _in_force = wanted


def of_settings(look: "Look") -> Manner:
    """The manner that settings ask for."""
    return Manner(
        measure=look.measure,
        gap=_GAPS[look.spacing],
        has_line_numbers=look.line_numbers,
        dates=look.dates,
        fields=frozenset(look.fields),
        columns=frozenset(look.columns),
        is_linear=look.linear,
    )
