"""Families of tickets: what a ticket is to others, and what they hear when it is done."""

from collections.abc import Iterator
from datetime import datetime

from bot.model.entry import Entry, Event, What
from bot.model.relation import Relation
from bot.model.settings import Desk
from bot.model.ticket import Change, Ticket, told
from bot.moved import current
from bot.store import Work


def news_for_children(work: Work, ticket: Ticket, entry: Entry) -> Iterator[Change]:
    """That this ticket is done, for those of its open parts; they end by nobody but people.

    What was resolved before and is closed now is no news.
    """
    if entry.what not in (What.RESOLVED, What.CLOSED) or ticket.resolved_at != entry.at:
        return
    if ticket.merged_into is not None or _was_news(work, ticket, entry):
        return
    for number, how in work.relations.of(ticket.id).items():
        child = work.tickets.get(number) if how is Relation.CHILD else None
        if child is not None and not child.status.is_done:
            event = Event(what=What.PARENT_DONE, at=entry.at, by=entry.by, new=str(ticket.id))
            yield told(child, event)


def _was_news(work: Work, ticket: Ticket, entry: Entry) -> bool:
    """Whether it is closed in the very moment in which it was resolved."""
    kept = work.entries.of(ticket.id) if entry.what is What.CLOSED else ()
    return any(each.what is What.RESOLVED and each.at == entry.at for each in kept)


def inherit(work: Work, ended: int, into: int, at: datetime) -> None:
    """What belonged to a ticket that goes on in another belongs to that one.

    What would become a part of itself by it is merely related.
    """
    for number, how in work.relations.of(ended).items():
        work.relations.keep(ended, number, Relation.NONE, at)
        if number == into or number in work.relations.of(into):
            continue
        part, whole = (into, number) if how is Relation.PARENT else (number, into)
        kin = how in (Relation.PARENT, Relation.CHILD)
        circle = kin and part in work.relations.ancestors(whole)
        work.relations.keep(into, number, Relation.RELATED if circle else how, at)


def related(settings: Desk, work: Work, ticket: Ticket) -> list[dict[str, object]]:
    """The tickets that belong to it: each one's reference, what it is, and how it stands."""
    known = ((work.tickets.get(each), how) for each, how in work.relations.of(ticket.id).items())
    now = ((current(work, each), how) for each, how in known if each is not None)
    return [
        {
            "reference": settings.reference(each.id),
            "how": how.value,
            "status": each.status.value,
        }
        for each, how in now
    ]
