"""What a book holds after a scene, as lines in which no channel's name, id or moment stands."""

import re
from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from bot.model.entry import Entry, Event, What
from bot.model.mailroom import Outcome
from bot.model.message import ExternalId
from bot.model.person import Person, Role
from bot.model.ticket import Ticket
from bot.store import Store, Work
from storage.database import engine_for
from storage.tables import inbox, people

_MOST = 200  # tickets that a scene has at most
_OF_SOMEBODY = (What.RELEASED, What.ASSIGNED, What.WATCHED)


async def told(store: Store, url: str) -> str:
    """Each ticket with its history, then who is who, then how each thing that came in has ended."""
    kept = await store.read(lambda work: list(_tickets(work)))
    return "\n".join([_unmarked(each) for each in kept] + [*_people(url), *_arrivals(url)])


async def requester_of(store: Store, number: int) -> tuple[Person, list[ExternalId]]:
    """Whose a ticket is, and by what networks know them."""

    def look(work: Work) -> tuple[Person, list[ExternalId]]:
        ticket = work.tickets.get(number)
        person = work.people.get(ticket.requester) if ticket else None
        assert person is not None, "a ticket has a requester"
        return person, [each.external_id for each in work.people.identities(person.id)]

    return await store.read(look)


def _tickets(work: Work) -> Iterator[str]:
    for ticket in sorted(work.tickets.newest(_MOST), key=lambda each: each.id):
        yield from _ticket(work, ticket)
        for entry in work.entries.of(ticket.id):
            yield "  " + " ".join([_name(work, entry.by), entry.what, *_content(work, entry)])


def _ticket(work: Work, ticket: Ticket) -> Iterator[str]:
    upset = " upset" if ticket.upset else ""
    gone = f", goes on in IT-{ticket.merged_into}" if ticket.merged_into else ""
    follows = f", follows IT-{ticket.follows}" if ticket.follows else ""
    about = f"IT-{ticket.id} {ticket.kind} {ticket.priority.name.lower()} {ticket.status}{upset}"
    yield f"{about}, {_name(work, ticket.requester)}'s: {ticket.summary}"
    yield f"  in {ticket.language}, with {_name(work, ticket.assignee)}{gone}{follows}"


def _content(work: Work, entry: Entry) -> Iterator[str]:
    if isinstance(entry, Event):
        yield from _change(work, entry)
        return
    yield f"“{entry.text}”"
    yield from (f"[{each.name}, {each.size}]" for each in entry.attachments)
    yield from (f"({each})" for each in entry.remarks)


def _change(work: Work, event: Event) -> Iterator[str]:
    if event.what in (What.HELD, What.CLOSING):
        yield f"for {datetime.fromisoformat(event.new) - event.at}"
    elif event.what in _OF_SOMEBODY:
        yield from (_name(work, int(each)) for each in (event.old, event.new) if each)
    elif event.what in (What.MERGED, What.ABSORBED):
        yield f"IT-{event.new or event.old}"
    elif event.old or event.new:
        yield f"{event.old} → {event.new}"
    if event.words:
        yield f"“{event.words}”"


def _name(work: Work, person: int | None) -> str:
    found = work.people.get(person) if person else None
    return found.name if found else "nobody"


def _unmarked(text: str) -> str:
    """A hidden secret without the number that is drawn for it."""
    return re.sub("·[0-9a-f]+⟧", "⟧", text)


def _people(url: str) -> Iterator[str]:
    chosen = sa.select(people.c.name, people.c.language).where(people.c.language != "")
    for name, language in _rows(url, chosen.where(people.c.role < Role.AGENT).order_by("name")):
        yield f"{name} chose {language}"


def _arrivals(url: str) -> Iterator[str]:
    found = sa.select(people.c.name, people.c.role, inbox.c.outcome, inbox.c.reason, inbox.c.ticket)
    joined = found.select_from(inbox.outerjoin(people, people.c.id == inbox.c.person))
    for name, role, outcome, reason, ticket in _rows(url, joined.order_by(inbox.c.id)):
        # Whether an agent's words are a command or plain is a matter of grammar: below a card
        # plain words are a note, and in a mail they are the answer.
        alike = role >= Role.AGENT and outcome in (Outcome.COMMAND, Outcome.REPLY)
        ended = "carried out" if alike else outcome
        # Of which ticket a command is, its history tells; a mail always belongs to some.
        about = f" IT-{ticket}" if ended in (Outcome.TICKET, Outcome.REPLY) else ""
        yield f"{name}: {ended}{about}" + (f" because {reason}" if reason else "")


def _rows(url: str, query: sa.Select[Any]) -> Sequence[sa.Row[Any]]:
    engine = engine_for(url)
    with engine.connect() as connection:
        rows = connection.execute(query).all()
    engine.dispose()
    return rows
