"""The dialogue: decides what one message is and what the desk answers, in plain functions."""

from collections.abc import Sequence
from datetime import datetime

from bot.asking import Asking
from bot.audience import Circle, Hearing
from bot.bearing import answers_inward, has_it_already, stays_inside, writer_besides
from bot.chatter import Chatter
from bot.clerk import carry_out
from bot.command import Call, Command
from bot.desk import Desk
from bot.grammar import Grammar, Script
from bot.hearing import Heard
from bot.introduction import bystander
from bot.loose_words import SETTLED, meant, pass_on_words, still_open
from bot.model.entry import Message, What
from bot.model.mailroom import Outcome
from bot.model.message import BY_PROGRAM, Answer, Nature
from bot.model.person import Role
from bot.model.refused import Refused
from bot.model.ticket import Status, Ticket, may_reopen
from bot.model.triage import is_greeting, is_thanks, says_settled
from bot.permission import permit_speaking
from bot.recognition import current, takes_part
from bot.scribe import MOST_ENCLOSED
from bot.store import Work
from bot.turn import Turn

MOST_COPIED = 10
GREETED = Hearing(Circle.REQUESTER, "greeted")


class Dialogue:
    """What is said to the desk, and what the desk does about it."""

    def __init__(self, desk: Desk, commands: Sequence[Command]) -> None:
        self.desk = desk
        self._commands = tuple(commands)
        self.grammar = Grammar(commands, desk.texts)
        self._asking = Asking(desk, self.grammar)
        self._chatter = Chatter(desk)

    def answer(self, work: Work, number: int, heard: Heard, now: datetime) -> Answer | None:
        """End the inbound item `number`: all that follows from it is kept in this transaction.

        Raises `Refused` when nothing of it may be kept but the refusal.
        """
        turn = Turn(self.desk, work, number, heard, now)
        match heard.inbound.nature:
            case Nature.LOOP:
                turn.set_aside("loop")
            case Nature.BOUNCE:
                turn.bounced()
            case Nature.AUTO_REPLY:
                self._answered_by_machine(turn)
            case Nature.EDIT:
                self._chatter.edited(turn)
            case Nature.DELETION:
                self._chatter.taken_back(turn)
            case Nature.MESSAGE:
                return self._said(turn)
        return None

    def refuse(
        self, refusal: Refused, work: Work, number: int, heard: Heard, now: datetime
    ) -> Answer | None:
        """Say kindly why nothing of a message was done, and what is possible."""
        turn = Turn(self.desk, work, number, heard, now)
        ticket = turn.ticket
        if ticket and not takes_part(work, ticket, turn.person):
            ticket = None  # of which they hear nothing, not even its subject
        answer = self.desk.refuse(work, turn.person, refusal, now, ticket)
        if told := pass_on_words(turn, self.grammar, refusal):
            more = self.desk.answer(work, turn.person, "answer.passed_on", now, told)
            return turn.give(_joined((answer, more), at_once=True), told)
        if turn.role >= Role.AGENT and "\n" in heard.inbound.text.strip():
            nothing = self.desk.answer(work, turn.person, "done.nothing", now, ticket)
            answer = _joined((answer, nothing), at_once=True)
        if ticket:
            turn.remember(ticket)
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

    def _said(self, turn: Turn) -> Answer | None:
        if self._chatter.is_none_of_ours(turn) or self._chatter.solved_by(turn):
            return None
        if line := self._asking.given(turn):
            return self._follow(turn, Script((line,), ""))
        return self._chatter.answer(turn) or self._answered(turn)

    def _answered(self, turn: Turn) -> Answer | None:
        if turn.role >= Role.AGENT:
            return self._agent_said(turn)
        if turn.person.is_agent and turn.ticket and turn.ticket.requester != turn.person.id:
            return self._unproven_agent_said(turn)
        return self._requester_said(turn)

    def _agent_said(self, turn: Turn) -> Answer | None:
        script = self.grammar.read(turn.inbound.text, Role.AGENT)
        if script.lines:
            return self._follow(turn, script)
        ticket = turn.ticket
        if ticket is None and turn.inbound.forwarded:
            self._chatter.hand_on(turn)
        elif ticket is None or ticket.requester == turn.person.id:
            return self._requester_said(turn)
        elif stays_inside(turn, ticket):
            line = self.grammar.plain(script.rest, Role.AGENT)
            if line is not None and answers_inward(turn):
                return self._follow(turn, Script((line,), ""))  # a word that we told them to answer
            return self._keep_inside(turn, ticket, script.rest)
        elif script.rest or turn.heard.attachments:
            self._speak(turn, ticket, script.rest)
            turn.settle(Outcome.REPLY, ticket)
        else:
            turn.settle(Outcome.ASIDE, ticket, reason="empty")
        return None

    def _keep_inside(self, turn: Turn, ticket: Ticket, words: str) -> Answer | None:
        """An agent's words that may not be meant for the requester: a note, and they are told."""
        turn.note(ticket, words, "internal_answer")
        turn.settle(Outcome.REPLY, ticket)
        key = "done.kept_inside"
        answer = self.desk.answer(turn.work, turn.person, key, turn.now, ticket)
        return turn.give(answer, ticket)

    def _follow(self, turn: Turn, script: Script) -> Answer | None:
        """Carry out commands in order, then pass on the rest; all or nothing."""
        here, answers = meant(turn, script.lines[0]), []
        outward = turn.role >= Role.AGENT and any(line.command.speaks for line in script.lines)
        if turn.heard.secrets and outward:
            raise Refused("refused.secret")
        for line in script.lines:
            answer, here = carry_out(line, self._call(turn, here))
            answers.append(answer)
        turn = turn.renewed()
        if here is not None:
            turn.remember(here)
        if (
            here is not None
            and here.requester != turn.person.id
            and self._asking.tells(script.rest, turn.person)
        ):
            if turn.ticket and turn.ticket.requester != here.requester:
                raise Refused("refused.whose_words", other=here.id)
            self._speak(turn, here, script.rest)
        turn.settle(Outcome.COMMAND, here)
        return turn.give(_joined(answers, at_once=turn.inbound.interactive), here)

    def _speak(self, turn: Turn, ticket: Ticket, words: str) -> None:
        """An agent's plain words: to the requester, or to the other agents where only they read."""
        sizes = [each.size for each in turn.heard.attachments]
        if turn.inbound.internal:
            turn.note(ticket, words)
        elif turn.inbound.public and has_it_already(turn, ticket):
            turn.reply(ticket, words, deaf={Circle.REQUESTER})
        elif turn.heard.secrets:
            raise Refused("refused.secret")
        elif sum(sizes) > MOST_ENCLOSED:
            raise Refused("refused.too_large", limit=MOST_ENCLOSED // 2**20)
        else:
            permit_speaking(turn.work, ticket)
            if (writer := writer_besides(turn, ticket)) is not None:
                turn.work.tickets.watch(ticket.id, writer)  # and so hears the answer too
            turn.reply(
                ticket, words, deaf={Circle.REQUESTER} if has_it_already(turn, ticket) else ()
            )

    def _unproven_agent_said(self, turn: Turn) -> Answer | None:
        """In an agent's name, but nobody vouches: kept for agents' eyes, nothing is done."""
        ticket = turn.ticket
        assert ticket is not None, "only called with one"
        turn.note(ticket, turn.inbound.text, "unverified")
        turn.settle(Outcome.REPLY, ticket)
        refusal = Refused("refused.unverified")
        answer = self.desk.refuse(turn.work, turn.person, refusal, turn.now, ticket)
        return turn.give(answer, ticket)

    def _requester_said(self, turn: Turn) -> Answer | None:
        turn = turn.in_full()
        manners, ticket = self._asking.manners(turn), turn.ticket
        if ticket and turn.inbound.public and not takes_part(turn.work, ticket, turn.person):
            polite = is_greeting(self.desk.ear.rules, manners) or is_thanks(
                self.desk.ear.rules, manners
            )
            turn.join(ticket, revives=not polite)  # a colleague who helps: none of it is for us
            return None
        if line := self._asking.asked_for(turn):
            return self._follow(turn, Script((line,), ""))
        bare = not turn.heard.attachments and not self._asking.subject_tells(turn)
        called = turn.inbound.asked and not turn.inbound.text.strip()  # by name, and no more
        if bare and (called or is_greeting(self.desk.ear.rules, manners)):
            self._greeted(turn)
        elif bare and is_thanks(self.desk.ear.rules, manners):
            return self._thanked(turn)
        elif ticket is None:
            return self._begin(turn, None)
        elif not ticket.status.is_done or may_reopen(ticket, turn.now, self.desk.settings.reopen):
            turn.join(ticket)
        else:
            return self._begin(turn, ticket)
        return None

    def _begin(self, turn: Turn, before: Ticket | None) -> Answer | None:
        """A new ticket, with the greetings that went before it and those who read along."""
        ticket = turn.begin(turn.person, follows=before.id if before else None)
        since = turn.now - self.desk.settings.greeting
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
        if self.desk.settings.watch_copied:
            for other in turn.inbound.others[:MOST_COPIED]:
                person = bystander(turn.work, self.desk.settings, turn.channel, other, turn.now)
                if not person.is_agent and person.id != turn.person.id:
                    turn.work.tickets.watch(ticket.id, person.id)
        key = "done.new" if turn.role >= Role.AGENT else "answer.opened"
        interactive = turn.inbound.interactive
        return (
            self.desk.answer(turn.work, turn.person, key, turn.now, ticket) if interactive else None
        )

    def _greeted(self, turn: Turn) -> None:
        """A mere greeting is answered with a question, and joins what follows."""
        if turn.ticket is not None:
            turn.join(turn.ticket, revives=False)
            return
        turn.settle(Outcome.GREETING, text=turn.inbound.text)
        self.desk.scribe.tell(turn.work, turn.person, GREETED, turn.now, answers=turn.inbound)

    def _thanked(self, turn: Turn) -> Answer | None:
        """Mere thanks are kept with what they are for; they open and reopen nothing.

        While it goes on they are an answer: "yes, thanks". That it works now settles what is open.
        """
        ticket, answers = turn.ticket, turn.ticket is not None
        settled = says_settled(self.desk.ear.rules, self._asking.manners(turn))
        if ticket is None:
            line = self.grammar.plain(SETTLED, Role.REQUESTER)
            if settled and line and turn.role < Role.AGENT and still_open(turn):
                return self._follow(turn, Script((line,), ""))
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

    def _call(self, turn: Turn, here: Ticket | None) -> Call:
        return Call(
            work=turn.work,
            desk=self.desk,
            by=turn.person,
            now=turn.now,
            channel=turn.channel,
            role=turn.role,
            here=here,
            commands=self._commands,
            attachments=turn.heard.attachments,
            mentioned=turn.inbound.mentioned,
            name=turn.inbound.name,
            vouched=turn.inbound.speaker.verified,
        )


def _joined(answers: Sequence[Answer], *, at_once: bool) -> Answer:
    """Several answers as one; in a letter, without what another letter says."""
    reference = next((each.reference for each in reversed(answers) if each.reference), "")
    texts = [each.text for each in answers if at_once or not each.told]
    return Answer("\n\n".join(texts), reference, inward=any(each.inward for each in answers))
