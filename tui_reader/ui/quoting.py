"""What is quoted, as the blog shows quotations."""

from typing import TYPE_CHECKING

from tui_reader.domain.markup import Format

if TYPE_CHECKING:
    from tui_reader.content.blocks import Document


def quote(document: "Document", format: Format) -> str:
    """The text to start a reply with that quotes a comment; ends where one writes on."""
    from tui_reader.content.readable import plain_text

    return quote_words(plain_text(document), format)


def quote_words(words: str, format: Format) -> str:
    """The same of some words."""
    words = words.strip()
    if format is Format.HTML:
        # as typed, with no entities: what a blog would take for a tag is escaped when it is sent
        return f"<blockquote>{words}</blockquote>\n\n"
    return "".join(f"> {line}\n" if line else ">\n" for line in words.split("\n")) + "\n"
