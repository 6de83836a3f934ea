"""Takes out of foreign text whatever a terminal would obey, hide or trip over."""

import re
import unicodedata

# Marks that pile on one letter; real writing needs four or five, "zalgo" text climbs over the lines above.
MAX_MARKS = 8

_LINE_ENDS = dict.fromkeys((0x0B, 0x0C, 0x85, 0x2028, 0x2029), "\n")
_GONE = (
    *(c for c in range(0x20) if chr(c) not in "\n\t\v\f"),  # C0: ESC and the rest
    *(c for c in range(0x7F, 0xA0) if c != 0x85),  # DEL, C1: an 8-bit ESC [ or ESC ]
    0x00AD,  # soft hyphen: browsers hide it, terminals show it or count it as a column
    0x180E,
    0x200B,
    *range(0x202A, 0x202F),  # bidi embeddings and overrides: text that reads as what it is not
    *range(0x2060, 0x2070),  # word joiner, invisible operators, bidi isolates, deprecated formats
    *range(0xFDD0, 0xFDF0),  # non-characters
    0xFEFF,
    *range(0xFFF9, 0xFFFC),  # interlinear annotations
    0xFFFE,
    0xFFFF,
)
# Kept although invisible: ZWNJ and ZWJ (200C, 200D) shape Persian, Indic scripts and emoji; the marks
# LRM, RLM and ALM (200E, 200F, 061C) put a full stop on the right side of honest Hebrew and Arabic, and
# cannot turn letters around as the overrides do.
_TABLE: dict[int, str | None] = {**dict.fromkeys(_GONE), **_LINE_ENDS}

# Looking first is ten times as fast as translating what needs nothing.
_SUSPECT = re.compile("[" + "".join(map(re.escape, map(chr, _TABLE))) + "\r\ud800-\udfff]")
# and asking so of ASCII alone ten times as fast as that
_SUSPECT_BYTES = bytes([*(c for c in _TABLE if c < 0x80), ord("\r")])
_SURROGATES = re.compile("[\ud800-\udfff]")
_ASTRAL = re.compile("[\U00010000-\U0010ffff]")
_ASTRAL_GONE = re.compile(
    "[\U0001d173-\U0001d17a"
    + "".join(chr(plane << 16 | end) for plane in range(1, 17) for end in (0xFFFE, 0xFFFF))
    + "]"
)
# Tag characters spell a region after a black flag (Scotland, Wales); anywhere else they are hidden writing.
_TAGS = re.compile(
    "(\U0001f3f4[\U000e0030-\U000e0039\U000e0061-\U000e007a]{3,6}\U000e007f)|[\U000e0000-\U000e007f]"
)
# Marks are neither letters nor spaces, so this finds every run worth a closer look without a table of them.
_PILE = re.compile(rf"[^\w\s\x00-\x7f][^\w\s\x00-\x7f]{{{MAX_MARKS},}}")
_SPACE = re.compile(r"\s+")


def clean(text: str) -> str:
    r"""Text safe to store and to show: no controls but ``\n`` and ``\t``, nothing that hides or turns it."""
    if text.isascii():
        raw = text.encode("ascii")
        if len(raw.translate(None, _SUSPECT_BYTES)) == len(raw):
            return text
        return text.replace("\r\n", "\n").replace("\r", "\n").translate(_TABLE)
    if _SUSPECT.search(text):
        text = _SURROGATES.sub("", text.replace("\r\n", "\n").replace("\r", "\n").translate(_TABLE))
    if _ASTRAL.search(text):
        text = _TAGS.sub(_flag, _ASTRAL_GONE.sub("", text))
    return _PILE.sub(_thinned, text)


def clean_line(text: str) -> str:
    """The same as one line, with white space folded and none at the ends."""
    return _SPACE.sub(" ", clean(text)).strip()


def _flag(match: re.Match[str]) -> str:
    return match[1] or ""


def _thinned(match: re.Match[str]) -> str:
    kept: list[str] = []
    marks = 0
    for character in match[0]:
        marks = marks + 1 if unicodedata.category(character) in {"Mn", "Me", "Cf"} else 0
        if marks <= MAX_MARKS:
            kept.append(character)
    return "".join(kept)
