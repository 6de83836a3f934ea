"""A query over posts as SQL: one condition a term, its values as parameters."""

from typing import Any

from tui_reader.domain.query import Field, Query, State, Term
from tui_reader.storage.values import stamp, text

_STATES = {
    State.UNREAD: "p.is_read = 0",
    State.READ: "p.is_read = 1",
    State.STARRED: "p.is_starred = 1",
    State.LATER: "p.is_later = 1",
    State.FOLLOWED: "p.is_followed IS 1",
    State.NEW: "p.new_comments > 0",
    State.ANSWERED: "EXISTS (SELECT 1 FROM comments AS mine WHERE mine.post_id = p.id AND mine.is_mine = 1)",
}
_COLUMNS = {
    Field.TITLE: ("p.title",),
    Field.AUTHOR: ("p.author",),
    Field.BLOG: ("COALESCE(b.own_title, b.title)",),
    Field.FOLDER: ("b.folder",),
    Field.ANYWHERE: ("p.title", "p.author", "COALESCE(b.own_title, b.title)"),
}


def narrowed(query: Query) -> tuple[list[str], dict[str, Any]]:
    """The conditions on a post ``p`` of a blog ``b``, with their parameters."""
    conditions: list[str] = []
    parameters: dict[str, Any] = {}
    for number, term in enumerate(query.terms):
        condition = _condition(term, f"q{number}", parameters)
        conditions.append(f"NOT ({condition})" if term.is_negated else f"({condition})")
    return conditions, parameters


def _condition(term: Term, name: str, parameters: dict[str, Any]) -> str:
    if term.state is not None:
        return _STATES[term.state]
    if term.since is not None:
        parameters[name] = stamp(term.since)
        return f"p.sort_at >= :{name}"
    if term.comments_from is not None:
        parameters[name] = term.comments_from
        return f"max(COALESCE(p.declared_count, 0), p.published_comments) >= :{name}"
    ways: list[str] = []
    for at, spelling in enumerate(_spellings(text(term.words))):
        parameters[f"{name}_{at}"] = f"%{_literal(spelling)}%"
        ways += [
            f"{column} LIKE :{name}_{at} ESCAPE '\\'" for column in _COLUMNS[term.field or Field.ANYWHERE]
        ]
    # a missing author is no reason for "unknown": NOT must be true of it
    return f"COALESCE({' OR '.join(ways)}, 0)"


def _spellings(words: str) -> tuple[str, ...]:
    """SQLite's LIKE knows upper and lower case of ASCII only: the others are asked for by name."""
    if words.isascii():
        return (words,)
    return tuple(dict.fromkeys((words, words.lower(), words.upper(), words.title())))


def _literal(words: str) -> str:
    return words.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
