"""The dialogue: decides what one message is and what the desk answers, in plain functions."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from functools import partial

from bot.acknowledgement import is_acknowledged, unseen
from bot.approach import Approach
from bot.asking import Asking
from bot.audience import Circle
from bot.bearing import (
    answers_inward,
    files_left,
    has_it_already,
    have_it_already,
    look_for_own_words,
    own_words,
    spoke,
    stays_inside,
    writer_besides,
)
from bot.caller import call_of
from bot.chatter import Chatter
from bot.clerk import carry_out
from bot.command import WORDS, Command
from bot.crossing import look_for_answer, note_told
from bot.desk import Desk
from bot.enclosure import permit_enclosing
from bot.grammar import Grammar, Script
from bot.hearing import Heard
from bot.leaks import look_at, look_for_quote, look_for_secret, note_asked
from bot.loose_words import meant, pass_on_words
from bot.model.mailroom import Outcome
from bot.model.message import BY_PROGRAM, Answer, Nature
from bot.model.person import Role
from bot.model.refused import Refused
from bot.model.ticket import Ticket
from bot.permission import permit_speaking
from bot.reception import Reception
from bot.recognition import takes_part
from bot.relabelled import follow_labels
from bot.report import Report
from bot.returned import take_back
from bot.revision import Revision
from bot.store import Work
from bot.turn import Turn, meet


class Dialogue:
    """What is said to the desk, and what the desk does about it."""

    def __init__(self, desk: Desk, commands: Sequence[Command], reports: Sequence[Report]) -> None:
        self.desk = desk
        self.commands = tuple(commands)
        self.reports = tuple(reports)
        self.grammar = Grammar(commands, desk.texts)
        self._asking = Asking(desk, self.grammar)
        self._chatter = Chatter(desk)
        self._revision = Revision(desk, self.grammar)
        self._reception = Reception(desk, self.grammar, self._asking, self._follow)

    def answer(self, work: Work, number: int, heard: Heard, now: datetime) -> Answer | None:
        """End the inbound item `number`: all that follows from it is kept in this transaction.

        Raises `Refused` when nothing of it may be kept but the refusal.
        """
        approach = Approach(self.desk, work, number, heard, now)
        match heard.inbound.nature:
            case Nature.LOOP:
                approach.set_aside("loop")
            case Nature.BOUNCE:
                take_back(approach)
            case Nature.AUTO_REPLY:
                self._answered_by_machine(meet(approach))
            case Nature.EDIT:
                said = self._revision.edited(approach)
                return self._said(said) if said else None
            case Nature.DELETION:
                self._revision.taken_back(approach)
            case Nature.LABELS:
                follow_labels(approach)
            case Nature.MESSAGE:
                return self._said(approach)
        return None

    def refuse(
        self, refusal: Refused, work: Work, number: int, heard: Heard, now: datetime
    ) -> Answer | None:
        """Say kindly why nothing of a message was done, and what is possible."""
        turn = meet(Approach(self.desk, work, number, heard, now))
        ticket = turn.ticket
        if ticket and not takes_part(work, ticket, turn.person):
            ticket = None  # of which they hear nothing, not even its subject
        answer = self.desk.refuse(
            work,
            turn.person,
            refusal,
            now,
            ticket,
            channel=turn.channel,
            in_form=bool(heard.inbound.filled),
        )
        written = [value for name, value in heard.inbound.filled if name == WORDS.name]
        answer = replace(answer, written="\n".join(written))
        if told := pass_on_words(turn, self.grammar, refusal):
            more = turn.answer("answer.passed_on", told)
            return turn.give(_joined((answer, more), at_once=True), told)
        if turn.role >= Role.AGENT and "\n" in heard.inbound.text.strip():
            nothing = turn.answer("done.nothing", ticket)
            answer = _joined((answer, nothing), at_once=True)
        if ticket:
            turn.remember(ticket)
        note_told(turn, refusal)
        note_asked(turn, refusal)
        turn.settle(Outcome.COMMAND, ticket, reason=refusal.key)
        return turn.give(answer, ticket)

    def _answered_by_machine(self, turn: Turn) -> None:
        """Automatic mail: kept where it belongs; it is not answered, reopens and closes nothing.

        What a program tells of its own accord, a failed backup say, is a ticket all the same.
        """
        ticket = turn.ticket
        if ticket is not None:
            turn.join(ticket, "auto_reply", revives=False)
        elif BY_PROGRAM in turn.inbound.remarks:
            turn.begin(turn.person, deaf={Circle.REQUESTER})
        else:
            turn.settle(Outcome.ASIDE, reason="auto_reply")

    def _said(self, approach: Approach) -> Answer | None:
        line = self._asking.given(approach)
        if line is None and self._chatter.is_none_of_ours(approach):
            return None
        turn = meet(approach)
        if line := line or self._asking.named(turn):
            return self._follow(turn, Script((line,), ""))
        if self._chatter.marks_solution(turn):
            return self._chatter.solved_by(turn)
        answer = self._chatter.answer(turn) or self._answered(turn)
        silent = answer is None and turn.inbound.asked and turn.inbound.interactive
        if silent and not turn.inbound.address.thread and not is_acknowledged(turn):
            return turn.answer("answer.heard")
        return answer

    def _answered(self, turn: Turn) -> Answer | None:
        if turn.role >= Role.AGENT:
            return self._agent_said(turn)
        if turn.among_agents:
            self._visitor_said(turn)
            return None
        if turn.person.is_agent and turn.ticket and turn.ticket.requester != turn.person.id:
            return self._unproven_agent_said(turn)
        return self._reception.said(turn)

    def _visitor_said(self, turn: Turn) -> None:
        """Somebody in an agents' room whom the config doesn't name: it stays in there."""
        if turn.inbound.interactive:
            raise Refused("refused.not_an_agent")
        if turn.ticket is None:
            turn.settle(Outcome.ASIDE, reason="overheard")
        else:
            turn.note(turn.ticket, turn.inbound.text, "stranger")
            turn.settle(Outcome.REPLY, turn.ticket)

    def _agent_said(self, turn: Turn) -> Answer | None:
        script = self.grammar.read(turn.inbound.text, Role.AGENT)
        if script.lines:
            return self._follow(turn, script)
        ticket, words = turn.ticket, script.rest
        if ticket is None or (ticket.requester == turn.person.id and not turn.inbound.forwarded):
            return self._agent_began(turn)
        if stays_inside(turn, ticket):
            return self._said_inside(turn, ticket, words)
        if turn.inbound.internal and self.grammar.seems_ordered(words):
            return self._keep_inside(turn, ticket, words)
        words = own_words(turn, words)
        if words or turn.heard.attachments:
            self._speak(turn, ticket, words)
            turn.settle(Outcome.REPLY, ticket)
            return self._read_by(turn, ticket) if turn.inbound.internal else None
        turn.settle(Outcome.ASIDE, ticket, reason="empty")
        return None

    def _read_by(self, turn: Turn, ticket: Ticket) -> Answer | None:
        """An agent noted something on the report of another, who reads it: they are told once."""
        reader = self.desk.rooms.newly_reads_along(turn.work, ticket, turn.person.id)
        if reader is None:
            return None
        answer = turn.answer("done.noted_for", ticket, person=reader.name)
        return turn.give(replace(answer, inward=True), ticket)

    def _agent_began(self, turn: Turn) -> Answer | None:
        """An agent reports something: for others, for themselves, or, in the open, perhaps."""
        if turn.ticket is None and turn.inbound.forwarded:
            return self._chatter.hand_on(turn)
        called = turn.inbound.asked or turn.inbound.interactive
        in_chat = turn.channel in self.desk.wording.chats and not turn.inbound.internal
        in_the_open = (turn.inbound.public or in_chat) and not called
        if turn.ticket is None and in_the_open:
            return self._chatter.offer(turn)  # agents tell everybody something there, too
        return self._reception.said(turn)

    def _said_inside(self, turn: Turn, ticket: Ticket, words: str) -> Answer | None:
        """What stays among agents; a lone word that we told them to answer is a command."""
        line = self.grammar.plain(words, Role.AGENT)
        if line is not None and answers_inward(turn):
            return self._follow(turn, Script((line,), ""))
        return self._keep_inside(turn, ticket, words)

    def _keep_inside(self, turn: Turn, ticket: Ticket, words: str) -> Answer | None:
        """An agent's words that may not be meant for the requester: a note, and they are told."""
        turn.note(ticket, words, "internal_answer")
        turn.settle(Outcome.REPLY, ticket)
        answer = turn.answer("done.kept_inside", ticket)
        return turn.give(replace(answer, inward=True), ticket)

    def _follow(self, turn: Turn, script: Script) -> Answer | None:
        """Carry out commands in order, then pass on the rest; all or nothing."""
        here, answers = meant(turn, script.lines[0]), []
        for line in script.lines:
            look_for_answer(turn, line)
            call = call_of(turn, turn.person, here, self.commands, self.reports)
            answer, here = carry_out(line, replace(call, look=partial(look_at, turn)))
            answers.append(answer)
        turn = turn.renewed()
        if here is not None:
            turn.remember(here)
            self._pass_on(turn, here, own_words(turn, script.rest))
        turn.settle(Outcome.COMMAND, here)
        if not (answers := unseen(turn, answers)):
            return None
        return turn.give(_joined(answers, at_once=turn.inbound.interactive), here)

    def _pass_on(self, turn: Turn, ticket: Ticket, rest: str) -> None:
        """What no command took: the words behind them, and files."""
        words = rest if self._asking.tells(rest, turn.person) else ""
        files = files_left(turn, ticket)
        if ticket.requester == turn.person.id:
            if files:
                turn.saying("").pass_on(ticket)
        elif words or (files and turn.role >= Role.AGENT):
            if turn.ticket and turn.ticket.requester != ticket.requester:
                raise Refused("refused.whose_words", other=ticket.id)
            self._speak(turn, ticket, words, outward=not words and spoke(turn, ticket))

    def _speak(self, turn: Turn, ticket: Ticket, words: str, *, outward: bool = False) -> None:
        """An agent's plain words: to the requester, or to the other agents where only they read.

        `outward`: to the requester there, too.
        """
        if turn.inbound.internal and not outward:
            turn.note(ticket, words)
        elif turn.inbound.public and has_it_already(turn, ticket):
            turn.reply(ticket, words, have_it_already(turn, ticket))
        else:
            permit_enclosing(turn.heard.attachments)
            permit_speaking(turn.work, ticket)
            look_for_own_words(turn, words)
            look_for_secret(turn)
            look_for_quote(turn, ticket, words)
            if (writer := writer_besides(turn, ticket)) is not None:
                turn.work.tickets.watch(ticket.id, writer)  # and so hears the answer too
            turn.reply(ticket, words, have_it_already(turn, ticket))

    def _unproven_agent_said(self, turn: Turn) -> Answer | None:
        """In an agent's name, but nobody vouches: kept for agents' eyes, nothing is done."""
        ticket = turn.ticket
        assert ticket is not None, "only called with one"
        turn.note(ticket, turn.inbound.text, "unverified")
        turn.settle(Outcome.REPLY, ticket)
        refusal = Refused("refused.unverified")
        answer = self.desk.refuse(turn.work, turn.person, refusal, turn.now, ticket)
        return turn.give(answer, ticket)


def _joined(answers: Sequence[Answer], *, at_once: bool) -> Answer:
    """Several answers as one; in a letter, without what another letter says."""
    reference = next((each.reference for each in reversed(answers) if each.reference), "")
    texts = [each.text for each in answers if at_once or not each.told]
    return Answer(
        "\n\n".join(texts),
        reference,
        told=all(each.told for each in answers),
        inward=any(each.inward for each in answers),
        buttons=tuple(button for each in answers for button in each.buttons),
        refused=any(each.refused for each in answers),
        field=next((each.field for each in answers if each.field), ""),
        written=next((each.written for each in answers if each.written), ""),
    )
