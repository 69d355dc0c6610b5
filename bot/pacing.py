"""Pacing: how long tickets take is learned of each, and told honestly to whoever waits."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.model import pace
from bot.model.calendar import NeverOpenError
from bot.model.entry import BEGINNINGS, Entry, Event, What
from bot.model.settings import Desk as Settings
from bot.model.target import Clock
from bot.model.ticket import Ticket
from bot.promising import agreed_for
from bot.store import Work


@dataclass(frozen=True, slots=True)
class Expected:
    """Until when most tickets like one are answered or solved."""

    at: datetime
    within: timedelta | None  # from now on, where the desk is open until then


def learn_pace(work: Work, settings: Settings, ticket: Ticket, entry: Entry) -> None:
    """Learn how long a person's first answer took, or the solution by the desk's people."""
    first = entry.at == ticket.first_answer_at and entry.what in (What.REPLIED, What.ASKED)
    solved = entry.what is What.RESOLVED and entry.by not in (None, ticket.requester)
    if not (first or solved):
        return
    hours = agreed_for(work, settings, ticket).calendar.hours
    if first:
        took = hours.worked(ticket.opened_at, entry.at)
        _add(work, settings, ticket, Clock.FIRST, took, entry.at)
    if solved:
        took = _counted(work, settings, ticket) or hours.worked(ticket.opened_at, entry.at)
        _add(work, settings, ticket, Clock.SOLUTION, took, entry.at)


def expected(
    work: Work, settings: Settings, ticket: Ticket, clock: Clock, now: datetime
) -> Expected | None:
    """Until when eight of ten like it are answered or solved; None where too little is known."""
    known = work.paces.known(clock, _cells(settings, ticket))
    if not known[0]:  # as at a new desk
        return None
    hours = agreed_for(work, settings, ticket).calendar.hours
    waited = hours.worked(ticket.opened_at, now)
    within = pace.likely(known, now, waited)
    if within is None:
        return None
    left = pace.told(within - waited)
    try:
        at = hours.after(now, left)
    except NeverOpenError:
        return None
    return Expected(at, left if at == now + left else None)


def usual(work: Work, now: datetime) -> int:
    """Within how many counted minutes eight of ten get a first answer lately; 0: hardly known."""
    within = pace.likely(work.paces.known(Clock.FIRST, [pace.EVERY]), now)
    return int(pace.told(within) / timedelta(minutes=1)) if within is not None else 0


def outlook(
    work: Work, settings: Settings, ticket: Ticket, entry: Entry, now: datetime
) -> dict[str, object]:
    """What texts may say of it beside an entry: until when, in how many minutes from now on."""
    clock = _awaited(entry)
    found = expected(work, settings, ticket, clock, now) if clock else None
    minutes = int(found.within / timedelta(minutes=1)) if found and found.within else 0
    return {"expected_at": found.at if found else None, "expected_minutes": minutes}


def keep_estimate(work: Work, ticket: Ticket | None, entry: Entry | None, at: object) -> bool:
    """Keep until when somebody was just told that most get a first answer, if they were; True."""
    begins = ticket is not None and entry is not None and entry.what in BEGINNINGS
    if ticket is not None and begins and isinstance(at, datetime):
        work.ledger.estimate(ticket.id, at)
    return True


def _awaited(entry: Entry) -> Clock | None:
    """What a requester who reads of it waits for."""
    if entry.what is What.OPENED:
        return Clock.FIRST
    if entry.what is not What.LATE or not isinstance(entry, Event):
        return None
    late = entry.old.split(",")
    return next((each for each in (Clock.SOLUTION, Clock.FIRST) if each.value in late), None)


def _counted(work: Work, settings: Settings, ticket: Ticket) -> timedelta:
    """What its promise of a solution counted, pauses left out; 0 where there was none."""
    known = [x for x in work.promises.of(ticket.id) if x.clock is Clock.SOLUTION and x.ended_at]
    if not known or known[-1].ended_at is None:
        return timedelta(0)
    return known[-1].counted(settings.counting, known[-1].ended_at)


def _add(
    work: Work, settings: Settings, ticket: Ticket, clock: Clock, took: timedelta, at: datetime
) -> None:
    work.paces.add(clock, _cells(settings, ticket), pace.bucket(took), pace.weight(at))


def _cells(settings: Settings, ticket: Ticket) -> tuple[str, ...]:
    """The histograms it belongs to, by the desk's clock."""
    opened = ticket.opened_at.astimezone(settings.zone)
    return pace.cells(ticket.kind, ticket.priority, ticket.team, opened)
