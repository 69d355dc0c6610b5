"""Which reports had to arrive where, reckoned anew, beside those that were sent."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from benchmarks.year.play import FINISHED, PLANNED, Done, Year
from benchmarks.year.reference import Days, tick_from
from benchmarks.year.row import Row, compared
from benchmarks.year.world import AT, BEGIN, MAIL
from bot.model.mailroom import Letter

_DAY = timedelta(days=1)
_LATEST = timedelta(hours=4)  # so long after its hour it may still go out
_HEARD = timedelta(days=90)
_AHEAD = 10  # days of which the weekly word says where the desk is closed
_FRIDAY = 4
_TITLES = {
    "the day ahead": "daily",
    "your week with us": "weekly",
    "tu semana con nosotros": "weekly",
    "how the month went": "monthly",
}
_WROTE = ("open", "answer", "reopen")

Told = tuple[str, datetime, str]  # which report, when, to whom


def reports_told(year: Year, letters: Iterable[Letter]) -> Iterator[Row]:
    """Hold the reports that were due against those that were sent, each of the three."""
    sent = [*_sent(letters)]
    for name, due in (("daily", _daily), ("weekly", _weekly), ("monthly", _monthly)):
        told = (x for x in sent if x[0] == name)
        yield compared(f"reports, {name}", ((name, *x) for x in due(year)), told)


def _sent(letters: Iterable[Letter]) -> Iterator[Told]:
    for each in letters:
        _, _, title = each.subject.partition(": ")
        if not each.ticket and title in _TITLES:
            yield _TITLES[title], each.created_at, each.recipient or each.to.channel


@dataclass(frozen=True)
class _Issue:
    """One time that a report goes out: of which day it is, since the one before it, and when."""

    of: datetime
    since: datetime
    at: datetime


def _issues(year: Year, team: str, hour: time, named: Iterable[date]) -> Iterator[_Issue]:
    """When a report goes out that is due on these days, of which the last alone is made up for."""
    days = Days(team)
    begun = year.ticks[0].astimezone(days.zone).date()
    last = year.ticks[-1].astimezone(days.zone).date()
    wanted = sorted({days.first_open(each) for each in named})
    told = begun
    for n in range((last - begun).days + 1):
        day = begun + n * _DAY
        known = [each for each in wanted if each <= day]
        if not days.is_open(day) or not known or known[-1] <= told:
            continue
        moment = _moment(day, hour, days.zone)
        tick = tick_from(year.ticks, moment)
        if tick < moment + _LATEST:
            told = known[-1]
            of, since = (_moment(each, hour, days.zone) for each in (told, [begun, *known][-2]))
            yield _Issue(of, since, tick)


def _moment(day: date, hour: time, zone: ZoneInfo) -> datetime:
    return datetime.combine(day, hour, zone).astimezone(UTC)


def _all_days() -> list[date]:
    return [(BEGIN + n * _DAY).date() for n in range(-7, 366)]


def _daily(year: Year) -> Iterator[tuple[datetime, str]]:
    """Each team hears of its day: in its room, or each of its agents by mail."""
    for team, channel in AT.items():
        alone = [f"{x}.{team}@desk.example" for x in ("ann", "ben", "lea")]
        readers = alone if channel == MAIL else [channel]
        for issue in _issues(year, team, time(8, 45), _all_days()):
            yield from ((issue.at, each) for each in readers)


def _monthly(year: Year) -> Iterator[tuple[datetime, str]]:
    firsts = (each for each in _all_days() if each.day == 1)
    for issue in _issues(year, "support", time(9), firsts):
        yield from ((issue.at, f"lea.{team}@desk.example") for team in AT)


def _weekly(year: Year) -> Iterator[tuple[datetime, str]]:
    """Who wrote lately hears of their week, where there is anything to tell."""
    fridays = (each for each in _all_days() if each.weekday() == _FRIDAY)
    wrote = writers(year)
    for issue in _issues(year, "support", time(13), fridays):
        general = _anything(year, issue)
        waiting = {x.story.requester.address for x in year.done if _is_open(x, issue.at)}
        for person, moments in wrote.items():
            heard = max((x for x in moments if x <= issue.at), default=None)
            if heard is not None and heard >= issue.at - _HEARD and (general or person in waiting):
                yield issue.at, person


def writers(year: Year) -> dict[str, list[datetime]]:
    """When each person wrote."""
    wrote: dict[str, list[datetime]] = {}
    for each in year.done:
        said = (x.at for x in each.deeds if x.what in _WROTE)
        wrote.setdefault(each.story.requester.address, []).extend(said)
    return wrote


def _anything(year: Year, issue: _Issue) -> bool:
    """Whether something was solved that week, or everybody is to know of something."""
    days = Days("support")
    today = issue.of.astimezone(days.zone).date()
    ahead = (today + n * _DAY for n in range(_AHEAD))
    if any(each.weekday() <= _FRIDAY and not days.is_open(each) for each in ahead):
        return True
    if any(each <= issue.at < each + FINISHED for each in PLANNED):
        return True
    return any(_is_solved_in(each, issue) for each in year.done)


def _is_solved_in(life: Done, issue: _Issue) -> bool:
    done = [x for x in life.deeds if x.at <= issue.at and x.what in ("resolve", "reopen")]
    return bool(done) and done[-1].what == "resolve" and issue.since <= done[-1].at < issue.of


def _is_open(life: Done, at: datetime) -> bool:
    done = [x.what for x in life.deeds if x.at <= at and x.what in ("open", "resolve", "reopen")]
    return bool(done) and done[-1] != "resolve"
