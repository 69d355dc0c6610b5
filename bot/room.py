"""The agents' rooms: where a team works together, each ticket has a card and its thread tells all.

Cards and people's own pages are panels: what they show is drawn when they leave, from the book as
it is then; here it is only said that they must.
"""

from collections.abc import Collection, Iterable
from datetime import datetime, timedelta

from bot.audience import CALLING, Circle, former
from bot.model.entry import BEGINNINGS, Entry, Event, Message, Note, What
from bot.model.mailroom import Letter, card_lane
from bot.model.message import Address, Shows, Tone
from bot.model.person import Person
from bot.model.settings import Desk as Settings
from bot.model.ticket import Ticket
from bot.moved import team_before
from bot.scribe import Scribe
from bot.store import Work

MOST_QUOTED = 1500  # characters of a report that its card shows; longer ones follow in its thread
CARD_PAUSE = timedelta(seconds=0.2)  # several changes at once are one redrawing
HOME_PAUSE = timedelta(seconds=3)
_GIVEN = (What.ASSIGNED, What.RELEASED, What.STEPPED_IN)  # `old` of these is who had it


class Rooms:
    """Keeps cards and people's own pages in step, and tells in a card's thread what happened."""

    def __init__(self, settings: Settings, scribe: Scribe, *, homes: bool) -> None:
        self._settings = settings
        self._scribe = scribe
        self._homes = homes
        self._any = any(team.rooms for team in settings.teams)

    def tell(
        self,
        work: Work,
        ticket: Ticket,
        entry: Entry,
        about: Message | Note | None,
        deaf: Collection[Circle],
    ) -> None:
        """Redraw the cards of a ticket, and post what happened below the one of its team.

        Where it went is posted below the one it leaves, too. Nothing is posted where the room is
        `deaf`, since it was said there; where who has it is, nobody is called.
        """
        if not self._any:
            self._relabel(work, ticket, entry.at)
            return
        places = self.redraw(work, ticket, entry.at)
        if Circle.ROOM not in deaf and not _fits_on_card(entry, about):
            for place in sorted(places | self._left(work, ticket, entry), key=str):
                called = () if Circle.HOLDER in deaf else _called(work, ticket, entry, place)
                # What whoever gets it must be told, the card's thread holds already.
                anew = None if entry.what is What.ASSIGNED else about
                self._scribe.post(work, ticket, entry, anew, place, called)

    def redraw(self, work: Work, ticket: Ticket, now: datetime) -> set[Address]:
        """Draw the cards of a ticket anew, the one in its team's room at once if there is none.

        Returns where its team works.
        """
        places = {Address(*room) for room in self._settings.rooms(ticket.team).items()}
        shown = self._relabel(work, ticket, now)
        for place in sorted(places | shown, key=str):
            pause = CARD_PAUSE if place in shown else timedelta(0)
            work.outbox.show(_card(ticket, place, now, pause))
        return places

    def is_left(self, ticket: Ticket, place: Address) -> bool:
        """Whether this is the room of a team that had it before, and that it has left."""
        at_work = self._settings.rooms(ticket.team).get(place.channel)
        return place.room != at_work and place.room in self._settings.rooms_on(place.channel)

    def _left(self, work: Work, ticket: Ticket, entry: Entry) -> set[Address]:
        """The rooms where it has a card and that it leaves by this."""
        cards = work.outbox.panels(ticket=ticket.id) if _team_before(entry) else ()
        shown = {each.to for each in cards if each.shows is Shows.CARD}
        before = self._settings.rooms(_team_before(entry))
        return {each for each in shown if before.get(each.channel) == each.room}

    def label(self, work: Work, ticket: Ticket, now: datetime) -> None:
        """The network lists its conversation: from now on by how the ticket stands."""
        work.outbox.show(_labels(ticket, ticket.conversation, now))

    def _relabel(self, work: Work, ticket: Ticket, now: datetime) -> set[Address]:
        """List it anew where it is listed; the places where it has a card."""
        panels = work.outbox.panels(ticket=ticket.id) if self._homes or self._any else ()
        for each in panels:
            if each.shows is Shows.LABELS:
                work.outbox.show(_labels(ticket, each.to, now))
        return {each.to for each in panels if each.shows is Shows.CARD}

    def covers(self, work: Work, ticket: Ticket, person: Person) -> bool:
        """Whether somebody reads the room of a ticket's team, and so needs no letter."""
        if not self._any or not (rooms := self._settings.rooms(ticket.team)):
            return False
        if not person.works_in(ticket.team):
            return False
        return any(each.channel in rooms for each in work.people.identities(person.id))

    def reads_along(self, work: Work, ticket: Ticket, writer: int) -> Person | None:
        """Who reported it, where they read in its room what others note on it.

        None where whoever has it is meant: they should read that.
        """
        found = work.people.get(ticket.requester)
        if found is None or not found.is_agent or found.id in (writer, ticket.assignee):
            return None
        return found if self.covers(work, ticket, found) else None

    def newly_reads_along(self, work: Work, ticket: Ticket, writer: int) -> Person | None:
        """The same after the first note that somebody wrote on it: from then on they know."""
        reader = self.reads_along(work, ticket, writer)
        entries = work.entries.of(ticket.id) if reader else ()
        notes = [each for each in entries if isinstance(each, Note) and each.by == writer]
        told = [each for each in notes if not each.of and "internal_answer" not in each.remarks]
        return reader if len(told) == 1 else None

    def redraw_homes(self, work: Work, ticket: Ticket, entry: Entry) -> None:
        """What the pages of its requesters and its team's agents show has changed."""
        if not self._homes:
            return
        new = entry.what in BEGINNINGS  # and nothing goes on in it yet
        joined = () if new else work.tickets.merged_into(ticket.id)
        merged = (work.tickets.get(each) for each in joined)
        concerned = {each.requester for each in (ticket, *merged) if each is not None}
        teams = {ticket.team, _team_before(entry)} - {""}
        concerned |= {each.id for each in work.people.agents() if any(map(each.works_in, teams))}
        if ticket.assignee:
            concerned.add(ticket.assignee)
        if isinstance(entry, Event) and entry.what in _GIVEN and entry.old:
            concerned.add(int(entry.old))  # who had it
        self.redraw_home(work, concerned, entry.at + HOME_PAUSE)

    def redraw_home(self, work: Work, people: Iterable[int], at: datetime) -> None:
        """Draw the pages of these people anew, as far as they ever opened them."""
        for home in work.outbox.homes(people) if self._homes else ():
            work.outbox.show(home_of(home.to, home.recipient, home.person, at))


def home_of(to: Address, recipient: str, person: int | None, at: datetime) -> Letter:
    """Somebody's own page on a channel, to be drawn at that moment."""
    return Letter(
        to=to,
        recipient=recipient,
        lane=f"{to.channel}:home:{recipient}",
        text="",
        created_at=at,
        person=person,
        shows=Shows.HOME,
        tone=Tone.NOTICE,
    )


def _team_before(entry: Entry) -> str:
    """From which team a ticket went on by this; "" where it didn't."""
    return team_before(entry) if isinstance(entry, Event) else ""


def _card(ticket: Ticket, place: Address, now: datetime, pause: timedelta) -> Letter:
    return Letter(
        to=place,
        recipient="",
        lane=card_lane(place, ticket.id),
        text="",
        created_at=now,
        not_before=now + pause if pause else None,
        ticket=ticket.id,
        shows=Shows.CARD,
        tone=Tone.NOTICE,
    )


def _labels(ticket: Ticket, place: Address, now: datetime) -> Letter:
    return Letter(
        to=place,
        recipient="",
        lane=f"{place.channel}:labels:{ticket.id}",
        text="",
        created_at=now,
        not_before=now + CARD_PAUSE,
        ticket=ticket.id,
        shows=Shows.LABELS,
        tone=Tone.NOTICE,
    )


def _fits_on_card(entry: Entry, about: Message | Note | None) -> bool:
    """Whether the card itself says all of it: a report of ordinary length without files."""
    if entry.what not in BEGINNINGS:
        return False
    return about is None or (len(about.text) <= MOST_QUOTED and not about.attachments)


def _called(work: Work, ticket: Ticket, entry: Entry, place: Address) -> tuple[str, ...]:
    """The ids there of who has and had the ticket, when they should look at what others did."""
    if entry.what not in CALLING:
        return ()
    holders = dict.fromkeys((ticket.assignee, former(entry)))
    people = [work.people.get(each) for each in holders if each and each != entry.by]
    ids = (_id_on(work, place.channel, each) for each in people if each and each.is_agent)
    return tuple(filter(None, ids))


def _id_on(work: Work, channel: str, person: Person) -> str:
    """By what somebody is known on a channel, "" where they aren't."""
    known = (x.external_id for x in work.people.identities(person.id) if x.channel == channel)
    return next(known, "")
