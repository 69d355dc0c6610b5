"""Addresses that somebody is about to prove, and how two records of one person become one."""

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy import bindparam

from bot.model.joined import Traced, filled
from bot.model.person import Claim
from storage.detail import packed
from storage.joining import join
from storage.pen import Pen
from storage.people import People
from storage.tables import links
from storage.tables_beside import joins


@dataclass(frozen=True, slots=True)
class Links:
    """`bot.store.Links` on one connection."""

    pen: Pen
    people: People

    def begin(self, claim: Claim) -> None:
        """They say that an address is theirs; a code is on its way there. One at a time."""
        self.end(claim.person)
        self.pen.run(
            _BEGIN,
            person=claim.person,
            channel=claim.channel,
            external_id=claim.external_id,
            digest=claim.digest,
            until=claim.until,
            tries=claim.tries,
        )

    def of(self, person: int, now: datetime) -> Claim | None:
        """What they are about to prove; None where there is nothing, or it is over."""
        row = self.pen.run(_OF, claimer=person, now=now).first()
        if row is None:
            return None
        return Claim(person, row.channel, row.external_id, row.digest, row.until, row.tries)

    def by_digest(self, digest: str, now: datetime) -> Claim | None:
        """Whose code it is; None where it is nobody's, or it is over."""
        row = self.pen.run(_BY_DIGEST, its_digest=digest, now=now).first()
        if row is None:
            return None
        return Claim(row.person, row.channel, row.external_id, row.digest, row.until, row.tries)

    def tried(self, person: int) -> None:
        """They named a wrong code."""
        self.pen.run(_TRIED, claimer=person)

    def end(self, person: int) -> None:
        """It is proved, or given up."""
        self.pen.run(_END, claimer=person)

    def join(
        self, lost: int, into: int, at: datetime, *, by: int | None = None, channel: str = ""
    ) -> None:
        """All that is known of one person belongs to the other, who are the same; nothing is lost.

        What each of them said, reported, follows and is reached at goes over; `lost` is no more.
        What was whose is recorded, so that `Joins.part` gives it back.
        """
        gone, kept = self.people.get(lost), self.people.get(into)
        if gone is None or kept is None or lost == into:
            raise KeyError(lost, into)
        by = into if by == lost else by
        record = {"kind": Traced.JOINED.value, "new": gone.name} | join(self.pen, lost, into)
        self.pen.run(
            _RECORD, person=into, by=by, channel=channel, at=at, detail=packed(record) or ""
        )
        self.people.look_again(lost, into)
        self.people.save(filled(kept, gone))


_l = links.c
_BEGIN = sa.insert(links)
_OF = sa.select(links).where(_l.person == bindparam("claimer"), _l.until > bindparam("now"))
_BY_DIGEST = sa.select(links).where(
    _l.digest == bindparam("its_digest"), _l.until > bindparam("now")
)
_TRIED = sa.update(links).where(_l.person == bindparam("claimer")).values(tries=_l.tries + 1)
_END = sa.delete(links).where(_l.person == bindparam("claimer"))
_RECORD = sa.insert(joins)
