"""What goes out, as the book keeps it: each letter until the network has it, in order a lane.

A letter is unfinished while it is WAITING or SENDING. `due_at` says when to look at it: its
moment while it waits, the end of its lease while somebody sends it.
"""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from itertools import takewhile

import sqlalchemy as sa
from sqlalchemy import bindparam

from bot.model.mailroom import Delivery, Letter
from bot.model.message import ExternalId
from storage import lanes as readers
from storage import panels
from storage.columns import among
from storage.letters import letter_of, row_of, words_of
from storage.pen import Pen
from storage.tables import UNFINISHED, UNSENT, outbox


@dataclass(slots=True)
class Outbox:
    """`bot.post.Outbox` on one connection; `queued` names the channels it took letters for."""

    pen: Pen
    queued: set[str] = field(default_factory=set, init=False)

    def queue(self, letter: Letter) -> Letter:
        """Keep it for the courier; returns it with its number."""
        number = self.pen.run(_QUEUE, **row_of(letter)).scalar_one()
        self.queued.add(letter.to.channel)
        return replace(letter, id=number)

    def show(self, letter: Letter) -> None:
        """Keep a panel to be drawn: a new one, or the same one anew."""
        known = panels.shown_as(self.pen, letter)
        if known is None:
            self.queue(letter)
        else:
            panels.draw_again(self.pen, known, letter)
            self.queued.add(letter.to.channel)

    def panels(self, *, ticket: int) -> list[Letter]:
        """The cards of a ticket, oldest first."""
        return panels.cards(self.pen, ticket)

    def stuck(self, before: datetime, limit: int = 50) -> list[Letter]:
        """Cards that were never shown and have waited since then, unless they were noticed."""
        return panels.stuck(self.pen, before, limit)

    def noticed(self, number: int) -> None:
        """Something was done about a stuck card: it isn't found again."""
        panels.notice(self.pen, number)

    def homes(self, people: Iterable[int]) -> list[Letter]:
        """The own pages of these people, one a channel."""
        return panels.homes(self.pen, people)

    def part_lanes(self, *, by_ticket: bool) -> None:
        """Letters to a reader wait for those of the same ticket alone, or for all before them."""
        readers.part(self.pen, by_ticket=by_ticket)

    def join_lanes(self, ticket: int, into: int) -> None:
        """The letters of a ticket that was merged come before those of the other one."""
        readers.join(self.pen, ticket, into)

    def claim(
        self, channel: str, worker: str, now: datetime, lease: timedelta, *, lanes: int, run: int
    ) -> list[Letter]:
        """Take what is due: of at most so many `lanes` the first `run` letters that all are due.

        They are ours until `now + lease`; when that ran out they are due again. Several couriers
        may claim at once: no letter is had by two.
        """
        held: dict[str, object] = {"worker": worker, "due_at": now + lease}
        heads = self.pen.run(_CLAIM, the_channel=channel, now=now, limit=lanes, **held)
        taken = [letter_of(row) for row in heads]
        if behind := list(self._behind(taken, now, run - 1)):
            taken += map(letter_of, self.pen.run(_CLAIM_MORE, numbers=behind, **held))
        return sorted(taken, key=lambda letter: letter.id)

    def _behind(self, claimed: Sequence[Letter], now: datetime, most: int) -> Iterator[int]:
        """The letters that follow the claimed ones in their lanes, as far as all are due."""
        if not claimed:
            return
        followed = self.pen.run(_FOLLOWED, numbers=[each.id for each in claimed]).all()
        for head in followed:
            lane = {"the_channel": head.channel, "the_lane": head.lane, "head": head.id}
            queue = self.pen.run(_BEHIND, most=most, **lane)
            yield from (row.id for row in takewhile(lambda row: row.due_at <= now, queue))

    def renew(self, worker: str, numbers: Collection[int], until: datetime) -> None:
        """Lengthen the leases of letters that this courier is still about to deliver."""
        self.pen.run(_RENEW, numbers=list(numbers), its_worker=worker, until=until)

    def give_back(self, worker: str, numbers: Collection[int]) -> None:
        """Let go of letters that this courier claimed and did not try."""
        self.pen.run(_GIVE_BACK, numbers=list(numbers), its_worker=worker)

    def sent(self, number: int, external_id: ExternalId, at: datetime) -> None:
        """The network has it; by its id there it is one of its ticket's messages."""
        self.pen.run(_SENT, number=number, external_id=external_id, sent_at=at)

    def postpone(self, number: int, until: datetime, error: str) -> None:
        """Not now: try again then. One that somebody else has sent meanwhile stays sent."""
        self.pen.run(_POSTPONE, number=number, not_before=until, due_at=until, error=error)

    def withdraw(self, numbers: Collection[int]) -> bool:
        """They are never to leave; False, and some may still, where one of them has begun to."""
        return self.pen.run(_WITHDRAW, numbers=list(numbers)).rowcount == len(numbers)

    def reword(self, letter: Letter) -> None:
        """It leaves with its new words, unless it has begun to."""
        self.pen.run(_REWORD, number=letter.id, **words_of(letter))

    def take_back(self, letter: Letter, at: datetime) -> None:
        """It leaves once more, with its new words; what is being sent just now does so after."""
        self.pen.run(_TAKE_BACK, number=letter.id, at=at, **words_of(letter))
        self.queued.add(letter.to.channel)

    def give_up(self, number: int, error: str, at: datetime) -> Letter:
        """Never; one that somebody else has sent meanwhile stays sent, as the letter says."""
        self.pen.run(_GIVE_UP, number=number, error=error, due_at=at)
        return letter_of(self.pen.run(_GET, number=number).one())

    def bounced(
        self, channel: str, external_id: ExternalId, error: str, *, row: int | None = None
    ) -> Letter | None:
        """The network sent it back after all; None if it isn't ours."""
        if row is None:
            named = self.named(channel, external_id)
            row = named.id if named else None
        back = self.pen.run(_BOUNCED, number=row, its_channel=channel, error=error).first()
        return None if back is None else letter_of(back)

    def get(self, number: int) -> Letter | None:
        """A letter by its number."""
        row = self.pen.run(_GET, number=number).first()
        return None if row is None else letter_of(row)

    def named(self, channel: str, external_id: ExternalId) -> Letter | None:
        """The letter that the network knows by this id."""
        row = self.pen.run(_NAMED, its_channel=channel, its_id=external_id).first()
        return None if row is None else letter_of(row)

    def next_due(self, channel: str) -> datetime | None:
        """When the next first letter of a lane is due; None when all of the channel is sent."""
        moment: datetime | None = self.pen.run(_NEXT_DUE, the_channel=channel).scalar()
        return moment

    def of_ticket(self, ticket: int) -> list[Letter]:
        """What was said of a ticket to whom, and where it stands, oldest first."""
        return [letter_of(row) for row in self.pen.run(_OF_TICKET, ticket=ticket)]

    def latest(self, channel: str, limit: int = 50) -> list[Letter]:
        """The last letters of a channel, wherever they stand, the latest first."""
        return [letter_of(row) for row in self.pen.run(_LATEST, its_channel=channel, limit=limit)]

    def of_entry(self, channel: str, entry: int) -> list[Letter]:
        """What waits or is under way on a channel to tell of an entry, oldest first."""
        found = self.pen.run(_OF_ENTRY, the_channel=channel, its_entry=entry)
        return [letter_of(row) for row in found]

    def again(self, number: int, at: datetime) -> Letter | None:
        """Let a letter leave once more, under its old number; None where it is on its way."""
        row = self.pen.run(_ONCE_MORE, number=number, due_at=at, not_before=at).first()
        if row is None:
            return None
        self.queued.add(row.channel)
        return letter_of(row)

    def states(self) -> dict[Delivery, int]:
        """How many letters are in each state."""
        unsent = {Delivery(row[0]): row[1] for row in self.pen.run(_UNSENT)}
        sent: int = self.pen.run(_ALL).scalar_one() - sum(unsent.values())
        return {state: unsent.get(state, 0) for state in Delivery} | {Delivery.SENT: sent}


_o, _other = outbox.c, outbox.alias("other").c
_MINE = (_o.channel == bindparam("the_channel"), UNFINISHED)
# The least number of its lane, rather than "no earlier one exists": PostgreSQL would make a join
# of that, and with few lanes of many letters compare each letter with each.
_FIRST_OF_LANE = _o.id == (
    sa.select(sa.func.min(_other.id))
    .where(
        _other.channel == _o.channel,
        _other.lane == _o.lane,
        among(_other.state, "waiting", "sending"),
    )
    .scalar_subquery()
)

_GET = sa.select(outbox).where(_o.id == bindparam("number"))
_QUEUE = sa.insert(outbox).returning(_o.id)
_due = (
    sa.select(_o.id)
    .where(*_MINE, _o.due_at <= bindparam("now"), _FIRST_OF_LANE)
    .order_by(_o.due_at, _o.id)
    .limit(bindparam("limit", type_=sa.Integer))
    .with_for_update(skip_locked=True, of=outbox)  # SQLite has one writer and leaves it out
    .cte("due")  # a plain subquery PostgreSQL may run twice, and take more than the limit
)
_TAKE = (
    sa.update(outbox)
    .values(state=Delivery.SENDING.value, attempts=_o.attempts + 1)
    .returning(outbox)
)
_CLAIM = _TAKE.where(_o.id.in_(sa.select(_due.c.id)))
_THESE = _o.id.in_(bindparam("numbers", expanding=True))
_followers = (_other.channel == _o.channel, _other.lane == _o.lane, _other.id > _o.id)
_FOLLOWED = sa.select(_o.id, _o.channel, _o.lane).where(
    _THESE,
    sa.exists().where(*_followers, among(_other.state, "waiting", "sending")),
)
_WITHDRAW = (
    sa.update(outbox)
    .where(_THESE, _o.state == Delivery.WAITING.value, _o.attempts == 0)
    .values(state=Delivery.WITHDRAWN.value)
)
_REWORD = (
    sa.update(outbox)
    .where(_o.id == bindparam("number"), _o.state == Delivery.WAITING.value, _o.attempts == 0)
    .values(text=bindparam("its_text"), detail=bindparam("its_detail"))
)
_BEHIND = (
    sa.select(_o.id, _o.due_at)
    .where(*_MINE, _o.lane == bindparam("the_lane"), _o.id > bindparam("head"))
    .order_by(_o.id)
    .limit(bindparam("most", type_=sa.Integer))
)
_CLAIM_MORE = _TAKE.where(_THESE)
_STILL_SENDING = sa.update(outbox).where(
    _THESE, _o.state == Delivery.SENDING.value, _o.worker == bindparam("its_worker")
)
_RENEW = _STILL_SENDING.values(due_at=bindparam("until"))
_GIVE_BACK = _STILL_SENDING.values(
    state=Delivery.WAITING.value,
    attempts=_o.attempts - 1,
    due_at=sa.func.coalesce(_o.not_before, _o.created_at),
)
_SENT = (
    sa.update(outbox)
    .where(_o.id == bindparam("number"), ~among(_o.state, "bounced"))
    .values(
        state=sa.case((_o.redraw.is_(True), Delivery.WAITING.value), else_=Delivery.SENT.value),
        due_at=sa.case((_o.redraw.is_(True), _o.created_at), else_=_o.due_at),
        attempts=sa.case((_o.redraw.is_(True), 0), else_=_o.attempts),
        not_before=sa.case((_o.redraw.is_(True), None), else_=_o.not_before),
        redraw=None,
        error="",
    )
)
_sending = _o.state == Delivery.SENDING.value
_TAKE_BACK = (
    sa.update(outbox)
    .where(_o.id == bindparam("number"))
    .values(
        text=bindparam("its_text"),
        detail=bindparam("its_detail"),
        redraw=sa.case((_sending, sa.true()), else_=None),
        state=sa.case((_sending, _o.state), else_=Delivery.WAITING.value),
        attempts=sa.case((_sending, _o.attempts), else_=0),
        not_before=sa.case((_sending, _o.not_before), else_=None),
        due_at=sa.case((_sending, _o.due_at), else_=bindparam("at", type_=_o.due_at.type)),
    )
)
_STILL_MINE = sa.update(outbox).where(_o.id == bindparam("number"), UNFINISHED)
_POSTPONE = _STILL_MINE.values(state=Delivery.WAITING.value)
_GIVE_UP = _STILL_MINE.values(state=Delivery.FAILED.value)
_NAMED = sa.select(outbox).where(
    _o.channel == bindparam("its_channel"), _o.external_id == bindparam("its_id")
)
_BOUNCED = (
    sa.update(outbox)
    .where(_o.id == bindparam("number"), _o.channel == bindparam("its_channel"))
    .values(state=Delivery.BOUNCED.value)
    .returning(outbox)
)
_NEXT_DUE = sa.select(_o.due_at).where(*_MINE, _FIRST_OF_LANE).order_by(_o.due_at, _o.id).limit(1)
_OF_TICKET = sa.select(outbox).where(_o.ticket == bindparam("ticket")).order_by(_o.id)
_LATEST = (
    sa.select(outbox)
    .where(_o.channel == bindparam("its_channel"))
    .order_by(_o.id.desc())
    .limit(bindparam("limit", type_=sa.Integer))
)
_OF_ENTRY = sa.select(outbox).where(*_MINE, _o.entry == bindparam("its_entry")).order_by(_o.id)
_ONCE_MORE = (
    sa.update(outbox)
    .where(_o.id == bindparam("number"), among(_o.state, "sent", "failed", "bounced"))
    .values(state=Delivery.WAITING.value, attempts=0, error="")
    .returning(outbox)
)
_UNSENT = sa.select(_o.state, sa.func.count()).where(UNSENT).group_by(_o.state)
_ALL = sa.select(sa.func.count()).select_from(outbox)
