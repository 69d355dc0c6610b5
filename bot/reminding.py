"""Reminding: who can still keep a promise hears of it in time, and of what is broken we own up."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any

from bot.audience import Circle, Hearing, overseers
from bot.desk import Desk
from bot.duty import on_duty
from bot.escalating import escalate_by_itself
from bot.model.entry import Event, What
from bot.model.message import Address, Tone
from bot.model.person import Person
from bot.model.promise import BROKEN, HALF, NEARLY, Promise
from bot.model.ticket import Ticket, told
from bot.model.triage import Priority
from bot.posting import post_in_room, rooms_of
from bot.store import Work
from bot.text import Reader
from bot.wording import Facts

_HEARING = Hearing(Circle.TEAM, "reminder", tone=Tone.NOTICE)


@dataclass(frozen=True, slots=True)
class Reminder:
    """That a step of a promise has come."""

    ticket: Ticket
    promise: Promise
    step: int


class Digests:
    """What each person and each room is to be reminded of: one letter for each step."""

    def __init__(self) -> None:
        self._people: defaultdict[tuple[int, int], list[Reminder]] = defaultdict(list)
        self._rooms: defaultdict[tuple[Address, int], list[Reminder]] = defaultdict(list)
        self._known: dict[int, Person] = {}

    def add(self, to: Person | Address, reminder: Reminder) -> None:
        """One more for somebody; twice is once."""
        if isinstance(to, Address):
            rows = self._rooms[to, reminder.step]
        else:
            self._known[to.id] = to
            rows = self._people[to.id, reminder.step]
        if reminder not in rows:
            rows.append(reminder)

    def send(self, desk: Desk, work: Work, now: datetime) -> None:
        """Queue them all."""
        for (number, step), rows in self._people.items():
            said: dict[str, Any] = {"rows": _rows(desk, rows), "step": step}
            said["part"] = _part(desk, step)
            desk.scribe.tell(work, self._known[number], _HEARING, now, **said)
        for (place, step), rows in self._rooms.items():
            told = partial(_said, _rows(desk, rows), step, _part(desk, step))
            post_in_room(desk, work, place, "reminder", now, told)


def remind(desk: Desk, work: Work, now: datetime) -> int:
    """Do what is due of promises by now; returns of how many."""
    due = work.promises.due(now)
    digests, broken = Digests(), defaultdict[int, list[Promise]](list)
    raised: list[tuple[Promise, int]] = []
    for promise in due:
        ticket = work.tickets.get(promise.ticket)
        assert ticket is not None, "what is promised of a ticket is kept with it"
        step = promise.passed(now, desk.settings.counting)
        if step > BROKEN > promise.step:
            broken[ticket.id].append(promise)
            if not _asleep(desk, ticket, now):  # steps that were passed while nobody knocked
                raised.append((promise, NEARLY))
        elif wait := _asleep(desk, ticket, now):
            due_at = promise.due_at if promise.step < BROKEN else None
            work.promises.keep(promise.postponed(min(wait, due_at or wait)))
        else:
            work.promises.keep(promise.told(step, desk.settings.counting))
            raised.append((promise, step))
            for to in _reminded(desk, work, ticket, step, now) if step > promise.step else ():
                digests.add(to, Reminder(ticket, promise, step))
    for number, promises in broken.items():
        _own_up(desk, work, number, promises, now)
    digests.send(desk, work, now)
    _raise(desk, work, raised, now)
    return len(due)


def _raise(desk: Desk, work: Work, reached: Iterable[tuple[Promise, int]], now: datetime) -> None:
    """Let others go on with what the matrix says, each ticket once, whatever is due of it.

    The last to be done: it changes what else is promised of a ticket.
    """
    gone: set[int] = set()
    for promise, step in reached:
        if promise.ticket not in gone and escalate_by_itself(desk, work, promise, step, now):
            gone.add(promise.ticket)


def _own_up(
    desk: Desk, work: Work, number: int, promises: Sequence[Promise], now: datetime
) -> None:
    """Tell the requester what was promised and didn't happen, once for all that was."""
    for each in promises:
        work.promises.keep(each.told(BROKEN, desk.settings.counting))
    ticket = work.tickets.get(number)
    assert ticket is not None, "what is promised of a ticket is kept with it"
    first = min(each.due_at or now for each in promises)
    clocks = ",".join(dict.fromkeys(each.clock.value for each in promises))
    late = Event(what=What.LATE, at=now, by=None, old=clocks, new=first.isoformat())
    desk.keep(work, told(ticket, late))


def _asleep(desk: Desk, ticket: Ticket, now: datetime) -> datetime | None:
    """Until when nobody of its team is to be disturbed for it; None where somebody may be."""
    if ticket.priority is Priority.URGENT:
        return None
    settings = desk.settings
    return (settings.team(ticket.team).hours or settings.hours).opens(now)


def _reminded(
    desk: Desk, work: Work, ticket: Ticket, step: int, now: datetime
) -> Iterator[Person | Address]:
    """Who can still do something: at first who has it, then their team, and last who leads it.

    While nobody has it, or whoever does is away, their team is reminded in their place.
    """
    holder = work.people.get(ticket.assignee) if ticket.assignee else None
    there = holder and holder.is_agent and on_duty(work, desk.settings, ticket.team, holder, now)
    if holder and there:
        yield holder
    if step == NEARLY or (step == HALF and not there):
        yield from _team(desk, work, ticket, now)
    if step > BROKEN:
        above = overseers(work, ticket)
        yield from above or _team(desk, work, ticket, now)


def _team(desk: Desk, work: Work, ticket: Ticket, now: datetime) -> Iterable[Person | Address]:
    """Its room, else those of its people who are on duty; all of them, where none of them is."""
    team = desk.settings.team(ticket.team)
    if rooms := rooms_of([team]):
        return rooms
    agents = work.people.agents(ticket.team)
    return [x for x in agents if on_duty(work, desk.settings, team.name, x, now)] or agents


def _rows(desk: Desk, reminders: Iterable[Reminder]) -> list[dict[str, object]]:
    """What a digest tells of each, the one that is due first first."""

    def row(each: Reminder) -> dict[str, object]:
        return {
            "reference": desk.settings.reference(each.ticket.id),
            "summary": each.ticket.summary,
            "clock": each.promise.clock.value,
            "due": each.promise.due_at,
            "priority": each.ticket.priority.name.lower(),
        }

    return [row(each) for each in sorted(reminders, key=_due)]


def _said(rows: object, step: int, part: int, _: Reader) -> Facts:
    """What a room's digest may name."""
    return {"rows": rows, "step": step, "part": part}


def _part(desk: Desk, step: int) -> int:
    """How much of the time is over at a step, of a hundred."""
    return round(100 * desk.settings.counting.steps[step - 1])


def _due(reminder: Reminder) -> tuple[datetime, int]:
    due = reminder.promise.due_at
    assert due is not None, "what has a step has a moment at which it is due"
    return due, reminder.ticket.id
