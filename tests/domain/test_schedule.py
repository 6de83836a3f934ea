from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui_reader.domain.schedule import (
    LONGEST,
    WITHOUT_VALIDATORS,
    Asked,
    Came,
    Habits,
    Hints,
    left_alone_until,
    next_check,
)

NOW = datetime(2026, 8, 3, 12, 30, tzinfo=UTC)  # a Monday
HOUR = timedelta(hours=1)
CHANGED = Asked(came=Came.CHANGED)
UNCHANGED = Asked(came=Came.UNCHANGED)
UNKNOWN = Habits()
FAILED = Asked(came=Came.FAILED)


def wait(habits=UNKNOWN, asked=CHANGED, interval=HOUR, spread=0.0):
    return next_check(habits, asked, NOW, interval=interval, spread=spread) - NOW


def test_a_blog_that_brought_something_is_asked_at_the_users_interval():
    assert wait() == HOUR


def test_a_blog_that_is_gone_is_never_asked_again():
    assert next_check(Habits(), Asked(came=Came.GONE), NOW, interval=HOUR) is None


@pytest.mark.parametrize(
    ("silent", "expected"),
    [
        (timedelta(), HOUR),
        (timedelta(hours=20), HOUR),
        (timedelta(days=4), timedelta(hours=4)),
        (timedelta(days=400), timedelta(hours=12)),
    ],
    ids=["just now", "today", "four days", "a year"],
)
def test_the_longer_a_blog_is_silent_the_less_often_it_is_asked(silent, expected):
    assert wait(Habits(changed_at=NOW - silent), UNCHANGED) == expected


def test_a_silent_blog_is_asked_no_more_often_than_the_user_wants():
    assert wait(Habits(changed_at=NOW - timedelta(days=4)), UNCHANGED, timedelta(hours=24)) == timedelta(
        hours=24
    )


def test_each_failure_in_a_row_doubles_the_wait_up_to_a_day():
    waits = [wait(Habits(failures=failures), FAILED) for failures in (0, 1, 2, 3, 4, 5, 5000)]
    assert waits == [2 * HOUR, 4 * HOUR, 8 * HOUR, 16 * HOUR, LONGEST, LONGEST, LONGEST]


@pytest.mark.parametrize(
    ("retry_after", "expected"),
    [(timedelta(hours=3), 3 * HOUR), (timedelta(seconds=1), HOUR), (timedelta(days=90), timedelta(days=7))],
    ids=["three hours", "a second", "three months"],
)
def test_retry_after_stands_in_for_the_back_off(retry_after, expected):
    assert wait(Habits(failures=3), Asked(came=Came.FAILED, retry_after=retry_after)) == expected


def test_the_user_is_bound_by_retry_after_and_by_nothing_else():
    assert left_alone_until(2 * HOUR, NOW) == NOW + 2 * HOUR
    assert left_alone_until(None, NOW) is None
    assert left_alone_until(timedelta(days=900), NOW) == NOW + timedelta(days=7)


@pytest.mark.parametrize(
    "asked",
    [
        (Habits(hints=Hints(least_wait=5 * HOUR)), CHANGED),
        (Habits(), Asked(came=Came.CHANGED, max_age=5 * HOUR)),
        (Habits(), Asked(came=Came.UNCHANGED, max_age=5 * HOUR)),
    ],
    ids=["ttl", "max-age", "max-age with a 304"],
)
def test_what_the_blog_asks_for_is_kept(asked):
    assert wait(*asked) == 5 * HOUR


def test_a_blog_cannot_ask_for_more_than_a_day():
    assert wait(Habits(hints=Hints(least_wait=timedelta(days=300)))) == LONGEST


def test_a_server_that_always_sends_everything_is_asked_seldom():
    assert wait(asked=Asked(came=Came.CHANGED, has_validators=False)) == WITHOUT_VALIDATORS


def test_hours_that_the_feed_leaves_out_are_left_out():
    hints = Hints(skip_hours=frozenset({13, 14, 15}))
    assert wait(Habits(hints=hints)) == timedelta(hours=4)


def test_days_that_the_feed_leaves_out_are_left_out():
    hints = Hints(skip_days=frozenset({0}))
    assert next_check(Habits(hints=hints), CHANGED, NOW, interval=HOUR) == datetime(
        2026, 8, 4, 0, 30, tzinfo=UTC
    )


def test_a_feed_that_leaves_out_everything_is_not_believed():
    hints = Hints(skip_hours=frozenset(range(24)))
    assert wait(Habits(hints=hints)) == HOUR


def test_blogs_asked_together_drift_apart():
    assert wait(spread=0.0) < wait(spread=0.5) < wait(spread=1.0) <= 1.2 * HOUR


@given(
    habits=st.builds(
        Habits,
        changed_at=st.none() | st.timedeltas(timedelta(), timedelta(days=9000)).map(lambda past: NOW - past),
        failures=st.integers(0, 10**9),
        hints=st.builds(
            Hints,
            least_wait=st.none() | st.timedeltas(timedelta(), timedelta(days=10**6)),
            skip_hours=st.frozensets(st.integers(0, 23)),
            skip_days=st.frozensets(st.integers(0, 6)),
        ),
    ),
    asked=st.builds(
        Asked,
        came=st.sampled_from([Came.CHANGED, Came.UNCHANGED, Came.FAILED]),
        has_validators=st.booleans(),
        max_age=st.none() | st.timedeltas(timedelta(), timedelta(days=10**6)),
        retry_after=st.none() | st.timedeltas(timedelta(), timedelta(days=10**6)),
    ),
    interval=st.timedeltas(timedelta(minutes=1), timedelta(days=30)),
    spread=st.floats(0, 1),
)
def test_no_blog_is_asked_before_the_interval_nor_forgotten(habits, asked, interval, spread):
    moment = next_check(habits, asked, NOW, interval=interval, spread=spread)
    assert interval <= moment - NOW <= 1.2 * interval + timedelta(days=14, hours=2)
