"""Promising: what is promised of a ticket follows each of its changes."""

from bot.introduction import home_of
from bot.model.entry import Entry, What
from bot.model.promise import follow
from bot.model.settings import Desk as Settings
from bot.model.target import Agreed, Terms, terms_of
from bot.model.ticket import Ticket
from bot.store import Work

# After these their requester has heard from a person how it goes.
_NEWS = (
    What.REPLIED,
    What.ASKED,
    What.HELD,
    What.RESOLVED,
    What.TRANSFERRED,
    What.ESCALATED,
)


def keep_promises(
    work: Work, settings: Settings, ticket: Ticket, entry: Entry, *, new: bool = False
) -> None:
    """Give, stop, renew and end what is promised of a ticket, as it is after this entry."""
    if not settings.targets.rules:
        return
    agreed = agreed_for(work, settings, ticket)
    known = () if new else work.promises.of(ticket.id)
    answered = entry.by is not None and entry.what in _NEWS
    followed = follow(known, ticket, agreed, entry.at, settings.hours_of, answered=answered)
    for each in followed:
        work.promises.keep(each)


def agreed_for(work: Work, settings: Settings, ticket: Ticket) -> Agreed:
    """Which target and which calendar hold for a ticket, by who reported it."""
    return settings.targets.agreed(terms_for(work, settings, ticket), settings.calendar)


def terms_for(work: Work, settings: Settings, ticket: Ticket) -> Terms:
    """What decides which promises are given for a ticket."""
    requester = work.people.get(ticket.requester)
    assert requester is not None, "a ticket's requester is kept"
    addresses = [each.external_id for each in work.people.identities(requester.id)]
    home = home_of(settings, addresses)
    return terms_of(ticket, home.contract if home else "", requester.office)
