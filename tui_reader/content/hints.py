"""What the classes and styles of a tag tell about it: hidden, bold, a caption, code of some language."""

import re

from tui_reader.content.blocks import Style
from tui_reader.content.furniture import HIDDEN_CLASSES
from tui_reader.content.markup import HIDDEN_TAGS, Start

# Attributes cost time to read; most tags have none that matters.
_HINT = re.compile(r"class|style|hidden", re.IGNORECASE)
_LANGUAGE_ATTRIBUTES = ("data-lang", "data-language", "data-enlighter-language", "data-code-lang")
_HIGHLIGHTERS = frozenset(
    {
        "hljs",
        "sourceCode",
        "prettyprint",
        "prettyprinted",
        "chroma",
        "linenums",
        "codehilite",
        "prism",
        "code",
    }
)
_CODE_HINT = re.compile(r"class|lang", re.IGNORECASE)

_HEADING_BUTTON = re.compile(r"accordion|toggle-heading", re.IGNORECASE)
_NOT_DISPLAYED = re.compile(r"(?:display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*all)")
_BOLD = re.compile(r"font-weight\s*:\s*(?:bold|[6-9]00)")
_NORMAL = re.compile(r"font-weight\s*:\s*(?:normal|400)")
_ITALIC = re.compile(r"font-style\s*:\s*(?:italic|oblique)")
_STRUCK = re.compile(r"text-decoration[a-z-]*\s*:[^;]*line-through")
_LANGUAGE = re.compile(
    r"(?:^|[\s;])(?:language|lang|brush|highlight-source|sourcecode)\s*[-:\s]\s*([a-z0-9+#._-]{1,30})",
    re.IGNORECASE,
)
_LINE_NUMBERS = frozenset(
    {"lnt", "ln", "line-number", "line-numbers", "linenumber", "hljs-ln-n", "crayon-num"}
)
_NO_LANGUAGE = frozenset({"none", "plain", "plaintext", "text", "txt", "auto"})
_ALIGNED = re.compile(r"text-align\s*:\s*(left|right|center)|has-text-align-(left|right|center)")


def is_hidden(tag: Start) -> bool:
    """Whether the page shows nothing of this element to its readers."""
    if tag.name in HIDDEN_TAGS:
        # the heading of an accordion is a button, and the only one with words to read
        return tag.name != "button" or not _HEADING_BUTTON.search(tag.source)
    if not tag.source or not _HINT.search(tag.source):
        return False
    attributes = tag.attributes()
    if "hidden" in attributes or _NOT_DISPLAYED.search(_style_of(attributes)):
        return True
    if attributes.get("aria-hidden") == "true" and tag.name in {"a", "i", "span"}:
        return True
    classes = tag.classes()
    if tag.name == "iframe" and "wp-embedded-content" in classes:
        return True  # the quotation before it says and links the same
    return not HIDDEN_CLASSES.isdisjoint(classes)


def is_line_number(tag: Start) -> bool:
    """Whether it is the number of a line, within code."""
    return not _LINE_NUMBERS.isdisjoint(tag.classes())


def styles_of(tag: Start) -> tuple[Style, ...]:
    """What a ``<span style>`` from a word processor or Blogger's editor means."""
    if "style" not in tag.source.lower():
        return ()
    style = _style_of(tag.attributes())
    found = ((_BOLD, Style.STRONG), (_ITALIC, Style.EMPHASIS), (_STRUCK, Style.STRUCK))
    return tuple(meaning for pattern, meaning in found if pattern.search(style))


def undoes_bold(tag: Start) -> bool:
    """Whether it is the ``<b style="font-weight:normal">`` that a word processor puts around everything."""
    return bool(tag.source) and bool(_NORMAL.search(_style_of(tag.attributes())))


def language_of(tag: Start) -> str:
    """The language of the code inside, in small letters; empty when it does not say."""
    if not tag.source or not _CODE_HINT.search(tag.source):
        return ""
    attributes = tag.attributes()
    name = next((attributes[key] for key in _LANGUAGE_ATTRIBUTES if attributes.get(key)), "")
    if not name and (match := _LANGUAGE.search(attributes.get("class", ""))):
        name = match[1]
    if not name and not _HIGHLIGHTERS.isdisjoint(words := tag.classes()):
        # "hljs typescript", "sourceCode haskell": the language is the word that is no highlighter's
        name = next((word for word in words if word not in _HIGHLIGHTERS and word.islower()), "")
    name = name.strip().lower()
    return "" if name in _NO_LANGUAGE or not re.fullmatch(r"[a-z0-9+#._-]{1,30}", name) else name


def classes_of(tag: Start) -> frozenset[str]:
    """Its classes."""
    return frozenset(tag.classes())


def alignment_of(attributes: dict[str, str]) -> str:
    """``left``, ``right`` or ``center``, empty when the cell does not say."""
    plain = (attributes.get("align") or attributes.get("data-align") or "").strip().lower()
    if plain in {"left", "right", "center"}:
        return plain
    match = _ALIGNED.search(f"{_style_of(attributes)} {attributes.get('class', '').lower()}")
    return (match[1] or match[2]) if match else ""


def _style_of(attributes: dict[str, str]) -> str:
    # Cut: the patterns above take the square of the time on a megabyte of "text-decoration:".
    return attributes.get("style", "")[:1_000].lower()
