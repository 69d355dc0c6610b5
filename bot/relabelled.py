"""Relabelled: people changed the labels by which a network lists a ticket's conversation."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from bot.labels import BY_LABEL, BY_UNLABEL, meant_by
from bot.model import ticket as change
from bot.model.entry import Event
from bot.model.mailroom import Outcome
from bot.model.refused import Refused
from bot.model.ticket import Change, Status, Ticket, may_reopen
from bot.model.triage import Kind, Priority
from bot.opening import reopening
from bot.turn import Turn


@dataclass(frozen=True, slots=True)
class _Wish:
    """What a ticket is to be by now, and the reason as its entry keeps it."""

    value: Status | Kind | Priority
    reason: str


def follow_labels(turn: Turn) -> None:
    """The ticket becomes what its labels say; where it can't, they are put right again.

    It does so in nobody's name: networks don't tell who changed them. They let only those do it
    whose conversation it is, and who keep order there.
    """
    ticket = before = turn.below or turn.work.tickets.at(turn.inbound.address)
    if ticket is None:
        turn.set_aside("labels")
        return
    for wish in _wishes(turn, ticket):
        try:
            changed = _changed(turn, ticket, wish)
        except Refused:
            continue
        assert isinstance(changed.entry, Event), "nobody says anything here"
        event = replace(changed.entry, reasons=(wish.reason,))
        ticket = turn.desk.keep(turn.work, replace(changed, entry=event))
    if ticket is before:
        turn.desk.rooms.redraw(turn.work, ticket, turn.now)
        turn.set_aside("labels", ticket)
        return
    turn.work.inbox.settle(turn.number, Outcome.COMMAND, ticket=ticket.id, reason="labels")


def _wishes(turn: Turn, ticket: Ticket) -> list[_Wish]:
    """What the labels ask for: one thing of each sort, the last; what ends a ticket at the end."""
    texts, inbound = turn.desk.texts, turn.inbound
    wishes = {type(each.value): each for each in _dropped(turn, ticket)}
    for name in inbound.labels:
        value = meant_by(texts, name)
        if value is not None:
            wishes[type(value)] = _Wish(value, f"{BY_LABEL}:{name}")
    return sorted(wishes.values(), key=_ends)


def _dropped(turn: Turn, ticket: Ticket) -> Iterator[_Wish]:
    """What a label asks for by being taken off, where it said how the ticket is."""
    for name in turn.inbound.unlabelled:
        value = meant_by(turn.desk.texts, name)
        if isinstance(value, Priority) and value is ticket.priority:
            yield _Wish(Priority.NORMAL, f"{BY_UNLABEL}:{name}")
        if isinstance(value, Status) and value is ticket.status and value.is_done:
            yield _Wish(Status.OPEN, f"{BY_UNLABEL}:{name}")


def _ends(wish: _Wish) -> bool:
    return isinstance(wish.value, Status) and wish.value.is_done


def _changed(turn: Turn, ticket: Ticket, wish: _Wish) -> Change:
    """The ticket as it is wished for; Refused where it can't be."""
    told = None, turn.now, turn.channel
    match wish.value:
        case Kind() as kind:
            return change.set_kind(ticket, kind, *told)
        case Priority() as priority:
            return change.set_priority(ticket, priority, *told)
        case Status.RESOLVED:
            return change.resolve(ticket, "", *told)
        case Status.CLOSED:
            return change.close(ticket, *told)
        case Status.NEW | Status.OPEN if may_reopen(ticket, turn.now, turn.desk.settings.reopen):
            return reopening(turn.work, turn.desk, ticket, *told)
        case _:
            raise Refused("refused.going_already")  # or it takes more than a word: until when, say
