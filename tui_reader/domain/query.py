"""A query that narrows a list of posts: words and conditions, read out of one line; all of them hold."""

import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from tui_reader.errors import QueryError
from tui_reader.language import N_, _


class State(StrEnum):
    """What a post can be, written ``is:unread`` or, where nothing else is meant, ``unread``."""

    UNREAD = "unread"
    READ = "read"
    STARRED = "starred"
    LATER = "later"
    FOLLOWED = "followed"
    NEW = "new"
    """It has comments that came since the last visit."""
    ANSWERED = "answered"
    """The user wrote under it."""


class Field(StrEnum):
    """Where words are looked for, written ``title:words``."""

    ANYWHERE = "anywhere"
    """In title, author and the blog's name."""
    TITLE = "title"
    AUTHOR = "author"
    BLOG = "blog"
    FOLDER = "folder"


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """One condition: a state, words in a field, an age or a number of comments."""

    is_negated: bool = False
    state: State | None = None
    field: Field | None = None
    words: str = ""
    """What the field holds, whatever its case."""
    since: datetime | None = None
    """The post is not older than that; negated, it is."""
    comments_from: int | None = None
    """It has so many comments at least; negated, fewer."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Query:
    """What is wanted of a list."""

    text: str
    """As it was written."""
    terms: tuple[Term, ...]


HELP = N_(
    "words · title: author: blog: folder: · is:unread read starred later followed new answered"
    " · newer:3d older:2w · comments:>5 · -not"
)
"""The whole language in one line."""

_KEYS = ("title", "author", "blog", "folder", "is", "newer", "older", "comments")
_STATES = {state.value for state in State}
_TOKEN = re.compile(r'(-?)(?:([A-Za-z]+):)?(?:"([^"]*)"?|(\S+))')
_AGE = re.compile(r"(\d{1,4})([hdwmy])")
_UNITS = {"h": 1, "d": 24, "w": 7 * 24, "m": 30 * 24, "y": 365 * 24}
_COUNT = re.compile(r"([<>]=?|=?)(\d{1,9})")


def parse(text: str, now: datetime) -> Query | None:
    """Reads a query; None when it asks for nothing.

    Args:
        text: As the user wrote it.
        now: The clock: ``newer:3d`` counts back from it.

    Raises:
        QueryError: naming the part that is no condition, and what would be one.
    """
    terms: list[Term] = []
    for minus, key, quoted, bare in _TOKEN.findall(text):
        value = quoted or bare
        if not value:
            continue
        if not (quoted or key) and value[:-1].lower() in _KEYS and value.endswith(":"):
            raise QueryError(_("{value} what? Nothing stands behind it").format(value=value))
        terms += _terms(key.lower(), value, is_negated=bool(minus), is_quoted=bool(quoted), now=now)
    return Query(text=text.strip(), terms=tuple(terms)) if terms else None


def _terms(key: str, value: str, *, is_negated: bool, is_quoted: bool, now: datetime) -> list[Term]:
    match key:
        case "":
            if not is_quoted and value.lower() in _STATES:
                return [Term(state=State(value.lower()), is_negated=is_negated)]
            return [Term(field=Field.ANYWHERE, words=value, is_negated=is_negated)]
        case "is" | "has":
            if value.lower() not in _STATES:
                raise QueryError(
                    _("{key}:{value}: a post is {known}").format(key=key, value=value, known=", ".join(State))
                )
            return [Term(state=State(value.lower()), is_negated=is_negated)]
        case "newer" | "older":
            return [Term(since=now - _age(key, value), is_negated=is_negated is (key == "newer"))]
        case "comments":
            return _counted(value, is_negated=is_negated)
        case "title" | "author" | "blog" | "folder":
            return [Term(field=Field(key), words=value, is_negated=is_negated)]
        case "http" | "https":
            return [Term(field=Field.ANYWHERE, words=f"{key}:{value}", is_negated=is_negated)]
    raise QueryError(
        _("{key}: is no condition; there are {known}; in quotes it is looked for").format(
            key=key, known=", ".join(_KEYS)
        )
    )


def _age(key: str, value: str) -> timedelta:
    found = _AGE.fullmatch(value.lower())
    if found is None:
        raise QueryError(
            _(
                "{key}:{value}: write a number of hours, days, weeks, months or years: 12h, 3d, 2w, 6m, 1y"
            ).format(key=key, value=value)
        )
    return timedelta(hours=int(found[1]) * _UNITS[found[2]])


def _counted(value: str, *, is_negated: bool) -> list[Term]:
    found = _COUNT.fullmatch(value)
    if found is None:
        raise QueryError(
            _("comments:{value}: write a number, such as comments:0, comments:>5 or comments:<=2").format(
                value=value
            )
        )
    sign, number = found[1], int(found[2])
    match sign:
        case ">":
            return [Term(comments_from=number + 1, is_negated=is_negated)]
        case ">=":
            return [Term(comments_from=number, is_negated=is_negated)]
        case "<":
            return [Term(comments_from=number, is_negated=not is_negated)]
        case "<=":
            return [Term(comments_from=number + 1, is_negated=not is_negated)]
    if is_negated:
        raise QueryError(
            _("-comments:{value}: say comments:<{number} or comments:>{number}").format(
                value=value, number=number
            )
        )
    return [Term(comments_from=number), Term(comments_from=number + 1, is_negated=True)]
