"""The articles in the book, with all their versions."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlalchemy import bindparam

from bot.model.article import Article, Readership, State
from bot.store import Conflict
from storage.detail import packed, unpacked
from storage.known_stamp import advance, stamp
from storage.pen import Pen
from storage.tables_known import articles, versions


@dataclass(frozen=True, slots=True)
class Articles:
    """`bot.known.Articles` on one connection."""

    pen: Pen

    def get(self, number: int) -> Article | None:
        """One of them, wherever it stands."""
        row = self.pen.run(_GET, number=number).first()
        return None if row is None else _article(row)

    def by_source(self, source: str) -> Article | None:
        """The one that comes from a file."""
        row = self.pen.run(_BY_SOURCE, file=source).first()
        return None if row is None else _article(row)

    def add(self, article: Article) -> Article:
        """Keep a new one; returns it with its number."""
        article = replace(article, changed=advance(self.pen, article.at), version=1)
        added = replace(article, id=self.pen.run(_ADD, **_row(article)).scalar_one())
        self._keep_version(added)
        return added

    def save(self, article: Article) -> Article:
        """Keep a change: `article.version` is the new one. Raises `Conflict` if overtaken."""
        article = replace(article, changed=advance(self.pen, article.at))
        values = _row(article) | {"number": article.id, "before": article.version - 1}
        if not self.pen.run(_SAVE, **values).rowcount:
            raise Conflict(f"{article.reference} was changed meanwhile")
        self._keep_version(article)
        return article

    def versions(self, number: int, limit: int = 20) -> list[Article]:
        """What it said before, the latest first."""
        now = self.get(number)
        if now is None:
            return []
        rows = self.pen.run(_VERSIONS, number=number, latest=now.version, most=limit)
        told = ("title", "text", "by", "at", "version")
        return [replace(now, **{name: getattr(row, name) for name in told}) for row in rows]

    def family(self, name: str) -> list[Article]:
        """Translations of one another that aren't retired."""
        return [_article(row) for row in self.pen.run(_FAMILY, shared=name)] if name else []

    def listed(self, states: Collection[State], limit: int = 1000) -> list[Article]:
        """Those that stand so, the latest changed first."""
        stand = [each.value for each in states]
        return [_article(row) for row in self.pen.run(_LISTED, states=stand, most=limit)]

    def made_of(self, ticket: int) -> Article | None:
        """The one that was made of a ticket, if any that isn't retired."""
        row = self.pen.run(_MADE_OF, of=ticket).first()
        return None if row is None else _article(row)

    def to_review(self, day: date, limit: int = 100) -> list[Article]:
        """Published ones that somebody should look at by then, the longest due first."""
        return [_article(row) for row in self.pen.run(_TO_REVIEW, day=day, most=limit)]

    def files(self) -> dict[str, int]:
        """Those that come from files and aren't retired, by these."""
        return {row.source: row.id for row in self.pen.run(_FILES)}

    def stamp(self) -> int:
        """How far all that the desk knows has changed; 0 where nothing is known."""
        return stamp(self.pen)

    def changed_since(self, stamp: int) -> list[Article]:
        """Those changed after it, in the order of their changes."""
        return [_article(row) for row in self.pen.run(_CHANGED, stamp=stamp)]

    def _keep_version(self, article: Article) -> None:
        said = {name: getattr(article, name) for name in ("title", "text", "by", "at", "version")}
        self.pen.run(_KEEP_VERSION, article=article.id, **said)


def _row(article: Article) -> dict[str, object]:
    plain = ("title", "text", "language", "family", "source", "review_on", "ticket", "by")
    more = ("approved_by", "version", "at", "changed")
    return {name: getattr(article, name) for name in (*plain, *more)} | {
        "readership": article.readership.value,
        "state": article.state.value,
        "detail": packed(
            {
                "tags": list(article.tags),
                "links": list(article.links),
                "merged_into": article.merged_into,
            }
        ),
    }


def _article(row: Any) -> Article:
    detail, plain = unpacked(row.detail), row._asdict()
    del plain["detail"]
    lists = {name: tuple(detail.get(name, ())) for name in ("tags", "links")}
    stands = {"readership": Readership(row.readership), "state": State(row.state)}
    return Article(merged_into=detail.get("merged_into"), **(plain | lists | stands))


_a = articles.c
_MOST = bindparam("most", type_=sa.Integer)
_STANDS = _a.state != State.RETIRED.value
_GET = sa.select(articles).where(_a.id == bindparam("number"))
_BY_SOURCE = sa.select(articles).where(_a.source == bindparam("file"), _a.source != sa.text("''"))
_ADD = sa.insert(articles).returning(_a.id)
_SAVE = sa.update(articles).where(_a.id == bindparam("number"), _a.version == bindparam("before"))
_FAMILY = sa.select(articles).where(_a.family == bindparam("shared"), _STANDS).order_by(_a.id)
_LISTED = (
    sa.select(articles)
    .where(_a.state.in_(bindparam("states", expanding=True)))
    .order_by(_a.changed.desc())
    .limit(_MOST)
)
_MADE_OF = (
    sa.select(articles)
    .where(_a.ticket == bindparam("of"), _STANDS)
    .order_by(_a.id.desc())
    .limit(sa.literal_column("1"))
)
_TO_REVIEW = (
    sa.select(articles)
    .where(_a.state == State.PUBLISHED.value, _a.review_on <= bindparam("day", type_=sa.Date))
    .order_by(_a.review_on, _a.id)
    .limit(_MOST)
)
_FILES = sa.select(_a.source, _a.id).where(_a.source != sa.text("''"), _STANDS)
_CHANGED = sa.select(articles).where(_a.changed > bindparam("stamp")).order_by(_a.changed)
_KEEP_VERSION = sa.insert(versions)
_v = versions.c
_VERSIONS = (
    sa.select(versions)
    .where(_v.article == bindparam("number"), _v.version < bindparam("latest"))
    .order_by(_v.version.desc())
    .limit(_MOST)
)
