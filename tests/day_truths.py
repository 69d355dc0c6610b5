"""What is true of a desk at every moment of any day, whatever was said."""

import re
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise

from chat_stage import AGENTS as AGENTS_ROOM
from day import AGENTS, SPANISH, Responds, Says
from day_book import Book
from day_play import Heard, Moment, Play

from bot.cli.audit import disagreements
from bot.model.entry import Entry, Event, Message, Note, What
from bot.model.mailroom import Outcome
from bot.model.message import Inbound
from bot.model.spending import spent
from bot.model.ticket import Status, Ticket

_UNHEARD = re.compile(r"zq\d+x")
_REFERENCE = re.compile(r"\bIT-(\d+)\b")
_SPANISH = re.compile(r"(?i)[¿¡ñáéíóú]|\b(?:el|los|las|que|para|con|nosotros|hola|te|tu)\b")
_ENGLISH = re.compile(r"(?i)\b(?:the|you|your|we|with|from|this|hi|to)\b")
_QUOTED = re.compile(r"(?m)^>.*$|“[^”]*”|«[^»]*»|English|español")
_BESIDE = (What.OPENED, What.LOGGED, What.UNDELIVERED)  # kept without changing a ticket
_AGENTS_ALONE = frozenset(
    (
        What.REPLIED, What.CLAIMED, What.STEPPED_IN, What.RELEASED, What.ASSIGNED, What.ASKED,
        What.HELD, What.PRIORITY, What.KIND, What.MERGED, What.ABSORBED, What.WATCHED, What.TIMED,
    )
)  # fmt: skip


def hold(moment: Moment, play: Play) -> None:
    """Hold each truth against a moment; raises `AssertionError` naming the step."""
    for truth in TRUTHS:
        for fault in truth(moment, play):
            raise AssertionError(f"{truth.__name__.strip('_')}: {fault}\nat {moment.step}")


def _answered(moment: Moment, _: Play) -> Iterator[str]:
    """Whoever gives a command hears what came of it, unless their letters don't arrive."""
    if moment.outcome is not Outcome.COMMAND or moment.said is None:
        return
    who = moment.said.speaker.external_id
    first = isinstance(moment.step, Says) and not moment.failing
    if first and not any(each.who in (who, AGENTS_ROOM) for each in moment.heard):
        yield f"{who} hears nothing of it"


def _once(moment: Moment, _: Play) -> Iterator[str]:
    """Nobody is told of the same thing twice."""
    told = Counter(
        (each.entry, each.person, each.to)
        for each in moment.after.letters.values()
        if each.entry is not None and each.person is not None
    )
    yield from (f"{many} letters: {what}" for what, many in told.items() if many > 1)


def _smooth(moment: Moment, _: Play) -> Iterator[str]:
    """No job failed, and nothing else that is only logged."""
    yield from moment.errors


def _ended(moment: Moment, _: Play) -> Iterator[str]:
    """Every message ended somewhere, and none of them is in quarantine."""
    yield from disagreements(moment.after.accounts)
    if moment.after.quarantined:
        yield "something is in quarantine"


def _stand(moment: Moment, _: Play) -> Iterator[str]:
    """What a ticket says of itself agrees."""
    book = moment.after
    for ticket in book.tickets.values():
        yield from (f"IT-{ticket.id}: {fault}" for fault in _disagreeing(ticket, book))


def _disagreeing(ticket: Ticket, book: Book) -> Iterator[str]:
    status, into = ticket.status, ticket.merged_into
    if status.is_done is not (ticket.resolved_at is not None):
        yield f"{status} and resolved at {ticket.resolved_at}"
    if (status is Status.HELD) is not (ticket.held_until is not None):
        yield f"{status} and held until {ticket.held_until}"
    if into is not None and (status is not Status.CLOSED or into not in book.tickets):
        yield f"merged into {into} and {status}"
    if ticket.assignee is not None and status is Status.NEW:
        yield "somebody has it, and it is new"
    if ticket.assignee is not None and ticket.assignee not in book.agents():
        yield "who has it is no agent"
    if ticket.minutes != (0 if into else sum(_spells(ticket.id, book))):
        yield f"{ticket.minutes} minutes, and not what its history adds up to"
    spoke = any(each.what in (What.REPLIED, What.ASKED) for each in book.entries[ticket.id])
    if spoke is not (ticket.first_answer_at is not None):
        yield f"first answer at {ticket.first_answer_at}, though {spoke=}"


def _spells(number: int, book: Book) -> Iterator[int]:
    """The minutes that were noted, on what goes on in a ticket as well."""
    for entry in book.entries[number]:
        if isinstance(entry, Event) and entry.what is What.TIMED:
            yield spent(entry)
    for each in book.tickets.values():
        if each.merged_into == number:
            yield from _spells(each.id, book)


def _grow(moment: Moment, _: Play) -> Iterator[str]:
    """A ticket changes with exactly one entry, and no entry is ever lost."""
    for number, ticket in moment.after.tickets.items():
        entries = moment.after.entries[number]
        before = moment.before.entries.get(number, ())
        if list(entries[: len(before)]) != list(before):
            yield f"IT-{number}: its history was rewritten"
        beside = [each.what for each, note in pairwise(entries) if _are_one(each, note)]
        # The first is its report; the summary of an escalation is kept with it, in one change.
        kept = sum(_changes(each) for each in entries) - beside.count(What.ESCALATED)
        apart = sum(
            each is not What.ESCALATED for each in beside
        )  # the note behind it may be a command of its own
        lost = sum(each.what is What.UNDELIVERED for each in entries)  # it may move a ticket
        if not kept - apart <= ticket.version <= kept + lost:
            yield f"IT-{number}: version {ticket.version} with {kept} entries"
        old = moment.before.tickets.get(number)
        if old and old.version == ticket.version and old != ticket:
            yield f"IT-{number}: changed without an entry"


def _changes(entry: Entry) -> bool:
    greeting = isinstance(entry, Message) and "greeting" in entry.remarks
    return entry.what not in _BESIDE and not greeting


def _are_one(event: Entry, note: Entry) -> bool:
    """Whether words went along for other agents: with a ticket handed on, with time spent."""
    with_words = event.what in (What.TRANSFERRED, What.ESCALATED, What.TIMED)
    return with_words and isinstance(note, Note) and (event.at, event.by) == (note.at, note.by)


def _nothing_of_a_refusal(moment: Moment, _: Play) -> Iterator[str]:
    """What is refused changes nothing but that a requester's words may be kept."""
    if not moment.refused:
        return
    words = (What.SAID, What.WEIGHED, What.UNDELIVERED)
    for number, entries in moment.after.entries.items():
        before = moment.before.entries.get(number, ())
        new = [each for each in entries[len(before) :] if each.what not in words]
        if new or number not in moment.before.tickets:
            yield f"IT-{number}: refused ({moment.refused}), and kept {new}"


def _powers(moment: Moment, _: Play) -> Iterator[str]:
    """Only agents for whom somebody vouches do what agents do."""
    said = moment.said
    if said is None or (said.speaker.external_id in AGENTS and said.speaker.verified):
        return
    for number, entries in moment.after.entries.items():
        for entry in entries[len(moment.before.entries.get(number, ())) :]:
            if entry.what in _AGENTS_ALONE:
                yield f"IT-{number}: {entry.what} by {said.speaker.external_id}"


def _leaks(moment: Moment, play: Play) -> Iterator[str]:
    """Nobody reads words that aren't for them: notes, and what others reported."""
    for heard in moment.heard:
        mine = {word for word, who in play.spoken.items() if who == heard.who}
        words = {*_UNHEARD.findall(heard.text)} - mine if heard.who != AGENTS_ROOM else ()
        for word in words:
            if not _may_read(word, heard.who, moment):
                yield f"{heard.who} reads {word}: {heard.text}"


def _may_read(word: str, who: str, moment: Moment) -> bool:
    book, person = moment.after, moment.after.people.get(who)
    for number, entries in book.entries.items():
        for entry in entries:
            if word not in _words_of(entry):
                continue
            if person is None:  # the room where everybody reads along
                return not isinstance(entry, Note) and _lives_in(number, who, moment)
            if not isinstance(entry, Note):
                if person.is_agent or person.id in book.side(number):
                    return True
            elif person.is_agent and _is_theirs_to_read(person.id, number, entry, moment):
                return True
    return person is not None and person.is_agent and word in f"{moment.before.ready}{book.ready}"


def _lives_in(number: int, room: str, moment: Moment) -> bool:
    """Whether a ticket is spoken of there, or was until the network refused to carry it there."""
    known = (book.tickets.get(number) for book in (moment.before, moment.after))
    return any(each is not None and each.conversation.room == room for each in known)


def _is_theirs_to_read(person: int, number: int, note: Note, moment: Moment) -> bool:
    """Talk about a report is kept from the agent who reported it, unless they have it."""
    for book in (moment.before, moment.after):
        ticket = book.tickets.get(number)
        if ticket is not None and person in (note.by, ticket.assignee):
            return True
    return moment.after.tickets[number].requester != person


def _words_of(entry: Entry) -> str:
    if isinstance(entry, Event):
        return f"{entry.words} {entry.old} {entry.new} {entry.reasons}"
    return f"{entry.text} {getattr(entry, 'subject', '')}"


def _others(moment: Moment, play: Play) -> Iterator[str]:
    """Nobody but agents hears of a ticket that isn't theirs, unless they name it themselves."""
    for heard in moment.heard:
        named = {*_REFERENCE.findall(_said_by(heard.who, play))}
        person = moment.after.people.get(heard.who)
        if person is None or person.is_agent:
            continue
        for number in {*_REFERENCE.findall(heard.text)} - named - {"42"}:  # that of examples
            if person.id not in moment.after.side(int(number)):
                yield f"{heard.who} hears of IT-{number}: {heard.text}"


def _writes_only_to_them(moment: Moment, _: Play) -> Iterator[str]:
    """A letter about a ticket goes to its two sides, and to who spoke in its open thread."""
    said, book = moment.said, moment.after
    speaker = book.people.get(said.speaker.external_id) if said and said.public else None
    for letter in book.letters.keys() - moment.before.letters.keys():
        sent = book.letters[letter]
        theirs = book.side(sent.ticket or 0) | book.agents() | {speaker.id if speaker else None}
        if sent.person is not None and sent.person not in theirs:
            yield f"a letter to {sent.recipient} about IT-{sent.ticket}"


def _said_by(who: str, play: Play) -> str:
    own = (each for each in play.said if each.speaker.external_id == who)
    return " ".join(word for each in own for word in _words_said(each))


def _words_said(said: Inbound) -> tuple[str, ...]:
    return said.text, *(value for _, value in said.filled)


def _spoken(moment: Moment, play: Play) -> Iterator[str]:
    """Everybody is spoken to in their language: the one they chose, else their own."""
    for heard in moment.heard:
        person = moment.after.people.get(heard.who)
        if person is None or isinstance(moment.step, Responds):
            continue
        spoken = {person.language or ("es" if heard.who in SPANISH else "en")}
        if not (person.language or _said_by(heard.who, play)):
            spoken = {heard.language}  # that of the matter, while nobody heard theirs
        before = moment.before.people.get(heard.who)
        if before is not None and before.language != person.language:
            continue  # they chose another just now
        if heard.language and heard.language not in spoken:
            yield f"{heard.who} is written to in {heard.language}: {heard.text}"
        foreign = _ENGLISH if "es" in spoken else _SPANISH
        if found := foreign.findall(_of_the_desk(heard, play)):
            yield f"{heard.who} reads {found} in {heard.text}"


def _of_the_desk(heard: Heard, play: Play) -> str:
    """What the desk says in it, without what people said."""
    text = _QUOTED.sub(" ", heard.text)
    for line in {
        line for said in play.said for words in _words_said(said) for line in words.splitlines()
    }:
        text = text.replace(line, " ") if len(line) > 3 else text
    return "\n".join(each for each in text.splitlines() if not _UNHEARD.search(each))


TRUTHS = (
    _smooth, _ended, _answered, _once, _stand, _grow, _nothing_of_a_refusal, _powers, _leaks,
    _others, _writes_only_to_them, _spoken,
)  # fmt: skip
