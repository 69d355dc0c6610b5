"""When a digest is due, against a slow reference that looks at every minute, and how it is set."""

from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from config_files import MAILBOX, problems, read, write
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.model.calendar import Hours
from bot.model.digest import PATIENCE, due_day

MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)
ZONES = ("Europe/Madrid", "America/New_York", "Australia/Lord_Howe", "Africa/Cairo", "UTC")
CHANGES = tuple(
    date(2026, month, day)
    for month, day in ((3, 7), (3, 28), (4, 4), (4, 23), (10, 3), (10, 24), (10, 29), (10, 31))
)
"""The days before clocks are put on or back."""
WEEKDAYS = dict.fromkeys(range(5), ((time(9), time(18)),))


def reference(hours: Hours, zone: ZoneInfo, at: time, first: date) -> dict[datetime, date]:
    """Which day's digest is due at each minute of some days, found by looking at the clock."""
    begin = datetime.combine(first, time(0), UTC) - DAY
    minutes = [begin + number * MINUTE for number in range(5 * 1440)]
    walls = [each.astimezone(zone).replace(tzinfo=None) for each in minutes]
    due: dict[datetime, date] = {}
    for day in (first + number * DAY for number in range(3)):
        if hours.week and (day in hours.closed or day.weekday() not in hours.week):
            continue
        strikes = datetime.combine(day, at)
        moment = next(m for m, wall in zip(minutes, walls, strict=True) if wall >= strikes)
        due |= {moment + number * MINUTE: day for number in range(PATIENCE // MINUTE)}
    return due


@settings(deadline=None, max_examples=60)
@given(
    zone=st.sampled_from(ZONES),
    first=st.sampled_from(CHANGES),
    at=st.times().map(lambda each: each.replace(second=0, microsecond=0)),
    always=st.booleans(),
    closed=st.booleans(),
)
def test_it_is_due_once_a_working_day_at_its_hour_whatever_the_clocks_do(
    zone, first, at, always, closed
):
    place = ZoneInfo(zone)
    hours = Hours(place, {} if always else WEEKDAYS, frozenset([first + DAY] if closed else []))
    known = reference(hours, place, at, first)
    begin = datetime.combine(first, time(14), UTC)
    for number in range(1440 // 5):  # a day around the change
        now = begin + number * 5 * MINUTE
        assert due_day(hours, place, at, now) == known.get(now), now


def test_it_comes_by_its_readers_clock():
    hours = Hours(ZoneInfo("Europe/Madrid"), WEEKDAYS)
    at = datetime(2026, 11, 24, 8, 30, tzinfo=ZoneInfo("America/Mexico_City"))
    mexico = ZoneInfo("America/Mexico_City")
    assert due_day(hours, mexico, time(8, 30), at) == date(2026, 11, 24)
    assert due_day(hours, mexico, time(8, 30), at - MINUTE) is None


AGENT = """
[[agents]]
name = "Ana"
addresses = {{ email = "ana@example.org" }}
digest = {}
"""


@pytest.mark.parametrize(
    ("written", "meant"),
    [('"08:30"', time(8, 30)), ('"8:05"', time(8, 5)), ('""', None), ("08:30:00", time(8, 30))],
)
def test_its_hour_is_read_from_the_config(tmp_path: Path, written: str, meant: time | None) -> None:
    config = read(write(tmp_path, MAILBOX + AGENT.format(written)))
    assert config.desk.agents[0].digest == meant


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ('"25:00"', '"25:00"'),
        ('"half past eight"', '"half past eight"'),
        ('"8"', '"8"'),
        ("830", "830"),
        ("true", "True"),
    ],
)
def test_what_is_no_hour_is_told_with_the_mend(tmp_path: Path, written: str, shown: str) -> None:
    ((_, what, mend),) = problems(write(tmp_path, MAILBOX + AGENT.format(written)))
    assert (what, mend) == (f"digest = {shown} is no time", 'write it like "08:30"')


def test_who_has_no_mail_gets_none_and_the_operator_hears_so(tmp_path: Path) -> None:
    agent = AGENT.format('"08:30"').replace("ana@example.org", "ana")
    said = [what for _, what, _ in problems(write(tmp_path, MAILBOX + agent))]
    assert "a digest goes by mail, and there is no way to them by mail" in said
