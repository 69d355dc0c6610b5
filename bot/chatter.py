"""Chatter: what a chat brings besides words said to the desk: signs, edits, what is overheard."""

from dataclasses import replace

from bot.audience import QUIETLY, Circle, Hearing
from bot.desk import Desk
from bot.introduction import bystander
from bot.model import ticket as change
from bot.model.entry import Entry, Event, Message, Note, What
from bot.model.mailroom import Outcome
from bot.model.message import UNNAMED, Answer, Button, Shows, Speaker
from bot.model.person import Person, Role
from bot.model.ticket import Status, Ticket
from bot.opening import add_words, message_of, renamed, weighed
from bot.recognition import current, known, takes_part
from bot.text import Reader
from bot.turn import Turn

SOLVED = "/resolve"  # what a sign says on the answer that solved it
THANKED = Hearing(Circle.REQUESTER, "thanked", ("unsolved",))


class Chatter:
    """Decides what becomes of it."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def is_none_of_ours(self, turn: Turn) -> bool:
        """Whether it concerns no ticket and nobody said it to the desk: then it is set aside.

        Who says such things isn't even looked up: people talk and react all day long.
        """
        inbound, ticket = turn.inbound, turn.about
        if inbound.overheard and (_is_kept(turn) if ticket else not _goes_on(turn)):
            turn.set_aside("overheard")
            return True
        if not inbound.sign:
            return False
        person = known(turn.work, inbound)
        agent = person is not None and person.is_agent and inbound.speaker.verified
        if agent and (_bears_signs(turn, ticket) if ticket else not inbound.replies_to):
            return False
        if person and ticket and _marks_solution(turn, person, ticket):
            return False
        turn.set_aside("sign")
        return True

    def marks_solution(self, turn: Turn) -> bool:
        """Whether it is a requester's sign on what solved it."""
        ticket = turn.ticket if turn.inbound.sign else None
        return ticket is not None and _marks_solution(turn, turn.person, ticket)

    def solved_by(self, turn: Turn) -> Answer | None:
        """A requester marked the answer that solved it; its writer is thanked by name."""
        ticket, person = turn.ticket, turn.person
        assert ticket is not None, "only called where it marks something"
        answer = _answer(turn, ticket)
        helper = answer.by if answer is not None and answer.by != person.id else None
        words = answer.text if helper is not None and isinstance(answer, Message) else ""
        resolved = change.resolve(ticket, words, person.id, turn.now, turn.channel, helper=helper)
        kept = self._desk.keep(turn.work, resolved)
        turn.settle(Outcome.COMMAND, kept)
        if helper is None:
            return turn.give(turn.answer("answer.resolved_own", kept), kept)
        name = self._desk.wording.name(turn.work, self._reader(turn, kept), helper)
        self._desk.scribe.tell(turn.work, person, THANKED, turn.now, kept, helper=name)
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
        writer = bystander(work, settings, turn.channel, forwarded, turn.now)
        ticket = turn.begin(writer, what=What.LOGGED)
        if not turn.inbound.interactive:
            return None
        key = "done.log" if turn.role >= Role.AGENT else "answer.handed_on"
        return turn.answer(key, ticket)

    def edited(self, turn: Turn) -> None:
        """What was said before reads otherwise now: a new version of the same message."""
        ticket, entry = _told_anew(turn)
        if ticket is None or entry is None or isinstance(entry, Event):
            turn.set_aside("edit", ticket)
            return
        if _last_words(turn, entry) == turn.inbound.text:
            turn.settle(Outcome.ASIDE, ticket, reason="edit")
            return
        version = _version(entry, turn)
        if ticket.status is Status.NEW and _is_report(turn, ticket, entry):
            ticket = renamed(self._desk, ticket, version.text, turn.person)
        kept = self._desk.keep(turn.work, change.told(ticket, version), deaf=turn.heard_there)
        if isinstance(version, Message) and version.by == kept.requester:
            graver = weighed(self._desk, kept, version)
            kept = self._desk.keep(turn.work, graver, about=version) if graver else kept
        turn.settle(Outcome.REPLY, kept)

    def taken_back(self, turn: Turn) -> None:
        """What was said before was deleted there; here it stays, and is marked."""
        ticket, entry = _told_anew(turn)
        if ticket is None or entry is None:
            turn.set_aside("deletion", ticket)
            return
        event = Event(
            what=What.TAKEN_BACK,
            at=turn.now,
            by=entry.by,  # nobody else can
            channel=turn.channel,
            old=str(entry.id),
        )
        kept = self._desk.keep(turn.work, change.told(ticket, event), deaf=QUIETLY)
        turn.settle(Outcome.REPLY, kept)

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
        ticket = turn.about_by_now()
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


def _bears_signs(turn: Turn, ticket: Ticket) -> bool:
    """Whether an agent's sign is about the ticket: on its card, or on words to the desk.

    On a colleague's note, or on what the desk tells below the card, it is meant for that.
    """
    if isinstance(_meant(turn, ticket), Note):
        return False
    letter = turn.answered
    return letter is None or letter.shows is Shows.CARD or not letter.under_card


def _marks_solution(turn: Turn, person: Person, ticket: Ticket) -> bool:
    """Whether it is a requester's sign, on an answer to what they reported."""
    return (
        turn.inbound.text == SOLVED
        and person.id == ticket.requester
        and not ticket.status.is_done
        and takes_part(turn.work, ticket, person)
        and _answer(turn, ticket) is not None
    )


def _is_kept(turn: Turn) -> bool:
    """Whether a message that is handed on a second time belongs to a ticket already."""
    again = turn.inbound.known_as
    return bool(again and turn.work.tickets.of_messages(turn.channel, (again,)))


def _goes_on(turn: Turn) -> bool:
    """Whether a requester goes on below what they said to the desk, a greeting say: no chatter."""
    inbound, inbox = turn.inbound, turn.work.inbox
    begun = {inbox.said_by(turn.channel, each) for each in inbound.replies_to} - {None}
    if not begun or inbound.internal or inbound.sign:
        return False
    person = known(turn.work, inbound)
    return person is not None and person.id in begun and not person.is_agent


def _meant(turn: Turn, ticket: Ticket) -> Entry | None:
    """The entry of the message that a sign, an edit or a deletion is about."""
    name = turn.inbound.replies_to[0] if turn.inbound.replies_to else None
    versions = (
        each
        for number in (ticket.id, *turn.work.tickets.merged_into(ticket.id))
        for each in turn.work.entries.of(number)
        if not isinstance(each, Event) and name and each.name == name
    )
    return next(versions, None)


def _answer(turn: Turn, ticket: Ticket) -> Entry | None:
    """The entry of the message that a sign is on, also of an answer that the desk posted."""
    posted = turn.answered_entry
    if isinstance(posted, Message) and posted.what is What.REPLIED:
        return posted
    return _meant(turn, ticket)


def _told_anew(turn: Turn) -> tuple[Ticket | None, Entry | None]:
    """The ticket and the entry of a message that is changed, if it is one of ours."""
    ticket = turn.about
    if ticket is None or _meant(turn, ticket) is None:
        return ticket, None
    ticket = turn.about_by_now()
    return ticket, _meant(turn, ticket) if ticket else None


def _last_words(turn: Turn, entry: Message | Note) -> str:
    """What a message says by now."""
    known = turn.work.entries.of(entry.ticket)
    versions = (each for each in known if not isinstance(each, Event) and each.of == entry.id)
    return next(reversed([entry, *versions])).text


def _is_report(turn: Turn, ticket: Ticket, entry: Entry) -> bool:
    """Whether it is what the ticket was opened with."""
    said = (each.id for each in turn.work.entries.of(ticket.id) if isinstance(each, Message))
    return entry.id == next(said, 0)


def _version(entry: Message | Note, turn: Turn) -> Message | Note:
    """The new version of an entry; its words are those of the turn."""
    what = What.REWORDED if isinstance(entry, Note) else What.EDITED
    return replace(
        entry,
        what=what,
        text=turn.inbound.text,
        at=turn.now,
        remarks=turn.heard.remarks,
        attachments=(),
        of=entry.of or entry.id,
        name=UNNAMED,
        id=0,
    )
