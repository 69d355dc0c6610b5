"""Notices in the book: planned works, whom they affect, and the reports that are about them."""

import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy import bindparam

from bot.model.notice import Affected, Notice, Said, Scope, Stage, Word
from bot.store import Conflict
from storage.pen import Pen
from storage.tables import AGENTS, OPEN, people, tickets
from storage.tables_notices import DUE, GOING, notice_tickets, notices


@dataclass(frozen=True, slots=True)
class Notices:
    """`bot.diary.Notices` on one connection."""

    pen: Pen

    def get(self, number: int) -> Notice | None:
        """One of them, wherever it stands."""
        row = self.pen.run(_GET, number=number).first()
        return _notice(row) if row else None

    def add(self, notice: Notice) -> Notice:
        """Keep a new one; returns it with its number."""
        return replace(notice, id=self.pen.run(_ADD, **_row(notice)).scalar_one())

    def save(self, notice: Notice) -> Notice:
        """Keep a change; returns it with its new version. Raises `Conflict` if overtaken."""
        anew = replace(notice, version=notice.version + 1)
        values = _row(anew) | {"number": notice.id, "before": notice.version}
        if not self.pen.run(_SAVE, **values).rowcount:
            raise Conflict(f"{notice.reference} was changed meanwhile")
        return anew

    def due(self, now: datetime, limit: int = 20) -> list[Notice]:
        """Those of which something is due, or a word goes out."""
        return [_notice(row) for row in self.pen.run(_DUE, now=now, most=limit)]

    def going(self) -> list[Notice]:
        """Those that are planned or begun, the first first."""
        return [_notice(row) for row in self.pen.run(_GOING)]

    def latest(self, limit: int = 10) -> list[Notice]:
        """The last that were announced, whatever became of them, the latest first."""
        return [_notice(row) for row in self.pen.run(_LATEST, most=limit)]

    def link(self, ticket: int, notice: int | None) -> None:
        """A ticket is about this one, in place of any other; about none where it is None."""
        self.pen.run(_UNLINK, its=ticket)
        if notice is not None:
            self.pen.run(_LINK, ticket=ticket, notice=notice)

    def of_ticket(self, ticket: int) -> Notice | None:
        """What a ticket is about."""
        row = self.pen.run(_OF_TICKET, its=ticket).first()
        return _notice(row) if row else None

    def tickets(self, notice: int) -> list[int]:
        """The tickets that are about it and aren't done, the oldest first."""
        return list(self.pen.run(_TICKETS, its=notice).scalars())

    def affects(
        self, affected: Collection[Affected], after: int, since: datetime, limit: int
    ) -> Sequence[int]:
        """People behind this number who are affected, in order; who wrote since, or work here."""
        seen = AGENTS | (_p.last_at >= since)
        some = sa.or_(*(_fits(each, since) for each in affected))
        found = sa.select(_p.id).where(_p.id > after, seen, some).order_by(_p.id).limit(limit)
        return list(self.pen.run(found).scalars())

    def offices(self) -> Sequence[str]:
        """Where people work, as far as they are known."""
        return list(self.pen.run(_OFFICES).scalars())


def _fits(affected: Affected, since: datetime) -> sa.ColumnElement[bool]:
    """Whether somebody is one of these."""
    name = affected.name
    match affected.scope:
        case Scope.EVERYBODY:
            return sa.true()
        case Scope.OFFICE:
            return _p.office == name
        case Scope.CHANNEL:
            return _p.last_channel == name
        case Scope.TEAM:
            waits = sa.exists().where(_t.requester == _p.id, _t.team == name, OPEN)
            return waits | (AGENTS & _holds(_p.teams, name))
    return sa.exists().where(_t.requester == _p.id, _t.updated_at >= since, _holds(_t.tags, name))


def _holds(listed: sa.ColumnElement[Any], name: str) -> sa.ColumnElement[bool]:
    """Whether a JSON list holds a name."""
    return listed.contains(json.dumps(name, ensure_ascii=False), autoescape=True)


def _row(notice: Notice) -> dict[str, object]:
    return {
        "version": notice.version,
        "stage": notice.stage.value,
        "starts_at": notice.starts_at,
        "ends_at": notice.ends_at,
        "knock_at": notice.knock_at,
        "telling": notice.telling.value if notice.telling else None,
        "by": notice.by,
        "at": notice.at,
        "detail": json.dumps(_detail(notice), ensure_ascii=False),
    }


def _detail(notice: Notice) -> Mapping[str, object]:
    return {
        "said": notice.said,
        "affected": notice.affected,
        "about": notice.about,
        "revision": notice.revision,
        "reminded": notice.reminded.isoformat() if notice.reminded else None,
        "asked": notice.asked,
        "told": notice.told,
        "closing": notice.closing,
    }


def _notice(row: Any) -> Notice:
    rest = json.loads(row.detail)
    reminded = rest["reminded"]
    return Notice(
        id=row.id,
        version=row.version,
        stage=Stage(row.stage),
        starts_at=row.starts_at,
        ends_at=row.ends_at,
        knock_at=row.knock_at,
        telling=Word(row.telling) if row.telling else None,
        by=row.by,
        at=row.at,
        said={language: Said(*words) for language, words in rest["said"].items()},
        affected=tuple(Affected(Scope(scope), name) for scope, name in rest["affected"]),
        about=tuple(rest["about"]),
        revision=rest["revision"],
        reminded=datetime.fromisoformat(reminded) if reminded else None,
        asked=rest["asked"],
        told=rest["told"],
        closing=rest["closing"],
    )


_n, _k, _p, _t = notices.c, notice_tickets.c, people.c, tickets.c
_GET = sa.select(notices).where(_n.id == bindparam("number"))
_ADD = sa.insert(notices).returning(_n.id)
_SAVE = sa.update(notices).where(_n.id == bindparam("number"), _n.version == bindparam("before"))
_comes = _n.telling.is_not(None) | (_n.knock_at <= bindparam("now"))
_DUE = sa.select(notices).where(DUE, _comes).order_by(_n.id).limit(bindparam("most"))
_GOING = sa.select(notices).where(GOING).order_by(_n.starts_at, _n.id)
_LATEST = sa.select(notices).order_by(_n.id.desc()).limit(bindparam("most"))
_LINK = sa.insert(notice_tickets)
_UNLINK = sa.delete(notice_tickets).where(_k.ticket == bindparam("its"))
_OF_TICKET = (
    sa.select(notices).join(notice_tickets, _k.notice == _n.id).where(_k.ticket == bindparam("its"))
)
_TICKETS = (
    sa.select(_k.ticket)
    .join(tickets, _t.id == _k.ticket)
    .where(_k.notice == bindparam("its"), OPEN)
    .order_by(_k.ticket)
)
_OFFICES = sa.select(_p.office).where(_p.office != "").distinct().order_by(_p.office)
