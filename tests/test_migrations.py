"""The shape of the tables: made, migrated and told apart, on each database."""

import asyncio
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import UTC, datetime

import pytest
import sqlalchemy as sa
from alembic.script import ScriptDirectory

from bot.model.appointment import Appointment
from bot.model.person import Person, Proof, Role
from bot.store import StoreError
from storage import Database, WrongSchema
from storage.database import engine_for, open_engine
from storage.migrations.upgrade import upgrade
from storage.schema import HEAD, REVISIONS, migrate

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


@pytest.fixture(params=["sqlite", "postgresql"])
def new_url(request: pytest.FixtureRequest, sqlite_url: str) -> Iterator[Callable[[], str]]:
    """Makes the url of one more empty database of each kind."""
    if request.param == "postgresql":
        yield request.getfixturevalue("new_postgresql")
    else:
        made = iter(range(99))
        yield lambda: sqlite_url.replace("desk", f"desk{next(made)}")


SHAPE = {
    "sqlite": ("SELECT sql FROM sqlite_master WHERE sql IS NOT NULL",),
    "postgresql": (
        "SELECT indexdef FROM pg_indexes WHERE schemaname = 'public'",
        """SELECT conrelid::regclass || conname || pg_get_constraintdef(oid)
           FROM pg_constraint WHERE connamespace = 'public'::regnamespace""",
        """SELECT table_name || column_name || ordinal_position || data_type
               || is_nullable || is_identity
           FROM information_schema.columns WHERE table_schema = 'public'""",
    ),
}


# SQLite keeps the words it was told, and puts a column that came later behind a comma.
_LINES = re.compile(r",?\s*\n\s*|, (?=\w+ [A-Z]+(?:,|$))")


def shape(url: str) -> set[str]:
    """All that the database says of its tables and indexes, in its own words."""
    engine = engine_for(url)
    with engine.connect() as connection:
        questions = SHAPE[engine.dialect.name]
        found = [row[0] for each in questions for row in connection.exec_driver_sql(each)]
        connection.rollback()
    engine.dispose()
    return {"\n".join(sorted(_LINES.split(one.strip()))) for one in found}


def test_tables_made_at_once_and_tables_migrated_are_the_same(new_url: Callable[[], str]) -> None:
    made, migrated = new_url(), new_url()
    open_engine(made).dispose()
    upgrade(migrated)
    assert shape(made) == shape(migrated)
    assert len(shape(made)) > 30
    open_engine(migrated).dispose()  # and this program knows them


def test_a_lead_stays_one_though_quality_has_the_number_that_was_theirs(
    new_url: Callable[[], str],
) -> None:
    url = new_url()
    upgrade(url, "0003")
    engine = engine_for(url)
    with engine.begin() as connection:
        connection.exec_driver_sql(
            """INSERT INTO people (name, folded_name, folded_addresses, role, language, heard, zone,
                                   office, teams, reachable)
               VALUES ('Max', 'max', '', 3, '', '', '', '', '[]', TRUE)"""
        )
    engine.dispose()
    upgrade(url)
    engine = engine_for(url)
    with engine.connect() as connection:
        role, level = connection.exec_driver_sql("SELECT role, level FROM people").one()
        connection.rollback()
    engine.dispose()
    assert (Role(role), level) == (Role.LEAD, None)


async def test_who_was_appointed_before_stays_it_and_can_be_appointed_anew(
    new_url: Callable[[], str],
) -> None:
    url = new_url()
    upgrade(url, "0005")
    engine = engine_for(url)
    moment = "0" if engine.dialect.name == "sqlite" else "'2026-11-23 09:00+00'"
    with engine.begin() as connection:
        for _ in range(2):
            connection.exec_driver_sql(
                """INSERT INTO people (name, folded_name, folded_addresses, role, language, heard,
                                       zone, office, teams, reachable)
                   VALUES ('Max', 'max', '', 2, '', '', '', '', '[]', TRUE)"""
            )
        connection.exec_driver_sql(
            """INSERT INTO appointments (person, role, level, posts, "by", at)
               VALUES (2, 2, 2, '{}', 1, %s)""".replace("%s", moment)
        )
    engine.dispose()
    upgrade(url)
    store = await Database.open(url)
    (kept,) = await store.read(lambda work: work.appointments.every())
    assert (kept.person, kept.role, kept.level, kept.by) == (2, Role.AGENT, 2, 1)
    anew = Appointment(2, Role.LEAD, 1, NOW, channel="chat")
    await store.write(lambda work: work.appointments.keep(anew))
    assert await store.read(lambda work: work.appointments.every()) == [anew]
    await store.close()


def test_the_program_knows_every_revision_in_order() -> None:
    folder = ScriptDirectory("storage/migrations")
    assert [step.revision for step in folder.walk_revisions()][::-1] == list(REVISIONS)


def test_the_desk_itself_loads_neither_alembic_nor_a_driver_it_does_not_need() -> None:
    program = "import sys, storage; print({'alembic', 'psycopg'} & set(sys.modules))"
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    assert done.stdout == "set()\n"


def test_a_migration_runs_in_a_process_of_its_own(new_url: Callable[[], str]) -> None:
    url = new_url()
    migrate(url)
    migrate(url)  # a second time it has nothing to do
    open_engine(url).dispose()


def test_a_migration_that_fails_changes_nothing(
    new_url: Callable[[], str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(*_: object) -> None:
        raise StoreError("a row lost its ticket", "none")

    monkeypatch.setattr("storage.migrations.upgrade._check", fails)
    url = new_url()
    with pytest.raises(StoreError, match="lost"):
        upgrade(url)
    assert shape(url) == set()


def test_a_migration_that_fails_says_why_in_one_line() -> None:
    with pytest.raises(StoreError, match="isn't there") as caught:
        migrate("sqlite:////nowhere/desk.db")
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    ("found", "mend"), [("9999", "newer"), ("0000", "older")], ids=["newer", "older"]
)
def test_another_schema_is_refused(
    new_url: Callable[[], str], monkeypatch: pytest.MonkeyPatch, found: str, mend: str
) -> None:
    monkeypatch.setattr("storage.schema.REVISIONS", ("0000", HEAD))
    url = new_url()
    engine = open_engine(url)
    with engine.connect() as connection:
        connection.execute(sa.text("UPDATE alembic_version SET version_num = :v"), {"v": found})
        if engine.dialect.name == "postgresql":
            connection.commit()
    engine.dispose()
    with pytest.raises(WrongSchema, match=mend):
        open_engine(url)


def test_tables_of_something_else_are_left_alone(new_url: Callable[[], str]) -> None:
    url = new_url()
    engine = engine_for(url)
    with engine.begin() as connection:
        connection.exec_driver_sql("CREATE TABLE wordpress (id INTEGER)")
    engine.dispose()
    with pytest.raises(WrongSchema, match="wordpress"):
        open_engine(url)


async def test_several_replicas_may_start_at_once_on_an_empty_database(
    new_url: Callable[[], str],
) -> None:
    url = new_url()
    stores = await asyncio.gather(*(Database.open(url) for _ in range(5)))
    for number, store in enumerate(stores):
        await store.write(
            lambda work, n=number: work.people.add(Person(f"{n}"), "x", f"{n}", Proof.TOLD, NOW)
        )
    people = await stores[0].read(lambda work: work.people.search(""))
    assert len(people) == 5
    for store in stores:
        await store.close()
