"""What WordPress makes of a comment's text: the tags that it takes, paragraphs, links; pure.

The text as it is sent passes its filter (wp_kses) unchanged, so that what is left to foretell is what it adds
for show: wpautop and make_clickable of wp-includes/formatting.php, as far as the tags of comments go.
"""

import re

from tui_reader.domain.markup import Format, Shown, ShownAsTyped, Why
from tui_reader.engines.wordpress_words import ALLOWED, kept_tags, written

_ANY_TAG = re.compile(r"</?([a-zA-Z][a-zA-Z0-9-]{0,20})\b[^<>]{0,400}>")
_PAIRED = re.compile(r"</?[a-zA-Z]+\s*>")
_CODE = re.compile(r"<code>.*?</code>", re.DOTALL | re.IGNORECASE)
_ADDRESS = re.compile(r"(?<![\"'>=\w])(https?://[^\s<>\"']+[^\s<>\"'.,;:!?)\]])")
_LINKED = re.compile(r"(<a\b[^<>]*>.*?</a>|<[^<>]*>)", re.DOTALL | re.IGNORECASE)
_MOST_REMARKS = 8

_BETWEEN_PARAGRAPHS = re.compile(r"\n\s*\n", re.ASCII)
_PARAGRAPH_STEPS = tuple(
    (re.compile(pattern, re.ASCII), instead)
    for pattern, instead in (
        (r"(<blockquote[\s/>])", r"\n\n\1"),
        (r"(</blockquote>)", r"\1\n\n"),
        (r"\n\n+", "\n\n"),
        # from here on between <p> and </p>
        (r"<p>\s*</p>", ""),
        (r"<p>\s*(</?(?:blockquote|p)[^>]*>)\s*</p>", r"\1"),
        (r"<p><blockquote([^>]*)>", r"<blockquote\1><p>"),
        (r"</blockquote></p>", "</p></blockquote>"),
        (r"<p>\s*(</?(?:blockquote|p)[^>]*>)", r"\1"),
        (r"(</?(?:blockquote|p)[^>]*>)\s*</p>", r"\1"),
        (r"(?<!<br />)\s*\n", "<br />\n"),
        (r"(</?(?:blockquote|p)[^>]*>)\s*<br />", r"\1"),
        (r"<br />(\s*</?p[^>]*>)", r"\1"),
        (r"\n</p>$", "</p>"),
    )
)
"""wpautop's own, in its order, as far as they do anything where ``blockquote`` is the only block."""


class WordPressMarkup:
    """A little HTML."""

    format = Format.HTML

    def sent(self, text: str) -> str:
        """The text with everything escaped that WordPress would drop or take for a tag."""
        return written(text)

    def shown(self, text: str) -> Shown:
        """The text with the paragraphs and links that WordPress adds, and the tags that will be words."""
        html = _in_paragraphs(_clickable(self.sent(text).replace("\r\n", "\n")))
        return Shown(html, tuple(_as_typed(text))[:_MOST_REMARKS])


def _as_typed(text: str) -> list[ShownAsTyped]:
    """Each kind of tag once."""
    text = text.strip()
    kept = kept_tags(text)
    code = [found.span() for found in _CODE.finditer(text)]
    found: dict[tuple[str, Why], ShownAsTyped] = {}
    for tag in _ANY_TAG.finditer(text):
        # inside code a tag is meant to be seen
        if tag.start() in kept or any(start < tag.start() < end for start, end in code):
            continue
        if tag[1].lower() not in ALLOWED:
            why = Why.UNKNOWN
        else:
            why = Why.ALONE if _PAIRED.fullmatch(tag[0]) else Why.ATTRIBUTE
        told = tag[0] if len(tag[0]) <= 40 else f"{tag[0][:39]}…"
        found.setdefault((tag[1].lower(), why), ShownAsTyped(told, why))
    return list(found.values())


def _clickable(html: str) -> str:
    parts = _LINKED.split(html)
    # every other part is a tag, or a link that is one already
    return "".join(
        part if at % 2 else _ADDRESS.sub(r'<a href="\1" rel="nofollow ugc">\1</a>', part)
        for at, part in enumerate(parts)
    )


def _in_paragraphs(text: str) -> str:
    """What wpautop does where ``blockquote`` is the only tag that is a block."""
    if not text.strip():
        return ""
    text = f"{text}\n"
    for pattern, instead in _PARAGRAPH_STEPS[:3]:
        text = pattern.sub(instead, text)
    paragraphs = [part for part in _BETWEEN_PARAGRAPHS.split(text) if part]
    text = "".join("<p>" + part.strip("\n") + "</p>\n" for part in paragraphs)
    for pattern, instead in _PARAGRAPH_STEPS[3:]:
        text = pattern.sub(instead, text)
    return text
