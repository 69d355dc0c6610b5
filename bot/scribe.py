"""The scribe: writes a letter to one person, in their language, to where they last wrote."""

from collections.abc import Collection, Mapping
from dataclasses import replace
from datetime import datetime
from typing import NamedTuple

from bot.audience import Hearing, known_as
from bot.briefing import briefing
from bot.channel import Chat
from bot.enclosure import PLAIN, Manner, enclosed
from bot.library import Library
from bot.model.entry import Entry, Message, Note, What
from bot.model.mailroom import Letter, card_lane, reader_lane
from bot.model.message import Address, Button, ExternalId, Inbound, Tone
from bot.model.person import Person, Role
from bot.model.reach import Reach
from bot.model.settings import Desk as Settings
from bot.model.summary import greets
from bot.model.ticket import Status, Ticket
from bot.moved import current
from bot.pacing import keep_estimate
from bot.press import offering, press, presses
from bot.store import Work
from bot.text import Reader, Texts
from bot.wording import Facts, Wording

_DONE = {each.value for each in Status if each.is_done}


class _Words(NamedTuple):
    """What a letter says."""

    text: str
    greeting: str
    buttons: tuple[Button, ...]
    subject: str = ""
    closing: str = ""


class Scribe:
    """Turns what is to be said into rows of the outbox."""

    def __init__(
        self,
        settings: Settings,
        texts: Texts,
        library: Library,
        chats: Mapping[str, Chat] | None = None,
        channels: Collection[str] = (),
    ) -> None:
        """`chats`: where agents' plain words stay inside; `channels`: the open ones, if not all."""
        self.settings = settings
        self.texts = texts
        self.library = library
        self._channels = frozenset(channels)
        self.wording = Wording(settings, texts, chats)

    def tell(
        self,
        work: Work,
        person: Person,
        hearing: Hearing,
        now: datetime,
        ticket: Ticket | None = None,
        *,
        entry: Entry | None = None,
        about: Message | Note | None = None,
        manner: Manner = PLAIN,
        **values: object,
    ) -> bool:
        """Queue one letter; `about` is the message that an event speaks of, or a note beside it.

        It goes to what it answers, the ticket's place, or where they last wrote; False if nowhere.
        """
        reached = self.reached(work, person, ticket)
        if reached is None or not (person.is_named and _may(work, person, reached, hearing, now)):
            return False
        channel = reached.address.channel
        reader = self.wording.reader(person, now, ticket, channel=channel)
        facts = self._facts(work, reader, person, ticket, entry, about, channel) | values
        words = self._words(reader, person, hearing, facts)
        answers, personal, undo = manner.answers, hearing.tone is Tone.PERSONAL, self.settings.undo
        aside = self._is_aside(person, hearing, answers)
        to, replies_to = self._place(work, person, reached.address, ticket, answers, aside=aside)
        letter = Letter(
            to=to,
            recipient=reached.external_id,
            lane=self._lane(work, channel, reached, ticket, manner.apart),
            created_at=now,
            recipient_name=person.display_name,
            reference=self.settings.reference(ticket.id) if ticket else "",
            sender_name=str(facts.get("by", "")) if personal else "",
            language=reader.language,
            attachments=enclosed(about or entry, but=person.id),
            replies_to=replies_to,
            tone=hearing.tone,
            person=person.id,
            ticket=ticket.id if ticket else None,
            entry=entry.id if ticket and entry else None,
            not_before=now + undo if personal and undo else manner.later,
            invitation=manner.invitation,
            inward=hearing.inward,
            alone=aside and not (ticket and ticket.requester == person.id),
            sender=known_as(work, entry.by, channel) if personal and entry else "",
            **words._asdict(),
        )
        work.outbox.queue(letter)
        return keep_estimate(work, ticket, entry, facts["expected_at"])

    def _lane(
        self, work: Work, channel: str, reached: Reach, ticket: Ticket | None, apart: str
    ) -> str:
        """Whose order it keeps: of all their letters, or of a matter's where some may wait."""
        matter = current(work, ticket).id if ticket and self.settings.undo else None
        return reader_lane(channel, reached.external_id, apart or matter)

    def reword(
        self, work: Work, letter: Letter, to: Person, hearing: Hearing, ticket: Ticket, entry: Entry
    ) -> Letter:
        """The same letter, as it is had the entry been said in the words that it has now."""
        reader = self.wording.reader(to, letter.created_at, ticket, channel=letter.to.channel)
        facts = self._facts(work, reader, to, ticket, entry, None, letter.to.channel)
        words = self._words(reader, to, hearing, facts)
        return replace(letter, text=words.text, greeting=words.greeting)

    def post(
        self,
        work: Work,
        ticket: Ticket,
        entry: Entry,
        about: Message | Note | None,
        place: Address,
        mentions: tuple[str, ...] = (),
    ) -> None:
        """Queue what a room of agents gets to read, in the desk's own language, below the card."""
        everybody = Person(self.settings.label(ticket.team), role=Role.AGENT)
        reader = self.wording.room_reader(work, entry.at, place.channel)
        facts = self._facts(work, reader, everybody, ticket, entry, about, place.channel)
        letter = Letter(
            to=place,
            recipient="",
            lane=card_lane(place, ticket.id),
            text=self.texts.render(f"room.{entry.what.value}", reader, **facts),
            created_at=entry.at,
            subject=self.settings.reference(ticket.id),  # where a thread has a name
            language=reader.language,
            ticket=ticket.id,
            entry=entry.id,
            tone=Tone.NOTICE,
            mentions=mentions,
            under_card=True,
            attachments=enclosed(about or entry),
        )
        work.outbox.queue(letter)

    def _facts(
        self,
        work: Work,
        reader: Reader,
        person: Person,
        ticket: Ticket | None,
        entry: Entry | None,
        about: Message | Note | None,
        channel: str,
    ) -> Facts:
        """All that a text may name; whoever is handed a ticket is briefed on whose it is."""
        facts = self.wording.facts(work, reader, person, ticket, entry, about)
        facts["inside"] = inside = channel in self.wording.chats
        if ticket is not None and entry is not None and entry.what is What.ASSIGNED:
            known = self.wording, self.library, work, reader, person, ticket
            facts["briefing"] = briefing(*known, inside=inside, heading=False)
        return facts

    def reached(self, work: Work, person: Person, ticket: Ticket | None = None) -> Reach | None:
        """Where they last wrote; who never wrote is reached where the ticket lives, if known there.

        Never where the desk has no door: a letter would wait there for ever.
        """
        last = work.people.reached_at(person.id)
        if last is None or (last.address.room and self._is_open(last.address.channel)):
            return last
        home = ticket.conversation.channel if ticket else ""
        known = {each.channel: each.external_id for each in work.people.identities(person.id)}
        for channel in (home, last.address.channel, *known):
            if channel in known and self._is_open(channel):
                return Reach(Address(channel, ""), known[channel], last.answered)
        return None

    def _is_open(self, channel: str) -> bool:
        return not self._channels or channel in self._channels

    def _words(self, reader: Reader, person: Person, hearing: Hearing, facts: Facts) -> _Words:
        """What it says, with what stands around it in a letter; nobody greets so in a chat."""
        facts = facts | {"offered": offering(self.texts, reader, facts)}
        text = self.texts.render(f"{hearing.key}.text", reader, **facts)
        chat, personal = facts["inside"], hearing.tone is Tone.PERSONAL
        greeted = (personal and chat) or greets(self.library.ear.openings, text)  # once is enough
        greeting = "letter.greeting" if person.first_name else "letter.greeting_unknown"
        greeting = "" if greeted else self.texts.render(greeting, reader, **facts)
        done = facts.get("status") in _DONE
        names = [name for name in hearing.buttons if not (done and name == "solved")]
        buttons = [self._button(name, reader, facts) for name in names]
        if facts.get("asks_zone"):  # which is about them, and not about the ticket
            buttons.append(self._button("zone", reader, facts | {"reference": ""}))
        if chat:
            pressed = presses(self.texts, reader, hearing.presses, facts)
            asked = facts.get("asks_mark")  # the answers to what it asks come first, in a row
            buttons = [*pressed, *buttons] if asked else [*buttons, *pressed]
            return _Words(text, greeting, tuple(buttons))
        subject = self.texts.render(f"{hearing.key}.subject", reader, **facts)
        closing = "letter.closing_personal" if personal else "letter.closing"
        closing = self.texts.render(closing, reader, **facts)
        return _Words(text, greeting, tuple(buttons), subject, closing)

    def _is_aside(self, person: Person, hearing: Hearing, answers: Inbound | None) -> bool:
        """Whether others, who read along where people of a chat write, must not read it there.

        That is what people read as agents, and what anybody asked for: a list of theirs, how one
        stands, what is not possible.
        """
        at_large = answers is not None and answers.public
        if person.is_agent or not hearing.circle.is_public:
            return at_large or not hearing.circle.is_public
        return at_large and hearing.key == "answered"

    def _place(
        self,
        work: Work,
        person: Person,
        last: Address,
        ticket: Ticket | None,
        answers: Inbound | None,
        *,
        aside: bool,
    ) -> tuple[Address, tuple[ExternalId, ...]]:
        """Where it goes, and what it stands behind there.

        That is the same thread of a ticket; in a chat whatever isn't said there is for them alone.
        """
        if ticket is not None:
            to = self._home(person, last, ticket, aside=aside)
            replies_to = work.tickets.thread_with(ticket.id, last.channel, person.id)
        else:
            to = Address(last.channel, "" if aside else last.room)
            replies_to = (answers.name,) if answers else ()
        if answers is not None and not aside and (answers.address.thread or self._alone(answers)):
            to = answers.address
        return to, replies_to

    def _alone(self, asked: Inbound) -> bool:
        """Whether it was asked in a talk of two: the answer is nobody else's, either."""
        return asked.address.channel in self.wording.chats and not (asked.public or asked.internal)

    def _home(self, person: Person, last: Address, ticket: Ticket, *, aside: bool) -> Address:
        """Where a ticket lives, if it does where they last wrote; else there, in no thread."""
        home, chats = ticket.conversation, last.channel in self.wording.chats
        same_room = home.channel == last.channel and (bool(home.thread) or home.room == last.room)
        if person.id == ticket.requester and same_room and not (aside and chats):
            return home
        return Address(last.channel, "" if chats else last.room or home.room)

    def _button(self, name: str, reader: Reader, facts: Facts) -> Button:
        """A button, with the sentence that stands for it on channels without any."""
        instead = self.texts.render(f"button.{name}_instead", reader, **facts)
        return replace(press(self.texts, reader, name, facts), instead=instead)


def _may(work: Work, person: Person, reached: Reach, hearing: Hearing, now: datetime) -> bool:
    """Count an automatic answer; False when it is one too many."""
    if person.is_agent or hearing.tone is not Tone.AUTOMATIC:
        return True
    if (until := reached.again(now)) is None:
        return False
    work.people.answered(person.id, until)
    return True
