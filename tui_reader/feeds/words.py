"""Titles, names and bodies as feeds give them, cut to a bearable length and cleaned."""

import html
import re

from tui_reader.content.clean import clean, clean_line
from tui_reader.content.markup import Start, tokens
from tui_reader.content.one_line import text_of

MAX_POSTS = 2_000
"""Posts that are taken of one feed."""
MAX_COMMENTS = 10_000
"""Comments that are taken of one: a talk of thousands comes whole, within what parsing may take."""
MAX_BODY = 400_000
"""Characters of one body."""
MAX_TITLE = 1_000
MAX_NAME = 300
_BEGINNING = 70
"""Characters of a body that stand for a title."""
MAX_GUID = 2_000

_MAIL_AND_NAME = re.compile(r"\S{1,200}@\S{1,200} \((.{1,300})\)")
_NAME_AND_MAIL = re.compile(r"(.{1,300}?) [(<]\S{1,200}@\S{1,200}[)>]")


def title_of(value: object, media_type: object) -> str:
    """A title as one line of plain text.

    Args:
        value: What the feed has.
        media_type: ``text/html`` when tags and entities in it are markup, else they are meant as they stand.
    """
    if not isinstance(value, str):
        return ""
    cut = value[: MAX_TITLE * 4]
    return (text_of(cut) if "html" in str(media_type) else clean_line(cut))[:MAX_TITLE]


def beginning_of(body: str) -> str:
    """What stands for a title where there is none: the first words of the body, or of its first picture."""
    cut = body[: _BEGINNING * 20]
    words = " ".join((text_of(cut) or _pictured(cut)).split()).removesuffix("[…]").rstrip()
    if len(words) <= _BEGINNING:
        return words
    # at a blank where there is one not too far back: some scripts have none
    cut = words[:_BEGINNING].rpartition(" ")[0]
    return (cut if len(cut) > _BEGINNING // 2 else words[:_BEGINNING]).rstrip(" ,;:.–—-") + "…"


def _pictured(body: str) -> str:
    """What the first picture shows, where its author says so."""
    pictures = (tag.attributes() for tag in tokens(body) if isinstance(tag, Start) and tag.name == "img")
    return clean_line(next((alt for picture in pictures if (alt := picture.get("alt", ""))), ""))


def name_of(value: object) -> str:
    """A person's name; RSS may write ``mail@example.org (Ann)``, feedparser ``Ann (mail@example.org)``."""
    if not isinstance(value, str):
        return ""
    name = text_of(value[: MAX_NAME * 4])
    match = _MAIL_AND_NAME.fullmatch(name) or _NAME_AND_MAIL.fullmatch(name)
    return (match[1] if match else name)[:MAX_NAME]


def guid_of(value: object) -> str:
    """A guid, the same for the same bytes wherever it is named."""
    return clean_line(value[: MAX_GUID * 2])[:MAX_GUID] if isinstance(value, str) else ""


def body_of(value: object, *, is_plain: bool = False) -> str:
    """A body as HTML; plain text is made into paragraphs."""
    if not isinstance(value, str):
        return ""
    text = clean(value[:MAX_BODY])
    if not is_plain:
        return text
    paragraphs = re.split(r"\n\s*\n", html.escape(text, quote=False).strip())
    return "".join(f"<p>{part.replace(chr(10), '<br>')}</p>" for part in paragraphs if part.strip())


def count_of(value: object) -> int | None:
    """A number of comments, when it is one."""
    text = str(value).strip() if isinstance(value, str | int) and not isinstance(value, bool) else ""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 8 else None
