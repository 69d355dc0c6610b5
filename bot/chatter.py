"""Chatter: what a chat brings besides words said to the desk: signs, and what is overheard."""

from dataclasses import replace

from bot.approach import Approach
from bot.audience import Circle, Hearing
from bot.desk import Desk
from bot.introduction import bystander
from bot.model import ticket as change
from bot.model.entry import Entry, Message, Note, What
from bot.model.mailroom import Outcome
from bot.model.message import Answer, Button, Shows, Speaker
from bot.model.person import Person, Role
from bot.model.ticket import Ticket
from bot.moved import current
from bot.opening import add_words, message_of
from bot.recognition import known, takes_part
from bot.revision import latest, meant_entry
from bot.text import Reader
from bot.turn import Turn

SOLVED = "/resolve"  # what a sign says on the answer that solved it
THANKED = Hearing(Circle.REQUESTER, "thanked", ("unsolved",))


class Chatter:
    """Decides what becomes of it."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def is_none_of_ours(self, approach: Approach) -> bool:
        """Whether it concerns no ticket and nobody said it to the desk: then it is set aside.

        Who says such things isn't even looked up: people talk and react all day long.
        """
        inbound = approach.inbound
        if not (inbound.overheard or inbound.sign):
            return False
        ticket = approach.about
        if inbound.overheard and (_is_kept(approach) if ticket else not _goes_on(approach)):
            approach.set_aside("overheard")
            return True
        if not inbound.sign:
            return False
        person = known(approach.work, inbound)
        agent = person is not None and person.is_agent and inbound.speaker.verified
        if agent and (_bears_signs(approach, ticket) if ticket else not inbound.replies_to):
            return False
        if person and ticket and _marks_solution(approach, person, ticket):
            return False
        approach.set_aside("sign")
        return True

    def marks_solution(self, turn: Turn) -> bool:
        """Whether it is a requester's sign on what solved it, or an agent's on a helper's words."""
        ticket = turn.ticket if turn.inbound.sign else None
        if ticket is None:
            return False
        helped = turn.role >= Role.AGENT and _marks_help(turn, ticket)
        return helped or _marks_solution(turn, turn.person, ticket)

    def solved_by(self, turn: Turn) -> Answer | None:
        """The answer that solved it is marked; its writer is thanked by name."""
        ticket, person = turn.ticket, turn.person
        assert ticket is not None, "only called where it marks something"
        answer = _answer(turn, ticket)
        helper = answer.by if answer is not None and answer.by != person.id else None
        words = (
            latest(turn, answer).text if helper is not None and isinstance(answer, Message) else ""
        )
        resolved = change.resolve(ticket, words, person.id, turn.now, turn.channel, helper=helper)
        # The requester is told by whom, in place of that.
        kept = self._desk.keep(turn.work, resolved, deaf={Circle.REQUESTER})
        turn.settle(Outcome.COMMAND, kept)
        if helper is None:
            return turn.give(turn.answer("answer.resolved_own", kept), kept)
        name = self._desk.wording.name(turn.work, self._reader(turn, kept), helper)
        requester = turn.work.people.get(kept.requester)
        assert requester is not None, "a ticket's requester is kept"
        self._desk.scribe.tell(turn.work, requester, THANKED, turn.now, kept, helper=name)
        return None

    def answer(self, turn: Turn) -> Answer | None:
        """The answer to a message made a ticket by a press, or one that may not be for the desk."""
        if turn.inbound.interactive and turn.inbound.known_as and (known := self._made(turn)):
            return known
        if turn.inbound.offer and turn.ticket is None:
            return self.offer(turn)
        if turn.inbound.forwarded and turn.inbound.interactive:
            going = turn.about is not None and not turn.about.status.is_done
            return self._hand_into(turn, turn.inbound.forwarded) if going else self.hand_on(turn)
        return None

    def hand_on(self, turn: Turn) -> Answer | None:
        """Somebody passes on what another wrote: it is that person's ticket."""
        forwarded = turn.inbound.forwarded
        assert forwarded is not None, "only called with one"
        work, settings = turn.work, self._desk.settings
        writer = self._heard(turn, bystander(work, settings, turn.channel, forwarded, turn.now))
        ticket = turn.begin(writer, what=What.LOGGED, passed_on=True, stood=turn.inbound.stood)
        if not turn.inbound.interactive:
            return None
        key = "done.log" if turn.role >= Role.AGENT else "answer.handed_on"
        return turn.answer(key, ticket)

    def _heard(self, turn: Turn, writer: Person) -> Person:
        """The writer of what is handed on, who may never have written to us: in their language."""
        spoken = self._desk.ear.languages.heard((writer.heard,), turn.inbound.text)
        if writer.heard or writer.language or not spoken:
            return writer
        renewed = replace(writer, heard=spoken)
        turn.work.people.save(renewed)
        return renewed

    def _made(self, turn: Turn) -> Answer | None:
        """The answer where a ticket was made of this message already."""
        assert turn.person.id, "who asks is known before what they ask of is read"
        number = turn.work.tickets.of_messages(turn.channel, (turn.inbound.known_as,))
        ticket = turn.work.tickets.get(number) if number else None
        if ticket is None:
            return None
        return self._is_known(turn, current(turn.work, ticket))

    def _hand_into(self, turn: Turn, forwarded: Speaker) -> Answer:
        """It was said in the thread of a ticket that goes on: it belongs to that one."""
        writer = bystander(turn.work, self._desk.settings, turn.channel, forwarded, turn.now)
        ticket = turn.about
        assert ticket is not None, "only called with one"
        if not turn.inbound.internal:
            turn.remember(ticket)
            ticket = add_words(turn.work, self._desk, ticket, message_of(turn.report(), writer.id))
        return self._is_known(turn, ticket)

    def _is_known(self, turn: Turn, ticket: Ticket) -> Answer:
        turn.settle(Outcome.COMMAND, ticket)
        if takes_part(turn.work, ticket, turn.person):
            return turn.answer("answer.known", ticket)
        return replace(turn.answer("answer.known_here", ticket), reference="")

    def offer(self, turn: Turn) -> Answer:
        """Ask the writer, privately, whether it is meant for the desk."""
        turn.settle(Outcome.ASIDE, reason="offered")
        answer = turn.answer("answer.offer")
        label = self._desk.texts.render("button.open", self._reader(turn, None))
        return replace(answer, buttons=(Button(label, "open", main=True),))

    def _reader(self, turn: Turn, ticket: Ticket | None) -> Reader:
        return self._desk.wording.reader(turn.person, turn.now, ticket)


def _bears_signs(approach: Approach, ticket: Ticket) -> bool:
    """Whether an agent's sign is about the ticket: on its card, or on words to the desk.

    On a colleague's note, or on what the desk tells below the card, it is meant for that.
    """
    if isinstance(meant_entry(approach, ticket), Note):
        return False
    letter = approach.answered
    return letter is None or letter.shows is Shows.CARD or not letter.under_card


def _marks_solution(approach: Approach, person: Person, ticket: Ticket) -> bool:
    """Whether it is a requester's sign, on an answer to what they reported."""
    return (
        approach.inbound.text == SOLVED
        and person.id == ticket.requester
        and not ticket.status.is_done
        and takes_part(approach.work, ticket, person)
        and _answer(approach, ticket) is not None
    )


def _marks_help(turn: Turn, ticket: Ticket) -> bool:
    """Whether a sign is on what a colleague of the requester said, who is no agent."""
    if turn.inbound.text != SOLVED or ticket.status.is_done:
        return False
    said = meant_entry(turn, ticket)
    writer = turn.work.people.get(said.by) if isinstance(said, Message) and said.by else None
    return writer is not None and not writer.is_agent and writer.id != ticket.requester


def _is_kept(approach: Approach) -> bool:
    """Whether a message that is handed on a second time belongs to a ticket already."""
    again = approach.inbound.known_as
    return bool(again and approach.work.tickets.of_messages(approach.channel, (again,)))


def _goes_on(approach: Approach) -> bool:
    """Whether a requester goes on below what they said to the desk, a greeting say: no chatter."""
    inbound, inbox = approach.inbound, approach.work.inbox
    begun = {inbox.said_by(approach.channel, each) for each in inbound.replies_to} - {None}
    if not begun or inbound.internal or inbound.sign:
        return False
    person = known(approach.work, inbound)
    return person is not None and person.id in begun and not person.is_agent


def _answer(approach: Approach, ticket: Ticket) -> Entry | None:
    """The entry of the message that a sign is on, also of an answer that the desk posted."""
    posted = approach.answered_entry
    if isinstance(posted, Message) and posted.what is What.REPLIED:
        return posted
    return meant_entry(approach, ticket)
