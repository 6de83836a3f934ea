import subprocess
import sys
import time
from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui_reader.moments import day, when

NOW = datetime(2026, 8, 3, 12, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("ago", "expected"),
    [
        (timedelta(0), "just now"),
        (timedelta(seconds=59), "just now"),
        (timedelta(seconds=60), "1 minute ago"),
        (timedelta(minutes=59, seconds=59), "59 minutes ago"),
        (timedelta(minutes=60), "1 hour ago"),
        (timedelta(hours=3, minutes=50), "3 hours ago"),
        (timedelta(hours=23, minutes=59), "23 hours ago"),
        (timedelta(hours=24), "2 Aug, 12:00"),
        (timedelta(days=200), "15 Jan, 12:00"),
        (timedelta(days=300), "7 Oct 2025"),
        (-timedelta(seconds=30), "just now"),
        (-timedelta(hours=2), "3 Aug, 14:00"),
        (-timedelta(days=200), "19 Feb 2027"),
    ],
)
def test_recent_moments_are_relative_and_older_ones_are_dates(ago: timedelta, expected: str) -> None:
    assert when(NOW - ago, NOW, tz=UTC) == expected


def test_days_name_the_year_only_when_it_is_another() -> None:
    assert day(NOW, NOW, tz=UTC) == "3 Aug"
    assert day(datetime(2025, 12, 31, 23, 0, tzinfo=UTC), NOW, tz=UTC) == "31 Dec 2025"


def test_french_is_french() -> None:
    assert when(NOW - timedelta(hours=3), NOW, "fr", tz=UTC) == "il y a 3 heures"
    assert when(NOW, NOW, "fr_FR.UTF-8", tz=UTC) == "à l’instant"
    assert when(NOW - timedelta(days=1), NOW, "fr", tz=UTC) == "2 août, 12:00"
    assert day(datetime(2025, 8, 3, tzinfo=UTC), NOW, "fr-CA", tz=UTC) == "3 août 2025"


def test_other_countries_order_the_date_their_own_way() -> None:
    assert day(NOW, NOW, "en_US", tz=UTC) == "Aug 3"
    assert day(NOW, NOW, "de", tz=UTC) == "3. Aug."
    assert day(NOW, NOW, "ja", tz=UTC) == "8月3日"
    assert when(NOW, NOW, "ja", tz=UTC) == "1 分前"


@pytest.mark.parametrize("locale", ["C", "POSIX", "xx_YY", "", "not a locale"])
def test_an_unknown_language_is_english(locale: str) -> None:
    assert when(NOW - timedelta(hours=3), NOW, locale, tz=UTC) == "3 hours ago"
    assert day(NOW, NOW, locale, tz=UTC) == "3 Aug"


def test_moments_are_told_where_the_reader_is() -> None:
    east = timezone(timedelta(hours=14))
    new_year = datetime(2025, 12, 31, 20, 0, tzinfo=UTC)
    assert when(new_year, NOW, tz=east) == "1 Jan, 10:00"
    assert when(new_year, NOW, tz=UTC) == "31 Dec 2025"


def test_moments_at_the_ends_of_the_calendar_are_told_too() -> None:
    west = timezone(timedelta(hours=-12))
    assert day(datetime(1, 1, 1, tzinfo=UTC), NOW, tz=west) == "1 Jan 1"


def test_an_unknown_moment_is_empty() -> None:
    assert when(None, NOW) == day(None, NOW) == ""


@given(
    st.datetimes(timezones=st.just(UTC)),
    st.sampled_from(["en", "fr", "ar"]),
    st.sampled_from([UTC, timezone(timedelta(hours=14)), timezone(timedelta(hours=-12))]),
)
def test_every_moment_can_be_told(moment: datetime, locale: str, tz: timezone) -> None:
    assert when(moment, NOW, locale, tz=tz)
    assert day(moment, NOW, locale, tz=tz)


def test_a_list_of_moments_is_told_in_milliseconds() -> None:
    rows = [NOW - timedelta(hours=7 * number, minutes=number) for number in range(200)]
    when(rows[-1], NOW)

    def seconds() -> float:
        begun = time.process_time()
        for row in rows:
            when(row, NOW)
        return time.process_time() - begun

    assert min(seconds() for _ in range(5)) < 0.05  # twenty times what it takes


def test_the_calendar_is_not_loaded_until_a_moment_is_told() -> None:
    code = "import sys, tui_reader.moments; sys.exit('babel' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
