"""The words of short pieces of HTML: titles, names, messages."""

from tui_reader.content.clean import clean_line
from tui_reader.content.markup import BLOCK_TAGS, HIDDEN_TAGS, End, Start, decode, tokens


def text_of(html: str) -> str:
    """The words of a piece of HTML as one clean line: for titles, names and what a blog says went wrong."""
    if "<" not in html:
        return clean_line(decode(html))
    pieces: list[str] = []
    hidden = ""
    for token in tokens(html):
        match token:
            case str():
                if not hidden:
                    pieces.append(token)
            case Start(name):
                if name in HIDDEN_TAGS and not hidden:
                    hidden = name
                elif name in BLOCK_TAGS:
                    pieces.append(" ")
                elif name == "img":
                    picture = token.attributes()
                    # WordPress turns emoji into pictures; any other picture is no part of a title.
                    if {"emoji", "wp-smiley"} & set(picture.get("class", "").split()):
                        pieces.append(picture.get("alt", ""))
            case End(name):
                if name == hidden:
                    hidden = ""
                elif name in BLOCK_TAGS:
                    pieces.append(" ")
    return clean_line("".join(pieces))
