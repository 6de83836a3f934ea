"""Who said something, in words: no name that strangers give themselves passes for what we say of people."""

import re
from functools import lru_cache

from tui_reader.domain.mute import author_key
from tui_reader.language import _, current


def who(author: str, *, is_mine: bool = False, unnamed: str = "") -> str:
    """``you`` for the user alone, else the name; one that says what we say is told as somebody's name.

    Args:
        author: The name, cleaned.
        is_mine: Whether the user said it, which no name can tell.
        unnamed: What stands for an empty name; unless told, a word for that.
    """
    if is_mine:
        return _("you")
    if not author:
        return unnamed or _("Anonymous")
    if _ours(current()).search(author_key(author)):
        return _("somebody named “{name}”").format(name=author)
    return author


@lru_cache(maxsize=4)
def _ours(_language: str) -> re.Pattern[str]:
    """The words for the user, and for the post's author wherever they stand: badges are told beside names."""
    badges = (_("author"), _("(author)").strip("()"), _("author of the post"))
    told = "|".join(re.escape(author_key(words)) for words in badges)
    return re.compile(rf"^{re.escape(author_key(_('you')))}$|(?<!\w)(?:{told})(?!\w)")
