"""Raises and lowers letters as far as Unicode has them; what it lacks is written ``^(…)`` and ``_(…)``."""

_RAISED = str.maketrans(
    "0123456789+-−=()abcdefghijklmnoprstuvwxyzABDEGHIJKLMNOPRTUVWβγδθφχ",
    "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁼⁽⁾ᵃᵇᶜᵈᵉᶠᵍʰⁱʲᵏˡᵐⁿᵒᵖʳˢᵗᵘᵛʷˣʸᶻᴬᴮᴰᴱᴳᴴᴵᴶᴷᴸᴹᴺᴼᴾᴿᵀᵁⱽᵂᵝᵞᵟᶿᵠᵡ",
)
_LOWERED = str.maketrans("0123456789+-−=()aehijklmnoprstuvxβγρφχ", "₀₁₂₃₄₅₆₇₈₉₊₋₋₌₍₎ₐₑₕᵢⱼₖₗₘₙₒₚᵣₛₜᵤᵥₓᵦᵧᵨᵩᵪ")
_RAISED_ALREADY = frozenset("*†‡§¶®™©ªº°′″") | frozenset(_RAISED.values())
_LONGEST = 24
_LONGEST_IN_LETTERS = 8
_BETWEEN = frozenset(" \u00a0\u202f\n,.")
"""What stands between two numbers of notes, and looks the same there."""


def raised(text: str) -> str:
    """The text as an exponent, an ordinal's ending or the number of a note."""
    return _moved(text, _RAISED, "^")


def lowered(text: str) -> str:
    """The text as an index."""
    return _moved(text, _LOWERED, "_")


def _moved(text: str, table: dict[int, int], sign: str) -> str:
    inner = text.strip()
    if not inner or len(inner) > _LONGEST:
        return text  # small print: a sentence in such letters is hard to read
    start = len(text) - len(text.lstrip())
    before, after = text[:start], text[start + len(inner) :]
    if inner.startswith("[") and inner.endswith("]") and inner[1:-1].isdigit():
        inner = inner[1:-1]  # "[1]" was set so that it could be told from the words; raised, it can
    if all(ord(letter) in table or letter in _BETWEEN for letter in inner) and (
        len(inner) <= _LONGEST_IN_LETTERS or not any(letter.isalpha() for letter in inner)
    ):
        return before + inner.translate(table) + after
    if all(letter in _RAISED_ALREADY or not letter.isascii() for letter in inner):
        return text  # a sign that stands high by itself; a script that has no such letters at all
    return f"{before}{sign}{inner if len(inner) == 1 else f'({inner})'}{after}"
