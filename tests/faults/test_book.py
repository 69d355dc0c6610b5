"""The whole desk when its book, its clock or the desk itself fails for a while: nothing is lost."""

import asyncio
import sqlite3
from contextlib import closing
from datetime import timedelta

import pytest
import sqlalchemy as sa
from click.testing import CliRunner
from mail_cable import Cable
from mail_people import until
from mail_stage import config_file, set_mail_stage

from bot.app import utc_now
from bot.cli import deskmate
from bot.dialogue import Dialogue
from bot.model.mailroom import Outcome
from bot.store import StoreError
from storage import database


@pytest.mark.parametrize("hours", [5, -5, 24 * 40, -24 * 40])
async def test_a_clock_that_jumps_stops_nothing(stage, tom, sara, hours):
    await tom.writes("My chair is broken", subject="Chair")
    notice = await sara.reads()
    await tom.reads()
    stage.clock.move(hours=hours)
    await sara.writes("/claim\n\nI am on my way.", answers=notice)
    answer = await tom.reads()
    assert "I am on my way." in answer
    stage.clock.move(hours=-hours / 2)
    await tom.writes("Thank you! When?", answers=answer)
    assert "IT-1" in await sara.reads()
    await tom.writes("My desk is broken as well", subject="Desk")
    assert "IT-2" in (await tom.reads()).subject
    account = await stage.account()
    assert account.unsettled == 0


async def test_a_mail_that_breaks_the_desk_is_set_aside_and_comes_back_after_the_mend(
    stage, tom, sara, tmp_path, monkeypatch
):
    whole = Dialogue.answer

    def broken(self, work, number, heard, now):
        if heard.inbound.subject == "Poison":
            raise ZeroDivisionError("a mistake of ours")
        return whole(self, work, number, heard, now)

    monkeypatch.setattr(Dialogue, "answer", broken)
    await tom.writes("My chair is broken", subject="Poison")
    await tom.writes("My desk is broken", subject="Desk")
    assert "IT-1" in (await tom.reads()).subject
    told = [await sara.reads(), await sara.reads()]
    assert [each for each in told if "failed three times and is kept" in each]
    account = await stage.account()
    assert account.outcomes == {Outcome.TICKET: 1, Outcome.QUARANTINE: 1}
    monkeypatch.setattr(Dialogue, "answer", whole)
    config = config_file(tmp_path, stage.imap.port, stage.smtp.port)
    words = ["quarantine", "replay", "--all", "--config", str(config)]
    result = await asyncio.to_thread(CliRunner().invoke, deskmate, words)
    assert "1 answered, 0 still in quarantine" in result.output
    stage.clock.now = max(stage.clock(), utc_now())  # by which the command queued its letter
    assert "Poison [IT-2]" in (await tom.reads()).subject
    account = await stage.account()
    assert account.outcomes == {Outcome.TICKET: 2}


@pytest.mark.parametrize("patience", [5.0, 0.05], ids=["waited for", "given up"])
async def test_a_book_that_another_program_holds_for_a_while_loses_nothing(
    sqlite_url, tmp_path, clock, monkeypatch, patience
):
    engine = database.sqlite.engine
    monkeypatch.setattr(
        database.sqlite,
        "engine",
        lambda url, _patience, **how: engine(url, timedelta(seconds=patience), **how),
    )
    async with set_mail_stage(sqlite_url, tmp_path, clock) as stage:
        tom = stage.person("tom")
        await tom.writes("My chair is broken", subject="Chair")
        await tom.reads()
        await stage.settles()
        with closing(sqlite3.connect(tmp_path / "desk.db", isolation_level=None)) as other:
            other.execute("BEGIN EXCLUSIVE")
            await tom.writes("My desk is broken", subject="Desk")
            await asyncio.sleep(0.4)
            assert await tom.inbox.fresh() == []
            other.execute("ROLLBACK")
        assert "IT-2" in (await tom.reads()).subject
        assert await tom.catches_up() == []
        account = await stage.account()
        assert account.outcomes == {Outcome.TICKET: 2}


async def test_a_database_server_that_is_away_for_a_while_loses_nothing(
    new_postgresql, tmp_path, clock
):
    server = sa.make_url(new_postgresql())
    socket = f"{server.query['host']}/.s.PGSQL.{server.port or 5432}"
    async with (
        Cable(socket) as wire,
        set_mail_stage(through(wire, server), tmp_path, clock) as stage,
    ):
        tom = stage.person("tom")
        await tom.writes("My chair is broken", subject="Chair")
        await tom.reads()
        await stage.settles()
        await wire.take_away()
        await tom.writes("My desk is broken", subject="Desk")
        await asyncio.sleep(0.5)
        await wire.mend()
        assert "IT-2" in (await tom.reads()).subject
        assert await tom.catches_up() == []
        account = await stage.account()
        assert account.outcomes == {Outcome.TICKET: 2}


async def test_a_look_into_the_book_that_fails_ends_no_desk(stage, tom, monkeypatch):
    look, failures = stage.app.store.read, [StoreError("the server is away", "wait")]

    async def looked(fn):
        if failures:
            raise failures.pop()
        return await look(fn)

    async def has_failed() -> bool:
        return not failures

    monkeypatch.setattr(stage.app.store, "read", looked)
    stage.app.courier.wake()
    await until(has_failed)
    await tom.writes("My chair is broken", subject="Chair")
    assert "IT-1" in (await tom.reads()).subject


def through(wire: Cable, server: sa.URL) -> str:
    """The url of the same database behind a cable."""
    near = server.set(host="127.0.0.1", port=wire.port, query={})
    return near.render_as_string(hide_password=False)
