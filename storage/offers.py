"""Articles that were shown for questions or linked to them, and what was said of them."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy import bindparam

from bot.model.article import Offer, Use, Verdict
from storage.columns import EPOCH, Moment
from storage.known_stamp import advance
from storage.pen import Pen
from storage.tables import tickets
from storage.tables_known import offers


@dataclass(frozen=True, slots=True)
class Offers:
    """`bot.known.Offers` on one connection."""

    pen: Pen

    def add(self, offer: Offer) -> Offer:
        """Keep a new one; returns it with its number."""
        if offer.verdict is not None:
            offer = replace(offer, changed=advance(self.pen, offer.verdict_at or offer.at))
        return replace(offer, id=self.pen.run(_ADD, **_row(offer)).scalar_one())

    def judge(self, offer: Offer) -> None:
        """Keep what was said of it, or that the matter came back: the desk learns by it.

        It may be of another article than was shown: of that which stands for it by now.
        """
        at = max(filter(None, (offer.at, offer.verdict_at, offer.back_at)))
        said = _row(replace(offer, changed=advance(self.pen, at)))
        self.pen.run(_JUDGE, number=offer.id, **{name: said[name] for name in _SAID})

    def get(self, number: int) -> Offer | None:
        """One of them."""
        row = self.pen.run(_GET, number=number).first()
        return None if row is None else _offer(row)

    def of_ticket(self, ticket: int) -> list[Offer]:
        """Those of a ticket, in their order."""
        return [_offer(row) for row in self.pen.run(_OF_TICKET, of=ticket)]

    def last_to(self, person: int, article: int) -> Offer | None:
        """When an article was shown last to somebody who searched."""
        row = self.pen.run(_LAST_TO, to=person, shown=article).first()
        return None if row is None else _offer(row)

    def judged_since(self, stamp: int, limit: int = 20_000) -> list[Offer]:
        """What there is to learn since then, the latest first where it is too much."""
        return [_offer(row) for row in self.pen.run(_JUDGED_SINCE, stamp=stamp, most=limit)]

    def lessons(self, article: int, limit: int = 200) -> list[Offer]:
        """What is learned of one article, the latest first."""
        return [_offer(row) for row in self.pen.run(_LESSONS, shown=article, most=limit)]

    def move(self, old: int, new: int, at: datetime) -> None:
        """What was learned of one article is known of another from now on."""
        self.pen.run(_MOVE, old=old, new=new, changed=advance(self.pen, at))

    def forget(self, person: int) -> None:
        """What somebody asked is known no more; what was counted of it stays."""
        self.pen.run(_FORGET, of=person, changed=advance(self.pen, EPOCH))

    def uses(self, since: datetime, until: datetime) -> list[Use]:
        """How the articles did that were shown or linked from `since` until before `until`."""
        return [Use(**row._asdict()) for row in self.pen.run(_USES, since=since, until=until)]


_PLAIN = (
    "article", "ticket", "person", "words", "language", "channel", "at", "sureness", "verdict_at",
    "by", "back_at", "changed",
)  # fmt: skip
_SAID = ("article", "verdict", "verdict_at", "by", "back_at", "words", "changed")


def _row(offer: Offer) -> dict[str, object]:
    verdict = offer.verdict.value if offer.verdict else ""
    return {name: getattr(offer, name) for name in _PLAIN} | {"verdict": verdict}


def _offer(row: Any) -> Offer:
    verdict = Verdict(row.verdict) if row.verdict else None
    return Offer(**(row._asdict() | {"verdict": verdict}))


_o = offers.c
_MOST = bindparam("most", type_=sa.Integer)
_JUDGED = _o.verdict != sa.text("''")
_ADD = sa.insert(offers).returning(_o.id)
_JUDGE = sa.update(offers).where(_o.id == bindparam("number"))
_GET = sa.select(offers).where(_o.id == bindparam("number"))
_OF_TICKET = sa.select(offers).where(_o.ticket == bindparam("of")).order_by(_o.id)
_LAST_TO = (
    sa.select(offers)
    .where(_o.person == bindparam("to"), _o.article == bindparam("shown"), _o.ticket.is_(None))
    .order_by(_o.id.desc())
    .limit(sa.literal_column("1"))
)
_JUDGED_SINCE = (
    sa.select(offers)
    .where(_JUDGED, _o.changed > bindparam("stamp"))
    .order_by(_o.changed.desc())
    .limit(_MOST)
)
_LESSONS = (
    sa.select(offers)
    .where(_JUDGED, _o.article == bindparam("shown"))
    .order_by(_o.changed.desc())
    .limit(_MOST)
)
_MOVE = (
    sa.update(offers)
    .where(_JUDGED, _o.article == bindparam("old"))
    .values(article=bindparam("new"), changed=bindparam("changed"))
)
_FORGET = (
    sa.update(offers)
    .where(_o.person == bindparam("of"))
    .values(words="", changed=bindparam("changed"))
)
_since, _until = bindparam("since", type_=Moment), bindparam("until", type_=Moment)


def _how_many(*where: sa.ColumnElement[bool]) -> sa.ColumnElement[int]:
    return sa.func.count().filter(*where)


_SHOWN = _o.sureness.is_not(None)
_USES = (
    sa.select(
        _o.article,
        _o.channel,
        _o.language,
        _how_many(_SHOWN).label("shown"),
        _how_many(_o.verdict == Verdict.HELPED.value).label("helped"),
        _how_many(_o.verdict == Verdict.REFUSED.value).label("refused"),
        _how_many(
            _SHOWN, _o.verdict != Verdict.HELPED.value, tickets.c.first_answer_at.is_not(None)
        ).label("asked"),
        _how_many(_o.back_at.is_not(None)).label("back"),
        _how_many(_o.verdict == Verdict.LINKED.value).label("linked"),
    )
    .select_from(offers.outerjoin(tickets, tickets.c.id == _o.ticket))
    .where(_o.at >= _since, _o.at < _until)
    .group_by(_o.article, _o.channel, _o.language)
    .order_by(_o.article, _o.channel, _o.language)
)
