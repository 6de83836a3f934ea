"""Plain text that the user wrote, as HTML, for showing it where the blog's own would stand."""

import re
from html import escape


def as_html(text: str) -> str:
    """Paragraphs at empty lines, breaks at line ends, as WordPress's ``wpautop`` makes them."""
    paragraphs = re.split(r"\n\s*\n", text.replace("\r\n", "\n").strip())
    return "".join(
        "<p>" + "<br>".join(escape(line, quote=False) for line in paragraph.split("\n")) + "</p>"
        for paragraph in paragraphs
        if paragraph.strip()
    )
