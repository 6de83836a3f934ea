"""Counts the columns that a terminal gives to text, and says where lines of it may end."""

import re
import unicodedata
from collections.abc import Iterator

from tui_reader.content.line_ends import NEVER_FIRST, NEVER_LAST

_JOINER, _AS_PICTURE = "\u200d", "\ufe0f"
_FLAG = re.compile("[\U0001f1e6-\U0001f1ff]{2}")
_SKINS = frozenset(map(chr, range(0x1F3FB, 0x1F400)))
# The vowels and the final consonants of Korean syllables that are written apart.
_JAMO = re.compile("[\u1160-\u11ff\ud7b0-\ud7ff]")
_PLAIN = re.compile(
    "[\x20-\x7e\xa0-\xac\xae-\u02ff\u0370-\u0373\u0376\u0377\u037b-\u037f\u0384-\u0482\u2010-\u2027]*"
)
_ZERO = frozenset({"Mn", "Me", "Mc", "Cf"})
# Signs of Arabic and Syriac that stand around numbers: formats by their class, letters to the eye.
_DRAWN = frozenset(map(chr, (*range(0x600, 0x606), 0x6DD, 0x70F, 0x890, 0x891, 0x8E2, 0x110BD, 0x110CD)))
# Chinese and Japanese break between any two characters, everything else at spaces only.
_WORD = re.compile(
    r"[\u2e80-\ua4cf\uf900-\ufaff\uff00-\uff60]|[^\s\u2e80-\ua4cf\uf900-\ufaff\uff00-\uff60]+|[^\S\xa0\u202f]+|[\xa0\u202f]+"
)


def cells(text: str) -> int:
    """How many columns a terminal gives it."""
    if text.isascii() or _PLAIN.fullmatch(text):
        return len(text)
    count = last = 0
    is_joined = False
    for character in _FLAG.sub("🚩", text):
        if character == _AS_PICTURE:
            # what is one column wide as a letter is two as a picture
            count, last = count + (2 - last if last == 1 else 0), 2 if last else 0
        elif character == _JOINER:
            is_joined = last > 0
            continue
        elif (
            (unicodedata.category(character) in _ZERO and character not in _DRAWN)
            or _JAMO.match(character)
            or is_joined
            or (character in _SKINS and last == 2)
        ):
            pass  # drawn in the place of what it follows
        else:
            last = 2 if unicodedata.east_asian_width(character) in "WF" else 1
            count += last
        is_joined = False
    return count


def atoms(text: str) -> Iterator[tuple[str, bool]]:
    """The parts of a text that no line end may divide, in order, and whether each is white space."""
    held = ""
    for part in _WORD.findall(text):
        if part.isspace() and part[0] not in "\xa0\u202f":
            if held:
                yield held, False
            held = ""
            yield part, True
        elif held and (
            part[0] in NEVER_FIRST
            or held[-1] in NEVER_LAST
            or part[0] in "\xa0\u202f"
            or held[-1] in "\xa0\u202f"
        ):
            held += part
        else:
            if held:
                yield held, False
            held = part
    if held:
        yield held, False
