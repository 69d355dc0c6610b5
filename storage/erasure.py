"""Takes a person's words, names and addresses out of the book; what was counted of them stays."""

import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any

import sqlalchemy as sa
from sqlalchemy import bindparam

from bot.model.entry import What
from bot.model.erased import Erased, Orders
from bot.model.mailroom import Delivery
from storage.detail import packed, unpacked
from storage.offers import Offers
from storage.pen import Pen
from storage.readings import plain, readings
from storage.tables import (
    AGENTS,
    OPEN,
    UNFINISHED,
    attachments,
    drafts,
    entries,
    identities,
    inbox,
    links,
    messages,
    outbox,
    people,
    raws,
    tickets,
    watchers,
)
from storage.tables_beside import appointments, duties, joins, ratings, terms, views
from storage.topics import Topics

_NAMES_THEM = (What.UNDELIVERED.value, What.TAGGED.value)  # by an address, or in a tag
PAGE = 200  # messages of agents, and letters, that are looked through at once
_KEPT = ("of", "remarks", "old", "new")  # of an entry: what no words of theirs are in


@dataclass(frozen=True, slots=True)
class Erasure:
    """`bot.registers.Erasure` on one connection."""

    pen: Pen

    def of(self, person: int) -> Erased:
        """How much there is of somebody."""
        seen = self._orders(person, Orders())
        found, letters = self._counted(person), self._letters(person, seen)
        return replace(found, raws=found.raws + len(seen.items), letters=len(letters))

    def orders(self, person: int, seen: Orders) -> Orders:
        """What of agents' messages and of letters names them, a page further."""
        signs = frozenset(plain(each) for each in self.pen.run(_SIGNS, erased=person).scalars())
        if seen.signs != signs:
            seen = Orders(signs)
        page = self.pen.run(_AGENTS_RAWS, erased=person, seen=seen.last).all() if signs else ()
        items = [row.inbox for row in page if _holds(row.bytes, signs)]
        last = page[-1].inbox if page else seen.last
        looked = seen.looked.union(row.inbox for row in page)
        post = self.pen.run(_LETTERS_PAGE, erased=person, seen=seen.sent).all()
        return Orders(
            signs=signs,
            items=(*seen.items, *items),
            looked=looked,
            last=last,
            letters=(*seen.letters, *(row.id for row in post if row.names)),
            sent=post[-1].id if post else seen.sent,
        )

    def _counted(self, person: int) -> Erased:
        """The same without what only names them, which is long to look through."""

        def count(statement: sa.Select[Any]) -> int:
            found: int = self.pen.run(statement, erased=person).scalar_one()
            return found

        return Erased(
            addresses=count(_ADDRESSES),
            tickets=count(_TICKETS),
            entries=count(_ENTRIES),
            letters=0,
            raws=count(_RAWS),
            files=tuple(sorted(self.pen.run(_FILES, erased=person).scalars())),
            open=count(_OPEN),
        )

    def elsewhere(self, person: int) -> list[int]:
        """The tickets of others that hold words of theirs, or letters to them."""
        return sorted(self.pen.run(_ELSEWHERE, erased=person).scalars())

    def erase(self, person: int, seen: Orders) -> Erased:
        """Take all of it away; whatever tells of nobody (kinds, times, teams) stays."""
        again = max(0, seen.sent - PAGE)  # another replica commits a lower number later
        seen = self._orders(person, replace(seen, sent=again))
        items = (*seen.items, *self._late(person, seen))
        ended = sum(self.pen.run(_END_RAW, item=each).rowcount for each in items)
        counted, letters = self._counted(person), self._letters(person, seen)
        found = replace(counted, raws=counted.raws + ended, letters=len(letters))
        for each in sorted(letters):
            self.pen.run(_BLANK_LETTER, number=each)
        for row in self.pen.run(_THEIRS, erased=person).all():
            self.pen.run(_BLANK_ENTRY, number=row.id, detail=_without_words(row.what, row.detail))
        for statement in _STEPS:
            self.pen.run(statement, erased=person)
        for known in (Offers(self.pen), Topics(self.pen)):
            known.forget(person)
        return found

    def _orders(self, person: int, seen: Orders) -> Orders:
        """All messages of agents that name them, behind those that were seen."""
        while (further := self.orders(person, seen)) != seen:
            seen = further
        return seen

    def _letters(self, person: int, seen: Orders) -> set[int]:
        """The letters that are theirs, or name them."""
        return {*self.pen.run(_THEIR_LETTERS, erased=person).scalars(), *seen.letters}

    def _late(self, person: int, seen: Orders) -> list[int]:
        """What names them of those that turned out to be an agent's after their page was read."""
        if not seen.signs:
            return []
        late = set(self.pen.run(_OF_AGENTS, erased=person).scalars()) - seen.looked
        raw = ((each, self.pen.run(_RAW, item=each).scalar_one()) for each in late)
        return [each for each, kept in raw if _holds(kept, seen.signs)]


def _holds(raw: bytes, signs: Iterable[str]) -> bool:
    return any(sign in words for words in readings(zlib.decompress(raw)) for sign in signs)


def _without_words(what: str, detail: str | None) -> str | None:
    parts = unpacked(detail)
    kept = {} if what in _NAMES_THEM else {key: parts[key] for key in _KEPT if key in parts}
    rules = [f"{each.partition(':')[0]}:" for each in parts.get("reasons", ())]
    return packed({**kept, "reasons": rules})


_P = bindparam("erased", type_=sa.Integer)
_OWN = sa.select(tickets.c.id).where(tickets.c.requester == _P)
_THEIR_ENTRIES = sa.or_(entries.c.ticket.in_(_OWN), entries.c.by == _P)
_THEIR_ITEMS = sa.or_(inbox.c.person == _P, inbox.c.ticket.in_(_OWN))
_other = people.alias("other")
_THEIR_NAME = sa.and_(  # which nobody else bears
    people.c.id == _P,
    people.c.name != sa.literal_column("''"),
    ~sa.exists().where(_other.c.folded_name == people.c.folded_name, _other.c.id != _P),
)
_WHOLE_NAME = people.c.name.like(sa.literal_column("'_% _%'"))  # "Ana" is in everybody's letters


def _stands_in(
    sign: sa.ColumnElement[str], *places: sa.ColumnElement[str]
) -> sa.ColumnElement[bool]:
    return sa.or_(
        *(
            sa.func.replace(sa.func.lower(x), sa.func.lower(sign), "") != sa.func.lower(x)
            for x in places
        )
    )


_TOLD = (outbox.c.text, sa.func.coalesce(outbox.c.detail, ""))
_ANSWER = sa.and_(outbox.c.ticket.is_(None), outbox.c.entry.is_(None))  # to an agent's command
_NAMES = sa.or_(
    sa.exists().where(identities.c.person == _P, _stands_in(identities.c.external_id, *_TOLD)),
    sa.exists().where(_THEIR_NAME, sa.or_(_ANSWER, _WHOLE_NAME), _stands_in(people.c.name, *_TOLD)),
)
_LETTERS_PAGE = (  # others' that tell of them, and what programs were told, too
    sa.select(outbox.c.id, _NAMES.label("names"))
    .where(outbox.c.shows.is_(None), outbox.c.id > bindparam("seen", type_=sa.Integer))
    .order_by(outbox.c.id)
    .limit(PAGE)
)
_THEIR_LETTERS = sa.select(outbox.c.id).where(
    sa.or_(
        outbox.c.person == _P,
        outbox.c.ticket.in_(_OWN),
        outbox.c.entry.in_(sa.select(entries.c.id).where(_THEIR_ENTRIES)),
    ),
    outbox.c.shows.is_(None),
)
_BLANK_LETTER = (
    sa.update(outbox)
    .where(outbox.c.id == bindparam("number"))
    .values(text="", recipient="", lane="", detail=None, error="", room="", thread="")
    .values(state=sa.case((UNFINISHED, Delivery.WITHDRAWN.value), else_=outbox.c.state))
)
_THEIR_FILES = attachments.c.entry.in_(sa.select(entries.c.id).where(_THEIR_ENTRIES))


def _count(table: sa.Table, *where: sa.ColumnElement[bool]) -> sa.Select[Any]:
    return sa.select(sa.func.count()).select_from(table).where(*where)


_OF_OTHERS = sa.select(tickets.c.id).where(tickets.c.requester != _P)
_ELSEWHERE = sa.union(
    sa.select(entries.c.ticket).where(entries.c.by == _P, entries.c.ticket.in_(_OF_OTHERS)),
    sa.select(outbox.c.ticket).where(
        outbox.c.person == _P, outbox.c.shows.is_(None), outbox.c.ticket.in_(_OF_OTHERS)
    ),
)
_ADDRESSES = _count(identities, identities.c.person == _P)
_TICKETS = _count(tickets, tickets.c.requester == _P)
_OPEN = _count(tickets, tickets.c.requester == _P, OPEN)
_ENTRIES = _count(entries, _THEIR_ENTRIES)
_RAWS = _count(raws, raws.c.inbox.in_(sa.select(inbox.c.id).where(_THEIR_ITEMS)))
_SIGNS = sa.union(
    sa.select(identities.c.external_id).where(identities.c.person == _P),
    sa.select(people.c.name).where(_THEIR_NAME, _WHOLE_NAME),
)
_KNOWN_SINCE = sa.select(sa.func.min(identities.c.at)).where(identities.c.person == _P)
_OF_AGENTS = (
    sa.select(raws.c.inbox)
    .join(inbox, inbox.c.id == raws.c.inbox)
    .join(people, people.c.id == inbox.c.person)
    .where(AGENTS, people.c.id != _P, inbox.c.at >= _KNOWN_SINCE.scalar_subquery())
    .where(sa.or_(inbox.c.ticket.is_(None), inbox.c.ticket.not_in(_OWN)))
)
_AGENTS_RAWS = (  # compressed, so that no database can look into them
    _OF_AGENTS.add_columns(raws.c.bytes)
    .where(raws.c.inbox > bindparam("seen", type_=sa.Integer))
    .order_by(raws.c.inbox)
    .limit(PAGE)
)
_RAW = sa.select(raws.c.bytes).where(raws.c.inbox == bindparam("item"))
_END_RAW = sa.delete(raws).where(raws.c.inbox == bindparam("item"))
_others = attachments.alias("others")
_FILES = (
    sa.select(attachments.c.digest)
    .where(_THEIR_FILES, attachments.c.digest != sa.literal_column("''"))
    .where(
        attachments.c.digest.not_in(
            sa.select(_others.c.digest).where(
                _others.c.entry.not_in(sa.select(entries.c.id).where(_THEIR_ENTRIES))
            )
        )
    )
    .distinct()
)
_THEIRS = sa.select(entries.c.id, entries.c.what, entries.c.detail).where(_THEIR_ENTRIES)
_BLANK_ENTRY = (
    sa.update(entries)
    .where(entries.c.id == bindparam("number"))
    .values(text="", detail=bindparam("detail"))
)
_TOLD_OF = sa.delete(joins).where(  # wherever an address of theirs was written down
    sa.exists().where(
        identities.c.person == _P,
        sa.func.replace(joins.c.detail, '"' + identities.c.external_id + '"', "") != joins.c.detail,
    )
)
_NOBODY = {
    "name": "",
    "folded_name": "",
    "folded_addresses": "",
    "role": 1,
    "office": "",
    "zone": "",
    "teams": "[]",
    "posts": None,
    "skills": None,
    "reachable": False,
    **dict.fromkeys(("last_channel", "last_room", "last_external_id", "last_at")),
    "answered_until": None,
}


def _steps() -> Iterator[sa.Update | sa.Delete]:
    """In this order: what names their tickets goes before these lose their own words."""
    yield (
        sa.update(attachments)
        .where(_THEIR_FILES)
        .values(name="", digest="", content_id="", kept=False)
    )
    yield sa.delete(raws).where(raws.c.inbox.in_(sa.select(inbox.c.id).where(_THEIR_ITEMS)))
    yield sa.update(inbox).where(_THEIR_ITEMS).values(text="")
    yield sa.delete(outbox).where(outbox.c.person == _P, outbox.c.shows.is_not(None))
    yield sa.delete(messages).where(sa.or_(messages.c.person == _P, messages.c.ticket.in_(_OWN)))
    yield sa.delete(terms).where(terms.c.ticket.in_(_OWN))
    yield sa.update(ratings).where(ratings.c.ticket.in_(_OWN)).values(words="")
    yield _TOLD_OF
    for table in (watchers, drafts, links, views, identities, duties, joins, appointments):
        yield sa.delete(table).where(table.c.person == _P)
    yield sa.update(duties).where(duties.c.substitute == _P).values(substitute=None)
    for table in (joins, appointments):
        yield sa.update(table).where(table.c.by == _P).values(by=None)
    yield (
        sa.update(tickets)
        .where(tickets.c.requester == _P)
        .values(subject="", summary="", room="", thread="", tags=None, assets=None)
    )
    yield sa.update(people).where(people.c.id == _P).values(_NOBODY)


_STEPS = tuple(_steps())
