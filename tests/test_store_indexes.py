"""Each question of the hot path is answered through its index, on each database."""

import re
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta

import pytest
import sqlalchemy as sa
from sqlalchemy.engine import Connection

from bot.model.attachment import Attachment
from bot.model.entry import Message, What
from bot.model.mailroom import Arrival, Letter, Outcome
from bot.model.message import Address, ExternalId
from bot.model.person import Person, Proof
from bot.model.promise import Lap, Promise
from bot.model.rating import Rating
from bot.model.target import Clock
from bot.model.ticket import Status, Ticket
from bot.model.triage import Kind, Priority
from bot.store import Work as AnyWork
from storage.database import open_engine
from storage.pen import Pen
from storage.tables_beside import metadata
from storage.work import Work

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
X = ExternalId("x")
STATES = [Status.NEW, Status.HELD, Status.RESOLVED, *[Status.CLOSED] * 7]

QUESTIONS: list[tuple[str, Callable[[AnyWork], object]]] = [
    ("ix_tickets_conversation", lambda w: w.tickets.at(Address("slack", "C1", "3"))),
    (
        "ix_tickets_requester or ix_tickets_opened_at",
        lambda w: w.tickets.latest_of(1, "slack", NOW),
    ),
    ("ix_tickets_open_requester", lambda w: w.tickets.of_requester(1, 1)),
    ("ix_tickets_requester or ix_tickets_opened_at", lambda w: w.tickets.of_requester(1, 50)),
    ("ix_tickets_open_assignee", lambda w: w.tickets.of_assignee(1)),
    ("ix_tickets_open_team", lambda w: w.tickets.queue(["net"])),
    ("ix_tickets_open_", lambda w: w.tickets.queue(["net"], unclaimed=True)),
    ("ix_tickets_open_team", lambda w: w.tallies.queue(["net"])),
    ("ix_tickets_open_", lambda w: w.tallies.queue(["net"], unclaimed=True)),
    ("ix_tickets_open_assignee", lambda w: w.tallies.assigned(1)),
    ("ix_tickets_requester", lambda w: w.tallies.reported(1)),
    ("ix_tickets_open_", lambda w: w.duties.unclaimed("net", NOW)),
    ("ix_entries_ticket", lambda w: w.duties.unclaimed("net", NOW)),
    ("ix_promises_ticket", lambda w: w.promises.of(1)),
    ("ix_promises_knock_at", lambda w: w.promises.due(NOW)),
    ("ix_promises_going or pk_promises", lambda w: w.promises.going(0)),
    ("ix_promises_ended_at", lambda w: w.promises.tally(NOW, NOW + MINUTE)),
    ("pk_paces", lambda w: w.paces.known(Clock.FIRST, ["all"])),
    ("ix_tickets_held", lambda w: w.tickets.to_wake(NOW)),
    ("ix_tickets_resolved", lambda w: w.tickets.to_close(NOW)),
    ("ix_tickets_resolved", lambda w: w.tickets.to_close(NOW, NOW)),
    ("ix_entries_closing", lambda w: w.tickets.to_close(NOW, NOW)),
    ("ix_tickets_resolved", lambda w: w.tickets.to_warn(NOW)),
    ("ix_entries_closing", lambda w: w.tickets.to_warn(NOW)),
    ("ix_tickets_merged_into", lambda w: w.tickets.merged_into(1)),
    ("pk_watchers", lambda w: w.tickets.watchers(1)),
    ("pk_relations", lambda w: w.relations.of(1)),
    ("ix_relations_other", lambda w: w.relations.of(1)),
    ("pk_relations", lambda w: w.relations.ancestors(1)),
    ("pk_messages", lambda w: w.tickets.of_messages("slack", [X])),
    ("ix_outbox_external_id", lambda w: w.tickets.of_messages("slack", [X])),
    ("ix_messages_ticket", lambda w: w.tickets.thread_with(1, "slack", 1)),
    ("ix_outbox_ticket", lambda w: w.tickets.thread_with(1, "slack", 1)),
    ("pk_identities", lambda w: w.people.find("slack", "U1")),
    ("ix_identities_person", lambda w: w.people.identities(1)),
    ("ix_people_agents", lambda w: w.people.agents()),
    ("ix_entries_ticket", lambda w: w.entries.of(1)),
    ("ix_attachments_entry", lambda w: w.entries.of(1)),
    ("uq_inbox_channel_external_id", lambda w: w.inbox.number("slack", ExternalId("3"))),
    ("ix_inbox_greeting", lambda w: w.inbox.greetings(1, "slack", NOW)),
    ("ix_inbox_ticket", lambda w: w.inbox.raw(1)),
    ("ix_outbox_due", lambda w: w.outbox.claim("slack", "me", NOW, MINUTE, lanes=5, run=5)),
    ("ix_outbox_lane", lambda w: w.outbox.claim("slack", "me", NOW, MINUTE, lanes=5, run=5)),
    ("ix_outbox_due", lambda w: w.outbox.next_due("slack")),
    ("ix_outbox_external_id", lambda w: w.outbox.bounced("slack", X, "")),
    ("ix_outbox_ticket", lambda w: w.outbox.of_ticket(1)),
    ("ix_outbox_unsent", lambda w: w.outbox.states()),
    ("pk_terms", lambda w: w.terms.counts(["print", "jam3"], 100)),
    ("pk_terms", lambda w: w.terms.newest("print", 100)),
    ("pk_terms or ix_terms_ticket", lambda w: w.terms.shared(["print", "jam3"], [3, 4, 5])),
    ("ix_terms_ticket", lambda w: w.terms.of(1)),
    ("ix_terms_ticket", lambda w: w.terms.forget(1)),
    ("ix_tickets_opened_at", lambda w: w.tallies.opened(NOW - MINUTE, NOW)),
    ("ix_tickets_opened_at", lambda w: w.tallies.first_answers(NOW - MINUTE, NOW)),
    ("ix_tickets_opened_at", lambda w: w.tallies.opened(NOW - MINUTE, NOW)),
    ("ix_tickets_opened_at", lambda w: w.tallies.first_answers(NOW - MINUTE, NOW)),
    ("ix_tickets_opened_at", lambda w: w.ledger.opened(NOW - MINUTE, NOW)),
    ("ix_tickets_resolved_at", lambda w: w.ledger.solved(NOW - MINUTE, NOW)),
    ("ix_tickets_resolved_at", lambda w: w.ledger.hardest(NOW - MINUTE, NOW)),
    ("ix_tickets_complaints", lambda w: w.ledger.complaints(NOW - MINUTE, NOW)),
    ("ix_promises_", lambda w: w.ledger.promised(NOW)),
    ("ix_ratings_at", lambda w: w.ledger.comments(NOW - MINUTE, NOW)),
    ("ix_tickets_resolved_at", lambda w: w.ledger.solvers(NOW - MINUTE, NOW)),
    ("ix_tickets_opened_at or pk_estimates", lambda w: w.ledger.estimates(NOW - MINUTE, NOW)),
    ("uq_canned_team_folded_name", lambda w: w.canned.of(["net"])),
    ("pk_ratings", lambda w: w.ratings.of(1)),
    ("ix_ratings_asked_at or ix_tickets_requester", lambda w: w.ratings.was_asked(1, NOW)),
    ("ix_tickets_requester", lambda w: w.ratings.by(1, 3)),
    ("ix_ratings_asked_at", lambda w: w.ratings.asked(NOW - MINUTE, NOW)),
    ("ix_ratings_at", lambda w: w.ratings.marks(NOW - MINUTE, NOW)),
    ("ix_ratings_at", lambda w: w.ratings.low(NOW - MINUTE, NOW, 5)),
]


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def connection(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Connection]:
    """A connection to a book with something in it, in a transaction that is undone."""
    if request.param == "sqlite":
        url = f"sqlite:///{tmp_path_factory.mktemp('book')}/desk.db"
    else:
        url = request.getfixturevalue("postgresql_tables")
    engine = open_engine(url)
    with engine.connect() as connection:
        if request.param == "sqlite":
            connection.exec_driver_sql("BEGIN IMMEDIATE")
        else:
            names = ", ".join(metadata.tables)
            connection.exec_driver_sql(f"TRUNCATE {names} RESTART IDENTITY")
        fill(Work(Pen(connection)))
        if request.param == "postgresql":  # which counts its rows by itself, and reads few whole
            connection.exec_driver_sql("ANALYZE")
            connection.exec_driver_sql("SET LOCAL enable_seqscan = off")
        yield connection
        connection.exec_driver_sql("ROLLBACK")
    engine.dispose()


def fill(work: AnyWork) -> None:
    for n in range(200):
        at = NOW - n * MINUTE
        person = work.people.add(Person(f"P{n}"), "slack", f"U{n}", Proof.CHANNEL, at).id
        conversation = Address("slack", "C1", str(n))
        ticket = work.tickets.add(ticket_at(person, conversation, at, STATES[n % len(STATES)])).id
        work.tickets.remember("slack", ExternalId(f"in{n}"), ticket, person=person, at=at)
        work.terms.keep(ticket, ("print", f"jam{n % 10}", f"code{n}"))
        item = Arrival(channel="slack", external_id=ExternalId(str(n)), at=at, raw=b"raw")
        number = work.inbox.arrive(item)
        assert number is not None
        work.inbox.settle(number, Outcome.TICKET, person=person, ticket=ticket)
        letter = work.outbox.queue(
            Letter(
                to=conversation,
                recipient="U",
                lane=str(n),
                text="",
                created_at=at,
                not_before=NOW + n * MINUTE,
                ticket=ticket,
            )
        )
        file = Attachment("a", "image/png", 1, "0" * 64)
        for _ in range(3):
            said = Message(
                what=What.SAID, text="", at=at, by=person, ticket=ticket, attachments=(file,)
            )
            work.entries.add(said)
        lap = Lap(at, None, "", MINUTE, "all")
        ends = {"ended_at": at, "kept": True} if n % 2 else {"knock_at": at}
        work.promises.keep(Promise(ticket=ticket, clock=Clock.FIRST, laps=(lap,), **ends))
        work.paces.add(Clock.FIRST, [f"all/{n}"], n, 1.0)
        work.ratings.keep(Rating(ticket, at, n % 5 + 1, "", at))
        if n % 2:
            work.outbox.sent(letter.id, ExternalId(f"out{n}"), at)


def ticket_at(person: int, conversation: Address, at: datetime, status: Status) -> Ticket:
    return Ticket(
        requester=person,
        assignee=person,
        team="net" if person % 2 else "",
        subject="",
        summary="",
        kind=Kind.INCIDENT,
        priority=Priority.NORMAL,
        conversation=conversation,
        opened_at=at,
        updated_at=at,
        status=status,
        resolved_at=at if status.is_done else None,
        held_until=at if status is Status.HELD else None,
    )


@pytest.mark.parametrize(
    ("index", "question"), QUESTIONS, ids=[f"{n}-{name}" for n, (name, _) in enumerate(QUESTIONS)]
)
def test_a_hot_question_goes_through_its_index(
    connection: Connection, index: str, question: Callable[[AnyWork], object]
) -> None:
    asked: list[tuple[str, object]] = []

    def note(_c: object, _k: object, statement: str, values: object, *_: object) -> None:
        asked.append((statement, values))

    with connection.begin_nested() as savepoint:
        sa.event.listen(connection, "before_cursor_execute", note)
        question(Work(Pen(connection)))
        sa.event.remove(connection, "before_cursor_execute", note)
        savepoint.rollback()
    explain = "EXPLAIN QUERY PLAN " if connection.dialect.name == "sqlite" else "EXPLAIN "
    plan = "\n".join(
        str(row)
        for statement, values in asked
        for row in connection.exec_driver_sql(explain + statement, values)
    )
    if connection.dialect.name == "sqlite":  # it names its own indexes for keys
        for key in (
            "pk_watchers",
            "pk_relations",
            "pk_messages",
            "pk_identities",
            "pk_terms",
            "pk_ratings",
            "pk_paces",
        ):
            plan = plan.replace(f"{key.removeprefix('pk_')} USING PRIMARY KEY", key)
        plan = plan.replace("sqlite_autoindex_inbox_1", "uq_inbox_channel_external_id")
        plan = plan.replace("sqlite_autoindex_canned_1", "uq_canned_team_folded_name")
    assert any(_names(plan, each) for each in index.split(" or "))
    assert "Seq Scan" not in plan


def _names(plan: str, index: str) -> bool:
    """Whether a plan names this index, or, where it ends in "_", one that begins so."""
    return re.search(index + ("" if index.endswith("_") else r"\b"), plan) is not None
