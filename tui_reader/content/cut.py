"""Whether a feed gives the whole of a post or breaks off after its beginning."""

import re

from tui_reader.content.one_line import text_of

_TAIL = 1_500
"""Characters of the HTML's end that are looked at."""
_WHOLE = 250
"""Words from which a text is taken to be whole, though the feed calls it a description."""
_WIDE = re.compile(r"[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]")
"""Letters of scripts that put no space between words; two of them are a word."""
_SHOWN = ("<img", "<audio", "<video", "<iframe")
_MORE = (
    r"(?:continue reading|read (?:more|on|the (?:rest|full|whole))|keep reading"
    r"|(?:view|full) (?:article|post|story)|weiterlesen|mehr lesen|lire (?:la suite|plus)"
    r"|continuer la lecture|leer más|sigue leyendo|continua a leggere|leggi tutto|lees verder"
    r"|läs mer|les mer|læs mere|czytaj dalej|leia mais|続きを読む|続きを見る)"
)
_ENDS_CUT = re.compile(
    rf"(?:\[\s*(?:…|\.\.\.|&hellip;)\s*\]|…|\.\.\.)\s*(?:{_MORE}[^.!?]{{0,120}})?[\s→»›>]*$|{_MORE}\b[^.!?]{{0,120}}$",
    re.IGNORECASE,
)
# "The post X appeared first on Y.": what WordPress sites put below, of no text
_BELOW_AT_MOST = 2_000
_BELOW = re.compile(r"<p>\s*(?:The post|L’article|Der Beitrag)\b.{0,800}?</p>\s*$", re.DOTALL | re.IGNORECASE)
# possessive, and no sign can be taken in two ways: "<><><>…" would take twice as long with each pair
_HAS_MORE = re.compile(rf"<a\b[^<>]{{0,2000}}>(?:<[^<>]{{0,200}}>|<|[^\w<])*+{_MORE}", re.IGNORECASE)


def is_cut(html: str, *, is_description: bool) -> bool:
    """Whether there is more of the post on its page, as far as its text tells.

    Args:
        html: What the feed gives.
        is_description: The feed gives it as a description and has no place of its own for the text.
    """
    html = html.rstrip()
    html = html[:-_BELOW_AT_MOST] + _BELOW.sub("", html[-_BELOW_AT_MOST:])
    words = text_of(html[-_TAIL:])
    if not words:
        return not any(tag in html for tag in _SHOWN)
    if _HAS_MORE.search(html[-_TAIL:]) or _ENDS_CUT.search(words):
        # a long text may well end in dots
        return is_description or _words(html) < 4 * _WHOLE
    return is_description and _words(html) < _WHOLE


def _words(html: str) -> int:
    text = text_of(html)
    return len(text.split()) + (0 if text.isascii() else len(_WIDE.findall(text)) // 2)
