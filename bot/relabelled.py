"""Relabelled: people changed the labels by which a network lists a ticket's conversation."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from bot.approach import Approach
from bot.labels import BY_LABEL, BY_UNLABEL, meant_by
from bot.model import ticket as change
from bot.model.entry import Event
from bot.model.mailroom import Outcome
from bot.model.refused import Refused
from bot.model.ticket import Change, Status, Ticket, may_reopen
from bot.model.triage import Kind, Priority
from bot.opening import reopening


@dataclass(frozen=True, slots=True)
class _Wish:
    """What a ticket is to be by now, and the reason as its entry keeps it."""

    value: Status | Kind | Priority
    reason: str


def follow_labels(approach: Approach) -> None:
    """The ticket becomes what its labels say; where it can't, they are put right again.

    It does so in nobody's name: networks don't tell who changed them. They let only those do it
    whose conversation it is, and who keep order there.
    """
    ticket = before = approach.below or approach.work.tickets.at(approach.inbound.address)
    if ticket is None:
        approach.set_aside("labels")
        return
    for wish in _wishes(approach, ticket):
        try:
            changed = _changed(approach, ticket, wish)
        except Refused:
            continue
        assert isinstance(changed.entry, Event), "nobody says anything here"
        event = replace(changed.entry, reasons=(wish.reason,))
        ticket = approach.desk.keep(approach.work, replace(changed, entry=event))
    if ticket is before:
        approach.desk.rooms.redraw(approach.work, ticket, approach.now)
        approach.set_aside("labels", ticket)
        return
    approach.work.inbox.settle(approach.number, Outcome.COMMAND, ticket=ticket.id, reason="labels")


def _wishes(approach: Approach, ticket: Ticket) -> list[_Wish]:
    """What the labels ask for: one thing of each sort, the last; what ends a ticket at the end."""
    texts, inbound = approach.desk.texts, approach.inbound
    wishes = {type(each.value): each for each in _dropped(approach, ticket)}
    for name in inbound.labels:
        value = meant_by(texts, name)
        if value is not None:
            wishes[type(value)] = _Wish(value, f"{BY_LABEL}:{name}")
    return sorted(wishes.values(), key=_ends)


def _dropped(approach: Approach, ticket: Ticket) -> Iterator[_Wish]:
    """What a label asks for by being taken off, where it said how the ticket is."""
    for name in approach.inbound.unlabelled:
        value = meant_by(approach.desk.texts, name)
        if isinstance(value, Priority) and value is ticket.priority:
            yield _Wish(Priority.NORMAL, f"{BY_UNLABEL}:{name}")
        if isinstance(value, Status) and value is ticket.status and value.is_done:
            yield _Wish(Status.OPEN, f"{BY_UNLABEL}:{name}")


def _ends(wish: _Wish) -> bool:
    return isinstance(wish.value, Status) and wish.value.is_done


def _changed(approach: Approach, ticket: Ticket, wish: _Wish) -> Change:
    """The ticket as it is wished for; Refused where it can't be."""
    told = None, approach.now, approach.channel
    match wish.value:
        case Kind() as kind:
            return change.set_kind(ticket, kind, *told)
        case Priority() as priority:
            return change.set_priority(ticket, priority, *told)
        case Status.RESOLVED:
            return change.resolve(ticket, "", *told)
        case Status.CLOSED:
            return change.close(ticket, *told)
        case Status.NEW | Status.OPEN if may_reopen(
            ticket, approach.now, approach.desk.settings.reopen
        ):
            return reopening(approach.work, approach.desk, ticket, *told)
        case _:
            raise Refused("refused.going_already")  # or it takes more than a word: until when, say
