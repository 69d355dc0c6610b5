"""The survey: of which solved tickets the desk asks how it was, and who hears of a low mark."""

from collections.abc import Collection
from dataclasses import replace
from datetime import timedelta

from bot.audience import EVERYBODY, MARKED, Circle, Hearing, overseers
from bot.model.entry import Entry, Message, Public, What
from bot.model.person import Person
from bot.model.rating import LOW
from bot.model.relation import Relation
from bot.model.settings import Desk as Settings
from bot.model.ticket import Ticket
from bot.scribe import Scribe
from bot.store import Work
from bot.suggesting import shown_to


def tell_requester(
    scribe: Scribe,
    work: Work,
    person: Person,
    hearing: Hearing,
    ticket: Ticket,
    entry: Public,
    about: Message | None,
) -> None:
    """Tell somebody on the requester's side of an entry; its letter may ask them how it was."""
    asks = person.id == ticket.requester and _asks(work, scribe.settings, ticket, entry)
    told = replace(hearing, presses=(*hearing.presses, *MARKED)) if asks else hearing
    at = entry.at
    begins = person.id == ticket.requester and entry.what is What.OPENED
    offers = shown_to(scribe, work, person, ticket, at) if begins else []
    sent = scribe.tell(
        work, person, told, at, ticket, entry=entry, about=about, asks_mark=asks, offers=offers
    )
    if sent and asks:
        work.ratings.ask(ticket.id, at)


def unconcerned(work: Work, ticket: Ticket, mark: int) -> Collection[Circle]:
    """Who isn't told of a mark: of a low one hears quality alone, or else the ticket's lead.

    Where a team has neither, all of it hears of that. Of others nobody does; who looks finds them.
    """
    if mark > LOW:
        return EVERYBODY
    seen_to = bool(overseers(work, ticket))
    return EVERYBODY - ({Circle.OVERSEERS} if seen_to else {Circle.TEAM, Circle.ROOM})


def _asks(work: Work, settings: Settings, ticket: Ticket, entry: Entry) -> bool:
    """Whether this is the end of a matter that an agent solved, of which they aren't asked often.

    That something is a duplicate, or was merged or closed, tells nothing of how it was solved.
    """
    if entry.what is not What.RESOLVED or entry.by in (None, ticket.requester):
        return False
    if settings.survey <= timedelta(0) or not settings.team(ticket.team).survey:
        return False
    by = work.people.get(entry.by or 0)
    if by is None or not by.is_agent:
        return False
    if Relation.DUPLICATE in work.relations.of(ticket.id).values():
        return False
    return not work.ratings.was_asked(ticket.requester, entry.at - settings.survey)
