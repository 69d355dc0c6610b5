"""The brief of the day: what waits, what is promised, who is away, and one thing that went well."""

from collections.abc import Iterable, Iterator
from datetime import datetime, time, timedelta

from bot.charting import Day, by_day, volumes
from bot.model.calendar import moment_of
from bot.model.chart import Chart
from bot.model.settings import Desk as Settings
from bot.model.ticket import Ticket
from bot.report import Facts, Report, Span
from bot.store import Work
from bot.story_of_day import success
from bot.text import Reader, Texts

_NAMED = 3  # of what waits, and of complaints
_PROMISED = 5
_MOST = 200  # promises of a day that are counted
_SHOWN = timedelta(days=14)  # on its chart
_DAY = timedelta(days=1)


def _run(work: Work, settings: Settings, span: Span) -> Facts:
    """As it is at the end of that time; with a team, of that alone."""
    teams = [span.team] if span.team else [each.name for each in settings.teams]
    zone, until = settings.zone, span.until
    midnight = moment_of(until.astimezone(zone).date() + _DAY, time(0), zone)
    promised = work.ledger.promised(midnight, span.team, _MOST)
    complaints = _unanswered(work.ledger.complaints(until, until, span.team))
    since = moment_of((until - _SHOWN).astimezone(zone).date() + _DAY, time(0), zone)
    read = (since, until, span.team)
    return {
        "open": work.tallies.queue(teams),
        "unclaimed": work.tallies.queue(teams, unclaimed=True),
        "waiting": [
            _row(settings, each) | {"since": each.opened_at}
            for each in work.tickets.queue(teams, _NAMED, unclaimed=True)
        ],
        "promised": [
            _row(settings, each.ticket)
            | {"clock": each.clock.value, "due": each.due_at, "late": each.due_at < until}
            for each in promised[:_PROMISED]
        ],
        "promised_more": max(len(promised) - _PROMISED, 0),
        "away": [*_away(work, teams, until)],
        "complaints": [
            _row(settings, each) | {"since": each.opened_at} for each in complaints[:_NAMED]
        ],
        "complaints_more": max(len(complaints) - _NAMED, 0),
        "success": success(work, settings, span),
        "days": by_day(work.ledger.opened(*read), work.ledger.solved(*read), since, until, zone),
    }


def _row(settings: Settings, ticket: Ticket) -> dict[str, object]:
    return {"reference": settings.reference(ticket.id), "summary": ticket.summary}


def _unanswered(complaints: Iterable[Ticket]) -> list[Ticket]:
    return [x for x in complaints if x.first_answer_at is None and not x.status.is_done]


def _away(work: Work, teams: Iterable[str], now: datetime) -> Iterator[Facts]:
    """The agents of these teams who are away, each once."""
    crew = {agent.id: agent for team in teams for agent in work.people.agents(team)}
    for number in work.duties.away(now):
        if number in crew:
            yield {"name": crew[number].name, "until": work.duties.of(number).away_until}


def _draw(facts: Facts, texts: Texts, reader: Reader) -> Iterator[Chart]:
    days = facts["days"]
    assert isinstance(days, list)
    known: list[Day] = days
    if any(came or gone for _, came, gone in known):
        yield volumes(known, texts, reader)


daily = Report("daily", _run, _draw)
