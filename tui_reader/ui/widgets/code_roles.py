"""Colours a block of code by its language, as pieces with roles."""

from tui_reader.ui.widgets.pieces import Line, Piece

_MAX_CHARACTERS = 20_000
"""Lexers are regular expressions over foreign text: past this, plain is good enough."""

_TAB = 4


def code_lines(text: str, language: str) -> list[Line]:
    """The lines of a block of code, unbroken; plain where the language is not known."""
    text = text.expandtabs(_TAB).strip("\n")
    if language and len(text) <= _MAX_CHARACTERS:
        coloured = _coloured(text, language)
        if coloured is not None:
            return coloured
    return [(Piece(line, "code"),) for line in text.split("\n")]


def _coloured(text: str, language: str) -> list[Line] | None:
    # not before code is shown: few posts have any, and this takes a while to load
    from pygments.lexers import get_lexer_by_name  # type: ignore[import-untyped]
    from pygments.token import (  # type: ignore[import-untyped]
        Comment,
        Keyword,
        Name,
        Number,
        Operator,
        String,
    )
    from pygments.util import ClassNotFound  # type: ignore[import-untyped]

    try:
        lexer = get_lexer_by_name(language, stripnl=False, ensurenl=False)
    except ClassNotFound:
        return None
    roles = (
        (Comment, "code code-dim"),
        (Keyword, "code code-keyword"),
        (String, "code code-string"),
        (Number, "code code-number"),
        (Operator.Word, "code code-keyword"),
        (Name.Function, "code code-name"),
        (Name.Class, "code code-name"),
        (Name.Decorator, "code code-name"),
        (Name.Tag, "code code-keyword"),
        (Name.Builtin, "code code-name"),
    )
    lines: list[Line] = []
    line: list[Piece] = []
    for token, value in lexer.get_tokens(text):
        role = next((role for kind, role in roles if token in kind), "code")
        head, *rest = value.split("\n")
        if head:
            line.append(Piece(head, role))
        for part in rest:
            lines.append(tuple(line))
            line = [Piece(part, role)] if part else []
    lines.append(tuple(line))
    return lines
