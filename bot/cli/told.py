"""What the book keeps of tickets and people, as JSON that programs read."""

import json
from dataclasses import asdict, replace
from datetime import datetime
from enum import IntEnum

from bot.bulletin import INNER
from bot.model.person import Person
from bot.model.settings import Desk
from bot.model.ticket import Ticket
from bot.store import Work

Json = dict[str, object]


def ticket_told(work: Work, desk: Desk, ticket: Ticket, *, notes: bool = True) -> Json:
    """A ticket with its history and letters; without `notes`, as its requester may know it."""
    entries = [each for each in work.entries.of(ticket.id) if notes or each.what not in INNER]
    letters = [
        {key: getattr(each, key) for key in ("recipient", "text", "created_at", "state", "error")}
        for each in work.outbox.of_ticket(ticket.id)
        if notes or each.person == ticket.requester
    ]
    return {
        "reference": desk.reference(ticket.id),
        **asdict(ticket if notes else replace(ticket, tags=(), minutes=0)),
        "history": [{"type": type(each).__name__.lower(), **asdict(each)} for each in entries],
        "letters": letters,
    }


def person_told(work: Work, desk: Desk, person: Person, *, notes: bool) -> Json:
    """Everything the book knows of somebody."""
    own = work.tickets.of_requester(person.id, limit=1_000_000)
    return {
        **asdict(person),
        "addresses": [asdict(each) for each in work.people.identities(person.id)],
        "changes": [asdict(each) for each in work.joins.of(person.id)],
        "tickets": [ticket_told(work, desk, each, notes=notes) for each in own],
    }


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
