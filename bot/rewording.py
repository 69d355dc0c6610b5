"""Rewording: what becomes of an answer that is changed, or deleted, where it was said.

What hasn't left leaves in its last words, or not at all; what has left stands.
"""

from collections.abc import Collection
from dataclasses import replace

from bot.arguments import Arguments
from bot.audience import EVERYBODY, Circle, Hearing
from bot.caller import call_of
from bot.command import WORDS
from bot.grammar import OUTWARD_PREFIX, Grammar, Line
from bot.leaks import look_for_quote, note_asked
from bot.model import ticket as change
from bot.model.entry import SENT, Event, Message, Note, What
from bot.model.mailroom import Delivery, Outcome
from bot.model.message import Tone
from bot.model.person import Role
from bot.model.refused import Refused
from bot.model.ticket import Ticket
from bot.model.unsaying import unsay
from bot.taking_back import reword, spread_of, take_back
from bot.turn import Turn

FIRST_WORDS = Hearing(Circle.ASSIGNEE, "first_words", tone=Tone.NOTICE, inward=True)
NOT_REWORDED = Hearing(Circle.ASSIGNEE, "not_reworded", tone=Tone.NOTICE, inward=True)


class Rewording:
    """Decides what an agent's change makes of an answer that was sent to its reader."""

    def __init__(self, grammar: Grammar) -> None:
        self._grammar = grammar

    def answer_edited(self, turn: Turn, entry: Message, version: Message) -> None:
        """New words for an answer: they go out as long as it waits, if they may go out at all."""
        ticket = _own_ticket(turn, entry)
        spread = spread_of(turn.desk, turn.work, ticket, entry, turn.now)
        kept_back = self._is_for_agents(turn, entry) or not (version.text or entry.attachments)
        if spread.is_untold and kept_back:
            unsaid_in_time(turn, entry)
            self._noted(turn, ticket, entry)
        elif versions(turn, entry)[-1].text == version.text:
            turn.settle(Outcome.ASIDE, ticket, reason="edit")
        elif not spread.is_untold:
            self._stands(turn, ticket, entry, version)
        elif hindrance := self._hindrance(turn, ticket, entry, version):
            _tell_writer(turn, ticket, entry, NOT_REWORDED, *hindrance)
            _kept_inside(turn, ticket, entry, version)
        else:
            said = replace(entry, text=version.text, remarks=version.remarks)
            reword(turn.desk, turn.work, ticket, spread, said)
            told = change.told(ticket, version)
            kept = turn.desk.keep(turn.work, told, deaf=read_there(turn, entry))
            turn.settle(Outcome.REPLY, kept)

    def words(self, turn: Turn, entry: Message | Note) -> str:
        """The new words, without those before them that say what they are for."""
        line = self._line(turn, entry)
        if line is None or isinstance(entry, Message) != (line.command.name == OUTWARD_PREFIX):
            return turn.inbound.text
        return _said_with(turn, line, entry)

    def _stands(self, turn: Turn, ticket: Ticket, entry: Message, version: Message) -> None:
        """An answer is where it went: the new words stay among agents, and the writer hears so."""
        if _is_withdrawn(turn, entry):
            _tell_writer(turn, ticket, entry, NOT_REWORDED, "undone")
        else:
            tell_it_stands(turn, ticket, entry)
        _kept_inside(turn, ticket, entry, version)

    def _is_for_agents(self, turn: Turn, entry: Message) -> bool:
        """Whether the words that sent it are gone, and these are a note where only agents read."""
        line = self._line(turn, entry)
        if line is not None:
            return line.command.name == "note"
        return turn.inbound.internal and not self._orders(turn)

    def _hindrance(
        self, turn: Turn, ticket: Ticket, entry: Message, version: Message
    ) -> tuple[str, ...]:
        """Why the new words may not go out, and which of them; nothing if they may."""
        line = self._line(turn, entry)
        if self._orders(turn) if line is None else line.command.name != OUTWARD_PREFIX:
            return ("command",)
        if line is not None and turn.desk.settings.begun_with(version.text):
            return ("command",)  # which says them on another ticket
        if turn.heard.secrets:
            return ("secret",)
        try:
            look_for_quote(turn, ticket, version.text)
        except Refused as refusal:
            note_asked(turn, refusal)
            return "quote", str(refusal.values["words"])
        return ()

    def _line(self, turn: Turn, entry: Message | Note) -> Line | None:
        """What says what the new words are for: a word and a colon, or a command on the ticket."""
        text = turn.inbound.text
        if line := self._grammar.prefixed(text):
            return line
        line = self._grammar.begun(text)
        if line is None or not line.command.takes_words:
            return None
        if line.command.speaks and line.command.name != OUTWARD_PREFIX:
            return None
        named = line.about(turn.desk.settings)
        if named is None:
            return line if turn.inbound.asked or text.startswith("/") else None
        return line if _is_its(turn, named[0], entry) else None

    def _orders(self, turn: Turn) -> bool:
        """Whether the new words tell the desk to do something, which no change does."""
        text = turn.inbound.text.strip()
        line = self._grammar.begun(text)
        if line is not None and (text.startswith("/") or line.command.speaks):
            return True
        return self._grammar.plain(text, Role.AGENT) is not None

    def _noted(self, turn: Turn, ticket: Ticket, entry: Message) -> None:
        """What was an answer is a note now."""
        line = self._line(turn, entry)
        words = _said_with(turn, line, entry) if line else turn.inbound.text
        if not words:
            return
        note = Note(
            text=words,
            at=turn.now,
            by=turn.person.id,
            channel=turn.channel,
            remarks=turn.heard.remarks,
        )
        ticket = turn.work.tickets.get(ticket.id) or ticket  # what was taken back changed it
        turn.desk.keep(turn.work, change.told(ticket, note), deaf=read_there(turn, entry))


def unsaid_in_time(turn: Turn, entry: Message) -> bool:
    """Whether it still waited to leave, and doesn't any more: who deletes it has undone it."""
    desk, work, now, ticket = turn.desk, turn.work, turn.now, _own_ticket(turn, entry)
    assert entry.by is not None, "an agent wrote it"
    spread = spread_of(desk, work, ticket, entry, now)
    if not spread.is_untold:
        return False
    take_back(desk, work, ticket, spread, entry.by, now)
    entries = work.entries.of(ticket.id)
    kept = desk.keep(work, unsay(ticket, entries, entry, entry.by, now, turn.channel))
    turn.settle(Outcome.REPLY, kept)
    return True


def tell_it_stands(turn: Turn, ticket: Ticket, entry: Message) -> None:
    """Tell who changes or deletes an answer that its reader has it; once is enough."""
    words = versions(turn, entry)
    if isinstance(words[-1], Note) or _is_withdrawn(turn, entry):
        return
    if len(words) == 1:
        _tell_writer(turn, ticket, entry, FIRST_WORDS)
    else:  # which it was sent with after all
        _tell_writer(turn, ticket, entry, NOT_REWORDED, "late")


def went_out(turn: Turn, entry: Message | Note) -> bool:
    """Whether it is an answer that is brought to the requester: no edit there reaches them.

    Where they read along, it isn't: they read the new words in its place.
    """
    ticket = turn.work.tickets.get(entry.ticket)
    if ticket is None or isinstance(entry, Note) or entry.what is not What.REPLIED:
        return False
    letters = turn.work.outbox.of_ticket(entry.ticket)
    return any((each.entry, each.person) == (entry.id, ticket.requester) for each in letters)


def read_there(turn: Turn, entry: Message | Note) -> Collection[Circle]:
    """Who reads the new words where they were said: not who had the first ones from the desk."""
    letters = turn.work.outbox.of_ticket(entry.ticket)
    posted = any(each.under_card and each.created_at == entry.at for each in letters)
    return () if posted else turn.heard_there


def versions(turn: Turn, entry: Message | Note) -> list[Message | Note]:
    """A message in all its words, the last ones at the end."""
    known = turn.work.entries.of(entry.ticket)
    later = [each for each in known if not isinstance(each, Event) and each.of == entry.id]
    return [entry, *later]


def _said_with(turn: Turn, line: Line, entry: Message | Note) -> str:
    """The words that a command keeps, without what it does; all of them where it can't be read."""
    number, words = line.about(turn.desk.settings) or (entry.ticket, line.words)
    if not _is_its(turn, number, entry):
        return line.words  # which begin with another ticket
    call = call_of(turn, turn.person, turn.work.tickets.get(number), (), ())
    try:
        return str(Arguments(replace(line, words=words), call).read()[WORDS.name] or "")
    except Refused:
        return words


def _is_its(turn: Turn, number: int, entry: Message | Note) -> bool:
    """Whether an entry's ticket is meant, by its own number or that of one that goes on in it."""
    return number in (entry.ticket, *turn.work.tickets.merged_into(entry.ticket))


def _own_ticket(turn: Turn, entry: Message) -> Ticket:
    """The ticket it was said on, though that may go on elsewhere by now."""
    ticket = turn.work.tickets.get(entry.ticket)
    assert ticket is not None, "an entry's ticket is kept"
    return ticket


def _is_withdrawn(turn: Turn, entry: Message) -> bool:
    """Whether it was taken back before it left: nobody has it."""
    letters = turn.work.outbox.of_ticket(entry.ticket)
    its_own = [each for each in letters if each.entry == entry.id and each.tone is Tone.PERSONAL]
    return all(each.state is Delivery.WITHDRAWN for each in its_own)


def _kept_inside(turn: Turn, ticket: Ticket, entry: Message, version: Message) -> None:
    """New words that don't go out stay among agents."""
    unsent = Note(
        what=What.REWORDED,
        text=version.text,
        at=turn.now,
        by=entry.by,
        channel=turn.channel,
        remarks=(*version.remarks, SENT),
        of=entry.id,
    )
    kept = turn.desk.keep(turn.work, change.told(ticket, unsent), deaf=EVERYBODY)
    turn.settle(Outcome.REPLY, kept)


def _tell_writer(
    turn: Turn, ticket: Ticket, entry: Message, hearing: Hearing, why: str = "", words: str = ""
) -> None:
    writer = turn.work.people.get(entry.by) if entry.by is not None else None
    if writer is not None:
        tell = turn.desk.scribe.tell
        tell(turn.work, writer, hearing, turn.now, ticket, why=why, words=words)
