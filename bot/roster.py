"""The roster: who works here by the config, and that the book is in line with it."""

import collections
from collections.abc import Collection
from dataclasses import replace
from datetime import datetime

import structlog

from bot.appointing import let_go, take_up
from bot.audience import Circle
from bot.desk import Desk
from bot.model import ticket as change
from bot.model.appointment import Appointment
from bot.model.entry import Event, What
from bot.model.person import Role
from bot.model.ticket import Ticket
from bot.store import Work

log = structlog.get_logger(__name__)


def declare(work: Work, desk: Desk, now: datetime) -> None:
    """Bring the book in line with what the config says: of organisations, agents and waiting.

    What was said in a chat of who works here holds as well, but for whom the config names. What
    somebody held who is no agent any more is their team's again, and what belonged to a team that
    is no more is the first team's.
    """
    work.outbox.part_lanes(by_ticket=bool(desk.settings.undo))
    for organisation in desk.settings.organisations:
        work.people.declare_organisation(organisation)
    agents = [
        work.people.declare_agent(each.person, dict(each.addresses), now)
        for each in desk.settings.agents
    ]
    _gather(work, desk, now)
    named = {agent.id for agent in agents}
    for retired in work.people.retire_agents(named | _appointed(work, desk, named, now)):
        let_go(work, desk, retired, None, now)


def _appointed(work: Work, desk: Desk, named: Collection[int], now: datetime) -> set[int]:
    """The agents whom nobody but an admin named, in a chat; for the others the config decides."""
    agents = set()
    for each in work.appointments.every():
        if each.person in named:
            work.appointments.drop(each.person, now)
        elif (person := work.people.get(each.person)) and _has_team(desk, each):
            agents.add(take_up(work, desk.settings, person, each).id)
    return agents


def _has_team(desk: Desk, to: Appointment) -> bool:
    """Whether there is still a team in which they are agents; the appointment waits for one."""
    teams = {team.name for team in desk.settings.teams}
    named = any(team in teams for team, _ in to.posts)
    return to.role >= Role.AGENT and (named or not to.posts)


def _gather(work: Work, desk: Desk, now: datetime) -> None:
    """Give the first team what nobody would see or hear of any more."""
    teams, first = [team.name for team in desk.settings.teams], desk.settings.first_team
    moved: collections.Counter[str] = collections.Counter()
    while strayed := work.tickets.strayed(teams):
        for ticket in strayed:
            moved[ticket.team] += 1
            # Agents heard of each when it came: its place in the queue tells the rest at once.
            desk.keep(work, _regained(ticket, first, now), deaf=(Circle.TEAM, Circle.ASSIGNEE))
    for team, count in moved.items():
        log.warning("a team is no more", team=team, tickets=count, now=first)


def _regained(ticket: Ticket, team: str, now: datetime) -> change.Change:
    what = What.ASSIGNED if ticket.assignee else What.RELEASED
    event = Event(what=what, at=now, by=None, new=str(ticket.assignee or ""))
    return change.told(replace(ticket, team=team), event)
