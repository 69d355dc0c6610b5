"""A ticket, and every change it can go through: each returns the new ticket and its entry."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

from bot.model.entry import OUR_TURN, Entry, Event, Message, Note, What
from bot.model.message import Address
from bot.model.refused import Refused
from bot.model.triage import Kind, Priority, Triage


class Status(StrEnum):
    """Where a ticket stands."""

    NEW = "new"
    OPEN = "open"
    WAITING = "waiting"  # for the requester
    HELD = "held"  # until a moment
    RESOLVED = "resolved"
    CLOSED = "closed"

    @property
    def is_done(self) -> bool:
        """Whether nothing is left to do."""
        return self in (Status.RESOLVED, Status.CLOSED)


@dataclass(frozen=True, slots=True, kw_only=True)
class Ticket:
    """One matter of one person, whichever channels it is spoken of on.

    `id` is its number; people read it with the desk's prefix, "IT-42". `version` grows with each
    change, so that two changes at once can't both win. Moments are in UTC.
    """

    requester: int
    subject: str
    summary: str  # one line that says what was understood
    kind: Kind
    priority: Priority
    conversation: Address
    opened_at: datetime
    updated_at: datetime
    status: Status = Status.NEW
    level: int = 1
    team: str = ""
    assignee: int | None = None
    language: str = ""
    upset: bool = False
    first_answer_at: datetime | None = None
    resolved_at: datetime | None = None
    held_until: datetime | None = None
    merged_into: int | None = None
    follows: int | None = None  # the one it goes on from, when that was closed too long ago
    tags: tuple[str, ...] = ()  # words of the agents' own, in the order in which they came
    assets: tuple[str, ...] = ()  # what it is about, by their labels
    minutes: int = 0  # that were spent on it
    waits_since: datetime | None = None  # from then on it was the desk's turn; None while it isn't
    id: int = 0
    version: int = 1


@dataclass(frozen=True, slots=True)
class Change:
    """A ticket after a change, and the entry that tells it; `beside` is for agents alone."""

    ticket: Ticket
    entry: Entry
    beside: Note | None = None


def said(ticket: Ticket, message: Message, *, revives: bool = True) -> Change:
    """The requester's side wrote; `revives` is False for thanks and automatic mail."""
    status = ticket.status
    if revives and status in (Status.WAITING, Status.HELD):
        status = _going(ticket)
    held_until = ticket.held_until if status is Status.HELD else None
    since = ticket.waits_since or (message.at if revives else None)
    return changed(ticket, message, status=status, held_until=held_until, waits_since=since)


def replied(ticket: Ticket, message: Message) -> Change:
    """An agent wrote to the requester; whoever answers an unclaimed ticket has claimed it."""
    first = ticket.first_answer_at or message.at
    if ticket.status is Status.CLOSED:
        return changed(ticket, message, first_answer_at=first)
    status = Status.OPEN if ticket.status is Status.NEW else ticket.status
    assignee = ticket.assignee or message.by
    return changed(ticket, message, first_answer_at=first, status=status, assignee=assignee)


def told(ticket: Ticket, entry: Entry) -> Change:
    """Something happened around the ticket, or was said anew, that changes nothing of it."""
    return changed(ticket, entry)


def claim(ticket: Ticket, by: int, now: datetime, channel: str) -> Change:
    """An agent takes it; refused when somebody else has it."""
    still_going(ticket)
    if ticket.assignee == by:
        raise Refused("refused.claimed_by_you")
    if ticket.assignee is not None:
        raise Refused("refused.claimed", person=ticket.assignee)
    event = Event(what=What.CLAIMED, at=now, by=by, channel=channel)
    return changed(ticket, event, assignee=by, status=_taken(ticket))


def step_in(ticket: Ticket, by: int, reason: str, now: datetime, channel: str) -> Change:
    """Somebody takes it over from whoever has it; the reason is why they may."""
    still_going(ticket)
    event = Event(
        what=What.STEPPED_IN,
        at=now,
        by=by,
        channel=channel,
        old=str(ticket.assignee),
        reasons=(reason,),
    )
    return changed(ticket, event, assignee=by, status=_taken(ticket))


def release(ticket: Ticket, by: int | None, now: datetime, channel: str) -> Change:
    """The agent gives it back to the team."""
    still_going(ticket)
    if ticket.assignee is None:
        raise Refused("refused.unclaimed")
    event = Event(what=What.RELEASED, at=now, by=by, channel=channel, old=str(ticket.assignee))
    status = Status.NEW if ticket.status is Status.OPEN else ticket.status
    return changed(ticket, event, assignee=None, status=status)


def assign(ticket: Ticket, to: int, by: int, now: datetime, channel: str) -> Change:
    """Somebody hands it to an agent."""
    still_going(ticket)
    if ticket.assignee == to:
        raise Refused("refused.assigned_already", person=to)
    old = "" if ticket.assignee is None else str(ticket.assignee)
    event = Event(what=What.ASSIGNED, at=now, by=by, channel=channel, old=old, new=str(to))
    return changed(ticket, event, assignee=to, status=_taken(ticket))


def ask(ticket: Ticket, words: str, by: int, now: datetime, channel: str) -> Change:
    """An agent asks the requester and waits for the answer."""
    still_going(ticket)
    event = Event(what=What.ASKED, at=now, by=by, channel=channel, words=words)
    return changed(
        ticket,
        event,
        status=Status.WAITING,
        assignee=ticket.assignee or by,
        first_answer_at=ticket.first_answer_at or now,
        held_until=None,
    )


def hold(
    ticket: Ticket, until: datetime, words: str, by: int, now: datetime, channel: str
) -> Change:
    """An agent lays it aside until a moment; who has it then sees to it, they if nobody does."""
    still_going(ticket)
    if until <= now:
        refusal = Refused("refused.moment_past")
        refusal.field = "until"
        raise refusal
    new, holder = until.isoformat(), ticket.assignee or by
    event = Event(what=What.HELD, at=now, by=by, channel=channel, new=new, words=words)
    return changed(ticket, event, status=Status.HELD, held_until=until, assignee=holder)


def wake(ticket: Ticket, now: datetime) -> Change:
    """The moment of a hold has come."""
    event = Event(what=What.WOKEN, at=now, by=None)
    return changed(ticket, event, status=_going(ticket), held_until=None)


def set_priority(
    ticket: Ticket, priority: Priority, by: int | None, now: datetime, channel: str
) -> Change:
    """Somebody weighs it anew."""
    still_going(ticket)
    if ticket.priority is priority:
        raise Refused("refused.priority_already", priority=priority.name.lower())
    old, new = ticket.priority.name.lower(), priority.name.lower()
    event = Event(what=What.PRIORITY, at=now, by=by, channel=channel, old=old, new=new)
    return changed(ticket, event, priority=priority)


def weigh(ticket: Ticket, judged: Triage, message: Message) -> Change | None:
    """What the requester's side wrote since makes it graver; None when it doesn't.

    Only words that are more than ordinary count, and they never make it less urgent: whether
    somebody calm again means that it can wait, an agent decides.
    """
    graver = judged.priority > max(ticket.priority, Priority.NORMAL)
    priority = judged.priority if graver else ticket.priority
    if not graver and (ticket.upset or not judged.upset):
        return None
    event = Event(
        what=What.WEIGHED,
        at=message.at,
        by=message.by,
        channel=message.channel,
        old=ticket.priority.name.lower(),
        new=priority.name.lower(),
        reasons=reasons_of(judged),
    )
    return changed(ticket, event, priority=priority, upset=ticket.upset or judged.upset)


def set_kind(ticket: Ticket, kind: Kind, by: int | None, now: datetime, channel: str) -> Change:
    """Somebody says what it is."""
    if ticket.kind is kind:
        raise Refused("refused.kind_already", kind=kind.value)
    event = Event(
        what=What.KIND, at=now, by=by, channel=channel, old=ticket.kind.value, new=kind.value
    )
    return changed(ticket, event, kind=kind)


def resolve(
    ticket: Ticket,
    words: str,
    by: int | None,
    now: datetime,
    channel: str,
    *,
    helper: int | None = None,
) -> Change:
    """The matter is solved, by what `helper` said; the requester may say it isn't."""
    still_going(ticket)
    new = str(helper or "")
    event = Event(what=What.RESOLVED, at=now, by=by, channel=channel, words=words, new=new)
    return changed(ticket, event, status=Status.RESOLVED, resolved_at=now, held_until=None)


def close(ticket: Ticket, by: int | None, now: datetime, channel: str) -> Change:
    """Nothing more to come, by hand or after the days of grace."""
    if ticket.merged_into is not None:
        raise Refused("refused.merged", other=ticket.merged_into)
    if ticket.status is Status.CLOSED:
        raise Refused("refused.closed_already")
    event = Event(what=What.CLOSED, at=now, by=by, channel=channel)
    resolved_at = ticket.resolved_at or now
    return changed(ticket, event, status=Status.CLOSED, resolved_at=resolved_at, held_until=None)


def reopen(ticket: Ticket, by: int | None, now: datetime, channel: str) -> Change:
    """It isn't solved after all."""
    if ticket.merged_into is not None:
        raise Refused("refused.merged", other=ticket.merged_into)
    if not ticket.status.is_done:
        raise Refused("refused.going_already")
    event = Event(what=What.REOPENED, at=now, by=by, channel=channel)
    return changed(ticket, event, status=_going(ticket), resolved_at=None)


def may_reopen(ticket: Ticket, now: datetime, window: timedelta) -> bool:
    """Whether new words bring it back, rather than begin a linked one."""
    if ticket.merged_into is not None or not ticket.status.is_done:
        return False
    return ticket.resolved_at is None or now - ticket.resolved_at <= window


def reasons_of(judged: Triage) -> tuple[str, ...]:
    """Why it was judged so, as an entry keeps it: the rule, and the words that made it speak."""
    return tuple(f"{reason.rule}:{reason.words}" for reason in judged.reasons)


def still_going(ticket: Ticket) -> None:
    """Raises `Refused` for what is done, or goes on in another ticket."""
    if ticket.merged_into is not None:
        raise Refused("refused.merged", other=ticket.merged_into)
    if ticket.status.is_done:
        raise Refused("refused.done")


def _going(ticket: Ticket) -> Status:
    return Status.OPEN if ticket.assignee else Status.NEW


def _taken(ticket: Ticket) -> Status:
    return Status.OPEN if ticket.status is Status.NEW else ticket.status


def changed(ticket: Ticket, entry: Entry, **fields: object) -> Change:
    """The ticket with these fields anew, one version on."""
    if entry.what in OUR_TURN:
        fields["waits_since"] = entry.at if OUR_TURN[entry.what] else None
    after = replace(
        ticket,
        updated_at=entry.at,
        version=ticket.version + 1,
        **fields,  # type: ignore[arg-type]  # the callers above name Ticket's own fields
    )
    return Change(after, replace(entry, ticket=ticket.id))
