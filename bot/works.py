"""Works: what is planned, whom of the desk's people it affects, and which reports come of it."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from bot.ear import Ear
from bot.model.entry import Event, What
from bot.model.fold import fold
from bot.model.notice import Notice, Reminding
from bot.model.person import Person
from bot.model.settings import Desk as Settings
from bot.model.target import Terms
from bot.model.terms import terms
from bot.model.ticket import Ticket
from bot.model.triage import Kind, Priority
from bot.promising import go_on
from bot.store import Work
from bot.text import Reader

_ENDS = "?!…."  # of sentences


def behind(
    work: Work, settings: Settings, ear: Ear, ticket: Ticket, text: str, now: datetime
) -> Notice | None:
    """The work that goes on now and that a new report seems to come of; the first, if several."""
    going = [each for each in work.notices.going() if each.lasts_at(now)]
    fitting = (each for each in going if is_about(ear, each, ticket, text))
    since = now - settings.notices.lately
    before = ticket.requester - 1
    return next(
        (
            x
            for x in fitting
            if ticket.requester in work.notices.affects(x.affected, before, since, 1)
        ),
        None,
    )


def link(
    work: Work, settings: Settings, ticket: Ticket, notice: Notice | None, now: datetime
) -> None:
    """A ticket comes of this work, or of none: what is promised of it stops or goes on."""
    work.notices.link(ticket.id, notice.id if notice else None)
    if settings.notices.pause:
        go_on(work, settings, ticket, now)


def linked(notice: Notice | None, by: int | None, now: datetime, channel: str) -> Event:
    """That a ticket comes of it, as its history tells."""
    new = notice.reference if notice else ""
    return Event(what=What.NOTICED, at=now, by=by, channel=channel, new=new)


def pause_what_comes_of(work: Work, settings: Settings, notice: Notice, now: datetime) -> None:
    """Promises of the reports that come of it stop while it goes on, if the desk wants that."""
    for number in work.notices.tickets(notice.id) if settings.notices.pause else ():
        ticket = work.tickets.get(number)
        assert ticket is not None, "what a ticket comes of is kept with it"
        go_on(work, settings, ticket, now)


def is_about(ear: Ear, notice: Notice, ticket: Ticket, text: str) -> bool:
    """Whether a report is about a planned work, by its words and tags, or since it names it."""
    said = (ticket.subject, ticket.summary, text)
    if any(notice.reference.lower() in each.lower().split() for each in _spaced(said)):
        return True
    known = {*terms(ear.wordlist, *said), *map(fold, ticket.tags)}
    return not known.isdisjoint(notice.about)


def _spaced(said: Iterable[str]) -> list[str]:
    return ["".join(x if x.isalnum() or x == "-" else " " for x in each) for each in said]


def reminding(settings: Settings) -> Reminding:
    """When people are reminded of what is planned."""
    return Reminding(settings.notices.remind, settings.hours)


def work_facts(reader: Reader, notice: Notice) -> dict[str, Any]:
    """What texts may name of a planned work, for this reader."""
    said = notice.in_language(reader.language)
    return {
        "notice": notice.reference,
        "what": said.what,
        "sentence": said.what if said.what[-1:] in _ENDS else f"{said.what}.",
        "meanwhile": said.meanwhile,
        "starts": notice.starts_at,
        "ends": notice.ends_at,
        "stage": notice.stage.value,
        "planned": notice.planned,
        "begun": notice.starts_at <= reader.now,
        "overdue": notice.ends_at <= reader.now,
        "closing": notice.closing,
    }


def affecting(work: Work, settings: Settings, person: Person, now: datetime) -> list[Notice]:
    """What is planned or going on that affects somebody; agents see all of it."""
    going = work.notices.going()
    if person.is_agent:
        return going
    return [each for each in going if _affects(work, settings, each, person.id, now)]


def _affects(work: Work, settings: Settings, notice: Notice, person: int, now: datetime) -> bool:
    since = now - settings.notices.lately
    return person in work.notices.affects(notice.affected, person - 1, since, 1)


def sleeps_until(settings: Settings, person: Person, now: datetime) -> datetime | None:
    """When it is day again where somebody works; None by day, or where nobody sleeps."""
    terms_ = Terms(priority=Priority.NORMAL, kind=Kind.QUESTION, office=person.office)
    return settings.targets.applies(terms_, settings.calendar).hours.opens(now)
