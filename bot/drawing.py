"""Drawing: what a panel shows when it leaves, and below which card a post belongs."""

from collections import OrderedDict
from dataclasses import replace
from datetime import datetime

from bot.card import card
from bot.desk import Desk
from bot.home import home
from bot.labels import labels
from bot.model.mailroom import Letter
from bot.model.message import UNNAMED, ExternalId, Outbound, Shows
from bot.store import Work

_REMEMBERED = 512  # cards whose ids the book may not know yet


class Cards:
    """The cards that were posted a moment ago, so that what follows finds its thread."""

    def __init__(self) -> None:
        self._ids: OrderedDict[tuple[object, ...], ExternalId] = OrderedDict()

    def note(self, letter: Letter, external_id: ExternalId) -> None:
        """A letter was delivered: if it is a card, it is known by this id."""
        if letter.shows is Shows.CARD:
            self._ids[letter.ticket, letter.to] = external_id
            while len(self._ids) > _REMEMBERED:
                self._ids.popitem(last=False)

    def of(self, letter: Letter) -> ExternalId | None:
        """The card below which a letter belongs, if it was posted just now."""
        return self._ids.get((letter.ticket, letter.to))


def card_of(work: Work, *, letter: Letter) -> ExternalId | None:
    """The card of a letter's ticket in its room, as the book knows it."""
    cards = work.outbox.panels(ticket=letter.ticket or 0)
    return next((each.external_id for each in cards if each.to == letter.to), None)


def drawn(desk: Desk, work: Work, letter: Letter, message: Outbound, now: datetime) -> Outbound:
    """A card, a page or labels as they are at this moment."""
    if letter.shows is Shows.LABELS:
        listed = work.tickets.get(letter.ticket or 0)
        assert listed is not None, "labels are of a kept ticket"
        return replace(message, labels=labels(desk.texts, listed))
    if letter.shows is Shows.CARD:
        ticket = work.tickets.get(letter.ticket or 0)
        assert ticket is not None, "a card is of a kept ticket"
        text, panel = card(desk, work, ticket, now, letter.to)
        reference = desk.settings.reference(ticket.id)
    else:
        person = work.people.get(letter.person or 0)
        assert person is not None, "a page is of somebody known"
        text, panel = home(desk, work, person, now, letter.to.channel)
        reference = ""
    return replace(
        message,
        text=text,
        panel=panel,
        reference=reference,
        replaces=letter.external_id or UNNAMED,
    )
