"""What is selected with the mouse, as words to be quoted."""

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass

from textual.selection import Selection
from textual.widget import Widget

from tui_reader.domain.comment import Comment
from tui_reader.ui.widgets.article_view import ArticleView
from tui_reader.ui.widgets.thread_view import ThreadView


@dataclass(frozen=True, slots=True)
class Selected:
    """Some words of the post or of a comment."""

    words: str
    comment: Comment | None
    """Where they begin; None in the post."""


def selected(
    selections: Mapping[Widget, Selection], article: ArticleView, thread: ThreadView
) -> Selected | None:
    """The selected words; None when there are none in the post or in the conversation."""
    for view in (thread, article):
        selection = selections.get(view)
        found = view.get_selection(selection) if selection is not None else None
        words = unwrapped(found[0]) if found is not None else ""
        if words and selection is not None:
            top = selection.start.y if selection.start is not None else 0
            return Selected(words, thread.comment_at(top) if view is thread else None)
    return None


def unwrapped(text: str) -> str:
    """Lines as they stood on the screen, joined to paragraphs again."""
    paragraphs: list[str] = []
    is_new = True
    for line in map(str.strip, text.split("\n")):
        if not line:
            is_new = True
        elif is_new:
            paragraphs.append(line)
            is_new = False
        else:
            # Chinese and Japanese put no space where a line ends
            is_wide = _is_wide(paragraphs[-1][-1]) and _is_wide(line[0])
            paragraphs[-1] += line if is_wide else f" {line}"
    return "\n\n".join(paragraphs)


def _is_wide(character: str) -> bool:
    return unicodedata.east_asian_width(character) in "WF"
