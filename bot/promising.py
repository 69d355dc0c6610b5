"""Promising: what is promised of a ticket follows each of its changes."""

from collections.abc import Sequence
from datetime import datetime

from bot.introduction import home_of
from bot.model.entry import Entry, What
from bot.model.promise import Promise, follow
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
    answered = entry.by is not None and entry.what in _NEWS
    known = () if new else work.promises.of(ticket.id)
    _follow(work, settings, ticket, known, entry.at, answered=answered)


def go_on(work: Work, settings: Settings, ticket: Ticket, now: datetime) -> None:
    """Let promises stop or go on as a planned work does that the ticket is about."""
    if settings.targets.rules:
        _follow(work, settings, ticket, work.promises.of(ticket.id), now, answered=False)


def _follow(
    work: Work,
    settings: Settings,
    ticket: Ticket,
    known: Sequence[Promise],
    at: datetime,
    *,
    answered: bool,
) -> None:
    agreed = agreed_for(work, settings, ticket)
    about = work.notices.of_ticket(ticket.id) if known and settings.notices.pause else None
    rests = about is not None and about.lasts_at(at)
    for each in follow(
        known, ticket, agreed, at, settings.counting, answered=answered, rests=rests
    ):
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
