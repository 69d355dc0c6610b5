"""When a report is due: by the calendar, once, never in the night."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from config_files import MAILBOX, only_problem, read, write

from bot.model.calendar import Hours
from bot.model.subscription import Every, Subscription, period

MADRID = ZoneInfo("Europe/Madrid")
WEEK = {day: ((time(9), time(18)),) for day in range(5)}
HOURS = Hours(MADRID, WEEK, frozenset({date(2026, 12, 7), date(2026, 12, 8)}))  # Monday, Tuesday
DAILY = Subscription(report="daily", to=("teams",))
WEEKLY = Subscription(report="weekly", to=("everybody",))
MONTHLY = Subscription(report="monthly", to=("leads",))


def at(day: int, hour: int, minute: int = 0, month: int = 12) -> datetime:
    return datetime(2026, month, day, hour, minute, tzinfo=MADRID).astimezone(UTC)


def test_a_brief_tells_of_the_time_since_the_last_day_of_work() -> None:
    monday = period(DAILY, HOURS, at(30, 9, month=11))
    assert monday is not None
    assert (monday.since, monday.until) == (at(27, 9, month=11), at(30, 9, month=11))
    assert period(DAILY, HOURS, at(30, 8, 59, month=11)) is None
    assert period(DAILY, HOURS, at(5, 9)) is None  # a Saturday


@pytest.mark.parametrize("chosen", [WEEKLY, replace(MONTHLY, day=7)])
def test_what_is_due_on_a_closed_day_goes_out_on_the_next_open_one(chosen: Subscription) -> None:
    assert period(chosen, HOURS, at(8, 10)) is None
    due = period(chosen, HOURS, at(9, 9))
    assert due is not None
    assert due.name == "2026-12-09"


def test_a_month_is_told_whole() -> None:
    due = period(MONTHLY, HOURS, at(1, 9))
    assert due is not None
    assert (due.since, due.until) == (at(1, 0, month=11), at(1, 0))


def test_after_an_absence_the_last_one_alone_goes_out_at_its_hour() -> None:
    late = period(WEEKLY, HOURS, at(3, 10))  # a Thursday
    assert late is not None
    assert (late.name, late.until - late.since) == ("2026-11-30", timedelta(days=7))
    assert period(WEEKLY, HOURS, at(3, 3)) is None
    assert period(WEEKLY, HOURS, at(3, 14)) is None


WRITTEN = """
[[teams]]
name = "support"
[[agents]]
name = "Leo"
addresses = { email = "leo@example.org" }
role = "lead"
[[subscriptions]]
report = "daily"
to = ["teams", "support", "boss@example.org"]
at = "08:45"
[[subscriptions]]
report = "weekly"
to = ["everybody"]
weekday = "friday"
language = "es"
[[subscriptions]]
report = "satisfaction"
to = ["leads"]
every = "month"
day = 15
"""


def test_subscriptions_are_read(tmp_path: Path) -> None:
    daily, weekly, other = read(write(tmp_path, MAILBOX + WRITTEN)).desk.subscriptions
    assert (daily.at, daily.rhythm, daily.to[1]) == (time(8, 45), Every.DAY, "support")
    assert (weekly.at, weekly.rhythm, weekly.weekday) == (time(9), Every.WEEK, 4)
    assert (other.rhythm, other.day) == (Every.MONTH, 15)


BEGIN = "[[subscriptions]]\nreport = 'daily'\nto = "


@pytest.mark.parametrize(
    ("text", "line", "problem"),
    [
        ("[[subscriptions]]\nreport = 'dayly'\nto = ['teams']", 2, 'did you mean "daily"?'),
        (f"{BEGIN}[]", 3, "to names nobody"),
        (f"{BEGIN}['everybody']", 3, 'the report "daily" is none for everybody'),
        (f"{BEGIN}['leads']", 3, "nobody leads"),
        (f"{BEGIN}['team']", 3, 'did you mean "teams"?'),
        (f"{BEGIN}['boss@example.org']", 3, "no channel that is configured writes to"),
        (f"{BEGIN}['slack:C1']", 3, "the channel slack isn't configured"),
        (f"{BEGIN}['teams']\nday = 31", 4, "1 to 28"),
        (f"{BEGIN}['teams']\nat = '25:00'", 4, "is no time"),
        (f"{BEGIN}['teams']\nlanguage = 'tlh'", 4, 'no texts in "tlh"'),
    ],
)
def test_a_mistake_is_told_with_its_mend(
    tmp_path: Path, text: str, line: int, problem: str
) -> None:
    found = only_problem(write(tmp_path, text))
    assert found[0] == line
    assert problem in f"{found[1]}: {found[2]}"
