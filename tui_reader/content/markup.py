"""Splits foreign HTML into text and tags, in time that grows with its length and no faster.

A parser that builds the tree of HTML5 can be made to build a thousand times what it was given: 35 KB of
unclosed ``<b x=1><b x=2>…`` and paragraphs become 60 MB of tree, since the standard says to open each of
them anew in each paragraph. Readable text needs no such tree, only the tags in their order.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html import unescape

# Markup far beyond any honest post; what follows is left out.
MAX_TAGS = 30_000
MAX_CHARACTERS = 2_000_000

# fmt: off
BLOCK_TAGS = frozenset({
    "address", "article", "aside", "blockquote", "body", "br", "caption", "center", "dd", "details",
    "dir", "div", "dl", "dt", "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2",
    "h3", "h4", "h5", "h6", "header", "hgroup", "hr", "legend", "li", "listing", "main", "menu",
    "nav", "ol", "option", "p", "pre", "section", "summary", "table", "tbody", "td", "tfoot", "th",
    "thead", "tr", "ul", "xmp",
})
# fmt: on
"""Tags that begin a new line."""

HIDDEN_TAGS = frozenset(
    {"annotation", "button", "canvas", "datalist", "noscript", "rp", "select", "svg", "template"}
)
"""Elements whose content is for machines, or for browsers that lack something."""

VOID_TAGS = frozenset(
    {"br", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr"}
)
"""Elements without content and without an end."""

# Their content is no markup at all; a tag in it does not count.
_RAW = frozenset({"iframe", "noembed", "noframes", "script", "style", "textarea", "title", "xmp"})

_RAW_END = {name: re.compile(rf"</{name}(?=[\s/>])", re.IGNORECASE) for name in _RAW}

# Attributes are read as the standard does: a quotation mark means something after "=" only.
_TAG = re.compile(r"""<(/?)([a-zA-Z][^\s/>]*+)((?:[^>=]++|=\s*+(?:"[^"]*+"|'[^']*+'|(?!["'])))*+)>""")
_ATTRIBUTE = re.compile(r"""([^\s/=>"'][^\s/=>]*)(?:\s*+=\s*+(?:"([^"]*)"|'([^']*)'|([^\s"'][^\s]*))?)?""")
_ENDLESS_NUMBER = re.compile(r"&#(?:[xX]0*+[0-9a-fA-F]{7,}+|0*+[0-9]{8,}+);?")
_COMMENT_END = re.compile(r"--!?>")


_MAX_CLASSES = 200


def _has_class(source: str) -> bool:
    return "class" in source or "CLASS" in source or "Class" in source


@dataclass(slots=True)
class Start:
    """A tag that opens, or stands alone."""

    name: str
    source: str = ""
    _attributes: dict[str, str] | None = field(default=None, compare=False, repr=False)

    def attributes(self) -> dict[str, str]:
        """Its attributes, names in small letters, entities resolved; the first of each name counts."""
        if self._attributes is None:
            found: dict[str, str] = {}
            if self.source and not self.source.isspace():
                for name, double, single, bare in _ATTRIBUTE.findall(self.source):
                    found.setdefault(name.lower(), decode(double or single or bare))
            self._attributes = found
        return self._attributes

    def get(self, name: str) -> str:
        """An attribute by its name, in small letters; empty when it has none."""
        return self.attributes().get(name, "") if self.source else ""

    def classes(self) -> list[str]:
        """Its classes, as many as an honest page has."""
        return (
            self.get("class").split(maxsplit=_MAX_CLASSES)[:_MAX_CLASSES] if _has_class(self.source) else []
        )


@dataclass(slots=True)
class End:
    """A tag that closes."""

    name: str


Token = str | Start | End


def decode(text: str) -> str:
    """Resolves entities; numbers past every character are dropped, however long they are."""
    if "&" not in text:
        return text
    # Without this, int() refuses a number of more than 4,300 digits by raising.
    return unescape(_ENDLESS_NUMBER.sub("", text))


def tokens(html: str) -> Iterator[Token]:
    """Yields text (entities resolved) and tags in order; comments, scripts and styles are passed over.

    The text is not clean yet: ``&amp;#27;`` may become an escape character one reading later.
    """
    if len(html) > MAX_CHARACTERS:
        html = f"{html[:MAX_CHARACTERS]} …"
    position = count = 0
    while (less := html.find("<", position)) >= 0:
        if less > position:
            yield decode(html[position:less])
        tag = _TAG.match(html, less)
        if tag is None:
            if html[less + 1 : less + 2] in {"!", "?", "/"}:
                position = _after_comment(html, less)
            elif html[less + 1 : less + 2].isalpha() and html[less + 1 : less + 2].isascii():
                return  # a tag that never ends: browsers drop it too, with all that follows
            else:
                yield "<"
                position = less + 1
            continue
        position = tag.end()
        count += 1
        if count > MAX_TAGS:
            yield " …"
            return
        name = tag[2].lower()
        if tag[1]:
            yield End(name)
            continue
        yield Start(name, tag[3])
        if name in _RAW:
            end = _RAW_END[name].search(html, position)
            if end is None:
                if name == "xmp":
                    yield html[position:]
                return
            if name == "xmp" or (name == "script" and "math/tex" in tag[3]):
                yield html[position : end.start()]
            position = end.start()
    if position < len(html):
        yield decode(html[position:])


def _after_comment(html: str, start: int) -> int:
    """Where it goes on after ``<!-- … -->``, ``<!…>``, ``<?…>`` or ``</…>``."""
    if html.startswith("<!--", start):
        if html.startswith((">", "->"), start + 4):
            return html.index(">", start) + 1
        end = _COMMENT_END.search(html, start + 4)
        return end.end() if end else len(html)
    end_at = html.find(">", start + 2)
    return end_at + 1 if end_at >= 0 else len(html)
