"""Revision: what was said before reads otherwise now, or was deleted where it was said."""

from dataclasses import replace

from bot.acknowledgement import tell_hidden
from bot.approach import Approach
from bot.audience import EVERYBODY, QUIETLY, Circle, Hearing
from bot.desk import Desk
from bot.grammar import Grammar
from bot.model import ticket as change
from bot.model.entry import Entry, Event, Message, Note, What
from bot.model.mailroom import Arrival, Outcome
from bot.model.message import UNNAMED, Nature, Tone
from bot.model.person import Role
from bot.model.refused import Refused
from bot.model.ticket import Status, Ticket
from bot.model.triage import is_greeting, is_thanks
from bot.opening import renamed, reopened, weighed
from bot.rewording import (
    Rewording,
    read_there,
    tell_it_stands,
    unsaid_in_time,
    versions,
    went_out,
)
from bot.turn import Turn, meet

STILL_A_NOTE = Hearing(Circle.ASSIGNEE, "still_a_note", tone=Tone.NOTICE, inward=True)
PASSED_OVER = frozenset(("thanks", "empty"))  # reasons for which a message was set aside


class Revision:
    """Decides what becomes of an edit and of a deletion."""

    def __init__(self, desk: Desk, grammar: Grammar) -> None:
        self._desk = desk
        self._grammar = grammar
        self._rewording = Rewording(grammar)

    def edited(self, approach: Approach) -> Approach | None:
        """What was said before reads otherwise now: a new version of the same message.

        Returns what was passed over before and is a report now: somebody says it only now.
        """
        ticket = approach.about
        entry = meant_entry(approach, ticket) if ticket else None
        if entry is None and self._is_news(approach, ticket):
            return _as_said(approach, ticket)
        if entry is None:
            approach.set_aside("edit", ticket)
        else:
            self._told_anew(meet(approach))
        return None

    def _told_anew(self, turn: Turn) -> None:
        """One of ours has other words now."""
        ticket, entry = _meant(turn)
        version = _version(entry, turn, self._rewording.words(turn, entry))
        if isinstance(version, Message) and isinstance(entry, Message) and went_out(turn, entry):
            self._rewording.answer_edited(turn, entry, version)
        elif latest(turn, entry).text == version.text:
            turn.settle(Outcome.ASIDE, ticket, reason="edit")
        elif isinstance(version, Note):
            self._noted(turn, ticket, entry, version)
        else:
            self._said(turn, ticket, entry, version)

    def taken_back(self, approach: Approach) -> None:
        """What was said before was deleted there; here it stays, and is marked."""
        ticket = approach.about
        if ticket is None or meant_entry(approach, ticket) is None:
            approach.set_aside("deletion", ticket)
            return
        turn = meet(approach)
        ticket, entry = _meant(turn)
        answer = entry if isinstance(entry, Message) and went_out(turn, entry) else None
        if answer is not None and unsaid_in_time(turn, answer):
            return
        event = Event(
            what=What.TAKEN_BACK,
            at=turn.now,
            by=entry.by,  # nobody else can
            channel=turn.channel,
            old=str(entry.id),
        )
        if answer is not None:
            tell_it_stands(turn, ticket, answer)
        kept = self._desk.keep(turn.work, change.told(ticket, event), deaf=QUIETLY)
        turn.settle(Outcome.REPLY, kept)

    def _is_news(self, approach: Approach, ticket: Ticket | None) -> bool:
        """Whether nobody read what it was before, and it says something now.

        A requester's command was carried out by the desk itself: "solved", say.
        """
        inbound, inbox = approach.inbound, approach.work.inbox
        if inbound.overheard or self._is_mere_manners(inbound.text):
            return False
        ended = inbox.ended(approach.channel, inbound.replies_to[0])
        if ended is not None and ended[0] is Outcome.COMMAND:
            return not self._is_ordered(inbound.text) and meet(approach).role < Role.AGENT
        if ticket is not None:
            return False
        return ended is None or ended[0] is Outcome.GREETING or ended[1] in PASSED_OVER

    def _is_ordered(self, text: str) -> bool:
        """Whether a requester's words are a command, said alone or behind the desk's name."""
        try:
            line = self._grammar.asked(text, Role.REQUESTER)
        except Refused:  # a word that is nearly one
            return False
        return line is not None or self._grammar.plain(text, Role.REQUESTER) is not None

    def _is_mere_manners(self, text: str) -> bool:
        rules = self._desk.ear.rules
        says = any(each.isalnum() for each in text)
        return not says or is_greeting(rules, text) or is_thanks(rules, text)

    def _noted(self, turn: Turn, ticket: Ticket, entry: Message | Note, version: Note) -> None:
        """A note stays one, also with the word before it that sends an answer."""
        if self._is_sent(version.text) and not any(
            self._is_sent(each.text) for each in versions(turn, entry)
        ):
            self._tell_writer(turn, ticket, entry, STILL_A_NOTE)
        deaf = read_there(turn, entry)
        kept = self._desk.keep(turn.work, change.told(ticket, version), deaf=deaf)
        turn.settle(Outcome.REPLY, kept)

    def _is_sent(self, text: str) -> bool:
        line = self._grammar.prefixed(text)
        return line is not None and line.command.speaks

    def _said(self, turn: Turn, ticket: Ticket, entry: Message | Note, version: Message) -> None:
        """Words that others read where they were said: they have the new ones as well."""
        own = version.by == ticket.requester
        if ticket.status is Status.NEW and _is_report(turn, ticket, entry):
            ticket = renamed(self._desk, ticket, turn.report(), turn.person)
        if own and self._speaks_up(turn, entry, version):
            ticket = reopened(turn.work, self._desk, ticket, turn.person, turn.now, turn.channel)
            told = replace(change.said(ticket, version), entry=replace(version, ticket=ticket.id))
        else:
            told = change.told(ticket, version)
        graver = weighed(self._desk, told.ticket, version) if own else None
        # who hears how grave it is now hears the words with it
        deaf = read_there(turn, entry) if graver is None else EVERYBODY
        kept = self._desk.keep(turn.work, told, deaf=deaf)
        if graver is not None:
            kept = self._desk.keep(turn.work, graver, about=version)
        turn.settle(Outcome.REPLY, kept)
        tell_hidden(turn, kept)

    def _speaks_up(self, turn: Turn, entry: Message | Note, version: Message) -> bool:
        """Whether mere thanks, which revive nothing, became more than that."""
        before = latest(turn, entry).text
        return self._is_mere_manners(before) and not self._is_mere_manners(version.text)

    def _tell_writer(self, turn: Turn, ticket: Ticket, entry: Entry, hearing: Hearing) -> None:
        writer = turn.work.people.get(entry.by) if entry.by is not None else None
        if writer is not None:
            self._desk.scribe.tell(turn.work, writer, hearing, turn.now, ticket)


def meant_entry(approach: Approach, ticket: Ticket) -> Message | Note | None:
    """The entry of the message that a sign, an edit or a deletion is about."""
    name = approach.inbound.replies_to[0] if approach.inbound.replies_to else None
    versions = (
        each
        for number in (ticket.id, *approach.work.tickets.merged_into(ticket.id))
        for each in approach.work.entries.of(number)
        if not isinstance(each, Event) and name and each.name == name
    )
    return next(versions, None)


def latest(turn: Turn, entry: Message | Note) -> Message | Note:
    """A message as it reads by now."""
    return versions(turn, entry)[-1]


def _meant(turn: Turn) -> tuple[Ticket, Message | Note]:
    """The ticket and the entry of a message that is changed, which is one of ours."""
    ticket = turn.about
    entry = meant_entry(turn, ticket) if ticket else None
    assert ticket is not None, "it was there before it was known who speaks"
    assert entry is not None, "so was what it is about"
    return ticket, entry


def _as_said(approach: Approach, ticket: Ticket | None) -> Approach:
    """The message as if it were said now; what it was before counts no more, if it comes at all."""
    inbound, inbox = approach.inbound, approach.work.inbox
    before = inbound.replies_to[0]
    ended = inbox.ended(approach.channel, before)
    if ended is None:
        inbox.arrive(Arrival(channel=approach.channel, external_id=before, at=approach.now))
    if ended is None or ended[0] is not Outcome.COMMAND:  # a command was carried out
        inbox.settle(inbox.number(approach.channel, before), Outcome.ASIDE, reason="edit")
    said = replace(
        inbound,
        nature=Nature.MESSAGE,
        known_as=before,
        replies_to=(),
        ticket=ticket.id if ticket else None,
    )
    return replace(approach, heard=replace(approach.heard, inbound=said))


def _is_report(turn: Turn, ticket: Ticket, entry: Entry) -> bool:
    """Whether it is what the ticket was opened with."""
    said = (each.id for each in turn.work.entries.of(ticket.id) if isinstance(each, Message))
    return entry.id == next(said, 0)


def _version(entry: Message | Note, turn: Turn, words: str) -> Message | Note:
    """The new version of an entry."""
    what = What.REWORDED if isinstance(entry, Note) else What.EDITED
    return replace(
        entry,
        what=what,
        text=words,
        at=turn.now,
        remarks=turn.heard.remarks,
        attachments=(),
        of=entry.of or entry.id,
        name=UNNAMED,
        id=0,
    )
