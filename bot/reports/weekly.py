"""The weekly word to everybody: what was done for you, what is coming, and whom to thank."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from bot.discretion import as_told_by
from bot.model.article import State
from bot.model.notice import Scope
from bot.model.person import Person
from bot.model.settings import Desk as Settings
from bot.model.ticket import Ticket
from bot.report import Facts, Report, Span
from bot.store import Work
from bot.works import affecting

_NAMED = 5
_AHEAD = 10  # days of which it is told where the desk is closed
_OWN = 50  # tickets of somebody that are looked through
_NEWEST = 200  # articles


def _run(work: Work, settings: Settings, span: Span) -> Facts:
    """Their own tickets by name; of others only how many, and who was thanked in public."""
    answered, median = work.tallies.first_answers(span.since, span.until)
    helpers = (work.people.get(each) for each in work.ledger.solvers(span.since, span.until))
    return {
        "helped": sum(count for _, count in work.ledger.solved(span.since, span.until)),
        "answered": answered,
        "minutes": round(median / timedelta(minutes=1)),
        "helpers": [x.display_name for x in helpers if x and x.display_name and not x.is_agent],
        "news": _news(work, span),
        "closed": [*_closed(settings, span)],
        **_of_reader(work, settings, span),
    }


def _of_reader(work: Work, settings: Settings, span: Span) -> Facts:
    """What of a week concerns its reader alone."""
    person = work.people.get(span.person) if span.person else None
    own = work.tickets.of_requester(person.id, _OWN) if person else []
    told = [(each, as_told_by(work, person, each)) for each in own] if person else []
    kept = [(each, shown) for each, shown in told if each.merged_into is None]
    solved = [x for x in kept if x[0].status.is_done and _is_in(x[0].resolved_at, span)]
    going = [x for x in kept if not x[0].status.is_done]
    return {
        "name": person.first_name if person else "",
        "solved": [_row(settings, *each) for each in solved[:_NAMED]],
        "going": [_row(settings, *each) for each in going[:_NAMED]],
        "works": [*_planned(work, settings, span, person)],
    }


def _planned(work: Work, settings: Settings, span: Span, person: Person | None) -> Iterator[Facts]:
    """What is planned of what affects its reader; for rooms, of what affects everybody."""
    everybody = (Scope.EVERYBODY, "")
    known = affecting(work, settings, person, span.until) if person else work.notices.going()
    for each in known:
        if each.planned and each.ends_at > span.until and (person or everybody in each.affected):
            said = {language: words.what for language, words in each.said.items()}
            yield {"said": said, "starts": each.starts_at, "ends": each.ends_at}


def _row(settings: Settings, ticket: Ticket, shown: Ticket) -> Facts:
    """A ticket in the words in which its reader told it."""
    reference, summary = settings.reference(ticket.id), shown.summary or shown.subject
    return {"reference": reference, "summary": summary, "since": ticket.opened_at}


def _is_in(moment: datetime | None, span: Span) -> bool:
    return moment is not None and span.since <= moment < span.until


def _news(work: Work, span: Span) -> list[Facts]:
    """Articles that anybody may read and that are new."""
    listed = work.articles.listed([State.PUBLISHED], _NEWEST)
    first = (x for x in listed if x.is_for_everybody and x.version == 1)
    new = [x for x in first if span.since <= x.at < span.until]
    return [{"title": each.title, "language": each.language} for each in new]


def _closed(settings: Settings, span: Span) -> Iterator[object]:
    """The next days on which the desk is closed although it opens on such days of the week."""
    today = span.until.astimezone(settings.zone).date()
    for ahead in range(_AHEAD):
        day = today + timedelta(days=ahead)
        if settings.hours.week.get(day.weekday()) and settings.hours.is_off(day):
            yield day


_NEWS = ("helped", "helpers", "news", "closed", "solved", "going", "works")
weekly = Report("weekly", _run, own=_of_reader, news=_NEWS)
