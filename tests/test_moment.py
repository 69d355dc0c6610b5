"""Moments as people say them, in both languages, in every zone and over changed clocks."""

from calendar import monthrange
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.model.moment import read_moment
from bot.text import load_texts
from bot.when import calling

steady = settings(derandomize=True, deadline=None)

TEXTS = load_texts()
CALLED = calling(TEXTS)
MADRID = ZoneInfo("Europe/Madrid")
NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)  # a Monday, ten o'clock in Madrid
ZONES = st.sampled_from(["Europe/Madrid", "America/Mexico_City", "Asia/Kathmandu", "UTC"])
MOMENTS = st.integers(0, 5 * 366 * 1440).map(lambda minutes: NOW + timedelta(minutes=minutes))
WEEKDAYS = [
    (number, name)
    for language in TEXTS.languages
    for number, name in enumerate(TEXTS.words("format.weekdays", language))
]


def read(words: str, now: datetime = NOW, zone: ZoneInfo = MADRID) -> datetime | None:
    return read_moment(words, now, zone, CALLED)


def at(day: int, hour: int, minute: int = 0, month: int = 11) -> datetime:
    """That moment on a clock in Madrid."""
    return datetime(2026, month, day, hour, minute, tzinfo=MADRID).astimezone(UTC)


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("2h", at(23, 12)),
        ("90 min", at(23, 11, 30)),
        ("45m", at(23, 10, 45)),
        ("3d", at(26, 10)),
        ("2w", at(7, 10, month=12)),
        ("2s", at(7, 10, month=12)),  # semanas
        ("2H", at(23, 12)),
        ("2h30", at(23, 12, 30)),
        ("2h 30min", at(23, 12, 30)),
        ("1d4h", at(24, 14)),
        ("2 hours and 5 minutes", at(23, 12, 5)),
        ("in an hour", at(23, 11)),
        ("half an hour", at(23, 10, 30)),
        ("in fifteen minutes", at(23, 10, 15)),
        ("dentro de tres cuartos de hora", at(23, 10, 45)),
        ("dentro de 3 días", at(26, 10)),
        ("en una semana", at(30, 10)),
        ("2 horas y media", at(23, 12, 30)),
        ("14:30", at(23, 14, 30)),
        ("14.30", at(23, 14, 30)),
        ("9:59", at(24, 9, 59)),
        ("10:00", at(24, 10)),
        ("3pm", at(23, 15)),
        ("at 3:15 p.m.", at(23, 15, 15)),
        ("12am", at(24, 0)),
        ("a las 9 y media", at(24, 9, 30)),
        ("a las 3 de la tarde", at(23, 15)),
        ("esta tarde", at(23, 15)),
        ("today at 18:00", at(23, 18)),
        ("hoy a las 18:00", at(23, 18)),
        ("tomorrow", at(24, 9)),
        ("Mañana", at(24, 9)),
        ("tomorrow at 11", at(24, 11)),
        ("at 11 tomorrow", at(24, 11)),
        ("mañana a las 11", at(24, 11)),
        ("mañana por la mañana", at(24, 9)),
        ("tomorrow afternoon", at(24, 15)),
        ("tomorrow at noon", at(24, 12)),
        ("the day after tomorrow", at(25, 9)),
        ("pasado mañana a las 8:15", at(25, 8, 15)),
        ("friday", at(27, 9)),
        ("Fri", at(27, 9)),
        ("viernes", at(27, 9)),
        ("el viernes a las 14:30", at(27, 14, 30)),
        ("until Friday at 3 in the afternoon", at(27, 15)),
        ("el próximo miércoles", at(25, 9)),
        ("el viernes que viene", at(27, 9)),
        ("monday", at(30, 9)),
        ("monday 11:00", at(23, 11)),
        ("monday 9:30", at(30, 9, 30)),
        ("next week", at(30, 9)),
        ("la próxima semana", at(30, 9)),
        ("2026-12-01", at(1, 9, month=12)),
        ("2026-12-01 15:45", at(1, 15, 45, month=12)),
        ("  2026-07-01   8:00 ", at(1, 8, month=7)),
    ],
)
def test_people_write_moments_in_many_ways(words: str, expected: datetime) -> None:
    assert read(words) == expected


@pytest.mark.parametrize(
    "words",
    [
        *(
            "",
            "soon",
            "25:00",
            "14:60",
            "2026-02-30",
            "2026-13-01",
            "h",
            "2 x",
            "12",
            "at",
            "at 25",
        ),
        *(
            "2026-12-01 soon",
            "friday at",
            "tomorrow friday",
            "9:00 10:00",
            "2d30",
            "friday 2h",
            "a",
        ),
        *("yesterday", "ayer", "2h tomorrow", "el", "friday the 13th", "december"),
    ],
)
def test_what_is_no_moment_is_none(words: str) -> None:
    assert read(words) is None


@pytest.mark.parametrize(
    "words",
    ["9999d", "9999w", "9999-12-31", "0000-01-01", "9999-12-31 23:59", "friday", "tomorrow"],
)
def test_a_moment_beyond_every_calendar_is_no_mistake_of_ours(words: str) -> None:
    late = datetime(9999, 12, 31, 12, tzinfo=UTC)
    for zone in (MADRID, ZoneInfo("America/Mexico_City"), ZoneInfo("Pacific/Kiritimati")):
        for now in (NOW, late):
            found = read(words, now, zone)
            assert found is None or abs(found - now) <= timedelta(days=9999)


@steady
@given(MOMENTS, ZONES, st.times())
def test_a_time_of_day_is_the_next_to_come(now: datetime, zone: str, clock: time) -> None:
    here = ZoneInfo(zone)
    found = read(f"{clock:%H:%M}", now, here)
    assert found is not None
    assert timedelta(0) < found - now <= timedelta(hours=25)
    assert_shown(found, here, clock)


@steady
@given(MOMENTS, ZONES, st.integers(0, 9999), st.sampled_from(["m", "min", "h", "d", "w"]))
def test_a_duration_is_real_time(now: datetime, zone: str, count: int, unit: str) -> None:
    minutes = {"m": 1, "min": 1, "h": 60, "d": 1440, "w": 10080}[unit]
    found = read(f"{count}{unit}", now, ZoneInfo(zone))
    meant = timedelta(minutes=count * minutes)
    assert found == (now + meant if meant < timedelta(days=36_525) else None)


@steady
@given(MOMENTS, ZONES, st.integers(0, 240), st.sampled_from(["months", "meses"]))
def test_a_month_on_is_the_same_day_or_the_last(
    now: datetime, zone: str, count: int, unit: str
) -> None:
    here = ZoneInfo(zone)
    found = read(f"{count} {unit}", now, here)
    assert found is not None
    wall, begun = found.astimezone(here), now.astimezone(here)
    assert (wall.year - begun.year) * 12 + wall.month - begun.month == count
    assert wall.day == min(begun.day, monthrange(wall.year, wall.month)[1])
    assert_shown(found, here, begun.time())


@steady
@given(MOMENTS, ZONES)
def test_the_next_month_begins_and_this_one_ends_on_a_day_to_come(now: datetime, zone: str) -> None:
    here = ZoneInfo(zone)
    today = now.astimezone(here).date()
    begins, ends = (read(words, now, here) for words in ("next month", "fin de mes"))
    assert begins is not None
    assert ends is not None
    assert begins.astimezone(here).day == 1
    assert 1 <= (begins.astimezone(here).date() - today).days <= 31
    last = ends.astimezone(here).date()
    assert last.day == monthrange(last.year, last.month)[1]
    assert 1 <= (last - today).days <= 31
    for found in (begins, ends):
        assert_shown(found, here, time(9))


@steady
@given(st.dates(min_value=date(2026, 11, 24), max_value=date(2099, 12, 31)))
def test_a_date_in_numbers_has_its_day_first(day: date) -> None:
    found = read(f"{day.day}/{day.month}/{day.year}")
    assert found == (datetime.combine(day, time(9), MADRID).astimezone(UTC))
    assert found == read(f"{day:%d/%m/%y}")


@steady
@given(MOMENTS, st.integers(0, 99), st.integers(0, 59))
def test_hours_and_minutes_in_one_word_are_a_duration(now: datetime, hours: int, more: int) -> None:
    meant = now + timedelta(hours=hours, minutes=more)
    for words in (f"{hours}h{more}", f"{hours}h{more:02}", f"{hours} h {more} min"):
        assert read(words, now) == meant


@steady
@given(MOMENTS, ZONES, st.sampled_from(WEEKDAYS))
def test_a_day_of_the_week_is_the_next_but_not_today(
    now: datetime, zone: str, day: tuple[int, str]
) -> None:
    here = ZoneInfo(zone)
    found = read(day[1], now, here)
    assert found is not None
    days = (found.astimezone(here).date() - now.astimezone(here).date()).days
    assert found.astimezone(here).weekday() == day[0]
    assert 1 <= days <= 7
    assert_shown(found, here, time(9))


@steady
@given(MOMENTS, ZONES, st.sampled_from(WEEKDAYS), st.times())
def test_a_day_of_the_week_with_a_time_is_the_next_to_come(
    now: datetime, zone: str, day: tuple[int, str], clock: time
) -> None:
    here, told = ZoneInfo(zone), f"{clock:%H:%M}"
    found = read(f"{day[1]} {told}", now, here)
    assert found is not None
    assert found == read(f"{told} {day[1]}", now, here)
    assert found.astimezone(here).weekday() == day[0]
    assert timedelta(0) < found - now <= timedelta(days=7, hours=1)
    assert_shown(found, here, clock)


@steady
@given(MOMENTS, ZONES, st.sampled_from([("tomorrow", "at"), ("mañana", "a las")]), st.times())
def test_tomorrow_is_tomorrow_where_the_reader_is(
    now: datetime, zone: str, words: tuple[str, str], clock: time
) -> None:
    here = ZoneInfo(zone)
    found = read(f"{words[0]} {words[1]} {clock:%H:%M}", now, here)
    assert found is not None
    assert (found.astimezone(here).date() - now.astimezone(here).date()).days == 1
    assert_shown(found, here, clock)


def assert_shown(found: datetime, here: ZoneInfo, clock: time) -> None:
    """A clock there shows that time, but for an hour that the change of clocks leaves out."""
    wall = found.astimezone(here)
    before = (found - timedelta(hours=3)).astimezone(here)
    skipped = wall.utcoffset() != before.utcoffset()
    assert skipped or (wall.hour, wall.minute) == (clock.hour, clock.minute)
