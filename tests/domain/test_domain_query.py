"""A query over posts, as people type it."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui_reader.domain.query import Field, State, Term, parse
from tui_reader.errors import QueryError

NOW = datetime(2026, 8, 3, 12, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "terms"),
    [
        ("harbour", [Term(field=Field.ANYWHERE, words="harbour")]),
        ('"a ferry" -title:"old news"', [
            Term(field=Field.ANYWHERE, words="a ferry"),
            Term(field=Field.TITLE, words="old news", is_negated=True),
        ]),
        ("unread is:Starred", [Term(state=State.UNREAD), Term(state=State.STARRED)]),
        ('"unread"', [Term(field=Field.ANYWHERE, words="unread")]),
        ("newer:3d", [Term(since=NOW - timedelta(days=3))]),
        ("older:2w", [Term(since=NOW - timedelta(days=14), is_negated=True)]),
        ("-older:2w", [Term(since=NOW - timedelta(days=14))]),
        ("comments:>5", [Term(comments_from=6)]),
        ("comments:<2", [Term(comments_from=2, is_negated=True)]),
        ("-comments:<2", [Term(comments_from=2)]),
        ("comments:0", [Term(comments_from=0), Term(comments_from=1, is_negated=True)]),
        ("https://a.example/x", [Term(field=Field.ANYWHERE, words="https://a.example/x")]),
    ],
)  # fmt: skip
def test_each_part_is_a_condition(text: str, terms: list[Term]) -> None:
    query = parse(text, NOW)
    assert query is not None
    assert list(query.terms) == terms


@pytest.mark.parametrize("text", ["", "  ", '""'])
def test_a_query_that_asks_for_nothing_is_none(text: str) -> None:
    assert parse(text, NOW) is None


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("is:red", "a post is unread, read"),
        ("size:3", "there are title, author"),
        ("newer:soon", "12h, 3d, 2w"),
        ("comments:many", "comments:0"),
        ("-comments:3", "comments:<3"),
        ("title:", "Nothing stands behind it"),
    ],
)
def test_what_is_no_condition_is_named_with_what_would_be_one(text: str, words: str) -> None:
    with pytest.raises(QueryError, match=words):
        parse(text, NOW)


@given(st.text(max_size=60))
def test_whatever_is_typed_is_a_query_or_a_query_error(text: str) -> None:
    try:
        query = parse(text, NOW)
    except QueryError:
        return
    assert query is None or query.terms
