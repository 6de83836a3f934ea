"""Reads every byte that a program writes to its terminal, and knows which sequences are its own."""

import base64
import re
import unicodedata
from dataclasses import dataclass, field

# What Textual 8 writes, each with the numbers that it may carry and nothing else.
_OWN = {
    "style": r"\x1b\[[\d;:]*m",
    "cursor to": r"\x1b\[\d*(?:;\d*)?H",
    "cursor by": r"\x1b\[\d*[ABCDEFG]",
    "erase": r"\x1b\[[0-3]?[JK]",
    "alternate screen": r"\x1b\[\?1049[hl]",
    "mouse, cursor, paste, focus, wrap": r"\x1b\[\?(?:7|25|1000|1003|1004|1006|1015|1016|2004)[hl]",
    "synchronised output": r"\x1b\[\?2026(?:[hl]|\$p)",
    "in-band resize": r"\x1b\[\?2048(?:[hl]|\$p)",
    "keys": r"\x1b\[(?:>\d+|<\d*|=\d+;\d+|\?)u",
    "pointer": r"\x1b\]22;(?:default|pointer|text|[a-z-]{1,12})\x07",
    "colours of the terminal": r"\x1b\]1[01];\?\x07",
}
# hyperlinks we write ourselves around strangers' words: the whole address in printable ASCII, and of a kind
# that may be opened; the second form ends one
_OUR_LINK = re.compile(
    r"\x1b\]8;id=[\d-]{1,40};((?:https?://|mailto:)[\x21-\x7e]{1,2000})\x1b\\|\x1b\]8;;\x1b\\"
)
# pictures: made by us of decoded ones, in letters that mean nothing else; no stranger's file goes through
_OUR_PICTURE = re.compile(
    r"\x1b_G(?:i=\d{1,9},m=[01],f=100,q=2;[A-Za-z0-9+/=]{1,4096}|a=p,U=1,i=\d{1,9},c=\d{1,4},r=\d{1,4},q=2"
    r"|a=d,d=I,i=\d{1,9},q=2)\x1b\\"
    r"|\x1b7\x1b\[\d{1,4};\d{1,4}H\x1bP[\d;]{0,12}q[\x21-\x7e]*\x1b\\\x1b8"
)
_OUR_CLIPBOARD = re.compile(r"\x1b\]52;c;([A-Za-z0-9+/=]*)\x07")
_OWN_SEQUENCE = re.compile("|".join(f"(?:{pattern})" for pattern in _OWN.values()))
_TEXT = re.compile(r"[^\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]+")
_NEVER = re.compile(
    "[\u00ad\u180e\u200b\u2028\u2029\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\ud800-\udfff"
    "\U000e0000-\U000e001f]"
)
MAX_MARKS = 8


@dataclass
class Audit:
    """What was found in the bytes of one session."""

    text: str = ""
    """All that is plain text, in the order written; sequences are gone, a space in their place."""
    sequences: list[str] = field(default_factory=list)
    linked: list[str] = field(default_factory=list)
    """Addresses of the hyperlinks that the terminal was told of."""
    pictures: list[str] = field(default_factory=list)
    """What the terminal was sent of pictures."""
    copied: list[str] = field(default_factory=list)
    """What the program put into the clipboard."""
    findings: list[str] = field(default_factory=list)
    """What acts on a terminal and is not our own: none is the promise."""

    @property
    def markers(self) -> set[str]:
        """The markers of strangers that were shown, as plain text."""
        return set(re.findall(r"EV[a-z0-9]+", self.text))


def audit(written: bytes, *, is_terminal: bool = True) -> Audit:
    """Reads the bytes; where nothing is a terminal, no sequence at all is allowed."""
    found = Audit()
    try:
        stream = written.decode("utf-8")
    except UnicodeDecodeError as error:
        found.findings.append(f"not UTF-8 at {error.start}: {written[error.start - 20 : error.end + 20]!r}")
        stream = written.decode("utf-8", "replace")
    place = 0
    words: list[str] = []
    is_linking = False
    while place < len(stream):
        if match := _TEXT.match(stream, place):
            words.append(match[0])
        elif is_terminal and (match := _OWN_SEQUENCE.match(stream, place)):
            found.sequences.append(match[0])
            if "EV" in match[0]:
                found.findings.append(f"a marker within a sequence: {match[0]!r}")
            words.append(" ")
        elif is_terminal and (match := _OUR_LINK.match(stream, place)):
            # one that is not ended would make a link of all that follows
            if bool(match[1]) == is_linking:
                found.findings.append(f"a hyperlink within another, or an end of none: {match[0]!r}")
            is_linking = bool(match[1])
            if is_linking:
                found.linked.append(match[1])
        elif is_terminal and (match := _OUR_PICTURE.match(stream, place)):
            found.pictures.append(match[0])
        elif is_terminal and (match := _OUR_CLIPBOARD.match(stream, place)):
            found.copied.append(base64.b64decode(match[1]).decode())
        else:
            around = stream[max(0, place - 30) : place + 40]
            found.findings.append(f"{stream[place]!r} at {place}: {around!r}")
            place += 1
            continue
        place = match.end()
    if is_linking:
        found.findings.append("a hyperlink that is never ended")
    found.text = "".join(words)
    found.findings += _in_text(found.text)
    return found


def _in_text(text: str) -> list[str]:
    findings = [
        f"U+{ord(match[0]):04X}: {text[max(0, match.start() - 20) : match.end() + 20]!r}"
        for match in _NEVER.finditer(text)
    ]
    marks = 0
    for place, letter in enumerate(text):
        marks = marks + 1 if not letter.isascii() and unicodedata.category(letter) in {"Mn", "Me"} else 0
        if marks == MAX_MARKS + 1:
            findings.append(f"a pile of marks: {text[place - 12 : place]!r}")
    return findings
