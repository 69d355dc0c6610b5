"""The roster: who works here by the config, and that the book is in line with it."""

import collections
from dataclasses import replace
from datetime import datetime

import structlog

from bot.audience import Circle
from bot.desk import Desk
from bot.model import ticket as change
from bot.model.entry import Event, What
from bot.model.ticket import Ticket
from bot.store import Work

log = structlog.get_logger(__name__)


def declare(work: Work, desk: Desk, now: datetime) -> None:
    """Bring the book in line with what the config says of organisations and agents.

    What somebody held who is no agent any more is their team's again, and what belonged to a team
    that is no more is the first team's.
    """
    for organisation in desk.settings.organisations:
        work.people.declare_organisation(organisation)
    agents = [
        work.people.declare_agent(each.person, dict(each.addresses), now)
        for each in desk.settings.agents
    ]
    _gather(work, desk, now)
    for retired in work.people.retire_agents(agent.id for agent in agents):
        while held := work.tickets.of_assignee(retired.id):
            for ticket in held:
                desk.keep(work, change.release(ticket, None, now, ""))


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
