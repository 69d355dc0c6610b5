"""Calendars and targets as the config writes them, and the mistakes that are told."""

from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from config_files import MAILBOX, only_problem, read, write

from bot.model.holiday import holidays_of
from bot.model.target import Clock, Terms
from bot.model.triage import Kind, Priority

WRITTEN = """
[desk]
zone = "Europe/Madrid"
[desk.hours]
monday = "09:00-18:00"
holidays = "ES-MD"
opened = [2026-05-02]
[[teams]]
name = "support"
[[teams]]
name = "network"
hours = { monday = "08:00-12:00" }
[[organisations]]
name = "Acme"
contract = "gold"
[[calendars]]
name = "always"
contracts = ["gold"]
[[calendars]]
name = "Sydney"
zone = "Australia/Sydney"
tuesday = "09:00-17:00"
holidays = "AU-NSW"
offices = ["Sydney"]
[[targets]]
name = "urgent"
first_answer_minutes = 30
calendar = "always"
when.priority = ["urgent", "high"]
when.kind = ["incident"]
[[targets]]
name = "all"
solution_hours = 48
"""


def terms(**given: object) -> Terms:
    return Terms(**{"priority": Priority.NORMAL, "kind": Kind.INCIDENT, "team": "support", **given})


def test_calendars_and_targets_are_read(tmp_path: Path) -> None:
    desk = read(write(tmp_path, MAILBOX + WRITTEN)).desk
    assert desk.hours.holidays == holidays_of("ES-MD")
    assert desk.hours.opened == {date(2026, 5, 2)}
    assert desk.targets.remind_at == (0.5, 0.75)
    urgent = desk.targets.agreed(terms(priority=Priority.HIGH), desk.calendar)
    assert (urgent.target.name, urgent.length(Clock.FIRST)) == ("urgent", timedelta(minutes=30))
    assert urgent.calendar.hours.always
    plain = desk.targets.agreed(terms(), desk.calendar)
    assert (plain.target.name, plain.calendar) == ("all", desk.calendar)
    assert desk.targets.agreed(terms(contract="gold"), desk.calendar).calendar.name == "always"


def test_the_hours_of_a_team_are_its_calendar_and_an_office_has_its_own_zone(
    tmp_path: Path,
) -> None:
    desk = read(write(tmp_path, MAILBOX + WRITTEN)).desk
    team = desk.targets.agreed(terms(team="network"), desk.calendar).calendar
    assert (team.name, team.hours.week) == ("team:network", {0: ((time(8), time(12)),)})
    far = desk.targets.agreed(terms(office="Sydney"), desk.calendar).calendar.hours
    assert far.zone == ZoneInfo("Australia/Sydney")
    assert far.is_open(datetime(2026, 11, 23, 23, tzinfo=UTC))


@pytest.mark.parametrize(
    ("text", "line", "problem"),
    [
        ("[desk]\nremind_at = [75, 50]", 2, "write two of a hundred, in their order"),
        ("[desk.hours]\nmonday = '9-17'\nholidays = 'XX'", 3, "write a country, or one of its"),
        ("[[calendars]]\nname = 'a'\nholidays = 'ES'", 3, "without hours never closes"),
        ("[[calendars]]\nname = 'a'\nteams = ['b']", 3, 'there is no team "b": there are: support'),
        ("[[calendars]]\nname = 'a'\ncontracts = ['b']", 3, "there are: none"),
        ("[[calendars]]\nname = 'a'\n[[calendars]]\nname = 'A'", 4, "stands in line 2 already"),
        ("[[targets]]\nname = 'a'", 1, "this target promises nothing"),
        ("[[targets]]\nname = 'a'\nnews_days = 1\ncalendar = 'x'", 4, 'no calendar "x"'),
        (
            "[[targets]]\nname = 'a'\nnews_days = 1\n[[targets]]\nname = 'b'\nnews_days = 1",
            4,
            '"a" takes all that this target would',
        ),
        (
            "[[targets]]\nname = 'a'\nnews_days = 1\nwhen.team = ['suport']",
            4,
            'did you mean "support"?',
        ),
        ("[[targets]]\nname = 'a'\nnews_days = 1\nwhen.priority = ['grave']", 4, "low"),
        ("[[escalations]]\nname = 'a'\nafter = 'half'", 1, "says of nobody who goes on"),
        ("[[escalations]]\nname = 'a'\nafter = 'half'\nlevel = 4", 4, "write 2 or 3"),
        ("[[escalations]]\nname = 'a'\nafter = 'late'\nlevel = 2", 3, "three_quarters"),
        ("[[escalations]]\nname = 'a'\nafter = 'half'\nteam = 'x'", 4, 'no team "x"'),
        ("[[escalations]]\nname = 'a'\nafter = 'half'\nagent = 'x'", 4, 'no agent "x"'),
    ],
)
def test_a_mistake_is_told_with_its_mend(
    tmp_path: Path, text: str, line: int, problem: str
) -> None:
    found = only_problem(write(tmp_path, text))
    assert found[0] == line
    assert problem in f"{found[1]}: {found[2]}"
