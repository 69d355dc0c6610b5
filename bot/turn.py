"""One turn of the dialogue: a message, who said it and of which ticket, and how it ends."""

from collections.abc import Collection
from dataclasses import dataclass, replace

from bot.approach import Approach
from bot.audience import QUIETLY, Circle, Hearing
from bot.discretion import as_told_by
from bot.enclosure import Manner
from bot.model import ticket as change
from bot.model.entry import Message, Note, What
from bot.model.lazy import lazy
from bot.model.mailroom import Outcome
from bot.model.message import Answer
from bot.model.person import Person, Role
from bot.model.summary import summary
from bot.model.ticket import Ticket
from bot.opening import Report, add_words, message_of, open_ticket, reopened
from bot.recognition import acquaint, find_ticket, flowing, takes_part

ANSWERED = Hearing(Circle.REQUESTER, "answered")
ANSWERED_INWARD = Hearing(Circle.REQUESTER, "answered", inward=True)


@dataclass(frozen=True)
class Turn(Approach):
    """What a message needs to be answered, within one transaction."""

    person: Person  # who speaks

    @lazy
    def ticket(self) -> Ticket | None:
        """What they speak of, if it has a ticket."""
        return self.named or flowing(self.work, self.inbound, self.person, self.now)

    @lazy
    def named(self) -> Ticket | None:
        """The same, but for what only goes on because something was said before."""
        known = self.desk.settings, self.desk.ear
        return find_ticket(
            self.work, *known, self.inbound, self.person, self.now, pointed=self.about
        )

    @property
    def role(self) -> Role:
        """The powers with which they speak: an agent's only if the channel vouches for them."""
        return self.person.role if self.inbound.speaker.verified else Role.REQUESTER

    def settle(
        self, outcome: Outcome, ticket: Ticket | None = None, *, reason: str = "", text: str = ""
    ) -> None:
        """Write down how the message ended."""
        self.work.inbox.settle(
            self.number,
            outcome,
            person=self.person.id,
            ticket=ticket.id if ticket else None,
            reason=reason,
            text=text,
        )

    def answer(self, key: str, ticket: Ticket | None = None, **values: object) -> Answer:
        """What the speaker gets at once, in the words of `key`."""
        return self.desk.answer(
            self.work, self.person, key, self.now, ticket, channel=self.channel, **values
        )

    def give(self, answer: Answer, ticket: Ticket | None = None) -> Answer | None:
        """Hand an answer to the speaker: at once where the channel can, else as a letter."""
        if self.inbound.interactive or not answer.text:
            return answer
        reader = self.work.people.get(self.person.id) or self.person  # a command may change them
        told = as_told_by(self.work, reader, ticket) if ticket else None
        subject = told.subject if told else self.inbound.subject
        self.desk.scribe.tell(
            self.work,
            reader,
            ANSWERED_INWARD if answer.inward else ANSWERED,
            self.now,
            ticket,
            manner=Manner(self.inbound),
            words=answer.text,
            subject=subject or self.desk.settings.name,
        )
        return None

    def remember(self, ticket: Ticket) -> None:
        """Later messages that answer this one belong to the ticket."""
        self.work.tickets.remember(
            self.channel, self.inbound.name, ticket.id, person=self.person.id, at=self.now
        )

    def join(self, ticket: Ticket, *remarks: str, revives: bool = True) -> Ticket:
        """Add the message to a ticket, as said by the requester's side.

        What revives nothing (thanks, automatic mail) is kept without telling anybody.
        """
        ticket = self._moved(ticket)
        if not takes_part(self.work, ticket, self.person) and not self.inbound.public:
            remarks = (*remarks, "stranger")
        if revives:
            again = reopened(self.work, self.desk, ticket, self.person, self.now, self.channel)
            remarks = (*remarks, "reopened") if again is not ticket else remarks
            ticket = again
        self.remember(ticket)
        message = message_of(self.report(remarks=remarks), self.person.id)
        if revives and "stranger" not in remarks:
            kept = add_words(self.work, self.desk, ticket, message, deaf=self.heard_there)
        else:  # whose words nobody can weigh
            said = change.said(ticket, message, revives=revives)
            deaf = self.heard_there if revives else {*QUIETLY, *self.heard_there}
            kept = self.desk.keep(self.work, said, deaf=deaf)
        self.settle(Outcome.REPLY, kept)
        return kept

    def _moved(self, ticket: Ticket) -> Ticket:
        """The ticket, spoken of from now on where its requester goes on with it.

        What somebody says in private mustn't be answered in the open, where it began.
        """
        here, before = self.inbound.address, ticket.conversation
        elsewhere = here != before and bool(here.thread or before.thread)
        if self.person.id != ticket.requester or not elsewhere or self.inbound.interactive:
            return ticket
        other = self.work.tickets.at(here)
        return ticket if other and other.id != ticket.id else replace(ticket, conversation=here)

    def pass_on(self, ticket: Ticket) -> Ticket:
        """Add the requester's words to a ticket and tell its agents; done, it stays so."""
        self.remember(ticket)
        message = message_of(self.report(), self.person.id)
        kept = add_words(self.work, self.desk, ticket, message)
        self.settle(Outcome.REPLY, kept)
        return kept

    def renewed(self) -> "Turn":
        """The turn as it is after a command that may have found who the speaker is."""
        if self.work.people.get(self.person.id) is not None:
            return self
        return meet(self)

    def saying(self, words: str) -> "Turn":
        """The same turn, had they said just these words."""
        return replace(self, heard=replace(self.heard, inbound=replace(self.inbound, text=words)))

    def in_full(self) -> "Turn":
        """The turn with its words: where an answer has none but a subject of its own, that one."""
        subject, ticket = self.inbound.subject, self.ticket
        if ticket is None or self.inbound.text.strip() or not subject.strip():
            return self
        known = (ticket.subject, ticket.summary, self.answered.subject if self.answered else "")
        openings = self.desk.ear.openings
        title = summary(openings, subject, "")
        if not title or title in (summary(openings, each, "") for each in known):
            return self
        return self.saying(title)

    def note(self, ticket: Ticket, text: str, *remarks: str) -> Ticket:
        """Add the message to a ticket for agents' eyes only."""
        self.remember(ticket)
        written = Note(
            text=text,
            at=self.now,
            by=self.person.id,
            channel=self.channel,
            attachments=self.heard.attachments,
            remarks=(*self.heard.remarks, *remarks),
            name=self.inbound.name,
        )
        return self.desk.keep(self.work, change.told(ticket, written), deaf=self.heard_there)

    def reply(self, ticket: Ticket, text: str, have_it: Collection[int]) -> Ticket:
        """Add the message to a ticket as the desk's answer, sent to none who `have_it` already."""
        self.remember(ticket)
        message = Message(
            what=What.REPLIED,
            text=text,
            at=self.now,
            by=self.person.id,
            channel=self.channel,
            subject=self.inbound.subject,
            attachments=self.heard.attachments,
            remarks=self.heard.remarks,
            name=self.inbound.name,
        )
        said = change.replied(ticket, message)
        return self.desk.keep(self.work, said, deaf=self.heard_there, have_it=have_it)

    def begin(
        self, requester: Person, *, deaf: Collection[Circle] = (), **differs: object
    ) -> Ticket:
        """Open a ticket of this message for `requester`."""
        remarks = ("unanswered",) if self._has_heard_enough(requester) else ()
        report = replace(self.report(remarks=remarks), **differs)  # type: ignore[arg-type]  # Report's fields
        ticket = open_ticket(self.work, self.desk, report, requester, deaf=deaf)
        if self.inbound.listed:
            self.desk.rooms.label(self.work, ticket, self.now)
        self.settle(Outcome.TICKET, ticket)
        return ticket

    def _has_heard_enough(self, requester: Person) -> bool:
        """Whether an acknowledgement might feed a machine that answers each of ours."""
        reach = self.work.people.reached_at(requester.id)
        return reach is not None and not requester.is_agent and reach.again(self.now) is None

    def report(self, *, remarks: tuple[str, ...] = ()) -> Report:
        """The message as a report."""
        inbound = self.inbound
        return Report(
            text=inbound.text,
            full_text=inbound.full_text,
            subject=inbound.subject,
            channel=self.channel,
            by=self.person.id,
            at=self.now,
            attachments=self.heard.attachments,
            remarks=(*self.heard.remarks, *remarks),
            conversation=inbound.address,
            name=inbound.name,
            came_at=inbound.came_at,
            team=inbound.team,
            called=tuple(each.name for each in inbound.mentioned),
            labels=inbound.labels,
            found=self.heard.found,
        )


def meet(approach: Approach) -> Turn:
    """Look up who speaks, or introduce them: from now on the desk knows them, and where they wrote.

    Two records of theirs may become one by it.
    """
    desk, work, now = approach.desk, approach.work, approach.now
    person = acquaint(work, desk.settings, desk.ear, approach.inbound, now)
    return Turn(desk, work, approach.number, approach.heard, now, person)
