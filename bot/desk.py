"""The desk: the one room where tickets change, and from where everybody concerned is told."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from bot.audience import ANSWERS, HEARINGS, Circle, Hearing, may_read, people_of
from bot.bulletin import Bulletins
from bot.channel import Chat, Subscriber
from bot.ear import Ear
from bot.family import news_for_children
from bot.library import Found, Library
from bot.model.canned import Critic, praise
from bot.model.entry import Entry, Event, Message, Note, Public
from bot.model.message import UNNAMED, Answer, ExternalId
from bot.model.person import Person
from bot.model.refused import Refused
from bot.model.settings import Desk as Settings
from bot.model.ticket import Change, Ticket
from bot.pacing import learn_pace
from bot.promising import keep_promises
from bot.report import Report
from bot.room import Rooms
from bot.scribe import Scribe
from bot.similar import learn
from bot.store import Work
from bot.suggesting import keep_offers, notice_return
from bot.survey import tell_requester
from bot.text import Texts
from bot.works import behind, link, linked


class Desk:
    """Keeps each change with its entry, and queues what is to be said of it, in one transaction."""

    def __init__(
        self,
        settings: Settings,
        texts: Texts,
        ear: Ear,
        *,
        chats: Mapping[str, Chat] | None = None,
        mail: str = "",
        channels: Collection[str] = (),
        subscribers: Mapping[str, Sequence[Subscriber]] | None = None,
        critic: Critic = praise,
    ) -> None:
        """`chats`: the channels where people have pages and agents write among themselves.

        `mail`: the channel that reaches people by mail addresses, "" for none. `channels`: those
        open. `subscribers`: who hears of each entry, by channel. `critic` judges ready answers.
        """
        self.settings = settings
        self.texts = texts
        self.ear = ear
        self.mail = mail
        self.channels = frozenset(channels)
        self.critic = critic
        self.reports: Mapping[str, Report] = {}
        self.library = Library(settings, ear)
        self.scribe = Scribe(settings, texts, self.library, chats, channels)
        self.rooms = Rooms(settings, self.scribe, homes=bool(chats))
        self.wording = self.scribe.wording
        self._bulletins = Bulletins(settings, texts, subscribers or {})

    def shelve(self, reports: Collection[Report]) -> None:
        """These are all the reports there are."""
        self.reports = {each.name: each for each in reports}

    def open(
        self,
        work: Work,
        ticket: Ticket,
        event: Event,
        message: Message,
        name: ExternalId = UNNAMED,
        *,
        deaf: Collection[Circle] = (),
        found: Sequence[Found] = (),
    ) -> Ticket:
        """Keep a new ticket with the words that opened it; everybody concerned is told.

        `name` is how the network names that message. Who is `deaf` isn't told: the requester,
        where an acknowledgement would feed a loop. It offers them what was `found` for them.
        """
        ticket = work.tickets.add(ticket)
        if name:
            by, at = message.by, message.at
            work.tickets.remember(message.channel, name, ticket.id, person=by, at=at)
        kept = work.entries.add(replace(event, ticket=ticket.id))
        about = replace(message, ticket=ticket.id)
        work.entries.add(about)
        keep_promises(work, self.settings, ticket, kept, new=True)
        if found and Circle.REQUESTER not in deaf:
            question = self.library.question(message.subject, message.text)
            keep_offers(work, ticket, question, found, message.channel, message.at)
        planned = behind(work, self.settings, self.ear, ticket, message.text, kept.at)
        if planned is not None:
            link(work, self.settings, ticket, planned, kept.at)
        self._bulletins.post(work, ticket, kept, about)
        self.tell(work, ticket, kept, about=about, deaf=deaf)
        if planned is not None:
            told = self.note(work, ticket, linked(planned, None, kept.at, message.channel))
            self.tell(work, ticket, told)
        return ticket

    def keep(
        self,
        work: Work,
        change: Change,
        *,
        about: Message | None = None,
        deaf: Collection[Circle] = (),
        have_it: Collection[int] = (),
    ) -> Ticket:
        """Keep a change and its entry; everybody concerned is told.

        But for who is `deaf`, and people who `have_it` already, by number. `about` is what an
        event speaks of. Raises `Conflict` where somebody else changed it, too.
        """
        work.tickets.save(change.ticket)
        entry = work.entries.add(change.entry)
        keep_promises(work, self.settings, change.ticket, entry)
        learn_pace(work, self.settings, change.ticket, entry)
        if entry.by is not None and entry.what in ANSWERS:
            work.drafts.end(change.ticket.id, entry.by)
        beside = work.entries.add(change.beside) if change.beside else None
        assert beside is None or isinstance(beside, Note), "a note stays one"
        self._bulletins.post(work, change.ticket, entry, about, beside)
        learn(work, self.settings, self.ear, change.ticket, entry)
        notice_return(work, change.ticket, entry)
        self.tell(
            work, change.ticket, entry, about=about, beside=beside, deaf=deaf, have_it=have_it
        )
        for news in news_for_children(work, change.ticket, entry):
            self.keep(work, news)
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
        values = {"inside": channel in self.wording.chats, **values}
        facts = self.wording.facts(work, reader, to, ticket) | values
        reference = self.settings.reference(ticket.id) if ticket else ""
        return Answer(self.texts.render(key, reader, **facts), reference)

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
        if refusal.of_many:
            said = {"words": answer.text}
            answer = self.answer(work, to, "refused.of_many", now, ticket, **said)
        return replace(answer, inward=True, refused=True, field=refusal.field)

    def note(self, work: Work, ticket: Ticket, event: Event) -> Entry:
        """Keep what changes nothing of a ticket; subscribers are told, others by `tell`."""
        kept = work.entries.add(replace(event, ticket=ticket.id))
        self._bulletins.post(work, ticket, kept)
        return kept

    def tell(
        self,
        work: Work,
        ticket: Ticket,
        entry: Entry,
        *,
        about: Message | None = None,
        beside: Note | None = None,
        deaf: Collection[Circle] = (),
        have_it: Collection[int] = (),
        absent: bool = False,
    ) -> None:
        """Tell all who hear of an entry, each once, though they may stand in several circles.

        `absent`: what their room was told doesn't reach it. Agents hear of it in one with the note
        `beside` it.
        """
        told = set(have_it)
        if not absent:
            self.rooms.tell(work, ticket, entry, beside or about, deaf)
            self.rooms.redraw_homes(work, ticket, entry)
        for hearing in HEARINGS[entry.what]:
            if hearing.circle in deaf:
                continue
            if not hearing.circle.is_public:
                said = beside or about
                self._tell_agents(work, hearing, ticket, entry, said, told, absent=absent)
            elif not isinstance(entry, Note):
                self._tell_requesters(work, hearing, ticket, entry, about, told)

    def _tell_requesters(
        self,
        work: Work,
        hearing: Hearing,
        ticket: Ticket,
        entry: Public,
        about: Message | None,
        told: set[int],
    ) -> None:
        """Tell a circle on the requester's side, who read nothing but what is public."""
        for person in self._hearers(work, hearing, ticket, entry, told):
            tell_requester(self.scribe, work, person, hearing, ticket, entry, about)

    def _tell_agents(
        self,
        work: Work,
        hearing: Hearing,
        ticket: Ticket,
        entry: Entry,
        about: Message | Note | None,
        told: set[int],
        *,
        absent: bool,
    ) -> None:
        """Tell a circle of agents, but for those who read it in their room."""
        absent |= hearing.circle is Circle.OVERSEERS  # of what no room is told
        for person in self._hearers(work, hearing, ticket, entry, told):
            if self._needs_letter(work, person, ticket, entry, absent=absent):
                known = about if about and may_read(work, person, ticket, about) else None
                self.scribe.tell(work, person, hearing, entry.at, ticket, entry=entry, about=known)

    def _hearers(
        self, work: Work, hearing: Hearing, ticket: Ticket, entry: Entry, told: set[int]
    ) -> Iterator[Person]:
        """Whom it is news to; they are `told` from then on."""
        for person in people_of(work, ticket, hearing.circle, entry):
            if person.id not in told and (hearing.echo or person.id != entry.by):
                told.add(person.id)
                yield person

    def _needs_letter(
        self, work: Work, person: Person, ticket: Ticket, entry: Entry, *, absent: bool
    ) -> bool:
        """Whether an agent may read of it, and doesn't read of it in their team's room."""
        if not may_read(work, person, ticket, entry):
            return False
        return absent or not self.rooms.covers(work, ticket, person)
