"""Asking: whether a message is nothing but a command in plain words, or asks how things stand."""

import re
from dataclasses import replace

from bot.approach import Approach
from bot.desk import Desk
from bot.grammar import Grammar, Line
from bot.model.entry import What
from bot.model.fold import fold
from bot.model.person import Person, Role
from bot.model.rating import MARKS
from bot.model.signing import Signed, parted
from bot.model.triage import Priority, asks_after, is_greeting, is_thanks, triage
from bot.recognition import known
from bot.turn import Turn

ASKING_AFTER = "status"  # the command that answers whoever asks how things stand
_RATE = "rate"
_LOOK_UP = "faq"
_MARKS = frozenset(map(str, MARKS))
_LINK = "link"  # a word that also stands in what people report
_PROVES = re.compile(r"@|\d{3} ?\d{3}|^\W*$|^\w{4}-\w{4}$")  # an address, a code, or nothing yet
_CODE = re.compile(r"\d{3} ?\d{3}")  # that was sent to an address, to prove it
_PASS = re.compile(r"\w{4}-\w{4}")  # by which they are known elsewhere, too
_PROOF = re.compile(rf"{_CODE.pattern}|{_PASS.pattern}|\S+@\S+")  # what may stand behind `_LINK`
_TOLD = {_LINK: _PROOF, "unlink": re.compile(r"\S+")}  # by which a lone line is such a command
_LONGEST = 400  # characters; who wrote more has said more than that


class Asking:
    """Reads what somebody wants of the desk, whatever they sign it with; in doubt nothing."""

    def __init__(self, desk: Desk, grammar: Grammar) -> None:
        self._desk = desk
        self._grammar = grammar

    def given(self, approach: Approach) -> Line | None:
        """The command that a form was for, or that an agent gives among agents."""
        inbound = approach.inbound
        if inbound.filled:
            line = self._grammar.asked(inbound.text, Role.AGENT)
            return replace(line, filled=dict(inbound.filled)) if line else None
        if inbound.internal and not inbound.asked and _is_agents(approach):
            return self._ordered(approach)
        return None

    def named(self, turn: Turn) -> Line | None:
        """The command in what was said to the desk by name; a mere reference asks how it stands.

        Where only agents are, words that are no command were meant to be one.
        """
        if turn.inbound.filled or not turn.inbound.asked:
            return None
        text = turn.inbound.text
        named = self._desk.settings.begun_with(text)
        if named and not named[1].strip():
            return self._grammar.plain(f"{ASKING_AFTER} {text.strip()}", turn.role)
        line = self._grammar.asked(text, turn.role)
        if line and line.command.name == _LINK and not _PROVES.search(line.words):
            return None  # "link to the wiki is broken"
        return line

    def _ordered(self, approach: Approach) -> Line | None:
        """What an agent tells the desk among agents: behind a prefix, or as a command alone.

        Below a card it is about that ticket, whatever other references stand in the words: the one
        whose card it is, though it may go on elsewhere by now.
        """
        text, here = approach.inbound.text, approach.below
        line = self._grammar.prefixed(text)
        if line is not None and here is not None:
            reference = self._desk.settings.reference(here.id)
            return replace(line, words=f"{reference} {line.words}".strip())
        if line is None and len(text) <= _LONGEST:
            line = self._grammar.plain(text.strip().removeprefix("/"), Role.AGENT)
            quiet = line is not None and line.command.quiet
            named = line is not None and line.about(self._desk.settings)
            return line if quiet and (here or named) else self._of_ticket(approach)
        return line

    def _of_ticket(self, approach: Approach) -> Line | None:
        """A command about the ticket that is named right behind its word: "note IT-1 he called"."""
        text = approach.inbound.text.strip()
        line = self._grammar.asked(text, Role.AGENT) if approach.below is None else None
        return line if line and line.about(self._desk.settings) else None

    def asked_for(self, turn: Turn) -> Line | None:
        """The one command a requester's message is, in plain words or behind a slash."""
        text = self._words(turn)
        if line := self._answered(turn, text) or self._looked_up(turn):
            return line
        begun = self._grammar.begun(text)
        behind = _TOLD.get(begun.command.name) if begun else None
        if begun and behind and behind.fullmatch(begun.words.strip(" .")):
            return begun
        if self.subject_tells(turn) and not self._is_vague(turn.inbound.subject):
            return None
        entry = turn.answered_entry
        asked = entry is not None and entry.what is What.ASKED  # "which button?" "Close"
        line = None if asked else self._grammar.plain(text, turn.role)
        if line is not None:
            return line if not line.command.needs_ticket or turn.ticket or line.words else None
        if line := self._after_their_own(turn, text):
            return line
        script = self._grammar.read(turn.inbound.text, Role.REQUESTER)
        told = script.rest and self.tells(script.rest, turn.person)
        return script.lines[0] if script.lines and not told else None

    def _looked_up(self, turn: Turn) -> Line | None:
        """What the subject of a first letter says to look up, whatever stands below it."""
        subject = "" if turn.ticket or turn.inbound.replies_to else turn.inbound.subject
        line = self._grammar.plain(subject, Role.REQUESTER)
        return line if line is not None and line.command.name == _LOOK_UP and line.words else None

    def _answered(self, turn: Turn, text: str) -> Line | None:
        """What nothing but a code or a mark is an answer to, where the desk asked for one."""
        if _CODE.fullmatch(text) and turn.work.links.of(turn.person.id, turn.now):
            return self._grammar.begun(f"{_LINK} {text}")
        if text in _MARKS and _is_asked_for_one(turn):
            return self._grammar.begun(f"{_RATE} {text}")
        return None

    def subject_tells(self, turn: Turn) -> bool:
        """Whether the subject of a first message says what the text doesn't."""
        subject, rules = turn.inbound.subject, self._desk.ear.rules
        if turn.ticket or turn.inbound.replies_to or not subject.strip():
            return False
        return not (
            is_greeting(rules, subject)
            or is_thanks(rules, subject)
            or self._grammar.plain(subject, Role.REQUESTER)
        )

    def tells(self, words: str, person: Person) -> bool:
        """Whether there is anything but goodbye and a name."""
        return bool(self._parted(words, person).said)

    def manners(self, turn: Turn) -> str:
        """What greets or thanks in a message, without the name under it."""
        return self._signed(turn).unsigned or turn.inbound.text

    def _words(self, turn: Turn) -> str:
        """What a message says; of one without words, its subject."""
        signed = self._signed(turn)
        if len(signed.words) > _LONGEST:
            return signed.words
        fresh = turn.ticket is None and not turn.inbound.replies_to
        bare = fresh and not turn.heard.attachments
        subject = turn.inbound.subject if bare else ""
        if subject and asks_after(self._desk.ear.rules, subject):
            return f"{subject}\n\n{signed.words}".strip()
        return signed.words or subject

    def _signed(self, turn: Turn) -> Signed:
        """A message and its closing; what sounds like trouble is no post under a name."""
        text = turn.inbound.text
        signed = self._parted(text, turn.person)
        brief = signed.name and len(signed.said) <= _LONGEST
        if brief and triage(self._desk.ear.rules, "", signed.name).reasons:
            return Signed(text, "", "")
        return signed

    def _is_vague(self, subject: str) -> bool:
        """Whether a subject only announces a question: "question", "any news on my ticket?"."""
        ear = self._desk.ear
        if asks_after(ear.rules, subject):
            return True
        vague = fold(subject).strip(" .,:;!?¡¿") in ear.openings.vague
        return vague and triage(ear.rules, subject, "").priority is Priority.NORMAL

    def _after_their_own(self, turn: Turn, text: str) -> Line | None:
        """How it stands, if they only ask that out of the blue; on a ticket its people hear it."""
        if turn.ticket or len(text) > _LONGEST:
            return None
        number = self._desk.settings.referred_to(text)
        reference = self._desk.settings.reference(number) if number else ""
        rules = self._desk.ear.rules
        if not asks_after(rules, text, reference):
            return None
        own = turn.work.tickets.of_requester(turn.person.id, limit=1)
        calls = is_greeting(rules, text)  # "anybody there?"
        if not own or (calls and own[0].status.is_done):
            return None
        return self._grammar.plain(f"{ASKING_AFTER} {reference}", turn.role)

    def _parted(self, text: str, person: Person) -> Signed:
        return parted(self._desk.ear.closings, self._desk.settings, text, person.name)


def _is_agents(approach: Approach) -> bool:
    """Whether an agent speaks; whoever else does isn't even introduced for it."""
    person = known(approach.work, approach.inbound)
    return person is not None and person.is_agent and approach.inbound.speaker.verified


def _is_asked_for_one(turn: Turn) -> bool:
    """Whether "5" says how the help was: the desk asked that last, and said nothing since."""
    ticket = turn.ticket
    rating = turn.work.ratings.of(ticket.id) if ticket and ticket.status.is_done else None
    if ticket is None or rating is None or rating.asked_at is None:
        return False
    replies = (x.at for x in turn.work.entries.of(ticket.id) if x.what is What.REPLIED)
    return all(at <= rating.asked_at for at in replies)
