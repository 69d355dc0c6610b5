"""The desk: the one room where tickets change, and from where everybody concerned is told."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace
from datetime import datetime

from bot.audience import ANSWERS, HEARINGS, INWARD, Circle, Hearing, may_read
from bot.ear import Ear
from bot.model.entry import Entry, Event, Message, Note, Public, What
from bot.model.mailroom import Letter
from bot.model.message import UNNAMED, Answer, ExternalId, Shows
from bot.model.person import Person
from bot.model.refused import Refused
from bot.model.settings import Desk as Settings
from bot.model.ticket import Change, Ticket
from bot.room import Rooms
from bot.scribe import Scribe
from bot.store import Work
from bot.text import Texts


class Desk:
    """Keeps each change with its entry, and queues what is to be said of it, in one transaction."""

    def __init__(
        self,
        settings: Settings,
        texts: Texts,
        ear: Ear,
        *,
        chats: Mapping[str, str] | None = None,
        mail: str = "",
        channels: Collection[str] = (),
    ) -> None:
        """`chats`: the channels where people have pages and agents write among themselves, with the
        word behind which commands stand there.

        `mail`: the channel that reaches people by mail addresses, "" where there is none.
        `channels`: those that are open, where only some are.
        """
        self.settings = settings
        self.texts = texts
        self.ear = ear
        self.mail = mail
        self.scribe = Scribe(settings, texts, ear.openings, chats, channels)
        self.rooms = Rooms(settings, self.scribe, homes=bool(chats))
        self.wording = self.scribe.wording

    def open(
        self,
        work: Work,
        ticket: Ticket,
        event: Event,
        message: Message,
        name: ExternalId = UNNAMED,
        *,
        deaf: Collection[Circle] = (),
    ) -> Ticket:
        """Keep a new ticket with the words that opened it; everybody concerned is told.

        `name` is how the network names that message. Who is `deaf` isn't told: the requester,
        where an acknowledgement would feed a loop.
        """
        ticket = work.tickets.add(ticket)
        if name:
            by, at = message.by, message.at
            work.tickets.remember(message.channel, name, ticket.id, person=by, at=at)
        kept = work.entries.add(replace(event, ticket=ticket.id))
        about = replace(message, ticket=ticket.id)
        work.entries.add(about)
        self._spread(work, ticket, kept, about=about, deaf=deaf)
        return ticket

    def keep(
        self,
        work: Work,
        change: Change,
        *,
        about: Message | None = None,
        deaf: Collection[Circle] = (),
    ) -> Ticket:
        """Keep a change and its entry; everybody concerned is told, but for who is `deaf`.

        `about` is the message that an event speaks of. Raises `Conflict` when somebody else
        changed the ticket meanwhile.
        """
        work.tickets.save(change.ticket)
        entry = work.entries.add(change.entry)
        if entry.by is not None and entry.what in ANSWERS:
            work.drafts.end(change.ticket.id, entry.by)
        self._spread(work, change.ticket, entry, about=about, deaf=deaf)
        return change.ticket

    def answer(
        self,
        work: Work,
        to: Person,
        key: str,
        now: datetime,
        ticket: Ticket | None = None,
        *,
        channel: str = "",
        **values: object,
    ) -> Answer:
        """What somebody gets who asked on a channel, in the words of `key`."""
        reader = self.wording.reader(to, now, ticket, channel=channel)
        facts = self.wording.facts(work, reader, to, ticket)
        facts |= {"inside": channel in self.wording.chats} | values
        reference = self.settings.reference(ticket.id) if ticket else ""
        return Answer(self.texts.render(key, reader, **facts), reference, inward=key in INWARD)

    def refuse(
        self,
        work: Work,
        to: Person,
        refusal: Refused,
        now: datetime,
        ticket: Ticket | None,
        *,
        channel: str = "",
        in_form: bool = False,
    ) -> Answer:
        """A kind no, with what is possible; numbers in it become names and references.

        `in_form`: it is said at a field, where no line is to be written.
        """
        if refusal.about is not None:
            ticket = work.tickets.get(refusal.about)
        reader = self.wording.reader(to, now, ticket, channel=channel)
        values = self.wording.resolved(work, reader, refusal.values) | {"in_form": in_form}
        answer = self.answer(work, to, refusal.key, now, ticket, channel=channel, **values)
        return replace(answer, inward=True, refused=True, field=refusal.field)

    def undelivered(self, work: Work, letter: Letter, error: str, now: datetime) -> None:
        """A letter never reached its reader: whoever can try another way is told.

        What an agent doesn't get is only noted, unless they hold the ticket: then their team is
        told. A report that is lost itself isn't reported again, nor a card whose loss was told.
        """
        ticket = work.tickets.get(letter.ticket) if letter.ticket else None
        if ticket is None or (letter.shows is Shows.CARD and _was_told(work, ticket)):
            return
        reader = work.people.get(letter.person) if letter.person else None
        reported = work.entries.get(letter.entry) if letter.entry else None
        event = Event(
            what=What.UNDELIVERED,
            at=now,
            by=letter.person,  # whom it would only reach by the way that failed
            old=error,
            new=letter.recipient or self.settings.label(ticket.team),
            words=letter.text or _report(work, ticket),  # of a card, what nobody read by it
            ticket=ticket.id,
        )
        kept = work.entries.add(event)
        if reported is not None and reported.what is What.UNDELIVERED:
            return
        if letter.person is None:
            self._spread(work, ticket, kept, absent=True)
        elif reader is None or not reader.is_agent:
            self._spread(work, ticket, kept)
        elif ticket.assignee == reader.id:
            self._spread(work, replace(ticket, assignee=None), kept)

    def _spread(
        self,
        work: Work,
        ticket: Ticket,
        entry: Entry,
        *,
        about: Message | None = None,
        deaf: Collection[Circle] = (),
        absent: bool = False,
    ) -> None:
        """Tell all who hear of an entry; `absent`: what their room was told doesn't reach it."""
        if not absent:
            self.rooms.tell(work, ticket, entry, about, deaf)
            self.rooms.redraw_homes(work, ticket, entry)
        for hearing in HEARINGS[entry.what]:
            if hearing.circle in deaf:
                continue
            if not hearing.circle.is_public:
                self._tell_agents(work, hearing, ticket, entry, about, absent=absent)
            elif not isinstance(entry, Note):
                self._tell_requesters(work, hearing, ticket, entry, about)

    def _tell_requesters(
        self, work: Work, hearing: Hearing, ticket: Ticket, entry: Public, about: Message | None
    ) -> None:
        """Tell a circle on the requester's side, who read nothing but what is public."""
        for person in self._hearers(work, hearing, ticket, entry):
            self.scribe.tell(work, person, hearing, entry.at, ticket, entry=entry, about=about)

    def _tell_agents(
        self,
        work: Work,
        hearing: Hearing,
        ticket: Ticket,
        entry: Entry,
        about: Message | None,
        *,
        absent: bool,
    ) -> None:
        """Tell a circle of agents, but for those who read it in their room."""
        for person in self._hearers(work, hearing, ticket, entry):
            if self._needs_letter(work, person, ticket, entry, absent=absent):
                self.scribe.tell(work, person, hearing, entry.at, ticket, entry=entry, about=about)

    def _hearers(
        self, work: Work, hearing: Hearing, ticket: Ticket, entry: Entry
    ) -> Iterator[Person]:
        """Whom it is news to."""
        for person in self._circle(work, ticket, hearing.circle):
            if hearing.echo or person.id != entry.by:
                yield person

    def _needs_letter(
        self, work: Work, person: Person, ticket: Ticket, entry: Entry, *, absent: bool
    ) -> bool:
        """Whether an agent may read of it, and doesn't read of it in their team's room."""
        if not may_read(work, person, ticket, entry):
            return False
        return absent or not self.rooms.covers(work, ticket, person)

    def _circle(self, work: Work, ticket: Ticket, circle: Circle) -> Iterator[Person]:
        """The people of a circle, each once."""
        holder = work.people.get(ticket.assignee) if ticket.assignee else None
        match circle:
            case Circle.REQUESTER:
                people = [work.people.get(ticket.requester)]
            case Circle.WATCHERS | Circle.WATCHING_AGENTS:
                watching = [work.people.get(each) for each in work.tickets.watchers(ticket.id)]
                people = [
                    each for each in watching if each and each.is_agent is not circle.is_public
                ]
            case Circle.ASSIGNEE | Circle.HOLDER if holder is not None and holder.is_agent:
                people = [holder]
            case Circle.ASSIGNEE:
                people = []
            case _:
                people = [*work.people.agents(ticket.team)]
        yield from (person for person in people if person is not None)


def _report(work: Work, ticket: Ticket) -> str:
    """The words that opened it."""
    said = (each.text for each in work.entries.of(ticket.id) if isinstance(each, Message))
    return next(said, ticket.summary)


def _was_told(work: Work, ticket: Ticket) -> bool:
    """Whether agents know already that a room can't be told of this ticket."""
    return any(
        each.what is What.UNDELIVERED and each.by is None for each in work.entries.of(ticket.id)
    )
