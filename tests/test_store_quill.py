"""What is written by heart is what SQLAlchemy would have written."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa
from sqlalchemy import bindparam

from bot.store import Conflict
from storage.database import open_engine
from storage.pen import Pen
from storage.quill import Quill
from storage.sqlite import driver
from storage.tables import cursors, drafts, outbox, people, quarantine

NOW = datetime(2026, 11, 23, 9, 0, 0, 123456, tzinfo=UTC)
PERSON = {
    "name": "Ana",
    "folded_name": "ana",
    "folded_addresses": "",
    "role": 1,
    "language": "",
    "heard": "es",
    "zone": "",
    "office": "",
    "teams": "[]",
    "reachable": True,
    "last_at": NOW,
}


@pytest.fixture
def pens(tmp_path: Path):
    engine = open_engine(f"sqlite:///{tmp_path / 'desk.db'}")
    with engine.connect() as connection:
        yield Pen(connection), Quill(connection, driver(connection))
    engine.dispose()


def test_rows_come_back_as_the_library_reads_them(pens):
    pen, quill = pens
    added = sa.insert(people).returning(people.c.id)
    assert quill.run(added, **PERSON).scalar_one() == 1
    assert pen.run(added, **PERSON).scalar_one() == 2
    every = sa.select(people).order_by(people.c.id)
    theirs, ours = list(pen.run(every)), list(quill.run(every))
    assert [tuple(each) for each in ours] == [tuple(each) for each in theirs]
    assert ours[0].last_at == NOW
    assert ours[0].reachable is True
    assert ours[0].organisation is None


def test_bytes_and_words_of_the_statement_itself_are_kept(pens):
    pen, quill = pens
    item = {
        "channel": "email",
        "external_id": "<1>",
        "at": NOW,
        "error": "e",
        "raw": b"\x00\xff",
        "context": "",
        "attempts": 1,
    }
    quill.run(sa.insert(quarantine), **item)
    more = (
        sa.update(quarantine)
        .where(quarantine.c.channel == bindparam("of"))
        .values(error="our own", attempts=quarantine.c.attempts + 1)
    )
    assert quill.run(more, of="email").rowcount == 1
    found = quill.run(sa.select(quarantine)).one()
    assert (found.raw, found.error, found.attempts) == (b"\x00\xff", "our own", 2)
    assert tuple(found) == tuple(pen.run(sa.select(quarantine)).one())


@pytest.mark.parametrize("number", [0, 1, 3, 16, 17, 40])
def test_lists_of_any_length_are_looked_for(pens, number):
    _, quill = pens
    for day in range(50):
        quill.run(sa.insert(people), **PERSON | {"last_at": NOW + timedelta(days=day)})
    wanted = [NOW + timedelta(days=day) for day in range(number)]
    some = sa.select(people.c.id).where(
        people.c.last_at.in_(bindparam("moments", expanding=True)),
        people.c.heard == bindparam("heard"),
        people.c.id.in_(bindparam("numbers", expanding=True)),
    )
    for _ in range(2):  # learnt, then known
        found = quill.run(some, moments=wanted, heard="es", numbers=[1, 2, 3]).all()
        assert [each.id for each in found] == [1, 2, 3][:number]
        assert quill.run(some, moments=wanted, heard="en", numbers=[1, 2, 3]).first() is None
        assert quill.run(some, moments=wanted, heard="es", numbers=[]).first() is None


def test_a_list_may_stand_in_the_statement_itself(pens):
    _, quill = pens
    for key in ("a", "b", "c"):
        quill.run(sa.insert(cursors), key=key, value=key)
    both = sa.select(cursors.c.key).where(
        cursors.c.key.in_(["a", "c"]), cursors.c.value.in_(bindparam("values", expanding=True))
    )
    assert list(quill.run(both, values=["b", "c"]).scalars()) == ["c"]
    assert list(quill.run(both, values=["c", "a", "x"]).scalars()) == ["a", "c"]


def test_what_is_there_already_is_a_conflict_and_what_is_missing_an_error(pens):
    _, quill = pens
    quill.run(sa.insert(cursors), key="a", value="1")
    with pytest.raises(Conflict):
        quill.run(sa.insert(cursors), key="a", value="2")
    one = sa.select(cursors).where(cursors.c.key == bindparam("wanted"))
    assert quill.run(one, wanted="none").first() is None
    assert quill.run(one, wanted="none").scalar() is None
    with pytest.raises(sa.exc.NoResultFound):
        quill.run(one, wanted="none").scalar_one()
    with pytest.raises(KeyError):
        quill.run(one)


def test_the_same_statement_with_other_columns_is_another_one(pens):
    _, quill = pens
    quill.run(sa.insert(people), **PERSON)
    change = sa.update(people).where(people.c.id == bindparam("person"))
    quill.run(change, person=1, name="Eva")
    quill.run(change, person=1, reachable=False, last_at=None)
    row = quill.run(sa.select(people)).one()
    assert (row.name, row.reachable, row.last_at) == ("Eva", False, None)


def test_a_moment_without_a_zone_is_refused(pens):
    _, quill = pens
    quill.run(sa.insert(people), **PERSON)
    no_zone = datetime(2026, 1, 1)  # noqa: DTZ001 - the fault
    with pytest.raises(ValueError, match="without a zone"):
        quill.run(sa.select(drafts).where(drafts.c.until > bindparam("now")), now=no_zone)
    assert quill.run(sa.select(sa.func.count()).select_from(outbox)).scalar_one() == 0
