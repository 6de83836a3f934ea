"""Turns what people typed into HTML as WordPress does, and HTML into what fits in XML."""

import html
import re

_ALLOWED = {
    "a": ("href", "title"),
    "abbr": ("title",),
    "acronym": ("title",),
    "b": (),
    "blockquote": ("cite",),
    "cite": (),
    "code": (),
    "del": ("datetime",),
    "em": (),
    "i": (),
    "q": ("cite",),
    "s": (),
    "strike": (),
    "strong": (),
}
_TAG_OR_TEXT = re.compile(r"(<[^<>]*>)")
_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]*)(\s[^<>]*)?>")
_ATTRIBUTE = re.compile(r"([a-zA-Z-]+)\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'>]+))")
_BLOCK = re.compile(r"(</?blockquote[^>]*>)")
_ADDRESS = re.compile(r"https?://[^\s<>\"]*[^\s<>\".,;:!?)\]]")
_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff]")
_EMOJI = re.compile("[\U0001f300-\U0001faff\u2600-\u27bf]\ufe0f?")


def plain(text: str) -> str:
    """The text without what XML cannot hold: control characters and lone surrogates."""
    sound = text.encode("utf-8", "replace").decode("utf-8")
    return _CONTROLS.sub("", sound.replace("\r\n", "\n").replace("\r", "\n"))


def without_tags(source: str) -> str:
    """The text alone, with entities resolved."""
    return html.unescape(re.sub(r"<[^<>]*>", "", source))


def allowed_html(typed: str) -> str:
    """Keeps the tags that WordPress grants to commenters, drops the others and closes what was left open."""
    pieces: list[str] = []
    still_open: list[str] = []
    for piece in _TAG_OR_TEXT.split(typed):
        if not piece.startswith("<") or not piece.endswith(">") or len(piece) < 3:
            pieces.append(html.escape(html.unescape(piece), quote=False))
            continue
        match = _TAG.fullmatch(piece)
        if match is None:
            # what is no tag at all ("<3 >") was meant as text; comments and declarations go
            pieces.append("" if piece[1] in "!?/" else html.escape(piece, quote=False))
            continue
        closes, name, attributes = match[1], match[2].lower(), match[3] or ""
        if name not in _ALLOWED:
            continue
        if not closes:
            still_open.append(name)
            pieces.append(f"<{name}{_attributes(name, attributes)}>")
        elif name in still_open:
            while (last := still_open.pop()) != name:
                pieces.append(f"</{last}>")
            pieces.append(f"</{name}>")
    pieces.extend(f"</{name}>" for name in reversed(still_open))
    return "".join(pieces)


def _attributes(name: str, source: str) -> str:
    kept = ""
    # nobody means a tag of many kilobytes, and looking for attributes in one takes long
    for key, *values in _ATTRIBUTE.findall(source[:2_000]):
        value = html.unescape(next((value for value in values if value), ""))
        is_link = key.lower() in {"href", "cite"}
        if key.lower() not in _ALLOWED[name] or (
            is_link and not value.startswith(("http://", "https://", "mailto:"))
        ):
            continue
        kept += f' {key.lower()}="{html.escape(value)}"'
    return kept + (' rel="nofollow ugc"' if name == "a" else "")


def comment_html(text: str) -> str:
    """A comment's stored text as paragraphs, with its bare addresses made into links."""
    blocks: list[str] = []
    for piece in _BLOCK.split(_with_links(text.strip())):
        if _BLOCK.fullmatch(piece):
            blocks.append(piece)
            continue
        blocks.extend(
            "<p>" + paragraph.strip().replace("\n", "<br />\n") + "</p>\n"
            for paragraph in re.split(r"\n\s*\n", piece)
            if paragraph.strip()
        )
    return "".join(blocks)


def _with_links(text: str) -> str:
    pieces = _TAG_OR_TEXT.split(text)
    is_in_link = False
    for number, piece in enumerate(pieces):
        if piece.startswith("<"):
            is_in_link = piece.startswith("<a ") or (is_in_link and piece != "</a>")
        elif not is_in_link:
            pieces[number] = _ADDRESS.sub(r'<a href="\g<0>" rel="nofollow ugc">\g<0></a>', piece)
    return "".join(pieces)


def links_in(text: str) -> int:
    """How many links a comment holds, bare addresses included."""
    return len(re.findall(r"<a [^>]*href=", _with_links(text)))


def with_emoji_as_images(source: str) -> str:
    """As WordPress's feeds have it: each emoji is a picture from another host."""

    def image(match: re.Match[str]) -> str:
        code = "-".join(f"{ord(character):x}" for character in match[0] if character != "\ufe0f")
        return (
            f'<img src="https://s.w.org/images/core/emoji/14.0.0/72x72/{code}.png" alt="{match[0]}" '
            'class="wp-smiley" style="height: 1em; max-height: 1em;" />'
        )

    return _EMOJI.sub(image, source)


def cdata(text: str) -> str:
    """A CDATA section that holds the text, whatever it is."""
    return "<![CDATA[" + text.replace("]]>", "]]]]><![CDATA[>") + "]]>"
