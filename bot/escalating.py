"""Escalating: a ticket goes to those who know more, by hand or by itself at the right time."""

from datetime import datetime

from bot.audience import Circle, Hearing
from bot.desk import Desk
from bot.duty import Choice, give
from bot.model.entry import Note
from bot.model.message import Tone
from bot.model.moving import escalate
from bot.model.person import Person
from bot.model.promise import HALF, NEARLY, REPORTED, Promise
from bot.model.refused import Refused
from bot.model.target import After, Escalation
from bot.model.ticket import Ticket
from bot.promising import terms_for
from bot.store import Work
from bot.story import report

HANDED_AWAY = Hearing(Circle.FORMER, "handed_away", ("note",), Tone.NOTICE, inward=True)
_AFTER = {HALF: After.HALF, NEARLY: After.THREE_QUARTERS, REPORTED: After.BROKEN}


def escalate_by_itself(desk: Desk, work: Work, promise: Promise, step: int, now: datetime) -> bool:
    """What the matrix says of a promise that reaches a step: whether somebody else goes on.

    What stands as high already stays where it is.
    """
    ticket = work.tickets.get(promise.ticket)
    assert ticket is not None, "what is promised of a ticket is kept with it"
    rule = _rule(desk, work, ticket, promise, step)
    if rule is None:
        return False
    try:
        kept = _escalated(desk, work, ticket, rule, promise, now)
    except Refused:  # it is there already
        kept = ticket
    agent = next((each for each in work.people.agents() if each.name == rule.agent), None)
    if agent and agent.id not in (kept.assignee, kept.requester):
        give(work, desk, kept, Choice(agent, (f"named:{rule.name}",)), now)
    return True


def let_go(
    desk: Desk, work: Work, before: Ticket, kept: Ticket, by: Person | None, now: datetime
) -> None:
    """Who had it is told that it is another team's, and sees on their page that it isn't theirs."""
    holder = work.people.get(before.assignee) if before.assignee else None
    if holder is None:
        return
    desk.rooms.redraw_home(work, [holder.id], now)
    if (by is None or holder.id != by.id) and holder.is_agent and not holder.works_in(kept.team):
        new, name = desk.settings.label(kept.team), by.name if by else desk.settings.name
        desk.scribe.tell(work, holder, HANDED_AWAY, now, kept, by=name, new=new, reasons=())


def _rule(desk: Desk, work: Work, ticket: Ticket, promise: Promise, step: int) -> Escalation | None:
    """The first rule that is for the latest step that is new."""
    rules = desk.settings.targets.escalations
    if not rules:
        return None
    terms = terms_for(work, desk.settings, ticket)
    reached = (_AFTER[each] for each in range(step, promise.step, -1) if each in _AFTER)
    fitting = (
        rule for after in reached for rule in rules if rule.fits(terms, promise.clock, after)
    )
    return next(fitting, None)


def _escalated(
    desk: Desk, work: Work, ticket: Ticket, rule: Escalation, promise: Promise, now: datetime
) -> Ticket:
    if rule.agent and not (rule.team or rule.level):
        return ticket
    if rule.team == ticket.team and not rule.level:  # by another promise of it, perhaps
        return ticket
    above = ticket.team if rule.level else desk.settings.above(ticket.team)
    summary = _summary(desk, work, ticket, rule, promise, now)
    level = rule.level or None
    change = escalate(ticket, rule.team or above, None, now, "", to_level=level, beside=summary)
    kept = desk.keep(work, change)
    let_go(desk, work, ticket, kept, None, now)
    return kept


def _summary(
    desk: Desk, work: Work, ticket: Ticket, rule: Escalation, promise: Promise, now: datetime
) -> Note:
    """What whoever is next should know, in the desk's language."""
    reader, first = desk.wording.room_reader(work, now, ""), report(work.entries.of(ticket.id))
    facts = {
        "clock": promise.clock.value,
        "step": rule.after.value,
        "due": promise.due_at,
        "words": first.text if first else "",
        "rule": rule.name,
        "by": desk.wording.name(work, reader, ticket.assignee) if ticket.assignee else "",
    }
    return Note(text=desk.texts.render("escalation.note", reader, **facts), at=now, by=None)
