"""Gives a formula as its source: what its writer typed, or as near to it as its drawing tells."""

from tui_reader.content.clean import clean_line
from tui_reader.content.markup import Start

_MAX_DEPTH = 60
_LONG = 1
_SIGNS = {"msqrt": "√", "mroot": "√", "mover": "^", "munder": "_", "msup": "^", "msub": "_"}


class Formula:
    """One formula as it is read: TeX in a script, or MathML with or without TeX beside it.

    Args:
        tag: The tag that opened it.
    """

    def __init__(self, tag: Start) -> None:
        self.name = tag.name
        kind = f"{tag.get('type')} {tag.get('display')} {tag.get('mode')}".lower()
        self.is_display = "mode=display" in kind or "block" in kind or kind.endswith("display")
        self._source: list[str] = [] if tag.name != "script" else [""]
        self._given = tag.get("alttext")
        self._depth = 1
        self._is_source = tag.name == "script"
        self._open: list[tuple[str, list[str]]] = [("math", [])]

    def add(self, text: str) -> None:
        """Goes on with text."""
        if self._is_source:
            self._source.append(text)
        elif self._open[-1][0] != "annotation" and text.strip():
            self._open[-1][1].append(text.strip())

    def start(self, tag: Start) -> None:
        """A tag inside."""
        if tag.name == self.name:
            self._depth += 1
        elif tag.name == "annotation":
            self._is_source = "tex" in tag.get("encoding").lower()
            self._open.append(("annotation", []))
        elif len(self._open) < _MAX_DEPTH and tag.name.startswith("m"):
            self._open.append((tag.name, []))

    def end(self, name: str) -> bool:
        """A tag that closes; True when the formula is over."""
        if name == self.name:
            self._depth -= 1
            return not self._depth
        if name == self._open[-1][0] and len(self._open) > 1:
            self._is_source = False
            kind, parts = self._open.pop()
            if kind != "annotation" and parts:
                self._open[-1][1].append(_written(kind, parts))
        return False

    def source(self) -> str:
        """The formula on one line, without the dollars around it; empty when nothing is known of it."""
        while len(self._open) > 1:
            self.end(self._open[-1][0])
        told = clean_line("".join(self._source)) or clean_line(self._given)
        return bare(told or clean_line(_joined(self._open[0][1])))


def bare(source: str) -> str:
    """TeX without the marks that say that it is some."""
    source = source.strip()
    for start, end in (("$$", "$$"), ("\\[", "\\]"), ("\\(", "\\)"), ("$", "$"), ("{\\displaystyle", "}")):
        if len(source) > len(start) + len(end) and source.startswith(start) and source.endswith(end):
            return source[len(start) : -len(end)].strip()
    return source.removeprefix("\\displaystyle").strip() if source.startswith("\\displaystyle ") else source


def displayed(text: str) -> str:
    """The source of a formula that is all of a paragraph; empty when the text is none."""
    text = text.strip()
    for start, end in (("$$", "$$"), ("\\[", "\\]")):
        if text.startswith(start) and text.endswith(end) and len(text) > 4 and start not in text[2:-2]:
            return "\n".join(line.strip() for line in text[2:-2].strip().split("\n"))
    return ""


def _written(kind: str, parts: list[str]) -> str:
    match kind, parts:
        case "mfrac", [above, below]:
            return f"{_grouped(above)}/{_grouped(below)}"
        case "msup" | "msub" | "mover" | "munder", [base, mark]:
            return f"{_grouped(base)}{_SIGNS[kind]}{_grouped(mark)}"
        case "msubsup" | "munderover", [base, below, above]:
            return f"{_grouped(base)}_{_grouped(below)}^{_grouped(above)}"
        case "mroot", [inside, degree]:
            return f"{_grouped(degree)}√({inside})"
        case "msqrt", _:
            return f"√({_joined(parts)})"
        case "mtable", _:
            return "; ".join(parts)
        case "mtr", _:
            return ", ".join(parts)
    return _joined(parts)


def _joined(parts: list[str]) -> str:
    """Parts with air around what stands between two of them: ``a + b``, ``2x``."""
    told = ""
    for part in parts:
        is_sign = len(part) == 1 and part in "=+−<>≤≥≠≈→⇒∈∪∩×·"
        told += f" {part} " if is_sign and told else part
    return told.strip()


def _grouped(part: str) -> str:
    return part if len(part) <= 1 or part.isalnum() else f"({part})"
