"""Foreign values on their way into the file."""

from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from tui_reader.storage.values import (
    count_or_none,
    moment,
    moment_or_none,
    stamp,
    stamp_or_none,
    text,
    url_key,
)

LAST_DAY = datetime(9999, 12, 31, tzinfo=UTC)
ANY_TEXT = st.text(st.characters(exclude_categories=()))


@given(st.datetimes(timezones=st.sampled_from([UTC, timezone(timedelta(hours=-5, minutes=-30))])))
def test_a_moment_comes_back_to_the_microsecond(when: datetime) -> None:
    # the last hours of the year 9999 are of the year 10000 in UTC
    assume(when < LAST_DAY)
    assert moment(stamp(when)) == when
    assert moment_or_none(stamp_or_none(when)) == when
    assert -(2**63) < stamp(when) < 2**63


@given(st.datetimes(timezones=st.just(UTC)), st.datetimes(timezones=st.just(UTC)))
def test_stamps_sort_as_moments_do(one: datetime, two: datetime) -> None:
    assert (stamp(one) < stamp(two)) == (one < two)


@given(ANY_TEXT)
def test_any_text_can_be_stored(foreign: str) -> None:
    clean = text(foreign)
    clean.encode()
    assert "\0" not in clean
    assert text(clean) == clean


@given(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0")))
def test_sound_text_stays_as_it_is(sound: str) -> None:
    assert text(sound) == sound


@pytest.mark.parametrize(
    ("foreign", "stored"),
    [
        ("a\ud800b", "a\ufffdb"),
        ("\ud83d\ude00", "😀"),
        ("\ude00\ud83d", "\ufffd\ufffd"),
        ("a\0b", "a\ufffdb"),
    ],
    ids=["lone half", "a pair", "a pair the wrong way round", "NUL"],
)
def test_what_cannot_be_stored_is_replaced(foreign: str, stored: str) -> None:
    assert text(foreign) == stored


@pytest.mark.parametrize(("said", "stored"), [(None, None), (-1, 0), (0, 0), (87, 87), (10**30, 2**31 - 1)])
def test_a_count_is_made_possible(said: int | None, stored: int | None) -> None:
    assert count_or_none(said) == stored


@pytest.mark.parametrize(
    "variant",
    [
        "http://blog.example/caf%C3%A9/",
        "https://blog.example/café",
        "https://BLOG.example:443/caf%c3%a9/#comment-7",
        " https://blog.example/café/?utm_source=feed ",
    ],
)
def test_addresses_that_mean_the_same_have_one_key(variant: str) -> None:
    assert url_key(variant) == url_key("https://blog.example/café/")


@pytest.mark.parametrize(
    "other",
    [
        "https://blog.example/cafe/",
        "https://blog.example/café/?p=1",
        "https://blog.example:8080/café/",
        "https://www.blog.example/café/",
    ],
)
def test_addresses_that_may_differ_have_two_keys(other: str) -> None:
    assert url_key(other) != url_key("https://blog.example/café/")


def test_plain_permalinks_are_told_apart() -> None:
    assert url_key("https://blog.example/?p=1") != url_key("https://blog.example/?p=2")


@given(ANY_TEXT)
def test_any_text_has_a_key(foreign: str) -> None:
    url_key(foreign).encode()
    url_key("https://" + foreign).encode()
