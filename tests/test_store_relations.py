"""How tickets belong together in the book: seen from both sides, once a pair, and in no circle."""

from collections.abc import Callable, Iterator
from itertools import pairwise

import pytest
from clock import Clock
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy.engine import Connection

from bot.model.moving import relate
from bot.model.person import Person, Proof
from bot.model.refused import Refused
from bot.model.relation import Relation
from bot.model.ticket import Ticket
from storage.database import open_engine
from storage.pen import Pen
from storage.work import Work

NUMBER = st.integers(0, 4)
STEPS = st.lists(st.tuples(NUMBER, NUMBER, st.sampled_from(Relation)), max_size=25)
MANY = settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


@pytest.fixture(params=["sqlite", "postgresql"])
def connection(request: pytest.FixtureRequest, tmp_path) -> Iterator[Connection]:
    """A connection to an empty book, in a transaction that is undone."""
    if request.param == "sqlite":
        url = f"sqlite:///{tmp_path}/desk.db"
    else:
        url = request.getfixturevalue("postgresql_url")
    engine = open_engine(url)
    with engine.connect() as connection:
        if request.param == "sqlite":
            connection.exec_driver_sql("BEGIN IMMEDIATE")
        yield connection
        connection.exec_driver_sql("ROLLBACK")
    engine.dispose()


@pytest.fixture
def five(connection: Connection, a_ticket: Callable[..., Ticket]) -> tuple[Work, list[Ticket]]:
    """A book and five tickets in it."""
    work = Work(Pen(connection))
    person = work.people.add(Person("Ada"), "slack", "U1", Proof.CHANNEL, Clock.now).id
    return work, [work.tickets.add(a_ticket(requester=person)) for _ in range(5)]


def take(work: Work, ticket: Ticket, other: Ticket, how: Relation) -> None:
    """As the command does it."""
    before = work.relations.of(ticket.id).get(other.id, Relation.NONE)
    above = work.relations.ancestors(other.id if how is Relation.PARENT else ticket.id)
    relate(ticket, other, how, before, above, 1, Clock.now, "mail")
    work.relations.keep(ticket.id, other.id, how, Clock.now)


@MANY
@given(STEPS)
def test_no_ticket_is_ever_a_part_of_itself(five, steps):
    work, tickets = five
    pairs = [(one, other) for one in tickets for other in tickets if one.id < other.id]
    for one, other in pairs:
        work.relations.keep(one.id, other.id, Relation.NONE, Clock.now)
    for one, another, how in steps:
        ticket, other = tickets[one], tickets[another]
        try:
            take(work, ticket, other, how)
        except Refused:
            continue
        assert work.relations.of(ticket.id).get(other.id, Relation.NONE) is how
        assert work.relations.of(other.id).get(ticket.id, Relation.NONE) is how.opposite
        for each in tickets:
            assert each.id not in work.relations.ancestors(each.id)


def test_ancestors_are_found_at_any_depth(five):
    work, tickets = five
    for part, whole in pairwise(tickets):
        take(work, part, whole, Relation.PARENT)
    assert work.relations.ancestors(tickets[0].id) == {each.id for each in tickets[1:]}
    assert work.relations.of(tickets[1].id) == {
        tickets[0].id: Relation.CHILD,
        tickets[2].id: Relation.PARENT,
    }
