"""The reception: what somebody on the requester's side says, in whatever words."""

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

from bot.acknowledgement import is_told_here, letter_to, tell_hidden
from bot.asking import Asking
from bot.audience import Circle, Hearing
from bot.desk import Desk
from bot.enclosure import Manner
from bot.grammar import Grammar, Script
from bot.introduction import bystander
from bot.loose_words import SETTLED, still_open
from bot.model.entry import Message, What
from bot.model.mailroom import Outcome
from bot.model.message import Answer
from bot.model.person import Role
from bot.model.refused import Refused
from bot.model.ticket import Status, Ticket, may_reopen
from bot.model.triage import is_greeting, is_thanks, says_settled
from bot.moved import current
from bot.recognition import takes_part
from bot.turn import Turn

MOST_COPIED = 10
_EMOJI = re.compile(r":[a-z0-9_+'-]+:")  # as chats write them
GREETED = Hearing(Circle.REQUESTER, "greeted")
GOES_ON = Hearing(Circle.REQUESTER, "goes_on", presses=("new",))
LIVELY = timedelta(hours=1)  # for which a talk is one: nobody wonders where their words go
Follow = Callable[[Turn, Script], Answer | None]
"""Carries out the commands of a message."""


class Reception:
    """Takes in reports, greetings and thanks; agents' own reports too."""

    def __init__(self, desk: Desk, grammar: Grammar, asking: Asking, follow: Follow) -> None:
        self._desk = desk
        self._grammar = grammar
        self._asking = asking
        self._follow = follow

    def said(self, turn: Turn) -> Answer | None:
        """What they say becomes a ticket, joins one, or is answered."""
        turn = turn.in_full()
        ticket = turn.ticket
        if ticket and turn.inbound.public and not takes_part(turn.work, ticket, turn.person):
            return self._helped(turn, ticket)
        if line := self._asking.asked_for(turn):
            return self._follow(turn, Script((line,), ""))
        if not turn.heard.attachments and not self._asking.subject_tells(turn):
            rules, manners = self._desk.ear.rules, self._asking.manners(turn)
            called = turn.inbound.asked and not turn.inbound.text.strip()  # by name, and no more
            if called or is_greeting(rules, manners):
                return self._greeted(turn)
            if is_thanks(rules, manners) or (ticket and _is_wordless(turn.inbound.text)):
                return self._thanked(turn)
        return self._told(turn, ticket)

    def _told(self, turn: Turn, ticket: Ticket | None) -> Answer | None:
        """A requester's own words: they go on with a ticket, or begin one."""
        reopens = ticket and may_reopen(ticket, turn.now, self._desk.settings.reopen)
        if ticket is None or (ticket.status.is_done and not reopens):
            return self._begin(turn, ticket)
        wonders = turn.named is None and self._may_wonder(turn, ticket)
        kept = turn.join(ticket)
        if turn.heard.secrets:
            return tell_hidden(turn, kept)
        begun = turn.inbound.address.thread or turn.inbound.interactive  # away from the ticket
        if turn.about is None and begun:
            return turn.give(turn.answer("answer.passed_on", ticket))
        if wonders:
            told = turn.work, turn.person, GOES_ON, turn.now, kept
            self._desk.scribe.tell(*told, manner=Manner(turn.inbound))
        return None

    def _may_wonder(self, turn: Turn, ticket: Ticket) -> bool:
        """Whether nothing shows where their words go: nobody talks with them, or told them."""
        since, report_ends = turn.now - LIVELY, ticket.opened_at + self._desk.settings.burst
        lately = [each for each in turn.work.entries.of(ticket.id) if each.at > since]
        answered = any(each.what in (What.REPLIED, What.ASKED) for each in lately)
        told = any(each.what is What.SAID and each.at > report_ends for each in lately)
        return not (answered or told)

    def _helped(self, turn: Turn, ticket: Ticket) -> Answer | None:
        """A colleague's words are none for the desk itself, and its buttons aren't theirs."""
        inbound = turn.inbound
        if inbound.interactive and inbound.text.startswith("/"):
            raise Refused("refused.not_yours")
        rules, manners = self._desk.ear.rules, self._asking.manners(turn)
        polite = is_greeting(rules, manners) or is_thanks(rules, manners)
        kept = turn.join(ticket, revives=not polite and not ticket.status.is_done)
        if turn.heard.secrets:
            return tell_hidden(turn, kept)
        return turn.answer("answer.passed_on", kept) if inbound.interactive else None

    def _begin(self, turn: Turn, before: Ticket | None) -> Answer | None:
        """A new ticket, with the greetings that went before it and those who read along."""
        ticket = turn.begin(turn.person, follows=before.id if before else None)
        since = turn.now - self._desk.settings.greeting
        for greeting in turn.work.inbox.greetings(turn.person.id, turn.channel, since):
            turn.work.inbox.settle(greeting.id, Outcome.REPLY, ticket=ticket.id)
            said = Message(
                what=What.SAID,
                text=greeting.text,
                at=greeting.at,
                by=turn.person.id,
                channel=turn.channel,
                remarks=("greeting",),
                ticket=ticket.id,
            )
            turn.work.entries.add(said)
        if self._desk.settings.watch_copied:
            for other in turn.inbound.others[:MOST_COPIED]:
                person = bystander(turn.work, self._desk.settings, turn.channel, other, turn.now)
                if not person.is_agent and person.id != turn.person.id:
                    turn.work.tickets.watch(ticket.id, person.id)
        if not turn.inbound.interactive or is_told_here(turn, ticket):
            return None
        elsewhere = letter_to(turn.work, turn.person, ticket, turn.now) is not None
        key = "done.new" if turn.role >= Role.AGENT else "answer.opened"
        return replace(turn.answer(key, ticket, elsewhere=elsewhere), told=elsewhere)

    def _greeted(self, turn: Turn) -> Answer | None:
        """A mere greeting is answered with a question, and joins what follows.

        In the midst of a ticket it is no beginning; days after its last word it is one.
        """
        ticket = turn.ticket
        if ticket is not None and (turn.named or turn.now - ticket.updated_at <= LIVELY):
            turn.join(ticket, revives=False)
            return None
        turn.settle(Outcome.GREETING, text=turn.inbound.text)
        if turn.inbound.interactive and not turn.inbound.address.thread:
            return turn.answer("greeted.text")
        self._desk.scribe.tell(
            turn.work, turn.person, GREETED, turn.now, manner=Manner(turn.inbound)
        )
        return None

    def _thanked(self, turn: Turn) -> Answer | None:
        """Mere thanks are kept with what they are for; they open and reopen nothing.

        While it goes on they are an answer: "yes, thanks". That it works now settles what is open,
        unless somebody is at it: then they judge.
        """
        ticket, answers = turn.named, turn.named is not None
        settled = says_settled(self._desk.ear.rules, self._asking.manners(turn))
        line = self._grammar.plain(SETTLED, Role.REQUESTER)
        if settled and line and turn.role < Role.AGENT and _settles(turn, ticket):
            return self._follow(turn, Script((line,), ""))
        if ticket is None and turn.ticket and turn.ticket.status is Status.WAITING:
            ticket, answers = turn.ticket, True  # "ok, thanks" is what we waited for
        if ticket is None:
            latest = turn.work.tickets.of_requester(turn.person.id, limit=1)
            ticket = current(turn.work, latest[0]) if latest else None
            answers = settled and ticket is not None and ticket.requester != turn.person.id
        if ticket is None:
            turn.settle(Outcome.ASIDE, reason="thanks")
        else:
            rests = ticket.status is Status.HELD and not settled  # thanks for being told so
            going = not ticket.status.is_done and not rests
            turn.join(ticket, revives=answers and going)
        return None


def _settles(turn: Turn, ticket: Ticket | None) -> bool:
    """Whether that it works now ends something, with nobody at work on it to judge."""
    if ticket is None:
        return bool(still_open(turn))
    theirs = ticket.requester == turn.person.id
    return theirs and ticket.status is Status.NEW and ticket.first_answer_at is None


def _is_wordless(text: str) -> bool:
    """Whether there is nothing to read: "👍", ":raised_hands:", "!!"."""
    said = _EMOJI.sub(" ", text).strip()
    return bool(text.strip()) and not any(each.isalnum() for each in said)
