"""Where tickets go: to another team, a level up, into one another; and what stands beside them."""

from collections.abc import Collection
from dataclasses import replace
from datetime import datetime

from bot.model.entry import Event, Message, Note, What
from bot.model.person import HIGHEST
from bot.model.refused import Refused
from bot.model.relation import Relation
from bot.model.tags import tagged
from bot.model.ticket import Change, Status, Ticket, changed, still_going


def transfer(
    ticket: Ticket,
    team: str,
    by: int,
    now: datetime,
    channel: str,
    *,
    beside: Note | None = None,
) -> Change:
    """Another team goes on with it, and nobody of it has it yet; `beside` is for them alone."""
    still_going(ticket)
    if ticket.team == team:
        raise Refused("refused.same_team", team=team).at("team")
    event = Event(what=What.TRANSFERRED, at=now, by=by, channel=channel, old=ticket.team, new=team)
    return _handed_on(ticket, event, beside, team=team)


def escalate(
    ticket: Ticket,
    team: str,
    by: int | None,
    now: datetime,
    channel: str,
    *,
    to_level: int | None = None,
    beside: Note | None = None,
) -> Change:
    """It goes to `team` and a level up, as far as there is one, or up to the one that is named.

    The summary `beside` is for them.
    """
    still_going(ticket)
    if to_level is not None and to_level <= ticket.level:
        raise Refused("refused.level_already", level=ticket.level).at("rung")
    level = to_level or min(ticket.level + 1, HIGHEST)
    if (team, level) == (ticket.team, ticket.level):
        raise Refused("refused.highest").at("rung")
    old, new = f"{ticket.team}:{ticket.level}", f"{team}:{level}"
    event = Event(what=What.ESCALATED, at=now, by=by, channel=channel, old=old, new=new)
    return _handed_on(ticket, event, beside, team=team, level=level)


def tag(ticket: Ticket, words: str, by: int, now: datetime, channel: str) -> Change:
    """Agents put words of their own on it, or take some off, whatever its state."""
    if ticket.merged_into is not None:
        raise Refused("refused.merged", other=ticket.merged_into)
    tags = tagged(ticket.tags, words)
    old, new = ", ".join(ticket.tags), ", ".join(tags)
    event = Event(what=What.TAGGED, at=now, by=by, channel=channel, old=old, new=new)
    return changed(ticket, event, tags=tags)


def concern(
    ticket: Ticket, assets: tuple[str, ...], by: int, now: datetime, channel: str
) -> Change:
    """It is about these assets from now on, by their labels, whatever its state."""
    old, new = ", ".join(ticket.assets), ", ".join(assets)
    event = Event(what=What.EQUIPPED, at=now, by=by, channel=channel, old=old, new=new)
    return changed(ticket, event, assets=assets)


def relate(
    ticket: Ticket,
    other: Ticket,
    how: Relation,
    before: Relation,
    above: Collection[int],
    by: int,
    now: datetime,
    channel: str,
) -> tuple[Change, Change]:
    """What the other is to a ticket from now on, and `before`: an entry on each of them.

    `above`: the ancestors of the one that becomes the parent, if one does; none may be its own.
    """
    if ticket.id == other.id:
        raise Refused("refused.relate_itself").at("other")
    if how is before:
        raise Refused("refused.related_already", other=other.id, how=how.value).at("how")
    child = {Relation.PARENT: ticket.id, Relation.CHILD: other.id}.get(how)
    if child is not None and child in above:
        raise Refused("refused.related_in_circle", other=other.id).at("how")

    def entry(about: Ticket, far: Ticket, seen: Relation, was: Relation) -> Change:
        new, old = f"{far.id}:{seen}", was.value
        event = Event(what=What.RELATED, at=now, by=by, channel=channel, old=old, new=new)
        return changed(about, event)

    there = entry(other, ticket, how.opposite, before.opposite)
    return entry(ticket, other, how, before), there


def split(ticket: Ticket, first: Message, into: Ticket, by: int, channel: str) -> Change:
    """What was said from `first` on goes on in a ticket of its own; this one keeps it all."""
    old, new = str(first.id), str(into.id)
    event = Event(
        what=What.SPLIT,
        at=into.updated_at,
        by=by,
        channel=channel,
        old=old,
        new=new,
        words=into.summary,
    )
    return changed(ticket, event)


def standing(words: str) -> tuple[str, int]:
    """The team and the level that an ESCALATED names: "network:2"."""
    team, _, level = words.rpartition(":")
    return team, int(level)


def merge(ticket: Ticket, into: Ticket, by: int, now: datetime, channel: str) -> tuple[Change, ...]:
    """`ticket` goes on in `into`: both changes, the ended one first."""
    if ticket.id == into.id:
        raise Refused("refused.merge_itself")
    if ticket.merged_into is not None:
        raise Refused("refused.merged", other=ticket.merged_into)
    if into.merged_into is not None:
        raise Refused("refused.merged", other=into.merged_into)
    if into.status.is_done:
        raise Refused("refused.merge_into_done", other=into.id)
    ended = Event(what=What.MERGED, at=now, by=by, channel=channel, new=str(into.id))
    return (
        changed(
            ticket,
            ended,
            status=Status.CLOSED,
            merged_into=into.id,
            resolved_at=ticket.resolved_at or now,
            held_until=None,
            minutes=0,  # they count where it goes on
        ),
        _grown(into, ticket, by, now, channel),
    )


def _grown(ticket: Ticket, by_other: Ticket, by: int, now: datetime, channel: str) -> Change:
    """The change of the one that goes on: as grave as either, with what both bear.

    Where it rested and the other was the desk's turn, it is, too.
    """
    priority = max(ticket.priority, by_other.priority)
    raised = priority.name.lower() if priority > ticket.priority else ""
    old = str(by_other.id)
    event = Event(what=What.ABSORBED, at=now, by=by, channel=channel, old=old, new=raised)
    waits = (each.waits_since for each in (ticket, by_other) if each.waits_since)
    wakes = by_other.waits_since and ticket.status in (Status.WAITING, Status.HELD)
    awake = Status.OPEN if ticket.assignee else Status.NEW
    return changed(
        ticket,
        event,
        status=awake if wakes else ticket.status,
        held_until=None if wakes else ticket.held_until,
        priority=priority,
        upset=ticket.upset or by_other.upset,
        tags=tuple(dict.fromkeys((*ticket.tags, *by_other.tags))),
        assets=tuple(dict.fromkeys((*ticket.assets, *by_other.assets))),
        waits_since=min(waits, default=None),
        minutes=ticket.minutes + by_other.minutes,
    )


def _handed_on(ticket: Ticket, event: Event, beside: Note | None, **fields: object) -> Change:
    """The change by which nobody has it any more, as if it were given back."""
    status = Status.NEW if ticket.status is Status.OPEN else ticket.status
    change = changed(ticket, event, assignee=None, status=status, **fields)
    return replace(change, beside=replace(beside, ticket=ticket.id) if beside else None)
