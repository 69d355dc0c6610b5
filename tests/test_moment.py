"""Moments as people write them, in every zone and over changed clocks."""

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.model.moment import read_moment

steady = settings(derandomize=True, deadline=None)

MADRID = ZoneInfo("Europe/Madrid")
NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)  # ten o'clock in Madrid
ZONES = st.sampled_from(["Europe/Madrid", "America/Mexico_City", "Asia/Kathmandu", "UTC"])
MOMENTS = st.integers(0, 5 * 366 * 1440).map(lambda minutes: NOW + timedelta(minutes=minutes))


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("2h", datetime(2026, 11, 23, 11, 0, tzinfo=UTC)),
        ("90 min", datetime(2026, 11, 23, 10, 30, tzinfo=UTC)),
        ("45m", datetime(2026, 11, 23, 9, 45, tzinfo=UTC)),
        ("3d", datetime(2026, 11, 26, 9, 0, tzinfo=UTC)),
        ("2w", datetime(2026, 12, 7, 9, 0, tzinfo=UTC)),
        ("2s", datetime(2026, 12, 7, 9, 0, tzinfo=UTC)),  # semanas
        ("14:30", datetime(2026, 11, 23, 13, 30, tzinfo=UTC)),
        ("14.30", datetime(2026, 11, 23, 13, 30, tzinfo=UTC)),
        ("9:59", datetime(2026, 11, 24, 8, 59, tzinfo=UTC)),
        ("10:00", datetime(2026, 11, 24, 9, 0, tzinfo=UTC)),
        ("2026-12-01", datetime(2026, 12, 1, 8, 0, tzinfo=UTC)),
        ("2026-12-01 15:45", datetime(2026, 12, 1, 14, 45, tzinfo=UTC)),
        ("  2026-07-01   8:00 ", datetime(2026, 7, 1, 6, 0, tzinfo=UTC)),
        ("2H", datetime(2026, 11, 23, 11, 0, tzinfo=UTC)),
    ],
)
def test_people_write_moments_in_many_ways(words: str, expected: datetime) -> None:
    assert read_moment(words, NOW, MADRID) == expected


@pytest.mark.parametrize(
    "words",
    ["", "soon", "25:00", "14:60", "2026-02-30", "2026-13-01", "h", "2 x", "12", "2026-12-01 soon"],
)
def test_what_is_no_moment_is_none(words: str) -> None:
    assert read_moment(words, NOW, MADRID) is None


@pytest.mark.parametrize(
    "words", ["9999d", "9999w", "9999-12-31", "0000-01-01", "9999-12-31 23:59"]
)
def test_a_moment_beyond_every_calendar_is_no_mistake_of_ours(words: str) -> None:
    late = datetime(9999, 1, 1, tzinfo=UTC)
    for zone in (MADRID, ZoneInfo("America/Mexico_City"), ZoneInfo("Pacific/Kiritimati")):
        assert read_moment(words, NOW, zone) in (None, NOW + timedelta(days=9999))
        assert read_moment(words, late, zone) is None or words.startswith("9999-12")


@steady
@given(MOMENTS, ZONES, st.times())
def test_a_time_of_day_is_the_next_to_come(now: datetime, zone: str, clock: time) -> None:
    here = ZoneInfo(zone)
    found = read_moment(f"{clock.hour}:{clock.minute:02}", now, here)
    assert found is not None
    assert timedelta(0) < found - now <= timedelta(hours=25)
    wall = found.astimezone(here)
    skipped = (wall.hour, wall.minute) != (clock.hour, clock.minute)  # an hour that doesn't exist
    assert not skipped or found.astimezone(UTC).astimezone(here).utcoffset() != (
        (found - timedelta(hours=3)).astimezone(here).utcoffset()
    )


@steady
@given(MOMENTS, ZONES, st.integers(0, 9999), st.sampled_from(["m", "min", "h", "d", "w"]))
def test_a_duration_is_real_time(now: datetime, zone: str, count: int, unit: str) -> None:
    minutes = {"m": 1, "min": 1, "h": 60, "d": 1440, "w": 10080}[unit]
    found = read_moment(f"{count}{unit}", now, ZoneInfo(zone))
    meant = timedelta(minutes=count * minutes)
    assert found == (now + meant if meant < timedelta(days=36_525) else None)


@steady
@given(st.text(max_size=30), MOMENTS)
def test_no_words_break_it(words: str, now: datetime) -> None:
    found = read_moment(words, now, MADRID)
    assert found is None or found.tzinfo is not None
