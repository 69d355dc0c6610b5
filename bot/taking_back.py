"""Taking an answer back: what hasn't left never does, what chats show is replaced in its place.

What hasn't left may also leave in other words.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime

from bot.audience import HEARINGS
from bot.desk import Desk
from bot.model.entry import UNSAID_KEPT, UNSAID_SHOWN, Message, Public, What
from bot.model.mailroom import Delivery, Letter
from bot.model.message import Shows, Tone
from bot.model.ticket import Ticket
from bot.store import Work

_NOWHERE = (Delivery.WITHDRAWN, Delivery.FAILED, Delivery.BOUNCED)


@dataclass(frozen=True, slots=True)
class Spread:
    """How far an answer has come: the letters that brought it, by what can be done about them."""

    waiting: list[Letter] = field(default_factory=list)  # nothing of it has left
    shown: list[Letter] = field(default_factory=list)  # by a chat, which can still replace it
    late: list[Letter] = field(default_factory=list)  # by a chat, for too long
    mailed: list[Letter] = field(default_factory=list)  # to where nothing is ever replaced
    copies: list[Letter] = field(default_factory=list)  # in chats, by which agents know of it

    @property
    def can_be_taken_back(self) -> bool:
        """Whether there is anything to do about it."""
        return bool(self.waiting or self.shown)

    @property
    def is_untold(self) -> bool:
        """Whether all of it waits: nobody whom it is for has anything of it."""
        return bool(self.waiting) and not (self.shown or self.kept)

    @property
    def kept(self) -> list[Letter]:
        """What its readers have, whatever is done."""
        return self.late + self.mailed

    def left(self, requester: int) -> str:
        """What remains once it is taken back, as `bot.model.entry.UNSAID_…`; "" for nothing."""
        if any(each.person == requester for each in self.kept):
            return UNSAID_KEPT
        return UNSAID_SHOWN if self.shown or self.kept else ""


def spread_of(desk: Desk, work: Work, ticket: Ticket, said: Public, now: datetime) -> Spread:
    """How far an answer has come by now."""
    spread, chats = Spread(), desk.wording.chats
    for each in work.outbox.of_ticket(ticket.id):
        chat = each.to.channel in chats
        if each.entry != said.id or each.state in _NOWHERE or each.shows is Shows.UNSAID:
            continue
        if each.tone is not Tone.PERSONAL:
            if chat and not _has_stayed(each):
                spread.copies.append(each)
        elif _has_stayed(each):
            spread.waiting.append(each)
        elif not chat:
            spread.mailed.append(each)
        else:
            (spread.shown if _in_time(desk, each, now) else spread.late).append(each)
    return spread


def take_back(
    desk: Desk, work: Work, ticket: Ticket, spread: Spread, by: int, now: datetime
) -> None:
    """Withdraw what waits, and let chats show in place of the answer who took it back."""
    work.outbox.withdraw([each.id for each in spread.waiting])
    marked = spread.copies if desk.settings.undo_sent else ()
    for each in (*spread.shown, *marked):
        work.outbox.take_back(_unsaid(desk, work, ticket, each, by, now), now)


def reword(desk: Desk, work: Work, ticket: Ticket, spread: Spread, said: Message) -> None:
    """Let what waits leave in the words that were `said` instead."""
    to_requester, to_watchers, *_ = HEARINGS[What.REPLIED]
    for each in spread.waiting:
        person = work.people.get(each.person) if each.person else None
        assert person is not None, "an answer is for somebody"
        hearing = to_requester if person.id == ticket.requester else to_watchers
        work.outbox.reword(desk.scribe.reword(work, each, person, hearing, ticket, said))


def readers(desk: Desk, work: Work, letters: Iterable[Letter], now: datetime) -> list[str]:
    """Whom letters reached, by name, each once."""
    reader = desk.wording.room_reader(work, now, "")
    return list(dict.fromkeys(desk.wording.name(work, reader, each.person) for each in letters))


def _has_stayed(letter: Letter) -> bool:
    return letter.state is Delivery.WAITING and not letter.attempts


def _in_time(desk: Desk, letter: Letter, now: datetime) -> bool:
    """Whether it hasn't stood too long; on its way it stands from this moment on."""
    window = desk.settings.undo_sent
    return bool(window) and now - (letter.sent_at or now) <= window


def _unsaid(
    desk: Desk, work: Work, ticket: Ticket, letter: Letter, by: int, now: datetime
) -> Letter:
    """The same letter, which says in its reader's language that its words were taken back."""
    channel, wording = letter.to.channel, desk.wording
    person = work.people.get(letter.person) if letter.person else None
    if person is None:
        reader, person = wording.room_reader(work, now, channel), work.people.get(by)
        assert person is not None, "somebody takes it back"
    else:
        reader = wording.reader(person, now, ticket, channel=channel)
    personal = letter.tone is Tone.PERSONAL
    key = "withdrawn.text" if personal else "withdrawn_for_agents.text"
    facts = wording.facts(work, reader, person, ticket) | {"by": wording.name(work, reader, by)}
    return replace(
        letter,
        text=desk.texts.render(key, reader, **facts),
        greeting="",
        sender_name="",
        sender="",
        buttons=(),
        mentions=(),
        shows=Shows.UNSAID,
    )
