"""Whatever the mailroom is given comes back exactly as it was."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy.engine import Connection

from bot.model.attachment import Attachment
from bot.model.mailroom import Arrival, Delivery, Letter, Outcome, Quarantined
from bot.model.message import Address, Button, ExternalId, Tone
from storage.database import open_engine
from storage.letters import letter_of
from storage.pen import Pen
from storage.tables import outbox
from storage.work import Work

# A moment may come from any year that both databases and a clock can name.
moments = st.datetimes(datetime(1971, 1, 1), datetime(2999, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001 - the zone comes beside it
words = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
ids = words.map(ExternalId)
addresses = st.builds(Address, words, words, words)
files = st.builds(
    Attachment,
    name=words,
    content_type=words,
    size=st.integers(0, 2**40),
    digest=words,
    inline=st.booleans(),
    content_id=words,
    kept=st.booleans(),
    id=st.integers(0, 2**31),
)


def tuples(items: st.SearchStrategy[object]) -> st.SearchStrategy[tuple[object, ...]]:
    return st.lists(items, max_size=3).map(tuple)


letters = st.builds(
    Letter,
    to=addresses,
    recipient=words,
    lane=words,
    text=words,
    created_at=moments,
    recipient_name=words,
    subject=words,
    greeting=words,
    closing=words,
    reference=words,
    sender_name=words,
    language=words,
    buttons=tuples(st.builds(Button, words, words, words)),
    attachments=tuples(files),
    replies_to=tuples(ids),
    tone=st.sampled_from(Tone),
    person=st.none(),
    ticket=st.none(),
    entry=st.none(),
    state=st.sampled_from(Delivery),
    attempts=st.integers(0, 1000),
    not_before=st.none() | moments,
    external_id=st.none() | ids,
    sent_at=st.none() | moments,
    error=words,
    id=st.just(0),
)
arrivals = st.builds(
    Arrival,
    channel=words,
    external_id=ids,
    at=moments,
    raw=st.binary(max_size=100),
    person=st.just(1),
    outcome=st.just(Outcome.GREETING),
    reason=words,
    ticket=st.none(),
    text=words,
    seen=st.integers(1, 99),
    id=st.just(0),
)
quarantined = st.builds(
    Quarantined,
    channel=words,
    external_id=ids,
    at=moments,
    error=words,
    raw=st.binary(max_size=100),
    context=words,
    attempts=st.integers(1, 99),
    id=st.just(0),
)


@pytest.fixture(scope="module")
def connection(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Connection]:
    engine = open_engine(f"sqlite:///{tmp_path_factory.mktemp('book')}/desk.db")
    with engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA foreign_keys = OFF")  # these rows stand alone
        yield connection
    engine.dispose()


@settings(max_examples=150)
@given(letter=letters)
def test_a_letter_comes_back_exactly(connection: Connection, letter: Letter) -> None:
    connection.exec_driver_sql("BEGIN")
    kept = Work(Pen(connection)).outbox.queue(letter)
    row = connection.execute(outbox.select().where(outbox.c.id == kept.id)).one()
    connection.exec_driver_sql("ROLLBACK")
    assert letter_of(row) == kept == replace(letter, id=kept.id)


@settings(max_examples=80)
@given(arrival=arrivals)
def test_an_arrival_comes_back_exactly(connection: Connection, arrival: Arrival) -> None:
    connection.exec_driver_sql("BEGIN")
    inbox = Work(Pen(connection)).inbox
    number = inbox.arrive(arrival)
    found = inbox.greetings(1, arrival.channel, arrival.at)
    connection.exec_driver_sql("ROLLBACK")
    assert number is not None
    assert found == [replace(arrival, id=number)]


@settings(max_examples=80)
@given(item=quarantined)
def test_a_mistake_comes_back_exactly(connection: Connection, item: Quarantined) -> None:
    connection.exec_driver_sql("BEGIN")
    quarantine = Work(Pen(connection)).quarantine
    assert quarantine.stumble(item) == item.attempts
    found = quarantine.get(1)
    connection.exec_driver_sql("ROLLBACK")
    assert found == replace(item, id=1)
