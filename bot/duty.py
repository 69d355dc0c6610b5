"""Who of a team gets a ticket, by what the team and the desk's rules decided, and who is there."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import datetime

from bot.clocks import zone_of
from bot.desk import Desk
from bot.model.duty import Candidate, Duty, given, leveled, next_of, skilled
from bot.model.entry import Message
from bot.model.person import Person
from bot.model.route import Rule
from bot.model.settings import Assignment
from bot.model.settings import Desk as Settings
from bot.model.ticket import Ticket
from bot.store import Work

TURN = {Assignment.ROUND_ROBIN: "turn", Assignment.LEAST_LOADED: "load"}


@dataclass(frozen=True, slots=True)
class Choice:
    """Who gets a ticket, and why: reasons as an entry keeps them."""

    agent: Person
    reasons: tuple[str, ...]

    def because(self, reason: str) -> "Choice":
        """The same, with a reason that stands before the others."""
        return replace(self, reasons=(reason, *self.reasons))


def chosen(
    work: Work, settings: Settings, ticket: Ticket, rule: Rule | None, now: datetime
) -> Choice | None:
    """Who gets a new ticket at once; None where it waits in its team's queue.

    Whom the rule names gets it, or who stands in for them; else whose turn it is.
    """
    if rule and rule.agent and (named := _named(work, ticket, rule, now)):
        return named
    how = settings.team(ticket.team).assignment
    if how is Assignment.MANUAL:
        return None
    return in_turn(work, settings, ticket, how, now, skill=rule.skill if rule else "")


def in_turn(
    work: Work,
    settings: Settings,
    ticket: Ticket,
    how: Assignment,
    now: datetime,
    *,
    skill: str = "",
    but: Collection[int] = (),
) -> Choice | None:
    """Whose turn it is of the team's agents on duty, but for some; None where nobody is there.

    Nobody gets what they report themselves. `how` isn't by hand.
    """
    agents = {
        each.id: each
        for each in work.people.agents(ticket.team)
        if each.id not in (ticket.requester, *but)
        and on_duty(work, settings, ticket.team, each, now)
    }
    there = [_candidate(work, ticket.team, each, how) for each in agents.values()]
    able = skilled(leveled(there, ticket.level), skill)
    found = next_of(able, how)
    if found is None:
        return None
    knows = (f"skill:{skill}",) if skill in found.skills else ()
    reason = f"{TURN[how]}:{settings.label(ticket.team)}"
    raised = (f"level:{ticket.level}",) if 1 < ticket.level <= found.level else ()
    return Choice(agents[found.person], (reason, *raised, *knows))


def give(
    work: Work,
    desk: Desk,
    ticket: Ticket,
    choice: Choice,
    now: datetime,
    *,
    about: Message | None = None,
) -> Ticket:
    """The desk gives a ticket to somebody, whose turn it was; they are told, with what was said."""
    work.duties.give(choice.agent.id, now)
    return desk.keep(work, given(ticket, choice.agent.id, choice.reasons, now), about=about)


def on_duty(work: Work, settings: Settings, team: str, agent: Person, now: datetime) -> bool:
    """Whether somebody is at work for a team: its hours, by their own clock, and not away."""
    hours = settings.team(team).hours or settings.hours
    local = replace(hours, zone=zone_of(settings, agent.zone)) if agent.zone else hours
    return local.is_open(now) and not work.duties.of(agent.id).is_away(now)


def stands_in(work: Work, agent: Person, now: datetime) -> tuple[Duty, Person | None]:
    """What is known of somebody's duty, and who stands in for them while they are away.

    Who stands in may be away, too, and somebody else stand in for them.
    """
    duty = first = work.duties.of(agent.id)
    met, who = {agent.id}, agent
    while duty.is_away(now):
        found = work.people.get(duty.substitute) if duty.substitute else None
        if found is None or not found.is_agent or found.id in met:
            return first, None
        who, duty = found, work.duties.of(found.id)
        met.add(found.id)
    return first, None if who.id == agent.id else who


def _named(work: Work, ticket: Ticket, rule: Rule, now: datetime) -> Choice | None:
    """Whom a rule names; while they are away, who stands in for them, if anybody does."""
    agent = next((each for each in work.people.agents() if each.name == rule.agent), None)
    if agent is None:
        return None
    duty, substitute = stands_in(work, agent, now)
    who = substitute if duty.is_away(now) else agent
    if who is None or who.id == ticket.requester:
        return None
    reason = f"named:{rule.name}" if who is agent else f"stands_in:{agent.name}"
    return Choice(who, (reason,))


def _candidate(work: Work, team: str, agent: Person, how: Assignment) -> Candidate:
    load = work.tallies.assigned(agent.id) if how is Assignment.LEAST_LOADED else 0
    turn = work.duties.of(agent.id).assigned_at
    return Candidate(agent.id, agent.skills, load, turn, agent.level_in(team))
