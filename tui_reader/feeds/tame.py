"""Mends a feed's text before it is parsed, and takes out of it what would make that take minutes."""

import re
from html.entities import html5
from itertools import islice

# what XML 1.0 does not allow (2.2): one such character, as a paste from a word processor leaves it, and
# the strict parser gives up
_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]+")
_CONTROLS = bytes([*range(9), 0xB, 0xC, *range(0xE, 0x20)])
_ROOT = re.compile(r"<((?:[\w.-]{1,40}:)?(?:rss|feed|rdf))(?=[\s>])", re.IGNORECASE)
_LAST_ENTRY = re.compile(r">(?:meti|yrtne)(?::[\w.-]{1,40})?/<", re.IGNORECASE)  # read from behind
_FAR = 20_000
"""How much junk may stand before a feed: warnings of a server's program, mostly."""
_HEAD_END = re.compile(r"<(?![?!])")
_ENTITY = re.compile(r"""<!ENTITY\s+([\w.-]{1,50})\s+(?:"([^"<&%]{0,200})"|'([^'<&%]{0,200})')\s*>""")
_MAX_ENTITIES = 50
_REFERENCE = re.compile(r"&(?:#(?:(\d{1,8})|[xX]([0-9a-fA-F]{1,7}));|([A-Za-z][\w.-]{0,49});|#?)")
_AS_IT_STANDS = (("<![CDATA[", "]]>"), ("<!--", "-->"))
_XML_NAMES = {"amp", "lt", "gt", "quot", "apos"}
# the expression by which feedparser seeks an e-mail address in an author's name takes quadratic time
_AUTHOR = re.compile(
    r"(<(?:[\w.-]{1,40}:)?(?:author|creator|name|managingEditor|webMaster|publisher|contributor|owner)\b[^<>]{0,1000}>)"
    r"(\s*(?:<!\[CDATA\[)?)([^<\]]{400})[^<\]]+"
)
_LONG_WORD = re.compile(r"(?<![\w.+-])[\w.+-]{1001,}", re.ASCII)
_LONGEST_WORD = 1_000
_ONE_WORD = re.compile(r"[\w.+-]+", re.ASCII)
# each new category is compared with all before; they are not read here
_CATEGORY = re.compile(r"</?(?:[\w.-]{1,40}:)?(?:category|subject|keywords)\b[^<>]{0,1000}>")
_MAX_CATEGORIES = 2_000
_LONGEST_TAG = 20_000
_TAG = re.compile(rf"<[\w:.-]+\s([^<>]{{{_LONGEST_TAG},}})>")
_NAMESPACE = re.compile(r"""\bxmlns:[\w.-]+\s*=""")
_MAX_NAMESPACES = 500
_MAX_TAGS = 200_000
"""Far more than 2,000 posts need; feedparser takes some 30 µs for each."""


def tamed(text: str) -> str:
    """The same feed for every reader's purpose, well-formed where that was all it lacked.

    Characters that XML forbids and document type declarations go; HTML's names for letters and lone
    ampersands become what XML wants.
    """
    text = (_ILLEGAL.sub("", text) if _has_illegal(text) else text).lstrip()
    if text.count("<") > _MAX_TAGS:
        last = next(islice(re.finditer("<", text), _MAX_TAGS, None))
        text = text[: last.start()]
    start = _ROOT.search(text, 0, _FAR) or _HEAD_END.search(text)
    head, rest = (text[: start.start()], text[start.start() :]) if start else ("", text)
    own = {match[1]: match[2] or match[3] or "" for match in _ENTITY.finditer(head[:100_000])}
    if len(own) > _MAX_ENTITIES:
        own = {}
    rest = _with_references(rest, own)
    rest = _AUTHOR.sub(r"\1\2\3", rest)
    if _has_long_word(rest):
        rest = _LONG_WORD.sub(_in_pieces, rest)
    if rest.count("<") > 2 * _MAX_CATEGORIES < sum(map(rest.count, ("category", "subject", "keywords"))):
        rest = _CATEGORY.sub("", rest)
    if rest.count("xmlns:") > _MAX_NAMESPACES:
        rest = _NAMESPACE.sub("left-out=", rest)
    if any(len(piece) > _LONGEST_TAG for piece in rest.split("<")):
        rest = _TAG.sub("<left-out>", rest)
    return _closed(rest)


def _closed(text: str) -> str:
    """The feed without what follows its end; one that breaks off is ended behind its last whole entry."""
    root = _ROOT.match(text)
    if not root:
        return text
    end = f"</{root[1]}>"
    place = text.rfind(end)
    if place >= 0:
        return text[: place + len(end)]
    last = next((match for match in _LAST_ENTRY.finditer(text[::-1])), None)
    if not last:
        return text
    channel = "</channel>" if root[1].lower() == "rss" else ""
    return text[: len(text) - last.start()] + channel + end


def _has_illegal(text: str) -> bool:
    """Whether there is anything for ``_ILLEGAL``, which takes ten times as long to find nothing."""
    try:
        raw = text.encode()
    except UnicodeEncodeError:  # half a surrogate pair
        return True
    return len(raw.translate(None, _CONTROLS)) != len(raw) or "\ufffe" in text or "\uffff" in text


def _has_long_word(text: str) -> bool:
    """Whether there may be one: it would fill at least one of these pieces from end to end."""
    size = _LONGEST_WORD // 2
    return any(_ONE_WORD.fullmatch(text, place, place + size) for place in range(0, len(text), size))


def _in_pieces(match: re.Match[str]) -> str:
    word = match[0]
    return " ".join(word[place : place + _LONGEST_WORD] for place in range(0, len(word), _LONGEST_WORD))


def _with_references(text: str, own: dict[str, str]) -> str:
    """The text with each ampersand as XML wants it, but for those in what XML takes as it stands.

    That is skipped from end to end: an expression that looks at each letter of it takes a tenth of the
    whole parsing.
    """
    pieces: list[str] = []
    kept = place = 0
    ampersand = -1
    opened = dict.fromkeys(_AS_IT_STANDS, -1)
    while True:
        # each is sought again only once it lies behind: so the text is gone through once
        if ampersand < place:
            ampersand = text.find("&", place)
            if ampersand < 0:
                break
        for quoted, at in opened.items():
            if at < place:
                opened[quoted] = _found(text, quoted[0], place)
        (start, end), at = min(opened.items(), key=lambda item: item[1])
        if at < ampersand:
            place = _found(text, end, at + len(start)) + len(end)
            continue
        match = _REFERENCE.match(text, ampersand)
        if match:  # always: the ampersand alone is enough
            pieces += (text[kept:ampersand], _reference(match, own))
            kept = place = match.end()
    return "".join((*pieces, text[kept:]))


def _found(text: str, what: str, place: int) -> int:
    """Where that is, from this place on; the end of the text where it is nowhere."""
    at = text.find(what, place)
    return at if at >= 0 else len(text)


def _reference(match: re.Match[str], own: dict[str, str]) -> str:
    decimal, hexadecimal, name = match.groups()
    if decimal or hexadecimal:
        point = int(decimal) if decimal else int(hexadecimal, 16)
        return f"&#{point};" if _is_legal(point) else ""
    if name is None:
        return "&amp;" + match[0][1:]
    if name in _XML_NAMES:
        return match[0]
    if name in own:
        return own[name]
    letters = html5.get(f"{name};")
    return "".join(f"&#{ord(letter)};" for letter in letters) if letters else f"&amp;{name};"


def _is_legal(point: int) -> bool:
    return (
        point in {0x9, 0xA, 0xD}
        or 0x20 <= point <= 0xD7FF
        or 0xE000 <= point <= 0xFFFD
        or 0x10000 <= point <= 0x10FFFF
    )
