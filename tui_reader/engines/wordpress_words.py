"""Writes a reply so that WordPress keeps every word, and knows the same words again in what it shows."""

import re
import unicodedata
from html import escape

from tui_reader.content.clean import clean
from tui_reader.content.tree import tree_of

# What WordPress lets anybody use in a comment ($allowedtags in wp-includes/kses.php), with their attributes.
ALLOWED: dict[str, frozenset[str]] = {
    "a": frozenset({"href", "title"}),
    "abbr": frozenset({"title"}),
    "b": frozenset(),
    "blockquote": frozenset({"cite"}),
    "cite": frozenset(),
    "code": frozenset(),
    "del": frozenset({"datetime"}),
    "em": frozenset(),
    "i": frozenset(),
    "q": frozenset({"cite"}),
    "s": frozenset(),
    "strong": frozenset(),
}
_TAG = re.compile(
    r"<(?P<end>/?)(?P<name>[a-zA-Z]{1,10})(?P<attributes>(?:\s+[a-zA-Z]{1,10}\s*=\s*(?:\"[^\"<>]*\"|'[^'<>]*'))*)\s*>"
)
_ATTRIBUTE = re.compile(r"([a-zA-Z]+)\s*=\s*(?:\"([^\"]*)\"|'([^']*)')")
_ADDRESS = re.compile(r"(?:https?://|mailto:)\S+", re.IGNORECASE)

# The smilies of wp-includes/functions.php (smilies_init), which are shown as pictures or emoji; only
# those with letters or digits matter here.
_SMILEY = re.compile(
    r"(?<!\S)(?::(?:mrgreen|neutral|twisted|arrow|shock|smile|cool|evil|grin|idea|oops|razz|roll|wink|cry|eek|lol|mad|sad):"
    r"|:-?[DPox]|8-?[O)])(?!\S)"
)


def written(text: str) -> str:
    """The text as it is sent: WordPress's own tags kept when they come in pairs, all else shown as typed.

    What it does not know as a tag it drops without a word, with a bare ``<`` whatever follows it; so
    every other ``<``, ``>`` and ``&`` is sent as an entity.
    """
    text = clean(text).strip()
    kept = kept_tags(text)
    pieces: list[str] = []
    place = 0
    for start in sorted(kept):
        pieces.append(escape(text[place:start], quote=False))
        place = kept[start]
        # a bare & in an address stays as it is, as browsers send it
        pieces.append(text[start:place])
    pieces.append(escape(text[place:], quote=False))
    # line ends as every browser's form sends them (HTML, 4.10.21.4)
    return re.sub(r"\r\n?|\n", "\r\n", "".join(pieces))


def kept_tags(text: str) -> dict[int, int]:
    """Where the tags stand that WordPress keeps: start → end. Tags without a partner are words."""
    kept: dict[int, int] = {}
    open_tags: list[tuple[str, re.Match[str]]] = []
    for tag in _TAG.finditer(text):
        name = tag["name"].lower()
        if name not in ALLOWED or (
            open_tags and open_tags[-1][0] == "code" and not (tag["end"] and name == "code")
        ):
            continue  # inside code everything else is meant to be seen
        if not tag["end"]:
            if _is_fit(name, tag["attributes"]):
                open_tags.append((name, tag))
        elif any(name == opened for opened, _ in open_tags) and not tag["attributes"].strip():
            while open_tags[-1][0] != name:
                open_tags.pop()
            _, partner = open_tags.pop()
            kept[partner.start()] = partner.end()
            kept[tag.start()] = tag.end()
    return kept


def _is_fit(name: str, attributes: str) -> bool:
    found = {match[1].lower(): match[2] or match[3] or "" for match in _ATTRIBUTE.finditer(attributes)}
    if name == "a" and not _ADDRESS.fullmatch(found.get("href", "").strip()):
        return False
    return found.keys() <= ALLOWED[name]


def has_words(html: str) -> bool:
    """Whether anything is left to be seen when the tags are gone."""
    return bool(gist(html))


def gist(html: str) -> str:
    """What stays the same of a text whatever WordPress does to it for show.

    It makes quotes and dashes typographic, turns smilies into emoji and line ends into paragraphs; letters
    and digits it leaves alone. A text that has none is compared by its other signs.
    """
    tree = tree_of(f"<body>{html}")
    for image in tree.css("img"):
        image.replace_with(image.attributes.get("alt") or "")
    for dead in tree.css("script, style"):
        dead.decompose()
    text = tree.body.text(separator=" ") if tree.body is not None else ""
    text = unicodedata.normalize("NFKC", _SMILEY.sub(" ", text).replace("×", "x")).casefold()
    letters = "".join(sign for sign in text if sign.isalnum())
    # the variation selector that asks for the coloured form of an emoji comes and goes
    return letters or "".join(sign for sign in text if not sign.isspace() and sign != "\ufe0f")
