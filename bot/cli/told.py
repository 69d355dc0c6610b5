"""What the book keeps of tickets and people, as JSON that programs read."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import asdict, replace
from datetime import datetime
from enum import IntEnum

from bot.bulletin import INNER
from bot.model.entry import Entry, Event, Message, What
from bot.model.mailroom import Letter
from bot.model.person import Person
from bot.model.settings import Desk
from bot.model.ticket import Ticket
from bot.store import Work

Json = dict[str, object]


def ticket_told(work: Work, desk: Desk, ticket: Ticket) -> Json:
    """A ticket with its history and letters."""
    return {
        "reference": desk.reference(ticket.id),
        **asdict(ticket),
        "rating": _rating(work, ticket),
        "history": _history(work.entries.of(ticket.id)),
        "letters": _letters(work.outbox.of_ticket(ticket.id)),
    }


def person_told(work: Work, desk: Desk, person: Person, *, notes: bool) -> Json:
    """Everything the book knows of somebody, and no words of other requesters.

    `elsewhere`: what they said of others' tickets, and what they were told of them.
    """
    told: dict[str, list[Json]] = {"tickets": [], "elsewhere": []}
    for ticket, entries in tickets_known(work, person, notes=notes):
        letters = work.outbox.of_ticket(ticket.id)
        own = ticket.requester == person.id
        facts = (
            asdict(ticket if notes else replace(ticket, tags=(), assets=(), minutes=0))
            if own
            else {}
        )
        facts |= {"rating": _rating(work, ticket)} if own else {}
        told["tickets" if own else "elsewhere"].append(
            {
                "reference": desk.reference(ticket.id),
                **facts,
                "history": _history(entries),
                "letters": _letters(
                    each
                    for each in letters
                    if each.person == person.id or (own and notes and _is_inner(work, each.person))
                ),
            }
        )
    return {
        **asdict(person),
        "addresses": [asdict(each) for each in work.people.identities(person.id)],
        "appointments": [asdict(each) for each in work.appointments.history(person.id)],
        "changes": [asdict(each) for each in work.joins.of(person.id)],
        **told,
    }


def tickets_known(
    work: Work, person: Person, *, notes: bool
) -> Iterator[tuple[Ticket, list[Entry]]]:
    """Their tickets with what they may know of each, then others' with what they said there."""
    for ticket in work.tickets.of_requester(person.id, limit=1_000_000):
        entries = [each for each in work.entries.of(ticket.id) if notes or each.what not in INNER]
        others = {each.by for each in entries if each.what is What.SAID} - {person.id, None}
        yield (
            ticket,
            [
                _wordless(each) if _is_others(work, person, each, others) else each
                for each in entries
            ],
        )
    for number in work.erasure.elsewhere(person.id):
        other = work.tickets.get(number)
        assert other is not None, "what was said belongs to a kept ticket"
        yield other, [each for each in work.entries.of(number) if each.by == person.id]


def _is_others(work: Work, person: Person, entry: Entry, others: set[int | None]) -> bool:
    """Whether it holds what another requester said, of whom `others` wrote to this ticket."""
    if entry.what is What.SPLIT and isinstance(entry, Event):  # its words sum up what was said
        ticket = work.tickets.get(int(entry.new))
        return ticket is None or ticket.requester != person.id
    if entry.by not in others:
        return False
    return isinstance(entry, Message) or not _is_inner(work, entry.by)


def _wordless(entry: Entry) -> Entry:
    if isinstance(entry, Event):
        return replace(entry, words="", reasons=())
    if isinstance(entry, Message):
        return replace(entry, text="", full_text="", subject="", attachments=())
    return replace(entry, text="", attachments=())


def _is_inner(work: Work, person: int | None) -> bool:
    """Whether it is the desk, a room, or somebody who works there."""
    known = work.people.get(person) if person else None
    return known is None or known.is_agent


def _rating(work: Work, ticket: Ticket) -> Json | None:
    """What its requester was asked, and answered."""
    found = work.ratings.of(ticket.id)
    return None if found is None else asdict(found)


def _history(entries: Iterable[Entry]) -> list[Json]:
    return [{"type": type(each).__name__.lower(), **asdict(each)} for each in entries]


def _letters(letters: Iterable[Letter]) -> list[Json]:
    kept = ("recipient", "text", "created_at", "state", "error")
    return [{key: getattr(each, key) for key in kept} for each in letters]


def written(told: Json) -> str:
    """The JSON, moments in ISO 8601."""
    return json.dumps(_plain(told), ensure_ascii=False, indent=2)


def _plain(value: object) -> object:
    match value:
        case dict():
            return {key: _plain(each) for key, each in value.items()}
        case list() | tuple():
            return [_plain(each) for each in value]
        case datetime():
            return value.isoformat()
        case IntEnum():
            return value.name.lower()
    return value
