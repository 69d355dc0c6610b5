"""A promise: what was to happen by when, the laps that were counted of it, and how it ended.

A lap is a time in which it counted, by one calendar and one length. While the requester is awaited
or the ticket is on hold nothing counts; another priority, team or calendar begins another lap, and
what was counted before stays counted.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import pairwise
from typing import NamedTuple

from bot.model.calendar import Hours, NeverOpenError
from bot.model.target import REMINDED_AT, Agreed, Clock
from bot.model.ticket import Status, Ticket

# The steps at which something is done: whoever has it is reminded at the first, the team at the
# second; then it is broken, the requester is told, and at once those who lead are.
HALF, NEARLY, BROKEN, REPORTED = 1, 2, 3, 4

_NONE = timedelta(0)


class Counting(NamedTuple):
    """How time is counted: by the hours of a calendar by its name, with the desk's reminders."""

    hours: Callable[[str], Hours]
    parts: tuple[float, float] = REMINDED_AT

    def __call__(self, calendar: str) -> Hours:
        """The hours of a calendar."""
        return self.hours(calendar)

    @property
    def steps(self) -> tuple[float, ...]:
        """The part of the time after which each step comes."""
        return (*self.parts, 1.0, 1.0)


@dataclass(frozen=True, slots=True)
class Lap:
    """From when until when it counted; None while it counts."""

    since: datetime
    until: datetime | None
    calendar: str
    length: timedelta  # of counted time, that the whole promise may take
    target: str  # the rule that said so
    worked: timedelta = _NONE  # what counted, once it is over; whatever becomes of the calendar

    def counted(self, hours: Counting, now: datetime) -> timedelta:
        """What counts of it until now."""
        return self.worked if self.until else hours(self.calendar).worked(self.since, now)

    def ended(self, at: datetime, hours: Counting) -> "Lap":
        """The same, over."""
        return replace(self, until=at, worked=hours(self.calendar).worked(self.since, at))


@dataclass(frozen=True, slots=True, kw_only=True)
class Promise:
    """One thing that was promised of a ticket. Moments are in UTC."""

    ticket: int
    clock: Clock
    laps: tuple[Lap, ...]
    due_at: datetime | None = None  # None while it doesn't count
    step: int = 0  # how many were passed, and told
    knock_at: datetime | None = None  # when the next one is; None where there is none
    ended_at: datetime | None = None
    kept: bool | None = None  # how it ended; None while it goes on, or where it was given up
    id: int = 0

    @property
    def since(self) -> datetime:
        """When it was given."""
        return self.laps[0].since

    @property
    def counts(self) -> bool:
        """Whether its time runs."""
        return self.laps[-1].until is None

    def earliest(self, at: datetime) -> datetime:
        """The moment at which a change counts: messages may bear times before one that is known."""
        last = self.laps[-1]
        return max(at, last.until or last.since)

    def counted(self, hours: Counting, now: datetime) -> timedelta:
        """All that was counted until now."""
        return sum((lap.counted(hours, now) for lap in self.laps), _NONE)

    def passed(self, now: datetime, hours: Counting) -> int:
        """How many steps lie behind it: 0 to `REPORTED`."""
        if self.due_at is not None and now >= self.due_at:
            return REPORTED
        counted, length = self.counted(hours, now), self.laps[-1].length
        return sum(counted >= part * length for part in hours.steps)

    def postponed(self, until: datetime) -> "Promise":
        """The same, of which nothing is told before then."""
        return replace(self, knock_at=until)

    def told(self, step: int, hours: Counting) -> "Promise":
        """The same after its steps up to this one were told."""
        return _timed(replace(self, step=max(step, self.step)), hours)


def begun(ticket: int, clock: Clock, agreed: Agreed, at: datetime, hours: Counting) -> Promise:
    """A promise that is given now."""
    return _timed(Promise(ticket=ticket, clock=clock, laps=(_lap(clock, agreed, at),)), hours)


def follow(
    promises: Sequence[Promise],
    ticket: Ticket,
    agreed: Agreed,
    at: datetime,
    hours: Counting,
    *,
    answered: bool,
    rests: bool = False,
) -> Iterator[Promise]:
    """The promises of a ticket that a change brings: new ones have no id yet.

    `promises` are all that were given for it, `ticket` is as it is after the change, and
    `answered` says that a person told its requester something with it. While it `rests` for
    something beside it, such as a planned work, nothing of it counts.
    """
    rests = rests or ticket.status in (Status.WAITING, Status.HELD)
    for clock in Clock:
        own = [each for each in promises if each.clock is clock]
        going = next((each for each in own if each.ended_at is None), None)
        wanted = bool(agreed.length(clock)) and _is_open(clock, ticket)
        if going and (not wanted or (answered and clock is Clock.NEWS)):
            given_up = not agreed.length(clock) or ticket.merged_into is not None
            yield _ended(going, going.earliest(at), hours, given_up=given_up)
            going = None
        if not wanted:
            continue
        again = own[-1] if clock is Clock.SOLUTION and own and going is None else None
        if going or again:
            last = going or again
            assert last is not None
            changed = _continued(last, agreed, last.earliest(at), hours, rests=rests)
            if changed != last:
                yield changed
        else:
            new = begun(ticket.id, clock, agreed, at, hours)
            yield _stopped(new, at, hours) if rests else new


def renewed(promise: Promise, agreed: Agreed, at: datetime, hours: Counting) -> Promise:
    """A promise that goes on by other terms from now on; the same where they are no others."""
    length, last = agreed.length(promise.clock), promise.laps[-1]
    if not length:
        return _ended(promise, at, hours, given_up=True)
    if _said(last) == _said(lap := _lap(promise.clock, agreed, at)):
        return promise
    if not promise.counts:
        return promise  # the next lap is by the new terms
    laps = (*promise.laps[:-1], last.ended(at, hours), lap)
    return _timed(replace(promise, laps=_shortened(laps)), hours)


def retimed(promise: Promise, hours: Counting) -> Promise:
    """The same as its calendar, which somebody may have changed, counts by now."""
    return _timed(promise, hours)


def is_late(promise: Promise) -> bool:
    """Whether it was broken, whatever came after."""
    return promise.step >= BROKEN or promise.kept is False


def pauses(promise: Promise, now: datetime) -> Iterator[tuple[datetime, datetime]]:
    """When it didn't count, from its beginning until it ended or now."""
    for before, after in pairwise(promise.laps):
        if before.until is not None and before.until < after.since:
            yield before.until, after.since
    last = promise.laps[-1]
    end = promise.ended_at or now
    if last.until is not None and last.until < end:
        yield last.until, end


def _is_open(clock: Clock, ticket: Ticket) -> bool:
    """Whether something of the kind is awaited, as the ticket stands."""
    if ticket.status.is_done:
        return False
    first = ticket.first_answer_at is None
    if clock is Clock.FIRST:
        return first
    if clock is Clock.NEXT:
        return not first and ticket.waits_since is not None
    return clock is Clock.SOLUTION or not first


def _continued(
    promise: Promise, agreed: Agreed, at: datetime, hours: Counting, *, rests: bool
) -> Promise:
    """It stops, goes on, or goes on by other terms; what ended begins to count again."""
    if rests:
        return _stopped(promise, at, hours) if promise.counts else promise
    if promise.counts and promise.ended_at is None:
        return renewed(promise, agreed, at, hours)
    laps = (*promise.laps, _lap(promise.clock, agreed, at))
    anew = replace(promise, laps=_shortened(laps), ended_at=None, kept=None)
    return _timed(anew, hours)


def _stopped(promise: Promise, at: datetime, hours: Counting) -> Promise:
    """It counts no more until further notice."""
    last = promise.laps[-1].ended(at, hours)
    return _timed(replace(promise, laps=(*promise.laps[:-1], last)), hours)


def _ended(promise: Promise, at: datetime, hours: Counting, *, given_up: bool) -> Promise:
    """It counts no more at all, and was kept or not."""
    over = _stopped(promise, at, hours) if promise.counts else promise
    in_time = over.counted(hours, at) <= over.laps[-1].length
    kept = None if given_up else in_time and promise.step < BROKEN
    return replace(over, due_at=None, knock_at=None, ended_at=at, kept=kept)


def _lap(clock: Clock, agreed: Agreed, at: datetime) -> Lap:
    assert agreed.target is not None, "what nobody promised doesn't count"
    return Lap(at, None, agreed.calendar.name, agreed.length(clock), agreed.target.name)


def _said(lap: Lap) -> tuple[str, timedelta, str]:
    return lap.calendar, lap.length, lap.target


def _shortened(laps: Iterable[Lap]) -> tuple[Lap, ...]:
    """Without laps of no time, of which nothing is to be told."""
    return tuple(each for each in laps if each.until is None or each.until > each.since)


def _timed(promise: Promise, hours: Counting) -> Promise:
    """With the moments at which it is due and at which the next step is, if it counts."""
    last = promise.laps[-1]
    if last.until is not None:
        return replace(promise, due_at=None, knock_at=None)
    before = promise.counted(hours, last.since)
    own = hours(last.calendar)
    try:
        due = own.after(last.since, last.length - before)
        parts = hours.steps[promise.step :]
        knock = own.after(last.since, parts[0] * last.length - before) if parts else None
    except (NeverOpenError, OverflowError):  # a calendar without a day: it is never due
        return replace(promise, due_at=None, knock_at=None)
    return replace(promise, due_at=due, knock_at=knock)
