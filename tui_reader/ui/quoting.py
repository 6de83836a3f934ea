"""What is typed into a reply, and what a blog makes of it."""

import html
import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tui_reader.content.blocks import Document

_PARAGRAPHS = re.compile(r"\n\s*\n")
_ADDRESS = re.compile(r"(?<![\"'>=])\bhttps?://[^\s<>\"]+[^\s<>\".,;:!?)]")
_TAG = re.compile(r"</?(?:a|b|blockquote|cite|code|del|em|i|q|s|strike|strong)\b[^<>]*>", re.IGNORECASE)


def quote(document: "Document", *, knows_html: bool) -> str:
    """The text to start a reply with that quotes a comment; ends where one writes on."""
    from tui_reader.content.readable import plain_text

    words = plain_text(document).strip()
    if knows_html:
        return f"<blockquote>{html.escape(words, quote=False)}</blockquote>\n\n"
    return "".join(f"> {line}\n" if line else ">\n" for line in words.split("\n")) + "\n"


def as_shown(text: str) -> str:
    """The HTML that blogs make of a comment's text: paragraphs, line ends, links; other tags are words."""
    return "".join(
        part if part.startswith("<blockquote>") else f"<p>{part}</p>"
        for part in (_inline(part.strip()) for part in _PARAGRAPHS.split(text))
        if part
    )


def _inline(part: str) -> str:
    shown, at = "", 0
    for tag in _TAG.finditer(part):
        shown += _words(part[at : tag.start()]) + tag.group()
        at = tag.end()
    return shown + _words(part[at:])


def _words(words: str) -> str:
    linked = _ADDRESS.sub(
        lambda found: f'<a href="{found[0]}">{found[0]}</a>', html.escape(words, quote=False)
    )
    return linked.replace("\n", "<br>\n")
