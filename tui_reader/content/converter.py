"""Has html2text convert running text, with marks in the place of Markdown's."""

import re

from html2text import HTML2Text

from tui_reader.content.marks import MARKS, link_mark
from tui_reader.content.spans import TAGS

_TAG = re.compile(r'<(/?)([a-z]+)(?: href="([0-9]+)")?>')
_MARKS = {tag: MARKS[style] for style, tag in TAGS.items()}


class Converter(HTML2Text):
    """Converts the inline HTML that a `Run` writes, one paragraph at a time.

    html2text reads the tags, folds the white space and ends the lines. Its Markdown would lose some of the
    text, and marks win that back: nothing needs a backslash, and no space comes between a word and the
    emphasis within it, as in ``un<em>believ</em>able`` or anywhere in Japanese.

    What it raises on (``<![<![``) and what it takes the square of the time for (``<a <a <a``, lists in lists)
    cannot reach it: a run holds the six tags of styles, ``a`` and ``br``, and text without ``<`` and ``&``.
    """

    def __init__(self) -> None:
        super().__init__(bodywidth=0)

    def feed(self, data: str) -> None:
        """Splits a run into its tags and its text; html2text has a slow way, for HTML of every kind."""
        done = 0
        for tag in _TAG.finditer(data):
            start = tag.start()
            if start > done:
                self.handle_data(data[done:start])
            done = tag.end()
            end, name, number = tag.groups()
            self.handle_tag(name, {"href": number}, not end)
        if done < len(data):
            self.handle_data(data[done:])

    def close(self) -> None:
        """Nothing is left over from `feed`."""

    def handle_tag(self, tag: str, attrs: dict[str, str | None], start: bool) -> None:
        """Sets a mark for a tag; a line end is as html2text has it."""
        if mark := _MARKS.get(tag):
            self.o(mark)
        elif tag == "a":
            self.o(link_mark((attrs["href"] or "") if start else ""))
        else:
            super().handle_tag(tag, attrs, start)

    def handle_data(self, data: str, entity_char: bool = False) -> None:
        """Takes text as it is: among marks that nobody can forge nothing needs to be escaped."""
        self.o(data, puredata=True)
