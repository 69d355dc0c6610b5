"""Who is on duty, and whose turn it is: plain choices among a team's agents."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from bot.model.entry import Event, What
from bot.model.settings import Assignment
from bot.model.ticket import Change, Status, Ticket, told

WAITED = "waited"  # the reason of what the desk gives to somebody as nobody had taken it
_NEVER = datetime.min.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Duty:
    """What the book keeps of an agent's turns: the moments are in UTC, `substitute` is a person."""

    away_until: datetime | None = None
    substitute: int | None = None
    assigned_at: datetime | None = None  # when the desk gave them a ticket last

    def is_away(self, now: datetime) -> bool:
        """Whether they are away at this moment."""
        return self.away_until is not None and now < self.away_until


@dataclass(frozen=True, slots=True)
class Candidate:
    """An agent on duty: their number, what they know best, what they have open, their last turn."""

    person: int
    skills: tuple[str, ...] = ()
    load: int = 0
    assigned_at: datetime | None = None
    level: int = 1  # of support


def skilled(candidates: Sequence[Candidate], skill: str) -> Sequence[Candidate]:
    """Those who have the skill, if anybody has; else all of them."""
    return [each for each in candidates if skill and skill in each.skills] or candidates


def leveled(candidates: Sequence[Candidate], level: int) -> Sequence[Candidate]:
    """Of what was escalated: those at its level, else at the next above, else all of them."""
    above = [each.level for each in candidates if each.level >= level]
    if level == 1 or not above:
        return candidates
    return [each for each in candidates if each.level == min(above)]


def next_of(candidates: Sequence[Candidate], how: Assignment) -> Candidate | None:
    """Whose turn it is; None where nobody is on duty.

    In turn it is who was given one longest ago; by load who has fewest, of these the same.
    """

    def order(each: Candidate) -> tuple[int, datetime, int]:
        load = each.load if how is Assignment.LEAST_LOADED else 0
        return load, each.assigned_at or _NEVER, each.person

    return min(candidates, key=order, default=None)


def given(ticket: Ticket, to: int, reasons: tuple[str, ...], now: datetime) -> Change:
    """The desk itself gives a ticket to an agent, and says why."""
    event = Event(what=What.ASSIGNED, at=now, by=None, new=str(to), reasons=reasons)
    return told(taken(ticket, to), event)


def taken(ticket: Ticket, to: int) -> Ticket:
    """The ticket in an agent's hands, without a word of it yet."""
    status = Status.OPEN if ticket.status is Status.NEW else ticket.status
    return replace(ticket, assignee=to, status=status)
