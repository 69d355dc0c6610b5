"""Bulletins: what happened to tickets, as data for the programs that hear of it."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime

from bot.audience import HEARINGS
from bot.channel import Subscriber
from bot.model.entry import Entry, Event, Message, Note, What
from bot.model.mailroom import Delivery, Letter
from bot.model.message import Address, Tone
from bot.model.settings import Desk as Settings
from bot.model.ticket import Ticket
from bot.moved import team_before
from bot.store import Work
from bot.text import Reader, Texts

_INWARD = (What.TAGGED, What.EQUIPPED, What.TIMED)
# Of these hears only who may know what stays among agents, as their own words on a ticket do.
INNER = frozenset((*(each for each in What if each.is_inward), What.UNDELIVERED, *_INWARD))
# Of one ticket everything leaves in order; one entry that a program can't take holds up no more
# than a part of the others, and one that doesn't answer takes no more than so many of its channel's
# connections.
LANES = 4

_PEOPLE = (
    What.ASSIGNED, What.RELEASED, What.STEPPED_IN, What.WATCHED, What.UNWATCHED, What.RESOLVED,
)  # fmt: skip
_TICKETS = (What.MERGED, What.ABSORBED, What.RELATED, What.PARENT_DONE, What.SPLIT)
_UNSAYABLE = (What.REPLIED, What.ASKED)
Facts = dict[str, object]
"""What becomes an object of JSON; docs/webhooks.md tells each field."""


class Bulletins:
    """Queues a row of the outbox for each program that wants to hear of an entry."""

    def __init__(
        self, settings: Settings, texts: Texts, subscribers: Mapping[str, Sequence[Subscriber]]
    ) -> None:
        """`subscribers`: by channel."""
        self._settings = settings
        self._texts = texts
        self._subscribers = [(name, each) for name, some in subscribers.items() for each in some]

    def post(
        self,
        work: Work,
        ticket: Ticket,
        entry: Entry,
        about: Message | None = None,
        beside: Note | None = None,
    ) -> None:
        """Tell of an entry, and of the ticket as it left it; `about`: the words that it speaks of.

        Of the note `beside` it is told for itself. The rows belong to no ticket's letters: that one
        is lost concerns the operator, and nobody who talks about the ticket.
        """
        self._post(work, ticket, entry, about)
        if beside is not None:
            self._post(work, ticket, beside, None)

    def _post(self, work: Work, ticket: Ticket, entry: Entry, about: Message | None) -> None:
        told: dict[bool, str] = {}  # the same for all who may know as much
        for channel, subscriber in self._subscribers:
            if _is_withdrawn(work, channel, subscriber, entry):
                continue
            if self._is_reworded(work, channel, subscriber, entry):
                continue
            if not _wants(subscriber, ticket, entry):
                continue
            if subscriber.notes not in told:
                facts = self._facts(work, ticket, entry, about, whole=subscriber.notes)
                told[subscriber.notes] = json.dumps(facts, ensure_ascii=False)
            letter = Letter(
                to=Address(channel, subscriber.name),
                recipient="",
                lane=f"{channel}:{subscriber.name}:{ticket.id % LANES}",
                text=told[subscriber.notes],
                created_at=entry.at,
                subject=entry.what.value,
                reference=self._settings.reference(ticket.id),
                entry=entry.id,
                not_before=None if subscriber.notes else self._in_time(entry),
                tone=Tone.NOTICE,
            )
            work.outbox.queue(letter)

    def _is_reworded(self, work: Work, channel: str, subscriber: Subscriber, entry: Entry) -> bool:
        """Whether what is changed here hasn't left yet: somebody outside hears the new alone."""
        if not self._settings.undo or subscriber.notes or not isinstance(entry, Message):
            return False
        letters = work.outbox.of_ticket(entry.ticket) if entry.of else ()
        if not any(each.entry == entry.of and _is_held(each) for each in letters):
            return False
        for each in work.outbox.of_entry(channel, entry.of):
            if each.to.room == subscriber.name:
                facts = json.loads(each.text)
                facts["entry"]["text"] = self._veiled(entry.text, entry.at)
                work.outbox.reword(replace(each, text=json.dumps(facts, ensure_ascii=False)))
        return True

    def _in_time(self, entry: Entry) -> datetime | None:
        """Until when it may be taken back; None where it can't."""
        undo = self._settings.undo
        return entry.at + undo if undo and entry.what in _UNSAYABLE else None

    def _facts(
        self, work: Work, ticket: Ticket, entry: Entry, about: Message | None, *, whole: bool
    ) -> Facts:
        """All of it; what agents alone read only if it is to be `whole`."""
        return {
            "event": entry.what.value,
            "at": _moment(entry.at),
            "ticket": self._ticket(work, ticket, whole=whole),
            "by": _person(work, entry.by),
            "entry": self._entry(work, entry, about, whole=whole),
        }

    def _ticket(self, work: Work, ticket: Ticket, *, whole: bool) -> Facts:
        into = ticket.merged_into
        return {
            "number": ticket.id,
            "reference": self._settings.reference(ticket.id),
            "subject": self._veiled(ticket.subject, ticket.updated_at),
            "summary": self._veiled(ticket.summary, ticket.updated_at),
            "status": ticket.status.value,
            "kind": ticket.kind.value,
            "priority": ticket.priority.name.lower(),
            "level": ticket.level,
            "team": ticket.team,
            "tags": ticket.tags if whole else (),
            "assets": ticket.assets if whole else (),
            "minutes": ticket.minutes if whole else 0,
            "language": ticket.language,
            "channel": ticket.conversation.channel,
            "requester": _person(work, ticket.requester),
            "assignee": _person(work, ticket.assignee),
            "opened_at": _moment(ticket.opened_at),
            "updated_at": _moment(ticket.updated_at),
            "first_answer_at": _moment(ticket.first_answer_at),
            "resolved_at": _moment(ticket.resolved_at),
            "held_until": _moment(ticket.held_until),
            "merged_into": self._settings.reference(into) if into else None,
        }

    def _entry(self, work: Work, entry: Entry, about: Message | None, *, whole: bool) -> Facts:
        said = about if isinstance(entry, Event) else entry
        facts: Facts = {"number": entry.id, "channel": entry.channel}
        if isinstance(entry, Event):
            read = whole or any(each.circle.is_public for each in HEARINGS[entry.what])
            facts["text"] = self._veiled(entry.words, entry.at) if read else ""
            split = entry.what is What.SPLIT  # its `old` numbers an entry
            facts["old"] = entry.old if split else self._value(work, entry, entry.old)
            facts["new"] = self._value(work, entry, entry.new)
            if whole:
                facts["reasons"] = [self._veiled(each, entry.at) for each in entry.reasons]
        if said is not None:
            facts["text"] = self._veiled(said.text, said.at)
            facts["of"] = said.of or None
            facts["attachments"] = [
                {"name": each.name, "content_type": each.content_type, "size": each.size}
                for each in said.attachments
            ]
        return facts

    def _value(self, work: Work, event: Event, value: str) -> str:
        """What an event keeps as a number, by its name; "2:parent" is "IT-2:parent"."""
        number, *how = value.split(":", 1)
        if not number.isdecimal():
            return value
        if event.what in _PEOPLE:
            found = work.people.get(int(number))
            return found.name if found else ""
        if event.what in _TICKETS:
            return ":".join((self._settings.reference(int(number)), *how))
        return value

    def _veiled(self, words: str, at: datetime) -> str:
        """Words with the marks of hidden secrets in the desk's own language."""
        return self._texts.veiled(words, Reader(self._texts.default, self._settings.zone, at))


def _is_withdrawn(work: Work, channel: str, subscriber: Subscriber, entry: Entry) -> bool:
    """Whether what is taken back here was never told to somebody outside, and now never is."""
    if entry.what is not What.UNSAID or subscriber.notes or not isinstance(entry, Event):
        return False
    waiting = work.outbox.of_entry(channel, int(entry.old))
    theirs = [each.id for each in waiting if each.to.room == subscriber.name]
    return bool(theirs) and work.outbox.withdraw(theirs)


def _is_held(letter: Letter) -> bool:
    waits = letter.state is Delivery.WAITING and not letter.attempts
    return waits and letter.tone is Tone.PERSONAL


def _wants(subscriber: Subscriber, ticket: Ticket, entry: Entry) -> bool:
    before = team_before(entry) if isinstance(entry, Event) else ""
    if subscriber.team and subscriber.team not in (ticket.team, before):
        return False  # the team that it left hears so
    if not subscriber.notes and (isinstance(entry, Note) or entry.what in INNER):
        return False
    return not subscriber.events or entry.what.value in subscriber.events


def _person(work: Work, number: int | None) -> Facts | None:
    """Who somebody is, and their addresses; None for nobody, and for the desk itself."""
    found = work.people.get(number) if number else None
    if found is None:
        return None
    return {
        "number": found.id,
        "name": found.name,
        "role": found.role.name.lower(),
        "addresses": [
            {"channel": each.channel, "id": each.external_id}
            for each in work.people.identities(found.id)
        ],
    }


def _moment(at: datetime | None) -> str | None:
    """In UTC, as ISO 8601 has it."""
    return None if at is None else at.astimezone(UTC).isoformat()
