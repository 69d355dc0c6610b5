"""The tables of what the desk knows: articles, what became of them, and what people ask."""

import sqlalchemy as sa

from storage.columns import Moment, index, number, person, text, to
from storage.tables_beside import metadata

__all__ = [  # with these it is whole
    "articles",
    "metadata",
    "offers",
    "question_terms",
    "questions",
    "topic_terms",
    "topics",
    "versions",
]

articles = sa.Table(
    "articles",
    metadata,
    number(),
    text("title"),
    text("text"),  # Markdown
    text("language"),
    text("readership"),
    text("state"),
    text("family"),  # shared by translations of one another, "" for none
    text("source"),  # the file it comes from, "" for none
    sa.Column("review_on", sa.Date),
    to("tickets", nullable=True),
    person("by", nullable=True),
    person("approved_by", nullable=True),
    sa.Column("version", sa.Integer, nullable=False),
    sa.Column("at", Moment, nullable=False),
    sa.Column("changed", sa.BigInteger, nullable=False),  # its place among all changes
    sa.Column("detail", sa.Text),  # JSON: tags, links, what stands for it
    sa.Index(None, "changed"),
    sa.Index(None, "state"),
)
index(
    "ix_articles_source", articles.c.source, where=articles.c.source != sa.text("''"), unique=True
)

versions = sa.Table(  # what articles said: rows only come
    "versions",
    metadata,
    sa.Column("article", sa.Integer, sa.ForeignKey("articles.id"), primary_key=True),
    sa.Column("version", sa.Integer, primary_key=True),
    text("title"),
    text("text"),
    person("by", nullable=True),
    sa.Column("at", Moment, nullable=False),
    sqlite_with_rowid=False,
)

offers = sa.Table(  # articles beside questions: shown, or linked by agents
    "offers",
    metadata,
    number(),
    to("articles"),
    to("tickets", nullable=True),  # NULL for a search
    person(nullable=True),  # who asked
    text("words"),
    text("language"),
    text("channel"),
    sa.Column("at", Moment, nullable=False),
    sa.Column("sureness", sa.Float),
    text("verdict"),
    sa.Column("verdict_at", Moment),
    person("by", nullable=True),
    sa.Column("back_at", Moment),
    sa.Column("changed", sa.BigInteger, nullable=False),
    sa.Index(None, "at"),
    sa.Index(None, "ticket"),
    sa.Index(None, "person"),
)
_JUDGED = offers.c.verdict != sa.text("''")
index("ix_offers_changed", offers.c.changed, where=_JUDGED)
index("ix_offers_article", offers.c.article, where=_JUDGED)

topics = sa.Table(  # questions that are alike
    "topics",
    metadata,
    number(),
    sa.Column("size", sa.Integer, nullable=False),
    sa.Column("norm", sa.Float, nullable=False),
    sa.Column("latest", Moment, nullable=False),  # when it was asked last
    to("articles", nullable=True),  # what answers it
    sa.Column("never", sa.Boolean, nullable=False),  # nothing needs to
    sa.Column("version", sa.Integer, nullable=False),
    sa.Column("terms", sa.Text, nullable=False),  # JSON: how many of its questions have each
)
RECURS = 5  # questions from which on a topic is one that comes again
index("ix_topics_latest", topics.c.latest, where=topics.c.size >= sa.text(str(RECURS)))

questions = sa.Table(
    "questions",
    metadata,
    sa.Column("ticket", sa.Integer, sa.ForeignKey("tickets.id"), primary_key=True),
    to("topics"),
    sa.Column("at", Moment, nullable=False),
    sa.Index(None, "topic", "at"),
    sqlite_with_rowid=False,
)

topic_terms = sa.Table(  # by which topics are looked for
    "topic_terms",
    metadata,
    sa.Column("term", sa.Text, primary_key=True),
    sa.Column("topic", sa.Integer, sa.ForeignKey("topics.id"), primary_key=True),
    sa.Index(None, "topic"),
    sqlite_with_rowid=False,
)

question_terms = sa.Table(  # how many questions have each term; all of them have ""
    "question_terms",
    metadata,
    sa.Column("term", sa.Text, primary_key=True),
    sa.Column("count", sa.Integer, nullable=False),
    sqlite_with_rowid=False,
)
