"""Appointing: brings the book in line with the roles that were given in a chat."""

from datetime import datetime

from bot.desk import Desk
from bot.model import ticket as change
from bot.model.appointment import Appointment, appointed
from bot.model.person import SURE, Person
from bot.model.settings import Agent
from bot.model.settings import Desk as Settings
from bot.store import Work


def take_up(work: Work, settings: Settings, person: Person, to: Appointment) -> Person:
    """They are from now on what they were appointed to, as far as there are such teams."""
    became = appointed(person, to, [each.name for each in settings.teams])
    if became != person:
        work.people.save(became)
    return became


def let_go(
    work: Work, desk: Desk, person: Person, by: int | None, now: datetime, channel: str = ""
) -> None:
    """What somebody held who is no agent any more is their team's again."""
    while held := work.tickets.of_assignee(person.id):
        for ticket in held:
            desk.keep(work, change.release(ticket, by, now, channel))


def of_settings(work: Work, settings: Settings, person: Person) -> Agent | None:
    """What the config says they are, by one of their addresses; None where it doesn't name them."""
    known = {(each.channel, each.external_id) for each in work.people.identities(person.id)}
    named = (each for each in settings.agents if not known.isdisjoint(each.addresses.items()))
    return next(named, None)


def is_vouched(work: Work, person: Person) -> bool:
    """Whether a network or the config is sure who writes from one of their addresses."""
    return any(each.proof in SURE for each in work.people.identities(person.id))
