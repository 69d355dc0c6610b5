"""Taking an answer back: the ticket as it would be without it."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime

from bot.model.entry import BEGINNINGS, OUR_TURN, UNSAID_KEPT, Entry, Event, Public, What
from bot.model.ticket import Change, Status, Ticket, told

_ANSWERS = (What.REPLIED, What.ASKED)
_ENDS_A_REST = (What.SAID, What.WOKEN, *BEGINNINGS, What.REOPENED, What.ABSORBED)


def last_answer(entries: Sequence[Entry], by: int) -> Public | None:
    """What somebody last said to the requester, and hasn't taken back; None for nothing."""
    found = (each for each in reversed(standing(entries)) if each.what in _ANSWERS)
    return next((each for each in found if each.by == by), None)  # type: ignore[return-value]  # no note is an answer


def standing(entries: Iterable[Entry]) -> list[Entry]:
    """The entries without what was taken back, unless its requester has it all the same."""
    kept = list(entries)
    events = (each for each in kept if isinstance(each, Event) and each.what is What.UNSAID)
    unsaid = {each.old for each in events if each.new != UNSAID_KEPT}
    return [each for each in kept if str(each.id) not in unsaid]


def unsay(
    ticket: Ticket,
    entries: Iterable[Entry],
    said: Public,
    by: int,
    now: datetime,
    channel: str,
    *,
    left: str = "",
) -> Change:
    """The answer `said` was taken back; whoever it claimed the ticket for keeps it.

    `left` is what remains of it, as `bot.model.entry.UNSAID_…`. What its requester has was said:
    it changes nothing of the ticket.
    """
    event = Event(what=What.UNSAID, at=now, by=by, channel=channel, old=str(said.id), new=left)
    return told(ticket if left == UNSAID_KEPT else _without(ticket, entries, said, now), event)


def _without(ticket: Ticket, entries: Iterable[Entry], said: Public, now: datetime) -> Ticket:
    """The ticket as it would be if that had never been said."""
    left = [each for each in standing(entries) if each.id != said.id]
    answers = [each.at for each in left if each.what in _ANSWERS]
    status, held_until = ticket.status, ticket.held_until
    if said.what is What.ASKED and status is Status.WAITING:
        going = Status.OPEN if ticket.assignee else Status.NEW
        status, held_until = _rested(left, now) or (going, None)
    return replace(
        ticket,
        status=status,
        held_until=held_until,
        first_answer_at=min(answers, default=None),
        waits_since=None if status.is_done else _turn_since(left),
    )


def _rested(left: Sequence[Entry], now: datetime) -> tuple[Status, datetime | None] | None:
    """How it rested by what is left of its history; None where it didn't, or no longer would."""
    for each in reversed(left):
        if each.what is What.ASKED:
            return Status.WAITING, None
        if isinstance(each, Event) and each.what is What.HELD:
            until = datetime.fromisoformat(each.new)
            return (Status.HELD, until) if until > now else None
        if each.what in _ENDS_A_REST:
            return None
    return None


def _turn_since(entries: Iterable[Entry]) -> datetime | None:
    """Since when it is the desk's turn, by what happened."""
    since: datetime | None = None
    for each in entries:
        if each.what in OUR_TURN:
            since = each.at if OUR_TURN[each.what] else None
        elif each.what in (What.SAID, *BEGINNINGS):
            since = since or each.at
    return since
